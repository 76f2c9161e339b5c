"""Put reports and submissions into the tables, inside a transaction that somebody else holds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Column, Connection, Table, insert, select

from takatuf.reports.chain import START, link_of_report, link_of_submission
from takatuf.reports.register import Arrival, Handed, Stored
from takatuf.reports.report import canonical_json
from takatuf.reports.submission import submission_bytes
from takatuf.storage.tables import ENTRIES, SUBMISSIONS
from takatuf.vocabulary.identity import Position, ReportId
from takatuf.vocabulary.time import instant_text

AT_ONCE = 500  # identities in one question: every SQLite takes so many

_RowValues = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Last:
    position: int
    link: str


def append_reports(connection: Connection, arrivals: Sequence[Arrival]) -> tuple[Stored, ...]:
    """Keep those that are not here yet, and say of each where it stands."""
    position_by_id = positions_of(connection, ENTRIES.c.report_id, (a.report.id for a in arrivals))
    last = _last(connection, ENTRIES)
    rows: list[_RowValues] = []
    stored: list[Stored] = []
    for arrival in arrivals:
        identity = arrival.report.id
        is_new = identity not in position_by_id
        if is_new:
            received_at = instant_text(arrival.received_at)
            position = last.position + 1
            last = _Last(position, link_of_report(last.link, position, received_at, identity))
            position_by_id[identity] = position
            text = canonical_json(arrival.report).decode()
            rows.append({"position": position, "report_id": identity, "received_at": received_at,
                         "report": text, "link": last.link})  # fmt: skip
        stored.append(Stored(Position(position_by_id[identity]), ReportId(identity), is_new))
    _insert(connection, ENTRIES, rows)
    return tuple(stored)


def append_submissions(connection: Connection, submissions: Sequence[Handed]) -> None:
    """Keep those that are not here yet."""
    identities = (handed.signed.submission.id for handed in submissions)
    known = set(positions_of(connection, SUBMISSIONS.c.submission_id, identities))
    last = _last(connection, SUBMISSIONS)
    rows: list[_RowValues] = []
    for handed in submissions:
        submission, signature = handed.signed.submission, handed.signed.signature
        if submission.id in known:
            continue
        known.add(submission.id)
        received_at = instant_text(handed.received_at)
        position = last.position + 1
        link = link_of_submission(last.link, position, received_at, submission.id, signature)
        last = _Last(position, link)
        rows.append({"position": position, "submission_id": submission.id,
                     "organisation": submission.organisation, "number": submission.number,
                     "previous": " ".join(submission.previous), "received_at": received_at,
                     "form": submission_bytes(submission).decode(), "signature": signature,
                     "link": link})  # fmt: skip
    _insert(connection, SUBMISSIONS, rows)


def positions_of(
    connection: Connection, column: Column[str], identities: Iterable[str]
) -> dict[str, int]:
    """Return the position of each of these that is here."""
    found: dict[str, int] = {}
    for some in _in_parts(sorted(set(identities))):
        query = select(column, column.table.c.position).where(column.in_(some))
        found |= dict(connection.execute(query).all())
    return found


def _in_parts(identities: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(identities), AT_ONCE):
        yield identities[start : start + AT_ONCE]


def _last(connection: Connection, table: Table) -> _Last:
    query = select(table.c.position, table.c.link).order_by(table.c.position.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return _Last(row.position, row.link) if row else _Last(0, START)


def _insert(connection: Connection, table: Table, rows: list[_RowValues]) -> None:
    if rows:
        connection.execute(insert(table), rows)
