"""The street graph: junctions, the edges between them, and the line that each edge follows.

Everything is an array, checked once. Lengths are metres on the ellipsoid, positions degrees
of WGS 84. An edge may be followed both ways unless it is one-way, and then only from `start`
to `end`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

NONE = -1  # no such node or edge

_WGS84 = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StreetGraph:
    """Nodes are 0 .. n_nodes - 1; each edge array has shape (n_edges,)."""

    node_lon: Floats
    node_lat: Floats
    start: Ints
    end: Ints
    length_m: Floats
    road_class: Ints  # index into `classes`
    classes: tuple[str, ...]
    is_bridge: Flags
    is_one_way: Flags
    speed_km_per_h: Floats  # above 0
    max_mass_t: Floats  # NaN where nobody said
    source_ids: tuple[str, ...]  # of the way or feature that each edge is a part of
    first_vertex: Ints  # shape (n_edges + 1,): edge e has vertices first[e] .. first[e + 1] - 1
    vertex_lon: Floats
    vertex_lat: Floats

    def __post_init__(self) -> None:
        """Check shapes and references once.

        Raises:
            ValueError: The graph contradicts itself; that is a bug of its reader.
        """
        rules: Mapping[str, bool] = {
            "edges join nodes": _within(self.start, self.n_nodes)
            and _within(self.end, self.n_nodes),
            "classes are known": _within(self.road_class, len(self.classes)),
            "speeds are above 0": bool(np.all(self.speed_km_per_h > 0)),
            "every edge has a source": len(self.source_ids) == self.n_edges,
            "every edge has two vertices": bool(np.all(np.diff(self.first_vertex) > 1)),
        }
        broken = [rule for rule, holds in rules.items() if not holds]
        if broken:
            raise ValueError("; ".join(broken))

    @property
    def n_nodes(self) -> int:
        """The number of nodes."""
        return len(self.node_lon)

    @property
    def n_edges(self) -> int:
        """The number of edges."""
        return len(self.start)

    def hours(self) -> Floats:
        """Return how long each edge takes at its speed, in hours; shape (n_edges,)."""
        return self.length_m / 1000.0 / self.speed_km_per_h


@dataclass(frozen=True, slots=True, eq=False)
class EdgeBlockers:
    """What blocks each edge: row e is ``blocker[first[e]:first[e + 1]]``, sorted, each once."""

    first: Ints  # shape (n_edges + 1,)
    blocker: Ints
    n_blockers: int = field(kw_only=True)

    @classmethod
    def of_pairs(cls, edges: Ints, blockers: Ints, n_edges: int, n_blockers: int) -> "EdgeBlockers":
        """Return the rows of these pairs of edge and blocker; repeated pairs count once."""
        pairs = np.unique(np.column_stack([edges, blockers]).reshape(-1, 2), axis=0)
        first = np.searchsorted(pairs[:, 0], np.arange(n_edges + 1)).astype(np.int64)
        return cls(first, pairs[:, 1].astype(np.int64), n_blockers=n_blockers)

    def __len__(self) -> int:
        """Return the number of edges."""
        return len(self.first) - 1

    def row(self, edge: int) -> tuple[int, ...]:
        """Return what blocks one edge."""
        return tuple(self.blocker[self.first[edge] : self.first[edge + 1]].tolist())

    def edges(self) -> Ints:
        """Return the edge of each entry of `blocker`."""
        return np.repeat(np.arange(len(self), dtype=np.int64), np.diff(self.first))

    def is_blocked(self) -> Flags:
        """Say for each edge whether anything blocks it at all."""
        return np.diff(self.first) > 0

    def opens_on_day(self, released_on_day: Floats) -> Floats:
        """Return the day on which the last blocker of each edge is gone, 0 where none is.

        Args:
            released_on_day: Shape (n_blockers,); infinite where it never is.
        """
        days = np.zeros(len(self))
        np.maximum.at(days, self.edges(), released_on_day[self.blocker])
        return days

    def for_edges(self, origin: Ints) -> "EdgeBlockers":
        """Return the rows of a graph whose edge e is a part of this graph's edge origin[e]."""
        counts = np.diff(self.first)[origin]
        first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        within = np.arange(first[-1]) - np.repeat(first[:-1], counts)
        entries = np.repeat(self.first[origin], counts) + within
        return EdgeBlockers(first, self.blocker[entries], n_blockers=self.n_blockers)


def segment_lengths_m(lon: Floats, lat: Floats) -> Floats:
    """Return the length of the geodesic from each vertex to the next, in metres."""
    _, _, lengths = _WGS84.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])
    return np.asarray(lengths, dtype=np.float64)


def _within(indices: Ints, count: int) -> bool:
    return bool(np.all((indices >= 0) & (indices < count)))
