"""Debris as tasks: blocked edges that hang together, in one quarter."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from takatuf.city.streets.graph import Flags, Floats, Ints, StreetGraph
from takatuf.planning.layers.city_layers import Quarter, Rubble
from takatuf.vocabulary.identity import ThingId


def quarter_of_places(quarters: Sequence[Quarter], lon: Floats, lat: Floats) -> Ints:
    """Return the number of the quarter that each place is in, else of the nearest one.

    Nearness is in degrees: good enough to say which of two quarters is beside a place.
    """
    tree = shapely.STRtree([quarter.shape for quarter in quarters])
    points = shapely.points(lon, lat)
    nearest = np.asarray(tree.nearest(points), dtype=np.int64)
    place, within = tree.query(points, predicate="intersects")
    # Of several quarters that share a border the first counts, whatever the tree says.
    for which, quarter in sorted(zip(place.tolist(), within.tolist(), strict=True), reverse=True):
        nearest[which] = quarter
    return nearest


def rubble_of_streets(
    streets: StreetGraph, is_blocked: Flags, quarters: Sequence[Quarter], join_m: float
) -> tuple[Rubble, ...]:
    """Return the tasks that clear blocked edges.

    Edges of one quarter are one task if they meet, or if a single open edge that is no longer
    than `join_m` lies between: machines are moved once.

    Args:
        streets: The graph.
        is_blocked: Shape (n_edges,).
        quarters: One or more.
        join_m: In metres, 0 or more.
    """
    first = streets.first_vertex
    middle = (first[:-1] + first[1:]) // 2
    quarter = quarter_of_places(quarters, streets.vertex_lon[middle], streets.vertex_lat[middle])
    group = _hanging_together(streets, is_blocked, quarter, join_m)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for edge in np.flatnonzero(is_blocked).tolist():
        members[int(group[edge])].append(edge)
    return tuple(
        Rubble(
            id=ThingId(f"road_segment/rubble-{number + 1}"),
            name=f"debris {number + 1}, {quarters[quarter[edges[0]]].name}",
            edges=tuple(edges),
        )
        for number, edges in enumerate(members.values())
    )


def _hanging_together(
    streets: StreetGraph, is_blocked: Flags, quarter: Ints, join_m: float
) -> Ints:
    """Return a group for each edge; edges of one quarter that meet at a node are in one group."""
    touched = np.zeros((streets.n_nodes,), dtype=np.bool_)
    touched[streets.start[is_blocked]] = touched[streets.end[is_blocked]] = True
    is_gap = (streets.length_m <= join_m) & touched[streets.start] & touched[streets.end]
    edges = np.flatnonzero(is_blocked | is_gap)
    sides = np.concatenate([streets.start[edges], streets.end[edges]])
    keys = np.column_stack([sides, np.tile(quarter[edges], 2)])
    _, joint = np.unique(keys, axis=0, return_inverse=True)
    joint = joint.ravel() + streets.n_edges
    size = streets.n_edges + int(joint.max(initial=0)) + 1
    matrix = csr_array((np.ones(len(joint)), (np.tile(edges, 2), joint)), shape=(size, size))
    _, group = connected_components(matrix, directed=False)
    return np.asarray(group[: streets.n_edges], dtype=np.int64)
