"""From the geodata and the assumptions to the layers of the city, and to its problem."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.planning.aleppo import assumptions as assumed
from benchmarks.planning.aleppo.geodata import GeoData, read_geodata
from benchmarks.planning.aleppo.water import CityWater, city_water
from takatuf.city.streets.classes import load_road_rules, may_drive
from takatuf.city.streets.overlay import Blockage, overlay
from takatuf.planning.layers import (
    CityLayers,
    LayeredProblem,
    Plant,
    Quarter,
    layered_problem,
    rubble_of_streets,
)
from takatuf.planning.request import PlanRequest
from takatuf.vocabulary.place import Point

AT = date(2017, 6, 14)
VEHICLE = "truck"
CRATER_M = 5.0
JOIN_M = 60.0  # of open street between two stretches of debris: cleared in one go


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WholeCity:
    """What was read, what was assumed, and the problem that comes of both."""

    data: GeoData
    layers: CityLayers
    water: CityWater | None
    layered: LayeredProblem


def whole_city(folder: Path) -> WholeCity:
    """Return the city of the folder."""
    data = read_geodata(folder)
    people = assumed.people_of(data.quarters)
    plants = assumed.plants_of(data, people)
    stations = tuple(plant for plant in plants if plant.kind == "water_facility")
    water = city_water(data, stations)
    quarters = tuple(_quarter(data, number, people, plants, water) for number in range(len(people)))
    hubs = assumed.hubs_of(data)
    rules = load_road_rules()
    craters = [Blockage(f"crater {at}", point, CRATER_M) for at, point in enumerate(data.craters)]
    is_blocked = data.is_near_damage | overlay(data.streets, craters, 0.0).is_blocked()
    layers = CityLayers(
        streets=data.streets,
        usable=may_drive(data.streets, rules.vehicles[VEHICLE], rules),
        hubs=hubs,
        quarters=quarters,
        hazards=assumed.hazards_of(data),
        rubble=rubble_of_streets(data.streets, is_blocked, quarters, JOIN_M),
        plants=plants,
        organisations=assumed.organisations(),
        crews=assumed.crews_of(data, hubs),
    )
    layered = layered_problem(layers, PlanRequest(at=AT))
    return WholeCity(data=data, layers=layers, water=water, layered=layered)


def _quarter(
    data: GeoData,
    number: int,
    people: np.ndarray[tuple[int], np.dtype[np.float64]],
    plants: tuple[Plant, ...],
    water: CityWater | None,
) -> Quarter:
    counts, (lon, lat) = data.quarters[number], assumed.centres_of(data)[number]
    place = Point(float(lat), float(lon))
    station = water.station(number) if water else None
    through = water.through(number) if water else ()
    return Quarter(
        id=counts.id,
        name=counts.name,
        shape=counts.shape,
        people=float(people[number]),
        damaged=counts.damaged,
        water_from=station or assumed.nearest_of(plants, "water_facility", place, 1)[0],
        power_from=assumed.nearest_of(plants, "power_facility", place, 1)[0],
        clinics=assumed.nearest_of(plants, "health_facility", place, assumed.CLINICS_IN_REACH),
        water_through=tuple(data.quarters[other].id for other in through),
    )
