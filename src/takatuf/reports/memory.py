"""A register in memory: for tests and notebooks, and the oracle for the other ones."""

from collections.abc import Iterator, Sequence

from takatuf.reports.register import Arrival, Entry, Stored
from takatuf.reports.report import Report
from takatuf.vocabulary.identity import Position, ReportId


class MemoryRegister:
    """A `Register` that lasts as long as the process."""

    def __init__(self) -> None:
        """Begin empty."""
        self._entries: dict[ReportId, Entry] = {}

    def append(self, arrivals: Sequence[Arrival]) -> tuple[Stored, ...]:
        """Keep all of these; see `Register.append`."""
        return tuple(self._append(arrival) for arrival in arrivals)

    def _append(self, arrival: Arrival) -> Stored:
        report = arrival.report
        is_new = report.id not in self._entries
        if is_new:
            position = Position(len(self._entries) + 1)
            self._entries[report.id] = Entry(position, arrival.received_at, report)
        return Stored(self._entries[report.id].position, report.id, is_new)

    def entries(self, after: Position | None = None) -> Iterator[Entry]:
        """Give every entry, oldest first; see `Register.entries`."""
        yield from (e for e in self._entries.values() if after is None or e.position > after)

    def find(self, report: ReportId) -> Report | None:
        """Return the report with this identity, or None."""
        entry = self._entries.get(report)
        return entry.report if entry else None

    def close(self) -> None:
        """Do nothing; see `Register.close`."""

    def __len__(self) -> int:
        """Return the number of reports."""
        return len(self._entries)
