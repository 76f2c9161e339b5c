"""The fault frame: every fault of a table in one frame, turned into problems only when shown."""

from collections.abc import Iterable

import polars as pl

from takatuf.activities.tables import SheetTable
from takatuf.vocabulary.errors import Problem, cut

FAULTS = {
    "row": pl.UInt32,
    "column": pl.String,  # the letter, "" for the whole row
    "code": pl.String,
    "found": pl.String,
    "expected": pl.String,
    "hint": pl.String,
}


def no_faults() -> pl.DataFrame:
    """Return a fault frame without rows."""
    return pl.DataFrame(schema=FAULTS)


def faults_in(
    rows: pl.Series, cells: pl.Series, letter: str, found: Iterable[tuple[str, str, str, str]]
) -> pl.DataFrame:
    """Return a fault for every cell of a column that holds one of some texts.

    Args:
        rows: The number of each row in the sheet.
        cells: The column as it was entered.
        letter: Which column it is.
        found: The text of the cell, the code, what was expected and a hint; each text once
            per code.
    """
    listed = list(found)
    if not listed:
        return no_faults()
    texts, codes, expected, hints = zip(*listed, strict=True)
    known = pl.DataFrame(
        {"text": texts, "code": codes, "expected": expected, "hint": hints},
        schema=dict.fromkeys(("text", "code", "expected", "hint"), pl.String),
    )
    held = pl.DataFrame({"row": rows, "text": cells}).filter(pl.col("text").is_in(set(texts)))
    return _shaped(held.join(known, on="text"), letter, pl.col("text"))


def faults_where(
    rows: pl.Series, is_wrong: pl.Series, letter: str, found: pl.Series, says: tuple[str, str, str]
) -> pl.DataFrame:
    """Return a fault for every row in which something is wrong.

    Args:
        rows: The number of each row in the sheet.
        is_wrong: Whether it is; null is no fault.
        letter: The column it is shown in.
        found: What was found, by row, as text.
        says: The code, what was expected, a hint.
    """
    code, expected, hint = says
    held = pl.DataFrame({"row": rows, "text": found}).filter(is_wrong.fill_null(value=False))
    spoken = held.with_columns(
        pl.lit(code).alias("code"), pl.lit(expected).alias("expected"), pl.lit(hint).alias("hint")
    )
    return _shaped(spoken, letter, pl.col("text"))


def faults_by(
    frame: pl.DataFrame, is_wrong: pl.Expr, letter: str, found: pl.Expr, says: tuple[str, str, str]
) -> pl.DataFrame:
    """Return a fault for every row of a frame in which something is wrong.

    Args:
        frame: With a column `row`.
        is_wrong: Whether it is; null is no fault.
        letter: The column it is shown in.
        found: What was found, as text.
        says: The code, what was expected, a hint.
    """
    held = frame.filter(is_wrong.fill_null(value=False))
    if held.is_empty():
        return no_faults()
    code, expected, hint = says
    spoken = held.select(
        "row",
        pl.lit(code).alias("code"),
        found.alias("text"),
        pl.lit(expected).alias("expected"),
        pl.lit(hint).alias("hint"),
    )
    return _shaped(spoken, letter, pl.col("text"))


def problems_in(faults: pl.DataFrame, table: SheetTable) -> Iterable[Problem]:
    """Yield each fault as a problem in the sender's words."""
    for row, letter, code, found, expected, hint in faults.select(list(FAULTS)).iter_rows():
        yield Problem(
            code=code,
            where=table.where(row, letter),
            found=cut(found),
            expected=expected,
            hint=hint,
        )


def _shaped(held: pl.DataFrame, letter: str, found: pl.Expr) -> pl.DataFrame:
    return held.select(
        pl.col("row").cast(pl.UInt32),
        pl.lit(letter).alias("column"),
        "code",
        found.fill_null("").alias("found"),
        "expected",
        "hint",
    )
