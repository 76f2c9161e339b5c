"""A register and a key store in memory: for tests and notebooks, and the oracle for others."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from takatuf.reports.chain import START, head_text, link_of_report, link_of_submission
from takatuf.reports.keys import SigningKey
from takatuf.reports.register import (
    Arrival,
    Entry,
    Handed,
    Keeper,
    RawEntry,
    RawSubmission,
    StorageCheck,
    Stored,
    StoredForm,
    SubmissionEntry,
    dated_in_order,
)
from takatuf.reports.report import Report, canonical_json
from takatuf.reports.submission import KeyId, SubmissionId, submission_bytes
from takatuf.vocabulary.identity import Position, ReportId, ThingId
from takatuf.vocabulary.time import instant_text


class MemoryRegister:
    """A `Register` that lasts as long as the process."""

    def __init__(self, keeper: Keeper | None = None) -> None:
        """Begin empty, as nobody's register unless a keeper is given."""
        self._keeper = keeper or Keeper()
        self._entries: dict[ReportId, Entry] = {}
        self._submissions: dict[SubmissionId, SubmissionEntry] = {}
        self._entry_links: list[str] = []
        self._submission_links: list[str] = []
        self._last_received_at: datetime | None = None

    @property
    def keeper(self) -> Keeper:
        """Whose register it is."""
        return self._keeper

    def append(
        self, arrivals: Sequence[Arrival], submissions: Sequence[Handed] = ()
    ) -> tuple[Stored, ...]:
        """Keep all of these; see `Register.append`."""
        received = [a.received_at for a in arrivals] + [s.received_at for s in submissions]
        for instant in received:
            instant_text(instant)  # a naive instant leaves nothing half done
        last = self._last_received_at
        for handed in dated_in_order(submissions, self._keeper, last):
            self._hand_in(handed)
        dated = dated_in_order(arrivals, self._keeper, last)
        return tuple(self._append(arrival) for arrival in dated)

    def entries(self, after: Position | None = None) -> Iterator[Entry]:
        """Give every entry, oldest first; see `Register.entries`."""
        yield from (e for e in self._entries.values() if after is None or e.position > after)

    def forms(self, after: Position | None = None) -> Iterator[StoredForm]:
        """Give the same as texts; see `Register.forms`."""
        for e in self.entries(after):
            text = canonical_json(e.report).decode()
            yield e.position, e.report.id, instant_text(e.received_at), text

    def submissions(self, after: Position | None = None) -> Iterator[SubmissionEntry]:
        """Give every submission, oldest first; see `Register.submissions`."""
        yield from (s for s in self._submissions.values() if after is None or s.position > after)

    def find(self, report: ReportId) -> Report | None:
        """Return the report with this identity, or None."""
        entry = self._entries.get(report)
        return entry.report if entry else None

    def holds(self, reports: Collection[ReportId]) -> frozenset[ReportId]:
        """Return those of these reports that are here."""
        return frozenset(report for report in reports if report in self._entries)

    def find_submission(self, submission: SubmissionId) -> SubmissionEntry | None:
        """Return the submission with this identity, or None."""
        return self._submissions.get(submission)

    def ends(self, organisation: ThingId) -> tuple[SubmissionId, ...]:
        """Return the submissions of an organisation that no other of its own follows."""
        own = [e.signed.submission for e in self._submissions.values()]
        own = [submission for submission in own if submission.organisation == organisation]
        followed = {previous for submission in own for previous in submission.previous}
        return tuple(sorted(s.id for s in own if s.id not in followed))

    def last_received_at(self) -> datetime | None:
        """Return the latest `received_at` of all reports and submissions; None when empty."""
        return self._last_received_at

    def head(self) -> str:
        """Return the hash over everything; see `Register.head`."""
        return self._head(len(self._entry_links), len(self._submission_links))

    def head_at(self, n_entries: int, n_submissions: int) -> str | None:
        """Return the head as it was; see `Register.head_at`."""
        if n_entries > len(self._entry_links) or n_submissions > len(self._submission_links):
            return None
        return self._head(n_entries, n_submissions)

    def raw_entries(self) -> Iterator[RawEntry]:
        """Give every entry as bytes; see `Register.raw_entries`."""
        for form, link in zip(self.forms(), self._entry_links, strict=True):
            position, *texts = form
            report, received_at, text = (text.encode() for text in texts)
            yield RawEntry(position, report, received_at, text, link.encode())

    def raw_submissions(self) -> Iterator[RawSubmission]:
        """Give every submission as bytes; see `Register.raw_submissions`."""
        for entry, link in zip(self.submissions(), self._submission_links, strict=True):
            submission = entry.signed.submission
            yield RawSubmission(
                position=entry.position,
                submission_id=submission.id.encode(),
                organisation=submission.organisation.encode(),
                number=str(submission.number).encode(),
                previous=" ".join(submission.previous).encode(),
                received_at=instant_text(entry.received_at).encode(),
                form=submission_bytes(submission),
                signature=entry.signed.signature,
                link=link.encode(),
            )

    def check_storage(self) -> StorageCheck:
        """Find nothing: there is no file; see `Register.check_storage`."""
        return StorageCheck()

    def close(self) -> None:
        """Do nothing; see `Register.close`."""

    def __len__(self) -> int:
        """Return the number of reports."""
        return len(self._entries)

    def _append(self, arrival: Arrival) -> Stored:
        report = arrival.report
        is_new = report.id not in self._entries
        if is_new:
            position = Position(len(self._entries) + 1)
            self._entries[report.id] = Entry(position, arrival.received_at, report)
            before = self._entry_links[-1] if self._entry_links else START
            received_at = self._heard(arrival.received_at)
            self._entry_links.append(link_of_report(before, position, received_at, report.id))
        return Stored(self._entries[report.id].position, report.id, is_new)

    def _hand_in(self, handed: Handed) -> None:
        signed = handed.signed
        identity = signed.submission.id
        if identity in self._submissions:
            return
        position = Position(len(self._submissions) + 1)
        self._submissions[identity] = SubmissionEntry(position, handed.received_at, signed)
        before = self._submission_links[-1] if self._submission_links else START
        received_at = self._heard(handed.received_at)
        self._submission_links.append(
            link_of_submission(before, position, received_at, identity, signed.signature)
        )

    def _heard(self, received_at: datetime) -> str:
        self._last_received_at = max(received_at, self._last_received_at or received_at)
        return instant_text(received_at)

    def _head(self, n_entries: int, n_submissions: int) -> str:
        entry_link = self._entry_links[n_entries - 1] if n_entries else START
        submission_link = self._submission_links[n_submissions - 1] if n_submissions else START
        return head_text(n_entries, entry_link, n_submissions, submission_link)


class MemoryKeys:
    """A `KeyStore` that lasts as long as the process."""

    def __init__(self, *keys: SigningKey) -> None:
        """Begin with these keys."""
        self._keys = {key.id: key for key in keys}

    def find(self, key: KeyId) -> SigningKey | None:
        """Return the key with this identity, or None."""
        return self._keys.get(key)

    def add(self, key: SigningKey) -> None:
        """Keep a key; one that is here already stays as it is."""
        self._keys.setdefault(key.id, key)

    def all(self) -> tuple[SigningKey, ...]:
        """Return every key, in the order of their identities."""
        return tuple(self._keys[identity] for identity in sorted(self._keys))
