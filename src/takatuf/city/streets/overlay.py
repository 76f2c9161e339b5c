"""Which hazards, debris and craters lie on which street.

An edge is blocked by all that lies within the buffer of its line. This errs to safety: an
edge is blocked as a whole, wherever on it the hazard lies, and a bridge over a hazard too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from takatuf.city.streets.graph import EdgeBlockers, StreetGraph
from takatuf.city.streets.plane import Plane, edge_lines


@dataclass(frozen=True, slots=True, eq=False)
class Blockage:
    """Something that lies somewhere and blocks what passes near it."""

    id: str
    shape: shapely.Geometry  # point, line or area in degrees, WGS 84
    radius_m: float = 0.0  # how far from the shape it reaches


def overlay(graph: StreetGraph, blockages: Sequence[Blockage], buffer_m: float) -> EdgeBlockers:
    """Return what blocks each edge; a blocker's number is its place in `blockages`.

    Args:
        graph: The streets.
        blockages: What lies on or near them; an empty shape blocks nothing.
        buffer_m: How near to an edge is on the edge, in metres, 0 or more; added to each
            blockage's own radius.
    """
    plane = Plane.of(graph)
    tree = shapely.STRtree(edge_lines(graph, plane))
    shapes = plane.project(np.array([each.shape for each in blockages], dtype=object))
    reach_m = np.array([each.radius_m for each in blockages], dtype=np.float64) + buffer_m
    blocker, edge = tree.query(shapes, predicate="dwithin", distance=reach_m)
    return EdgeBlockers.of_pairs(
        edge.astype(np.int64), blocker.astype(np.int64), graph.n_edges, len(blockages)
    )
