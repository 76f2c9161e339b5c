"""A GeoPackage as tables: each layer read from memory, as data; nothing in it is run.

Views, triggers and virtual tables are left alone, and a query that goes on too long is ended.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import numpy as np
import shapely
from numpy.typing import NDArray

from takatuf.formats.readers.workbooks.book import Limits
from takatuf.formats.readers.workbooks.grids import Grid
from takatuf.formats.readers.workbooks.json_tables import grid_of
from takatuf.formats.readers.workbooks.maps.centres import (
    centres_of,
    place_columns,
    too_many_points,
)
from takatuf.formats.readers.workbooks.refusals import broken, refused, too_many_cells
from takatuf.formats.readers.workbooks.xlsx.styles import number_text
from takatuf.vocabulary.errors import Problem

_MAX_STEPS = 20_000  # of 100,000 instructions each
_STEP = 100_000
_NO_LOG = b"\x01\x01"  # how changes are kept: in the file, whatever it was when it was copied
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
_HEADER = b"GP"
_HEADER_BYTES = 8
_ENVELOPE_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}


def read_geopackage(
    content: bytes, name: str, limits: Limits
) -> Iterator[tuple[Grid, list[Problem]]]:
    """Give each layer as a grid.

    Raises:
        InputError: It is broken, has no layer, or more cells or points than the limits allow.
    """
    try:
        with closing(sqlite3.connect(":memory:")) as file:
            file.deserialize(content[:18] + _NO_LOG + content[20:])
            _restrain(file)
            yield from _layers(file, name, limits)
    except (sqlite3.Error, OverflowError, UnicodeDecodeError) as error:
        raise broken(name, f"a damaged GeoPackage ({error})", "a whole GeoPackage") from None


def _restrain(file: sqlite3.Connection) -> None:
    steps = iter(range(_MAX_STEPS))
    file.set_progress_handler(lambda: next(steps, None) is None, _STEP)
    file.execute("PRAGMA trusted_schema = OFF")
    file.execute("PRAGMA cell_size_check = ON")
    file.execute("PRAGMA query_only = ON")


def _layers(
    file: sqlite3.Connection, name: str, limits: Limits
) -> Iterator[tuple[Grid, list[Problem]]]:
    tables = {str(row[0]) for row in file.execute(_TABLES)}
    if "gpkg_contents" not in tables:
        raise refused("workbook.not-a-workbook", name, "a database", "a GeoPackage with layers")
    listed = file.execute(
        "SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes')"
    ).fetchall()
    layers = [str(row[0]) for row in listed if str(row[0]) in tables]
    if not layers:
        raise refused(
            "workbook.no-table", name, "a GeoPackage without a layer", "one layer or more"
        )
    for layer in layers:
        yield _layer(file, layer, name, limits)


def _layer(
    file: sqlite3.Connection, layer: str, name: str, limits: Limits
) -> tuple[Grid, list[Problem]]:
    where = f"{name}, layer {layer}"
    quoted = '"' + layer.replace('"', '""') + '"'
    cursor = file.execute(f"SELECT * FROM {quoted}")  # noqa: S608 - a table of the file, quoted
    names = [str(column[0]) for column in cursor.description]
    geometry, crs = _geometry(file, layer)
    most = limits.max_cells // max(len(names), 1)
    rows = cursor.fetchmany(most + 1)
    if len(rows) > most:
        raise too_many_cells(where, f"over {most:,} rows", limits.max_cells)
    places = [n for n, column in enumerate(names) if column == geometry]
    at = places[0] if places else -1
    lines: list[list[str | None]] = [[column for n, column in enumerate(names) if n != at]]
    lines += [[_text(cell) for n, cell in enumerate(row) if n != at] for row in rows]
    problems: list[Problem] = []
    if at >= 0:
        shapes = _shapes([row[at] for row in rows])
        n_points = int(shapely.get_num_coordinates(shapes).sum())
        if n_points > limits.max_points:
            raise too_many_points(where, n_points, limits)
        columns, problems = place_columns(centres_of(shapes), crs, where)
        lines = [[*line, *cells] for line, *cells in zip(lines, *columns, strict=True)]
    return grid_of(lines, layer, where, limits), problems


def _geometry(file: sqlite3.Connection, layer: str) -> tuple[str, str]:
    """Return the name of the column of geometries, and their coordinates."""
    try:
        found = file.execute(
            "SELECT g.column_name, s.organization, s.organization_coordsys_id, s.definition"
            " FROM gpkg_geometry_columns g LEFT JOIN gpkg_spatial_ref_sys s USING (srs_id)"
            " WHERE g.table_name = ?",
            (layer,),
        ).fetchone()
    except sqlite3.OperationalError:
        return "", ""
    if found is None:
        return "", ""
    column, organisation, code, definition = found
    is_coded = (
        isinstance(organisation, str) and organisation.isalpha() and organisation.lower() != "none"
    )
    return str(column), f"{organisation.upper()}:{code}" if is_coded else str(definition or "")


def _shapes(blobs: list[object]) -> NDArray[np.object_]:
    wkb = np.array([_wkb(blob) for blob in blobs], dtype=object)
    shapes: NDArray[np.object_] = shapely.from_wkb(wkb, on_invalid="ignore")
    return shapes


def _wkb(blob: object) -> bytes | None:
    if not isinstance(blob, bytes) or blob[:2] != _HEADER or len(blob) < _HEADER_BYTES:
        return None
    envelope = _ENVELOPE_BYTES.get(blob[3] >> 1 & 7)
    return None if envelope is None else blob[_HEADER_BYTES + envelope :]


def _text(cell: object) -> str | None:
    if cell is None or isinstance(cell, bytes):
        return None
    return number_text(repr(cell)) if isinstance(cell, float) else str(cell)
