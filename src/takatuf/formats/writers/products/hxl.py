"""The rows as HXL: CSV with a header and a tag row, and the same as JSON.

What libhxl's default schema calls an error is not written: an amount or a date that is withheld
is blank, and a column says which values of the row were withheld. A quarter is 2024Q1.
"""

import io
import json
from typing import Any

import polars as pl

from takatuf.formats.writers.products.about import about_json
from takatuf.formats.writers.products.content import Products
from takatuf.formats.writers.products.disclosure import is_withheld
from takatuf.formats.writers.products.neutralising import neutralised
from takatuf.formats.writers.products.shown import ShownColumn, shown_columns, shown_frame

_PART_OF_YEAR = r"^(\d{4})-?([QW]\d\d?)$"
_DATES = ("date", "month")


def write_hxl_csv(products: Products, language: str = "en", *, with_mark: bool = True) -> bytes:
    """Return the rows as CSV in UTF-8: header, tags, rows.

    Text that a spreadsheet would run is made harmless with an apostrophe, as `neutralising` says.

    Args:
        products: The rows and what stands around them.
        language: Of the headers.
        with_mark: Begin with a byte order mark, by which spreadsheets know that it is UTF-8.
    """
    frame, columns = _table(products, language)
    safe = frame.with_columns(neutralised(pl.col(pl.String)))
    head = pl.DataFrame(
        {str(n): [column.header, column.hxl] for n, column in enumerate(columns)},
        schema=dict.fromkeys([str(n) for n in range(len(columns))], pl.String),
    )
    text = io.BytesIO(b"\xef\xbb\xbf" if with_mark else b"")
    text.seek(0, io.SEEK_END)
    head.write_csv(text, include_header=False, line_terminator="\r\n")
    _plain_numbers(safe).write_csv(text, include_header=False, line_terminator="\r\n")
    return text.getvalue()


def write_hxl_json(products: Products) -> bytes:
    """Return the rows as JSON: what stands around them, the columns, and an object for each row.

    The keys of a row are the tags, and of repeated columns the tag and their number; a blank is
    null. What is withheld is as in the CSV.
    """
    frame, columns = _table(products, "en")
    keys = _keys(columns)
    rows = frame.rename({column.word: key for key, column in keys.items()}).to_dicts()
    document: dict[str, Any] = {
        "about": about_json(products),
        "columns": [
            {"key": key, "word": c.word, "hxl": c.hxl, "header": c.header}
            for key, c in keys.items()
        ],
        "data": rows,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _table(products: Products, language: str) -> tuple[pl.DataFrame, tuple[ShownColumn, ...]]:
    """The columns as HXL has them: no word stands for an amount or a date."""
    frame = shown_frame(products)
    columns = shown_columns(frame, language)
    typed = [c for c in columns if c.value != "text" and frame.schema[c.word] == pl.String]
    return frame.with_columns(
        pl.when(~is_withheld(c.word)).then(_as_hxl(c)).alias(c.word) for c in typed
    ), columns


def _keys(columns: tuple[ShownColumn, ...]) -> dict[str, ShownColumn]:
    """A key for each column: its tag, with an attribute of its number where it is repeated."""
    keys: dict[str, ShownColumn] = {}
    for column in columns:
        number = len([other for other in keys.values() if other.hxl == column.hxl]) + 1
        keys[column.hxl if number == 1 else f"{column.hxl}+n{number}"] = column
    return keys


def _as_hxl(column: ShownColumn) -> pl.Expr:
    value = pl.col(column.word)
    if column.value in _DATES:
        return value.str.replace(_PART_OF_YEAR, "${1}${2}")
    return value.cast(pl.Float64, strict=False)


def _plain_numbers(frame: pl.DataFrame) -> pl.DataFrame:
    """Amounts as text without a needless ".0"."""
    amount = pl.selectors.float()
    as_whole = pl.when(amount == amount.round()).then(amount.cast(pl.Int64, strict=False))
    return frame.with_columns(
        pl.when(as_whole.is_not_null())
        .then(as_whole.cast(pl.String))
        .otherwise(amount.cast(pl.String))
    )
