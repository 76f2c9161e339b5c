"""Questions that a table raises: asked once for all rows concerned, and the answer remembered.

A question never has a silent answer. Rows with a question that `holds_back` wait for its answer
and are named in the receipt; for every other question the rows are taken as they were entered.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

QuestionId = NewType("QuestionId", str)  # 12 hexadecimal digits
AS_ENTERED = "as_entered"  # the option to leave things as they are; every question may have it


class Kind(StrEnum):
    """What a question is about; they are shown together by kind."""

    LAYOUT = "layout"  # which sheet, table or column means what
    DATE = "date"
    NUMBER = "number"
    PLACE = "place"
    ORGANISATION = "organisation"
    SECTOR = "sector"
    ACTIVITY = "activity"
    COPIES = "copies"  # rows that may be the same work


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer."""

    word: str  # stable: what an answer file says
    text: str  # what a person reads
    because: str = ""  # what speaks for it: "97 % alike", "1.2 km away"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question about some rows of a table."""

    kind: Kind
    code: str  # documented, "ask.organisation-spelling"
    about: str  # what the answer is remembered by: the same in the next file
    text: str  # one sentence, with the figures
    options: tuple[Option, ...]  # the best first; never chosen by itself
    rows: tuple[int, ...]  # of the sheet, in order
    where: str  # "sheet 3W, column F", for the first row concerned
    holds_back: bool = False  # the rows cannot be taken without an answer
    takes_text: bool = False  # any other text is an answer too (a name, a code, a date)

    @property
    def id(self) -> QuestionId:
        """The same for the same question in the next file."""
        asked = f"{self.kind}\n{self.code}\n{self.about}"
        return QuestionId(hashlib.sha256(asked.encode()).hexdigest()[:12])


Answers = Mapping[QuestionId, str]  # the word of an option, or a text where that is taken


def in_order(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """Return them by kind, most rows first."""
    kinds = list(Kind)
    return tuple(sorted(questions, key=lambda q: (kinds.index(q.kind), -len(q.rows), q.about)))
