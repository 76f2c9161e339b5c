"""The register in one SQLite file: no server, and durable before it answers.

Write-ahead log with full synchronisation: when `append` returns, the reports survive a power
cut. One transaction holds a whole batch, so an interruption leaves nothing half done.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    func,
    select,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from takatuf.reports.register import Arrival, Entry, Stored
from takatuf.reports.report import Report, canonical_json, report_from_json
from takatuf.vocabulary.errors import UnavailableError
from takatuf.vocabulary.identity import Position, ReportId
from takatuf.vocabulary.time import instant_text, parse_instant

_METADATA = MetaData()
_ENTRIES = Table(
    "entries",
    _METADATA,
    Column("position", Integer, primary_key=True),
    Column("report_id", String(64), nullable=False, unique=True),
    Column("received_at", String, nullable=False),  # ISO 8601, UTC: sorts as time
    Column("report", Text, nullable=False),  # RFC 8785 canonical JSON, as it was hashed
    sqlite_autoincrement=True,  # a position is never given twice
)


class SqliteRegister:
    """A `Register` in a file."""

    def __init__(self, path: Path, *, wait_seconds: float = 10.0) -> None:
        """Open the file, and make it if it is not there.

        Args:
            path: The file.
            wait_seconds: How long to wait while another program writes.

        Raises:
            UnavailableError: The file cannot be opened, or is no register of ours.
        """
        self._path = path
        self._engine = _open(path, wait_seconds)

    def append(self, arrivals: Sequence[Arrival]) -> tuple[Stored, ...]:
        """Keep all of these, or none; see `Register.append`.

        Raises:
            UnavailableError: Another program writes for too long, or the disk refuses.
        """
        try:
            with self._engine.begin() as connection:
                return tuple(_append(connection, arrival) for arrival in arrivals)
        except OperationalError as error:
            raise UnavailableError(f"{self._path} cannot be written: {error.orig}") from error

    def entries(self, after: Position | None = None) -> Iterator[Entry]:
        """Give every entry, oldest first; see `Register.entries`."""
        query = select(_ENTRIES).order_by(_ENTRIES.c.position)
        if after is not None:
            query = query.where(_ENTRIES.c.position > after)
        with self._engine.connect() as connection:
            for position, identity, received_at, text in connection.execute(query):
                report = report_from_json(json.loads(text), ReportId(identity))
                yield Entry(Position(position), parse_instant(received_at), report)

    def find(self, report: ReportId) -> Report | None:
        """Return the report with this identity, or None."""
        query = select(_ENTRIES.c.report).where(_ENTRIES.c.report_id == report)
        with self._engine.connect() as connection:
            text = connection.execute(query).scalar_one_or_none()
        return None if text is None else report_from_json(json.loads(text))

    def __len__(self) -> int:
        """Return the number of reports."""
        with self._engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(_ENTRIES)).scalar_one()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()


def _open(path: Path, wait_seconds: float) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": wait_seconds})
    event.listen(engine, "connect", _set_durable)
    try:
        _METADATA.create_all(engine)
    except (OperationalError, DatabaseError) as error:
        engine.dispose()
        raise UnavailableError(f"{path} cannot be opened as a register: {error.orig}") from error
    return engine


def _set_durable(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _append(connection: Connection, arrival: Arrival) -> Stored:
    report = arrival.report
    added = connection.execute(
        insert(_ENTRIES)
        .values(
            report_id=report.id,
            received_at=instant_text(arrival.received_at),
            report=canonical_json(report).decode(),
        )
        .on_conflict_do_nothing(index_elements=["report_id"])
    )
    position = connection.execute(
        select(_ENTRIES.c.position).where(_ENTRIES.c.report_id == report.id)
    ).scalar_one()
    return Stored(Position(position), report.id, added.rowcount == 1)
