"""The register: the only thing that cannot be derived again.

It is append-only and idempotent: the same report is kept once, at its first position and
with its first `received_at`. What a protocol promises is tested over every implementation in
`tests/contract/test_register.py`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from takatuf.reports.report import Report
from takatuf.vocabulary.identity import Position, ReportId


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report and the moment we heard it (aware, UTC)."""

    report: Report
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A report in the register, at its position."""

    position: Position
    received_at: datetime
    report: Report


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one arrival: where it stands, and whether it was new."""

    position: Position
    report: ReportId
    is_new: bool


class Register(Protocol):
    """Keeps every report for ever, in the order of arrival."""

    def append(self, arrivals: Sequence[Arrival]) -> tuple[Stored, ...]:
        """Keep all of these, or none: when it returns, they survive a power cut.

        A report that is here already keeps its position and its `received_at`.
        """
        ...

    def entries(self, after: Position | None = None) -> Iterator[Entry]:
        """Give every entry, oldest first; with `after`, only those behind that position."""
        ...

    def find(self, report: ReportId) -> Report | None:
        """Return the report with this identity, or None."""
        ...

    def close(self) -> None:
        """Let go of what it is kept in; what was appended is safe without it."""
        ...

    def __len__(self) -> int:
        """Return the number of reports."""
        ...
