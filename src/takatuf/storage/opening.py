"""Open a register's file: make its tables where it is new, and bring an earlier form up to date.

A file that holds anything but a register is refused and never written to: tables that are
missing from a file that is not new mean damage, and making them anew would hide it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, insert
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError, NoResultFound
from sqlalchemy.pool import ConnectionPoolEntry

from takatuf.reports.chain import START, link_of_report
from takatuf.storage.tables import COLUMNS_BEFORE_LINKS, ENTRIES, METADATA
from takatuf.vocabulary.errors import UnavailableError

ROWS_AT_ONCE = 5_000
# What is raised on a damaged file: its own words may be no text, and rows it counts not there.
DAMAGE = (DatabaseError, NoResultFound, sqlite3.Error, UnicodeError)
_NEW_FILE_BYTES = 4096  # a database without tables is one page at most


def open_engine(path: Path, wait_seconds: float) -> Engine:
    """Return an engine on a register's file, its tables as this version has them.

    Raises:
        UnavailableError: The file cannot be opened, or is no register of ours.
    """
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": wait_seconds})
    event.listen(engine, "connect", _set_durable)
    try:
        _prepare(engine, path)
    except DAMAGE as error:
        engine.dispose()
        raise UnavailableError(f"{path} cannot be opened as a register: {said(error)}") from error
    except UnavailableError:
        engine.dispose()
        raise
    return engine


@contextmanager
def write_lock(engine: Engine) -> Iterator[Connection]:
    """Hold the write lock; what was done is kept when the block ends, and undone if it fails."""
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection
        connection.commit()


def said(error: Exception) -> str:
    """Return what the database said, without the statement that it was asked."""
    return str(error.orig) if isinstance(error, DatabaseError) else str(error)


def _set_durable(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we begin transactions ourselves
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _prepare(engine: Engine, path: Path) -> None:
    with engine.connect() as connection:
        is_ready = _columns(connection) == _wanted()
    if is_ready:
        return
    with write_lock(engine) as connection:
        there = _columns(connection)  # again: another program may have been quicker
        if there == _wanted():
            return
        if not there and path.stat().st_size <= _NEW_FILE_BYTES:
            METADATA.create_all(connection)
        elif there == {ENTRIES.name: COLUMNS_BEFORE_LINKS}:
            _add_links(connection)
        else:
            raise UnavailableError(
                f"{path} is no register of this version, or is damaged: restore it from a copy."
            )


def _wanted() -> dict[str, frozenset[str]]:
    return {t.name: frozenset(c.name for c in t.columns) for t in METADATA.tables.values()}


def _columns(connection: Connection) -> dict[str, frozenset[str]]:
    found = connection.exec_driver_sql(
        "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c "
        "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"
    )
    columns: dict[str, set[str]] = {}
    for table, column in found:
        columns.setdefault(table, set()).add(column)
    return {table: frozenset(names) for table, names in columns.items()}


def _add_links(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE entries RENAME TO entries_before")
    METADATA.create_all(connection)
    columns = ("position", "report_id", "received_at", "report")
    rows = connection.exec_driver_sql(
        f"SELECT {', '.join(columns)} FROM entries_before ORDER BY position"  # noqa: S608 - our own names
    )
    link = START
    for part in rows.partitions(ROWS_AT_ONCE):
        linked = []
        for position, report, received_at, text in part:
            link = link_of_report(link, position, received_at, report)
            linked.append(dict(zip((*columns, "link"), (position, report, received_at, text, link),
                                   strict=True)))  # fmt: skip
        connection.execute(insert(ENTRIES), linked)
    connection.exec_driver_sql("DROP TABLE entries_before")
