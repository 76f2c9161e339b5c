"""Who has reported which period, who is late; from the activities that the register holds."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from takatuf.activities.due import Calendar, due_of
from takatuf.activities.due.calendar import usual_calendars

USUAL = "monthly"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueAsked:
    """By which calendar, on which day."""

    today: date
    calendar: str = USUAL  # a name of calendar.toml
    due_day: int | None = None  # of the month after the period; None: the calendar's own
    first: str = ""  # the first period asked for; "" for the first that anybody reported
    organisations: tuple[str, ...] = ()  # who is to report besides those who did


def due_in(frame: pl.DataFrame, asked: DueAsked) -> pl.DataFrame:
    """Return for each organisation and period whether its report is there; see `due_of`."""
    received = _received(frame)
    every, due_day = usual_calendars()[asked.calendar]
    months = received["period"].str.extract(r"^(\d{4}-\d{2})$").drop_nulls()
    first = asked.first or (str(months.min()) if months.len() else f"{asked.today:%Y-%m}")
    calendar = Calendar(every=every, due_day=asked.due_day or due_day, first=first)
    return due_of(calendar, received, asked.today, asked.organisations)


def _received(frame: pl.DataFrame) -> pl.DataFrame:
    period = pl.col("period") if "period" in frame.columns else pl.lit(None, pl.String)
    return frame.select(
        pl.col("organisation"), period.alias("period"), pl.col("received_at")
    ).unique(maintain_order=True)
