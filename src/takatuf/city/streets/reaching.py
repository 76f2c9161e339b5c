"""Reach: which junctions are connected with a hub, now, on a day, or from which day on.

Reach takes every street both ways, one-way or not: a convoy that opens a street is not bound
by its sign, and a planner's roads have no direction. Travel times do respect one-ways.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, minimum_spanning_tree
from scipy.spatial import cKDTree

from takatuf.city.streets.graph import Flags, Floats, Ints, StreetGraph
from takatuf.city.streets.matrices import both_ways
from takatuf.city.streets.plane import Plane
from takatuf.vocabulary.errors import Problem
from takatuf.vocabulary.place import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Island:
    """Streets that no hub is connected with, whatever is cleared."""

    n_nodes: int
    n_edges: int
    length_m: float
    node: int  # its junction that is nearest to what can be reached
    lon: float
    lat: float
    gap_m: float  # from there, as the crow flies; infinite where nothing can be reached


def component_of(graph: StreetGraph, usable: Flags) -> Ints:
    """Return the component of each node over the usable edges; shape (n_nodes,)."""
    ones = np.ones(int(usable.sum()))
    matrix = both_ways(graph.n_nodes, graph.start[usable], graph.end[usable], ones)
    _, component = connected_components(matrix, directed=False)
    return np.asarray(component, dtype=np.int64)


def reached(graph: StreetGraph, hubs: Ints, usable: Flags) -> Flags:
    """Say for each node whether a hub is connected with it over the usable edges."""
    component = component_of(graph, usable)
    return np.isin(component, component[hubs])


def first_days(graph: StreetGraph, hubs: Ints, opens_on_day: Floats) -> Floats:
    """Return the day from which each node is reached; infinite where it never is.

    That is the least, over all ways from a hub, of the last opening on the way: the way over
    the minimum spanning tree, so one tree answers for all days.

    Args:
        graph: The streets.
        hubs: Nodes that are reached on day 0; at least one.
        opens_on_day: Shape (n_edges,), 0 or more; infinite where an edge never opens.
    """
    days, rank = np.unique(np.concatenate([[0.0], opens_on_day]), return_inverse=True)
    opens = np.isfinite(opens_on_day)
    source = graph.n_nodes
    start = np.concatenate([graph.start[opens], np.full(len(hubs), source)])
    end = np.concatenate([graph.end[opens], hubs])
    weight = np.concatenate([rank[1:][opens] + 1.0, np.ones(len(hubs))])
    half = minimum_spanning_tree(both_ways(source + 1, start, end, weight))
    tree = csr_array(half + half.T)
    order, before = breadth_first_order(tree, source, directed=False)
    nodes, above = order[1:], before[order[1:]]
    steps = np.asarray(tree[above, nodes]).ravel()
    last = np.ones(source + 1, dtype=np.int64)
    for node, one, step in zip(nodes.tolist(), above.tolist(), steps.tolist(), strict=True):
        last[node] = max(last[one], int(step))
    found = np.full(source, np.inf)
    found[nodes] = days[last[nodes] - 1]
    return found


def islands(graph: StreetGraph, hubs: Ints, usable: Flags) -> tuple[Island, ...]:
    """Return what no hub is connected with over the usable edges, the longest streets first.

    Single junctions without a usable edge are no island.
    """
    component = component_of(graph, usable)
    is_reached = np.isin(component, component[hubs])
    cut_off = usable & ~is_reached[graph.start]
    gap_m = _gaps(graph, is_reached)
    found = []
    for number in np.unique(component[graph.start[cut_off]]).tolist():
        nodes = np.flatnonzero(component == number)
        edges = np.flatnonzero(cut_off & (component[graph.start] == number))
        nearest = int(nodes[np.argmin(gap_m[nodes])])
        found.append(
            Island(
                n_nodes=len(nodes),
                n_edges=len(edges),
                length_m=float(graph.length_m[edges].sum()),
                node=nearest,
                lon=float(graph.node_lon[nearest]),
                lat=float(graph.node_lat[nearest]),
                gap_m=float(gap_m[nearest]),
            )
        )
    return tuple(sorted(found, key=lambda island: -island.length_m))


def island_problems(found: Iterable[Island]) -> tuple[Problem, ...]:
    """Return a problem for each island, with its nearest place."""
    return tuple(
        Problem(
            code="network.island",
            where=str(Point(island.lat, island.lon)),
            found=f"{island.n_edges} streets, {island.length_m / 1000:,.1f} km, cut off",
            expected="a street that leads to the others",
            hint=f"The nearest street that is reached is {island.gap_m:,.0f} m away.",
        )
        for island in found
    )


def _gaps(graph: StreetGraph, is_reached: Flags) -> Floats:
    """Return how far each node is from the nearest one that is reached, in metres."""
    if not is_reached.any():
        return np.full(graph.n_nodes, np.inf)
    metres = Plane.of(graph).metres(graph.node_lon, graph.node_lat)
    distance, _ = cKDTree(metres[is_reached]).query(metres)
    return np.asarray(distance, dtype=np.float64)
