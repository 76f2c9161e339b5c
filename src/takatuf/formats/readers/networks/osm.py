"""Read roads from OpenStreetMap: a PBF or XML file to a street graph.

Ways meet at the nodes that they share; a node with a barrier that stops vehicles ends the
ways on either side of it. Read by osmium, the extra `roads`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import numpy as np

from takatuf.city.streets.classes import RoadRules
from takatuf.city.streets.noding import RoadLine
from takatuf.formats.readers.networks.features import no_shape, unreadable
from takatuf.formats.readers.networks.road_words import Road, first_of_each, read_road
from takatuf.formats.readers.networks.roads import (
    LEAST_VERTICES,
    ReadRoads,
    graph_or_refusal,
    road_line,
)
from takatuf.vocabulary.errors import Problem, UnavailableError

_EXPECTED = "OpenStreetMap data, as PBF or XML"
_PBF_MARK = b"OSMHeader"
_PBF_HEADER_BYTES = 64


@dataclass(slots=True)
class _Found:
    """What has been read so far."""

    closed: set[int] = field(default_factory=set)
    lines: list[RoadLine] = field(default_factory=list)
    roads: list[Road] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def is_pbf(content: bytes) -> bool:
    """Say whether a file begins as OpenStreetMap's PBF does."""
    return _PBF_MARK in content[:_PBF_HEADER_BYTES]


def read_osm(content: bytes, name: str, rules: RoadRules) -> ReadRoads:
    """Return the streets of a file.

    Raises:
        InputError: It is no such file, or has no road; all problems are listed.
        UnavailableError: The extra `roads` is not installed.
    """
    found, osmium = _Found(), _library()
    try:
        for item in _items(osmium, content):
            if item.is_node():
                if item.tags.get("barrier") in rules.closed_by_barrier:
                    found.closed.add(item.id)
            elif item.is_way() and "highway" in item.tags:
                _add_way(item, f"{name}, way {item.id}", rules, found)
    except (RuntimeError, ValueError, osmium.InvalidLocationError) as error:
        raise unreadable(name, str(error), _EXPECTED) from None
    found.problems += first_of_each(problem for road in found.roads for problem in road.problems)
    return ReadRoads(
        graph=graph_or_refusal(found.lines, name, found.problems, frozenset(found.closed)),
        problems=tuple(found.problems),
        n_features=len(found.roads),
        n_closed=sum(road.is_closed for road in found.roads),
        n_class_assumed=sum(road.is_class_assumed and not road.is_closed for road in found.roads),
    )


def _library() -> ModuleType:
    try:
        import osmium  # noqa: PLC0415 - an extra
    except ImportError:
        raise UnavailableError("OpenStreetMap files need osmium: install takatuf[roads].") from None
    return osmium


def _items(osmium: ModuleType, content: bytes) -> Iterator[Any]:
    source = osmium.io.FileBuffer(content, "pbf" if is_pbf(content) else "osm")
    return iter(
        osmium.FileProcessor(source)
        .with_locations()
        .with_filter(osmium.filter.KeyFilter("highway", "barrier"))
    )


def _add_way(way: Any, where: str, rules: RoadRules, found: _Found) -> None:  # noqa: ANN401 - untyped
    tags = {tag.k: tag.v for tag in way.tags}
    road = read_road(tags, where, rules)
    found.roads.append(road)
    if road.is_closed or tags.get("area") == "yes":
        return
    nodes = [(n.ref, n.location.lon, n.location.lat) for n in way.nodes if n.location.valid()]
    n_missing = len(way.nodes) - len(nodes)
    if n_missing:
        found.problems.append(_without_nodes(where, n_missing))
    elif len({ref for ref, _, _ in nodes}) < LEAST_VERTICES:
        found.problems.append(no_shape(where, f"{len(nodes)} nodes", "two nodes or more"))
    else:
        table = np.array([(lon, lat) for _, lon, lat in nodes], dtype=np.float64)
        refs = np.array([ref for ref, _, _ in nodes], dtype=np.int64)
        found.lines.append(road_line(str(way.id), road, table, refs))


def _without_nodes(where: str, n_missing: int) -> Problem:
    return Problem(
        code="network.way-without-nodes",
        where=where,
        found=f"{n_missing} nodes that are not in the file",
        expected="every node of the way",
        hint="The file was cut without completing its ways; the way was left out.",
    )
