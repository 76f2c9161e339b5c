"""Statements as somebody would send them, and the doubts that a record of them raises."""

from collections.abc import Collection
from datetime import date
from typing import Any

from takatuf.picture.fold import fold
from takatuf.picture.plausibility import Doubt, DoubtKind, doubts_of
from takatuf.reports.report import Claim, Modality, Published, Report, Source
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.quantity import parse_amount
from takatuf.vocabulary.things import load_vocabulary
from takatuf.vocabulary.things.schema import ValueType
from takatuf.vocabulary.time import parse_date
from takatuf.vocabulary.value import Reference, Text, Token, Value
from tests.builders import entries_of

WORK = "activity/work"
TOWN = "place/town"
QUARTER = "place/quarter"
BLAST = "event/blast"


def said(
    thing: str,
    name: str,
    value: str,
    on: str | None = "2017-01-10",
    by: str = "a",
    **more: Any,
) -> Report:
    """A report of one claim; an amount is written with its unit, as in "966 ha".

    More may be: `origin` (whom it retells), `title` (of the document), `wording`, `modality`,
    and `method`.
    """
    claim = Claim(
        thing=ThingId(thing),
        property=name,
        value=value_of(name, value),
        modality=more.get("modality", Modality.ASSERTED),
        observed_at=parse_date(on) if on else None,
        wording=more.get("wording", ""),
    )
    return Report(
        source=Source(
            organisation=ThingId(f"organisation/{by}"),
            organisation_type="un_agency",
            method=more.get("method", "statement"),
        ),
        claims=(claim,),
        published=Published(title=more.get("title", "")),
        origin=f"organisation/{more['origin']}" if more.get("origin") else "",
    )


def value_of(name: str, text: str) -> Value:
    kind = load_vocabulary().properties[name].type
    if kind is ValueType.AMOUNT:
        number, _, unit = text.rpartition(" ")
        return parse_amount(number, unit)
    if kind is ValueType.DATE:
        return parse_date(text)
    if kind is ValueType.THING:
        return Reference(ThingId(text))
    return Token(text) if kind is ValueType.TOKEN else Text(text)


def ask(reports: Collection[Report], at: date | None = None) -> tuple[Doubt, ...]:
    return doubts_of(fold(entries_of(*reports)), load_vocabulary(), at)


def of_kind(
    kind: DoubtKind, reports: Collection[Report], at: date | None = None
) -> tuple[Doubt, ...]:
    return tuple(doubt for doubt in ask(reports, at) if doubt.kind is kind)


def sentences(kind: DoubtKind, *reports: Report, at: date | None = None) -> list[str]:
    return [doubt.sentence for doubt in of_kind(kind, reports, at)]


def values(doubt: Doubt) -> list[str]:
    return [str(statement.claim.value) for statement in doubt.statements]
