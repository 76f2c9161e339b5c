"""Read JSON and map layers into grids: each list or layer one sheet."""

from collections.abc import Iterator

from takatuf.formats.readers.workbooks.archive import Archive
from takatuf.formats.readers.workbooks.book import FileKind, Limits
from takatuf.formats.readers.workbooks.encodings import decoded
from takatuf.formats.readers.workbooks.grids import Grid
from takatuf.formats.readers.workbooks.json_tables import parsed_json, read_json
from takatuf.formats.readers.workbooks.kinds import SHAPE
from takatuf.formats.readers.workbooks.maps.geojson import is_geojson, read_geojson, refuse_points
from takatuf.formats.readers.workbooks.maps.geopackage import read_geopackage
from takatuf.formats.readers.workbooks.maps.shapefile import read_layer, read_shapefile
from takatuf.formats.readers.workbooks.refusals import refused
from takatuf.vocabulary.errors import Problem

Layers = Iterator[tuple[FileKind, Grid, list[Problem]]]


def read_features(
    content: bytes, kind: FileKind, name: str, encoding: str, limits: Limits
) -> Layers:
    """Give each table of a JSON text or a map layer, with what it turned out to be.

    Raises:
        InputError: It is broken, or asks for more than the limits.
    """
    if kind is FileKind.JSON:
        try:
            yield from _json(content, name, encoding, limits)
        except RecursionError:
            expected = "a table: a list of objects or of lists"
            raise refused("workbook.too-deep", name, "lists in lists in lists", expected) from None
    elif kind is FileKind.GEOPACKAGE:
        for grid, problems in read_geopackage(content, name, limits):
            yield kind, grid, problems
    elif content.startswith(SHAPE):
        grid, problems = read_layer({".shp": content}, name, "", limits)
        yield kind, grid, problems
    else:
        for grid, problems in read_shapefile(Archive(content, name, limits), name, limits):
            yield kind, grid, problems


def _json(content: bytes, name: str, encoding: str, limits: Limits) -> Layers:
    text = decoded(content, name, encoding).text
    if '"FeatureCollection"' in text[:10_000] or '"coordinates"' in text[:10_000]:
        refuse_points(text, name, limits)
    held = parsed_json(text, name, limits)
    if is_geojson(held):
        yield FileKind.GEOJSON, *read_geojson(held, name, limits)
        return
    for grid in read_json(held, name, limits):
        yield FileKind.JSON, grid, []
