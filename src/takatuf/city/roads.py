"""Roads and reach: a link is passable only if nothing on it is unreleased, and debris is gone.

Reach is what a vehicle gets to from the entries without passing a blocked link.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from takatuf.city.hazards import Hazard
from takatuf.city.situation import Situation
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.place import distance_m

METRES_PER_KM = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link of the road model between two places."""

    id: ThingId
    name: str
    start: ThingId
    end: ThingId
    length_km: float
    is_main: bool
    hazards: tuple[ThingId, ...]  # open ones that touch it
    debris_effort_team_days: float  # 0: none known
    is_passable: bool  # now
    is_assumption: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Roads:
    """Places and the links between them."""

    places: tuple[ThingId, ...]  # neighbourhoods first, then entries
    entries: tuple[ThingId, ...]
    links: tuple[Link, ...]


def roads_of(situation: Situation, places: Iterable[ThingId], hazards: Collection[Hazard]) -> Roads:
    """Return the road model of these places; a link to any other place is left out."""
    entries = tuple(p for p in situation.things("place") if situation.word(p, "kind") == "entry")
    nodes = (*places, *entries)
    touching: dict[ThingId, list[ThingId]] = defaultdict(list)
    for hazard in hazards:
        for thing in hazard.threatens:
            touching[thing].append(hazard.id)
    links = (
        _link(situation, thing, tuple(touching.get(thing, ())))
        for thing in situation.things("road_segment")
    )
    known = frozenset(nodes)
    return Roads(
        places=nodes,
        entries=entries,
        links=tuple(k for k in links if k is not None and {k.start, k.end} <= known),
    )


def _link(situation: Situation, thing: ThingId, hazards: tuple[ThingId, ...]) -> Link | None:
    start, end = situation.thing(thing, "from_place"), situation.thing(thing, "to_place")
    if start is None or end is None:
        return None
    debris = situation.number(thing, "debris_effort") or 0.0
    is_said_blocked = situation.word(thing, "passability") == "blocked"
    return Link(
        id=thing,
        name=situation.names.of(thing),
        start=start,
        end=end,
        length_km=_length_km(situation, thing, start, end),
        is_main=situation.word(thing, "road_class") == "main",
        hazards=hazards,
        debris_effort_team_days=debris,
        is_passable=not hazards and debris == 0 and not is_said_blocked,
        is_assumption=situation.belief(thing, "from_place").is_assumption,
    )


def _length_km(situation: Situation, thing: ThingId, start: ThingId, end: ThingId) -> float:
    said = situation.number(thing, "road_length")
    if said is not None:
        return said
    points = situation.point(start), situation.point(end)
    if points[0] is None or points[1] is None:
        return 1.0
    return distance_m(points[0], points[1]) / METRES_PER_KM


def reach(roads: Roads) -> frozenset[ThingId]:
    """Return every place that can be reached now from an entry over passable links."""
    neighbours: dict[ThingId, list[ThingId]] = defaultdict(list)
    for link in roads.links:
        if link.is_passable:
            neighbours[link.start].append(link.end)
            neighbours[link.end].append(link.start)
    reached, waiting = set(roads.entries), deque(roads.entries)
    while waiting:
        for place in neighbours[waiting.popleft()]:
            if place not in reached:
                reached.add(place)
                waiting.append(place)
    return frozenset(reached)
