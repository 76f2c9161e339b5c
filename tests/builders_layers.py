"""A small city as map layers: two streets with rungs, two quarters, three plants, four teams."""

from collections.abc import Sequence

import numpy as np
import shapely

from takatuf.city.streets.graph import StreetGraph
from takatuf.planning.layers import CityLayers, Crew, HazardArea, Organisation, Plant, Quarter
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.place import Point
from tests.builders_networks import SOUTH, STEP, WEST, all_of, ladder

A, B = ThingId("organisation/a"), ThingId("organisation/b")
LEFT, RIGHT = ThingId("place/left"), ThingId("place/right")
SUBSTATION = ThingId("power_facility/substation")
STATION = ThingId("water_facility/station")
CLINIC = ThingId("health_facility/clinic")


def at(east: float, north: float) -> Point:
    return Point(SOUTH + north * STEP, WEST + east * STEP)


def area(west: float, east: float) -> shapely.Geometry:
    return shapely.box(
        WEST + west * STEP, SOUTH - 0.5 * STEP, WEST + east * STEP, SOUTH + 1.5 * STEP
    )


def hazard(
    number: int, east: float, north: float, radius_m: float = 20.0, area_m2: float = 200.0
) -> HazardArea:
    place = at(east, north)
    return HazardArea(
        id=ThingId(f"hazard_area/h-{number}"),
        name=f"hazard {number}",
        shape=shapely.Point(place.lon, place.lat),
        radius_m=radius_m,
        area_m2=area_m2,
    )


def quarters() -> tuple[Quarter, ...]:
    return (
        Quarter(
            id=LEFT,
            name="left",
            shape=area(-0.5, 1.45),
            people=600.0,
            damaged={"moderate": 20.0, "severe": 10.0},
            water_from=STATION,
            power_from=SUBSTATION,
            clinics=(CLINIC,),
        ),
        Quarter(
            id=RIGHT,
            name="right",
            shape=area(1.45, 3.5),
            people=400.0,
            damaged={"severe": 200.0, "destroyed": 30.0},
            water_from=STATION,
            power_from=SUBSTATION,
            clinics=(CLINIC,),
            water_through=(LEFT,),
        ),
    )


def plants() -> tuple[Plant, ...]:
    return (
        Plant(
            id=SUBSTATION,
            name="substation",
            kind="power_facility",
            point=at(0.3, 1),
            grade="out_of_service",
        ),
        Plant(
            id=STATION,
            name="station",
            kind="water_facility",
            point=at(2.6, 0),
            grade="out_of_service",
            depends_on=(SUBSTATION,),
        ),
        Plant(id=CLINIC, name="clinic", kind="health_facility", point=at(0.6, 0)),
    )


def crew(name: str, skills: Sequence[str], organisation: ThingId = A) -> Crew:
    return Crew(
        id=ThingId(f"team/{name}"),
        name=f"team {name}",
        organisation=organisation,
        skills=tuple(skills),
        base=at(0, 0),
        quarters=frozenset({LEFT, RIGHT}),
        may_do_trunk=True,
    )


def small_city(
    streets: StreetGraph | None = None,
    *,
    hazards: Sequence[HazardArea] = (),
    **changed: object,
) -> CityLayers:
    """The city, with any of its other layers replaced."""
    streets = streets or ladder()
    layers: dict[str, object] = {
        "usable": all_of(streets),
        "hubs": (at(0, 0),),
        "quarters": quarters(),
        "rubble": (),
        "plants": plants(),
        "organisations": (
            Organisation(id=A, name="organisation A", serves=("access", "home")),
            Organisation(id=B, name="organisation B", serves=("water", "power", "health")),
        ),
        "crews": (
            crew("one", ("survey", "clearance")),
            crew("two", ("debris", "housing")),
            crew("three", ("water",), B),
            crew("four", ("power", "health"), B),
        ),
    }
    return CityLayers(streets=streets, hazards=tuple(hazards), **(layers | changed))  # type: ignore[arg-type]


def marked(streets: StreetGraph, *edges: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    chosen = np.zeros(streets.n_edges, dtype=np.bool_)
    chosen[list(edges)] = True
    return chosen
