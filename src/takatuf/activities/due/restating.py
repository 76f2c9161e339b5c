"""Last period's rows for a new one: "nothing changed" in one step, or as a workbook to fill in.

What stands goes on to stand: who, what, where, status, targets. Figures of a period are never
carried over, for the people of one month would count again in the next.
"""

from dataclasses import dataclass

import polars as pl

from takatuf.activities.counting.works import LINES, PERIOD, hashed, same_work, with_works
from takatuf.activities.due.calendar import bounds_of
from takatuf.activities.organisations.spelling import organisation_key

PERIOD_FIGURES = ("reached", "cash_value", "output")  # beginnings of columns of a period
NEW_FIGURES = ("reached_new",)  # nobody new, where nothing changed
_MONTH_LETTERS, _YEAR_LETTERS = 7, 4  # of a date that is known to the month or the year
_HANDED_BACK = (
    "activity",
    "report",
    "received_at",
    "attested_by",
    "n_withheld",
)  # the register's own
_OVER = frozenset(
    (
        "completed", "complete", "closed", "cancelled", "canceled", "finished", "ended", "done",
        "acheve", "termine", "cloture", "annule", "finalizado", "completado", "terminado",
        "cancelado", "cerrado", "завершено", "закрито", "скасовано", "закрыто", "отменено",
        "مكتمل", "منتهي", "مغلق", "ملغي",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """Rows for the new period, and rows that are not restated, with the reason."""

    frame: pl.DataFrame
    left_out: pl.DataFrame  # row, because


def nothing_changed(last: pl.DataFrame, period: str) -> Restated:
    """Return the rows of the last period as they stand in a new one.

    New people become 0, for nothing changed; other figures of a period become blank. Rows that
    were completed or cancelled, or that ended before the period, are not restated.

    Args:
        last: Rows in our words, of one partner and one period.
        period: The new one, "2024-04".

    Raises:
        ValueError: `period` is no period.
    """
    start, _ = bounds_of(period)
    over = _is_over(last)
    ended = _ended_before(last, start.isoformat())
    because = (
        pl.when(over)
        .then(pl.lit("completed or cancelled"))
        .when(ended)
        .then(pl.lit("ended before the period"))
    )
    marked = last.with_columns(_because=because)
    kept = marked.filter(pl.col("_because").is_null()).drop("_because")
    return Restated(
        frame=_for_period(kept, period, 0.0),
        left_out=marked.drop_nulls("_because").select("row", because="_because"),
    )


def prefilled_of(frame: pl.DataFrame, organisation: str, period: str) -> pl.DataFrame:
    """Return the rows of a partner for a workbook of a new period, with figures left to fill in.

    Args:
        frame: Rows from the register, with `activity`.
        organisation: The partner's identity.
        period: The new one.

    Returns:
        Of each work that the partner reports and that goes on, the rows of its last period
        before the new one, with `row_id` (the activity), so that the filled workbook updates
        instead of adding.
    """
    own = frame.filter(_is_of(frame, organisation))
    if "period" in own.columns:
        own = own.filter((pl.col("period") < period).fill_null(value=True))
    works = with_works(own)
    lines = [column for column in LINES if column in own.columns]
    works = works.with_columns(_work=hashed(works, [*same_work(but_for=[PERIOD]), *lines]))
    last = works.filter(pl.col(PERIOD).eq_missing(pl.col(PERIOD).max().over("_work")))
    order = [column for column in (PERIOD, "received_at", "row") if column in last.columns]
    rows = last.sort(order).unique("activity", keep="last", maintain_order=True)
    numbers = pl.Series("row", range(1, rows.height + 1), dtype=pl.UInt32)
    told = rows.select(frame.columns).with_columns(numbers, row_id=pl.col("activity"))
    going_on = nothing_changed(told, period).frame
    return _for_period(going_on, period, None).drop(_HANDED_BACK, strict=False)


def _is_of(frame: pl.DataFrame, organisation: str) -> pl.Expr:
    sent = pl.col("organisation") if "organisation" in frame.columns else pl.lit(None, pl.String)
    if "reporting_organisation_id" not in frame.columns:
        return (sent == organisation).fill_null(value=False)
    told = pl.col("reporting_organisation_id")
    named = told.str.split(" ").list.contains(organisation)
    return pl.coalesce(named, sent == organisation).fill_null(value=False)


def _for_period(rows: pl.DataFrame, period: str, new: float | None) -> pl.DataFrame:
    figures = [c for c in rows.columns if c.startswith(PERIOD_FIGURES)]
    return rows.with_columns(
        pl.lit(period).alias("period"),
        *(
            pl.lit(new if column in NEW_FIGURES else None, rows[column].dtype).alias(column)
            for column in figures
        ),
    )


def _is_over(rows: pl.DataFrame) -> pl.Expr:
    if "status" not in rows.columns:
        return pl.lit(value=False)
    said = rows["status"].unique().drop_nulls()
    over = [text for text in said if organisation_key(text) in _OVER]
    return pl.col("status").is_in(over).fill_null(value=False)


def _ended_before(rows: pl.DataFrame, day: str) -> pl.Expr:
    if "end" not in rows.columns:
        return pl.lit(value=False)
    length = pl.col("end").str.len_chars()
    last_day = (
        pl.when(length == _MONTH_LETTERS)
        .then(pl.col("end") + "-31")
        .when(length == _YEAR_LETTERS)
        .then(pl.col("end") + "-12-31")
        .otherwise(pl.col("end"))
    )
    return (last_day < day).fill_null(value=False)
