"""Cut edges into parts: new nodes on streets, with every part keeping its line and length.

A position on an edge is a share of its line, 0 at the start and 1 at the end. All vertices of
a graph stand on one scale, two units for each edge, so that one search serves all cuts.
"""

from dataclasses import replace

import numpy as np

from takatuf.city.streets.graph import Floats, Ints, StreetGraph, segment_lengths_m

_UNITS = 2.0  # for each edge; its line takes the first of them


def cut_edges(graph: StreetGraph, edge: Ints, share: Floats) -> tuple[StreetGraph, Ints]:
    """Return the graph with a node at each of these positions, and each edge's origin.

    Args:
        graph: The streets.
        edge: Which edges to cut, sorted; one may come several times.
        share: Where, above 0 and below 1, sorted within each edge, no position twice.

    Returns:
        The graph, whose new nodes follow the old ones in the order given; and for each of
        its edges the edge that it is a part of.
    """
    n_cuts = np.bincount(edge, minlength=graph.n_edges)
    origin = np.repeat(np.arange(graph.n_edges, dtype=np.int64), n_cuts + 1)
    is_first = np.ones(len(origin), dtype=np.bool_)
    is_first[1:] = origin[1:] != origin[:-1]
    is_last = np.ones(len(origin), dtype=np.bool_)
    is_last[:-1] = is_first[1:]
    start, end = graph.start[origin], graph.end[origin]
    low, high = np.zeros(len(origin)), np.ones(len(origin))
    node = graph.n_nodes + np.arange(len(edge))
    start[~is_first], end[~is_last] = node, node
    low[~is_first], high[~is_last] = share, share
    scale = _scale_of(graph)
    first, at = _cut_lines(scale, origin, low, high)
    new = _UNITS * edge + share
    return (
        replace(
            graph,
            node_lon=np.concatenate([graph.node_lon, np.interp(new, scale, graph.vertex_lon)]),
            node_lat=np.concatenate([graph.node_lat, np.interp(new, scale, graph.vertex_lat)]),
            start=start,
            end=end,
            length_m=graph.length_m[origin] * (high - low),
            road_class=graph.road_class[origin],
            is_bridge=graph.is_bridge[origin],
            is_one_way=graph.is_one_way[origin],
            speed_km_per_h=graph.speed_km_per_h[origin],
            max_mass_t=graph.max_mass_t[origin],
            source_ids=tuple(graph.source_ids[number] for number in origin.tolist()),
            first_vertex=first,
            vertex_lon=np.interp(at, scale, graph.vertex_lon),
            vertex_lat=np.interp(at, scale, graph.vertex_lat),
        ),
        origin,
    )


def _scale_of(graph: StreetGraph) -> Floats:
    """Return the position of each vertex on the scale of the whole graph."""
    pieces = segment_lengths_m(graph.vertex_lon, graph.vertex_lat)
    along = np.concatenate([[0.0], np.cumsum(pieces)])
    first, counts = graph.first_vertex[:-1], np.diff(graph.first_vertex)
    from_start = along - np.repeat(along[first], counts)
    last = graph.first_vertex[1:] - 1
    total = np.repeat(from_start[last], counts)
    share = np.divide(from_start, total, out=np.zeros_like(total), where=total > 0)
    share[last] = 1.0
    scale: Floats = _UNITS * np.repeat(np.arange(graph.n_edges), counts) + share
    return scale


def _cut_lines(scale: Floats, origin: Ints, low: Floats, high: Floats) -> tuple[Ints, Floats]:
    """Return the positions of the vertices of each part: its ends, and what lies between."""
    begin, stop = _UNITS * origin + low, _UNITS * origin + high
    inner = np.searchsorted(scale, begin, side="right")
    n_inner = np.maximum(np.searchsorted(scale, stop, side="left") - inner, 0)
    first = np.concatenate([[0], np.cumsum(n_inner + 2)]).astype(np.int64)
    at = np.repeat(stop, n_inner + 2)
    at[first[:-1]] = begin
    within = np.arange(int(n_inner.sum())) - np.repeat(np.cumsum(n_inner) - n_inner, n_inner)
    at[np.repeat(first[:-1] + 1, n_inner) + within] = scale[np.repeat(inner, n_inner) + within]
    return first, at
