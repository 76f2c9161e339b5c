"""Compare what was believed at two times of knowing: what changed, and because of which reports."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from takatuf.actions.read_picture import Reading
from takatuf.actions.views import view_of_belief, voice_of
from takatuf.formats.city_report import BeliefView, Voice
from takatuf.picture.belief import Belief
from takatuf.picture.picture import Statement, Topic
from takatuf.vocabulary.things.schema import Weighing


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One belief that is not what it was, and what was heard or taken back in between."""

    before: BeliefView
    after: BeliefView
    heard: tuple[Voice, ...]  # statements that came in between, the oldest first
    taken_back: tuple[Voice, ...]  # statements that their own organisation replaced since


def compare_pictures(
    earlier: Reading, later: Reading, at: date | None = None
) -> tuple[Change, ...]:
    """Return every belief that differs between two readings of one register.

    Only questions on which something was heard or taken back are looked at: nothing else can
    change a belief but another day that is asked about, a judgement that two things are one,
    or a record, and each of these is a report of its own.

    Args:
        earlier: The picture as known at the earlier time.
        later: The same reader's picture as known later.
        at: The day that is asked about, the same for both; None for the whole record.
    """
    return tuple(_changes(earlier, later, at))


def _changes(earlier: Reading, later: Reading, at: date | None) -> Iterator[Change]:
    vocabulary = later.weigher.vocabulary
    for topic in sorted(_touched(earlier, later)):
        declared = vocabulary.properties.get(topic[1])
        if declared is None:
            continue
        before = earlier.weigher.belief(*topic, at)
        after = later.weigher.belief(*topic, at)
        if _is_same(before, after, is_all=declared.weighing is Weighing.ALL):
            continue
        old = earlier.weigher.gatherer.gather(topic[0], declared)
        new = later.weigher.gatherer.gather(topic[0], declared)
        yield Change(
            before=view_of_belief(before, earlier),
            after=view_of_belief(after, later),
            heard=_voices(_without(new, old), later, topic),
            taken_back=_voices(_without(old, new), earlier, topic),
        )


def _touched(earlier: Reading, later: Reading) -> Iterator[Topic]:
    old, new = earlier.weigher.picture.statements, later.weigher.picture.statements
    for topic, statements in new.items():
        if len(statements) != len(old.get(topic, ())) or _keys(statements) != _keys(old[topic]):
            yield topic
    yield from (topic for topic in old if topic not in new)


def _keys(statements: tuple[Statement, ...]) -> tuple[tuple[str, int], ...]:
    return tuple(statement.sort_key() for statement in statements)


def _is_same(before: Belief, after: Belief, *, is_all: bool) -> bool:
    """Say whether a reader would act the same: more voices for one answer are no change."""
    same_answers = {a.value for a in before.answers} == {a.value for a in after.answers}
    same = before.status is after.status and before.value == after.value
    return same_answers and (same or is_all)


def _without(
    statements: tuple[Statement, ...], others: tuple[Statement, ...]
) -> tuple[Statement, ...]:
    known = {statement.sort_key() for statement in others}
    return tuple(statement for statement in statements if statement.sort_key() not in known)


def _voices(said: tuple[Statement, ...], reading: Reading, topic: Topic) -> tuple[Voice, ...]:
    in_order = sorted(said, key=lambda s: (s.received_at, s.sort_key()))
    return tuple(voice_of(statement, topic[0], reading) for statement in in_order)
