"""Read a register as its bytes are kept, and ask the database what it finds wrong itself.

Nothing here trusts what it reads: texts come as bytes, whatever they are by now.
"""

from collections.abc import Iterator

from sqlalchemy import Connection

from takatuf.reports.register import RawEntry, RawSubmission
from takatuf.vocabulary.errors import Problem, cut

MAX_FAULTS = 100  # the database lists no more
_ENTRY = ("report_id", "received_at", "report", "link")
_SUBMISSION = ("submission_id", "organisation", "number", "previous", "received_at", "form",
               "signature", "link")  # fmt: skip
_NO_TEXT = {"number", "signature"}


def raw_entries(connection: Connection) -> Iterator[RawEntry]:
    """Give every entry, oldest first."""
    for row in connection.exec_driver_sql(_bytes_of("entries", _ENTRY)):
        yield RawEntry(*row)


def raw_submissions(connection: Connection) -> Iterator[RawSubmission]:
    """Give every submission, oldest first."""
    for row in connection.exec_driver_sql(_bytes_of("submissions", _SUBMISSION)):
        yield RawSubmission(*row)


def faults_of(connection: Connection, where: str) -> tuple[Problem, ...]:
    """Return what the database finds wrong with its own file: pages, indexes, kinds of cells."""
    checked = connection.exec_driver_sql(f"PRAGMA integrity_check({MAX_FAULTS})")
    found = [str(row[0]) for row in checked]
    faults = [] if found == ["ok"] else found
    for table, columns in (("entries", _ENTRY), ("submissions", _SUBMISSION)):
        texts = (column for column in columns if column not in _NO_TEXT)
        is_no_text = " OR ".join(f"typeof({column}) <> 'text'" for column in texts)
        query = f"SELECT position FROM {table} WHERE {is_no_text}"  # noqa: S608 - our own names
        faults += [f"{table} {row[0]}: no text" for row in connection.exec_driver_sql(query)]
    return tuple(damage(where, fault) for fault in faults)


def damage(where: str, fault: str) -> Problem:
    """Return what the database says of its own file as a finding."""
    return Problem(
        code="verify.register-damaged",
        where=where,
        found=cut(" ".join(fault.split())),
        expected="a file that the database finds whole",
        hint="Restore the register from a copy; entries that are whole can be merged into it.",
    )


def _bytes_of(table: str, columns: tuple[str, ...]) -> str:
    cells = ", ".join(f"coalesce(CAST({column} AS BLOB), x'')" for column in columns)
    return f"SELECT position, {cells} FROM {table} ORDER BY position"  # noqa: S608 - our own names
