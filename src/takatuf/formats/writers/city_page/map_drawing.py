"""Where everything stands on the drawn map; the page draws it and colours it by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, hypot, pi

from takatuf.formats.city_report import CityReport, LinkView, Name, PlaceView, SiteView
from takatuf.formats.writers.city_page.cells import (
    Point,
    Polygon,
    fitting_reach_m,
    nearest_point_cells,
)

FIRST_LAYER = "water"

_LONG_SIDE = 1000.0  # of the drawing, in its own units
_SHORT_SIDE_MIN = 420.0
_EDGE = 22.0
_SHRINK = 0.95
_LETTER_WIDTH = 6.2  # of a map label, in the same units
_HAZARD_LETTERS = 9  # of the words that the map writes for a hazard
_ARROWS = "→↗↑↖←↙↓↘"  # from the east, against the clock
_SCALE_STEPS_KM = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)

# By the words of IMAS 04.10 and 07.11; the first that fits counts, the cautious ones first.
_HAZARD_WORDS = (
    ("completed", ("completed",)),
    ("work", ("under clearance", "under way", "under work", "task issued", "ongoing")),
    ("confirmed", ("confirmed",)),
    ("suspected", ("suspected",)),
    ("released", ("released", "cancelled", "reduced", "cleared", "handed over")),
)


@dataclass(frozen=True, slots=True)
class CellDrawing:
    """A neighbourhood: its outline, its middle, and how much room its words need."""

    index: int  # in the report's places
    name: str
    path: str
    x: float
    y: float
    name_need: float  # width of the name over the width of the cell: 1 fills it
    hazard_need: float  # the same of the longest hazard word
    state: str  # for the first layer on day 0: "has", "none" or "unknown"
    hazard: str


@dataclass(frozen=True, slots=True)
class EntryDrawing:
    """A way into the city."""

    name: Name
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class LinkDrawing:
    """A road link; `state` is that of day 0."""

    x1: float
    y1: float
    x2: float
    y2: float
    is_main: bool
    state: str  # "open" or "blocked"


@dataclass(frozen=True, slots=True)
class SiteDrawing:
    """A facility; those beyond the map are pinned to its edge."""

    site: SiteView
    x: float
    y: float
    beyond_km: float  # how far from the edge it lies; 0: on the map
    arrow: str  # where it lies from there; "" on the map
    works: bool


@dataclass(frozen=True, slots=True)
class MapDrawing:
    """The whole map in drawing units, y growing downward."""

    width: float
    height: float
    cells: tuple[CellDrawing, ...]
    entries: tuple[EntryDrawing, ...]
    links: tuple[LinkDrawing, ...]
    sites: tuple[SiteDrawing, ...]
    scale_km: float
    scale_width: float


@dataclass(frozen=True, slots=True)
class _Frame:
    west_m: float
    north_m: float
    units_per_m: float
    width: float
    height: float

    def place(self, point: Point) -> Point:
        return (
            round((point[0] - self.west_m) * self.units_per_m, 1),
            round((self.north_m - point[1]) * self.units_per_m, 1),
        )


def draw_map(report: CityReport, language: str) -> MapDrawing:
    """Return the map of the report's places, links and sites, with names in the language."""
    points = [(place.east_m, place.north_m) for place in report.places]
    entries = [place for place in report.places if place.is_entry]
    homes = points[: len(points) - len(entries)]
    cells = nearest_point_cells(homes, fitting_reach_m(homes))
    frame = _frame_around([corner for cell in cells for corner in cell] + points[len(homes) :])
    scale_km = _scale_km(frame)
    return MapDrawing(
        width=frame.width,
        height=frame.height,
        cells=tuple(
            _draw_cell(index, report.places[index], frame, cell, language)
            for index, cell in enumerate(cells)
        ),
        entries=tuple(
            EntryDrawing(place.name, *frame.place((place.east_m, place.north_m)))
            for place in entries
        ),
        links=tuple(_draw_link(link, points, frame) for link in report.links),
        sites=tuple(_draw_site(site, frame) for site in report.sites),
        scale_km=scale_km,
        scale_width=round(scale_km * 1000 * frame.units_per_m, 1),
    )


def hazard_class(hazard: str) -> str:
    """Return how a hazard is drawn, given the words used for its state.

    That is "none", "suspected", "confirmed", "work", "completed" (by the operator, not yet
    released) or "released". Words that are not known are drawn as suspected: a hazard that
    we do not understand is never shown as less than a hazard.
    """
    if not hazard:
        return "none"
    found = hazard.lower().replace("_", " ")
    is_denied = "unreleased" in found or "not released" in found
    for drawn_as, words in _HAZARD_WORDS:
        if any(word in found for word in words) and not (drawn_as == "released" and is_denied):
            return drawn_as
    return "suspected"


def service_state(place: PlaceView, service: str) -> str:
    """Return "has", "none" or, where nobody has said, "unknown"."""
    if service not in place.has_now:
        return "unknown"
    return "has" if place.has_now[service] else "none"


def _frame_around(corners: Sequence[Point]) -> _Frame:
    # A report without places still has a map: a kilometre of empty ground.
    west, east = _range([corner[0] for corner in corners])
    south, north = _range([corner[1] for corner in corners])
    units_per_m = (_LONG_SIDE - 2 * _EDGE) / max(east - west, north - south)
    edge_m = _EDGE / units_per_m
    width = (east - west) * units_per_m + 2 * _EDGE
    height = (north - south) * units_per_m + 2 * _EDGE
    return _Frame(
        west_m=west - edge_m - max(0.0, _SHORT_SIDE_MIN - width) / 2 / units_per_m,
        north_m=north + edge_m + max(0.0, _SHORT_SIDE_MIN - height) / 2 / units_per_m,
        units_per_m=units_per_m,
        width=round(max(width, _SHORT_SIDE_MIN), 1),
        height=round(max(height, _SHORT_SIDE_MIN), 1),
    )


def _range(values: Sequence[float]) -> tuple[float, float]:
    return (min(values), max(values)) if values else (-500.0, 500.0)


def _draw_cell(
    index: int, place: PlaceView, frame: _Frame, cell: Polygon, language: str
) -> CellDrawing:
    x, y = frame.place((place.east_m, place.north_m))
    corners = [_toward(frame.place(corner), (x, y)) for corner in cell]
    first, second = place.name.en, place.name.ar
    name = (second or first) if language == "ar" else (first or second)
    cell_width = max(corner[0] for corner in corners) - min(corner[0] for corner in corners)
    return CellDrawing(
        index=index,
        name=name,
        path="M" + "L".join(f"{px:g},{py:g}" for px, py in corners) + "Z",
        x=x,
        y=y,
        name_need=round(len(name) * _LETTER_WIDTH / cell_width, 2),
        hazard_need=round(_HAZARD_LETTERS * _LETTER_WIDTH / cell_width, 2),
        state=service_state(place, FIRST_LAYER),
        hazard=hazard_class(place.hazard),
    )


def _toward(corner: Point, middle: Point) -> Point:
    # A gap between cells, so that the outline of a released one is not covered by the next.
    return (
        round(middle[0] + _SHRINK * (corner[0] - middle[0]), 1),
        round(middle[1] + _SHRINK * (corner[1] - middle[1]), 1),
    )


def _draw_link(link: LinkView, points: Sequence[Point], frame: _Frame) -> LinkDrawing:
    x1, y1 = frame.place(points[link.start])
    x2, y2 = frame.place(points[link.end])
    state = "open" if link.opens_on_day is not None and link.opens_on_day <= 0 else "blocked"
    return LinkDrawing(x1, y1, x2, y2, link.is_main, state)


def _draw_site(site: SiteView, frame: _Frame) -> SiteDrawing:
    x, y = frame.place((site.east_m, site.north_m))
    pinned_x = min(max(x, _EDGE), frame.width - _EDGE)
    pinned_y = min(max(y, _EDGE), frame.height - _EDGE)
    beyond_units = hypot(x - pinned_x, y - pinned_y)
    eighth = round(atan2(pinned_y - y, x - pinned_x) / (pi / 4)) % 8
    is_beyond = not (0 <= x <= frame.width and 0 <= y <= frame.height)
    return SiteDrawing(
        site=site,
        x=pinned_x if is_beyond else x,
        y=pinned_y if is_beyond else y,
        beyond_km=round(beyond_units / frame.units_per_m / 1000, 1) if is_beyond else 0.0,
        arrow=_ARROWS[eighth] if is_beyond else "",
        works=site.works_on_day is not None and site.works_on_day <= 0,
    )


def _scale_km(frame: _Frame) -> float:
    # The longest round length that takes at most a quarter of the width.
    fitting = [
        step for step in _SCALE_STEPS_KM if step * 1000 * frame.units_per_m <= frame.width / 4
    ]
    return fitting[-1] if fitting else _SCALE_STEPS_KM[0]
