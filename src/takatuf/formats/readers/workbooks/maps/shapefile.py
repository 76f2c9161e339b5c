"""A shapefile as a table, read by pyshp: zipped with its parts, or the outlines alone.

The columns are in the .dbf part, in the encoding that the .cpg part names, else in the one that
its words make. The index (.shx) is not needed: it says nothing that the outlines do not.
"""

import io
import struct
import warnings
from collections.abc import Iterator

import numpy as np
import shapefile
import shapely

from takatuf.formats.readers.workbooks.archive import Archive
from takatuf.formats.readers.workbooks.book import Limits
from takatuf.formats.readers.workbooks.encodings import decoded
from takatuf.formats.readers.workbooks.grids import Grid
from takatuf.formats.readers.workbooks.json_tables import grid_of
from takatuf.formats.readers.workbooks.maps.centres import (
    centres_of,
    place_columns,
    too_many_points,
)
from takatuf.formats.readers.workbooks.refusals import broken, too_many_cells
from takatuf.formats.readers.workbooks.xlsx.styles import number_text
from takatuf.vocabulary.errors import Problem

_DAMAGE = (
    shapefile.ShapefileException, shapely.GEOSException, struct.error, ArithmeticError,
    AssertionError, LookupError, MemoryError, TypeError, ValueError,
)  # fmt: skip
_POINTS = (shapefile.POINT, shapefile.POINTZ, shapefile.POINTM)
_MULTIPOINTS = (shapefile.MULTIPOINT, shapefile.MULTIPOINTZ, shapefile.MULTIPOINTM)
_LINES = (shapefile.POLYLINE, shapefile.POLYLINEZ, shapefile.POLYLINEM)
_OUTLINES = (shapefile.POLYGON, shapefile.POLYGONZ, shapefile.POLYGONM)
_POINT_BYTES = 16
_HEAD_BYTES = 32  # of the columns; what follows are texts
_LEAST_RECORD_BYTES = 4
_LEAST_OF_A_LINE, _LEAST_OF_A_RING = 2, 3  # points
_CODE_PAGES = {
    "1252": "windows-1252",
    "1256": "windows-1256",
    "1251": "windows-1251",
    "utf8": "utf-8",
}

Line = list[str | None]
Rows = list[Line | None]  # None for one that was deleted


def read_shapefile(
    archive: Archive, name: str, limits: Limits
) -> Iterator[tuple[Grid, list[Problem]]]:
    """Give each layer of an archive as a grid.

    Raises:
        InputError: A part is broken, or has more points or cells than the limits allow.
    """
    by_lower = {entry.lower(): entry for entry in archive.names}
    for lower in sorted(entry for entry in by_lower if entry.endswith(".shp")):
        stem = lower.removesuffix(".shp")
        parts = {
            ending: archive.read(by_lower[stem + ending])
            for ending in (".shp", ".dbf", ".prj", ".cpg")
            if stem + ending in by_lower
        }
        yield read_layer(parts, f"{name}, {by_lower[lower]}", stem.rsplit("/", 1)[-1], limits)


def read_layer(
    parts: dict[str, bytes], where: str, layer: str, limits: Limits
) -> tuple[Grid, list[Problem]]:
    """Return one layer as a grid.

    Args:
        parts: The content of its files, by their endings; ``.shp`` is there.
        where: What the sender calls it.
        layer: Its name, as that of a sheet.
        limits: What it may ask of this machine.
    """
    try:
        with warnings.catch_warnings(action="ignore"):  # a refusal says what is wrong
            shapes = _shapes(parts[".shp"], where, limits)
            header, rows = (
                _table(parts[".dbf"], parts.get(".cpg", b""), where, limits)
                if ".dbf" in parts
                else _no_table(len(shapes))
            )
    except _DAMAGE as error:
        said = str(error) or type(error).__name__
        raise broken(where, f"a damaged shapefile ({said})", "a whole shapefile") from None
    if len(rows) != len(shapes):
        found = f"{len(rows):,} rows and {len(shapes):,} geometries"
        raise broken(where, found, "a geometry for each row")
    kept = [n for n, row in enumerate(rows) if row is not None]
    centres = centres_of(np.array(shapes, dtype=object)[kept])
    columns, unknown = place_columns(
        centres, parts.get(".prj", b"").decode("utf-8", "replace"), where
    )
    lines = [header, *(row for row in rows if row is not None)]
    lines = [[*line, *cells] for line, *cells in zip(lines, *columns, strict=True)]
    problems = [] if ".dbf" in parts else [_without_columns(where)]
    return grid_of(lines, layer, where, limits), [*problems, *unknown]


def _without_columns(where: str) -> Problem:
    return Problem(
        code="workbook.no-attributes",
        where=where,
        found="outlines without their columns",
        expected="the parts .shp, .dbf and .prj in one zip file",
    )


def _shapes(content: bytes, where: str, limits: Limits) -> list[shapely.Geometry | None]:
    if len(content) // _POINT_BYTES > limits.max_points:
        raise too_many_points(where, len(content) // _POINT_BYTES, limits)
    with io.BytesIO(content) as held, shapefile.Reader(shp=held) as reader:
        records = reader.shp_reader
        for start, n_bytes, _ in records.headers_gen():
            if n_bytes < _LEAST_RECORD_BYTES or start + n_bytes > len(content):
                raise ValueError("a record that goes beyond the end")
        shapes = [_geometry(shape) for shape in records.iterShapes()]
        records.headers_cache.clear()  # the library keeps its readers to the end of the process
        return shapes


def _geometry(shape: shapefile.Shape) -> shapely.Geometry | None:
    points = np.array([point[:2] for point in shape.points], dtype=np.float64).reshape(-1, 2)
    if not len(points) or not np.isfinite(points).all():
        return None
    if shape.shapeType in _POINTS:
        return shapely.points(points[0])
    if shape.shapeType in _MULTIPOINTS:
        return shapely.multipoints(points)
    starts = np.array(shape.parts)
    if (np.diff(starts) <= 0).any():
        raise ValueError("parts that are out of order")
    parts = np.split(points, starts[1:])
    if shape.shapeType in _LINES:
        lines = [shapely.linestrings(part) for part in parts if len(part) >= _LEAST_OF_A_LINE]
        return shapely.multilinestrings(lines) if lines else None
    if shape.shapeType in _OUTLINES:
        rings = [shapely.linearrings(part) for part in parts if len(part) >= _LEAST_OF_A_RING]
        return _outline(rings) if rings else None
    return None


def _outline(rings: list[shapely.Geometry]) -> shapely.Geometry:
    """Return rings as outlines and holes, which run the other way round.

    All holes are given to the first outline: the centroid of the whole is the same.
    """
    are_holes = shapely.is_ccw(rings)
    if are_holes.all():  # drawn the wrong way round
        are_holes[:] = False
    outer = [ring for ring, is_hole in zip(rings, are_holes, strict=True) if not is_hole]
    holes = [ring for ring, is_hole in zip(rings, are_holes, strict=True) if is_hole]
    first = shapely.polygons(outer[0], holes or None)
    return shapely.multipolygons([first, *map(shapely.polygons, outer[1:])])


def _no_table(n_rows: int) -> tuple[Line, Rows]:
    return [], [[] for _ in range(n_rows)]


def _table(dbf: bytes, cpg: bytes, where: str, limits: Limits) -> tuple[Line, Rows]:
    encoding = _encoding(dbf, cpg, where)
    with (
        io.BytesIO(dbf) as held,
        shapefile.Reader(dbf=held, encoding=encoding, encodingErrors="replace") as reader,
    ):
        fields = list(reader.data_fields)
        if reader.numRecords > len(dbf):
            raise ValueError("rows that are not there")
        if reader.numRecords * max(len(fields), 1) > limits.max_cells:
            raise too_many_cells(where, f"{reader.numRecords:,} rows", limits.max_cells)
        # As texts: as numbers, pyshp cuts off decimals that the head of the column does not name.
        reader.fields[1:] = [
            field._replace(field_type="C") if field.field_type in "NF" else field
            for field in fields
        ]
        kinds = [field.field_type for field in fields]
        rows: Rows = [
            record and [_cell(v, kind) for v, kind in zip(record, kinds, strict=True)]
            for record in reader.iterRecords(deleted_as_None=True)
        ]
    return [_text(field.name) for field in fields], rows


def _encoding(dbf: bytes, cpg: bytes, where: str) -> str:
    said = (
        cpg.decode("ascii", "replace").strip().lower().replace("-", "").replace("ansi", "").strip()
    )
    known = _CODE_PAGES.get(said.removeprefix("cp").removeprefix("windows"))
    text = dbf[_HEAD_BYTES:].replace(b"\x00", b" ")
    return known or decoded(text, where).encoding


def _cell(value: object, kind: str) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    text = _text(str(value))  # a date is written as 2024-03-01
    if text is None or kind not in "NF":
        return text
    return None if text.startswith("*") else number_text(text)


def _text(raw: str) -> str | None:
    return raw.replace("\x00", "").strip(" ") or None
