"""The reporting period of each row: from one column, from month and year, or asked.

It is never taken from a file's name or from the project's dates without an answer.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping

import polars as pl

from takatuf.activities.questions import AS_ENTERED, Kind, Option
from takatuf.activities.values.asking import Asked, Doubt, ReadColumn
from takatuf.activities.values.dates import by_text, read_dates
from takatuf.activities.values.days import FIRST_YEAR, LAST_YEAR, read_day, year_fault
from takatuf.activities.values.findings import Findings
from takatuf.activities.values.months import month_of
from takatuf.vocabulary.digits import latin_digits

_MONTHS = 12
_DIGITS_OF_MONTH, _DIGITS_OF_YEAR = 2, 4
_MOST_LETTERS = 60  # of a month
_MOST_OF_NAME = 200  # of a file or a sheet
_DIGEST_ROWS = 200
_YEAR4 = r"((?:19|20)\d{2})"
_NAMED = re.compile(
    rf"(?<!\d){_YEAR4}[-_ .]*[qt]([1-4])(?!\d)"
    rf"|(?<![a-z\d])[qt]([1-4])[-_ .]*{_YEAR4}(?!\d)"
    rf"|(?<!\d){_YEAR4}[-_. ]?(0[1-9]|1[0-2])(?!\d)"
    rf"|(?<!\d)(0[1-9]|1[0-2])[-_. ]{_YEAR4}(?!\d)",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]+|\d{4}")

Fault = tuple[str, str, str, str]


def period_of(text: str) -> str:
    """Return the period of a date: its month, or the quarter, week or year that it is."""
    return text[:7] if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else text


def read_period(
    columns: Mapping[str, ReadColumn], asked: Asked, findings: Findings
) -> pl.Series | None:
    """Return the period of each row as columns of months and years say it, None without them.

    A year that no column says is asked.
    """
    month, year = (_filled(columns.get(word)) for word in ("period_month", "period_year"))
    if month is None:
        return None if year is None else _of_years(year, findings)
    months, faults = _months(month, asked)
    findings.add(month.letter, month.texts, faults)
    of_month = by_text(month.texts, months)
    if year is not None:
        of_year = _of_years(year, findings)
    else:
        lacks = bool((of_month.str.len_chars() == _DIGITS_OF_MONTH).any())
        one = _ask_year(asked, month) if lacks else None
        of_year = pl.Series([one] * len(of_month), dtype=pl.String)
    return _together(of_month, of_year)


def _filled(column: ReadColumn | None) -> ReadColumn | None:
    return None if column is None or column.found.is_empty else column


def _of_years(year: ReadColumn, findings: Findings) -> pl.Series:
    years, faults = _years(year.texts.drop_nulls().unique(maintain_order=True))
    findings.add(year.letter, year.texts, faults)
    return by_text(year.texts, years)


def _together(of_month: pl.Series, of_year: pl.Series) -> pl.Series:
    month, year = pl.col("month"), pl.col("year")
    both = pl.DataFrame({"month": of_month, "year": of_year}).select(
        pl.when(month.str.len_chars() > _DIGITS_OF_MONTH)
        .then(month)  # it says the year too
        .when(month.is_not_null())
        .then(year + "-" + month)
        .otherwise(year)
    )
    return both.to_series()


def ask_period(asked: Asked, names: Iterable[str], dates: pl.DataFrame) -> str | None:
    """Ask for the period of a table that does not say it in any column.

    Args:
        asked: Takes the question, and knows the answer.
        names: Of the sheet and of the file.
        dates: The columns `start` and `end` of the frame, where there are any.

    Returns:
        The answer as a period, or None.
    """
    options = [Option(period, period, because) for period, because in _suggested(names, dates)]
    doubt = Doubt(
        kind=Kind.DATE,
        code="ask.period",
        about=f"period|{_of_this_table(asked)}",
        text="No column says the reporting period. Which period do these rows report?",
        options=(*options, Option(AS_ENTERED, "None: the rows have no period")),
        holds_back=True,
        accepts=lambda text: bool(read_day(text).text),
    )
    answer = asked.answer(doubt, asked.table.rows)
    if answer is None or answer == AS_ENTERED:
        return None
    return period_of(read_day(answer).text)


def _ask_year(asked: Asked, month: ReadColumn) -> str | None:
    """Ask for the year of a column of months without one; the answer is four digits, or None."""
    doubt = Doubt(
        kind=Kind.DATE,
        code="ask.period-year",
        about=f"period-year|{_of_this_table(asked)}",
        text=f"Column {month.letter} ({month.header}) names months and no year. Which year?",
        options=(Option(AS_ENTERED, "Not known: the rows have no period"),),
        holds_back=True,
        accepts=lambda text: _is_short(text) and not year_fault(int(text)),
    )
    answer = asked.answer(doubt, month.rows.filter(month.texts.is_not_null()), month.letter)
    return None if answer in {None, AS_ENTERED} else latin_digits(str(answer))


def _of_this_table(asked: Asked) -> str:
    """Return a digest of the table: next month's file must be asked again."""
    table = asked.table
    text = f"{table.sheet}|{table.cells.height}|{table.cells.head(_DIGEST_ROWS).write_csv()}"
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _suggested(names: Iterable[str], dates: pl.DataFrame) -> Iterable[tuple[str, str]]:
    found: dict[str, str] = {}
    for name in names:
        period = _in_name(name)
        if period:
            found.setdefault(period, f"the name {name!r}")
    for column in dates.columns:
        months = dates[column].drop_nulls().str.slice(0, 7).unique()
        if len(months) == 1 and len(months[0]) == 7:  # noqa: PLR2004 - a month with its year
            found.setdefault(months[0], f"every {column} is in this month")
    return found.items()


def _in_name(name: str) -> str:
    plain = latin_digits(name)[-_MOST_OF_NAME:]
    found = _NAMED.search(plain)
    if found:
        if found[1] or found[4]:
            return f"{found[1] or found[4]}-Q{found[2] or found[3]}"
        return f"{found[5] or found[8]}-{found[6] or found[7]}"
    words = _WORDS.findall(plain)
    month = next((number for word in words if not word.isdigit() and (number := month_of(word))), 0)
    year = next((w for w in words if w.isdigit() and FIRST_YEAR <= int(w) <= LAST_YEAR), "")
    quarter = re.search(r"(?<![a-z\d])[qt]([1-4])(?!\d)", plain, re.IGNORECASE)
    if year and month:
        return f"{year}-{month:02}"
    return f"{year}-Q{quarter[1]}" if year and quarter else ""


def _years(texts: Iterable[str]) -> tuple[Mapping[str, str], tuple[Fault, ...]]:
    known: dict[str, str] = {}
    faults: list[Fault] = []
    for text in texts:
        plain = latin_digits(text).removesuffix(".0")
        wrong = year_fault(int(plain)) if _is_short(plain) else "cell.not-a-year"
        if wrong:
            faults.append((text, wrong, "a year such as 2024", ""))
        else:
            known[text] = plain
    return known, tuple(faults)


def _months(month: ReadColumn, asked: Asked) -> tuple[Mapping[str, str], tuple[Fault, ...]]:
    known = {
        text: f"{number:02}"
        for text in month.texts.drop_nulls().unique(maintain_order=True)
        if (number := _month_number(text))
    }
    rest = month.texts.filter(~month.texts.is_in(list(known)))
    if rest.drop_nulls().is_empty():
        return known, ()
    whole = read_dates(month.without(known), asked)
    known |= {text: period_of(day) for text, day in whole.values.items()}
    expected = "a month such as March, 3 or 2024-03"
    faults = ((text, "cell.not-a-month", expected, hint) for text, _, _, hint in whole.faults)
    return known, tuple(faults)


def _month_number(text: str) -> int | None:
    plain = latin_digits(text).removesuffix(".0")
    number = int(plain) if _is_short(plain) else month_of(text[:_MOST_LETTERS])
    return number if number and number <= _MONTHS else None


def _is_short(text: str) -> bool:
    return text.isdecimal() and len(text) <= _DIGITS_OF_YEAR
