"""Text that a spreadsheet would run as a formula, made harmless in CSV so that it can be read back.

A text that begins with such a character gets an apostrophe before it (OWASP, CSV injection), and
so does one that already has apostrophes there: so reading takes exactly one away, and every text
comes back as it was. In a workbook nothing is needed: the cell itself says that it is text.
"""

import re

import polars as pl

_BEGINNINGS = "=+\\-@\t\r\n＝＋－＠"
_NEEDS_ONE = rf"^('*[{_BEGINNINGS}])"
_HAS_ONE = rf"^'('*[{_BEGINNINGS}])"
_IS_FORMULA = re.compile(rf"[{_BEGINNINGS}]")


def neutralised(text: pl.Expr) -> pl.Expr:
    """Return texts as they may stand in a CSV file."""
    return text.str.replace(_NEEDS_ONE, "'${1}")


def neutralised_text(text: str) -> str:
    """Return one text as it may stand in a CSV file."""
    return f"'{text}" if re.match(_NEEDS_ONE, text) else text


def looks_like_formula(text: str) -> bool:
    """Say whether a spreadsheet would run a text that is typed into a cell."""
    return _IS_FORMULA.match(text) is not None


def restored(text: pl.Expr) -> pl.Expr:
    """Return texts of a CSV file as they were before `neutralised`."""
    return text.str.replace(_HAS_ONE, "${1}")
