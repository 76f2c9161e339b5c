"""Activity frames and products, valid by default: a test names only what it is about."""

from datetime import date
from typing import Any

import polars as pl

from takatuf.activities.places.gazetteers.gazetteer import NAMES, PLACES, Gazetteer
from takatuf.formats.writers.products.content import Maker, Products
from takatuf.formats.writers.products.disclosure import Audience

AN_ACTIVITY: dict[str, Any] = {
    "activity": "activity/wells-2024-03",
    "report": "ab" * 32,
    "received_at": "2024-04-02T09:00:00Z",
    "reporting_organisation": "Blue Well",
    "reporting_organisation_id": "organisation/blue-well",
    "sector": "WASH",
    "sector_word": "wash",
    "activity_type": "Water trucking",
    "status": "ongoing",
    "start": "2024-03-01",
    "end": "2024-04-30",
    "period": "2024-03",
    "adm1_name": "Aleppo",
    "adm1_code": "SY02",
    "adm1_pcode": "SY02",
    "targeted": 1500.0,
    "reached": 1200.0,
    "place_label": "Old Town",
    "lat": 36.2,
    "lon": 37.16,
    "attested_by": "Blue Well; Green Tap",
}


def a_frame(*rows: dict[str, Any]) -> pl.DataFrame:
    """Rows of which each names only how it differs from `AN_ACTIVITY`."""
    return pl.from_dicts([AN_ACTIVITY | row for row in rows or ({},)], infer_schema_length=None)


def products_of(frame: pl.DataFrame, **changes: Any) -> Products:
    about: dict[str, Any] = {
        "title": "Who does what where, March 2024",
        "as_of": date(2024, 3, 31),
        "audience": Audience.PUBLIC,
        "made_by": Maker("City Desk"),
        "licence": "CC BY 4.0",
        "not_included": ("Red Lamp has not reported March.",),
    }
    return Products(frame=frame, **(about | changes))


def some_products(*rows: dict[str, Any], **changes: Any) -> Products:
    return products_of(a_frame(*rows), **changes)


def a_small_gazetteer() -> Gazetteer:
    codes = {"SY": (0, ""), "SY02": (1, "SY"), "SY07": (1, "SY"), "SY0200": (2, "SY02")}
    codes |= {"SY0201": (2, "SY02"), "SY0700": (2, "SY07")}
    names = [("SY", "Syria"), ("SY02", "Aleppo"), ("SY07", "Idleb"), ("SY0200", "Jebel Saman")]
    names += [("SY0201", "Al Bab"), ("SY0700", "Idleb")]
    places = [(code, level, up, "", None, None, None, None) for code, (level, up) in codes.items()]
    spoken = [(code, "", "en", name) for code, name in names]
    spoken += [("SY02", "", "ar", "حلب"), ("SY0201", "", "ar", "الباب")]
    return Gazetteer(
        pl.DataFrame(places, PLACES, orient="row"), pl.DataFrame(spoken, NAMES, orient="row")
    )
