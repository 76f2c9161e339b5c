"""Who has reported which period, who is late, and for whom it is not yet time."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from takatuf.activities.due.calendar import Calendar, bounds_of

REPORTED, NOTHING_CHANGED, LATE, NOT_YET_DUE = "reported", "nothing_changed", "late", "not_yet_due"
DUE_SCHEMA = pl.Schema(
    {
        "organisation": pl.String(),
        "period": pl.String(),
        "due_on": pl.Date(),
        "state": pl.String(),
        "days_late": pl.Int32(),  # until it came or until today; 0 in time, null where not yet due
        "received_at": pl.String(),
    }
)
_DAY_LETTERS = 10  # of an ISO instant


def due_of(
    calendar: Calendar,
    received: pl.DataFrame,
    today: date,
    organisations: Iterable[str] = (),
) -> pl.DataFrame:
    """Return for each organisation and period whether its report is there.

    Args:
        calendar: When reports are due.
        received: organisation, period, received_at (ISO) and, where it is known, the column
            `nothing_changed`. The first report of a period counts; a month counts for its
            quarter or year where the calendar asks for that.
        today: The day of asking.
        organisations: Who is to report besides those in `received`.

    Returns:
        organisation, period, due_on, state (reported, nothing_changed, late, not_yet_due),
        days_late, received_at; the latest period first, then by organisation.
    """
    first = _first_reports(calendar, received)
    who = sorted({*first["organisation"].drop_nulls(), *organisations})
    periods = calendar.periods_until(today)
    expected = pl.DataFrame(
        [(one, period, calendar.due_on(one, period)) for one in who for period in periods],
        orient="row",
        schema={"organisation": pl.String, "period": pl.String, "due_on": pl.Date},
    )
    told = expected.join(first, on=["organisation", "period"], how="left")
    came = pl.col("received_at").str.head(_DAY_LETTERS).str.to_date(strict=False)
    late = (pl.coalesce(came, pl.lit(today)) - pl.col("due_on")).dt.total_days()
    is_there, is_due = pl.col("received_at").is_not_null(), pl.col("due_on") < today
    return (
        told.with_columns(
            state=pl.when(is_there & pl.col("nothing_changed"))
            .then(pl.lit(NOTHING_CHANGED))
            .when(is_there)
            .then(pl.lit(REPORTED))
            .when(is_due)
            .then(pl.lit(LATE))
            .otherwise(pl.lit(NOT_YET_DUE)),
            days_late=pl.when(is_there | is_due).then(late.clip(0)),
        )
        .select(*DUE_SCHEMA)
        .cast(DUE_SCHEMA)
        .sort("period", "organisation", descending=[True, False])
    )


def _first_reports(calendar: Calendar, received: pl.DataFrame) -> pl.DataFrame:
    unchanged = (
        pl.col("nothing_changed") if "nothing_changed" in received.columns else pl.lit(value=False)
    )
    periods = {
        text: period
        for text in received["period"].unique().drop_nulls()
        if (period := _period_in(calendar, text))
    }
    return (
        received.with_columns(
            pl.col("period").replace_strict(periods, default=None, return_dtype=pl.String),
            nothing_changed=unchanged.fill_null(value=False),
        )
        .drop_nulls("period")
        .sort("received_at")
        .group_by("organisation", "period", maintain_order=True)
        .agg(pl.col("received_at").first(), pl.col("nothing_changed").first())
    )


def _period_in(calendar: Calendar, text: str) -> str:
    """Return the period of the calendar in which another begins, or "" where that is longer."""
    try:
        start, end = bounds_of(text)
    except ValueError:
        return ""
    found = calendar.periods_until(start)
    if not found:
        return ""
    first, after = bounds_of(found[-1])
    return found[-1] if start < after and end - start <= after - first else ""
