"""Put places onto the streets, and measure travel times between them.

Travel respects one-ways and the speeds of the edges, and takes open streets for granted: it
may run over edges that are blocked now, unless they are left out of the usable ones. What
lies between a place and the nearest street is reported in metres and takes no time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from takatuf.city.streets.cutting import cut_edges
from takatuf.city.streets.graph import NONE, Flags, Floats, Ints, StreetGraph
from takatuf.city.streets.matrices import by_direction
from takatuf.city.streets.plane import Plane, edge_lines
from takatuf.vocabulary.errors import Problem, cut
from takatuf.vocabulary.place import Point

_SAME_PLACE_M = 0.5  # nearer to a junction than that is at the junction


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlacedSites:
    """A street graph in which each site is a node."""

    graph: StreetGraph  # edges with a site on them are cut there
    origin: Ints  # for each edge the one of the graph before that it is a part of
    node: Ints  # of each site; NONE where no street is near enough
    off_road_m: Floats  # from each site to the nearest street
    problems: tuple[Problem, ...]


def place_sites(
    graph: StreetGraph, sites: Sequence[tuple[str, Point]], limit_m: float
) -> PlacedSites:
    """Put each site onto the nearest edge, and cut the edge there.

    Args:
        graph: The streets; at least one edge.
        sites: What each is called, and where it is.
        limit_m: A site that is farther from any street is a problem and gets no node.
    """
    plane = Plane.of(graph)
    lines = edge_lines(graph, plane)
    lon = np.array([point.lon for _, point in sites], dtype=np.float64)
    lat = np.array([point.lat for _, point in sites], dtype=np.float64)
    points = shapely.points(plane.metres(lon, lat))
    tree = shapely.STRtree(lines)
    edge = np.asarray(tree.nearest(points), dtype=np.int64)
    off_road_m = shapely.distance(points, lines[edge])
    is_near = off_road_m <= limit_m
    along = shapely.line_locate_point(lines[edge], points)
    placed, origin, nodes = _cut_there(graph, lines, edge[is_near], along[is_near])
    node = np.full(len(sites), NONE, dtype=np.int64)
    node[is_near] = nodes
    problems = tuple(
        _too_far(name, point, float(metres), limit_m)
        for (name, point), metres, near in zip(sites, off_road_m, is_near, strict=True)
        if not near
    )
    return PlacedSites(
        graph=placed,
        origin=origin,
        node=node,
        off_road_m=np.asarray(off_road_m, dtype=np.float64),
        problems=problems,
    )


def travel_hours(graph: StreetGraph, origins: Ints, destinations: Ints, usable: Flags) -> Floats:
    """Return the shortest travel times over the usable edges (Dijkstra), in hours.

    Returns:
        Shape (n_origins, n_destinations); infinite where no way leads.
    """
    matrix = by_direction(graph, graph.hours(), usable)
    found, back = np.unique(origins, return_inverse=True)
    hours = dijkstra(matrix, directed=True, indices=found)
    return np.asarray(hours[:, destinations][back], dtype=np.float64)


def _cut_there(
    graph: StreetGraph, lines: NDArray[np.object_], edge: Ints, along_m: Floats
) -> tuple[StreetGraph, Ints, Ints]:
    """Return the graph cut at these positions, the origin of its edges, and the nodes there."""
    length_m = shapely.length(lines)
    node = np.full(len(edge), NONE, dtype=np.int64)
    is_at_end = length_m[edge] - along_m <= _SAME_PLACE_M
    node[is_at_end] = graph.end[edge[is_at_end]]
    is_at_start = along_m <= _SAME_PLACE_M
    node[is_at_start] = graph.start[edge[is_at_start]]
    inner = np.flatnonzero(node == NONE)
    steps = np.rint(along_m[inner] / _SAME_PLACE_M)
    cuts, which = np.unique(np.column_stack([edge[inner], steps]), axis=0, return_inverse=True)
    node[inner] = graph.n_nodes + which.ravel()
    cut_edge = cuts[:, 0].astype(np.int64)
    share = cuts[:, 1] * _SAME_PLACE_M / length_m[cut_edge]
    return (*cut_edges(graph, cut_edge, share), node)


def _too_far(name: str, point: Point, off_road_m: float, limit_m: float) -> Problem:
    return Problem(
        code="network.too-far-from-roads",
        where=cut(name),
        found=f"{point}, {off_road_m:,.0f} m from the nearest street",
        expected=f"a place within {limit_m:,.0f} m of a street",
        hint="Are latitude and longitude swapped, or do the streets end before it?",
    )
