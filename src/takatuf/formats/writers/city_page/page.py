"""Write the report of a city as one self-contained HTML page.

Nothing in the page is fetched: style, script, data and drawings are inside, and a content
security policy forbids the rest. Every text that came with the data is escaped; the only
script that may run is ours, named in the policy by its hash.
"""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from takatuf.formats.city_report import BeliefView, CityReport
from takatuf.formats.writers.city_page import charts
from takatuf.formats.writers.city_page.embedding import embed
from takatuf.formats.writers.city_page.map_drawing import (
    FIRST_LAYER,
    draw_map,
    hazard_class,
    service_state,
)
from takatuf.formats.writers.city_page.words import Words
from takatuf.vocabulary.services import SERVICES

_PACKAGE = "takatuf.formats.writers.city_page"


def write_city_page(report: CityReport, language: str) -> str:
    """Return the report as HTML: one file, offline, readable without scripts.

    Args:
        report: What to show, already redacted for the reader.
        language: Of the page's own texts: "en", "ar" (right to left), "fr" or "ru". What
            sources said stays as they said it.

    Raises:
        ValueError: The page has no texts in that language.
    """
    words = Words(language)
    tasks = charts.task_rows(report)
    script = _asset("page.js")
    shown, lowest = charts.shown_days(report), charts.lowest_share(report)
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            report=report,
            w=words,
            policy=_policy(script),
            style=_asset("page.css"),
            script=script,
            data=embed(report, tasks, words),
            map=draw_map(report, language),
            tasks=tasks,
            gantt=charts.gantt_rows(report, tasks),
            curves=[charts.draw_curve(way, shown, lowest) for way in report.ways],
            ticks=charts.day_ticks(shown),
            share_ticks=charts.share_ticks(lowest),
            shown=shown,
            comparison=_comparison(report),
            beliefs_by_topic=_by_topic(report.beliefs),
            services=SERVICES,
            first_layer=FIRST_LAYER,
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(_PACKAGE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["charts"] = charts
    environment.filters["hazard_class"] = hazard_class
    environment.filters["web_address"] = _web_address
    environment.filters["css_word"] = _css_word
    environment.tests["served"] = lambda place, service: service_state(place, service) == "has"
    environment.tests["of_unknown"] = lambda place, service: (
        service_state(place, service) == "unknown"
    )
    return environment


@cache
def _asset(name: str) -> Markup:
    text = (files(_PACKAGE) / "templates" / name).read_text("utf-8")
    return Markup(text)  # noqa: S704 - our own file, nothing of the data is in it


def _policy(script: str) -> str:
    digest = b64encode(sha256(script.encode()).digest()).decode()
    return (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        f"script-src 'sha256-{digest}'"
    )


def _web_address(address: str) -> str:
    # Only what a browser opens as a page becomes a link; the rest stays a text.
    return address if address.lower().startswith(("https://", "http://")) else ""


def _css_word(word: str) -> str:
    # Words of the data become parts of class names: letters, digits and hyphens only.
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in word)


def _comparison(report: CityReport) -> dict[str, float | None]:
    """Return the gain of each way over alone and the proven gap of the joint plan, in percent."""
    by_key = {way.key: way.person_days for way in report.ways}
    alone, together = by_key.get("alone", 0.0), by_key.get("together", 0.0)
    gains: dict[str, float | None] = {
        key: 100 * (alone - days) / alone if alone > 0 else None for key, days in by_key.items()
    }
    has_bound = together > 0 and report.bound > 0
    return gains | {"gap": 100 * (together - report.bound) / together if has_bound else None}


def _by_topic(beliefs: tuple[BeliefView, ...]) -> list[tuple[str, list[BeliefView]]]:
    ordered = sorted(beliefs, key=lambda belief: belief.topic)  # stable within a topic
    return [(topic, list(group)) for topic, group in groupby(ordered, lambda b: b.topic)]
