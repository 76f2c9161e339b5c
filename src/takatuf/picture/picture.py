"""What the picture is made of: statements by what they are about.

`Picture` is what everybody asks; how it was folded is nobody else's business. The plain fold
(`fold.py`) is the oracle, the one by columns (`columns/`) is the one that is used.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from takatuf.reports.report import Claim, Modality, Published, Source
from takatuf.vocabulary.identity import ReportId, ThingId
from takatuf.vocabulary.value import Value

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

    def sort_key(self) -> tuple[str, int]:
        """Return what orders statements the same way on every machine."""
        return self.report, self.number

    def time_key(self) -> tuple[date, date, str, str, int]:
        """Return what orders statements by the day they speak of, undated ones first.

        On one day the value decides, so that a report's identity, which the names of its
        source go into, never does.
        """
        observed = self.claim.observed_at
        span = (observed.earliest, observed.latest) if observed else (date.min, date.min)
        return *span, repr(self.claim.value), *self.sort_key()


class Picture(Protocol):
    """All statements by what they are about; withheld ones only as a count."""

    @property
    def statements(self) -> Mapping[Topic, tuple[Statement, ...]]:
        """Everything that was said, in the order of the topics."""
        ...

    @property
    def withheld(self) -> Mapping[Topic, int]:
        """How many statements on a topic the reader may not see."""
        ...

    def about(self, thing: ThingId, name: str) -> tuple[Statement, ...]:
        """Return what was said of one property of one thing, in an order that never changes."""
        ...

    def of_properties(
        self, names: Collection[str]
    ) -> Iterator[tuple[Topic, tuple[Statement, ...]]]:
        """Give all topics of these properties, in the order of the topics."""
        ...

    def values_of(self, names: Collection[str]) -> Iterator[tuple[Topic, tuple[Value, ...]]]:
        """Give the values of all topics of these properties, in the order of `of_properties`."""
        ...

    def said_in(self, reports: Collection[ReportId]) -> tuple[Statement, ...]:
        """Return every statement of these reports, in the order of `Statement.sort_key`."""
        ...
