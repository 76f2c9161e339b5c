"""What else tells whether two things are one: where they lie, of what kind, and in whose list.

Each finding has a sentence and a weight; the sentence is what people judge by.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from takatuf.picture.picture import Picture, Statement
from takatuf.picture.places import Places, places_of
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.place import Point, distance_m
from takatuf.vocabulary.things import Vocabulary
from takatuf.vocabulary.things.schema import ValueType
from takatuf.vocabulary.value import Reference, Token

_LIES_IN = ("part_of", "located_in", "health_site_in", "takes_place_in")
_OF_KIND = ("kind", "organisation_type")
_NEAR_M = 500.0
_FAR_M = 3_000.0
_SAME_WHOLE = 3.0
_NEAR = 5.0
_FAR = -25.0
_OTHER_WHOLE = -12.0
_PART_OF_OTHER = -25.0
_OTHER_KIND = -15.0
_IN_ONE_LIST = -20.0
_NAMED_BY_ONE = -12.0
MOST_ADDED = _SAME_WHOLE + _NEAR  # to the likeness of names

Finding = tuple[float, str]  # what it adds to the score, below 0 if against; and why


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known of one thing besides its names."""

    wholes: set[ThingId] = field(default_factory=set)  # in which it is said to lie
    points: set[Point] = field(default_factory=set)
    kinds: dict[str, set[str]] = field(default_factory=dict)  # words by property
    lists: set[tuple[ThingId, str]] = field(default_factory=set)  # who names it, and in what


_NOTHING = Traits()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The traits of all things, and which place lies in which."""

    traits: Mapping[ThingId, Traits]
    places: Places
    names: Mapping[ThingId, str]  # to say what is meant

    def findings(self, one: ThingId, other: ThingId) -> tuple[Finding, ...]:
        """Return what speaks for and against two things being one, besides their names."""
        traits = self.traits.get(one, _NOTHING), self.traits.get(other, _NOTHING)
        return (
            *self._by_whole(one, other, *traits),
            *_by_distance(*traits),
            *_by_kind(*traits),
            *self._by_list(*traits),
        )

    def called(self, thing: ThingId) -> str:
        """Return the name of a thing, or its identity."""
        return self.names.get(thing, thing)

    def _by_whole(
        self, one: ThingId, other: ThingId, mine: Traits, theirs: Traits
    ) -> Iterator[Finding]:
        for part, whole in ((one, other), (other, one)):
            if whole in self.places.wholes_of(part):
                yield _PART_OF_OTHER, f"{self.called(part)} lies in {self.called(whole)}"
        both = mine.wholes & theirs.wholes
        if both:
            yield _SAME_WHOLE, f"both lie in {self.called(min(both))}"
        elif mine.wholes and theirs.wholes and not self._may_nest(mine, theirs):
            here, there = self.called(min(mine.wholes)), self.called(min(theirs.wholes))
            yield _OTHER_WHOLE, f"one lies in {min(here, there)}, the other in {max(here, there)}"

    def _may_nest(self, mine: Traits, theirs: Traits) -> bool:
        return any(
            here in self.places.wholes_of(there) or there in self.places.wholes_of(here)
            for here in mine.wholes
            for there in theirs.wholes
        )

    def _by_list(self, mine: Traits, theirs: Traits) -> Iterator[Finding]:
        both = mine.lists & theirs.lists
        by_one = {by for by, _ in mine.lists} & {by for by, _ in theirs.lists}
        if both:
            by = self.called(min(both)[0])
            yield _IN_ONE_LIST, f"both are in one list of {by}, who knows them as two"
        elif by_one:
            yield _NAMED_BY_ONE, f"{self.called(min(by_one))} has names for both"


def surroundings_of(
    picture: Picture, vocabulary: Vocabulary, names: Mapping[ThingId, str]
) -> Surroundings:
    """Return what the picture says of all things besides their names."""
    points = {p.name for p in vocabulary.properties.values() if p.type is ValueType.POINT}
    traits: dict[ThingId, Traits] = {}
    asked = {"name", *_LIES_IN, *_OF_KIND, *points}
    for (thing, name), statements in picture.of_properties(asked):
        for statement in statements:
            _note(traits.setdefault(thing, Traits()), name, statement)
    return Surroundings(traits, places_of(picture), names)


def _note(traits: Traits, name: str, statement: Statement) -> None:
    match statement.claim.value:
        case Point() as point:
            traits.points.add(point)
        case Reference(thing=whole):
            traits.wholes.add(whole)
        case Token(word=word):
            traits.kinds.setdefault(name, set()).add(word)
        case _:
            title = statement.published.title
            traits.lists.add((statement.source.organisation, title))


def _by_distance(mine: Traits, theirs: Traits) -> Iterator[Finding]:
    apart_m = min(
        (distance_m(here, there) for here in mine.points for there in theirs.points), default=None
    )
    if apart_m is None:
        return
    if apart_m <= _NEAR_M:
        yield _NEAR, f"{apart_m:,.0f} m apart"
    elif apart_m >= _FAR_M:
        yield _FAR, f"{apart_m / 1_000:,.1f} km apart"


def _by_kind(mine: Traits, theirs: Traits) -> Iterator[Finding]:
    for name in _OF_KIND:
        here, there = mine.kinds.get(name, set()), theirs.kinds.get(name, set())
        if here and there and not here & there:
            words = sorted((min(here), min(there)))
            shown = " and ".join(word.replace("_", " ") for word in words)
            yield _OTHER_KIND, f"of two kinds: {shown}"
