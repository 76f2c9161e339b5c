"""The register: the only thing that cannot be derived again.

It is append-only and idempotent: the same report is kept once, at its first position and
with its first `received_at`, and so is the same submission. Each entry carries a link, a hash
over the one before it; the head is a hash over both chains, so who wrote a head down can show
later that something before it was changed, back-dated or taken out. What a protocol promises
is tested over every implementation in `tests/contract/test_register.py`.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, TypeVar

from takatuf.reports.report import Report
from takatuf.reports.submission import KeyId, SignedSubmission, SubmissionId
from takatuf.vocabulary.errors import Problem
from takatuf.vocabulary.identity import Position, ReportId, ThingId

StoredForm = tuple[int, str, str, str]  # position, report id, received_at, canonical JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """Whose register it is, and what for."""

    root: KeyId | None = None  # the host's first key, from which trust is reached; None: nobody's
    is_replay: bool = False  # a record of the past: reports are dated by their publication


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report and the moment we heard it (aware, UTC)."""

    report: Report
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Handed:
    """A submission and the moment it was handed to us (aware, UTC)."""

    signed: SignedSubmission
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A report in the register, at its position."""

    position: Position
    received_at: datetime
    report: Report


@dataclass(frozen=True, slots=True)
class SubmissionEntry:
    """A submission in the register, at its position among the submissions."""

    position: Position
    received_at: datetime
    signed: SignedSubmission


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one arrival: where it stands, and whether it was new."""

    position: Position
    report: ReportId
    is_new: bool


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as its bytes are kept, for whoever checks them; nothing is taken as true."""

    position: int
    report_id: bytes
    received_at: bytes
    form: bytes
    link: bytes  # hexadecimal digits


@dataclass(frozen=True, slots=True)
class RawSubmission:
    """A submission as its bytes are kept, for whoever checks them; nothing is taken as true."""

    position: int
    submission_id: bytes
    organisation: bytes
    number: bytes  # decimal digits
    previous: bytes  # identities with a space between
    received_at: bytes
    form: bytes
    signature: bytes
    link: bytes  # hexadecimal digits


@dataclass(frozen=True, slots=True)
class StorageCheck:
    """What a store finds wrong with what it is kept in."""

    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()  # what could not be checked, and why


T = TypeVar("T", Arrival, Handed)


def dated_in_order(things: Sequence[T], keeper: Keeper, last: datetime | None) -> Sequence[T]:
    """Return the same things, none received before the last that is here; see `Register.append`.

    Args:
        things: With the instants that they were given.
        keeper: In a record of the past they keep them.
        last: The latest `received_at` that is here, or None.
    """
    if keeper.is_replay or last is None:
        return things
    return [replace(t, received_at=last) if t.received_at < last else t for t in things]


class Register(Protocol):
    """Keeps every report and every submission for ever, in the order of arrival."""

    @property
    def keeper(self) -> Keeper:
        """Whose register it is."""
        ...

    def append(
        self, arrivals: Sequence[Arrival], submissions: Sequence[Handed] = ()
    ) -> tuple[Stored, ...]:
        """Keep all of these, or none: when it returns, they survive a power cut.

        What is here already keeps its position and its `received_at`. Except in a record of
        the past nothing is dated before what is here: of two that write at once, the later
        one may have looked at its clock first. Signatures are not looked at: whoever brings a
        submission in has checked it.
        """
        ...

    def entries(self, after: Position | None = None) -> Iterator[Entry]:
        """Give every entry, oldest first; with `after`, only those behind that position."""
        ...

    def forms(self, after: Position | None = None) -> Iterator[StoredForm]:
        """Give the same as texts, without building reports: for whoever reads by columns."""
        ...

    def submissions(self, after: Position | None = None) -> Iterator[SubmissionEntry]:
        """Give every submission, oldest first; with `after`, only those behind that position."""
        ...

    def find(self, report: ReportId) -> Report | None:
        """Return the report with this identity, or None."""
        ...

    def holds(self, reports: Collection[ReportId]) -> frozenset[ReportId]:
        """Return those of these reports that are here."""
        ...

    def find_submission(self, submission: SubmissionId) -> SubmissionEntry | None:
        """Return the submission with this identity, or None."""
        ...

    def ends(self, organisation: ThingId) -> tuple[SubmissionId, ...]:
        """Return the submissions of an organisation that no other of its own follows, sorted."""
        ...

    def last_received_at(self) -> datetime | None:
        """Return the latest `received_at` of all reports and submissions; None when empty."""
        ...

    def head(self) -> str:
        """Return ``<reports>.<submissions>.<hash>``: the hash covers every entry before it."""
        ...

    def head_at(self, n_entries: int, n_submissions: int) -> str | None:
        """Return the head as it was with so many reports and submissions; None if never."""
        ...

    def raw_entries(self) -> Iterator[RawEntry]:
        """Give every entry as its bytes are kept, oldest first.

        Raises:
            UnavailableError: What it is kept in is damaged.
        """
        ...

    def raw_submissions(self) -> Iterator[RawSubmission]:
        """Give every submission as its bytes are kept, oldest first.

        Raises:
            UnavailableError: What it is kept in is damaged.
        """
        ...

    def check_storage(self) -> StorageCheck:
        """Return what is wrong with what it is kept in; the entries are not read."""
        ...

    def close(self) -> None:
        """Let go of what it is kept in; what was appended is safe without it."""
        ...

    def __len__(self) -> int:
        """Return the number of reports."""
        ...
