"""The id of a row in a product: which activity it shows, and from which reports it was made.

With it a row that comes back updates its activity; the reports tell what the row looked like
when it was handed out, so that three versions can be compared.
"""

import polars as pl

from takatuf.vocabulary.identity import ThingId

_MAX_REPORTS = 400  # a cell of a workbook holds 32,767 characters


def row_ids(frame: pl.DataFrame) -> pl.Expr:
    """Return the id of each row of an activity frame that names its activities."""
    if "report" not in frame.columns:
        return pl.col("activity")
    reports = pl.col("report").str.split(" ").list.head(_MAX_REPORTS).list.join(" ")
    text = pl.concat_str("activity", reports, separator=" ", ignore_nulls=True)
    return pl.when(pl.col("activity").is_not_null()).then(text)


def split_row_id(text: str) -> tuple[ThingId, tuple[str, ...]]:
    """Return the activity and the reports that a row was made from.

    Raises:
        ValueError: It is no id of ours.
    """
    activity, *reports = text.split() or [""]
    if not activity.startswith("activity/"):
        raise ValueError(f"no id of a row: {text!r}")
    return ThingId(activity), tuple(reports)
