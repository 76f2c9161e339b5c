"""Read the values of a table whose columns are understood: one frame in our words.

What has one reading is read, what has two is asked, what has none is a fault; the text as it was
entered always stands beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from takatuf.activities.columns.layout import Layout
from takatuf.activities.columns.matched import PERSONS, Matched, MatchedColumn
from takatuf.activities.columns.meanings import ValueKind, base_word, meanings
from takatuf.activities.questions import Answers, Question, in_order
from takatuf.activities.tables import SheetTable
from takatuf.activities.values.asking import Asked, ReadColumn
from takatuf.activities.values.checks.addresses import SHOWN, texts_with_addresses
from takatuf.activities.values.checks.repeated import repeated_in_lists
from takatuf.activities.values.checks.rules import faults_by_rules
from takatuf.activities.values.checks.sums import faults_between
from takatuf.activities.values.cleaning import clean, faults_of_text, suspects
from takatuf.activities.values.dates import by_text, read_dates
from takatuf.activities.values.figures import dash_is_zero, read_figures
from takatuf.activities.values.findings import Findings
from takatuf.activities.values.periods import ask_period, period_of, read_period
from takatuf.activities.values.spellings import ask_spellings
from takatuf.activities.values.unstated import states_of

_NO_ANSWERS: Answers = {}
_NO_STATES = pl.DataFrame(schema={"text": pl.String, "state": pl.String})


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the reader knows besides the table."""

    layout: Layout | None = None  # learnt from earlier tables
    file_name: str = ""
    today: date | None = None  # None: periods in the future are not looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadValues:
    """What the cells of a table say."""

    frame: pl.DataFrame  # `row` and a column per word; String, amounts Float64
    entered: pl.DataFrame  # the same columns as they were entered, String
    faults: pl.DataFrame  # row, column, code, found, expected, hint
    unstated: pl.DataFrame  # row, column, state: unknown, withheld and the like are no blanks
    questions: tuple[Question, ...]
    date_orders: Mapping[str, str]  # by word; to be learnt with the layout


def read_values(
    table: SheetTable,
    matched: Matched,
    answers: Answers = _NO_ANSWERS,
    known: Circumstances | None = None,
) -> ReadValues:
    """Return the values of a table, its faults, and the questions that its values raise.

    Args:
        table: The table as it stands in the file.
        matched: What its columns mean. Columns of persons and columns without a meaning are
            not read.
        answers: Answers to questions of this and earlier tables.
        known: What is known besides the table.
    """
    return _Reading(table, matched, Asked(table, answers), known or Circumstances()).read()


class _Reading:
    """One table while it is read."""

    def __init__(
        self, table: SheetTable, matched: Matched, asked: Asked, known: Circumstances
    ) -> None:
        self.table = table
        self.matched = matched
        self.asked = asked
        self.known = known
        self.findings = Findings(table.rows)
        self.date_orders: dict[str, str] = {}

    def read(self) -> ReadValues:
        """Return everything that was read."""
        columns = [self._column(found) for found in self.matched.columns if _is_read(found)]
        is_zero = dash_is_zero(columns, self.asked)
        read = {c.found.name: self._values(c, dash_is_zero=is_zero) for c in columns}
        rows = self.table.rows.cast(pl.UInt32)
        frame = _with_parts_added(pl.DataFrame({"row": rows, **read}))
        frame = self._with_period(frame, columns)
        frame = ask_spellings(frame, self.matched.letters, self.asked)
        self._compare(frame)
        return ReadValues(
            frame=frame,
            entered=_entered(columns, frame),
            faults=self.findings.faults,
            unstated=self.findings.unstated,
            questions=in_order(tuple(self.asked.questions)),
            date_orders=self.date_orders,
        )

    def _column(self, found: MatchedColumn) -> ReadColumn:
        entered = self.table.cells[found.column.letter]
        whole = ReadColumn(
            found=found,
            rows=self.table.rows,
            entered=entered,
            cleaned=entered,
            texts=entered,
            states=_NO_STATES,
        )
        return whole if found.is_empty else self._cleaned(whole)

    def _cleaned(self, column: ReadColumn) -> ReadColumn:
        different = column.entered.unique()
        addresses = texts_with_addresses(different.drop_nulls())
        self.findings.add(column.letter, column.entered, addresses, shown=SHOWN)
        unseen = {text for text, *_ in addresses}
        odd = sorted(suspects(different.drop_nulls()))
        faults = (fault for text in odd if text not in unseen for fault in faults_of_text(text))
        self.findings.add(column.letter, column.entered, faults)
        texts = column.entered
        if odd:
            texts = texts.replace(odd, [clean(text) for text in odd]).replace("", None)
            different = texts.unique()
        states = states_of(different, is_end=column.found.word == "end")
        blank = pl.Series([None] * states.height, dtype=pl.String)
        stated = texts.replace(states["text"], blank) if states.height else texts
        return column.read_as(texts, stated, states)

    def _values(self, column: ReadColumn, *, dash_is_zero: bool) -> pl.Series:
        kind = meanings()[column.found.word].value
        if kind is ValueKind.AMOUNT:
            return read_figures(column, self.asked, self.findings, dash_is_zero=dash_is_zero)
        self.findings.mark_states(column)
        if kind in {ValueKind.DATE, ValueKind.MONTH}:
            return self._dates(column)
        return column.texts

    def _dates(self, column: ReadColumn) -> pl.Series:
        word = column.found.word
        learnt = self.known.layout.date_orders.get(word, "") if self.known.layout else ""
        read = read_dates(column, self.asked, learnt)
        self.findings.add(column.letter, column.texts, read.faults)
        if read.order:
            self.date_orders[word] = read.order
        values = read.values
        if word == "period":
            values = {text: period_of(day) for text, day in read.values.items()}
        dates = by_text(column.texts, values)
        self.findings.mark_unreadable(column, dates)
        return dates

    def _with_period(self, frame: pl.DataFrame, columns: Sequence[ReadColumn]) -> pl.DataFrame:
        by_word = {column.found.word: column for column in columns if not column.found.is_empty}
        if "period" in by_word or not frame.height:
            return frame
        period = read_period(by_word, self.asked, self.findings)
        if period is not None:
            return frame.with_columns(period.alias("period"))
        dates = frame.select([name for name in ("start", "end") if name in frame.columns])
        answer = ask_period(self.asked, (self.table.sheet, self.known.file_name), dates)
        return frame.with_columns(pl.lit(answer, dtype=pl.String).alias("period"))

    def _compare(self, frame: pl.DataFrame) -> None:
        letters = self.matched.letters
        self.findings.fault_frames += faults_between(frame, letters, self.known.today)
        self.findings.fault_frames += faults_by_rules(frame, letters)
        self.findings.fault_frames += repeated_in_lists(frame, letters)


def _with_parts_added(frame: pl.DataFrame) -> pl.DataFrame:
    """Add up columns that a person said are parts of one figure; all blank stays blank."""
    for word, names in _parts(frame.columns).items():
        total = pl.when(pl.any_horizontal(pl.col(names).is_not_null())).then(
            pl.sum_horizontal(names)
        )
        frame = frame.with_columns(total.alias(word)).drop(names[1:])
    return frame


def _parts(names: Sequence[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        word = base_word(name)
        if word in meanings() and meanings()[word].value is ValueKind.AMOUNT:
            found.setdefault(word, []).append(name)
    return {word: parts for word, parts in found.items() if len(parts) > 1}


def _entered(columns: Sequence[ReadColumn], frame: pl.DataFrame) -> pl.DataFrame:
    entered = pl.DataFrame(
        {"row": frame["row"], **{column.found.name: column.entered for column in columns}}
    )
    for word, names in _parts(entered.columns).items():
        joined = pl.concat_str(names, separator=" + ", ignore_nulls=True).replace("", None)
        entered = entered.with_columns(joined.alias(word)).drop(names[1:])
    if "period" in entered.columns or "period" not in frame.columns:
        return entered
    parts = [name for name in ("period_month", "period_year") if name in entered.columns]
    period = pl.concat_str(parts, separator=" ", ignore_nulls=True) if parts else pl.lit(None)
    return entered.with_columns(period.cast(pl.String).alias("period"))


def _is_read(found: MatchedColumn) -> bool:
    return bool(found.name) and found.word not in PERSONS
