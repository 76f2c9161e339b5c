"""Days as people give them: as text, as a date, or not at all."""

from datetime import date

from takatuf.vocabulary.errors import InputError, Problem

Day = str | date | None


def as_day(day: Day, name: str) -> date | None:
    """Return a day that is given as text or as a date.

    Raises:
        InputError: The text is no day.
    """
    if day is None or isinstance(day, date):
        return day
    return read_day(day, name)


def read_day(text: str, name: str) -> date:
    """Return the day that a text names.

    Raises:
        InputError: The text is no day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        expected = "a day such as 2017-06-14"
        raise InputError(
            [Problem(code="cell.not-a-date", where=name, found=text, expected=expected)]
        ) from None
