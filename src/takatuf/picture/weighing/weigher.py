"""Weigh the statements on one question: what can be believed, and who disagrees.

The rules are public, the same for every party, and data as far as they differ between
properties. There is no silent winner: where comparable answers cannot all be true, the
belief is contested and has no value. Safety is asymmetrical: a cautious property names the
answer to act on, the one that errs to safety, however many say otherwise.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property

from takatuf.picture.belief import Belief, BeliefStatus
from takatuf.picture.gathering import Gatherer
from takatuf.picture.picture import Picture, Statement
from takatuf.picture.weighing.acting import act_on
from takatuf.picture.weighing.answers import answers_of
from takatuf.picture.weighing.comparing import Nested, in_conflict, never_nested
from takatuf.picture.weighing.competing import competing
from takatuf.picture.weighing.notes import notes_on, since_of
from takatuf.picture.weighing.origins import origins_of
from takatuf.picture.weighing.settling import UNSETTLED, Case, dispute, undisputed
from takatuf.picture.weighing.trust import NO_TRUST, Trust, trust_in
from takatuf.reports.report import Modality
from takatuf.vocabulary.identity import ReportId, ThingId
from takatuf.vocabulary.things import Property, Vocabulary
from takatuf.vocabulary.things.schema import Weighing


class Weigher:
    """Answers questions about one picture; keeps what it has gathered, never what it weighed."""

    def __init__(self, picture: Picture, vocabulary: Vocabulary) -> None:
        """Weigh this picture by the rules of this vocabulary."""
        self.picture = picture
        self.vocabulary = vocabulary
        self.gatherer = Gatherer(picture, vocabulary)

    @cached_property
    def trust(self) -> Trust:
        """What the picture itself says of its sources: command lines, and what was checked."""
        return trust_in(self.picture, self.vocabulary)

    def belief(self, thing: ThingId, name: str, at: date | None = None) -> Belief:
        """Return what can be believed of one property of one thing.

        Args:
            thing: The thing asked about; one that nobody spoke of is unknown, not an error.
            name: A property of the vocabulary.
            at: The day it was true. None looks at the whole record: every contradiction
                between statements of one time counts, and nothing is stale.

        Raises:
            KeyError: The vocabulary has no such property.
        """
        declared = self.vocabulary.properties[name]
        gathered = self.gatherer.gather(thing, declared)
        n_withheld = self.gatherer.n_withheld(thing, declared)
        belief = weigh(thing, declared, gathered, at, self.trust, self._nested)
        return with_withheld(belief, n_withheld)

    def _nested(self, one: ThingId, other: ThingId) -> bool:
        return other in self.gatherer.places.wholes_of(one)


def with_withheld(belief: Belief, n_withheld: int) -> Belief:
    """Return the belief of a reader who may not see so many statements on it."""
    is_hidden = bool(n_withheld) and belief.status is BeliefStatus.UNKNOWN
    status = BeliefStatus.WITHHELD if is_hidden else belief.status
    return replace(belief, status=status, n_withheld=n_withheld) if n_withheld else belief


def weigh(
    thing: ThingId,
    declared: Property,
    statements: tuple[Statement, ...],
    at: date | None = None,
    trust: Trust = NO_TRUST,
    nested: Nested = never_nested,
) -> Belief:
    """Return the belief that these statements make; the order they come in does not matter."""
    said = tuple(s for s in statements if _is_of_by(s, at))
    if len(said) > 1:
        said = tuple(sorted(said, key=Statement.time_key))
    now = competing(said, declared, at, nested)
    origins = origins_of(now, trust.lines)
    case = Case(declared, now, answers_of(now, origins), origins, trust, nested)
    is_all = declared.weighing is Weighing.ALL
    is_contested = not is_all and bool(in_conflict(now, declared, nested))
    settled = UNSETTLED
    if now:
        settled = dispute(case) if is_contested else undisputed(case, at)
    because_of = _reports(
        s for s in now if s.claim.value == settled.value and s.claim.modality is not Modality.DENIED
    )
    keys = {statement.sort_key() for statement in now}
    return Belief(
        thing=thing,
        property=declared.name,
        status=settled.status,
        value=settled.value,
        act_on=act_on(case, settled.value),
        values=tuple(answer.value for answer in settled.answers if not answer.is_denial),
        since=since_of(settled.value, said),
        answers=settled.answers,
        earlier=tuple(statement for statement in said if statement.sort_key() not in keys),
        notes=notes_on(said, now, declared),
        is_assumption=bool(now) and all(s.is_assumption for s in now),
        n_withheld=0,
        reason=settled.reason,
        estimate=settled.estimate,
        counted_with=origins.why,
        because_of=because_of,
        disputed_by=tuple(r for r in _reports(now) if r not in because_of) if is_contested else (),
    )


def _reports(statements: Iterable[Statement]) -> tuple[ReportId, ...]:
    return tuple(sorted({statement.report for statement in statements}))


def _is_of_by(statement: Statement, at: date | None) -> bool:
    observed = statement.claim.observed_at
    return at is None or observed is None or observed.earliest <= at
