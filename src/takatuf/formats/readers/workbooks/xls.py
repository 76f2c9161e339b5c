"""Read an old binary workbook (.xls, of 1995 and later) into one grid for each sheet, by xlrd.

Whatever xlrd stumbles over in a damaged file becomes one and the same refusal. xlrd does not say
which cells are formulas, so none is known here.
"""

import io
import struct
from collections.abc import Callable, Iterator

import polars as pl
import xlrd
from xlrd.book import Book
from xlrd.compdoc import CompDoc, CompDocError
from xlrd.sheet import Sheet

from takatuf.activities.tables import Visibility
from takatuf.formats.readers.workbooks.book import Limits
from takatuf.formats.readers.workbooks.grids import SPARSE, Area, Grid, laid_out
from takatuf.formats.readers.workbooks.refusals import broken, refused, too_many_cells
from takatuf.formats.readers.workbooks.xlsx.styles import (
    Format,
    format_of_builtin,
    format_of_code,
    shown_text,
)

_DAMAGE = (
    xlrd.XLRDError, CompDocError, ArithmeticError, AssertionError, AttributeError, LookupError,
    MemoryError, RuntimeError, TypeError, ValueError, struct.error,
)  # fmt: skip
_STREAM = 2  # the kind of an entry that is no folder
_WORKBOOKS = ("workbook", "book")
_NO_CELL = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)


class _Silence(io.TextIOBase):
    """Where the warnings of xlrd go: what is wrong with a file is said once, by its refusal."""

    def write(self, text: str, /) -> int:
        return len(text)


class _Container(CompDoc):  # type: ignore[misc]  # it has no types
    """A compound file, each of whose entries is linked to from one place at most.

    Where two lead to one, the library would follow every way through them, which may be millions.
    """

    def _get_stream(self, *place: object, name: str = "", **more: object) -> bytes:
        content: bytes = super()._get_stream(*place, name=name, **more)
        if name == "directory":
            links: list[int] = []
            for kind, left, right, below in struct.iter_unpack("<66xBx3i48x", content):
                links += [left, right] if kind == _STREAM else [left, right, below] if kind else []
            linked = [link for link in links if link >= 0]
            if len(set(linked)) < len(linked):
                raise ValueError("entries that lead in a circle")
        return content


def read_xls(
    content: bytes, name: str, limits: Limits, is_wanted: Callable[[str, Visibility], bool]
) -> Iterator[tuple[str, Visibility, Grid | None]]:
    """Give each sheet of a workbook with its cells; None for one that is not wanted.

    Raises:
        InputError: It is broken, locked, or no workbook.
    """
    try:
        _refuse_others(_Container(content, _Silence()), name)
        book = xlrd.open_workbook(
            file_contents=content,
            logfile=_Silence(),
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
        )
    except _DAMAGE as error:
        _refuse_locked(is_locked="encrypted" in str(error), name=name)
        raise _damaged(name, error) from None
    if not book.nsheets:
        raise broken(name, "a workbook without a sheet")
    states = book._sheet_visibility  # noqa: SLF001 - said elsewhere only once the sheet is read
    for number, sheet in enumerate(book.sheet_names()):
        visibility = Visibility.HIDDEN if states[number] else Visibility.VISIBLE
        grid = None
        if is_wanted(sheet, visibility):
            try:
                grid = _grid(book, number, visibility, f"{name}, sheet {sheet}", limits)
            except _DAMAGE as error:
                raise _damaged(name, error) from None
        yield sheet, visibility, grid


def _refuse_others(container: CompDoc, name: str) -> None:
    streams = {entry.name.lower(): entry for entry in container.dirlist if entry.etype == _STREAM}
    _refuse_locked(is_locked="encryptedpackage" in streams, name=name)
    found = [streams[word] for word in _WORKBOOKS if word in streams]
    if not found:
        what, expected = "an Office file without a workbook", "a workbook (.xlsx, .xls, .ods)"
        raise refused("workbook.not-a-workbook", name, what, expected)
    for entry in found:
        if entry.tot_size < container.min_size_std_stream:
            _refuse_circle(entry.first_SID, container.SSAT)


def _refuse_locked(*, is_locked: bool, name: str) -> None:
    if is_locked:
        hint = "Save it without a password, and send that."
        raise refused(
            "workbook.password", name, "a locked workbook", "a file without a password", hint
        )


def _refuse_circle(sector: int, chain: list[int]) -> None:
    """Refuse a short stream that leads in a circle: xlrd would follow it without end."""
    for _ in range(len(chain) + 1):
        if sector < 0:
            return
        sector = chain[sector]
    raise ValueError("sectors that lead in a circle")


def _damaged(name: str, error: Exception) -> Exception:
    return broken(name, f"damaged records ({str(error) or type(error).__name__})")


def _grid(book: Book, number: int, visibility: Visibility, where: str, limits: Limits) -> Grid:
    sheet = book.sheet_by_index(number)
    book.unload_sheet(number)
    cells = pl.DataFrame(_cells(sheet, where, limits), schema=SPARSE, orient="row")
    laid, rows = laid_out(cells, where, limits.max_cells)
    hidden_rows = [row + 1 for row, shown in sheet.rowinfo_map.items() if shown.hidden]
    hidden_columns = [column + 1 for column, shown in sheet.colinfo_map.items() if shown.hidden]
    return Grid(
        sheet=sheet.name,
        cells=laid,
        rows=rows,
        visibility=visibility,
        hidden_rows=frozenset(hidden_rows),
        hidden_columns=frozenset(hidden_columns),
        merges=tuple(
            Area(top + 1, left + 1, bottom, right)
            for top, bottom, left, right in sheet.merged_cells  # the ends are past the area
        ),
    )


def _cells(sheet: Sheet, where: str, limits: Limits) -> list[tuple[int, int, str]]:
    formats: dict[int, Format] = {}
    cells: list[tuple[int, int, str]] = []
    for row in range(sheet.nrows):
        values = sheet.row_values(row)
        for column, kind in enumerate(sheet.row_types(row)):
            if kind not in _NO_CELL:
                known = _format(sheet, row, column, formats)
                text = _text(sheet, kind, values[column], known)
                cells.append((row + 1, column + 1, text))
        if len(cells) > limits.max_listed_cells:
            raise too_many_cells(where, "more filled cells", limits.max_listed_cells)
    return cells


def _format(sheet: Sheet, row: int, column: int, formats: dict[int, Format]) -> Format:
    style = sheet.cell_xf_index(row, column)
    if style not in formats:
        styles = sheet.book.xf_list
        key = styles[style].format_key if style < len(styles) else 0
        known = sheet.book.format_map.get(key)
        code = known.format_str if known else ""
        formats[style] = format_of_code(code) if code else format_of_builtin(key)
    return formats[style]


def _text(sheet: Sheet, kind: int, value: str | float, known: Format) -> str:
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, "#N/A"))
    if kind == xlrd.XL_CELL_TEXT:
        return str(value)
    return shown_text(repr(value), known, is_from_1904=bool(sheet.book.datemode))
