"""Fold the register into the shared picture.

The picture is a pure function of the register: nothing else may write to it, and folding
the register again from the start gives the same picture, in whatever order the reports
came. So a wrong report, a better rule or a lost picture costs a rebuild, and never the
record of who said what. Nothing is weighed here; that is done when somebody asks.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from takatuf.reports.register import Entry
from takatuf.reports.report import Claim, Modality, Published, Source
from takatuf.vocabulary.identity import ReportId, ThingId

Topic = tuple[ThingId, str]  # one property of one thing: what a question is about


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One claim with all that its report says of it."""

    report: ReportId
    number: int  # the claim's place in its report
    received_at: datetime
    source: Source
    published: Published
    origin: str
    claim: Claim
    is_implied: bool = False  # follows from a claim on another property, by a rule

    @property
    def is_assumption(self) -> bool:
        """Whether nobody reported it: it gives way to any report."""
        return self.source.method == "assumption"

    @property
    def is_promise(self) -> bool:
        """Whether it speaks of the future: it never says what is."""
        return self.claim.modality is Modality.PROMISED

    @property
    def origin_group(self) -> str:
        """Whose word it is in the end: whom it retells, else the organisation itself."""
        return self.origin or self.source.organisation

    def sort_key(self) -> tuple[str, int]:
        """Return what orders statements the same way on every machine."""
        return self.report, self.number

    def time_key(self) -> tuple[date, str, int]:
        """Return what orders statements by the day they speak of, undated ones first."""
        observed = self.claim.observed_at
        return (observed.earliest if observed else date.min, *self.sort_key())


@dataclass(frozen=True, slots=True)
class Picture:
    """All statements by what they are about; withheld ones only as a count."""

    statements: Mapping[Topic, tuple[Statement, ...]]
    withheld: Mapping[Topic, int]

    def about(self, thing: ThingId, name: str) -> tuple[Statement, ...]:
        """Return what was said of one property of one thing, in an order that never changes."""
        return self.statements.get((thing, name), ())


def fold(entries: Iterable[Entry], known: datetime | None = None) -> Picture:
    """Return the picture of these entries.

    Args:
        entries: In any order; a report that comes twice counts once, as first received.
        known: Leave out what was received after this instant; None takes everything.
    """
    by_report: dict[ReportId, Entry] = {}
    for entry in entries:
        first = by_report.get(entry.report.id)
        if first is None or entry.received_at < first.received_at:
            by_report[entry.report.id] = entry
    heard = {
        report: entry
        for report, entry in by_report.items()
        if known is None or entry.received_at <= known
    }
    superseded = _superseded(heard)
    gathered: dict[Topic, list[Statement]] = defaultdict(list)
    for report, entry in heard.items():
        if report not in superseded:
            for statement in _statements_of(entry):
                gathered[statement.claim.thing, statement.claim.property].append(statement)
    return Picture(
        {
            topic: tuple(sorted(gathered[topic], key=Statement.sort_key))
            for topic in sorted(gathered)
        },
        {},
    )


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
