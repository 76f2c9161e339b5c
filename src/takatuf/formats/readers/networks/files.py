"""Read a network file of any of the formats, told apart by how it begins."""

from takatuf.city.streets.classes import RoadRules
from takatuf.formats.readers.networks.features import Layer, unreadable
from takatuf.formats.readers.networks.geojson import read_geojson
from takatuf.formats.readers.networks.geopackage import read_geopackage
from takatuf.formats.readers.networks.osm import is_pbf, read_osm
from takatuf.formats.readers.networks.roads import ReadRoads, read_roads

_SQLITE = b"SQLite format 3"


def read_street_file(content: bytes, name: str, rules: RoadRules, layer: str = "") -> ReadRoads:
    """Return the streets of an OpenStreetMap, GeoJSON or GeoPackage file.

    Args:
        content: The file's bytes.
        name: What the sender calls the file.
        rules: Classes, speeds and words.
        layer: Of a GeoPackage; "" where it has only one.

    Raises:
        InputError: The file is none of these, or has no road.
        UnavailableError: Its format needs the extra `roads`.
    """
    if is_pbf(content) or content.lstrip().startswith(b"<"):
        return read_osm(content, name, rules)
    return read_roads(read_layer(content, name, layer), name, rules)


def read_layer(content: bytes, name: str, layer: str = "") -> Layer:
    """Return the features of a GeoJSON file, or of one layer of a GeoPackage.

    Raises:
        InputError: The file is neither, or its features are nowhere on the globe.
        UnavailableError: A GeoPackage needs the extra `roads`.
    """
    if content.startswith(_SQLITE):
        return read_geopackage(content, name, layer)
    if content.lstrip()[:1] == b"{":
        return read_geojson(content, name)
    raise unreadable(
        name, repr(content[:20]), "a map layer: OpenStreetMap PBF or XML, GeoJSON, or GeoPackage"
    )
