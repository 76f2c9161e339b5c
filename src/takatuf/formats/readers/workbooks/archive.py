"""Open a zip file only when unpacking it can do no harm.

Sizes, ratio, number and names of the entries are checked from the directory, before any entry is
unpacked; an entry never gives more bytes than its directory entry says.
"""

import io
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO

from takatuf.formats.readers.workbooks.book import Limits
from takatuf.formats.readers.workbooks.refusals import broken, refused

_ERRORS = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError,
    RuntimeError, OverflowError,
)  # fmt: skip
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Archive:
    """The entries of a zip file, by name; unpacked one at a time and in memory only."""

    def __init__(self, content: bytes, name: str, limits: Limits) -> None:
        """Read the directory of the file and check it.

        Raises:
            InputError: It is damaged, encrypted, or unpacks to more than the limits allow.
        """
        self._name, self._limits = name, limits
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            entries = self._zip.infolist()
        except (*_ERRORS, IndexError, LookupError) as error:
            raise broken(name, f"a damaged zip file ({error})") from None
        _refuse_harm(entries, name, limits)
        self.names = tuple(entry.filename for entry in entries if not entry.filename.endswith("/"))

    def read(self, entry: str) -> bytes:
        """Return an entry as a whole.

        Raises:
            InputError: It is missing, damaged, or too large to be read as a whole.
        """
        try:
            n_bytes = self._zip.getinfo(entry).file_size
            if n_bytes > self._limits.max_part_bytes:
                most = f"up to {self._limits.max_part_bytes // 1024**2:,} MiB"
                found = f"a part of {n_bytes / 1024**2:,.0f} MiB"
                raise refused("workbook.too-large", f"{self._name}, {entry}", found, most)
            return self._zip.read(entry)
        except (*_ERRORS, KeyError) as error:
            raise broken(f"{self._name}, {entry}", _said(error)) from None

    def open(self, entry: str) -> "Part":
        """Return an entry as a stream.

        Raises:
            InputError: It is missing or damaged.
        """
        try:
            return Part(self._zip.open(entry), f"{self._name}, {entry}")
        except (*_ERRORS, KeyError) as error:
            raise broken(f"{self._name}, {entry}", _said(error)) from None


class Part:
    """A stream of one entry."""

    def __init__(self, stream: IO[bytes], where: str) -> None:
        """Read from an open entry."""
        self._stream, self.where = stream, where

    def read(self, n_bytes: int) -> bytes:
        """Return the next bytes; none at the end.

        Raises:
            InputError: The entry is damaged.
        """
        try:
            return self._stream.read(n_bytes)
        except _ERRORS as error:
            raise broken(self.where, _said(error)) from None


def _refuse_harm(entries: list[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    if len(entries) > limits.max_entries:
        found, most = f"{len(entries):,} entries", f"up to {limits.max_entries:,} entries"
        raise refused("workbook.zip-bomb", name, found, most)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.max_unpacked_bytes:
        most = f"up to {limits.max_unpacked_bytes // 1024**2:,} MiB"
        raise refused("workbook.zip-bomb", name, f"{unpacked / 1024**2:,.0f} MiB unpacked", most)
    for entry in entries:
        where = f"{name}, {entry.filename}"
        _refuse_path(entry.filename, where)
        if entry.flag_bits & 1:
            hint = "Save it without a password."
            expected = "a file without a password"
            raise refused("workbook.password", where, "an encrypted entry", expected, hint)
        if entry.compress_type not in _METHODS:
            raise broken(where, f"zip method {entry.compress_type}", "stored or deflated entries")
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > limits.ratio_from_bytes and ratio > limits.max_ratio:
            found = f"{entry.file_size / 1024**2:,.0f} MiB from {entry.compress_size:,} bytes"
            raise refused("workbook.zip-bomb", where, found, f"up to {limits.max_ratio} to 1")


def _refuse_path(entry: str, where: str) -> None:
    path = PurePosixPath(entry.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in entry or "\x00" in entry:
        expected = "entries inside the archive"
        raise refused("workbook.path-traversal", where, entry, expected)


def _said(error: Exception) -> str:
    return "no such part" if isinstance(error, KeyError) else f"a damaged entry ({error})"
