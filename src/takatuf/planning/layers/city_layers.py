"""A city as map layers: streets, what lies on them, quarters with their damage, plants, teams.

Shapes and points are WGS 84. Things name each other by identity; `problems_of_layers` finds
names that nothing has.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import shapely

from takatuf.city.streets.graph import Flags, StreetGraph
from takatuf.planning.layers.rules import LayerRules
from takatuf.planning.tasks import KIND_OF_FACILITY, SKILLS
from takatuf.vocabulary.errors import Problem, cut
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.place import Point
from takatuf.vocabulary.services import SERVICES


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Quarter:
    """A part of the city: its people, its damage, and what its services come from."""

    id: ThingId
    name: str
    shape: shapely.Geometry  # an area
    people: float
    damaged: Mapping[str, float]  # buildings by grade, in the words of `works.toml`
    water_from: ThingId | None = None  # plants; None: its own works are all it waits for
    power_from: ThingId | None = None
    clinics: tuple[ThingId, ...] = ()  # any one will do; none: no health service
    water_through: tuple[ThingId, ...] = ()  # quarters whose water works it needs as well


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HazardArea:
    """A place where explosive hazards are, or are suspected."""

    id: ThingId
    name: str
    shape: shapely.Geometry
    radius_m: float  # how far from the shape it reaches
    area_m2: float  # to be cleared, above 0
    state: str = "suspected_hazardous_area"  # as in the vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubble:
    """Debris on a stretch of street, cleared as one task."""

    id: ThingId
    name: str
    edges: tuple[int, ...]  # of the street graph, at least one


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """A substation, pumping station or clinic."""

    id: ThingId
    name: str
    kind: str  # "power_facility", "water_facility" or "health_facility"
    point: Point
    grade: str = ""  # "out_of_service", "destroyed" ...: what its repair is by; "": in order
    depends_on: tuple[ThingId, ...] = ()  # plants that stand before it in the layers


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """Who sends teams, and the services that it counts as its own goals."""

    id: ThingId
    name: str
    serves: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """A team: what it can do, where it stands, and where it may work."""

    id: ThingId
    name: str
    organisation: ThingId
    skills: tuple[str, ...]
    base: Point
    quarters: frozenset[ThingId]  # of its mandate
    may_do_trunk: bool = False  # works that serve more than one quarter


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CityLayers:
    """All layers of a city on one day."""

    streets: StreetGraph
    usable: Flags  # edges of `streets` that the teams' vehicles may use
    hubs: tuple[Point, ...]  # from where the city is entered
    quarters: tuple[Quarter, ...]
    hazards: tuple[HazardArea, ...]
    rubble: tuple[Rubble, ...]
    plants: tuple[Plant, ...]
    organisations: tuple[Organisation, ...]
    crews: tuple[Crew, ...]


def problems_of_layers(layers: CityLayers, rules: LayerRules) -> tuple[Problem, ...]:
    """Return what makes layers contradict themselves or leave nothing to plan; often nothing."""
    return (*_missing(layers), *_unknown(layers), *_unknown_words(layers, rules))


def _missing(layers: CityLayers) -> Iterator[Problem]:
    needed = {"hubs": layers.hubs, "quarters": layers.quarters, "crews": layers.crews}
    for name, things in needed.items():
        if not things:
            yield Problem(code="layers.empty", where=name, found="none", expected="one or more")
    if layers.quarters and not sum(quarter.people for quarter in layers.quarters) > 0:
        yield Problem(
            code="layers.empty", where="quarters", found="nobody lives there", expected="people"
        )


def _unknown(layers: CityLayers) -> Iterator[Problem]:
    quarters = {quarter.id for quarter in layers.quarters}
    bodies = {body.id for body in layers.organisations}
    before: set[ThingId] = set()
    for plant in layers.plants:
        yield from _names(plant.name, plant.depends_on, before, "a plant that stands before it")
        before.add(plant.id)
    for quarter in layers.quarters:
        sources = (quarter.water_from, quarter.power_from, *quarter.clinics)
        named = tuple(source for source in sources if source is not None)
        yield from _names(quarter.name, named, before, "a plant")
        yield from _names(quarter.name, quarter.water_through, quarters, "a quarter")
    for crew in layers.crews:
        yield from _names(crew.name, (crew.organisation,), bodies, "an organisation")
        yield from _names(crew.name, tuple(sorted(crew.quarters)), quarters, "a quarter")
    for rubble in layers.rubble:
        outside = [edge for edge in rubble.edges if not 0 <= edge < layers.streets.n_edges]
        for edge in outside:
            yield _unknown_name(rubble.name, f"edge {edge}", "an edge of the streets")


def _unknown_words(layers: CityLayers, rules: LayerRules) -> Iterator[Problem]:
    kinds, grades = frozenset(KIND_OF_FACILITY), rules.grades
    for plant in layers.plants:
        yield from _names(plant.name, (plant.kind,), kinds, f"one of {', '.join(sorted(kinds))}")
    for quarter in layers.quarters:
        named = tuple(sorted(quarter.damaged))
        yield from _names(quarter.name, named, grades, f"one of {', '.join(sorted(grades))}")
    for crew in layers.crews:
        yield from _names(crew.name, crew.skills, frozenset(SKILLS), f"one of {', '.join(SKILLS)}")
    for body in layers.organisations:
        expected = f"one of {', '.join(SERVICES)}"
        yield from _names(body.name, body.serves, frozenset(SERVICES), expected)


def _names(
    where: str, named: tuple[str, ...], known: set[ThingId] | frozenset[str], expected: str
) -> Iterator[Problem]:
    for name in named:
        if name not in known:
            yield _unknown_name(where, name, expected)


def _unknown_name(where: str, found: str, expected: str) -> Problem:
    return Problem(code="layers.unknown-name", where=where, found=cut(found), expected=expected)
