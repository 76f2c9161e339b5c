"""Times: aware instants in UTC, and dates as far as somebody knew them.

`observed_at` (true on the ground) is a `PartialDate`; `received_at` (we heard) is an aware
instant in UTC. The two are never mixed.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from takatuf.vocabulary.digits import latin_digits

ABOUT_DAYS = 7  # how far "about 9 March 2016" may lie from that day, when dates are compared

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.lower(): number for number, name in enumerate(calendar.month_abbr) if name
}
_PART_OF_YEAR = {"early": (1, 3), "mid": (5, 8), "late": (10, 12)}
_ABOUT = re.compile(r"(?:about|around|c\.|ca\.?|~|حوالي|نحو)\s*")
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_YEARS = re.compile(r"(\d{4})\s*[-–/]\s*(\d{4})")
_PART = re.compile(r"(early|mid|late)[ -](\d{4})")
_WRITTEN = re.compile(r"(?:(\d{1,2})\s+)?([a-z]+)\.?\s+(\d{4})")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as far as it is known: a year, a month, a day, or a span; perhaps only about.

    `text` is the normal form, which `parse_date` reads back to the same value.
    """

    earliest: date
    latest: date
    is_about: bool = False
    text: str = ""

    def __str__(self) -> str:
        """Return the normal form: ``2017``, ``2017-02``, ``about 2016-03-09``."""
        return self.text

    def overlaps(self, other: "PartialDate") -> bool:
        """Say whether the two spans share a day, "about" taken at its word."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def gap_days(self, other: "PartialDate") -> int:
        """Return the days between the two spans at their nearest; 0 where they touch."""
        slack = timedelta(days=ABOUT_DAYS * (self.is_about + other.is_about))
        gap = max(other.earliest - self.latest, self.earliest - other.latest) - slack
        return max(gap.days, 0)


@lru_cache(maxsize=4096)  # the same days are read time and again
def parse_date(text: str) -> PartialDate:
    """Read a date as people write it, without guessing.

    Accepts ``2017``, ``2017-02``, ``2017-02-14``, ``2012-2016`` (years), ``late 2016``,
    ``9 March 2016``, ``March 2016``, each with ``about`` before it, in Latin or Arabic-Indic
    digits. A date such as ``3/4/2017`` is refused: nobody can know which is the month.

    Raises:
        ValueError: The text is none of these, or no such day exists.
    """
    plain = latin_digits(text).strip().lower()
    found = _ABOUT.match(plain)
    is_about = found is not None
    body = plain[found.end() :] if found else plain
    earliest, latest, normal = _span_of(body)
    return PartialDate(earliest, latest, is_about, f"about {normal}" if is_about else normal)


def _span_of(body: str) -> tuple[date, date, str]:
    if found := _YEARS.fullmatch(body):
        first, last = int(found[1]), int(found[2])
        if first > last:
            raise ValueError(body)
        return date(first, 1, 1), date(last, 12, 31), f"{first:04}-{last:04}"
    if found := _PART.fullmatch(body):
        year = int(found[2])
        first, last = _PART_OF_YEAR[found[1]]
        return date(year, first, 1), _last_of_month(year, last), f"{found[1]} {year:04}"
    if found := _ISO.fullmatch(body):
        return _calendar_span(int(found[1]), _number(found[2]), _number(found[3]))
    if (found := _WRITTEN.fullmatch(body)) and found[2] in _MONTHS:
        return _calendar_span(int(found[3]), _MONTHS[found[2]], _number(found[1]))
    raise ValueError(body)


def _calendar_span(year: int, month: int | None, day: int | None) -> tuple[date, date, str]:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31), f"{year:04}"
    if day is None:
        return date(year, month, 1), _last_of_month(year, month), f"{year:04}-{month:02}"
    known = date(year, month, day)
    return known, known, known.isoformat()


def _last_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def day(on: date) -> PartialDate:
    """Return a whole known day as a `PartialDate`."""
    return PartialDate(on, on, text=on.isoformat())


def end_of_day(on: date) -> datetime:
    """Return the last instant of a day in UTC: by then, what was published that day was known."""
    return datetime.combine(on, time.max, tzinfo=UTC)


def parse_instant(text: str) -> datetime:
    """Read an ISO 8601 instant; it must say its offset, and comes back in UTC.

    Raises:
        ValueError: Not ISO 8601, or without an offset.
    """
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(text)
    return instant.astimezone(UTC)


def instant_text(instant: datetime) -> str:
    """Return an aware instant as ISO 8601 in UTC, to the microsecond, so that text sorts as time.

    Raises:
        ValueError: The instant is naive; that is our bug.
    """
    if instant.tzinfo is None:
        raise ValueError(instant)
    return instant.astimezone(UTC).isoformat(timespec="microseconds")
