"""From longitude and latitude to the sheet: a metric projection, a round scale, a grid.

One unit of the sheet is a tenth of a millimetre on paper, so that the scale that the map
states is the scale it has when printed at its full size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from shapely import Geometry, clip_by_rect, transform

UNITS_PER_PAPER_M = 10_000  # a tenth of a millimetre

_WIDEST_UTM_DEGREES = 6.0  # beyond one zone the transverse Mercator stretches visibly
_HIGHEST_UTM_LATITUDE = 80.0
_WIDEST_AZIMUTHAL_DEGREES = 180.0  # beyond, the far side of the earth comes into the frame
_EDGE_SHARE = 0.05  # of the extent, left free around it
_SHORTEST_EXTENT_M = 400.0
_ROUND = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.5, 8.0, 10.0)
_ROUND_STEPS = (1.0, 2.0, 5.0, 10.0)
_GRID_STEP_UNITS = 260.0  # no two grid lines are nearer than that
_DEGREE_STEPS = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
_MAX_DEGREE_LINES = 8
_N_SAMPLES = 25  # of a meridian or parallel that is drawn as a bent line

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the sheet; y grows downward."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right side."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower side."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class GridLine:
    """A line of the grid and its label."""

    points: tuple[Point, ...]
    label: str
    goes_up: bool


class Ground:
    """Where everything stands on the sheet."""

    def __init__(self, lonlat: NDArray[np.float64], box: Box) -> None:
        """Fit the given positions into the box at a round scale.

        Args:
            lonlat: Degrees. Shape ``(n, 2)``, finite; without any, the middle of the map is
                where the equator meets the meridian of Greenwich.
            box: The map's frame on the sheet.
        """
        self.box = box
        self._shapes: dict[int, tuple[Geometry, Geometry]] = {}  # by identity, kept alive here
        west_south, east_north = _range(lonlat)
        middle = (west_south + east_north) / 2
        self._low, self._high = west_south, east_north
        self._reach = np.maximum(east_north - west_south, 1.0)
        self._project, self.name, self.is_utm = _projection(west_south, east_north)
        metres = self._metres(lonlat if len(lonlat) else middle[np.newaxis, :])
        low, high = metres.min(axis=0), metres.max(axis=0)
        extent = np.maximum((high - low) * (1 + 2 * _EDGE_SHARE), _SHORTEST_EXTENT_M)
        fits = min(box.width / extent[0], box.height / extent[1])
        self.scale_ratio = _round_up(UNITS_PER_PAPER_M / fits)  # 25,000 for 1:25,000
        self.units_per_m = UNITS_PER_PAPER_M / self.scale_ratio
        centre = (low + high) / 2
        self._west_m = centre[0] - box.width / 2 / self.units_per_m
        self._north_m = centre[1] + box.height / 2 / self.units_per_m

    def points(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return positions on the sheet. Shape ``(n, 2)``."""
        metres = self._metres(lonlat)
        x = self.box.left + (metres[:, 0] - self._west_m) * self.units_per_m
        y = self.box.top + (self._north_m - metres[:, 1]) * self.units_per_m
        return np.column_stack([x, y])

    def shape(self, shape: Geometry) -> Geometry:
        """Return a shape on the sheet, without detail finer than a tenth of a millimetre."""
        known = self._shapes.get(id(shape))
        if known is None:
            moved = transform(shape, self.points)
            drawn = moved.simplify(1.0) if moved.geom_type != "Point" else moved
            known = self._shapes[id(shape)] = shape, drawn
        return known[1]

    def nearby(self, shape: Geometry) -> Geometry:
        """Return the part of a shape around the map; far away the projection has no answer."""
        (west, south), (east, north) = self._low - self._reach, self._high + self._reach
        return clip_by_rect(shape, west, max(south, -89.0), east, min(north, 89.0))

    def bar_km(self) -> float:
        """Return the round length of the scale bar: about a fifth of the map's width."""
        return _round_down(self.box.width / 5 / self.units_per_m / 1000)

    def grid(self) -> tuple[GridLine, ...]:
        """Return the grid: whole metres of UTM, or meridians and parallels on wide maps."""
        return self._metric_grid() if self.is_utm else self._graticule()

    def grid_step_m(self) -> float:
        """Return how far the lines of a metric grid are apart."""
        step_m = _GRID_STEP_UNITS / self.units_per_m
        power = 10 ** floor(log10(step_m))
        return float(next(r * power for r in _ROUND_STEPS if r * power >= step_m))

    def _metres(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        east, north = self._project.transform(lonlat[:, 0], lonlat[:, 1])
        return np.column_stack([east, north])

    def _metric_grid(self) -> tuple[GridLine, ...]:
        box, step_m = self.box, self.grid_step_m()
        lines = []
        for number in _steps(self._west_m, self._west_m + box.width / self.units_per_m, step_m):
            x = box.left + (number * step_m - self._west_m) * self.units_per_m
            label = f"{number * step_m:.0f} E"
            lines.append(GridLine(((x, box.bottom), (x, box.top)), label, goes_up=True))
        south_m = self._north_m - box.height / self.units_per_m
        for number in _steps(south_m, self._north_m, step_m):
            y = box.top + (self._north_m - number * step_m) * self.units_per_m
            label = f"{number * step_m:.0f} N"
            lines.append(GridLine(((box.left, y), (box.right, y)), label, goes_up=False))
        return tuple(lines)

    def _graticule(self) -> tuple[GridLine, ...]:
        corners = self._degrees_of_corners()
        (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
        step = _degree_step(max(east - west, north - south))
        longitudes = [n * step for n in _steps(west, east, step)]
        latitudes = [n * step for n in _steps(max(south, -89.0), min(north, 89.0), step)]
        lines = []
        for longitude in longitudes:
            along = np.linspace(south, north, _N_SAMPLES)
            bent = self.points(np.column_stack([np.full_like(along, longitude), along]))
            lines.append(GridLine(_pairs(bent), _degrees(longitude, "E", "W"), goes_up=True))
        for latitude in latitudes:
            along = np.linspace(west, east, _N_SAMPLES)
            bent = self.points(np.column_stack([along, np.full_like(along, latitude)]))
            lines.append(GridLine(_pairs(bent), _degrees(latitude, "N", "S"), goes_up=False))
        return tuple(lines)

    def _degrees_of_corners(self) -> NDArray[np.float64]:
        width_m, height_m = self.box.width / self.units_per_m, self.box.height / self.units_per_m
        steps = np.linspace(0, 1, 5)
        east, north = np.meshgrid(self._west_m + steps * width_m, self._north_m - steps * height_m)
        lon, lat = self._project.transform(east.ravel(), north.ravel(), direction="INVERSE")
        corners = np.column_stack([lon, lat])
        return np.asarray(corners[np.isfinite(corners).all(axis=1)], np.float64)


def is_position(lon: float | None, lat: float | None) -> bool:
    """Tell whether these are a longitude and a latitude that a map can show."""
    if lon is None or lat is None or not (isfinite(lon) and isfinite(lat)):
        return False
    return -180 <= lon <= 180 and -90 <= lat <= 90  # noqa: PLR2004 - the whole circle


def _projection(
    west_south: NDArray[np.float64], east_north: NDArray[np.float64]
) -> tuple[Transformer, str, bool]:
    lon, lat = (float(value) for value in (west_south + east_north) / 2)
    highest = max(abs(float(west_south[1])), abs(float(east_north[1])))
    if east_north[0] - west_south[0] <= _WIDEST_UTM_DEGREES and highest <= _HIGHEST_UTM_LATITUDE:
        zone = min(int((lon + 180) // 6) + 1, 60)
        half, epsg = ("N", 32600 + zone) if lat >= 0 else ("S", 32700 + zone)
        return _transformer(CRS.from_epsg(epsg)), f"UTM {zone}{half}, WGS 84", True
    if east_north[0] - west_south[0] > _WIDEST_AZIMUTHAL_DEGREES:
        crs = CRS.from_proj4("+proj=eqc +datum=WGS84 +units=m")
        return _transformer(crs), "equirectangular, WGS 84", False
    crs = CRS.from_proj4(f"+proj=laea +lat_0={lat:.4f} +lon_0={lon:.4f} +datum=WGS84 +units=m")
    return _transformer(crs), f"Lambert azimuthal equal-area {lat:.1f}, {lon:.1f}, WGS 84", False


def _transformer(crs: CRS) -> Transformer:
    return Transformer.from_crs("EPSG:4326", crs, always_xy=True)


def _range(lonlat: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if not len(lonlat):
        return np.zeros(2), np.zeros(2)
    return lonlat.min(axis=0), lonlat.max(axis=0)


def _round_up(value: float) -> float:
    power = 10 ** floor(log10(value))
    return float(next(r * power for r in _ROUND if r * power >= value * (1 - 1e-9)))


def _round_down(value: float) -> float:
    power = 10 ** floor(log10(value))
    return float([r * power for r in _ROUND_STEPS if r * power <= value][-1])


def _steps(low: float, high: float, step: float) -> range:
    return range(ceil(low / step), floor(high / step) + 1)


def _degree_step(degrees: float) -> float:
    return next(
        (step for step in _DEGREE_STEPS if degrees / step <= _MAX_DEGREE_LINES), _DEGREE_STEPS[-1]
    )


def _degrees(value: float, positive: str, negative: str) -> str:
    side = positive if value > 0 else negative if value < 0 else ""
    return f"{abs(value):g}°{side}"


def _pairs(points: NDArray[np.float64]) -> tuple[Point, ...]:
    kept: Sequence[Sequence[float]] = points.tolist()
    return tuple((x, y) for x, y in kept)
