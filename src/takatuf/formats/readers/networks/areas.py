"""Hazards, debris and craters from a map layer: features to blockages of streets."""

from collections.abc import Iterator
from dataclasses import dataclass

import shapely

from takatuf.city.streets.overlay import Blockage
from takatuf.formats.readers.networks.features import Feature, Layer
from takatuf.vocabulary.errors import Problem, cut


@dataclass(frozen=True, slots=True)
class ReadAreas:
    """The blockages of a layer, and what was wrong with it."""

    blockages: tuple[Blockage, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaColumns:
    """Which properties say what a feature is called and how far it reaches."""

    id: str = "id"
    radius_m: str = "radius_m"


def read_areas(layer: Layer, columns: AreaColumns, radius_m: float) -> ReadAreas:
    """Return a layer's features as blockages.

    An area whose outline crosses itself is mended, with a problem that says so: all parts
    that its outline goes round count.

    Args:
        layer: Points, lines or areas.
        columns: What the properties are called.
        radius_m: How far a point reaches that says no radius of its own, in metres.
    """
    blockages: list[Blockage] = []
    problems = list(layer.problems)
    for feature in layer.features:
        is_area = "Polygon" in feature.shape.geom_type
        radius, refusals = _radius(feature, columns, 0.0 if is_area else radius_m)
        problems += refusals
        shape = feature.shape
        if not shape.is_valid:
            problems.append(_mended(feature))
            shape = _mended_shape(shape)
        named = feature.properties.get(columns.id)
        identity = feature.id if named is None else str(named)
        blockages.append(Blockage(identity, shape, radius))
    return ReadAreas(tuple(blockages), tuple(problems))


def _radius(feature: Feature, columns: AreaColumns, unsaid_m: float) -> tuple[float, list[Problem]]:
    said = feature.properties.get(columns.radius_m)
    if said is None:
        return unsaid_m, []
    try:
        radius_m = float(str(said))
    except ValueError:
        radius_m = -1.0
    if 0 <= radius_m < float("inf"):
        return radius_m, []
    return unsaid_m, list(_refused(feature.where, str(said), unsaid_m))


def _refused(where: str, said: str, unsaid_m: float) -> Iterator[Problem]:
    yield Problem(
        code="network.not-a-radius",
        where=where,
        found=cut(said),
        expected="metres, 0 or more",
        hint=f"{unsaid_m:g} m were taken.",
    )


def _mended_shape(shape: shapely.Geometry) -> shapely.Geometry:
    try:
        return shapely.make_valid(shape, method="structure")
    except shapely.errors.GEOSException:  # beyond mending: all within its corners
        return shape.convex_hull


def _mended(feature: Feature) -> Problem:
    return Problem(
        code="network.area-mended",
        where=feature.where,
        found=cut(shapely.is_valid_reason(feature.shape)),
        expected="an outline that does not cross itself",
        hint="All parts that the outline goes round are taken.",
    )
