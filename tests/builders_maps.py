"""A small invented map, valid by default: a test names only what it is about."""

from dataclasses import replace
from typing import Any

from shapely import LineString, Point, Polygon, box

from takatuf.formats.city_report import Name
from takatuf.formats.writers.maps import (
    MapArea,
    MapContent,
    MapHazard,
    MapLine,
    MapPlace,
    Mark,
)

WATER = Mark(sector="water", label="Water")
HEALTH = Mark(sector="health", label="Health")
FOOD = Mark(sector="food", label="Food")
OTHER = Mark(sector="kite flying", label="Kite flying")

_EMPTY = MapContent(
    title="Rivertown: who does what where",
    true_when="2026-10",
    known_when="2026-11-20",
    source="workbooks of 14 organisations, October 2026",
    made_by="Water Board",
    licence="CC BY 4.0",
)
_NAMES = (
    ("Old Bridge", "الجسر القديم"), ("Hilltop", "رأس التل"), ("Mill Gate", "باب الطاحونة"),
    ("East Gardens", "البساتين الشرقية"), ("Market", "السوق"), ("Station", "المحطة"),
    ("Spring", "رأس العين"), ("Potters", "الفخّارين"), ("Weavers", "النسّاجين"),
    ("North Camp", "المخيم الشمالي"), ("Citadel", "القلعة"), ("Olive Grove", "كرم الزيتون"),
)  # fmt: skip


def an_empty_map(**changes: Any) -> MapContent:
    return replace(_EMPTY, **changes)


def a_map_place(en: str = "Old Bridge", ar: str = "الجسر القديم", **changes: Any) -> MapPlace:
    place = MapPlace(name=Name(en=en, ar=ar), lon=37.16, lat=36.2, marks=(WATER,))
    return replace(place, **changes)


def a_map_area(en: str = "Hilltop", ar: str = "رأس التل", **changes: Any) -> MapArea:
    return replace(MapArea(name=Name(en=en, ar=ar), shape=box(37.1, 36.1, 37.2, 36.2)), **changes)


def a_map_hazard(state: str = "suspected", **changes: Any) -> MapHazard:
    return replace(MapHazard(state=state, shape=Point(37.15, 36.21)), **changes)


def a_city_map(language: str = "en", n_places: int = 12) -> MapContent:
    """Return a map with everything on it: places, areas, roads, hazards in all states."""
    marks = ((WATER, HEALTH), (FOOD,), (WATER,), (HEALTH, FOOD, WATER, OTHER), ())
    places = []
    for number in range(n_places):
        en, ar = _NAMES[number % len(_NAMES)]
        suffix = f" {number // len(_NAMES) + 1}" if n_places > len(_NAMES) else ""
        places.append(
            MapPlace(
                name=Name(en=en + suffix, ar=ar + suffix),
                lon=37.10 + 0.1 * ((number * 0.618) % 1),
                lat=36.15 + 0.08 * ((number * 0.414) % 1),
                marks=marks[number % len(marks)],
                weight=float(n_places - number),
            )
        )
    return an_empty_map(
        title="Rivertown: who does what where"
        if language == "en"
        else "مدينة النهر: من يفعل ماذا وأين",
        places=tuple(places),
        areas=(
            MapArea(
                name=Name(en="West District", ar="المنطقة الغربية"),
                shape=box(37.09, 36.14, 37.145, 36.24),
            ),
            MapArea(
                name=Name(en="East District", ar="المنطقة الشرقية"),
                shape=box(37.145, 36.14, 37.21, 36.24),
            ),
        ),
        hazards=(
            a_map_hazard("suspected", shape=box(37.11, 36.222, 37.125, 36.232), name="SHA 12"),
            a_map_hazard(
                "confirmed", shape=Polygon([(37.18, 36.145), (37.195, 36.15), (37.185, 36.16)])
            ),
            a_map_hazard("under_clearance", shape=box(37.2, 36.17, 37.207, 36.18)),
            a_map_hazard("completed_by_operator", shape=box(37.2, 36.2, 37.207, 36.21)),
            a_map_hazard("released", shape=box(37.16, 36.228, 37.175, 36.236)),
            a_map_hazard("suspected", shape=Point(37.1, 36.17)),
        ),
        lines=(
            MapLine(
                shape=LineString([(37.05, 36.16), (37.15, 36.19), (37.25, 36.23)]), is_main=True
            ),
            MapLine(shape=LineString([(37.13, 36.1), (37.14, 36.3)])),
        ),
        n_places_without_position=3,
    )
