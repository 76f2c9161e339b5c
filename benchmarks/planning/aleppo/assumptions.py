"""Everything about the city that no geodata say, by rules that are printed with the result.

None of it is a fact about Aleppo: people, hazard areas, plants, teams and mandates stand in for
records that a real plan would have.
"""

import numpy as np
import shapely
from numpy.typing import NDArray

from benchmarks.planning.aleppo.geodata import GeoData, QuarterCounts
from takatuf.city.streets.plane import Plane
from takatuf.planning.layers import Crew, HazardArea, Organisation, Plant
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.place import Point

PEOPLE = 1_500_000.0
BUILDINGS_PER_KM = 60.0  # of residential street: for the share that is damaged
HAZARD_CELL_M = 350.0
CLEARED_M2_PER_STRIKE = 100.0
N_SUBSTATIONS, N_STATIONS, N_CLINICS = 12, 8, 30
CLINICS_IN_REACH = 3
DESTROYED_ABOVE, OUT_ABOVE = 0.5, 0.05  # of buildings heavily damaged around a plant
N_TEAMS = 60

ASSUMPTIONS = (
    (
        f"people: {PEOPLE:,.0f} in all (a middle of published totals for the city), by the "
        f"kilometres of residential street of a quarter, less the share of its buildings "
        f"({BUILDINGS_PER_KM:g} to a kilometre) that are severely damaged or destroyed: an estimate"
    ),
    (
        f"hazard areas: strike sites of 2013 to 2015 in squares of {HAZARD_CELL_M:g} m; nobody "
        "surveyed them, they are no hazard areas and are never to be shown as such"
    ),
    (
        f"clearance: {CLEARED_M2_PER_STRIKE:g} m2 for each strike site; an area reaches as far as "
        "its middle strike's radius"
    ),
    "debris: edges that the map marks as near damage, and those at a crater; not surveyed",
    (
        f"plants: {N_SUBSTATIONS} substations, {N_STATIONS} pumping stations, {N_CLINICS} clinics, "
        "each in the quarter that is farthest from those before it, the first where most people "
        f"are; destroyed where more than {DESTROYED_ABOVE:.0%} of the buildings of its quarter are "
        f"heavily damaged, out of service above {OUT_ABOVE:.0%} (substations and pumping stations "
        "anyhow), each pumping station on the nearest substation"
    ),
    (
        f"services: power from the nearest substation; health from the nearest {CLINICS_IN_REACH} "
        "clinics"
    ),
    (
        f"teams: {N_TEAMS} of 10 organisations A to J, mandates as in the table below; bases are "
        "the hubs in turn"
    ),
    "hubs: the junctions of primary roads farthest west, east, north and south",
    "works: by damage of 2016 and the rules of works.toml and efforts.toml, all priors",
)

# Organisation: (skill: teams), part of the city, trunk works, own goals.
_ALL = ("access", "water", "power", "health", "home")
BODIES: tuple[tuple[dict[str, int], str, bool, tuple[str, ...]], ...] = (
    ({"survey": 4, "clearance": 6}, "whole", True, _ALL),
    ({"survey": 2, "clearance": 6}, "west", True, _ALL),
    ({"survey": 2, "clearance": 6}, "east", True, _ALL),
    ({"debris": 6}, "whole", True, _ALL),
    ({"debris": 2, "housing": 4}, "north", False, ("access", "home")),
    ({"power": 6}, "whole", True, ("power",)),
    ({"water": 4}, "whole", True, ("water",)),
    ({"water": 3}, "south", False, ("water",)),
    ({"health": 5}, "whole", False, ("health",)),
    ({"housing": 4}, "whole", False, ("home",)),
)
_SIDES = {"west": (0, -1), "east": (0, 1), "south": (1, -1), "north": (1, 1)}


def damaged_share(quarter: QuarterCounts) -> float:
    """Return the assumed share of a quarter's buildings that are heavily damaged, 0 to 1."""
    buildings = max(quarter.residential_km * BUILDINGS_PER_KM, 1.0)
    return min(quarter.heavily_damaged / buildings, 1.0)


def people_of(quarters: tuple[QuarterCounts, ...]) -> NDArray[np.float64]:
    """Return the assumed people of each quarter."""
    weight = np.array([each.residential_km * (1.0 - damaged_share(each)) for each in quarters])
    return np.asarray(np.round(PEOPLE * weight / weight.sum()), dtype=np.float64)


def hazards_of(data: GeoData) -> tuple[HazardArea, ...]:
    """Return an area for each square of the grid with strike sites."""
    metres = Plane.of(data.streets).metres(*shapely.get_coordinates(data.strikes).T)
    within = shapely.intersects(shapely.union_all([q.shape for q in data.quarters]), data.strikes)
    cells = np.floor(metres / HAZARD_CELL_M)
    _, cell = np.unique(cells, axis=0, return_inverse=True)
    areas: list[HazardArea] = []
    for number in np.unique(cell[within]).tolist():
        members = np.flatnonzero((cell.ravel() == number) & within)
        areas.append(
            HazardArea(
                id=ThingId(f"hazard_area/assumed-{len(areas) + 1}"),
                name=f"assumed area {len(areas) + 1}",
                shape=shapely.multipoints(data.strikes[members]),
                radius_m=float(np.median(data.strike_radius_m[members])),
                area_m2=CLEARED_M2_PER_STRIKE * len(members),
            )
        )
    return tuple(areas)


def hubs_of(data: GeoData) -> tuple[Point, ...]:
    """Return the junctions of primary roads farthest out."""
    streets = data.streets
    is_primary = streets.road_class == streets.classes.index("primary")
    nodes = np.unique(np.concatenate([streets.start[is_primary], streets.end[is_primary]]))
    lon, lat = streets.node_lon[nodes], streets.node_lat[nodes]
    ends = (np.argmin(lon), np.argmax(lon), np.argmax(lat), np.argmin(lat))
    return tuple(Point(float(lat[end]), float(lon[end])) for end in ends)


def plants_of(data: GeoData, people: NDArray[np.float64]) -> tuple[Plant, ...]:
    """Return substations, then pumping stations, then clinics."""
    centres = centres_of(data)
    plants: list[Plant] = []
    for kind, count, word in (
        ("power_facility", N_SUBSTATIONS, "substation"),
        ("water_facility", N_STATIONS, "pumping station"),
        ("health_facility", N_CLINICS, "clinic"),
    ):
        for number, quarter in enumerate(_spread_out(centres, people, count)):
            point = shapely.point_on_surface(data.quarters[quarter].shape)
            place = Point(float(point.y), float(point.x))
            needs: tuple[ThingId, ...] = ()
            if kind == "water_facility":
                needs = nearest_of(plants, "power_facility", place, 1)
            plants.append(
                Plant(
                    id=ThingId(f"{kind}/assumed-{number + 1}"),
                    name=f"{word} {number + 1}",
                    kind=kind,
                    point=place,
                    grade=_grade(damaged_share(data.quarters[quarter]), kind),
                    depends_on=needs,
                )
            )
    return tuple(plants)


def centres_of(data: GeoData) -> NDArray[np.float64]:
    """Return a point inside each quarter; shape (n_quarters, 2), longitude first."""
    inside = shapely.point_on_surface(np.array([each.shape for each in data.quarters]))
    return np.asarray(shapely.get_coordinates(inside), dtype=np.float64)


def nearest_of(
    plants: list[Plant] | tuple[Plant, ...], kind: str, place: Point, count: int
) -> tuple[ThingId, ...]:
    """Return the nearest plants of a kind, nearest first."""
    of_kind = [plant for plant in plants if plant.kind == kind]
    squeeze = np.cos(np.radians(place.lat))
    of_kind.sort(
        key=lambda plant: np.hypot(
            (plant.point.lon - place.lon) * squeeze, plant.point.lat - place.lat
        )
    )
    return tuple(plant.id for plant in of_kind[:count])


def organisations() -> tuple[Organisation, ...]:
    """Return organisations A to J."""
    return tuple(
        Organisation(
            id=ThingId(f"organisation/{chr(ord('a') + at)}"),
            name=f"organisation {chr(ord('A') + at)}",
            serves=serves,
        )
        for at, (_, _, _, serves) in enumerate(BODIES)
    )


def crews_of(data: GeoData, hubs: tuple[Point, ...]) -> tuple[Crew, ...]:
    """Return the teams, with mandates by parts of the city: halves by the middle quarter."""
    centres = centres_of(data)
    crews: list[Crew] = []
    for body, (teams, side, may_do_trunk, _) in zip(organisations(), BODIES, strict=True):
        is_in = np.ones(len(centres), dtype=np.bool_)
        if side in _SIDES:
            axis, sign = _SIDES[side]
            is_in = sign * (centres[:, axis] - np.median(centres[:, axis])) >= 0
        mandate = frozenset(q.id for q, own in zip(data.quarters, is_in, strict=True) if own)
        for skill, count in teams.items():
            crews += [
                Crew(
                    id=ThingId(f"team/{body.id[-1]}-{skill}-{number + 1}"),
                    name=f"{skill} team {number + 1} of {body.name}",
                    organisation=body.id,
                    skills=(skill,),
                    base=hubs[(len(crews) + number) % len(hubs)],
                    quarters=mandate,
                    may_do_trunk=may_do_trunk,
                )
                for number in range(count)
            ]
    return tuple(crews)


def mandate_lines() -> tuple[str, ...]:
    """Return the table of mandates as text."""
    return tuple(
        f"{body.name}: "
        + ", ".join(f"{count} {skill}" for skill, count in teams.items())
        + f"; {side} city; {'with' if trunk else 'no'} trunk works"
        for body, (teams, side, trunk, _) in zip(organisations(), BODIES, strict=True)
    )


def _spread_out(centres: NDArray[np.float64], people: NDArray[np.float64], count: int) -> list[int]:
    """Return quarters far from each other; empty ones get nothing."""
    chosen = [int(np.argmax(people))]
    off = np.hypot(*(centres - centres[chosen[0]]).T)
    while len(chosen) < count:
        chosen.append(int(np.argmax(np.where(people > 0, off, -1.0))))
        off = np.minimum(off, np.hypot(*(centres - centres[chosen[-1]]).T))
    return chosen


def _grade(share: float, kind: str) -> str:
    if share > DESTROYED_ABOVE:
        return "destroyed"
    return "out_of_service" if share > OUT_ABOVE or kind != "health_facility" else ""
