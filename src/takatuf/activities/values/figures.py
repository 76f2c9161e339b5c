"""The columns of numbers of a table, with what they leave to ask."""

from collections.abc import Iterable

import polars as pl

from takatuf.activities.columns.keys import key_of
from takatuf.activities.columns.meanings import ValueKind, meanings
from takatuf.activities.questions import AS_ENTERED, Kind, Option
from takatuf.activities.values.amounts import marks_of, read_amounts
from takatuf.activities.values.asking import Asked, Doubt, ReadColumn
from takatuf.activities.values.findings import Findings
from takatuf.activities.values.unstated import State

_COORDINATES = ("latitude", "longitude")
_WHOLE = (
    "targeted_households",
    "reached_households",
    "count_of_organisations",
    "count_of_activities",
)
_MOST_PEOPLE = 1e9  # in one row
_MOST = 1e15  # of anything else
_AS_ENTERED = Option(AS_ENTERED, "Neither: leave it as it was entered")


def read_figures(
    column: ReadColumn, asked: Asked, findings: Findings, *, dash_is_zero: bool
) -> pl.Series:
    """Return the numbers of a column, Float64; null where it says none.

    Less than no people is a fault and no number; a part of a person is named and kept, as sums
    of averages are right.
    """
    findings.mark_states(column, State.UNCLEAR if dash_is_zero else None)
    word = column.found.word
    if word in _COORDINATES:
        return _coordinates(column, findings)
    is_people = meanings()[word].counts_people
    values = _numbers(column, asked, findings, is_whole=is_people or word in _WHOLE)
    if dash_is_zero:
        dashes = cells_of_state(column, State.UNCLEAR)
        values = pl.select(pl.when(dashes).then(0.0).otherwise(values)).to_series()
    return _people(column, values, findings) if is_people else values


def dash_is_zero(columns: Iterable[ReadColumn], asked: Asked) -> bool:
    """Ask once for a table what a dash in its columns of numbers means."""
    held = [
        (column, marks)
        for column in columns
        if meanings()[column.found.word].value is ValueKind.AMOUNT
        and (marks := cells_of_state(column, State.UNCLEAR)).any()
    ]
    if not held:
        return False
    rows = pl.concat([column.rows.filter(marks) for column, marks in held]).unique().sort()
    first, marks = held[0]
    doubt = Doubt(
        kind=Kind.NUMBER,
        code="ask.dash-in-numbers",
        about="dash|" + "|".join(key_of(column.header) for column, _ in held),
        text=f"{sum(int(marks.sum()) for _, marks in held)} cells of columns with numbers hold "
        f"{first.entered.filter(marks)[0]!r} or the like. What does it mean?",
        options=(
            Option("zero", "None: zero"),
            Option("unknown", "Not known"),
            Option(AS_ENTERED, "Nothing to say here"),
        ),
    )
    return asked.answer(doubt, rows, first.letter) == "zero"


def cells_of_state(column: ReadColumn, state: State) -> pl.Series:
    """Return for each row whether a word of this state stands there instead of a value."""
    texts = column.states.filter(pl.col("state") == state.value)["text"]
    if texts.is_empty():
        return pl.Series([False] * len(column.entered), dtype=pl.Boolean)
    return column.cleaned.is_in(texts.implode()).fill_null(value=False)


def _numbers(column: ReadColumn, asked: Asked, findings: Findings, *, is_whole: bool) -> pl.Series:
    read = read_amounts(column.texts, marks_of(column.texts, None, is_whole=is_whole))
    if read.unclear:
        answer = _ask_marks(column, read.unclear, asked)
        read = read_amounts(column.texts, marks_of(column.texts, answer, is_whole=is_whole))
    findings.add(column.letter, column.texts, read.faults)
    most = _MOST_PEOPLE if is_whole else _MOST
    too_large = read.values.abs() > most
    findings.add_where(column, too_large, ("cell.too-large", f"at most {most:,.0f}", ""))
    values = pl.select(pl.when(~too_large).then(read.values)).to_series()
    findings.mark_unreadable(column, values)
    return values


def _ask_marks(column: ReadColumn, unclear: tuple[str, ...], asked: Asked) -> str | None:
    shown = unclear[0]
    mark = "." if "." in shown else ","
    doubt = Doubt(
        kind=Kind.NUMBER,
        code="ask.decimal-mark",
        about=f"decimal-mark|{mark}|{key_of(column.header)}",
        text=f"Column {column.letter} ({column.header}): is {shown} more than a thousand, or a "
        "number with decimals?",
        options=(
            Option("thousands", f"{shown.replace(mark, '')}: it parts the thousands"),
            Option("decimal", f"{shown.replace(mark, '.')}: decimals follow"),
            _AS_ENTERED,
        ),
    )
    return asked.answer(doubt, column.rows_with(unclear), column.letter)


def _people(column: ReadColumn, values: pl.Series, findings: Findings) -> pl.Series:
    less = values < 0
    findings.add_where(column, less, ("cell.less-than-none", "no people or more", ""))
    hint = "An average spread over places? Its sum may still be right."
    says = ("cell.part-of-a-person", "a whole number of people", hint)
    findings.add_where(column, ~less & (values != values.round()), says)
    return pl.select(pl.when(values >= 0).then(values)).to_series() if less.any() else values


def _coordinates(column: ReadColumn, findings: Findings) -> pl.Series:
    plain = column.texts.str.replace(r"^(-?\d{1,3}),(\d+)$", "${1}.${2}")
    values = plain.cast(pl.Float64, strict=False)
    is_comma = (plain != column.texts).fill_null(value=False)
    hint = "It is read with the comma as a decimal mark."
    findings.add_where(column, is_comma, ("cell.decimal-comma", "a point for decimals", hint))
    read = pl.select(pl.when(values.is_finite()).then(values)).to_series()
    findings.mark_unreadable(column, read)
    return read
