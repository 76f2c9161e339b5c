"""Write a bundle: first its body, whose size and hash the signed header then states.

The body is written beside and copied behind the header, so what is sent may be larger than
the memory.
"""

import hashlib
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

import zstandard

from takatuf.formats.bundle.container import (
    FIRST_LINE,
    BundleHeader,
    header_line,
    signed_part,
)
from takatuf.reports.keys import SigningKey

COMPRESSION_LEVEL = 9  # smaller files for bad lines; the memory it needs stays below 64 MiB
COPY_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class WrittenBody:
    """What the header says of the body."""

    n_bytes: int
    n_uncompressed_bytes: int
    sha256: str


def write_body(beside: BinaryIO, lines: Iterable[bytes]) -> WrittenBody:
    """Write the lines, compressed, to a file that can be read again from its beginning."""
    hashing, n_bytes, n_uncompressed = hashlib.sha256(), 0, 0
    compressor = zstandard.ZstdCompressor(level=COMPRESSION_LEVEL).compressobj()
    for line in lines:
        n_uncompressed += len(line) + 1
        piece = compressor.compress(line + b"\n")
        hashing.update(piece)
        n_bytes += beside.write(piece)
    last = compressor.flush()
    hashing.update(last)
    n_bytes += beside.write(last)
    return WrittenBody(n_bytes, n_uncompressed, hashing.hexdigest())


def write_bundle(target: BinaryIO, header: BundleHeader, key: SigningKey, body: BinaryIO) -> None:
    """Write the three lines and the body that was written beside; sign with the header's key."""
    line = header_line(header)
    target.write(FIRST_LINE)
    target.write(line)
    target.write(key.private.sign(signed_part(line)).hex().encode() + b"\n")
    body.seek(0)
    shutil.copyfileobj(body, target, COPY_BYTES)
