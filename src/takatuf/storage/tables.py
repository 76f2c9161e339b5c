"""The tables of a register in SQLite.

Texts that were hashed or signed are kept as they were hashed; every other column only repeats
what stands in them, so that it can be looked up, and `verify` compares the two.
"""

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, String, Table, Text

METADATA = MetaData()
ENTRIES = Table(
    "entries",
    METADATA,
    Column("position", Integer, primary_key=True),
    Column("report_id", String(64), nullable=False, unique=True),
    Column("received_at", String, nullable=False),  # ISO 8601, UTC: sorts as time
    Column("report", Text, nullable=False),  # RFC 8785 canonical JSON, as it was hashed
    Column("link", String(64), nullable=False),  # over the link before and this entry
    sqlite_autoincrement=True,  # a position is never given twice
)
SUBMISSIONS = Table(
    "submissions",
    METADATA,
    Column("position", Integer, primary_key=True),
    Column("submission_id", String(64), nullable=False, unique=True),
    Column("organisation", String, nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("previous", Text, nullable=False),  # identities with a space between
    Column("received_at", String, nullable=False),
    Column("form", Text, nullable=False),  # RFC 8785 canonical JSON, as it was signed
    Column("signature", LargeBinary(64), nullable=False),
    Column("link", String(64), nullable=False),
    sqlite_autoincrement=True,
)
Index("ix_entries_received_at", ENTRIES.c.received_at)  # for the latest instant, at once
Index("ix_submissions_received_at", SUBMISSIONS.c.received_at)
COLUMNS_BEFORE_LINKS = frozenset({"position", "report_id", "received_at", "report"})
