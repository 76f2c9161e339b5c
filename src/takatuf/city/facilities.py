"""Facilities: stations, substations, clinics; which work now, and what each waits for."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from takatuf.city.hazards import Hazard
from takatuf.city.situation import Situation
from takatuf.vocabulary.identity import ThingId, type_of
from takatuf.vocabulary.place import distance_m

TYPES = ("power_facility", "water_facility", "health_facility")
WORKING = {"functioning", "partly_functioning"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    """A facility that others depend on."""

    id: ThingId
    name: str
    type: str
    place: ThingId | None  # a place of the road model, or None where nobody said
    status: str  # a word of `operational_status`; "" where nobody said
    repair_effort_team_days: float | None  # None: nobody said what it would take
    depends_on: tuple[ThingId, ...]
    hazards: tuple[ThingId, ...]  # open ones on its site
    works_now: bool
    is_assumption: bool


def facilities_of(
    situation: Situation, places: Collection[ThingId], hazards: Collection[Hazard]
) -> tuple[Facility, ...]:
    """Return all facilities, each behind those it depends on.

    A facility works if somebody says so, nobody says otherwise, and what it depends on
    works; a dependency that leads round in a circle is not followed.
    """
    touching: dict[ThingId, list[ThingId]] = defaultdict(list)
    for hazard in hazards:
        for thing in hazard.threatens:
            touching[thing].append(hazard.id)
    done: dict[ThingId, Facility] = {}
    for thing in _in_order(situation):
        done[thing] = _facility(situation, thing, tuple(touching[thing]), places, done)
    return tuple(done.values())


def _in_order(situation: Situation) -> Iterator[ThingId]:
    things = situation.things(*TYPES)
    done: set[ThingId] = set()

    def visit(thing: ThingId, above: frozenset[ThingId]) -> Iterator[ThingId]:
        if thing in done or thing in above:
            return
        for before in situation.referred(thing, "depends_on"):
            if before in things:
                yield from visit(before, above | {thing})
        if thing not in done:
            done.add(thing)
            yield thing

    for thing in things:
        yield from visit(thing, frozenset())


def _facility(
    situation: Situation,
    thing: ThingId,
    hazards: tuple[ThingId, ...],
    places: Collection[ThingId],
    done: Mapping[ThingId, Facility],
) -> Facility:
    depends_on = tuple(t for t in situation.referred(thing, "depends_on") if t in done)
    belief = situation.belief(thing, "operational_status")
    status = situation.word(thing, "operational_status")
    return Facility(
        id=thing,
        name=situation.names.of(thing),
        type=type_of(thing),
        place=_place(situation, thing, places),
        status=status,
        repair_effort_team_days=situation.number(thing, "repair_effort"),
        depends_on=depends_on,
        hazards=hazards,
        works_now=status in WORKING and all(done[before].works_now for before in depends_on),
        is_assumption=belief.is_assumption,
    )


def _place(situation: Situation, thing: ThingId, places: Collection[ThingId]) -> ThingId | None:
    """Return the place of the road model where the facility is: as said, or the nearest to it."""
    is_health = type_of(thing) == "health_facility"
    said = situation.thing(thing, "health_site_in" if is_health else "located_in")
    if said is None or said in places:
        return said
    position = situation.point(said)
    if position is None:
        return None
    points = {place: situation.point(place) for place in places}
    near = [(distance_m(position, p), place) for place, p in sorted(points.items()) if p]
    return min(near)[1] if near else None
