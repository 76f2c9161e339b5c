"""One date as people write it: what it says, and what it leaves open.

Nothing is assumed: which of two numbers is the day, which century, which calendar.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from takatuf.activities.values.months import is_week_word, month_of, quarter_of
from takatuf.vocabulary.digits import latin_digits

FIRST_YEAR, LAST_YEAR = 1990, 2050  # of aid that anybody reports today
_CENTURY = 2000
_TIME = r"(?:[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:am|pm|z)?(?:[+-]\d{2}:?\d{2})?)?"
_PART = r"\s*[-/. ]\s*"
_YEAR_FIRST = re.compile(rf"(\d{{4}}){_PART}(\d{{1,2}}){_PART}(\d{{1,2}}){_TIME}", re.IGNORECASE)
_YEAR_LAST = re.compile(
    rf"(\d{{1,2}}){_PART}(\d{{1,2}}){_PART}(\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE
)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})|(\d{1,2})\s*[-/.]\s*(\d{4})")
_YEAR = re.compile(r"\d{4}")
_SERIAL = re.compile(r"([2-6]\d{4})(?:\.\d+)?")
_WEEK = re.compile(
    r"(\d{4})[-/. ]*([^\W\d_]+)[-/. ]*(\d{1,2})"
    r"|([^\W\d_]+)[-/. ]*(\d{1,2})[-/., ]+(\d{4})"
)
_WORDS = re.compile(r"\d+|[^\W\d_]+(?:[.’'](?=\s|$))?")
_QUIET = frozenset(
    {
        "of", "de", "del", "the", "du", "st", "nd", "rd", "th", "er", "ème", "г", "р", "року",
        "года", "год", "рік", "م", "من", "le", "al", "el",
    }
)  # fmt: skip
_LAST_WEEK = 53
_MONTHS = 12
_MOST_WORDS = 4
_MOST_LETTERS = 60


@dataclass(frozen=True, slots=True)
class Day:
    """What a text says of a date. Exactly one of `text`, `either`, `asks` and `code` is given."""

    text: str = ""  # "2024-03-01", "2024-03", "2024-Q1", "2024-W10", "2024"
    either: tuple[int, int, int] | None = None  # first and second number, year
    asks: str = ""  # "serial", "month-or-day", "month-only"
    code: str = ""  # why it is none
    is_short_year: bool = False  # two digits, taken as 20..
    proves: str = ""  # "dmy" or "mdy"


@lru_cache(maxsize=65536)
def read_day(text: str) -> Day:
    """Return what a cleaned text says of a date."""
    if len(text) > _MOST_LETTERS:
        return Day(code="cell.not-a-date")
    plain = latin_digits(text).strip(" .,")
    for read in (_by_year_first, _by_year_last, _by_number, _by_quarter, _by_words):
        found = read(plain)
        if found is not None:
            return found
    return Day(code="cell.not-a-date")


def day_text(year: int, month: int, day: int) -> Day:
    """Return a whole day, or why there is no such day."""
    wrong = year_fault(year)
    if wrong:
        return Day(code=wrong)
    try:
        return Day(text=date(year, month, day).isoformat())
    except ValueError:
        return Day(code="cell.no-such-day")


def year_fault(year: int) -> str:
    """Return the code for a year in which nothing can have been done, or ""."""
    if FIRST_YEAR <= year <= LAST_YEAR:
        return ""
    if 1300 <= year <= 1500:  # noqa: PLR2004 - the years of the Islamic calendars, lunar and solar
        return "cell.islamic-year"
    if 2055 <= year <= 2100:  # noqa: PLR2004 - of the Nepali calendar
        return "cell.nepali-year"
    return "cell.year-out-of-range"


def _by_year_first(text: str) -> Day | None:
    found = _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)
    return day_text(int(found[1]), int(found[2]), int(found[3])) if found else None


def _by_year_last(text: str) -> Day | None:
    found = _YEAR_LAST.fullmatch(text)
    if not found:
        return None
    first, second = int(found[1]), int(found[2])
    is_short = len(found[3]) == 2  # noqa: PLR2004 - two digits
    year = int(found[3]) + (_CENTURY if is_short else 0)
    if year_fault(year):
        return Day(code=year_fault(year))
    if max(first, second) > _MONTHS or first == second:
        return _proven(first, second, year, is_short=is_short)
    return Day(either=(first, second, year), is_short_year=is_short)


def _proven(first: int, second: int, year: int, *, is_short: bool) -> Day:
    day, month = (first, second) if second <= _MONTHS else (second, first)
    known = day_text(year, month, day)
    proves = "" if first == second or known.code else ("dmy" if first > _MONTHS else "mdy")
    return Day(text=known.text, code=known.code, is_short_year=is_short, proves=proves)


def _by_number(text: str) -> Day | None:
    if _SERIAL.fullmatch(text):
        return Day(asks="serial")
    if _YEAR.fullmatch(text):
        return _checked(int(text), text)
    found = _MONTH.fullmatch(text)
    if not found:
        return None
    year, month = int(found[1] or found[4]), int(found[2] or found[3])
    if month not in range(1, _MONTHS + 1):
        return Day(code="cell.no-such-day")
    return _checked(year, f"{year:04}-{month:02}")


def _checked(year: int, text: str) -> Day:
    wrong = year_fault(year)
    return Day(code=wrong) if wrong else Day(text=text)


def _by_quarter(text: str) -> Day | None:
    week = _WEEK.fullmatch(text)
    if week and is_week_word((week[2] or week[4]).casefold()):
        year, number = int(week[1] or week[6]), int(week[3] or week[5])
        if 1 <= number <= _LAST_WEEK:
            return _checked(year, f"{year:04}-W{number:02}")
    year_found = re.search(r"(?<!\d)(?:19|20)\d{2}(?!\d)", text)
    if not year_found:
        return None
    rest = text[: year_found.start()] + " " + text[year_found.end() :]
    quarter = quarter_of(rest)
    return _checked(int(year_found[0]), f"{year_found[0]}-Q{quarter}") if quarter else None


def _by_words(text: str) -> Day | None:
    words = [word.rstrip(".’'") for word in _WORDS.findall(re.sub(r"\d{1,2}:\d{2}.*", "", text))]
    numbers = [word for word in words if word.isdigit()]
    names = [word for word in words if not word.isdigit() and word.casefold() not in _QUIET]
    if not names or len(names) + len(numbers) > _MOST_WORDS + 1:
        return None
    month = month_of(" ".join(names)) or (_without_day_name(names) if len(names) > 1 else None)
    return None if month is None else _named_month(month, numbers)


def _without_day_name(names: list[str]) -> int | None:
    return next((month for n in (1, 2) if (month := month_of(" ".join(names[n:])))), None)


def _named_month(month: int, numbers: list[str]) -> Day | None:
    years = [number for number in numbers if len(number) == 4]  # noqa: PLR2004 - four digits
    short = [number for number in numbers if len(number) <= 2]  # noqa: PLR2004
    if not numbers:
        return Day(asks="month-only")
    if len(years) == 1 and not short:
        return _checked(int(years[0]), f"{years[0]}-{month:02}")
    if len(years) == 1 and len(short) == 1:
        return day_text(int(years[0]), month, int(short[0]))
    if not years and len(short) == 1:
        return Day(asks="month-or-day")
    if not years and len(short) == 2:  # noqa: PLR2004 - a day and two digits of a year
        known = day_text(int(short[1]) + _CENTURY, month, int(short[0]))
        return Day(text=known.text, code=known.code, is_short_year=True)
    return None
