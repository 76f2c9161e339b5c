"""Features of a map layer: a shape in degrees, its properties, and where its sender finds it.

Whatever format they come from, shapes are in WGS 84 when they leave here, longitude first;
what cannot be brought there is a problem and costs no other feature.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from takatuf.vocabulary.errors import InputError, Problem, cut

WGS84 = "OGC:CRS84"
_FARTHEST = np.array([180.0, 90.0])


@dataclass(frozen=True, slots=True, eq=False)
class Feature:
    """One feature that has a shape."""

    where: str  # "roads.geojson, feature 14": the first is 1
    id: str
    shape: shapely.Geometry
    properties: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Layer:
    """The features that can be used, and a problem for each that cannot."""

    features: tuple[Feature, ...]
    problems: tuple[Problem, ...]


def in_degrees(features: Sequence[Feature], crs: str, name: str) -> Layer:
    """Return features as WGS 84, those that are nowhere on the globe as problems.

    Args:
        features: In the projection named.
        crs: As the file names it; "" where it names none, and WGS 84 is tried.
        name: What the sender calls the file.

    Raises:
        InputError: No feature is on the globe, or the projection is not known.
    """
    features, broken = _whole(features)
    shapes = np.array([feature.shape for feature in features], dtype=object)
    shapes = _projected(shapely.force_2d(shapes), crs, name)
    is_there = _is_on_the_globe(shapes)
    lost = [
        _wrong_projection(feature.where, shape, crs)
        for feature, shape, there in zip(features, shapes, is_there, strict=True)
        if not there
    ]
    if lost and not is_there.any():
        raise InputError(lost[:1])
    kept = tuple(
        Feature(feature.where, feature.id, shape, feature.properties)
        for feature, shape, there in zip(features, shapes, is_there, strict=True)
        if there
    )
    return Layer(kept, (*broken, *lost))


def unreadable(name: str, found: str, expected: str, hint: str = "") -> InputError:
    """Return the error for a file that is not what it should be."""
    problem = Problem(
        code="network.unreadable", where=name, found=cut(found), expected=expected, hint=hint
    )
    return InputError([problem])


def broken_shape(where: str, found: object) -> Problem:
    """Return the problem of a feature without a shape that has a place."""
    return no_shape(where, str(found), "a shape with finite coordinates")


def no_shape(where: str, found: str, expected: str) -> Problem:
    """Return the problem of a feature that has no shape, or not one of the kind asked for."""
    return Problem(code="network.no-shape", where=where, found=cut(found), expected=expected)


def _whole(features: Sequence[Feature]) -> tuple[list[Feature], list[Problem]]:
    """Return the features whose coordinates are all numbers, and problems for the others."""
    shapes = np.array([feature.shape for feature in features], dtype=object)
    at, of = shapely.get_coordinates(shapes, return_index=True)
    is_whole = np.bincount(of, minlength=len(features)) > 0
    is_whole[of[~np.isfinite(at).all(axis=1)]] = False
    pairs = list(zip(features, is_whole.tolist(), strict=True))
    broken = [broken_shape(each.where, each.shape.wkt) for each, whole in pairs if not whole]
    return [each for each, whole in pairs if whole], broken


def _projected(shapes: NDArray[np.object_], crs: str, name: str) -> NDArray[np.object_]:
    if not crs:
        return shapes
    try:
        given = CRS.from_user_input(crs)
    except CRSError:
        problem = Problem(
            code="network.wrong-projection",
            where=name,
            found=cut(crs),
            expected="a projection with an EPSG number, or WGS 84",
            hint="Save the layer in WGS 84 (EPSG:4326).",
        )
        raise InputError([problem]) from None
    transformer = Transformer.from_crs(given, WGS84, always_xy=True)
    projected: NDArray[np.object_] = shapely.transform(
        shapes, lambda at: np.column_stack(transformer.transform(at[:, 0], at[:, 1]))
    )
    return projected


def _is_on_the_globe(shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    bounds = shapely.bounds(shapes).reshape(-1, 2, 2)
    return np.asarray(np.all(np.abs(bounds) <= _FARTHEST, axis=(1, 2)))


def _wrong_projection(where: str, shape: shapely.Geometry, crs: str) -> Problem:
    x, y = shapely.get_coordinates(shape)[0].tolist()
    named = f" in {crs}" if crs else ", no projection named"
    return Problem(
        code="network.wrong-projection",
        where=where,
        found=cut(f"{x:g}, {y:g}{named}"),
        expected="longitude within 180 and latitude within 90 degrees",
        hint="If these are metres, save the layer in WGS 84 (EPSG:4326).",
    )
