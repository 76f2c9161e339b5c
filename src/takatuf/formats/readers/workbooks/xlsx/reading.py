"""Read an Office workbook (.xlsx, .xlsm) into one grid for each sheet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import polars as pl

from takatuf.activities.tables import Visibility
from takatuf.formats.readers.workbooks.archive import Archive
from takatuf.formats.readers.workbooks.book import Limits
from takatuf.formats.readers.workbooks.grids import PLACES, SPARSE, Grid, laid_out
from takatuf.formats.readers.workbooks.refusals import broken
from takatuf.formats.readers.workbooks.xlsx.parts import (
    SheetPart,
    WorkbookParts,
    pivot_areas,
    workbook_parts,
)
from takatuf.formats.readers.workbooks.xlsx.sheet import Outline, scan
from takatuf.formats.readers.workbooks.xlsx.strings import read_strings
from takatuf.formats.readers.workbooks.xlsx.styles import (
    Format,
    Shown,
    read_formats,
    shown_text,
)

_SIMPLE_NUMBER = r"^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{0,7}[1-9])?$"  # as its sender sees it
_SHARED, _BOOLEAN, _NUMBER = "s", "b", "n"


@dataclass(frozen=True, slots=True)
class _Workbook:
    archive: Archive
    name: str
    parts: WorkbookParts
    strings: pl.Series  # one more than there are: the last is null
    formats: tuple[Format, ...]


def read_xlsx(
    archive: Archive, name: str, limits: Limits, is_wanted: Callable[[str, Visibility], bool]
) -> Iterator[tuple[str, Visibility, Grid | None]]:
    """Give each sheet of a workbook with its cells; None for one that is not wanted.

    Raises:
        InputError: The workbook is broken, or asks for more than the limits.
    """
    parts = workbook_parts(archive, name)
    wanted = [sheet for sheet in parts.sheets if is_wanted(sheet.name, sheet.visibility)]
    strings = pl.Series("text", [], dtype=pl.String)
    formats: tuple[Format, ...] = ()
    if wanted and parts.strings_entry:
        entry = parts.strings_entry
        strings = read_strings(archive.read(entry), f"{name}, {entry}")
    if wanted and parts.styles_entry:
        entry = parts.styles_entry
        formats = read_formats(archive.read(entry), f"{name}, {entry}")
    ended = strings.extend(pl.Series("text", [None], dtype=pl.String)).rechunk()
    book = _Workbook(archive, name, parts, ended, formats)
    for sheet in parts.sheets:
        grid = _grid(book, sheet, limits) if sheet in wanted else None
        yield sheet.name, sheet.visibility, grid


def _grid(book: _Workbook, sheet: SheetPart, limits: Limits) -> Grid:
    outline = Outline()
    where = f"{book.name}, sheet {sheet.name}"
    texts, formulas = [pl.DataFrame(schema=SPARSE)], [pl.DataFrame(schema=PLACES)]
    unfilled: list[tuple[int, int]] = []
    for cells in scan(book.archive.open(sheet.entry), outline):
        without = cells.filter(pl.col("raw").is_null())
        unfilled += without.select("row", "column").rows()
        formulas.append(cells.filter("is_formula").select("row", "column"))
        texts.append(_texts(cells.filter(pl.col("raw").is_not_null()), book, where))
    laid, rows = laid_out(pl.concat(texts), where, limits.max_cells)
    return Grid(
        sheet=sheet.name,
        cells=laid,
        rows=rows,
        visibility=sheet.visibility,
        hidden_rows=frozenset(outline.hidden_rows),
        hidden_columns=frozenset(n for n, is_hidden in enumerate(outline.hidden) if is_hidden),
        merges=tuple(outline.merges),
        pivots=pivot_areas(book.archive, sheet.entry, book.name),
        unfilled=tuple(unfilled),
        formulas=pl.concat(formulas),
    )


def _texts(cells: pl.DataFrame, book: _Workbook, where: str) -> pl.DataFrame:
    """Return cells (row, column, text) as their sender sees them."""
    kind, raw = cells["kind"], cells["raw"]
    is_shared = kind == _SHARED
    texts = raw
    if is_shared.any():
        texts = _shared(cells, is_shared, book.strings, where)
    is_boolean = kind == _BOOLEAN
    if is_boolean.any():
        texts = _put(texts, is_boolean, lambda text: "TRUE" if text == "1" else "FALSE")
    for shown, read in _shown(cells, book):
        texts = _put(texts, shown, read)
    return cells.select("row", "column", text=texts)


def _shared(cells: pl.DataFrame, is_shared: pl.Series, strings: pl.Series, where: str) -> pl.Series:
    null = len(strings) - 1
    numbers = cells["raw"].cast(pl.UInt32, strict=False)
    is_wrong = is_shared & (numbers.is_null() | (numbers >= null)).fill_null(value=True)
    if is_wrong.any():
        row = cells["row"].filter(is_wrong)[0]
        raise broken(f"{where}, row {row}", "a cell with a text that is not there")
    frame = pl.DataFrame({"raw": cells["raw"], "number": numbers, "is_shared": is_shared})
    numbers = frame.select(pl.when("is_shared").then("number").otherwise(null)).to_series()
    return frame.select(
        pl.when("is_shared").then(strings.gather(numbers)).otherwise("raw").alias("text")
    ).to_series()


def _shown(
    cells: pl.DataFrame, book: _Workbook
) -> Iterator[tuple[pl.Series, Callable[[str], str]]]:
    is_number = cells["kind"] == _NUMBER
    noisy = is_number & ~cells["raw"].str.contains(_SIMPLE_NUMBER)
    by_format: dict[Format, list[int]] = {}
    for style in cells["style"].filter(is_number).unique().to_list():
        known = book.formats[style] if style < len(book.formats) else Format()
        by_format.setdefault(known, []).append(style)
    for known, styles in by_format.items():
        is_mine = cells["style"].is_in(styles) & is_number
        read = partial(shown_text, known=known, is_from_1904=book.parts.is_from_1904)
        yield (is_mine & noisy if known.shown is Shown.NUMBER else is_mine), read


def _put(texts: pl.Series, is_mine: pl.Series, read: Callable[[str], str]) -> pl.Series:
    """Return the texts with some of them read; each different one is read once."""
    mine = texts.filter(is_mine)
    if not len(mine):
        return texts
    different = mine.unique()
    read_texts = [read(text) for text in different.to_list()]
    again = mine.replace_strict(different, read_texts, return_dtype=pl.String)
    return texts.scatter(is_mine.arg_true(), again)
