"""What was found in a partner's file, and the file that goes back to them."""

from dataclasses import dataclass, field

import polars as pl

from takatuf.activities.questions import Question
from takatuf.activities.tables import OUR_SHEET, SheetTable
from takatuf.vocabulary.errors import Problem

SHEET_NAME = OUR_SHEET
FAULT_COLUMNS = {
    "row": pl.UInt32,
    "column": pl.String,
    "code": pl.String,
    "found": pl.String,
    "expected": pl.String,
    "hint": pl.String,
}


def no_faults() -> pl.DataFrame:
    """Return a fault frame without rows."""
    return pl.DataFrame(schema=FAULT_COLUMNS)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFindings:
    """What was found in one table."""

    table: SheetTable
    faults: pl.DataFrame = field(default_factory=no_faults)  # columns as in `FAULT_COLUMNS`
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What was found in a file."""

    tables: tuple[TableFindings, ...]
    problems: tuple[Problem, ...] = ()  # of the file as a whole: sheets that were left out
    receipt: tuple[tuple[str, str], ...] = ()  # lines to show as they are: (what, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is said in the file: every cell is coloured, whatever stands here."""

    comments_per_code: int = 100  # in each sheet
    comments_per_sheet: int = 1_000
    listed_per_code: int = 500
    listed: int = 10_000
    question_rows_coloured: int = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A partner's file with its faults marked."""

    content: bytes
    name: str  # of the file; its ending fits the content
    lost: tuple[Problem, ...]  # what the file has no longer, and why
    n_marked: int  # cells with a colour
    n_commented: int  # of these, cells with a comment
