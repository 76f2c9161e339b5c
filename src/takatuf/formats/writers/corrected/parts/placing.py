"""Give cells of a sheet another style, and leave every other byte of the sheet alone.

The sheet is not built anew: its XML is read once for the positions of rows and cells, and the
few bytes that change are spliced in. So a formula, a drop-down or an extension that we know
nothing about stays as it was.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from xml.parsers import expat

from takatuf.formats.writers.corrected.parts.letters import letters_of, row_and_column

Marks = Mapping[int, Mapping[int, int]]  # row -> column -> kind of mark, above 0
Restyle = Callable[[int, int], int]  # (style, kind of mark or 0) -> style

_AFTER_LEGACY_DRAWING = {
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls"),
    *("webPublishItems", "tableParts", "extLst"),
}
_STRICT = "purl.oclc.org/ooxml"  # the names of ISO/IEC 29500 in its strict form
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLE = re.compile(rb"""\ss\s*=\s*("[^"]*"|'[^']*')""")
_SPANS = re.compile(rb"""\sspans\s*=\s*("[^"]*"|'[^']*')""")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([A-Z]+[0-9]+):([A-Z]+[0-9]+)")
_SELECTED = re.compile(rb"""\stabSelected\s*=\s*["'](?:1|true)["']""")


def marked_sheet(xml: bytes, marks: Marks, restyle: Restyle, notes_link: str = "") -> bytes:
    """Return the sheet with the styles of its cells passed through ``restyle``.

    A marked cell or row that the sheet does not have, as it is blank, is put in.

    Args:
        xml: The part of the sheet, in UTF-8.
        marks: The kind of mark of each cell that gets one.
        restyle: Which style a cell gets.
        notes_link: The link to the drawing of its comments, if it has none yet; "" for none.
    """
    scan = _Scan(xml, _on_anchors(xml, marks), restyle, notes_link)
    scan.run()
    return _spliced(xml, sorted(scan.edits, key=itemgetter(0)))


def unselected(xml: bytes) -> bytes:
    """Return the sheet as not selected; two selected sheets would be edited together."""
    head, data, rest = xml.partition(b"<sheetData")
    return _SELECTED.sub(b"", head) + data + rest


def _on_anchors(xml: bytes, marks: Marks) -> dict[int, dict[int, int]]:
    # Only the first cell of a merged range is seen.
    placed = {row: dict(columns) for row, columns in marks.items()}
    for first, last in _MERGED.findall(xml):
        (top, left), (bottom, right) = (row_and_column(end.decode()) for end in (first, last))
        for row in range(top, bottom + 1) if bottom - top < len(placed) else sorted(placed):
            if top <= row <= bottom and row in placed:
                _move(placed, row, (left, right), (top, left))
    return placed


def _move(
    placed: dict[int, dict[int, int]], row: int, between: tuple[int, int], to: tuple[int, int]
) -> None:
    for column in [c for c in placed[row] if between[0] <= c <= between[1]]:
        kind = placed[row].pop(column)
        there = placed.setdefault(to[0], {})
        there[to[1]] = max(kind, there.get(to[1], 0))


@dataclass(slots=True)
class _Scan:
    xml: bytes
    marks: dict[int, dict[int, int]]
    restyle: Restyle
    notes_link: str
    edits: list[tuple[int, int, bytes]] = field(default_factory=list)
    column_styles: list[tuple[int, int, int]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)  # still to be met, the next one last
    row: int = 0
    column: int = 0
    row_style: int | None = None
    pending: list[int] = field(default_factory=list)  # columns still to be met, the next one last
    start: int = 0  # of the tag of the open row
    data_start: int = 0  # of the tag around all rows
    is_in_data: bool = False
    is_spanned: bool = False
    depth: int = 0
    is_linked: bool = False
    relations: str = _RELATIONS
    parser: expat.XMLParserType = field(default_factory=expat.ParserCreate)

    def run(self) -> None:
        self.rows = sorted(self.marks, reverse=True)
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close
        self.parser.StartDoctypeDeclHandler = _refuse
        self.parser.Parse(self.xml, True)  # noqa: FBT003 - expat takes it by position only

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        prefix, _, local = name.rpartition(":")
        if not self.is_in_data:
            self._meet_part(prefix, local, attributes)
            if local == "col" and "style" in attributes:
                style = int(attributes["style"])
                self.column_styles.append((int(attributes["min"]), int(attributes["max"]), style))
            self.is_in_data = local == "sheetData"
            self.data_start = self.parser.CurrentByteIndex
        elif local == "c":
            self._meet_cell(name, attributes)
        elif local == "row":
            self._meet_row(name, attributes)

    def _meet_part(self, prefix: str, local: str, attributes: dict[str, str]) -> None:
        if self.depth == 0 and any(_STRICT in value for value in attributes.values()):
            self.relations = f"http://{_STRICT}/officeDocument/relationships"
        if self.depth == 1 and local in _AFTER_LEGACY_DRAWING:
            self._link(prefix)
        self.depth += local != "sheetData"

    def _link(self, prefix: str) -> None:
        if not self.notes_link or self.is_linked:
            return
        self.is_linked = True
        name = f"{prefix}:legacyDrawing" if prefix else "legacyDrawing"
        element = f'<{name} xmlns:r="{self.relations}" r:id="{self.notes_link}"/>'
        at = self.parser.CurrentByteIndex
        self.edits.append((at, at, element.encode()))

    def _meet_row(self, name: str, attributes: dict[str, str]) -> None:
        self.row = int(attributes.get("r", self.row + 1))
        self.column = 0
        at = self.parser.CurrentByteIndex
        self._insert_rows(name.removesuffix("row"), at, self.row)
        if self.rows and self.rows[-1] == self.row:
            self.rows.pop()
        self.pending = sorted(self.marks.get(self.row, ()), reverse=True)
        is_own = attributes.get("customFormat") in {"1", "true"}
        self.row_style = int(attributes.get("s", 0)) if is_own else None
        self.is_spanned = "spans" in attributes
        self.start = at

    def _meet_cell(self, name: str, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self.column = row_and_column(reference)[1] if reference else self.column + 1
        at = self.parser.CurrentByteIndex
        while self.pending and self.pending[-1] < self.column:
            self._insert_cell(name, at)
        kind = 0
        if self.pending and self.pending[-1] == self.column:
            kind = self.marks[self.row][self.pending.pop()]
        style = int(attributes.get("s", 0))
        wanted = self.restyle(style, kind)
        if wanted != style:
            end = _end_of_tag(self.xml, at)
            self.edits.append((at, end, _with_style(self.xml[at:end], wanted)))

    def _close(self, name: str) -> None:
        if not self.is_in_data:
            self.depth -= 1
            if self.depth == 0:
                self._link(name.rpartition(":")[0])
        elif name.endswith(("row", "sheetData")):
            self._close_row_or_data(name)

    def _close_row_or_data(self, name: str) -> None:
        at, first_edit = self.parser.CurrentByteIndex, len(self.edits)
        if name.endswith("row"):
            start = self.start
            while self.pending:
                self._insert_cell(f"{name.removesuffix('row')}c", at)
        else:
            start, self.is_in_data = self.data_start, False
            self._insert_rows(name.removesuffix("sheetData"), at, None)
        if len(self.edits) > first_edit and self._is_empty(start):
            self._open_empty_tag(name, start, first_edit)

    def _is_empty(self, start: int) -> bool:
        end = _end_of_tag(self.xml, start)
        return self.xml[end - 2 : end] == b"/>"

    def _open_empty_tag(self, name: str, start: int, first_edit: int) -> None:
        inside = b"".join(edit[2] for edit in self.edits[first_edit:])
        del self.edits[first_edit:]
        end = _end_of_tag(self.xml, start)
        tag = self.xml[start:end].removesuffix(b"/>").rstrip()
        whole = _SPANS.sub(b"", tag) + b">" + inside + f"</{name}>".encode()
        self.edits.append((start, end, whole))

    def _insert_rows(self, prefix: str, at: int, before: int | None) -> None:
        while self.rows and (before is None or self.rows[-1] < before):
            self.row_style, row = None, self.rows.pop()
            cells = "".join(
                self._cell(f"{prefix}c", row, column) for column in sorted(self.marks[row])
            )
            whole = f'<{prefix}row r="{row}">{cells}</{prefix}row>'
            self.edits.append((at, at, whole.encode()))

    def _insert_cell(self, name: str, at: int) -> None:
        if self.is_spanned:  # the row may reach further now
            self.is_spanned = False
            if not self._is_empty(self.start):
                end = _end_of_tag(self.xml, self.start)
                tag = _SPANS.sub(b"", self.xml[self.start : end], count=1)
                self.edits.append((self.start, end, tag))
        self.edits.append((at, at, self._cell(name, self.row, self.pending.pop()).encode()))

    def _cell(self, name: str, row: int, column: int) -> str:
        style = self.row_style if self.row_style is not None else self._style_of_column(column)
        wanted = self.restyle(style, self.marks[row][column])
        return f'<{name} r="{letters_of(column)}{row}" s="{wanted}"/>'

    def _style_of_column(self, column: int) -> int:
        return next((s for low, high, s in self.column_styles if low <= column <= high), 0)


def _refuse(*_: object) -> None:
    message = "a sheet declares a document type"
    raise ValueError(message)


def _end_of_tag(xml: bytes, start: int) -> int:
    quote = b""
    for at in range(start, len(xml)):
        sign = xml[at : at + 1]
        if quote:
            quote = b"" if sign == quote else quote
        elif sign in {b'"', b"'"}:
            quote = sign
        elif sign == b">":
            return at + 1
    raise AssertionError(start)


def _with_style(tag: bytes, style: int) -> bytes:
    attribute = f' s="{style}"'.encode()
    if _STYLE.search(tag):
        return _STYLE.sub(attribute, tag, count=1)
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:end].rstrip() + attribute + tag[end:]


def _spliced(xml: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    pieces, at = [], 0
    for start, end, new in edits:
        pieces += [xml[at:start], new]
        at = end
    return b"".join([*pieces, xml[at:]])
