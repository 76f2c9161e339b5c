"""The cells of one sheet of an Office workbook, from a stream of its XML.

Two readings of one grammar: rows as every spreadsheet program writes them are read by columns,
with regular expressions that account for every byte; whatever else is well-formed is read with an
XML parser, slowly. A sheet's own statement of its size is never trusted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl
from lxml import etree

from takatuf.formats.readers.workbooks.archive import Part
from takatuf.formats.readers.workbooks.grids import MAX_COLUMN, MAX_ROW, Area, column_of
from takatuf.formats.readers.workbooks.markup import parsed, plain, refuse_entities, whole_number
from takatuf.formats.readers.workbooks.refusals import broken
from takatuf.formats.readers.workbooks.xlsx.parts import area_of
from takatuf.formats.readers.workbooks.xlsx.strings import readable, rich_text

_STEP_BYTES = 4 * 1024**2
_MAX_HEAD_BYTES = 16 * 1024**2
_MAX_ROW_BYTES = 64 * 1024**2
_MAX_TAIL_BYTES = 64 * 1024**2
_BEGIN = re.compile(rb"<(?:(\w{1,40}):)?sheetData([\s/][^<>]*)?>")
_COLUMNS = re.compile(rb"<(?:\w+:)?col\s([^<>]*)/?>")
_HIDDEN_ROW = re.compile(rb'<row [^<>]*?hidden="(?:1|true)"[^<>]*>')
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="([A-Z0-9:$]+)"')
_NAMESPACE = re.compile(rb'xmlns:\w+="[^"<]*"')
_ATTRIBUTE = re.compile(r'([A-Za-z0-9:]{1,40})="([^"]*)"')
_ROW_TAGS = re.compile(rb"</row>|<row(?:\s[^<>]*)?>")
# One pass of the matcher: after each byte only one way leads on, which makes it three times faster.
_CELL = (
    r'^r="([A-Z]{1,3})([0-9]{1,7})"((?: [A-Za-z0-9:]+="[^"<]*")*)(?:/|><'
    r'(?:(f)(?: [A-Za-z0-9:]+="[^"<]*")*(?:/|>[^<]*</f)><)?'
    r'(?:v(?:(?: xml:space="preserve")?>([^<]*)</v|/)><'
    r'|is><t(?:(?: xml:space="preserve")?>([^<]*)</t|/)></is><)?/c)>\s*$'
)
_FOUND = ["letter", "row", "attributes", "formula", "value", "inline"]
_CELLS = {
    "row": pl.UInt32, "column": pl.UInt32, "kind": pl.String, "style": pl.UInt32,
    "is_formula": pl.Boolean, "raw": pl.String,
}  # fmt: skip
_REFERENCE = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")
_TRUE = ("1", "true")
_NUMBER = "n"


@dataclass(slots=True)
class Outline:
    """What a sheet says beside its cells, gathered while it is read."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden: bytearray = field(default_factory=lambda: bytearray(MAX_COLUMN + 1))  # by column
    merges: list[Area] = field(default_factory=list)


def scan(part: Part, outline: Outline) -> Iterator[pl.DataFrame]:
    """Give the filled cells of a sheet, some thousand rows at a time.

    Args:
        part: The sheet's XML.
        outline: Takes what stands before, between and after the cells.

    Raises:
        InputError: The sheet is broken, or declares entities.
    """
    head, rest, prefix = _head(part)
    _note_columns(head, outline)
    if rest is None:
        return
    namespaces = b" ".join(set(_NAMESPACE.findall(head)))
    last_row = 0
    for rows in _rows(part, rest, prefix, outline):
        _note_hidden_rows(rows, outline)
        cells = _by_columns(rows)
        if cells is None:
            cells = _by_elements(rows, namespaces, last_row, part.where)
        _refuse_outside(cells, part.where)
        last_row = int(cells["row"][-1]) if cells.height else last_row
        yield cells.filter(pl.col("raw").is_not_null() | pl.col("is_formula"))


def _head(part: Part) -> tuple[bytes, bytes | None, bytes]:
    head = b""
    while piece := part.read(_STEP_BYTES):
        head += piece
        if found := _BEGIN.search(head):
            refuse_entities(head[: found.start()], part.where)
            is_empty = (found[2] or b"").endswith(b"/")
            rest = None if is_empty else head[found.end() :]
            return head[: found.start()], rest, found[1] or b""
        if len(head) > _MAX_HEAD_BYTES:
            break
    refuse_entities(head, part.where)
    raise broken(part.where, "a sheet without cells")


def _rows(part: Part, rest: bytes, prefix: bytes, outline: Outline) -> Iterator[bytes]:
    """Give whole rows, without their prefix, until the cells end; then note what follows."""
    name = prefix + b":" if prefix else b""
    row_end, end = b"</" + name + b"row>", b"</" + name + b"sheetData"
    while True:
        last = rest.find(end)
        cut_at = last if last >= 0 else rest.rfind(row_end) + len(row_end)
        if cut_at >= len(row_end):
            rows, rest = rest[:cut_at], rest[cut_at:]
            yield rows.replace(b"<" + name, b"<").replace(b"</" + name, b"</") if name else rows
        if last >= 0:
            break
        piece = part.read(_STEP_BYTES)
        if not piece or len(rest) > _MAX_ROW_BYTES:
            raise broken(part.where, "rows that do not end")
        rest += piece
    _note_merges(part, rest, outline)


def _by_columns(rows: bytes) -> pl.DataFrame | None:
    """Return the cells of rows as programs write them; None if any byte is anything else."""
    try:
        first, *pieces = _ROW_TAGS.sub(b"", rows).decode().split("<c ")
    except UnicodeDecodeError:
        return None
    if first.strip():
        return None
    if not pieces:
        return pl.DataFrame(schema=_CELLS)
    found = pl.Series(pieces, dtype=pl.String).str.extract_groups(_CELL).struct.unnest()
    found.columns = _FOUND
    if found["letter"].null_count():
        return None
    attributes = found["attributes"].unique().to_list()
    kinds, styles = zip(*map(_kind_and_style, attributes), strict=True)
    letters = found["letter"].unique().to_list()
    columns = [column_of(letter) for letter in letters]
    of_attributes = pl.col("attributes")
    return found.select(
        row=pl.col("row").cast(pl.UInt32),
        column=pl.col("letter").replace_strict(letters, columns, return_dtype=pl.UInt32),
        kind=of_attributes.replace_strict(attributes, kinds, return_dtype=pl.String),
        style=of_attributes.replace_strict(attributes, styles, return_dtype=pl.UInt32),
        is_formula=pl.col("formula").is_not_null(),
        raw=readable(found.select(pl.coalesce("value", "inline")).to_series()),
    )


def _kind_and_style(attributes: str) -> tuple[str, int]:
    found = dict(_ATTRIBUTE.findall(attributes))
    return found.get("t", _NUMBER), whole_number(found.get("s"), 0)


def _by_elements(rows: bytes, namespaces: bytes, last_row: int, where: str) -> pl.DataFrame:
    root = parsed(b"<rows " + namespaces + b">" + rows + b"</rows>", where)
    cells: list[tuple[int, int, str, int, bool, str | None]] = []
    row = last_row
    for row_element in root.iterchildren("row"):
        row = whole_number(row_element.get("r"), row + 1)
        column = 0
        for cell in row_element.iterchildren("c"):
            found = _REFERENCE.match(cell.get("r", ""))
            column = column_of(found[1]) if found else column + 1
            kind, style = cell.get("t", _NUMBER), whole_number(cell.get("s"), 0)
            is_formula, raw = _content(cell)
            if is_formula or raw is not None:
                at = int(found[2]) if found else row
                cells.append((at, column, kind, style, is_formula, raw))
    return pl.DataFrame(cells, schema=_CELLS, orient="row")


def _content(cell: etree._Element) -> tuple[bool, str | None]:
    """Return whether a cell has a formula, and its value as it is stored."""
    is_formula, raw = False, None
    for part in cell:
        if part.tag == "v":
            raw = plain(part.text or "")
        elif part.tag == "f":
            is_formula = True
        elif part.tag == "is":
            raw = plain(rich_text(part))
    return is_formula, raw


def _refuse_outside(cells: pl.DataFrame, where: str) -> None:
    outside = cells.filter(
        (pl.col("row") > MAX_ROW) | (pl.col("row") < 1) | (pl.col("column") > MAX_COLUMN)
    )
    if outside.height:
        found = f"a cell in row {outside['row'][0]:,}, column {outside['column'][0]:,}"
        raise broken(where, found, f"cells in {MAX_ROW:,} rows and {MAX_COLUMN:,} columns")


def _note_columns(head: bytes, outline: Outline) -> None:
    for found in _COLUMNS.findall(head):
        said = dict(_ATTRIBUTE.findall(found.decode("utf-8", "replace")))
        if said.get("hidden") in _TRUE:
            first, last = whole_number(said.get("min"), 0), whole_number(said.get("max"), 0)
            last = min(last, MAX_COLUMN)
            outline.hidden[first : last + 1] = b"\x01" * max(last + 1 - first, 0)


def _note_hidden_rows(rows: bytes, outline: Outline) -> None:
    for found in _HIDDEN_ROW.findall(rows):
        said = dict(_ATTRIBUTE.findall(found.decode("utf-8", "replace")))
        outline.hidden_rows.add(whole_number(said.get("r"), 0))


def _note_merges(part: Part, rest: bytes, outline: Outline) -> None:
    pieces = [rest]
    while (piece := part.read(_STEP_BYTES)) and len(pieces) * _STEP_BYTES < _MAX_TAIL_BYTES:
        pieces.append(piece)
    for found in _MERGE.findall(b"".join(pieces)):
        if (area := area_of(found.decode())) and not area.is_one_cell:
            outline.merges.append(area)
