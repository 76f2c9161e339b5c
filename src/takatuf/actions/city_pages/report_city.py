"""Report a city: what is believed of it, who disagrees, and the plan, as one page shows it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from takatuf.actions.city_pages.city_manifest import CityManifest
from takatuf.actions.city_pages.map_views import link_views, place_views, plane_of, site_views
from takatuf.actions.city_pages.plan_views import organisation_views, way_views
from takatuf.actions.make_plan import PlanMade
from takatuf.actions.read_picture import Reading
from takatuf.actions.showing.list_contested import list_contested
from takatuf.actions.showing.show_thing import show_thing
from takatuf.actions.views import name_of, view_of_belief
from takatuf.formats.city_report import BeliefView, CityReport, Figure, SentenceView
from takatuf.picture.belief import Belief, BeliefStatus
from takatuf.picture.picture import Statement
from takatuf.vocabulary.identity import ReportId
from takatuf.vocabulary.services import SERVICES
from takatuf.vocabulary.things.schema import Weighing

_SERVICE_RULES = {
    "access": "no way from an entry without an open hazard or debris, in the assumed road model",
    "water": "acting on the most cautious report on the network supply of the neighbourhood",
    "power": "acting on the most cautious report on grid power in the neighbourhood",
    "health": "no assigned health point that works and can be reached",
    "home": "without access or water, or with an open hazard or unrepaired homes",
}


@dataclass(frozen=True, slots=True)
class Side:
    """The picture as its reader sees it, and which reports are the city's record.

    The other reports say what the city is made of, or what is assumed.
    """

    reading: Reading
    record: frozenset[ReportId]


def report_city(manifest: CityManifest, side: Side, made: PlanMade) -> CityReport:
    """Return everything that the report of a city shows; nothing above its reader's class."""
    plane = plane_of(made)
    places = place_views(made, side.reading, plane)
    thing = show_thing(side.reading, manifest.thing, manifest.at)
    assumed = _assumptions(side)
    joint = made.comparison.together.outcome
    return CityReport(
        name=name_of(manifest.thing, side.reading),
        at=manifest.at.isoformat(),
        known=made.request.known.date().isoformat() if made.request.known else "",
        figures=tuple(_figures(manifest, side, made, len(assumed))),
        founding_title=manifest.founding_title,
        founding=_founding(manifest, side),
        questions=list_contested(side.reading),
        topics=thing.topics,
        beliefs=(*thing.beliefs, *thing.related),
        places=places,
        links=link_views(made, places),
        sites=site_views(made, side.reading, plane),
        organisations=organisation_views(made, side.reading),
        ways=way_views(made),
        bound=joint.bound,
        horizon_days=made.request.horizon_days,
        seed=joint.seed,
        assumptions=_one_of_each(assumed, side),
        n_assumptions=len(assumed),
        voices_by_type=_voices_by_type(side),
        missing=manifest.missing,
    )


def _founding(manifest: CityManifest, side: Side) -> tuple[SentenceView, ...]:
    weigher = side.reading.weigher
    return tuple(
        SentenceView(
            sentence=sentence.label,
            beliefs=tuple(
                view_of_belief(weigher.belief(thing, name, manifest.at), side.reading)
                for thing, name in sentence.asks
            ),
        )
        for sentence in manifest.founding
    )


def _figures(
    manifest: CityManifest, side: Side, made: PlanMade, n_assumptions: int
) -> Iterator[Figure]:
    said = statements_of(side)
    things = {statement.claim.thing for statement in said}
    yield _figure("statements", len(said), "", "claims by named sources, as published")
    yield _figure(
        "organisations", len({s.source.organisation for s in said}), "", "who made a statement"
    )
    yield _figure("things", len(things), "", "places, facilities, events they speak of")
    yield _figure(
        "contested", contested_in(side.reading, None), "",
        "properties of things with answers that cannot all be true, at any time in the record",
    )  # fmt: skip
    yield _figure(
        "contested_that_day", contested_in(side.reading, manifest), "",
        "the same, of what was true on the day",
    )  # fmt: skip
    yield _figure("assumptions", n_assumptions, "", "values that nobody reported")
    for service in SERVICES:
        yield Figure(
            key=f"people_without_{service}",
            value=made.city.without(service),
            unit="people",
            how_counted=_SERVICE_RULES[service],
            is_assumption=True,  # how many people live in each neighbourhood is assumed
        )


def _figure(key: str, value: float, unit: str, how_counted: str) -> Figure:
    return Figure(key=key, value=value, unit=unit, how_counted=how_counted, is_assumption=False)


def statements_of(side: Side) -> tuple[Statement, ...]:
    """Return every statement of the city's record."""
    return tuple(
        statement
        for statements in side.reading.weigher.picture.statements.values()
        for statement in statements
        if statement.report in side.record
    )


def contested_in(reading: Reading, manifest: CityManifest | None) -> int:
    """Return how many beliefs are contested, on the city's day or in the whole record."""
    at = manifest.at if manifest else None
    weigher = reading.weigher
    return sum(
        weigher.belief(thing, name, at).status is BeliefStatus.CONTESTED
        for thing, name in weigher.picture.statements
        if weigher.vocabulary.properties[name].weighing is not Weighing.ALL
    )


def _assumptions(side: Side) -> tuple[Belief, ...]:
    weigher = side.reading.weigher
    beliefs = (weigher.belief(thing, name) for thing, name in weigher.picture.statements)
    return tuple(belief for belief in beliefs if belief.is_assumption)


def _one_of_each(assumed: tuple[Belief, ...], side: Side) -> tuple[BeliefView, ...]:
    first: dict[str, Belief] = {}
    for belief in assumed:
        first.setdefault(belief.property, belief)
    return tuple(view_of_belief(belief, side.reading) for belief in first.values())


def _voices_by_type(side: Side) -> dict[str, int]:
    counts = Counter(s.source.organisation_type for s in statements_of(side))
    return dict(counts.most_common())
