"""What the page's script needs to follow the slider, as JSON that cannot leave its element.

The data stand in a `<script type="application/json">`; there the only dangers are a `<` that
ends the element and the two line separators that old parsers trip over, so these never occur.
"""

import json
from datetime import date
from math import ceil

from markupsafe import Markup

from takatuf.formats.city_report import CityReport, PlaceView
from takatuf.formats.writers.city_page.charts import TaskRow, shown_days
from takatuf.formats.writers.city_page.map_drawing import hazard_class, service_state
from takatuf.formats.writers.city_page.words import Words
from takatuf.vocabulary.services import SERVICES

_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
_HAZARD_WORK = {"survey", "clear"}
_WORDS_FOR_SCRIPT = (
    "map.play", "map.pause", "map.day", "map.served", "map.in_hazard",
    "map.today", "map.scale",
    "map.not_within", "map.on_day", "map.why", "map.tasks_here", "map.people",
    "map.unknown", "map.none", "plan.shown",
    "question.open_all", "question.close_all",
)  # fmt: skip


def embed(report: CityReport, tasks: tuple[TaskRow, ...], words: Words) -> Markup:
    """Return the data of the map and the plan as JSON, safe inside a script element."""
    reasons: dict[str, int] = {}  # many places share a reason; each is kept once
    places = [_place(place, tasks, reasons, words) for place in report.places]
    return safe_json(
        {
            "start": _calendar_day(report.at),
            "horizon": ceil(report.horizon_days),
            "shown": shown_days(report),
            "language": words.language,
            "services": {service: words.of("service", service) for service in SERVICES},
            "services_hazard": words("service.hazard"),
            "hazards": words.section("hazard"),
            "hazards_short": words.section("hazard_short"),
            "places": places,
            "reasons": list(reasons),
            "links": [link.opens_on_day for link in report.links],
            "sites": [site.works_on_day for site in report.sites],
            "words": {key: words(key) for key in _WORDS_FOR_SCRIPT},
        }
    )


def safe_json(value: object) -> Markup:
    """Return compact JSON without any character that could end or break a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return Markup(text)  # noqa: S704 - made safe by the lines above, and tested


def _place(
    place: PlaceView, tasks: tuple[TaskRow, ...], reasons: dict[str, int], words: Words
) -> dict[str, object]:
    here = [row for row in tasks if row.task.place == place.name]
    return {
        "name": [place.name.en, place.name.ar],
        "people": place.people,
        "hazard": hazard_class(place.hazard),
        "said": words.said("hazard_state", place.hazard),
        "services": {
            service: [
                service_state(place, service),
                place.service_day.get(service),
                reasons.setdefault(place.why.get(service, ""), len(reasons)),
            ]
            for service in SERVICES
        },
        "work": [
            [row.task.start_day, row.task.end_day] for row in here if row.task.kind in _HAZARD_WORK
        ],
        "tasks": [row.index for row in here],
    }


def _calendar_day(text: str) -> str:
    # Only a whole day can be counted on from; anything else is shown as days from the start.
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""
