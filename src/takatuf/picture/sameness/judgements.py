"""What people judged of pairs of things, and which things are therefore read as one.

A judgement is a statement like any other: `same_as` asserted says "the same", denied says
"different", unsure changes nothing and is remembered. Identities are a pure function of the
judgements that stand: nothing is ever joined on likeness alone, a pair on which two
organisations disagree is not joined, and no chain of "same" joins two things that somebody
says are different. So every joining can be taken back, and the register is not touched.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from takatuf.picture.identities import SAME_AS
from takatuf.picture.picture import Picture, Statement
from takatuf.reports.report import Certainty, Modality
from takatuf.vocabulary.identity import ThingId, type_of
from takatuf.vocabulary.value import Reference

Pair = tuple[ThingId, ThingId]  # in the order of their identities


class Judgement(StrEnum):
    """What somebody says of two things."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Judged:
    """One judgement that stands, with the statement it comes from."""

    pair: Pair
    judgement: Judgement
    statement: Statement


@dataclass(frozen=True, slots=True)
class Sameness:
    """What follows from all judgements that stand."""

    judged: tuple[Judged, ...]  # by pair
    identities: Mapping[ThingId, ThingId]  # from an identity to the one it is read with
    contested: tuple[Pair, ...]  # one says same, another different: not joined
    left_out: tuple[Pair, ...]  # would join, through others, what somebody says is different

    def read_as(self, thing: ThingId) -> ThingId:
        """Return the identity that this one is read with; its own where nothing was joined."""
        return self.identities.get(thing, thing)

    def judged_pairs(self) -> frozenset[Pair]:
        """Return the pairs that were judged, under the identities they are read with."""
        pairs = (judged.pair for judged in self.judged)
        return frozenset(pair_of(self.read_as(one), self.read_as(other)) for one, other in pairs)


def pair_of(one: ThingId, other: ThingId) -> Pair:
    """Return two things in the order of their identities."""
    return (one, other) if one <= other else (other, one)


def sameness_of(statements: Iterable[Statement]) -> Sameness:
    """Return what these judgements make; the order they come in does not matter.

    Args:
        statements: Superseded ones left out; those of other properties are passed over.
    """
    found = (_judged(statement) for statement in statements)
    judged = sorted((j for j in found if j is not None), key=_order)
    same = {j.pair for j in judged if j.judgement is Judgement.SAME}
    different = {j.pair for j in judged if j.judgement is Judgement.DIFFERENT}
    identities, left_out = _joined(sorted(same - different), different)
    return Sameness(tuple(judged), identities, tuple(sorted(same & different)), tuple(left_out))


def sameness_in(picture: Picture) -> Sameness:
    """Return what the judgements in a picture make."""
    topics = picture.of_properties([SAME_AS])
    return sameness_of(statement for _, statements in topics for statement in statements)


def identities_of(picture: Picture) -> Mapping[ThingId, ThingId]:
    """Return under which identity each thing is read that was judged the same as another.

    The one they are all read with is the first in the order of identities, whoever judged
    first. Things that are read under their own identity are absent.
    """
    return sameness_in(picture).identities


def _judged(statement: Statement) -> Judged | None:
    claim, value = statement.claim, statement.claim.value
    if claim.property != SAME_AS or not isinstance(value, Reference):
        return None
    if value.thing == claim.thing or type_of(value.thing) != type_of(claim.thing):
        return None
    return Judged(pair_of(claim.thing, value.thing), _judgement(statement), statement)


def _judgement(statement: Statement) -> Judgement:
    claim = statement.claim
    if claim.certainty is Certainty.UNSURE:
        return Judgement.UNSURE
    if claim.modality is Modality.DENIED:
        return Judgement.DIFFERENT
    return Judgement.SAME if claim.modality is Modality.ASSERTED else Judgement.UNSURE


def _order(judged: Judged) -> tuple[Pair, tuple[str, int]]:
    return judged.pair, judged.statement.sort_key()


def _joined(
    links: Iterable[Pair], different: Iterable[Pair]
) -> tuple[dict[ThingId, ThingId], list[Pair]]:
    """Join along the links, in their order, never across a pair that is different."""
    members: dict[ThingId, set[ThingId]] = {}
    apart: dict[ThingId, set[ThingId]] = {}
    for one, other in different:
        apart.setdefault(one, set()).add(other)
        apart.setdefault(other, set()).add(one)
    left_out: list[Pair] = []
    for one, other in links:
        mine, theirs = members.get(one, {one}), members.get(other, {other})
        if any(apart.get(thing, set()) & theirs for thing in mine):
            left_out.append((one, other))
        else:
            members |= dict.fromkeys(mine | theirs, mine | theirs)
    identities = {thing: min(group) for thing, group in members.items()}
    return {thing: first for thing, first in identities.items() if thing != first}, left_out
