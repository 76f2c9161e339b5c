"""The dates of one column: the order of day and month is proven by a value, or it is asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from takatuf.activities.columns.keys import key_of
from takatuf.activities.questions import AS_ENTERED, Kind, Option
from takatuf.activities.values.asking import Asked, Doubt, ReadColumn
from takatuf.activities.values.days import Day, day_text, read_day, year_fault

_SERIAL_STARTS = {"1900": date(1899, 12, 30), "1904": date(1904, 1, 1)}
_CENTURY = 2000
_AS_ENTERED = Option(AS_ENTERED, "Neither: leave it as it was entered")
_DAY_FIRST = Option("dmy", "Day first: 3/1/2024 is 3 January")
_MONTH_FIRST = Option("mdy", "Month first: 3/1/2024 is 1 March")
_IN_WORDS = {"dmy": "day", "mdy": "month"}
_EXPECTED = "a date such as 2024-06-14, 2024-06 or 2024"
_HINTS = {
    "cell.islamic-year": "It looks like a year of an Islamic calendar; write the common year.",
    "cell.nepali-year": "It looks like a year of the Nepali calendar; write the common year.",
    "cell.no-such-day": "No such day or month exists.",
    "cell.year-out-of-range": "No aid of that year is reported today.",
}

Fault = tuple[str, str, str, str]  # text, code, expected, hint


@dataclass(frozen=True, slots=True)
class Dates:
    """The readings of the different texts of one column."""

    values: Mapping[str, str]
    faults: tuple[Fault, ...]
    order: str  # "dmy", "mdy", or "" where nobody knows


def read_dates(column: ReadColumn, asked: Asked, learnt: str = "") -> Dates:
    """Return the dates of a column as far as they are known.

    Args:
        column: The column.
        asked: Takes the questions, and knows the answers.
        learnt: The order of day and month in earlier tables of the same partner.
    """
    texts = column.texts.drop_nulls().unique(maintain_order=True)
    read = {text: read_day(text) for text in texts}
    order = _order(column, read, asked, learnt)
    starts = _serials(column, read, asked)
    month_first = _month_or_day(column, read, asked)
    values: dict[str, str] = {}
    faults: list[Fault] = list(_other_order(column, read))
    for text, day in read.items():
        known = _settled(text, day, order, starts, month_first)
        if known.text:
            values[text] = known.text
        faults += [(text, *said) for said in _faults(day, known)]
    return Dates(values, tuple(faults), order)


def _settled(text: str, day: Day, order: str, start: str, month_or_day: str) -> Day:
    if day.either:
        first, second, year = day.either
        if not order:
            return Day(text=str(year))  # as far as it is known
        month, of_month = (second, first) if order == "dmy" else (first, second)
        return day_text(year, month, of_month)
    if day.asks == "serial" and start in _SERIAL_STARTS:
        on = _SERIAL_STARTS[start] + timedelta(days=int(float(text)))
        wrong = year_fault(on.year)
        return Day(code=wrong) if wrong else Day(text=on.isoformat())
    if day.asks == "month-or-day" and month_or_day == "month":
        return _month_of_short_year(text)
    return day


def _month_of_short_year(text: str) -> Day:
    digits = "".join(character for character in text if character.isdigit())
    return read_day(text.replace(digits, f" {_CENTURY + int(digits)}"))


def _faults(day: Day, known: Day) -> list[tuple[str, str, str]]:
    if known.code:
        return [(known.code, _EXPECTED, _HINTS.get(known.code, ""))]
    if day.asks == "month-only":
        return [("cell.no-year", "a month with its year, 2024-03", "")]
    if day.is_short_year:
        return [("cell.short-year", "a year of four digits", "It is taken for a year after 2000.")]
    return []


def _other_order(column: ReadColumn, read: Mapping[str, Day]) -> Iterable[Fault]:
    """Yield the dates whose order of day and month fewer rows of the column prove."""
    rows = {
        order: column.rows_with([text for text, day in read.items() if day.proves == order])
        for order in _IN_WORDS
    }
    fewer = min(rows, key=lambda order: len(rows[order]))
    if rows[fewer]:
        (most,) = rows.keys() - {fewer}
        hint = f"{len(rows[most])} rows of the column write the {_IN_WORDS[most]} first."
        for text, day in read.items():
            if day.proves == fewer:
                yield text, "cell.other-date-order", f"the {_IN_WORDS[most]} first", hint


def _order(column: ReadColumn, read: Mapping[str, Day], asked: Asked, learnt: str) -> str:
    either = [text for text, day in read.items() if day.either]
    proven = {day.proves for day in read.values() if day.proves}
    if len(proven) == 1:
        return proven.pop()
    if not either or (learnt and not proven):
        return learnt
    doubt = _mixed(column, read, either) if proven else _unproven(column, either)
    answer = asked.answer(doubt, column.rows_with(either), column.letter)
    return answer if answer in {"dmy", "mdy"} else ""


def _unproven(column: ReadColumn, either: list[str]) -> Doubt:
    n_rows = len(column.rows_with(either))
    return Doubt(
        kind=Kind.DATE,
        code="ask.date-order",
        about=f"date-order|{key_of(column.header)}",
        text=f"Column {column.letter} ({column.header}): {n_rows} dates such as {either[0]} have "
        "two readings, and no value of the column proves one. Which comes first?",
        options=(_DAY_FIRST, _MONTH_FIRST, _AS_ENTERED),
        holds_back=column.found.word == "period",
    )


def _mixed(column: ReadColumn, read: Mapping[str, Day], either: list[str]) -> Doubt:
    shown = {day.proves: text for text, day in read.items() if day.proves}
    return Doubt(
        kind=Kind.DATE,
        code="ask.date-orders-mixed",
        about=f"date-orders-mixed|{key_of(column.header)}",
        text=f"Column {column.letter} ({column.header}) writes both {shown['dmy']} and "
        f"{shown['mdy']}. How are its {len(column.rows_with(either))} dates such as {either[0]} "
        "meant?",
        options=(_DAY_FIRST, _MONTH_FIRST, _AS_ENTERED),
        holds_back=column.found.word == "period",
    )


def _serials(column: ReadColumn, read: Mapping[str, Day], asked: Asked) -> str:
    serials = [text for text, day in read.items() if day.asks == "serial"]
    if not serials:
        return ""
    meant = {
        word: (start + timedelta(days=int(float(serials[0])))).isoformat()
        for word, start in _SERIAL_STARTS.items()
    }
    doubt = Doubt(
        kind=Kind.DATE,
        code="ask.date-serial",
        about=f"date-serial|{key_of(column.header)}",
        text=f"Column {column.letter} ({column.header}) holds {len(column.rows_with(serials))} "
        f"numbers such as {serials[0]}, as a sheet counts days. From which day does it count?",
        options=(
            Option("1900", f"From 1900, as most sheets do: {meant['1900']}"),
            Option("1904", f"From 1904, as older sheets of one maker do: {meant['1904']}"),
            Option(AS_ENTERED, "They are no dates"),
        ),
        holds_back=column.found.word == "period",
    )
    return asked.answer(doubt, column.rows_with(serials), column.letter) or ""


def _month_or_day(column: ReadColumn, read: Mapping[str, Day], asked: Asked) -> str:
    texts = [text for text, day in read.items() if day.asks == "month-or-day"]
    if not texts:
        return ""
    doubt = Doubt(
        kind=Kind.DATE,
        code="ask.month-or-day",
        about=f"month-or-day|{key_of(column.header)}",
        text=f"Column {column.letter} ({column.header}): is {texts[0]} a month and its year, or a "
        "day of a month?",
        options=(
            Option("month", f"A month and its year: {_month_of_short_year(texts[0]).text}"),
            Option("day", "A day of a month, the year is not said"),
            _AS_ENTERED,
        ),
        holds_back=column.found.word == "period",
    )
    return asked.answer(doubt, column.rows_with(texts), column.letter) or ""


def by_text(texts: pl.Series, values: Mapping[str, str]) -> pl.Series:
    """Return the reading of each row, null where there is none."""
    return texts.replace_strict(
        list(values), list(values.values()), default=None, return_dtype=pl.String
    )
