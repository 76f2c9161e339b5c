"""The sheet that says how the rows were counted and what is not among them."""

from math import ceil

from xlsxwriter.worksheet import Worksheet

from takatuf.formats.writers.products.about import about_lines
from takatuf.formats.writers.products.content import Products
from takatuf.formats.writers.products.shown import ShownColumn
from takatuf.formats.writers.products.words import text_of
from takatuf.formats.writers.products.workbook.data_sheet import explanation
from takatuf.formats.writers.products.workbook.opened import OpenBook, put_text

_FOUR_W = ("one_row", "people", "blank", "codes", "as_text")
_WIDTHS = (34, 110)  # in characters
_LINE_POINTS = 15


def put_notes(
    book: OpenBook, products: Products, columns: tuple[ShownColumn, ...], counting: tuple[str, ...]
) -> None:
    """Write the sheet; `counting` are sentences on how it was counted."""
    sheet = book.sheet(text_of("sheet", "notes", book.language))
    for number, width in enumerate(_WIDTHS):
        sheet.set_column(number, number, width)
    put_text(sheet, 0, 0, products.title, book.looks.title)
    row = 1
    for line in about_lines(products, book.language):
        row = _line(book, sheet, row, line)
    for heading, lines in _sections(book, products, columns, counting):
        put_text(sheet, row + 1, 0, text_of("notes", heading, book.language), book.looks.strong)
        row += 2
        for line in lines:
            row = _line(book, sheet, row, line)


def four_w_counting(language: str) -> tuple[str, ...]:
    """Return how a table of activities is counted."""
    return tuple(text_of("notes", word, language) for word in _FOUR_W)


def _sections(
    book: OpenBook, products: Products, columns: tuple[ShownColumn, ...], counting: tuple[str, ...]
) -> list[tuple[str, list[tuple[str, str]]]]:
    missing = products.not_included or (text_of("notes", "nothing_named", book.language),)
    sections = [
        ("how_counted", [("", text) for text in counting]),
        ("not_included", [("", text) for text in missing]),
    ]
    if columns:
        back = text_of("notes", "corrections", book.language)
        explained = [(column.header, explanation(column, book.language)) for column in columns]
        sections += [("back", [("", back)]), ("columns", explained)]
    return sections


def _line(book: OpenBook, sheet: Worksheet, row: int, cells: tuple[str, str]) -> int:
    for number, text in enumerate(cells):
        if text:
            put_text(sheet, row, number, text, book.looks.wrapped)
    n_lines = max(ceil(len(text) / width) for text, width in zip(cells, _WIDTHS, strict=True))
    sheet.set_row(row, _LINE_POINTS * max(n_lines, 1))
    return row + 1
