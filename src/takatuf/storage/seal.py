"""The seal: a file beside the register with a hash over all its bytes, those in between too.

It is written when a register is closed in good order, and taken away before the next change;
both only while the register's write lock is held, so no seal ever stands beside a register
that is being changed. Therefore a seal that does not fit means that bytes were changed from
outside; and no seal, as after a crash, says nothing.

The file is read through the database and never opened past it: on POSIX systems, closing a file
lets go of every lock that the process holds on it, also of those of an open register. Another
program would then take itself for the last one and remove the log that is still written to.
"""

import hashlib
import json
import os
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from takatuf.reports.register import StorageCheck
from takatuf.storage.durable import make_durable
from takatuf.storage.opening import DAMAGE, said
from takatuf.storage.raw_rows import damage
from takatuf.storage.tables import ENTRIES, SUBMISSIONS
from takatuf.vocabulary.errors import Problem

MAX_READINGS = 3  # how often to begin again when somebody writes meanwhile
NO_SEAL = (
    "The register has no seal: it is open in another program, or was not closed in good order "
    "after its last change. Every entry was checked; bytes between the entries were not."
)
TOO_LARGE = (
    "The register is larger than the memory that is free: its seal was not compared. Every "
    "entry was checked; bytes between the entries were not."
)
IN_USE = "The register was being written: its seal was not compared. Verify again later."


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What a register's file was when it was closed."""

    size: int  # bytes
    sha256: str
    n_entries: int
    n_submissions: int

    @property
    def text(self) -> str:
        """What stands in the file; a seal of any other form does not fit."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True)
class SealFile:
    """The seal beside one register."""

    database: Path

    @property
    def path(self) -> Path:
        """Where the seal is."""
        return self.database.with_name(f"{self.database.name}.seal")

    def take_away(self) -> None:
        """Remove the seal, for good before this returns; call only with the write lock held.

        Raises:
            OSError: The disk refuses.
        """
        try:
            self.path.unlink()
        except FileNotFoundError:
            return
        make_durable(self.path.parent)

    def put_on(self) -> None:
        """Seal the file as it is; call only with the write lock held and nothing in the log.

        Raises:
            OSError: The disk refuses.
            sqlite3.Error: The file cannot be read.
        """
        make_durable(self._log)  # that it is empty: else old changes come back in a power cut
        seal = _read_through(self.database)
        beside = self.path.with_name(f"{self.path.name}.part")
        with beside.open("w", encoding="utf-8") as file:
            file.write(seal.text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path)
        make_durable(self.path.parent)

    def has_empty_log(self) -> bool:
        """Say whether no change waits in the write-ahead log."""
        return not self._log.exists() or self._log.stat().st_size == 0

    def check(self) -> StorageCheck:
        """Compare the file with its seal; no lock is needed, and nobody is kept waiting."""
        for _ in range(MAX_READINGS):
            text = self._text()
            if text is None:
                return StorageCheck(notes=(NO_SEAL,))
            is_empty = self.has_empty_log()
            try:
                found = _read_through(self.database)
            except sqlite3.OperationalError as error:  # the disk refuses: no byte need be changed
                return StorageCheck(problems=(damage(self.database.name, said(error)),))
            except MemoryError:
                return StorageCheck(notes=(TOO_LARGE,))
            except DAMAGE as error:
                return StorageCheck(problems=(self._altered(said(error)),))
            if self._text() == text:  # it stood there all the while, so nobody wrote
                return self._compare(text, found, is_empty=is_empty)
        return StorageCheck(notes=(IN_USE,))

    @property
    def _log(self) -> Path:
        return self.database.with_name(f"{self.database.name}-wal")

    def _text(self) -> bytes | None:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return None

    def _compare(self, text: bytes, found: Seal, *, is_empty: bool) -> StorageCheck:
        if text != found.text.encode():
            now = f"{found.size:,} bytes with the hash {found.sha256[:16]}"
            return StorageCheck(problems=(self._altered(now),))
        if not is_empty:
            return StorageCheck(problems=(self._altered("changes in the log"),))
        return StorageCheck()

    def _altered(self, found: str) -> Problem:
        return Problem(
            code="verify.file-altered",
            where=self.database.name,
            found=found,
            expected=f"what its seal says, {self.path.name}, as it was closed",
            hint="Bytes were changed from outside. Other findings say whether entries are hit.",
        )


def _read_through(database: Path) -> Seal:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        n_entries, n_submissions = (
            connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]  # noqa: S608 - our own names
            for table in (ENTRIES, SUBMISSIONS)
        )
        digest = hashlib.sha256(connection.serialize())
    size = database.stat().st_size  # bytes behind the last page are no page
    return Seal(size=size, sha256=digest.hexdigest(), n_entries=n_entries,
                n_submissions=n_submissions)  # fmt: skip
