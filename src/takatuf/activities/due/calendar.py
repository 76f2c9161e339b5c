"""When reports are due: a period, the day after its end, and extensions as they were granted."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

EVERYBODY = "*"  # an extension for all
_PERIOD = re.compile(r"(\d{4})(?:-(?:Q([1-4])|W(\d\d)|(0[1-9]|1[0-2])(?:-\d\d)?))?")
_LAST_MONTH = 12


class Every(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        """The length in months."""
        return {"month": 1, "quarter": 3, "year": 12}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """When the reports of a response are due."""

    every: Every
    due_day: int  # of the month after the period; the last day of a shorter month
    first: str  # the first period: "2024-01", "2024-Q1", "2024"
    last: str = ""  # "" while the response goes on
    extensions: Mapping[tuple[str, str], date] = field(default_factory=dict)
    # the day by (organisation or EVERYBODY, period)

    def due_on(self, organisation: str, period: str) -> date:
        """Return the day on which a report is due, with the extension of who reports."""
        for who in (organisation, EVERYBODY):
            if (who, period) in self.extensions:
                return self.extensions[who, period]
        _, end = bounds_of(period)
        month_after = end.replace(day=1)
        return min(
            month_after + timedelta(days=self.due_day - 1),
            _month_later(month_after, 1) - timedelta(days=1),
        )

    def periods_until(self, today: date) -> tuple[str, ...]:
        """Return the periods that have begun by a day, the first one first."""
        return tuple(self._begun(today))

    def _begun(self, today: date) -> Iterator[str]:
        start, _ = bounds_of(self.first)
        last = bounds_of(self.last)[0] if self.last else today
        while start <= min(today, last):
            yield period_of(start, self.every)
            start = _month_later(start, self.every.months)


def period_of(day: date, every: Every) -> str:
    """Return the period that a day lies in: "2024-03", "2024-Q1" or "2024"."""
    if every is Every.YEAR:
        return f"{day.year:04d}"
    if every is Every.QUARTER:
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    return f"{day.year:04d}-{day.month:02d}"


def bounds_of(period: str) -> tuple[date, date]:
    """Return the first day of a period and the first day after it; a day stands for its month.

    Raises:
        ValueError: The text is no period; the caller checks what partners wrote before.
    """
    found = _PERIOD.fullmatch(period)
    if found is None:
        raise ValueError(f"{period!r} is none of 2024-03, 2024-W10, 2024-Q1 and 2024")
    year, quarter, week, month = int(found[1]), found[2], found[3], found[4]
    if month:
        return _span(date(year, int(month), 1), 1)
    if quarter:
        return _span(date(year, 3 * int(quarter) - 2, 1), 3)
    if week:
        start = date.fromisocalendar(year, int(week), 1)
        return start, start + timedelta(days=7)
    return _span(date(year, 1, 1), 12)


@cache
def usual_calendars() -> Mapping[str, tuple[Every, int]]:
    """Return what the package ships: how often and on which day, by name."""
    text = files("takatuf.activities.due").joinpath("calendar.toml").read_text("utf-8")
    table = tomllib.loads(text)["calendar"]
    return {name: (Every(entry["every"]), entry["due_day"]) for name, entry in table.items()}


def _span(start: date, months: int) -> tuple[date, date]:
    return start, _month_later(start, months)


def _month_later(day: date, months: int) -> date:
    count = day.year * _LAST_MONTH + day.month - 1 + months
    return date(count // _LAST_MONTH, count % _LAST_MONTH + 1, 1)
