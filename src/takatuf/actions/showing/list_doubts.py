"""List doubts: what the record itself makes one ask, with who says what."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from takatuf.actions.read_picture import Reading
from takatuf.actions.views import name_of, voice_of
from takatuf.formats.city_report import Name, Voice
from takatuf.picture.plausibility import Doubt, doubts_of, load_rules
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.things import Labels
from takatuf.vocabulary.value import Reference

# by what a thing belongs to a place: a clearance to its city, an accident to its quarter
_BELONGS_BY = ("affects", "takes_place_in", "located_in", "counts_people_of")


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidView:
    """One statement that a doubt rests on: what it is about, and who says it."""

    label: Labels
    voice: Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtView:
    """A doubt as it is shown: a question, what it rests on, and what would settle it."""

    code: str  # stable: "doubt.falling-series"
    kind: str  # "falling-series"
    title: str  # of the kind
    thing: str
    name: Name
    property: str
    label: Labels
    sentence: str  # what is seen, with the figures
    ask: str  # what would settle it
    statements: tuple[SaidView, ...]


def list_doubts(reading: Reading, at: date | None = None, thing: str = "") -> tuple[DoubtView, ...]:
    """Return every doubt that the reader's picture raises, by kind and thing.

    Args:
        reading: The picture.
        at: Leave out what is said of later days; None takes the whole record.
        thing: Only doubts about this thing, its parts, or what belongs to them; a name in any
            script or an identity. "" takes all.

    Raises:
        NotFoundError: No thing, or more than one, has this name.
    """
    weigher = reading.weigher
    near = _near(reading, reading.names.find(thing)) if thing else None
    doubts = doubts_of(weigher.picture, weigher.vocabulary, at)
    return tuple(_view(doubt, reading) for doubt in doubts if near is None or _is_in(doubt, near))


def _near(reading: Reading, thing: ThingId) -> frozenset[ThingId]:
    inside = {thing} | reading.weigher.gatherer.places.parts_of(thing)
    belonging = {
        other
        for (other, _), statements in reading.weigher.picture.of_properties(_BELONGS_BY)
        for statement in statements
        if isinstance(statement.claim.value, Reference) and statement.claim.value.thing in inside
    }
    return frozenset(inside | belonging)


def _is_in(doubt: Doubt, near: Collection[ThingId]) -> bool:
    return any(thing in near for thing in (doubt.thing, *(s.claim.thing for s in doubt.statements)))


def _view(doubt: Doubt, reading: Reading) -> DoubtView:
    properties, rules = reading.weigher.vocabulary.properties, load_rules()
    return DoubtView(
        code=doubt.kind.code,
        kind=doubt.kind.value,
        title=rules.titles[doubt.kind],
        thing=doubt.thing,
        name=name_of(doubt.thing, reading),
        property=doubt.property,
        label=properties[doubt.property].label,
        sentence=doubt.sentence,
        ask=rules.asks[doubt.kind],
        statements=tuple(
            SaidView(
                label=properties[statement.claim.property].label,
                voice=voice_of(statement, doubt.thing, reading),
            )
            for statement in doubt.statements
        ),
    )
