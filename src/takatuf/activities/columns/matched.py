"""What was found about the columns of one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from takatuf.activities.columns.meanings import meanings
from takatuf.activities.questions import Question
from takatuf.activities.tables import Column
from takatuf.vocabulary.errors import Problem


class How(StrEnum):
    """By what a column's meaning was found."""

    HASHTAG = "hashtag"
    ATTRIBUTES = "attributes"
    HEADER = "header"
    VALUES = "values"
    LAYOUT = "layout"  # learnt before from the same partner
    ANSWER = "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedColumn:
    """One column and what it means."""

    column: Column
    word: str = ""  # of columns.toml; "" where none was found or it is still asked
    name: str = ""  # of the frame's column: the word, with a number where it stands several times
    how: How | None = None
    rivals: tuple[str, ...] = ()  # other words that it could have been
    is_empty: bool = False  # no row has a value


@dataclass(frozen=True, slots=True)
class Wide:
    """Neighbouring columns that hold one figure by month or by sector."""

    by: str  # "month" or "sector"
    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """Every column of a table with its meaning, what is asked, and what was left out."""

    sheet: str
    columns: tuple[MatchedColumn, ...]
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()
    wide: tuple[Wide, ...] = ()

    @property
    def letters(self) -> Mapping[str, str]:
        """The letter of each column of the frame, by its name; persons' columns are not in it."""
        return {
            found.name: found.column.letter
            for found in self.columns
            if found.name and found.word not in PERSONS
        }

    @property
    def persons(self) -> tuple[Column, ...]:
        """The columns with names and addresses of persons, which are never read."""
        return tuple(found.column for found in self.columns if found.word in PERSONS)

    @property
    def not_understood(self) -> tuple[Column, ...]:
        """The columns that stay as they were entered."""
        return tuple(found.column for found in self.columns if not found.word)


PERSONS = frozenset(word for word, meaning in meanings().items() if meaning.value == "person")
