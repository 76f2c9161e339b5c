"""Where rows of a frame stand in the sender's sheet, and the frame of faults that name them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from takatuf.activities.questions import Answers, Question, in_order

FAULT_SCHEMA = pl.Schema(
    {
        "row": pl.UInt32(),
        "column": pl.String(),  # the letter of the column; the word where the letter is not known
        "code": pl.String(),
        "found": pl.String(),
        "expected": pl.String(),
        "hint": pl.String(),
    }
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Which sheet a frame was read from, and under which letters its columns stand."""

    name: str = ""
    letters: Mapping[str, str] = field(default_factory=dict)  # by canonical word

    def column(self, word: str) -> str:
        """Return the letter of a column, or its word where no letter is known."""
        return self.letters.get(word, word)

    def where(self, word: str) -> str:
        """Return the place of a column in the sender's words."""
        return f"{f'sheet {self.name}, ' if self.name else ''}column {self.column(word)}"


UNKNOWN_SHEET = Sheet()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault that the same cell text has in all its rows."""

    rows: Iterable[int]
    column: str
    code: str
    found: str
    expected: str
    hint: str = ""


def unanswered(questions: Iterable[Question], answers: Answers) -> tuple[Question, ...]:
    """Return the questions that are still open, by kind, most rows first."""
    return in_order(tuple(question for question in questions if question.id not in answers))


def fault_frame(findings: Iterable[Finding]) -> pl.DataFrame:
    """Return the findings with one line for each faulty cell, by row and column."""
    told = list(findings)
    rows = [list(finding.rows) for finding in told]
    texts = {
        name: pl.Series([getattr(finding, name) for finding in told], dtype=pl.String)
        for name in FAULT_SCHEMA
        if name != "row"
    }
    frame = pl.DataFrame({"row": pl.Series(rows, dtype=pl.List(pl.UInt32)), **texts})
    return frame.explode("row").drop_nulls("row").sort("row", "column", "code", "found")
