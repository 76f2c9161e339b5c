"""Fold the register into the shared picture.

The picture is a pure function of the register: nothing else may write to it, and folding
the register again from the start gives the same picture, in whatever order the reports
came. So a wrong report, a better rule or a lost picture costs a rebuild, and never the
record of who said what. Nothing is weighed here; that is done when somebody asks.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from takatuf.picture.identities import SAME_AS, apply_identities
from takatuf.picture.picture import Picture, Statement, Topic
from takatuf.picture.sameness.judgements import sameness_of
from takatuf.reports.register import Entry
from takatuf.reports.report import Report
from takatuf.vocabulary.identity import ReportId, ThingId
from takatuf.vocabulary.value import Value


@dataclass(frozen=True, slots=True)
class FoldedPicture:
    """A `Picture` in plain dictionaries."""

    statements: Mapping[Topic, tuple[Statement, ...]]
    withheld: Mapping[Topic, int]

    def about(self, thing: ThingId, name: str) -> tuple[Statement, ...]:
        """Return what was said of one property of one thing; see `Picture.about`."""
        return self.statements.get((thing, name), ())

    def of_properties(
        self, names: Collection[str]
    ) -> Iterator[tuple[Topic, tuple[Statement, ...]]]:
        """Give all topics of these properties; see `Picture.of_properties`."""
        wanted = frozenset(names)
        yield from (item for item in self.statements.items() if item[0][1] in wanted)

    def values_of(self, names: Collection[str]) -> Iterator[tuple[Topic, tuple[Value, ...]]]:
        """Give the values of all topics of these properties; see `Picture.values_of`."""
        for topic, statements in self.of_properties(names):
            yield topic, tuple(statement.claim.value for statement in statements)

    def said_in(self, reports: Collection[ReportId]) -> tuple[Statement, ...]:
        """Return every statement of these reports; see `Picture.said_in`."""
        wanted = frozenset(reports)
        said = (s for statements in self.statements.values() for s in statements)
        return tuple(sorted((s for s in said if s.report in wanted), key=Statement.sort_key))


def fold(
    entries: Iterable[Entry],
    known: datetime | None = None,
    quarantined: Collection[ReportId] = (),
    identities: Mapping[ThingId, ThingId] | None = None,
) -> Picture:
    """Return the picture of these entries.

    Args:
        entries: In any order; a report that comes twice counts once, as first received.
        known: Leave out what was received after this instant; None takes everything.
        quarantined: Reports that no signature in force stands behind; left out.
        identities: Under which identity a thing is read; None as the judgements in these very
            entries say, an empty mapping to read every thing under its own.
    """
    said = _said(_heard(entries, known, quarantined))
    if identities is None:
        identities = sameness_of(s for s in said if s.claim.property == SAME_AS).identities
    gathered: dict[Topic, list[Statement]] = defaultdict(list)
    for own in said:
        statement = apply_identities(own, identities) if identities else own
        gathered[statement.claim.thing, statement.claim.property].append(statement)
    return FoldedPicture(
        {
            topic: tuple(sorted(gathered[topic], key=Statement.sort_key))
            for topic in sorted(gathered)
        },
        {},
    )


def judgements_in(
    entries: Iterable[Entry],
    known: datetime | None = None,
    quarantined: Collection[ReportId] = (),
) -> tuple[Statement, ...]:
    """Return the judgements of sameness that stand, without folding anything else.

    `sameness_of` makes from them the identities for `fold`, and for a fold by columns.

    Args:
        entries: As in `fold`.
        known: As in `fold`.
        quarantined: As in `fold`.
    """
    needed = (e for e in entries if e.report.supersedes or _has_judgement(e.report))
    said = _said(_heard(needed, known, quarantined))
    return tuple(statement for statement in said if statement.claim.property == SAME_AS)


def _has_judgement(report: Report) -> bool:
    return any(claim.property == SAME_AS for claim in report.claims)


def _heard(
    entries: Iterable[Entry], known: datetime | None, quarantined: Collection[ReportId]
) -> dict[ReportId, Entry]:
    by_report: dict[ReportId, Entry] = {}
    for entry in entries:
        first = by_report.get(entry.report.id)
        if first is None or entry.received_at < first.received_at:
            by_report[entry.report.id] = entry
    return {
        report: entry
        for report, entry in by_report.items()
        if (known is None or entry.received_at <= known) and report not in quarantined
    }


def _said(heard: Mapping[ReportId, Entry]) -> list[Statement]:
    superseded = _superseded(heard)
    return [
        statement
        for report, entry in heard.items()
        if report not in superseded
        for statement in _statements_of(entry)
    ]


def _superseded(heard: Mapping[ReportId, Entry]) -> set[ReportId]:
    """Return reports that their own organisation replaced; nobody replaces another's."""
    replaced: set[ReportId] = set()
    for entry in heard.values():
        older = heard.get(entry.report.supersedes) if entry.report.supersedes else None
        if older and older.report.source.organisation == entry.report.source.organisation:
            replaced.add(older.report.id)
    return replaced


def _statements_of(entry: Entry) -> Iterable[Statement]:
    report = entry.report
    for number, claim in enumerate(report.claims):
        yield Statement(
            report=report.id,
            number=number,
            received_at=entry.received_at,
            source=report.source,
            published=report.published,
            origin=report.origin,
            claim=claim,
        )
