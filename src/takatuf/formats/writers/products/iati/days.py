"""First and last day of what was entered as a day, a month, a quarter or a year."""

import re
from calendar import monthrange
from datetime import date

_FORM = re.compile(r"(\d{4})(?:-?Q([1-4])|-(\d\d)(?:-(\d\d))?)?")
_MONTHS_IN_A_QUARTER = 3


def days_of(text: str) -> tuple[date, date] | None:
    """Return the first and the last day, or None where the text is no date."""
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    year = int(found[1])
    quarter, month, day = (int(part) if part else None for part in found.groups()[1:])
    first, last = _months(quarter, month)
    try:
        if day is not None:
            return (date(year, first, day),) * 2
        return date(year, first, 1), date(year, last, monthrange(year, last)[1])
    except ValueError:
        return None


def _months(quarter: int | None, month: int | None) -> tuple[int, int]:
    if quarter is not None:
        return _MONTHS_IN_A_QUARTER * quarter - 2, _MONTHS_IN_A_QUARTER * quarter
    return (1, 12) if month is None else (month, month)
