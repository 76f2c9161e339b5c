"""The 4W as a workbook, and the same as a form: last month's rows and empty lines below them."""

from dataclasses import replace

import polars as pl

from takatuf.activities.columns.meanings import meanings
from takatuf.formats.writers.products.content import Products
from takatuf.formats.writers.products.shown import shown_columns, shown_frame
from takatuf.formats.writers.products.words import text_of
from takatuf.formats.writers.products.workbook.data_sheet import FIRST_ROW, TAG_ROW, put_rows
from takatuf.formats.writers.products.workbook.dropdowns import put_dropdowns
from takatuf.formats.writers.products.workbook.notes_sheet import four_w_counting, put_notes
from takatuf.formats.writers.products.workbook.opened import MAX_ROWS, OpenBook, written
from takatuf.vocabulary.errors import InputError, Problem

FORM_COLUMNS = (
    "reporting_organisation", "lead_organisation", "implementing_partner", "sector",
    "activity_type", "activity_description", "status", "start", "end", "period",
    "adm1_name", "adm1_code", "adm2_name", "adm2_code", "adm3_name", "adm3_code", "place_name",
    "population_group", "targeted", "reached", "reached_new", "reached_girls", "reached_boys",
    "reached_women", "reached_men",
)  # fmt: skip
N_EMPTY_LINES = 200
_NOT_IN_A_FORM = ("sector_word", "attested_by")  # ours to say, not the partner's


def write_4w_xlsx(products: Products, language: str = "en", n_empty_lines: int = 0) -> bytes:
    """Return the rows as a workbook: the same content, the same bytes.

    Header, tag row, drop-downs, filters, a hidden id in every row, and a sheet that says how it
    was counted and what is not included. Read again it gives the same rows.

    Args:
        products: The rows and what stands around them.
        language: Of headers and notes, one of en, ar, fr, ru; the sheets run its way.
        n_empty_lines: Lines below the rows that have the drop-downs too.

    Raises:
        InputError: More rows than a sheet holds.
    """
    frame = shown_frame(products)
    if len(frame) + n_empty_lines > MAX_ROWS - FIRST_ROW:
        raise InputError([_too_many(len(frame))])
    return written(products, language, lambda book: _fill(book, products, frame, n_empty_lines))


def write_form_xlsx(
    products: Products, language: str = "en", n_empty_lines: int = N_EMPTY_LINES
) -> bytes:
    """Return a partner's pre-filled workbook: its rows of last time, and empty lines.

    The columns are those of the rows and every column that a 4W row should have.

    Raises:
        InputError: More rows than a sheet holds.
    """
    absent = [word for word in FORM_COLUMNS if word not in products.frame.columns]
    types = {w: pl.Float64 if meanings()[w].value == "amount" else pl.String for w in absent}
    frame = products.frame.drop(_NOT_IN_A_FORM, strict=False).with_columns(
        pl.lit(None, dtype).alias(word) for word, dtype in types.items()
    )
    return write_4w_xlsx(replace(products, frame=frame), language, n_empty_lines)


def _fill(book: OpenBook, products: Products, frame: pl.DataFrame, n_empty_lines: int) -> None:
    columns = shown_columns(frame, book.language)
    sheet = book.sheet(text_of("sheet", "data", book.language))
    put_rows(book, sheet, frame, columns)
    n_rows = len(frame) + n_empty_lines
    if columns:
        sheet.autofilter(TAG_ROW, 0, max(FIRST_ROW + n_rows - 1, TAG_ROW), len(columns) - 1)
    put_notes(book, products, columns, four_w_counting(book.language))
    put_dropdowns(book, sheet, products, [column.word for column in columns], n_rows)


def _too_many(n_rows: int) -> Problem:
    return Problem(
        code="product.too-many-rows",
        where="the workbook",
        found=f"{n_rows} rows",
        expected=f"at most {MAX_ROWS - FIRST_ROW} rows in a sheet",
        hint="Take fewer months or one sector, or the CSV.",
    )
