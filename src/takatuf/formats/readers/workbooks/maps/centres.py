"""Where a geometry is, as two columns: latitude and longitude of its point or its centroid."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from takatuf.formats.readers.workbooks.book import Limits
from takatuf.formats.readers.workbooks.refusals import refused
from takatuf.formats.readers.workbooks.xlsx.styles import number_text
from takatuf.vocabulary.errors import InputError, Problem, cut

_WGS84 = "EPSG:4326"
_POINT = 0  # shapely's number of the type
_DIGITS = 7  # about a centimetre


def too_many_points(name: str, n_points: int, limits: Limits) -> InputError:
    """Return the error of a layer whose outlines are too fine to be read here."""
    found, most = f"{n_points:,} points", f"up to {limits.max_points:,} points"
    hint = "Send the table without its outlines, or outlines made simpler."
    return refused("workbook.too-many-points", name, found, most, hint)


@dataclass(frozen=True, slots=True)
class Centres:
    """The centre of each geometry, in the coordinates of its layer; not a number where none is."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    are_points: bool  # every geometry is a point: its centre is the place itself


def centres_of(shapes: NDArray[np.object_]) -> Centres:
    """Return the centres of geometries; None has none."""
    kinds = shapely.get_type_id(shapes[~shapely.is_missing(shapes)])
    with np.errstate(all="ignore"):
        centres = shapely.centroid(shapes)
    return Centres(shapely.get_x(centres), shapely.get_y(centres), bool((kinds == _POINT).all()))


def place_columns(
    centres: Centres, crs: str, name: str
) -> tuple[list[Sequence[str | None]], list[Problem]]:
    """Return the columns of places, each with its header first; none if nothing has a place.

    Args:
        centres: Of each row.
        crs: Their coordinates, as a code or as text; "" for degrees.
        name: What the sender calls the file.
    """
    x, y = centres.x, centres.y
    if not np.isfinite(x).any():
        return [], []
    note = "" if centres.are_points else " (centroid)"
    try:
        longitude, latitude = _in_degrees(x, y, crs)
    except pyproj.exceptions.ProjError as error:
        return [_column("y" + note, y), _column("x" + note, x)], [_unknown_crs(name, crs, error)]
    return [_column("latitude" + note, latitude), _column("longitude" + note, longitude)], []


def _in_degrees(
    x: NDArray[np.float64], y: NDArray[np.float64], crs: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if not crs or crs == _WGS84:
        return x, y
    change = pyproj.Transformer.from_crs(crs, _WGS84, always_xy=True)
    longitude, latitude = change.transform(x, y)
    return np.asarray(longitude), np.asarray(latitude)


def _column(header: str, values: NDArray[np.float64]) -> list[str | None]:
    texts = (
        number_text(repr(round(v, _DIGITS))) if np.isfinite(v) else None for v in values.tolist()
    )
    return [header, *texts]


def _unknown_crs(name: str, crs: str, error: Exception) -> Problem:
    return Problem(
        code="workbook.unknown-projection",
        where=name,
        found=cut(f"{crs} ({error})"),
        expected="a known projection; the columns x and y are in its units",
    )
