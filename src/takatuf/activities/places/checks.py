"""What a check without a gazetteer gives, and the words that all of them share."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from takatuf.activities.places.faults import FAULTS, MAPPING
from takatuf.activities.questions import Question
from takatuf.vocabulary.errors import Problem

LEVELS = (1, 2, 3, 4)  # of areas in a country
AS_ONE = "as_one"  # the answer to read several ways of writing as one


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What a question asks."""

    code: str  # of the question


@dataclass(frozen=True, slots=True)
class Checked:
    """What some checks of a table found."""

    faults: pl.DataFrame = field(default_factory=FAULTS.to_frame)
    mapping: pl.DataFrame = field(default_factory=MAPPING.to_frame)
    questions: tuple[Question, ...] = ()
    notes: tuple[Problem, ...] = ()  # of a column as a whole
    spellings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # by column, taken


def code_word(level: int) -> str:
    """Return the column of codes of a level as they were entered, 0 the country."""
    return f"adm{level}_code"


def name_word(level: int) -> str:
    """Return the column of names of a level, 0 the country."""
    return f"adm{level}_name"


def local_word(level: int) -> str:
    """Return the column of names of a level in a local language."""
    return f"adm{level}_name_local"


def pcode_word(level: int) -> str:
    """Return the column of matched codes of a level."""
    return f"adm{level}_pcode"


def counted(number: int, what: str) -> str:
    """Return a number with its noun: "1 row", "1,300 rows"."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
