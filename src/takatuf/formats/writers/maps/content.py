"""What a printed map shows: plain values and shapes in longitude and latitude (WGS 84).

It is redacted before it comes here: a place whose position is withheld is not in it.
"""

from dataclasses import dataclass

from shapely import Geometry

from takatuf.formats.city_report import Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """That a sector is at work in a place."""

    sector: str  # a word of the crosswalk of sectors; others are drawn by their first letters
    label: str  # as the legend writes it


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPlace:
    """A place with its names in two scripts and the sectors that work there."""

    name: Name
    lon: float
    lat: float
    marks: tuple[Mark, ...] = ()
    weight: float = 0.0  # the heavier is named first where room is short


@dataclass(frozen=True, slots=True, kw_only=True)
class MapArea:
    """A neighbourhood, district or camp with its outline."""

    name: Name
    shape: Geometry  # a polygon or several


@dataclass(frozen=True, slots=True, kw_only=True)
class MapHazard:
    """A hazardous area, or the point where one is known to be."""

    state: str  # in the words of IMAS; words that are not known are drawn as suspected
    shape: Geometry
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapLine:
    """A road or another line that helps to find one's way."""

    shape: Geometry
    is_main: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MapContent:
    """The layers of a map and what must be known to read it."""

    title: str
    true_when: str  # the ISO day or month that it shows
    known_when: str  # what had been received by then
    source: str
    made_by: str  # an organisation, no person
    places: tuple[MapPlace, ...] = ()
    areas: tuple[MapArea, ...] = ()
    hazards: tuple[MapHazard, ...] = ()
    lines: tuple[MapLine, ...] = ()
    n_places_without_position: int = 0  # unknown or withheld
    licence: str = ""
