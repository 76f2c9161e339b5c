"""The register in one SQLite file: no server, and durable before it answers.

Write-ahead log with full synchronisation: when `append` returns, what it was given survives a
power cut. One transaction holds a whole batch, so an interruption leaves nothing half done.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, Table, func, select

from takatuf.reports.chain import START, head_text
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
from takatuf.reports.report import Report, report_from_json
from takatuf.reports.submission import SignedSubmission, SubmissionId, submission_from_json
from takatuf.storage import raw_rows
from takatuf.storage.appending import append_reports, append_submissions, positions_of
from takatuf.storage.opening import DAMAGE, open_engine, said, write_lock
from takatuf.storage.seal import SealFile
from takatuf.storage.tables import ENTRIES, SUBMISSIONS
from takatuf.vocabulary.errors import UnavailableError
from takatuf.vocabulary.identity import Position, ReportId, ThingId
from takatuf.vocabulary.time import parse_instant

_HandedRow = tuple[int, str, str, str, bytes]
_FORMS = select(ENTRIES.c.position, ENTRIES.c.report_id, ENTRIES.c.received_at, ENTRIES.c.report)
_HANDED = select(
    SUBMISSIONS.c.position, SUBMISSIONS.c.submission_id, SUBMISSIONS.c.received_at,
    SUBMISSIONS.c.form, SUBMISSIONS.c.signature,
)  # fmt: skip


class SqliteRegister:
    """A `Register` in a file."""

    def __init__(
        self, path: Path, *, keeper: Keeper | None = None, wait_seconds: float = 10.0
    ) -> None:
        """Open the file, and make it if it is not there.

        Args:
            path: The file.
            keeper: Whose register it is; nobody's unless given.
            wait_seconds: How long to wait while another program writes.

        Raises:
            UnavailableError: The file cannot be opened, or is no register of ours.
        """
        self._path = path
        self._keeper = keeper or Keeper()
        self._seal = SealFile(path)
        self._is_changed = False
        self._engine = open_engine(path, wait_seconds)

    @property
    def keeper(self) -> Keeper:
        """Whose register it is."""
        return self._keeper

    def append(
        self, arrivals: Sequence[Arrival], submissions: Sequence[Handed] = ()
    ) -> tuple[Stored, ...]:
        """Keep all of these, or none; see `Register.append`.

        Raises:
            UnavailableError: Another program writes for too long, or the disk refuses.
        """
        try:
            with write_lock(self._engine) as connection:
                self._seal.take_away()
                self._is_changed = True
                last = self._last_received_at(connection)
                append_submissions(connection, dated_in_order(submissions, self._keeper, last))
                return append_reports(connection, dated_in_order(arrivals, self._keeper, last))
        except (*DAMAGE, OSError) as error:
            raise UnavailableError(f"{self._path} cannot be written: {said(error)}") from error

    def entries(self, after: Position | None = None) -> Iterator[Entry]:
        """Give every entry, oldest first; see `Register.entries`."""
        for position, identity, received_at, text in self.forms(after):
            with self._damage_named(f"position {position}"):
                report = report_from_json(json.loads(text), ReportId(identity))
                entry = Entry(Position(position), parse_instant(received_at), report)
            yield entry

    def forms(self, after: Position | None = None) -> Iterator[StoredForm]:
        """Give the same as texts; see `Register.forms`."""
        with self._reading() as connection:
            rows = connection.execute(_after(_FORMS, ENTRIES, after))
            yield from ((position, report, at, text) for position, report, at, text in rows)

    def submissions(self, after: Position | None = None) -> Iterator[SubmissionEntry]:
        """Give every submission, oldest first; see `Register.submissions`."""
        with self._reading() as connection:
            for row in connection.execute(_after(_HANDED, SUBMISSIONS, after)):
                yield self._submission(row)

    def find(self, report: ReportId) -> Report | None:
        """Return the report with this identity, or None."""
        query = select(ENTRIES.c.report).where(ENTRIES.c.report_id == report)
        with self._reading() as connection:
            text = connection.execute(query).scalar_one_or_none()
        with self._damage_named(f"report {report[:16]}"):
            return None if text is None else report_from_json(json.loads(text))

    def holds(self, reports: Collection[ReportId]) -> frozenset[ReportId]:
        """Return those of these reports that are here."""
        with self._reading() as connection:
            found = positions_of(connection, ENTRIES.c.report_id, reports)
        return frozenset(ReportId(identity) for identity in found)

    def find_submission(self, submission: SubmissionId) -> SubmissionEntry | None:
        """Return the submission with this identity, or None."""
        with self._reading() as connection:
            query = _HANDED.where(SUBMISSIONS.c.submission_id == submission)
            row = connection.execute(query).one_or_none()
        return self._submission(row) if row else None

    def ends(self, organisation: ThingId) -> tuple[SubmissionId, ...]:
        """Return the submissions of an organisation that no other of its own follows."""
        query = select(SUBMISSIONS.c.submission_id, SUBMISSIONS.c.previous)
        with self._reading() as connection:
            own = connection.execute(query.where(SUBMISSIONS.c.organisation == organisation)).all()
        # Damage may have made a text something else: verify, which must get past here, says so.
        texts = [(str(identity), str(previous)) for identity, previous in own]
        followed = {identity for _, previous in texts for identity in previous.split()}
        return tuple(sorted(SubmissionId(i) for i, _ in texts if i not in followed))

    def last_received_at(self) -> datetime | None:
        """Return the latest `received_at` of all reports and submissions; None when empty."""
        with self._reading() as connection:
            return self._last_received_at(connection)

    def head(self) -> str:
        """Return the hash over everything; see `Register.head`."""
        with self._reading() as connection, connection.begin():
            connection.exec_driver_sql("BEGIN")  # both counts and both links at one moment
            return _head(connection, *_counts(connection))

    def head_at(self, n_entries: int, n_submissions: int) -> str | None:
        """Return the head as it was; see `Register.head_at`."""
        with self._reading() as connection:
            there = _counts(connection)
            if n_entries > there[0] or n_submissions > there[1]:
                return None
            return _head(connection, n_entries, n_submissions)

    def raw_entries(self) -> Iterator[RawEntry]:
        """Give every entry as its bytes are kept; see `Register.raw_entries`."""
        with self._reading() as connection:
            yield from raw_rows.raw_entries(connection)

    def raw_submissions(self) -> Iterator[RawSubmission]:
        """Give every submission as its bytes are kept; see `Register.raw_submissions`."""
        with self._reading() as connection:
            yield from raw_rows.raw_submissions(connection)

    def check_storage(self) -> StorageCheck:
        """Compare the file with its seal, and let the database check it."""
        sealed = self._seal.check()
        try:
            with self._reading() as connection:
                faults = raw_rows.faults_of(connection, self._path.name)
        except UnavailableError as error:
            faults = (raw_rows.damage(self._path.name, str(error)),)
        return StorageCheck((*sealed.problems, *faults), sealed.notes)

    def __len__(self) -> int:
        """Return the number of reports."""
        with self._reading() as connection:
            return connection.execute(select(func.count()).select_from(ENTRIES)).scalar_one()

    def close(self) -> None:
        """Let go of the file, and seal it if this program changed it and nobody else uses it."""
        if self._is_changed:
            with suppress(*DAMAGE, OSError, MemoryError):  # without a seal nothing is lost
                self._put_seal_on()
        self._engine.dispose()

    def _put_seal_on(self) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 0")  # a seal is worth no waiting
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").close()
        with write_lock(self._engine):
            if self._seal.has_empty_log():
                self._seal.put_on()

    def _last_received_at(self, connection: Connection) -> datetime | None:
        latest = [select(func.max(table.c.received_at)) for table in (ENTRIES, SUBMISSIONS)]
        texts = [connection.execute(query).scalar_one() for query in latest]
        with self._damage_named("a time of receipt"):
            return max((parse_instant(text) for text in texts if text), default=None)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except DAMAGE as error:
            raise UnavailableError(f"{self._path} cannot be read: {said(error)}") from error

    @contextmanager
    def _damage_named(self, where: str) -> Iterator[None]:
        try:
            yield
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise UnavailableError(
                f"{self._path} is damaged at {where}: takatuf verify says more."
            ) from error

    def _submission(self, row: _HandedRow) -> SubmissionEntry:
        position, identity, received_at, text, signature = row
        with self._damage_named(f"position {position}"):
            submission = submission_from_json(json.loads(text), SubmissionId(identity))
            signed = SignedSubmission(submission, signature)
            return SubmissionEntry(Position(position), parse_instant(received_at), signed)


def _after(query: Select[Any], table: Table, after: Position | None) -> Select[Any]:
    ordered = query.order_by(table.c.position)
    return ordered if after is None else ordered.where(table.c.position > after)


def _counts(connection: Connection) -> tuple[int, int]:
    n_entries, n_submissions = (
        connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in (ENTRIES, SUBMISSIONS)
    )
    return n_entries, n_submissions


def _head(connection: Connection, n_entries: int, n_submissions: int) -> str:
    entry_link = _link(connection, ENTRIES, n_entries)
    submission_link = _link(connection, SUBMISSIONS, n_submissions)
    return head_text(n_entries, entry_link, n_submissions, submission_link)


def _link(connection: Connection, table: Table, number: int) -> str:
    if number == 0:
        return START
    query = select(table.c.link).order_by(table.c.position).offset(number - 1).limit(1)
    return str(connection.execute(query).scalar_one())
