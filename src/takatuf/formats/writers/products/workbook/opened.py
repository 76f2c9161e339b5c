"""A new workbook: the same bytes for the same content, and no person in its properties."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from takatuf.formats.writers.products.content import Products

MAX_CELL_CHARACTERS = 32_767
MAX_ROWS = 1_048_576
CUT = " … [cut]"
_RIGHT_TO_LEFT = {"ar"}
_A4 = 9  # as XlsxWriter numbers papers


@dataclass(frozen=True, slots=True)
class Looks:
    """How cells look; a state is always said in words too, never by colour alone."""

    title: Format
    header: Format
    tag: Format
    text: Format
    as_text: Format  # text that would be a formula if it were typed again
    number: Format
    figure: Format
    day: Format
    quiet: Format
    wrapped: Format
    strong: Format
    missing: Format


@dataclass(frozen=True, slots=True)
class OpenBook:
    """A workbook while it is written."""

    book: Workbook
    looks: Looks
    language: str

    def sheet(self, name: str) -> Worksheet:
        """Return a new sheet, in the language's direction."""
        sheet = self.book.add_worksheet(name)
        if self.language in _RIGHT_TO_LEFT:
            sheet.right_to_left()
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet


def written(products: Products, language: str, fill: Callable[[OpenBook], None]) -> bytes:
    """Return the bytes of a workbook that `fill` writes."""
    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    created = datetime.combine(products.as_of, time(), UTC).replace(tzinfo=None)
    book.set_properties({"title": products.title, "author": "", "created": created})
    fill(OpenBook(book, _looks(book, language), language))
    book.close()
    return target.getvalue()


def put_text(sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    """Write a cell of text whatever it looks like; one that is too long is cut visibly."""
    if len(text) > MAX_CELL_CHARACTERS:
        text = text[: MAX_CELL_CHARACTERS - len(CUT)] + CUT
    sheet.write_string(row, column, text, look)


def _looks(book: Workbook, language: str) -> Looks:
    runs = {"reading_order": 2 if language in _RIGHT_TO_LEFT else 1}  # 2: from right to left
    lines = {"text_wrap": True, "valign": "top", **runs}
    return Looks(
        title=book.add_format({"bold": True, "font_size": 14}),
        header=book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, **lines}),
        tag=book.add_format({"italic": True, "font_color": "#404040", "bg_color": "#F2F2F2"}),
        text=book.add_format({"num_format": "@"}),
        as_text=book.add_format({"num_format": "@", "quote_prefix": True}),
        number=book.add_format({"num_format": "#,##0"}),
        figure=book.add_format({"num_format": "General"}),
        day=book.add_format({"num_format": "yyyy-mm-dd"}),
        quiet=book.add_format({"italic": True, "font_color": "#595959"}),
        wrapped=book.add_format(lines),
        strong=book.add_format({"bold": True, **lines}),
        missing=book.add_format({"italic": True, "bg_color": "#FBE5D6", "border": 1, **lines}),
    )
