"""Read a bundle strictly: only what `writing` writes is read, and nothing of a damaged file.

No more is decompressed than the signed header states. What a line says is given as it
stands; whether it may be believed is not judged here.
"""

import hashlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import BinaryIO

import zstandard

from takatuf.formats.bundle.container import (
    MAX_LINE_BYTES,
    NONE_OF_OURS,
    BundleHeader,
    refused,
    submission_line,
)
from takatuf.formats.bundle.opening import READ_BYTES, check_body, read_header
from takatuf.reports.register import Handed
from takatuf.reports.submission import (
    SignedSubmission,
    Submission,
    submission_from_json,
)
from takatuf.vocabulary.errors import InputError
from takatuf.vocabulary.identity import ReportId
from takatuf.vocabulary.time import instant_text, parse_instant

MAX_WINDOW_BYTES = 2**27  # what decompressing may hold at one time
_REPORT_LINE = re.compile(rb'\{"received_at":"([0-9T:.+-]{32})","report":(\{.*\})\}', re.DOTALL)


@dataclass(frozen=True, slots=True)
class SentReport:
    """A report as it stands in a bundle: the bytes that were hashed, not yet understood."""

    id: ReportId  # the hash of the content
    received_at: datetime  # by the sender's register
    content: bytes


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle whose size, header, signature and hash are right."""

    name: str  # of the file
    header: BundleHeader
    submissions: tuple[Handed, ...]  # not yet verified
    reports: Iterator[SentReport]  # to be gone through once, while the file is open


def open_bundle(file: BinaryIO, name: str) -> Bundle:
    """Return the bundle in a file that is open and can be sought in.

    Raises:
        InputError: The file is none, or is not exactly as it was made; nothing of it counts.
            The codes are `bundle.not-a-bundle`, `bundle.of-another-version`, `bundle.cut`,
            `bundle.altered`, `bundle.too-large` and `bundle.unreadable-line`. The last two
            may also come while the reports are gone through.
    """
    header = read_header(file, name)
    check_body(file, name, header)
    lines = _numbered_lines(file, name, header)
    handed = tuple(
        _read_submission(line, number, name) for number, line in islice(lines, header.n_submissions)
    )
    if len(handed) < header.n_submissions:
        raise _unreadable_line(name, len(handed) + 1)
    return Bundle(name, header, handed, _read_reports(lines, name, header))


def _numbered_lines(file: BinaryIO, name: str, header: BundleHeader) -> Iterator[tuple[int, bytes]]:
    decompressor = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW_BYTES)
    stream = decompressor.stream_reader(file, read_across_frames=True, closefd=False)
    unread = header.body_uncompressed_bytes
    number = 0
    try:
        with io.BufferedReader(stream, READ_BYTES) as reader:
            while line := reader.readline(min(unread, MAX_LINE_BYTES) + 1):
                number += 1
                unread -= len(line)
                if unread < 0:
                    raise _longer_than_stated(name)
                if not line.endswith(b"\n"):
                    raise _unreadable_line(name, number)
                yield number, line[:-1]
    except zstandard.ZstdError:
        raise _unreadable_line(name, number + 1) from None
    if unread:
        raise _unreadable_line(name, number + 1)


def _read_submission(line: bytes, number: int, name: str) -> Handed:
    try:
        form = json.loads(line)
        signed = SignedSubmission(
            submission_from_json(form["submission"]), bytes.fromhex(form["signature"])
        )
        handed = Handed(signed, parse_instant(form["received_at"]))
        if submission_line(handed) == line and _has_texts(signed.submission):
            return handed
    except NONE_OF_OURS:
        pass  # as of a line that we would write in another way
    raise _unreadable_line(name, number)


def _has_texts(submission: Submission) -> bool:
    texts = (text for event in submission.key_events for text in (event.by, event.why))
    return all(isinstance(text, str) for text in texts)


def _read_reports(
    lines: Iterator[tuple[int, bytes]], name: str, header: BundleHeader
) -> Iterator[SentReport]:
    n_reports, number = 0, header.n_submissions
    for number, line in lines:
        n_reports += 1
        if n_reports > header.n_reports:
            raise _unreadable_line(name, number)
        yield _read_report(line, number, name)
    if n_reports < header.n_reports:
        raise _unreadable_line(name, number + 1)


def _read_report(line: bytes, number: int, name: str) -> SentReport:
    found = _REPORT_LINE.fullmatch(line)
    if found is None:
        raise _unreadable_line(name, number)
    written, content = found[1].decode(), found[2]
    try:
        received_at = parse_instant(written)
    except NONE_OF_OURS:
        raise _unreadable_line(name, number) from None
    if instant_text(received_at) != written:
        raise _unreadable_line(name, number)
    return SentReport(ReportId(hashlib.sha256(content).hexdigest()), received_at, content)


def _longer_than_stated(name: str) -> InputError:
    expected = "no more than its header states"
    return refused("bundle.too-large", name, "a longer content", expected)


def _unreadable_line(name: str, number: int) -> InputError:
    expected = "what docs/reference/bundle.md says of the body"
    hint = "The file is as its sender made it; the sender's program made it wrongly."
    return refused("bundle.unreadable-line", f"{name}, line {number} of the body",
                   "something else", expected, hint)  # fmt: skip
