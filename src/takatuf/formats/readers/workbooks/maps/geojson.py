"""GeoJSON as a table: the properties of each feature, and the place of its geometry."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely
import shapely.errors
import shapely.geometry

from takatuf.formats.readers.workbooks.book import Limits
from takatuf.formats.readers.workbooks.grids import Grid
from takatuf.formats.readers.workbooks.json_tables import Json, grid_of
from takatuf.formats.readers.workbooks.maps.centres import (
    centres_of,
    place_columns,
    too_many_points,
)
from takatuf.vocabulary.errors import Problem

_MAX_LEVELS = 6  # of a geometry's coordinates
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, shapely.errors.ShapelyError)


def is_geojson(held: Json) -> bool:
    """Whether JSON is a collection of features."""
    return (
        isinstance(held, dict)
        and held.get("type") == "FeatureCollection"
        and isinstance(held.get("features"), list)
    )


def refuse_points(text: str, name: str, limits: Limits) -> None:
    """Return if a GeoJSON text cannot hold more points than the limits allow.

    Raises:
        InputError: It can.
    """
    n_points = text.count("[")  # each point is a list of its own
    if n_points > limits.max_points:
        raise too_many_points(name, n_points, limits)


def read_geojson(held: Mapping[str, Json], name: str, limits: Limits) -> tuple[Grid, list[Problem]]:
    """Return the features as a grid, and the problems of geometries that have no place.

    Raises:
        InputError: It has more cells than the limits allow.
    """
    features = [feature if isinstance(feature, dict) else {} for feature in held["features"]]
    shapes = np.empty(len(features), dtype=object)
    broken = []
    for number, feature in enumerate(features):
        shapes[number], is_broken = _shape(feature.get("geometry"))
        broken += [number + 1] if is_broken else []
    columns, problems = place_columns(centres_of(shapes), _crs(held), name)
    rows = [_row(feature) for feature in features]
    for column in columns:
        header, *places = column
        for row, place in zip(rows, places, strict=True):
            row[_free(str(header), row)] = place
    if broken:
        problems.append(_without_place(name, broken))
    return grid_of(rows, "", name, limits), problems


def _row(feature: Mapping[str, Json]) -> dict[str, Json]:
    properties = feature.get("properties")
    row = dict(properties) if isinstance(properties, dict) else {}
    if "id" in feature and "id" not in row:
        row = {"id": feature["id"], **row}
    return row


def _free(header: str, row: Mapping[str, Json]) -> str:
    return header if header not in row else f"{header} of the geometry"


def _shape(geometry: Any) -> tuple[shapely.Geometry | None, bool]:  # noqa: ANN401 - as it was sent
    if geometry is None:
        return None, False
    try:
        return shapely.geometry.shape(_in_numbers(geometry)), False
    except (*_BROKEN, RecursionError):
        return None, True


def _in_numbers(geometry: Mapping[str, Any]) -> dict[str, Any]:
    if geometry["type"] == "GeometryCollection":
        return {
            "type": geometry["type"],
            "geometries": [_in_numbers(g) for g in geometry["geometries"]],
        }
    return {"type": geometry["type"], "coordinates": _numbers(geometry["coordinates"], 0)}


def _numbers(part: Any, level: int) -> Any:  # noqa: ANN401 - lists of lists of numbers
    if isinstance(part, list) and level < _MAX_LEVELS:
        return [_numbers(inner, level + 1) for inner in part]
    return float(part)


def _crs(held: Mapping[str, Json]) -> str:
    crs = held.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) and "CRS84" not in name and "4326" not in name else ""


def _without_place(name: str, features: Sequence[int]) -> Problem:
    return Problem(
        code="workbook.broken-geometry",
        where=f"{name}, feature {features[0]}",
        found=f"{len(features):,} geometries that are broken",
        expected="a point, a line or an outline",
        hint="The rows are read without a place.",
    )
