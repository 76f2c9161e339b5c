"""Open a bundle: nothing behind its header is looked at before the header is found right.

Size, signature and hash are checked before anything is decompressed. A header that is signed
by the key it names is not yet believed: whose key it is, the standing of keys says.
"""

import hashlib
import io
import re
from typing import BinaryIO

from takatuf.formats.bundle.container import (
    BEGINS,
    FIRST_LINE,
    MAX_BODY_BYTES,
    MAX_HEADER_BYTES,
    SIGNATURE_DIGITS,
    BundleHeader,
    read_header_line,
    refused,
    signed_part,
)
from takatuf.reports.keys import is_signature, key_id_of
from takatuf.vocabulary.errors import InputError

READ_BYTES = 2**20
_SIGNATURE_LINE = re.compile(rb"[0-9a-f]{128}\n")
_WHOLE = "the whole file, as it was made"
_ASK_AGAIN = "Ask the sender for the file again, or copy it again."


def read_header(file: BinaryIO, name: str) -> BundleHeader:
    """Return the header, and leave the file at the beginning of the body.

    Raises:
        InputError: The file is no bundle of this version, broke off, or was altered.
    """
    _check_first_line(file.readline(len(FIRST_LINE)), name)
    second = _whole_line(file, name, MAX_HEADER_BYTES)
    third = _whole_line(file, name, SIGNATURE_DIGITS + 1)
    try:
        header = read_header_line(second)
    except ValueError:
        raise _altered(name, "a header that is no header") from None
    if (
        _SIGNATURE_LINE.fullmatch(third) is None
        or key_id_of(header.public_key) != header.key
        or not is_signature(
            header.public_key, bytes.fromhex(third.decode().strip()), signed_part(second)
        )
    ):
        raise _altered(name, "a header that is not signed by the key it names")
    return header


def check_body(file: BinaryIO, name: str, header: BundleHeader) -> None:
    """Return if the body is what the header states, and leave the file at its beginning.

    Raises:
        InputError: The body is too large, broke off, or was altered.
    """
    begin = file.tell()
    n_bytes = file.seek(0, io.SEEK_END) - begin
    if header.body_uncompressed_bytes > MAX_BODY_BYTES:
        found = f"{header.body_uncompressed_bytes / 2**30:,.1f} GiB"
        expected = f"up to {MAX_BODY_BYTES / 2**30:,.0f} GiB, uncompressed"
        hint = "Ask for it in parts, each since a later day."
        raise refused("bundle.too-large", name, found, expected, hint)
    if n_bytes < header.body_bytes:
        raise _cut_off(name, f"{n_bytes:,} of {header.body_bytes:,} bytes")
    if n_bytes > header.body_bytes:
        raise _altered(name, f"{n_bytes - header.body_bytes:,} bytes behind its end")
    file.seek(begin)
    if _hash_of_rest(file) != header.body_sha256:
        raise _altered(name, "content that has another hash")
    file.seek(begin)


def _check_first_line(line: bytes, name: str) -> None:
    if line == FIRST_LINE:
        return
    if FIRST_LINE.startswith(line):
        raise _cut_off(name, "its first line")
    expected = FIRST_LINE.decode().strip()
    if line.startswith(BEGINS):
        found = line.decode("utf-8", "backslashreplace").strip()
        hint = "The sender's program is newer or older than this one."
        raise refused("bundle.of-another-version", name, found, expected, hint)
    raise refused(
        "bundle.not-a-bundle", name, "another kind of file", f"a file that begins with {expected}"
    )


def _whole_line(file: BinaryIO, name: str, max_bytes: int) -> bytes:
    line = file.readline(max_bytes)
    if line.endswith(b"\n"):
        return line
    if len(line) < max_bytes:
        raise _cut_off(name, "its header")
    raise _altered(name, "a header that is too long")


def _hash_of_rest(file: BinaryIO) -> str:
    hashing = hashlib.sha256()
    while piece := file.read(READ_BYTES):
        hashing.update(piece)
    return hashing.hexdigest()


def _cut_off(name: str, found: str) -> InputError:
    return refused("bundle.cut", name, found, _WHOLE, _ASK_AGAIN)


def _altered(name: str, found: str) -> InputError:
    return refused("bundle.altered", name, found, _WHOLE, _ASK_AGAIN)
