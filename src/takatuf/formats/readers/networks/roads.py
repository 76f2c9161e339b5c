"""Roads from a map layer: line features to a street graph.

Lines meet where they share a vertex. A layer in which lines cross without a shared vertex
has no junction there, as on an overpass.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import shapely

from takatuf.city.streets.classes import RoadRules
from takatuf.city.streets.graph import Floats, Ints, StreetGraph
from takatuf.city.streets.noding import RoadLine, graph_of, vertices_of
from takatuf.formats.readers.networks.features import Feature, Layer, no_shape
from takatuf.formats.readers.networks.road_words import COLUMNS, Road, first_of_each, read_road
from takatuf.vocabulary.errors import InputError, Problem

LEAST_VERTICES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRoads:
    """A street graph, and what became of the features that are not in it."""

    graph: StreetGraph
    problems: tuple[Problem, ...]
    n_features: int
    n_closed: int  # no vehicle may use them: paths, steps, roads closed to all
    n_class_assumed: int  # lines that say no class, or one that the rules do not know


def read_roads(
    layer: Layer,
    name: str,
    rules: RoadRules,
    columns: Mapping[str, tuple[str, ...]] = COLUMNS,
) -> ReadRoads:
    """Return the street graph of a layer's lines.

    Args:
        layer: The features; those that are no lines are problems.
        name: What the sender calls the file.
        rules: Classes, speeds and words.
        columns: Which properties to look at, for each key of `COLUMNS`.

    Raises:
        InputError: No feature is a road; all problems are listed.
    """
    known = {**COLUMNS, **columns}
    problems = list(layer.problems)
    lines: list[RoadLine] = []
    roads: list[Road] = []
    for feature in layer.features:
        parts = list(_parts(feature))
        if not parts:
            found = f"{feature.shape.geom_type} {feature.shape.wkt}"
            problems.append(no_shape(feature.where, found, "a line of two places or more"))
            continue
        road = read_road(feature.properties, feature.where, rules, known)
        roads.append(road)
        if not road.is_closed:
            lines += [road_line(_id_of(feature, known), road, part) for part in parts]
    problems += first_of_each(problem for road in roads for problem in road.problems)
    return ReadRoads(
        graph=graph_or_refusal(lines, name, problems),
        problems=tuple(problems),
        n_features=len(layer.features) + len(layer.problems),
        n_closed=sum(road.is_closed for road in roads),
        n_class_assumed=sum(road.is_class_assumed and not road.is_closed for road in roads),
    )


def graph_or_refusal(
    lines: list[RoadLine], name: str, problems: list[Problem], closed: frozenset[int] = frozenset()
) -> StreetGraph:
    """Return the graph of lines.

    Raises:
        InputError: There is no edge; the problems say why not.
    """
    graph = graph_of(lines, closed)
    if not graph.n_edges:
        problem = Problem(
            code="network.no-roads",
            where=name,
            found="no road that a vehicle may use",
            expected="lines with a road class, in WGS 84 or a projection that is named",
        )
        raise InputError([problem, *problems])
    return graph


def road_line(
    source_id: str,
    road: Road,
    degrees: Floats,
    vertices: Ints | None = None,
) -> RoadLine:
    """Return a line with what is known of its road; vertices by place where none are given."""
    lon, lat = degrees[:, 0], degrees[:, 1]
    return RoadLine(
        source_id=source_id,
        road_class=road.road_class,
        lon=lon,
        lat=lat,
        vertices=vertices_of(lon, lat) if vertices is None else vertices,
        direction=road.direction,
        is_bridge=road.is_bridge,
        speed_km_per_h=road.speed_km_per_h,
        max_mass_t=road.max_mass_t,
    )


def _parts(feature: Feature) -> Iterator[Floats]:
    shape = feature.shape
    if shape.geom_type not in {"LineString", "MultiLineString"}:
        return
    for part in [shape] if shape.geom_type == "LineString" else shape.geoms:
        degrees: Floats = shapely.get_coordinates(part)
        if (degrees != degrees[0]).any():
            yield degrees


def _id_of(feature: Feature, columns: Mapping[str, tuple[str, ...]]) -> str:
    named = (feature.properties.get(name) for name in columns["id"])
    return str(next((value for value in named if value is not None), feature.id))
