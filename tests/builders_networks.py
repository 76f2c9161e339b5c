"""Small street graphs, and the invented network files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from takatuf.city.streets.graph import EdgeBlockers, Flags, Ints, StreetGraph
from takatuf.city.streets.noding import BOTH, RoadLine, graph_of, vertices_of

DATA = Path(__file__).parent / "data/networks"
STREETS_OSM = DATA / "streets.osm"
WATER_INP = DATA / "water.inp"
WEST, SOUTH = 20.0, 10.0
STEP = 0.001  # degrees: about 110 m


@dataclass(frozen=True, kw_only=True)
class Way:
    """A line over a grid of steps from the corner of the map."""

    at: Sequence[tuple[float, float]]  # steps east and north
    road_class: str = "residential"
    direction: int = BOTH
    is_bridge: bool = False
    speed_km_per_h: float = 36.0  # 10 m/s
    max_mass_t: float = float("nan")


def line(way: Way, name: str = "way") -> RoadLine:
    places = np.array(way.at, dtype=np.float64).reshape(-1, 2) * STEP + [WEST, SOUTH]
    return RoadLine(
        source_id=name,
        road_class=way.road_class,
        lon=places[:, 0],
        lat=places[:, 1],
        vertices=vertices_of(places[:, 0], places[:, 1]),
        direction=way.direction,
        is_bridge=way.is_bridge,
        speed_km_per_h=way.speed_km_per_h,
        max_mass_t=way.max_mass_t,
    )


def streets(*ways: Way, closed_at: Sequence[tuple[float, float]] = ()) -> StreetGraph:
    closed = line(Way(at=closed_at)).vertices.tolist() if closed_at else []
    return graph_of([line(way, f"way {n}") for n, way in enumerate(ways)], closed)


def node_at(graph: StreetGraph, east: float, north: float) -> int:
    off = np.hypot(graph.node_lon - WEST - east * STEP, graph.node_lat - SOUTH - north * STEP)
    assert off.min() < STEP / 100
    return int(np.argmin(off))


def nodes_at(graph: StreetGraph, *places: tuple[float, float]) -> Ints:
    return np.array([node_at(graph, *place) for place in places], dtype=np.int64)


def edge_between(graph: StreetGraph, one: tuple[float, float], other: tuple[float, float]) -> int:
    ends = {node_at(graph, *one), node_at(graph, *other)}
    found = [
        edge
        for edge in range(graph.n_edges)
        if {int(graph.start[edge]), int(graph.end[edge])} == ends
    ]
    assert len(found) == 1
    return found[0]


def all_of(graph: StreetGraph) -> Flags:
    return np.ones(graph.n_edges, dtype=np.bool_)


def blocked(
    graph: StreetGraph, rows: Mapping[int, tuple[int, ...]], n_blockers: int
) -> EdgeBlockers:
    pairs = [(edge, blocker) for edge, row in rows.items() for blocker in row]
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return EdgeBlockers.of_pairs(table[:, 0], table[:, 1], graph.n_edges, n_blockers)


def ladder(n_rungs: int = 4) -> StreetGraph:
    """Two parallel streets with rungs between them."""
    low = Way(at=[(x, 0) for x in range(n_rungs)])
    high = Way(at=[(x, 1) for x in range(n_rungs)])
    return streets(low, high, *(Way(at=[(x, 0), (x, 1)]) for x in range(n_rungs)))
