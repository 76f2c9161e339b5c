"""What people settled about tables: answers and learnt layouts, each with who and when.

A decision is never rewritten; a later one on the same matter takes its place, and the one that
withdraws it brings the question back. What concerns a name, a place or a sector holds for
everybody's tables; what concerns columns, dates and numbers holds for the tables of one sender;
what concerns the very rows of a file is not remembered at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from takatuf.activities.columns.layout import Layout, layout_from_json, layout_to_json
from takatuf.activities.questions import Answers, Kind, Question, QuestionId
from takatuf.vocabulary.identity import ThingId

WITHDRAWN = ""  # the answer that takes an earlier one back
LAYOUT_CODE = "layout.learnt"
_OF_ONE_SENDER = {Kind.LAYOUT, Kind.DATE, Kind.NUMBER}
_OF_ONE_FILE = {Kind.COPIES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One matter, as somebody settled it."""

    kind: Kind
    code: str  # of the question, or `LAYOUT_CODE`
    about: str  # of the question, or the fingerprint of the layout
    answer: str  # `WITHDRAWN`: as if nobody had answered
    sender: ThingId  # whose table raised it
    by: str  # who settled it
    on: datetime  # aware, UTC

    @property
    def question(self) -> QuestionId:
        """The identity of the question that it answers."""
        return Question(
            kind=self.kind, code=self.code, about=self.about, text="", options=(), rows=(), where=""
        ).id


class Memory(Protocol):
    """Keeps decisions for ever, in the order in which they were made."""

    def decisions(self) -> tuple[Decision, ...]:
        """Return all of them, oldest first."""
        ...

    def remember(self, decisions: Sequence[Decision]) -> None:
        """Keep these too; when it returns they survive a power cut."""
        ...


def answers_for(decisions: Sequence[Decision], sender: ThingId) -> Answers:
    """Return what is settled for the tables of a sender."""
    found: dict[QuestionId, str] = {}
    for decision in decisions:
        is_others = decision.kind in _OF_ONE_SENDER and decision.sender != sender
        if is_others or decision.kind in _OF_ONE_FILE or decision.code == LAYOUT_CODE:
            continue
        found.pop(decision.question, None)
        if decision.answer != WITHDRAWN:
            found[decision.question] = decision.answer
    return found


def layouts_for(decisions: Sequence[Decision], sender: ThingId) -> Mapping[str, Layout]:
    """Return the layouts learnt from a sender, by fingerprint."""
    learnt = {
        decision.about: decision.answer
        for decision in decisions
        if decision.code == LAYOUT_CODE and decision.sender == sender
    }
    return {about: layout_from_json(text) for about, text in learnt.items() if text != WITHDRAWN}


def learnt(layout: Layout, sender: ThingId, by: str, on: datetime) -> Decision:
    """Return the decision that a layout is understood so."""
    return Decision(
        kind=Kind.LAYOUT,
        code=LAYOUT_CODE,
        about=layout.fingerprint,
        answer=layout_to_json(layout),
        sender=sender,
        by=by,
        on=on,
    )


def settled(
    questions: Sequence[Question], answers: Answers, sender: ThingId, by: str, on: datetime
) -> tuple[Decision, ...]:
    """Return the decisions that these answers make; what is of one file is left out."""
    return tuple(
        Decision(
            kind=question.kind,
            code=question.code,
            about=question.about,
            answer=answers[question.id],
            sender=sender,
            by=by,
            on=on,
        )
        for question in questions
        if question.id in answers and question.kind not in _OF_ONE_FILE
    )
