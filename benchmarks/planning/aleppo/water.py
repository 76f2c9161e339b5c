"""A water network that ships in a package, stretched over the city, as a stand-in for its own.

No map of the city's pipes is public. The stand-in is run by EPANET all the same: what is
tested is that a plan's water days are verified and corrected, not what Aleppo's pipes do.
"""

from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from benchmarks.planning.aleppo.assumptions import centres_of, damaged_share
from benchmarks.planning.aleppo.geodata import GeoData
from takatuf.city.water.correcting import CorrectedWater, correct
from takatuf.city.water.network import PUMP, WaterNetwork
from takatuf.city.water.rules import load_hydraulic_rules
from takatuf.city.water.verifying import Verification, states_of, verify
from takatuf.city.water.zones import ServiceZones, fitted_to, zones_by_place
from takatuf.formats.readers.networks.water_file import read_water
from takatuf.planning.layers import Plant
from takatuf.planning.plan import Plan, Served
from takatuf.planning.problem import HOME, WATER, Floats, PlanningProblem
from takatuf.vocabulary.identity import ThingId

NETWORK = "asce-tf-wdst/ky4.inp"
BROKEN_ABOVE = 0.05  # of a quarter's buildings heavily damaged: below, pipes hold
BROKEN_SHARE = 0.3  # of a quarter's pipes, times the share of its buildings
SEED = 2017

WATER_ASSUMPTIONS = (
    (
        f"water: {Path(NETWORK).stem}, a network of another city that ships in the package epyt, "
        "stretched into the city's frame; each junction belongs to the nearest quarter"
    ),
    (
        "broken at first: all pumps, each until the pumping station nearest to it works; and of "
        f"the pipes of a quarter with more than {BROKEN_ABOVE:.0%} of its buildings heavily "
        f"damaged {BROKEN_SHARE:.0%} times that share, at least one, drawn with seed {SEED}, "
        "until its water works are done; a quarter waits for all that is broken on the ways with "
        "the fewest broken pipes from the source to its junctions"
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CityWater:
    """The stand-in, what of it is broken, and who mends that."""

    network: WaterNetwork
    zones: ServiceZones
    pipe_quarter: dict[str, int]  # broken pipes, by the quarter whose works mend them
    pump_station: dict[str, ThingId]
    on_the_way: tuple[tuple[str, ...], ...]  # of each quarter: links that its water comes by

    def through(self, quarter: int) -> tuple[int, ...]:
        """Return the other quarters whose broken pipes lie on a quarter's ways from a source."""
        named = (self.pipe_quarter.get(name) for name in self.on_the_way[quarter])
        return tuple(sorted({other for other in named if other is not None} - {quarter}))

    def station(self, quarter: int) -> ThingId | None:
        """Return the station of the first pump on a quarter's ways from a source."""
        named = (self.pump_station.get(name) for name in self.on_the_way[quarter])
        return next((station for station in named if station is not None), None)


def city_water(data: GeoData, stations: tuple[Plant, ...]) -> CityWater | None:
    """Return the stand-in; None where the package is not installed."""
    package = find_spec("epyt")
    if package is None or package.origin is None:
        return None
    content = (Path(package.origin).parent / "networks" / NETWORK).read_bytes()
    lon, lat = data.streets.node_lon, data.streets.node_lat
    frame = (float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max()))
    network = fitted_to(read_water(content, NETWORK), frame)
    zones = zones_by_place(network, centres_of(data), mains_from_mm=0.0)
    broken = _broken_pipes(data, network, zones)
    return CityWater(
        network=network,
        zones=zones,
        pipe_quarter=broken,
        on_the_way=_on_the_way(network, zones, broken),
        pump_station=_stations(network, stations),
    )


def _broken_pipes(data: GeoData, network: WaterNetwork, zones: ServiceZones) -> dict[str, int]:
    rng, broken = np.random.default_rng(SEED), {}
    quarter_of = zones.zone_of_node[network.start]
    is_pipe = network.link_kind < PUMP
    for number, quarter in enumerate(data.quarters):
        pipes = np.flatnonzero((quarter_of == number) & is_pipe)
        share = damaged_share(quarter)
        if not len(pipes) or share < BROKEN_ABOVE:
            continue
        count = max(1, round(BROKEN_SHARE * share * len(pipes)))
        for pipe in rng.choice(pipes, count, replace=False).tolist():
            broken[network.link_ids[pipe]] = number
    return broken


def _on_the_way(
    network: WaterNetwork, zones: ServiceZones, broken: dict[str, int]
) -> tuple[tuple[str, ...], ...]:
    """Return for each zone the links on the ways with the fewest broken pipes to its junctions."""
    is_broken = np.array([name in broken for name in network.link_ids])
    cost = is_broken + 1e-9 * np.maximum(network.length_m, 1.0)
    size = (network.n_nodes, network.n_nodes)
    matrix = csr_array((cost, (network.start, network.end)), shape=size)
    sources = np.flatnonzero(network.is_source())
    _, before, _ = dijkstra(
        matrix, directed=False, indices=sources, min_only=True, return_predecessors=True
    )
    link_at = {
        frozenset(ends): name
        for *ends, name in zip(
            network.start.tolist(), network.end.tolist(), network.link_ids, strict=True
        )
    }
    ways: list[set[str]] = [set() for _ in range(zones.n_zones)]
    for junction in np.flatnonzero(zones.zone_of_node >= 0).tolist():
        node = junction
        while before[node] >= 0:
            ways[zones.zone_of_node[junction]].add(link_at[frozenset((node, int(before[node])))])
            node = int(before[node])
    return tuple(tuple(sorted(way)) for way in ways)


def _stations(network: WaterNetwork, stations: tuple[Plant, ...]) -> dict[str, ThingId]:
    places = np.array([(each.point.lon, each.point.lat) for each in stations])
    found = {}
    for pump in np.flatnonzero(network.link_kind == PUMP).tolist():
        at = np.array([network.x[network.start[pump]], network.y[network.start[pump]]])
        found[network.link_ids[pump]] = stations[int(np.argmin(np.hypot(*(places - at).T)))].id
    return found


def verified(
    water: CityWater,
    problem: PlanningProblem,
    own_water_tasks: tuple[tuple[int, ...], ...],
    plan: Plan,
    served: Served,
) -> tuple[Verification, CorrectedWater, float]:
    """Return what hydraulics say of a plan, the corrected days, and its value with them."""
    rules = load_hydraulic_rules()
    end_day = {work.task: work.end_day for work in plan.assignments}
    works = _works_from(water, problem, own_water_tasks, end_day)
    found = verify(water.network, water.zones, states_of(works, problem.horizon_days), rules)
    days = served.service_day[:, WATER]
    mended = correct(days, _with_doubts(found), rules)
    return found, mended, _value(problem, served, mended.days)


def _with_doubts(found: Verification) -> Verification:
    """Let states that EPANET did not solve say what the next one says that it did.

    More works in the next one, so this is the benefit of the doubt: a day is corrected only by
    states that were solved, and counts as not verified where its own was not.
    """
    share, solved = found.share.copy(), np.flatnonzero(found.is_verified)
    for state in np.flatnonzero(~found.is_verified).tolist():
        later = solved[solved > state]
        if len(later):
            share[state] = found.share[later[0]]
    return replace(found, share=share)


def _works_from(
    water: CityWater,
    problem: PlanningProblem,
    own_water_tasks: tuple[tuple[int, ...], ...],
    end_day: dict[int, float],
) -> dict[str, float]:
    facilities, station_day = problem.facilities, {}
    works: list[float] = []
    for number, facility in enumerate(facilities.ids):
        own = (end_day.get(task, np.inf) for task in facilities.tasks.row(number))
        fed = (works[other] for other in facilities.depends_on.row(number))
        works.append(max([0.0, *own, *fed]))
        station_day[facility] = works[-1]
    days = {pump: station_day[station] for pump, station in water.pump_station.items()}
    for pipe, quarter in water.pipe_quarter.items():
        own = (end_day.get(task, np.inf) for task in own_water_tasks[quarter])
        days[pipe] = max([0.0, *own])
    return {name: day for name, day in days.items() if day > 0}


def _value(problem: PlanningProblem, served: Served, water_day: Floats) -> float:
    days, least = served.service_day.copy(), served.person_days  # sums round differently
    days[:, WATER] = water_day
    days[:, HOME] = np.maximum(days[:, HOME], water_day)  # a home needs water
    late = np.minimum(days, problem.horizon_days)
    return max(float(problem.neighbourhoods.people @ late @ problem.weights), least)
