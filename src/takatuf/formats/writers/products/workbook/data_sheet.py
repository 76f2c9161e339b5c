"""The sheet of rows: header, tag row, and every value written as what it is.

A full date is a date, a month stays text, an amount is a number, a withheld value says so. Text
is written as text even where it looks like a formula, so nothing runs and nothing is changed.
"""

import re
from datetime import date

import polars as pl
from xlsxwriter.worksheet import Worksheet

from takatuf.formats.writers.products.neutralising import looks_like_formula
from takatuf.formats.writers.products.shown import ROW_ID, ShownColumn
from takatuf.formats.writers.products.words import load_texts, text_of
from takatuf.formats.writers.products.workbook.opened import OpenBook, put_text

HEADER_ROW, TAG_ROW, FIRST_ROW = 0, 1, 2  # as XlsxWriter counts, from 0
_FULL_DATE = re.compile(r"(?:19|[2-9]\d)\d\d-\d\d-\d\d")  # a workbook knows no day before 1900
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d\d?)?")
_MIN_WIDTH, _MAX_WIDTH = 9, 42
_MEASURED_ROWS = 200
_COMMENT_WIDTH_PIXELS = 260


def put_rows(
    book: OpenBook, sheet: Worksheet, frame: pl.DataFrame, columns: tuple[ShownColumn, ...]
) -> None:
    """Write header, tags and rows; the row id is hidden."""
    for number, column in enumerate(columns):
        values = frame[column.word]
        _head(book, sheet, number, column)
        _shape(book, sheet, number, column, values)
        _put_values(book, sheet, number, column, values)
    sheet.set_row(HEADER_ROW, 32)
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.repeat_rows(HEADER_ROW, TAG_ROW)


def explanation(column: ShownColumn, language: str) -> str:
    """Return what a column means and how its values are written."""
    more = load_texts()["column"].get(column.word)
    how = text_of("value", column.value, language)
    if more is None:
        return how
    return more[language] if column.value == "text" else f"{more[language]} {how}"


def _head(book: OpenBook, sheet: Worksheet, number: int, column: ShownColumn) -> None:
    put_text(sheet, HEADER_ROW, number, column.header, book.looks.header)
    put_text(sheet, TAG_ROW, number, column.hxl, book.looks.tag)
    text = explanation(column, book.language)
    sheet.write_comment(HEADER_ROW, number, text, {"width": _COMMENT_WIDTH_PIXELS, "author": ""})


def _shape(
    book: OpenBook, sheet: Worksheet, number: int, column: ShownColumn, values: pl.Series
) -> None:
    look = {"date": book.looks.day, "amount": _number_look(book, values)}
    sheet.set_column(
        number,
        number,
        _width(column, values),
        look.get(column.value, book.looks.text),
        {"hidden": column.word == ROW_ID},
    )


def _number_look(book: OpenBook, values: pl.Series) -> object:
    is_whole = values.dtype == pl.Float64 and bool((values == values.round()).all())
    return book.looks.number if is_whole else book.looks.figure


def _width(column: ShownColumn, values: pl.Series) -> float:
    longest = values.head(_MEASURED_ROWS).cast(pl.String).str.len_chars().max()
    wanted = max(len(column.header) // 2 + 4, longest if isinstance(longest, int) else 0)
    return min(max(wanted, _MIN_WIDTH), _MAX_WIDTH)


def _put_values(
    book: OpenBook, sheet: Worksheet, number: int, column: ShownColumn, values: pl.Series
) -> None:
    if values.dtype.is_numeric():
        look = _number_look(book, values)
        for row, value in enumerate(values.to_list(), FIRST_ROW):
            if value is not None:
                sheet.write_number(row, number, value, look)
        return
    put = {"date": _put_date, "amount": _put_amount}.get(column.value, _put_text)
    for row, value in enumerate(values.to_list(), FIRST_ROW):
        if value is not None:
            put(book, sheet, (row, number), value)


def _put_text(book: OpenBook, sheet: Worksheet, cell: tuple[int, int], value: str) -> None:
    look = book.looks.as_text if looks_like_formula(value) else book.looks.text
    put_text(sheet, *cell, value, look)


def _put_date(book: OpenBook, sheet: Worksheet, cell: tuple[int, int], value: str) -> None:
    try:
        day = date.fromisoformat(value if _FULL_DATE.fullmatch(value) else "")
    except ValueError:  # a month, a year, or withheld
        _put_text(book, sheet, cell, value)
    else:
        sheet.write_datetime(*cell, day, book.looks.day)


def _put_amount(book: OpenBook, sheet: Worksheet, cell: tuple[int, int], value: str) -> None:
    if _NUMBER.fullmatch(value):
        sheet.write_number(*cell, float(value), book.looks.figure)
    else:  # withheld
        put_text(sheet, *cell, value, book.looks.quiet)
