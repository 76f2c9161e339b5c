"""Contradictions: contested beliefs, and questions that are easily taken for one another.

A question is a thing of the register like any other: somebody wrote down which properties
are asked about together. Where its members count different things, their answers stand side
by side and are never merged; where they are one property of one thing, they are contested or
they are not, by the same weighing as everywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from takatuf.picture.belief import Belief, BeliefStatus
from takatuf.picture.names import Names
from takatuf.picture.picture import Picture, Topic
from takatuf.picture.weighing import Weigher
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.things.schema import Weighing
from takatuf.vocabulary.value import Text

DISPUTED = (BeliefStatus.CONTESTED, BeliefStatus.PREVAILING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, and the beliefs that answer it."""

    thing: ThingId | None  # None: nobody wrote it down, the contradiction was found
    key: str
    title: str
    why: str
    members: tuple[Belief, ...]
    is_one_question: bool  # False: the members count different things

    @property
    def is_contested(self) -> bool:
        """Whether any member is disputed, past the bars or not."""
        return any(member.status in DISPUTED for member in self.members)


def questions_of(weigher: Weigher, names: Names, at: date | None = None) -> tuple[Question, ...]:
    """Return the questions that were written down, then every other contested belief.

    Args:
        weigher: The picture, as its reader may see it.
        names: What things are called.
        at: The day that is asked about; None for the whole record.
    """
    written = tuple(_written(weigher, names, at))
    covered = {(belief.thing, belief.property) for q in written for belief in q.members}
    found = tuple(_found(weigher, names, at, covered))
    return written + found


def _written(weigher: Weigher, names: Names, at: date | None) -> Iterator[Question]:
    things = {thing for (thing, _), _ in weigher.picture.of_properties(["asks_about"])}
    for thing in sorted(things, key=lambda thing: _order(_text(weigher, thing, "question_key"))):
        members = tuple(
            weigher.belief(asked, name, at)
            for asked, name in asked_topics(weigher.picture, thing)
            if name in weigher.vocabulary.properties
        )
        yield Question(
            thing=thing,
            key=_text(weigher, thing, "question_key"),
            title=names.of(thing),
            why=_text(weigher, thing, "differs_because"),
            members=members,
            is_one_question=_is_one_question(weigher, members),
        )


def _is_one_question(weigher: Weigher, members: tuple[Belief, ...]) -> bool:
    """Say whether the members can conflict: one property, of one thing or of a whole and parts."""
    names = {member.property for member in members}
    if len(names) != 1:
        return not names
    return len(members) == 1 or weigher.vocabulary.properties[names.pop()].holds_for_parts


def asked_topics(picture: Picture, question: ThingId) -> tuple[Topic, ...]:
    """Return what a written question asks about, in the order of its statements' text."""
    texts = {
        statement.claim.value.text
        for statement in picture.about(question, "asks_about")
        if isinstance(statement.claim.value, Text)
    }
    pairs = (text.split() for text in sorted(texts))
    return tuple(
        (ThingId(pair[0]), pair[1]) for pair in pairs if len(pair) == len(("thing", "name"))
    )


def _found(
    weigher: Weigher, names: Names, at: date | None, covered: set[Topic]
) -> Iterator[Question]:
    for thing, name in sorted(weigher.picture.statements):
        declared = weigher.vocabulary.properties.get(name)
        if declared is None or declared.weighing is Weighing.ALL or (thing, name) in covered:
            continue
        belief = weigher.belief(thing, name, at)
        if belief.status in DISPUTED:
            yield Question(
                thing=None,
                key="",
                title=f"{names.of(thing)}: {declared.label.en}",
                why="",
                members=(belief,),
                is_one_question=True,
            )


def _text(weigher: Weigher, thing: ThingId, name: str) -> str:
    value = weigher.belief(thing, name).value
    return value.text if isinstance(value, Text) else ""


def _order(key: str) -> tuple[int, str]:
    digits = "".join(letter for letter in key if letter.isdigit())
    return int(digits or 0), key
