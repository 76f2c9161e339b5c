"""Valid by default, so that a test names only what it is about."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from takatuf.picture.fold import fold
from takatuf.picture.picture import Picture, Statement
from takatuf.reports.register import Arrival, Entry
from takatuf.reports.report import Claim, Modality, Published, Report, Source
from takatuf.safeguards.actor import Actor, Role
from takatuf.vocabulary.identity import Position, ThingId
from takatuf.vocabulary.quantity import Amount
from takatuf.vocabulary.sensitivity import Sensitivity
from takatuf.vocabulary.things import AllowedValue, Labels, Property
from takatuf.vocabulary.things.schema import Series, ValueType, Weighing
from takatuf.vocabulary.time import parse_date
from takatuf.vocabulary.value import Reference, Text, Token, Value

NOW = datetime(2017, 6, 14, 12, 0, tzinfo=UTC)
CITY = ThingId("place/city")
EAST = ThingId("place/east")
OFFICER = Actor("an officer", Role.OFFICER)


def labels(en: str = "label") -> Labels:
    return Labels(en, en, en, en)


def a_property(name: str = "status", **changes: Any) -> Property:
    words = changes.pop("words", ("bad", "good"))
    declared = Property(
        name=name,
        of=frozenset({"place"}),
        topic="water",
        label=labels(name),
        type=ValueType.TOKEN,
        values=tuple(AllowedValue(word, labels(word)) for word in words),
        sensitivity=Sensitivity.PUBLIC,
        fresh_days=None,
        series=Series.STATE,
        weighing=Weighing.PLAIN,
        window_days=30,
    )
    return replace(declared, **changes)


def an_amount_property(name: str = "count", **changes: Any) -> Property:
    return a_property(
        name,
        **({"type": ValueType.AMOUNT, "values": (), "unit": "people", "words": ()} | changes),
    )


def people(low: float, high: float | None = None, *, is_open: bool = False) -> Amount:
    return Amount(low, None if is_open else (high if high is not None else low), "people")


def a_claim(value: Value | str = "good", on: str | None = "2017-06-01", **changes: Any) -> Claim:
    claim = Claim(
        thing=CITY,
        property="status",
        value=Token(value) if isinstance(value, str) else value,
        observed_at=parse_date(on) if on else None,
    )
    return replace(claim, **changes)


def a_source(organisation: str = "a", method: str = "statement") -> Source:
    return Source(
        organisation=ThingId(f"organisation/{organisation}"),
        organisation_type="un_agency",
        method=method,
    )


def a_report(claim: Claim | None = None, by: str = "a", **changes: Any) -> Report:
    report = Report(source=a_source(by), claims=(claim or a_claim(),), published=Published())
    return replace(report, **changes)


def a_statement(
    value: Value | str = "good", on: str | None = "2017-06-01", by: str = "a", **changes: Any
) -> Statement:
    method = str(changes.pop("method", "statement"))
    origin = str(changes.pop("origin", ""))
    modality = changes.pop("modality", Modality.ASSERTED)
    claim = a_claim(value, on, modality=modality, **changes)
    report = a_report(claim, by, source=a_source(by, method), origin=origin)
    return Statement(
        report=report.id,
        number=0,
        received_at=NOW,
        source=report.source,
        published=report.published,
        origin=origin,
        claim=claim,
    )


def an_arrival(report: Report | None = None, at: datetime = NOW) -> Arrival:
    return Arrival(report or a_report(), at)


def entries_of(*reports: Report, at: datetime = NOW) -> tuple[Entry, ...]:
    return tuple(Entry(Position(n), at, report) for n, report in enumerate(reports, 1))


def a_picture(*reports: Report) -> Picture:
    return fold(entries_of(*reports))


def named(thing: str, name: str, by: str = "gazetteer") -> Report:
    claim = a_claim(Text(name), None, thing=ThingId(thing), property="name")
    return a_report(claim, by)


def part_of(part: str, whole: str, by: str = "gazetteer") -> Report:
    claim = a_claim(Reference(ThingId(whole)), None, thing=ThingId(part), property="part_of")
    return a_report(claim, by)
