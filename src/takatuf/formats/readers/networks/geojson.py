"""Read a GeoJSON file: bytes to features.

The format says WGS 84; an older member `crs` that names another projection is believed.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import shapely
from shapely.geometry import shape as shape_of

from takatuf.formats.readers.networks.features import (
    Feature,
    Layer,
    broken_shape,
    in_degrees,
    unreadable,
)
from takatuf.vocabulary.errors import Problem

_EXPECTED = "a GeoJSON FeatureCollection"
_BAD_SHAPE = (
    AttributeError,
    IndexError,
    KeyError,
    TypeError,
    ValueError,
    shapely.errors.ShapelyError,
)


def read_geojson(content: bytes, name: str) -> Layer:
    """Return the features of a file.

    Raises:
        InputError: It is no GeoJSON, or none of it is on the globe.
    """
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise unreadable(name, str(error), _EXPECTED) from None
    found = document.get("features") if isinstance(document, dict) else None
    if not isinstance(found, list):
        raise unreadable(name, str(document), _EXPECTED)
    read = list(_features(found, name))
    features = [item for item in read if isinstance(item, Feature)]
    problems = tuple(item for item in read if isinstance(item, Problem))
    layer = in_degrees(features, _crs_of(document), name)
    return Layer(layer.features, (*problems, *layer.problems))


def _crs_of(document: Mapping[str, Any]) -> str:
    crs = document.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    return str(properties.get("name", "")) if isinstance(properties, dict) else ""


def _features(found: list[Any], name: str) -> Iterator[Feature | Problem]:
    for number, item in enumerate(found, start=1):
        where = f"{name}, feature {number}"
        geometry = item.get("geometry") if isinstance(item, dict) else None
        try:
            shape = shape_of(geometry)
        except _BAD_SHAPE:
            yield broken_shape(where, geometry)
            continue
        properties = item.get("properties")
        known = properties if isinstance(properties, dict) else {}
        yield Feature(where, str(item.get("id", number)), shape, known)
