"""Which cells of a sheet are coloured, and what their comments say."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import polars as pl

from takatuf.activities.questions import Question
from takatuf.formats.writers.corrected.findings import Limits, TableFindings
from takatuf.formats.writers.corrected.parts.letters import number_of
from takatuf.formats.writers.corrected.parts.notes import Cell
from takatuf.formats.writers.corrected.parts.styles import FAULT, QUESTION
from takatuf.formats.writers.corrected.words import shown, word

_COLUMNS = re.compile(r"\bcolumns? ([A-Z]{1,3}(?:(?:,| and|, and) [A-Z]{1,3})*)\b")
_FOUND_MAX, _REST_MAX, _COMMENT_MAX = 120, 200, 1_000


@dataclass(slots=True)
class SheetMarks:
    """What is marked in a sheet."""

    kinds: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    texts: dict[Cell, str] = field(default_factory=dict)

    @property
    def n_marked(self) -> int:
        """The number of cells with a colour."""
        return sum(map(len, self.kinds.values()))


def marks_of(tables: Iterable[TableFindings], language: str, limits: Limits) -> SheetMarks:
    """Return the marks of a sheet from what was found in its tables."""
    marks = SheetMarks()
    texts: dict[Cell, list[str]] = defaultdict(list)
    for found in tables:
        for question in found.questions:
            _mark_question(marks, texts, found, question, limits)
        faults = at_cells(found)
        for row, column in faults.select("row", "number").unique().iter_rows():
            marks.kinds[row][column] = FAULT
        for fault in _commented(faults, limits).iter_rows(named=True):
            texts[fault["row"], fault["number"]].append(fault_text(fault, language))
    first = sorted(texts)[: limits.comments_per_sheet]
    marks.texts = {cell: shown("\n\n".join(texts[cell]), _COMMENT_MAX) for cell in first}
    return marks


def at_cells(found: TableFindings) -> pl.DataFrame:
    """Return the faults with the ``number`` of the column; of the row as a whole, its first."""
    letters = found.faults["column"].unique().to_list()
    first = first_column(found)
    numbers = {letter: number_of(letter) if letter else first for letter in letters}
    number = pl.col("column").replace_strict(numbers, default=first, return_dtype=pl.UInt32)
    return found.faults.with_columns(number=number.fill_null(first)).sort(
        "row", "number", maintain_order=True
    )


def columns_of(found: TableFindings, question: Question) -> list[int]:
    """Return the columns that a question is about; the table's first if it names none."""
    return [number_of(letters) for letters in columns_named(question)] or [first_column(found)]


def columns_named(question: Question) -> list[str]:
    """Return the letters of the columns that a question says it is about."""
    named = _COLUMNS.search(question.where)
    return re.findall(r"\b[A-Z]{1,3}\b", named[1]) if named else []


def first_column(found: TableFindings) -> int:
    """Return the number of the first column of a table."""
    return min((number_of(column.letter) for column in found.table.columns), default=1)


def fault_text(fault: dict[str, str], language: str) -> str:
    """Return what the comment on a fault says."""
    lines = [f"{word('found', language)}: {_said(fault['found'], language, _FOUND_MAX)}"]
    lines += [
        f"{word(part, language)}: {shown(fault[part], _REST_MAX)}"
        for part in ("expected", "hint")
        if fault[part]
    ]
    return "\n".join([*lines, f"[{fault['code']}]"])


def _said(text: str | None, language: str, limit: int) -> str:
    return shown(text, limit) if text else word("blank", language)


def _commented(faults: pl.DataFrame, limits: Limits) -> pl.DataFrame:
    nth = pl.int_range(pl.len()).over("code")
    return faults.filter(nth < limits.comments_per_code)


def _mark_question(
    marks: SheetMarks,
    texts: dict[Cell, list[str]],
    found: TableFindings,
    question: Question,
    limits: Limits,
) -> None:
    columns = columns_of(found, question)
    rows = question.rows
    if len(rows) >= len(found.table.rows):  # about the column, or the table, as a whole
        rows = (found.table.header_row or 1,)
    for row in rows[: limits.question_rows_coloured]:
        for column in columns:
            marks.kinds[row].setdefault(column, QUESTION)
    if rows:
        options = "\n".join(f"• {option.text}" for option in question.options)
        said = f"{question.text}\n{options}\n[{question.code}]"
        texts[rows[0], columns[0]].append(shown(said, _COMMENT_MAX))
