"""List the track records: how often each source was found right on the ground, by topic."""

from dataclasses import dataclass

from takatuf.actions.read_picture import Reading
from takatuf.actions.views import name_of, voice_of
from takatuf.formats.city_report import Name, Voice
from takatuf.picture.weighing.checks import Check, checks_in
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.things import Labels

INTERVAL = 0.9  # the share of chance that the interval holds


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """How often one source was right on one topic, as far as anybody looked."""

    organisation: Name
    topic: str
    topic_label: Labels
    n_checked: int  # statements that somebody independent checked
    n_effective: float  # the same, with older checks counting less
    accuracy: float  # 0 to 1, with the weak prior
    low: float  # of the interval
    high: float
    suggested_letter: str  # of the Admiralty scale; a named person sets it
    checks: tuple[Voice, ...]  # what was checked; contest it there


def list_records(reading: Reading, organisation: ThingId | None = None) -> tuple[RecordView, ...]:
    """Return the records of all sources, or of one, by organisation and topic."""
    trust = reading.weigher.trust
    checks = checks_in(reading.weigher.picture, trust.lines)
    views: list[RecordView] = []
    for (source, topic), record in sorted(trust.records.by_source.items()):
        if organisation in {None, source}:
            low, high = record.interval(INTERVAL)
            views.append(
                RecordView(
                    organisation=name_of(source, reading),
                    topic=topic,
                    topic_label=reading.weigher.vocabulary.topics[topic],
                    n_checked=record.n_checked,
                    n_effective=record.n,
                    accuracy=record.accuracy,
                    low=low,
                    high=high,
                    suggested_letter=record.suggested_letter,
                    checks=_checked(checks, source, topic, reading),
                )
            )
    return tuple(views)


def _checked(
    checks: tuple[Check, ...], source: ThingId, topic: str, reading: Reading
) -> tuple[Voice, ...]:
    properties = reading.weigher.vocabulary.properties
    meant = {
        check.checked.sort_key(): check.checked
        for check in checks
        if check.checked.source.organisation == source
        and properties[check.checked.claim.property].topic == topic
    }
    return tuple(voice_of(s, s.claim.thing, reading) for s in meant.values())
