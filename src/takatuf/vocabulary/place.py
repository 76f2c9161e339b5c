"""Places: WGS 84 points, distances on the ellipsoid, and a metric plane for drawing.

Source: EPSG:4326; geodesics by C. F. F. Karney (2013), through PROJ.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod, Transformer

_WGS84 = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A point: latitude and longitude in degrees, WGS 84.

    Raises:
        ValueError: Out of range, or exactly 0/0, which is what an empty device sends.
    """

    lat: float
    lon: float

    def __post_init__(self) -> None:
        """Refuse what cannot be a point of a city."""
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):  # noqa: PLR2004 - degrees
            raise ValueError(f"{self.lat}, {self.lon}")
        if self.lat == 0 and self.lon == 0:
            raise ValueError("0, 0")

    def __str__(self) -> str:
        """Return ``36.19930, 37.16290``: latitude first, about a metre of precision."""
        return f"{self.lat:.5f}, {self.lon:.5f}"


def parse_point(text: str) -> Point:
    """Read ``latitude, longitude`` in decimal degrees.

    Raises:
        ValueError: Not two numbers, or not a point.
    """
    lat, lon = text.replace(";", ",").split(",")
    return Point(float(lat), float(lon))


def distance_m(start: Point, end: Point) -> float:
    """Return the length of the geodesic between two points, in metres."""
    _, _, length_m = _WGS84.inv(start.lon, start.lat, end.lon, end.lat)
    return float(length_m)


def to_metres(points: Sequence[Point], centre: Point) -> NDArray[np.float64]:
    """Project points to a plane around `centre`: metres east and north of it.

    Azimuthal equidistant: within 50 km of the centre, lengths are right to 0.01 %.

    Returns:
        Shape ``(n_points, 2)``: x east, y north, in metres.
    """
    plane = f"+proj=aeqd +lat_0={centre.lat} +lon_0={centre.lon} +datum=WGS84 +units=m"
    transformer = Transformer.from_crs("EPSG:4326", plane, always_xy=True)
    x, y = transformer.transform([p.lon for p in points], [p.lat for p in points])
    return np.column_stack([np.asarray(x, float), np.asarray(y, float)]).reshape(-1, 2)


def centre_of(points: Sequence[Point]) -> Point:
    """Return the middle of the points' frame.

    Raises:
        ValueError: There is no point.
    """
    lats, lons = [p.lat for p in points], [p.lon for p in points]
    return Point((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
