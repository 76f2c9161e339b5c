"""Read a layer of a GeoPackage: bytes to features, in the projection that the layer names.

The file is opened by GDAL (through pyogrio, the extra `roads`) from a temporary copy that is
gone when the reading ends; nothing but a SQLite file is handed to it.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import shapely

from takatuf.formats.readers.networks.features import (
    Feature,
    Layer,
    broken_shape,
    in_degrees,
    unreadable,
)
from takatuf.vocabulary.errors import InputError, Problem, UnavailableError, cut

_EXPECTED = "a GeoPackage"
_BEGINNING = b"SQLite format 3\x00"


def read_geopackage(content: bytes, name: str, layer: str = "") -> Layer:
    """Return the features of one layer.

    Args:
        content: The file's bytes.
        name: What the sender calls the file.
        layer: Which layer; "" where the file has only one.

    Raises:
        InputError: It is no GeoPackage, has no such layer, or is nowhere on the globe.
        UnavailableError: The extra `roads` is not installed.
    """
    if not content.startswith(_BEGINNING):
        raise unreadable(name, repr(content[:20]), _EXPECTED)
    try:
        from pyogrio import list_layers, raw  # noqa: PLC0415 - an extra
    except ImportError:
        raise UnavailableError("GeoPackages need pyogrio: install takatuf[roads].") from None
    with TemporaryDirectory() as folder:
        path = Path(folder) / "layer.gpkg"
        path.write_bytes(content)
        try:
            layers = [str(known) for known, kind in list_layers(path) if kind is not None]
            read = raw.read(path, layer=_chosen(layers, layer, name), return_fids=True)
        except RuntimeError as error:
            raise unreadable(name, str(error), _EXPECTED) from None
    return _layer_of(read, name)


def _chosen(layers: list[str], asked: str, name: str) -> str:
    if asked in layers:
        return asked
    if not asked and len(layers) == 1:
        return layers[0]
    problem = Problem(
        code="network.no-layer",
        where=name,
        found=cut(asked) or f"{len(layers)} layers and none named",
        expected=cut(f"one of the layers {', '.join(layers)}"),
    )
    raise InputError([problem])


def _layer_of(read: tuple[dict[str, Any], Any, Any, Any], name: str) -> Layer:
    meta, ids, shapes_wkb, columns = read
    shapes = shapely.from_wkb(shapes_wkb, on_invalid="ignore")
    is_there = ~shapely.is_missing(shapes)
    wheres = [f"{name}, feature {number}" for number in ids.tolist()]
    problems = tuple(
        broken_shape(where, "none")
        for where, there in zip(wheres, is_there, strict=True)
        if not there
    )
    names = [str(field) for field in meta["fields"]]
    features = [
        Feature(
            wheres[row],
            str(ids[row]),
            shapes[row],
            {field: column[row] for field, column in zip(names, columns, strict=True)},
        )
        for row in np.flatnonzero(is_there).tolist()
    ]
    layer = in_degrees(features, str(meta["crs"] or ""), name)
    return Layer(layer.features, (*problems, *layer.problems))
