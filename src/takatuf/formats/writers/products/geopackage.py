"""The rows as a GeoPackage (OGC 12-128r19, version 1.4): one layer of points, and one of notes.

Only the tables that the standard requires, and the same bytes for the same content. A row
without a position stands in the layer without a geometry.
"""

import sqlite3
import struct
from contextlib import closing

import polars as pl

from takatuf.formats.writers.products.about import about_lines
from takatuf.formats.writers.products.content import Products
from takatuf.formats.writers.products.geojson import POSITION, with_places

LAYER = "activities"
NOTES = "about"
_APPLICATION_ID = 0x47504B47  # "GPKG"
_VERSION = 10_400
_WGS_84 = 4326
_POINT_HEADER = struct.pack("<2sBBi", b"GP", 0, 1, _WGS_84)  # little endian, no envelope
_WKB_POINT = struct.pack("<BI", 1, 1)
_DEFINITION = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,'
    'AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'
)
_REFERENCE_SYSTEMS = (
    ("Undefined Cartesian", -1, "NONE", -1, "undefined", "undefined Cartesian"),
    ("Undefined geographic", 0, "NONE", 0, "undefined", "undefined geographic"),
    ("WGS 84 geodetic", _WGS_84, "EPSG", _WGS_84, _DEFINITION, "longitude/latitude"),
)
_REQUIRED_TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
"""


def write_geopackage(products: Products, language: str = "en") -> bytes:
    """Return a GeoPackage with the layer `activities` and the table `about`."""
    frame = with_places(products)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {_VERSION}")
        database.executescript("BEGIN;" + _REQUIRED_TABLES)
        database.executemany(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?,?)", _REFERENCE_SYSTEMS
        )
        _put_layer(database, products, frame)
        _put_notes(database, products, language)
        database.execute("COMMIT")
        return database.serialize()


def _put_layer(database: sqlite3.Connection, products: Products, frame: pl.DataFrame) -> None:
    words = [word for word in frame.columns if word not in POSITION]
    kinds = ["DOUBLE" if frame.schema[word].is_numeric() else "TEXT" for word in words]
    fields = ", ".join(f'"{word}" {kind}' for word, kind in zip(words, kinds, strict=True))
    database.execute(
        f"CREATE TABLE {LAYER} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
        f"geom POINT{', ' if fields else ''}{fields})"
    )
    _put_contents(database, products, (LAYER, "features", products.title), _box(frame))
    database.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'POINT', ?, 0, 0)", (LAYER, _WGS_84)
    )
    places = ",".join(["?"] * (len(words) + 2))
    rows = zip(
        range(1, len(frame) + 1),
        (_point(lon, lat) for lon, lat in frame.select("lon", "lat").iter_rows()),
        frame.select(words).iter_rows(),
        strict=True,
    )
    database.executemany(
        f"INSERT INTO {LAYER} VALUES ({places})",  # noqa: S608 - our own words of columns
        ((number, point, *values) for number, point, values in rows),
    )


def _put_notes(database: sqlite3.Connection, products: Products, language: str) -> None:
    database.execute(
        f"CREATE TABLE {NOTES} "
        "(fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, what TEXT, text TEXT)"
    )
    _put_contents(database, products, (NOTES, "attributes", NOTES), (None,) * 4)
    lines = [*about_lines(products, language), *(("-", note) for note in products.not_included)]
    database.executemany(f"INSERT INTO {NOTES} (what, text) VALUES (?, ?)", lines)  # noqa: S608


def _put_contents(
    database: sqlite3.Connection,
    products: Products,
    named: tuple[str, str, str],
    box: tuple[float | None, ...],
) -> None:
    changed = f"{products.as_of.isoformat()}T00:00:00.000Z"
    system = _WGS_84 if named[1] == "features" else None
    database.execute(
        "INSERT INTO gpkg_contents VALUES (?,?,?,?,?,?,?,?,?,?)",
        (*named, products.licence, changed, *box, system),
    )


def _box(frame: pl.DataFrame) -> tuple[float | None, ...]:
    placed = frame.drop_nulls(POSITION)
    return placed.select(
        west=pl.col("lon").min(),
        south=pl.col("lat").min(),
        east=pl.col("lon").max(),
        north=pl.col("lat").max(),
    ).row(0)


def _point(lon: float | None, lat: float | None) -> bytes | None:
    if lon is None or lat is None:
        return None
    return _POINT_HEADER + _WKB_POINT + struct.pack("<dd", lon, lat)
