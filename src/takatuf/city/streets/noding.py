"""Cut road lines at their junctions: lines become the edges of a street graph.

A junction is where lines share a vertex, and where a line ends. Lines that only cross, as on
an overpass, do not meet. At a closed vertex, such as a block of concrete, nobody passes: the
line ends there on either side.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from takatuf.city.streets.graph import Flags, Floats, Ints, StreetGraph, segment_lengths_m

FORWARD, BOTH, BACKWARD = 1, 0, -1
_GRID_PER_DEGREE = 10_000_000  # about a centimetre: vertices nearer than that are one
_ROWS = 2**32  # more than there are rows on the globe


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RoadLine:
    """One line of a source, with what it says of the road; at least two vertices."""

    source_id: str
    road_class: str
    lon: Floats
    lat: Floats
    vertices: Ints  # a number for each vertex: lines meet where they share one
    direction: int = BOTH
    is_bridge: bool = False
    speed_km_per_h: float
    max_mass_t: float = float("nan")


@dataclass(frozen=True, slots=True)
class _Run:
    """All vertices of all lines, one after another, without immediate repetitions."""

    line: Ints
    piece: Ints  # a line is in several pieces where it is closed between its ends
    vertex: Ints
    lon: Floats
    lat: Floats


def graph_of(lines: Sequence[RoadLine], closed_vertices: Collection[int] = ()) -> StreetGraph:
    """Return the graph of these lines; a line that never leaves its first vertex has no edge."""
    run = _run_with_closures(_run_of(lines), closed_vertices)
    starts, ends = _cuts(run)
    line = run.line[starts]
    position = _vertex_positions(starts, ends)
    first = np.concatenate([[0], np.cumsum(ends - starts + 1)]).astype(np.int64)
    nodes, joined = np.unique(run.vertex[np.concatenate([starts, ends])], return_inverse=True)
    at = np.concatenate([starts, ends])[np.unique(joined, return_index=True)[1]]
    classes = tuple(sorted({given.road_class for given in lines}))
    direction = np.array([given.direction for given in lines], dtype=np.int64)[line]
    is_back = direction == BACKWARD
    one, other = joined[: len(starts)], joined[len(starts) :]
    number_of = {name: number for number, name in enumerate(classes)}
    road_class = np.array([number_of[given.road_class] for given in lines], dtype=np.int64)
    position = _turned(position, first, is_back)
    return StreetGraph(
        node_lon=run.lon[at].reshape(len(nodes)),
        node_lat=run.lat[at].reshape(len(nodes)),
        start=np.where(is_back, other, one).astype(np.int64),
        end=np.where(is_back, one, other).astype(np.int64),
        length_m=_lengths_m(run, position, first),
        road_class=road_class[line],
        classes=classes,
        is_bridge=np.array([given.is_bridge for given in lines], dtype=np.bool_)[line],
        is_one_way=direction != BOTH,
        speed_km_per_h=np.array([given.speed_km_per_h for given in lines], float)[line],
        max_mass_t=np.array([given.max_mass_t for given in lines], float)[line],
        source_ids=tuple(lines[number].source_id for number in line.tolist()),
        first_vertex=first,
        vertex_lon=run.lon[position],
        vertex_lat=run.lat[position],
    )


def vertices_of(lon: Floats, lat: Floats) -> Ints:
    """Return a number for each position: the same for positions on the same centimetre."""
    columns = np.rint(lon * _GRID_PER_DEGREE).astype(np.int64)
    rows = np.rint(lat * _GRID_PER_DEGREE).astype(np.int64)
    numbers: Ints = columns * _ROWS + rows
    return numbers


def _run_of(lines: Sequence[RoadLine]) -> _Run:
    empty = [np.empty(0)]
    counts = np.array([len(line.vertices) for line in lines], dtype=np.int64)
    line = np.repeat(np.arange(len(lines), dtype=np.int64), counts)
    given = np.concatenate([*(each.vertices for each in lines), *empty]).astype(np.int64)
    keep = np.ones(len(line), dtype=np.bool_)
    keep[1:] = (given[1:] != given[:-1]) | (line[1:] != line[:-1])
    return _Run(
        line=line[keep],
        piece=line[keep],
        vertex=given[keep],
        lon=np.concatenate([*(each.lon for each in lines), *empty])[keep],
        lat=np.concatenate([*(each.lat for each in lines), *empty])[keep],
    )


def _run_with_closures(run: _Run, closed: Collection[int]) -> _Run:
    """Give every end at a closed vertex a vertex of its own, so that nothing meets there."""
    is_closed = np.isin(run.vertex, np.array(sorted(closed), dtype=np.int64))
    is_inner = np.zeros(len(is_closed), dtype=np.bool_)
    is_inner[1:-1] = (run.line[1:-1] == run.line[:-2]) & (run.line[1:-1] == run.line[2:])
    twice = 1 + (is_closed & is_inner)  # a line goes in, and goes out again
    is_new = np.zeros(int(twice.sum()), dtype=np.bool_)
    is_new[(np.cumsum(twice) - 1)[is_closed & is_inner]] = True
    line, is_closed = np.repeat(run.line, twice), np.repeat(is_closed, twice)
    is_new[1:] |= line[1:] != line[:-1]
    _, vertex = np.unique(np.repeat(run.vertex, twice), return_inverse=True)
    vertex[is_closed] = len(vertex) + np.arange(int(is_closed.sum()))
    lon, lat = np.repeat(run.lon, twice), np.repeat(run.lat, twice)
    return _Run(line, np.cumsum(is_new), vertex, lon, lat)


def _cuts(run: _Run) -> tuple[Ints, Ints]:
    """Return where in the run each edge starts and ends."""
    is_end = np.ones(len(run.piece) + 1, dtype=np.bool_)
    is_end[1:-1] = run.piece[1:] != run.piece[:-1]
    is_shared = np.bincount(run.vertex)[run.vertex] > 1
    cuts = np.flatnonzero(is_shared | is_end[:-1] | is_end[1:])
    starts, ends = cuts[:-1], cuts[1:]
    is_edge = run.piece[starts] == run.piece[ends]
    return starts[is_edge].astype(np.int64), ends[is_edge].astype(np.int64)


def _vertex_positions(starts: Ints, ends: Ints) -> Ints:
    counts = ends - starts + 1
    offsets = np.cumsum(counts) - counts
    within = np.arange(int(counts.sum())) - np.repeat(offsets, counts)
    return np.asarray(np.repeat(starts, counts) + within, dtype=np.int64)


def _turned(position: Ints, first: Ints, is_back: Flags) -> Ints:
    """Let the vertices of edges that are followed backwards run from their start as well."""
    counts = np.diff(first)
    within = np.arange(len(position)) - np.repeat(first[:-1], counts)
    mirrored = np.repeat(first[1:] - 1, counts) - within
    chosen = np.where(np.repeat(is_back, counts), mirrored, np.arange(len(position)))
    turned: Ints = position[chosen]
    return turned


def _lengths_m(run: _Run, position: Ints, first: Ints) -> Floats:
    if not len(position):
        return np.empty(0)
    pieces = segment_lengths_m(run.lon[position], run.lat[position])
    along = np.concatenate([[0.0], np.cumsum(pieces)])
    lengths_m: Floats = along[first[1:] - 1] - along[first[:-1]]
    return lengths_m
