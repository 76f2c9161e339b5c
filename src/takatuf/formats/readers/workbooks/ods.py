"""Read an OpenDocument spreadsheet (.ods) into one grid for each sheet, row by row.

A cell or row that says it is repeated a million times is laid out only where it is filled, and
only as often as the limits allow.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import polars as pl
from lxml import etree

from takatuf.activities.tables import Visibility
from takatuf.formats.readers.workbooks.archive import Archive
from takatuf.formats.readers.workbooks.book import Limits
from takatuf.formats.readers.workbooks.grids import (
    MAX_COLUMN,
    MAX_ROW,
    PLACES,
    SPARSE,
    Area,
    Grid,
    laid_out,
)
from takatuf.formats.readers.workbooks.markup import in_utf8, whole_number
from takatuf.formats.readers.workbooks.refusals import broken, refused, too_many_cells
from takatuf.formats.readers.workbooks.xlsx.styles import number_text

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_SHEET, _COLUMN, _ROW = f"{_TABLE}table", f"{_TABLE}table-column", f"{_TABLE}table-row"
_CELL, _COVERED = f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"
_KIND, _VALUE, _STRING = f"{_OFFICE}value-type", f"{_OFFICE}value", f"{_OFFICE}string-value"
_CALC_KIND = f"{_CALC}value-type"
_NUMBERS = ("float", "percentage", "currency")
_STATED = {  # where a value is stated, and what of it says nothing
    "boolean": (f"{_OFFICE}boolean-value", ""),
    "date": (f"{_OFFICE}date-value", "T00:00:00"),
    "time": (f"{_OFFICE}time-value", ""),
}
_PARAGRAPH, _FORMULA = f"{_TEXT}p", f"{_TABLE}formula"
_TIMES = {what: f"{_TABLE}number-{what}-repeated" for what in ("columns", "rows")}
_SPANS = (f"{_TABLE}number-columns-spanned", f"{_TABLE}number-rows-spanned")
_HIDDEN = ("collapse", "filter")
_MANIFEST = "META-INF/manifest.xml"


@dataclass(slots=True)
class _Sheet:
    """A sheet while it is read."""

    name: str
    visibility: Visibility
    limits: Limits
    where: str
    row: int = 0
    column: int = 0
    cells: list[tuple[int, int, str]] = field(default_factory=list)
    formulas: list[tuple[int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Area] = field(default_factory=list)


def read_ods(
    archive: Archive, name: str, limits: Limits, is_wanted: Callable[[str, Visibility], bool]
) -> Iterator[tuple[str, Visibility, Grid | None]]:
    """Give each sheet of a spreadsheet with its cells; None for one that is not wanted.

    Raises:
        InputError: It is broken, locked, or asks for more than the limits.
    """
    if _MANIFEST in archive.names and b"encryption-data" in archive.read(_MANIFEST):
        expected = "a file without a password"
        raise refused("workbook.password", name, "a locked spreadsheet", expected)
    content = in_utf8(archive.read("content.xml"), name)
    try:
        for sheet in _sheets(content, limits, name):
            grid = _grid(sheet) if is_wanted(sheet.name, sheet.visibility) else None
            yield sheet.name, sheet.visibility, grid
    except etree.XMLSyntaxError as error:
        raise broken(f"{name}, content.xml", f"XML that is broken ({error})") from None


def _sheets(content: bytes, limits: Limits, name: str) -> Iterator[_Sheet]:
    hidden_styles: set[str] = set()
    sheet: _Sheet | None = None
    for event, element in _events(content):
        if event == "start":
            if element.tag == _SHEET and sheet is None:
                sheet = _begun(element, hidden_styles, limits, name)
            continue
        if sheet is None:
            hidden_styles |= _hiding(element)
            continue
        if element.tag == _SHEET and _is_outermost(element):
            yield sheet
            sheet = None
        else:
            _take(element, sheet)
        element.clear()


def _events(content: bytes) -> Iterator[tuple[str, etree._Element]]:
    return iter(
        etree.iterparse(
            io.BytesIO(content),
            events=("start", "end"),
            tag=(_SHEET, _ROW, _COLUMN, f"{_STYLE}style"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
    )


def _begun(element: etree._Element, hidden_styles: set[str], limits: Limits, name: str) -> _Sheet:
    is_hidden = element.get(f"{_TABLE}style-name") in hidden_styles
    visibility = Visibility.HIDDEN if is_hidden else Visibility.VISIBLE
    sheet = element.get(f"{_TABLE}name", "")
    return _Sheet(sheet, visibility, limits, f"{name}, sheet {sheet}")


def _is_outermost(element: etree._Element) -> bool:
    return not any(above.tag == _SHEET for above in element.iterancestors())


def _hiding(element: etree._Element) -> set[str]:
    """Return the name of a style that hides its sheets."""
    properties = element.find(f"{_STYLE}table-properties")
    is_hiding = properties is not None and properties.get(f"{_TABLE}display") == "false"
    return {element.get(f"{_STYLE}name", "")} if is_hiding else set()


def _take(element: etree._Element, sheet: _Sheet) -> None:
    if element.tag == _COLUMN:
        n_columns = _times(element, "columns")
        if element.get(f"{_TABLE}visibility") in _HIDDEN:
            last = min(sheet.column + n_columns, MAX_COLUMN)
            sheet.hidden_columns |= set(range(sheet.column + 1, last + 1))
        sheet.column += n_columns
    elif element.tag == _ROW:
        _take_row(element, sheet)


def _take_row(element: etree._Element, sheet: _Sheet) -> None:
    n_rows = _times(element, "rows")
    cells = list(_row_cells(element, sheet))
    if cells:
        if sheet.row + n_rows > MAX_ROW:
            raise broken(sheet.where, f"a cell in row {sheet.row + n_rows:,}", f"{MAX_ROW:,} rows")
        most = sheet.limits.max_listed_cells
        if len(sheet.cells) + n_rows * len(cells) > most:
            raise too_many_cells(sheet.where, "more filled cells", most)
        numbers = range(sheet.row + 1, sheet.row + n_rows + 1)
        sheet.cells += [(row, column, text) for row in numbers for column, text, _ in cells]
        sheet.formulas += [
            (row, column) for row in numbers for column, _, is_made in cells if is_made
        ]
        if element.get(f"{_TABLE}visibility") in _HIDDEN:
            sheet.hidden_rows |= set(numbers)
    sheet.row += n_rows


def _row_cells(element: etree._Element, sheet: _Sheet) -> Iterator[tuple[int, str, bool]]:
    column = 0
    for cell in element.iterchildren(_CELL, _COVERED):
        n_columns = _times(cell, "columns")
        text = _cell_text(cell)
        if text is not None:
            if column + n_columns > MAX_COLUMN:
                raise broken(sheet.where, f"a cell in column {column + n_columns:,}")
            is_made = cell.get(_FORMULA) is not None
            for number in range(column + 1, column + n_columns + 1):
                yield number, text, is_made
            _note_merge(cell, sheet, column + 1)
        column += n_columns


def _note_merge(cell: etree._Element, sheet: _Sheet, column: int) -> None:
    n_columns, n_rows = (_number(cell.get(span)) for span in _SPANS)
    if n_columns > 1 or n_rows > 1:
        row = sheet.row + 1
        sheet.merges.append(Area(row, column, row + n_rows - 1, column + n_columns - 1))


def _cell_text(cell: etree._Element) -> str | None:
    said = cell.attrib
    kind = str(said.get(_KIND, ""))
    if kind in _NUMBERS and said.get(_CALC_KIND) != "error":
        return _with_zeros(number_text(str(said.get(_VALUE, ""))), cell)
    if kind in _STATED:
        attribute, end = _STATED[kind]
        text = str(said.get(attribute, "")).removesuffix(end)
        return text.upper() if kind == "boolean" else text
    shown = _shown(cell)
    return said.get(_STRING) if shown is None else shown or said.get(_STRING, "")


def _shown(cell: etree._Element) -> str | None:
    """Return the text that is shown, its paragraphs as lines; None where there is none."""
    paragraphs = [_paragraph(p) if len(p) else p.text or "" for p in cell.iterchildren(_PARAGRAPH)]
    return "\n".join(paragraphs) if paragraphs else None


def _with_zeros(number: str, cell: etree._Element) -> str:
    """Return a number as it is shown where only zeros before it are added."""
    shown = _shown(cell) or ""
    return (
        shown
        if shown != number and shown.isdecimal() and shown.lstrip("0") == number.lstrip("0")
        else number
    )


def _paragraph(element: etree._Element) -> str:
    parts = [element.text or ""]
    for inner in element.iterchildren():
        if inner.tag == f"{_TEXT}s":
            parts.append(" " * min(_number(inner.get(f"{_TEXT}c")), 1_000))
        elif inner.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif inner.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif inner.tag != f"{_OFFICE}annotation":
            parts.append(_paragraph(inner))
        parts.append(inner.tail or "")
    return "".join(parts)


def _times(element: etree._Element, what: str) -> int:
    return _number(element.get(_TIMES[what]))


def _number(text: str | None) -> int:
    return 1 if text is None else max(whole_number(text, 1), 1)


def _grid(sheet: _Sheet) -> Grid:
    cells = pl.DataFrame(sheet.cells, schema=SPARSE, orient="row")
    laid, rows = laid_out(cells, sheet.where, sheet.limits.max_cells)
    return Grid(
        sheet=sheet.name,
        cells=laid,
        rows=rows,
        visibility=sheet.visibility,
        hidden_rows=frozenset(sheet.hidden_rows),
        hidden_columns=frozenset(sheet.hidden_columns),
        merges=tuple(sheet.merges),
        formulas=pl.DataFrame(sheet.formulas, schema=PLACES, orient="row"),
    )
