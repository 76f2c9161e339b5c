"""Show a thing: every property with its status and its sources, and what belongs to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from takatuf.actions.read_picture import Reading
from takatuf.actions.views import is_said, name_of, view_of_belief, voice_of
from takatuf.formats.city_report import BeliefView, Name, Voice
from takatuf.picture.picture import Statement
from takatuf.vocabulary.identity import ThingId, type_of
from takatuf.vocabulary.things import Labels
from takatuf.vocabulary.value import Reference

# things that are shown with what they refer to: a clearance with its city, an outage with it
_NAMES = "identity"  # the topic of names and notes, shown last
_OWN_TOPICS = {_NAMES, "places"}  # what says where and what a thing is: of itself only
_SHOWN_WITH = ("takes_place_in", "affects", "counts_people_of")
_PART_OF = "part_of"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingView:
    """A thing as it is shown: its beliefs by topic, then those of what belongs to it."""

    thing: ThingId
    name: Name
    topics: dict[str, Labels]
    beliefs: tuple[BeliefView, ...]  # of the thing itself, ordered by topic
    related: tuple[BeliefView, ...]  # of its large parts, and of what takes place in it


def show_thing(reading: Reading, name: str, at: date | None = None) -> ThingView:
    """Return everything that the reader may know of a thing.

    Args:
        reading: The picture.
        name: The thing's name in any script, or its identity.
        at: The day that is asked about; None for the whole record.

    Raises:
        NotFoundError: No thing, or more than one, has this name.
    """
    thing = reading.names.find(name)
    return ThingView(
        thing=thing,
        name=name_of(thing, reading),
        topics=_topics(reading),
        beliefs=_beliefs(reading, thing, at),
        related=tuple(
            belief
            for other in _related(reading, thing)
            for belief in _beliefs(reading, other, at)
            if belief.topic not in _OWN_TOPICS
        ),
    )


def _topics(reading: Reading) -> dict[str, Labels]:
    topics = reading.weigher.vocabulary.topics
    return dict(sorted(topics.items(), key=lambda topic: topic[0] == _NAMES))


def _beliefs(reading: Reading, thing: ThingId, at: date | None) -> tuple[BeliefView, ...]:
    weigher = reading.weigher
    order = {topic: n for n, topic in enumerate(_topics(reading))}
    asked = sorted(
        (p for p in weigher.vocabulary.properties.values() if type_of(thing) in p.of),
        key=lambda p: (order[p.topic], p.name),
    )
    beliefs = (weigher.belief(thing, declared.name, at) for declared in asked)
    return tuple(view_of_belief(belief, reading) for belief in beliefs if is_said(belief))


def _related(reading: Reading, thing: ThingId) -> Iterator[ThingId]:
    referring = reading.weigher.picture.values_of((*_SHOWN_WITH, _PART_OF))
    yield from sorted(
        {
            other
            for (other, name), values in referring
            if Reference(thing) in values and (name != _PART_OF or _is_large_part(reading, other))
        }
    )


def _is_large_part(reading: Reading, other: ThingId) -> bool:
    kind = reading.weigher.belief(other, "kind").value
    return str(kind) == "part of city"


def history_of(
    reading: Reading, name: str, at: date | None = None
) -> tuple[tuple[BeliefView, tuple[Voice, ...]], ...]:
    """Return every statement on a thing, by property and in the order of their dates.

    Args:
        reading: The picture.
        name: As in `show_thing`.
        at: Leave out what is said of later days; None leaves nothing out.

    Raises:
        NotFoundError: As `show_thing`.
    """
    thing = reading.names.find(name)
    rows: list[tuple[BeliefView, tuple[Voice, ...]]] = []
    for view in _beliefs(reading, thing, at):
        declared = reading.weigher.vocabulary.properties[view.property]
        said = reading.weigher.gatherer.gather(thing, declared)
        voices = (voice_of(s, thing, reading) for s in said if _is_of_by(s, at))
        rows.append((view, tuple(sorted(voices, key=lambda voice: (voice.observed, voice.who)))))
    return tuple(rows)


def _is_of_by(statement: Statement, at: date | None) -> bool:
    observed = statement.claim.observed_at
    return at is None or observed is None or observed.earliest <= at
