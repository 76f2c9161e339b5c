"""What a task rests on: beliefs that are assumed, said by one source only, stale or disputed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from takatuf.picture.belief import Belief, BeliefStatus
from takatuf.picture.picture import Topic
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.things import Vocabulary

# topics of a place that only one kind of task rests on; what is of none of them concerns all
_OWN_TOPIC = {"water": "water", "power": "power", "health": "health", "home": "shelter"}


class Firmness(StrEnum):
    """Why a belief is not firm; the first that holds."""

    ASSUMED = "assumed"
    CONTESTED = "contested"
    PREVAILING = "prevailing"
    STALE = "stale"
    SINGLE_SOURCE = "single source"
    UNKNOWN = "nobody has said it"
    FIRM = "agreed"


_BY_STATUS = {
    BeliefStatus.CONTESTED: Firmness.CONTESTED,
    BeliefStatus.PREVAILING: Firmness.PREVAILING,
    BeliefStatus.STALE: Firmness.STALE,
    BeliefStatus.SINGLE_SOURCE: Firmness.SINGLE_SOURCE,
    BeliefStatus.AGREED: Firmness.FIRM,
}


@dataclass(frozen=True, slots=True)
class Ground:
    """One belief that a task rests on."""

    belief: Belief
    firmness: Firmness


def grounds_of(
    task: ThingId, asked: Mapping[Topic, Belief], vocabulary: Vocabulary
) -> tuple[Ground, ...]:
    """Return what a task rests on, the least firm first; what nobody has said is left out.

    These are the beliefs that were asked for when the city was built, of the thing that the
    task is for. What the roads to it and the networks behind it rest on is not among them.

    Args:
        task: Its identity, which names its kind and that thing.
        asked: What the city was built from.
        vocabulary: Tells the topic of each property.
    """
    kind, thing = _subject_of(task, {thing for thing, _ in asked})
    others = set(_OWN_TOPIC.values()) - {_OWN_TOPIC.get(kind, "")}
    is_place = thing.startswith("place/")
    grounds = [
        Ground(belief, firmness_of(belief))
        for (of, name), belief in asked.items()
        if of == thing
        and not (is_place and vocabulary.properties[name].topic in others)
        and belief.status is not BeliefStatus.UNKNOWN
    ]
    order = list(Firmness)
    return tuple(sorted(grounds, key=lambda g: (order.index(g.firmness), g.belief.property)))


def firmness_of(belief: Belief) -> Firmness:
    """Return why a belief is not firm, or that it is."""
    if belief.is_assumption:
        return Firmness.ASSUMED
    return _BY_STATUS.get(belief.status, Firmness.UNKNOWN)


def _subject_of(task: ThingId, things: Iterable[ThingId]) -> tuple[str, ThingId]:
    # The identity of a task is its kind and then that of its thing, with hyphens for the rest.
    _, _, rest = task.partition("/")
    kind, _, slug = rest.partition("-")
    of = {thing.replace("/", "-").replace("_", "-"): thing for thing in things}
    return kind, of.get(slug, ThingId(""))
