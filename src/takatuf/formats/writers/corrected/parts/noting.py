"""The parts that hold the comments of each sheet of a workbook, found or made."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from takatuf.formats.writers.corrected.parts.book import Book, free_name
from takatuf.formats.writers.corrected.parts.letters import row_and_column
from takatuf.formats.writers.corrected.parts.notes import (
    AUTHOR,
    NO_COMMENTS,
    NO_DRAWING,
    Cell,
    blocks_in,
    draw_boxes,
    write_comments,
)
from takatuf.formats.writers.corrected.parts.package import parse

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_LEGACY = re.compile(rb"""<(?:\w+:)?legacyDrawing\s[^>]*?\bid\s*=\s*["']([^"']+)["']""")
_LAST_OF_DATA = b"sheetData"  # what follows it are settings, drawings and links


@dataclass(slots=True)
class NoteParts:
    """Writes comments, sheet by sheet; no two drawings use the same numbers of shapes."""

    book: Book
    is_rtl: bool
    next_block: int = field(init=False)

    def __post_init__(self) -> None:
        """Find the first free number."""
        package = self.book.package
        drawings = [name for name in package.names() if name.lower().endswith(".vml")]
        used = [block for name in drawings for block in blocks_in(package.read(name))]
        self.next_block = max([len(self.book.parts), *used]) + 1

    def write(self, sheet: str, texts: Mapping[Cell, str]) -> tuple[str, int]:
        """Write the comments of a sheet, and take out those of an earlier round.

        Returns:
            The id of a link that the sheet has to get to its comments, "" for none, and how
            many cells have a comment of ours.
        """
        package = self.book.package
        links = {link.type: link.target for link in package.relationships(sheet)}
        comments, drawing = links.get("comments", ""), self._drawing_of(sheet)
        earlier = package.read(comments) if comments else NO_COMMENTS
        is_ours = AUTHOR.encode() in earlier
        if not texts and not is_ours:
            return "", 0
        replied = self._replied(links.get("threadedComment", ""))
        texts = {cell: text for cell, text in texts.items() if cell not in replied}
        written = write_comments(earlier, texts)
        package.write(comments or self._new_comments(sheet), written.comments)
        link = ""
        if not drawing:
            drawing, link = self._new_drawing(sheet)
        drawn = draw_boxes(package.read(drawing), written, self.next_block, is_rtl=self.is_rtl)
        package.write(drawing, drawn)
        self.next_block = max([self.next_block - 1, *blocks_in(drawn)]) + 1
        return link, len(texts)

    def _replied(self, part: str) -> set[Cell]:
        # A conversation shows no text of ours; its cells are coloured and listed.
        if not part:
            return set()
        root = parse(self.book.package.read(part))
        said = (note.get("ref", "") for note in root.iter(f"{{{etree.QName(root).namespace}}}*"))
        return {row_and_column(place) for place in said if place}

    def _new_comments(self, sheet: str) -> str:
        package = self.book.package
        part = free_name(package, "xl/comments-takatuf.xml")
        package.write(part, NO_COMMENTS)
        package.declare(part, _COMMENTS_TYPE)
        package.relate(sheet, f"{self.book.relations}/comments", part)
        return part

    def _new_drawing(self, sheet: str) -> tuple[str, str]:
        package = self.book.package
        part = free_name(package, "xl/drawings/vmlDrawing-takatuf.vml")
        package.write(part, NO_DRAWING)
        package.declare(part, _DRAWING_TYPE)
        return part, package.relate(sheet, f"{self.book.relations}/vmlDrawing", part)

    def _drawing_of(self, sheet: str) -> str:
        # Pictures in headers are drawings of the same type; the sheet says which is which.
        used = _LEGACY.search(self.book.package.read(sheet).rpartition(_LAST_OF_DATA)[2])
        link_id = used[1].decode() if used else ""
        links = self.book.package.relationships(sheet)
        return next((link.target for link in links if link.id == link_id), "")
