"""The form of a bundle: three lines that say what it is and who made it, then the body.

The third line signs the first two, and the second holds the size and the hash of the body.
So a file of which any byte was changed, or which broke off anywhere, is not read at all.
docs/reference/bundle.md says the same in words, for whoever writes another reader.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import rfc8785

from takatuf.reports.register import Arrival, Handed
from takatuf.reports.report import canonical_json
from takatuf.reports.submission import KeyId, submission_bytes
from takatuf.vocabulary.errors import InputError, Problem, cut
from takatuf.vocabulary.identity import ThingId, is_thing_id
from takatuf.vocabulary.time import instant_text, parse_instant

BEGINS = b"TAKATUF BUNDLE "
FIRST_LINE = BEGINS + b"1\n"
SIGNED_AS = b"takatuf bundle 1\n"  # before the signed lines: they mean nothing elsewhere
SIGNATURE_DIGITS = 128
MAX_HEADER_BYTES = 4096
MAX_BODY_BYTES = 8 * 2**30  # uncompressed
MAX_LINE_BYTES = 64 * 2**20
NONE_OF_OURS = (  # what reading a form of another shape may raise
    KeyError,
    TypeError,
    ValueError,
    AttributeError,
    OverflowError,
    RecursionError,
)
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleHeader:
    """What a bundle says of itself; signed by the key that it names."""

    sender: ThingId  # the organisation whose host made it
    key: KeyId
    public_key: str  # of that key: the raw 32 bytes as hexadecimal digits
    made_for: ThingId | None  # None: for nobody in particular
    since: datetime | None  # None: from the beginning
    made_at: datetime
    n_submissions: int
    n_reports: int
    n_withheld: int  # reports that the submissions list and whose content is not in the file
    body_bytes: int
    body_uncompressed_bytes: int
    body_sha256: str  # of the body as it stands in the file, compressed


def header_line(header: BundleHeader) -> bytes:
    """Return the second line: the header as RFC 8785 canonical JSON, and a line feed."""
    times = {
        "made_at": instant_text(header.made_at),
        "since": instant_text(header.since) if header.since else None,
    }
    return rfc8785.dumps(asdict(header) | times) + b"\n"


def read_header_line(line: bytes) -> BundleHeader:
    """Read what `header_line` writes, byte for byte.

    Raises:
        ValueError: The line is none that `header_line` would write.
    """
    try:
        header = _header_of(json.loads(line))
    except NONE_OF_OURS as error:
        raise ValueError(line) from error
    if header_line(header) != line:
        raise ValueError(line)
    return header


def _header_of(form: Mapping[str, Any]) -> BundleHeader:
    made_for, since = form["made_for"], form["since"]
    return BundleHeader(
        sender=_thing(form["sender"]),
        key=KeyId(_hash(form["key"])),
        public_key=_hash(form["public_key"]),
        made_for=None if made_for is None else _thing(made_for),
        since=None if since is None else parse_instant(since),
        made_at=parse_instant(form["made_at"]),
        n_submissions=_count(form["n_submissions"]),
        n_reports=_count(form["n_reports"]),
        n_withheld=_count(form["n_withheld"]),
        body_bytes=_count(form["body_bytes"]),
        body_uncompressed_bytes=_count(form["body_uncompressed_bytes"]),
        body_sha256=_hash(form["body_sha256"]),
    )


def _thing(text: str) -> ThingId:
    if not is_thing_id(text):
        raise ValueError(text)
    return ThingId(text)


def _hash(text: str) -> str:
    if _HASH.fullmatch(text) is None:
        raise ValueError(text)
    return text


def _count(number: object) -> int:
    if type(number) is not int or number < 0:  # true is an int, and 1.0 is written as 1
        raise ValueError(number)
    return number


def signed_part(line: bytes) -> bytes:
    """Return what the third line signs, given the second."""
    return SIGNED_AS + FIRST_LINE + line


def submission_line(handed: Handed) -> bytes:
    """Return a submission as a line of the body, without its line feed."""
    return b'{"received_at":"%b","signature":"%b","submission":%b}' % (
        instant_text(handed.received_at).encode(),
        handed.signed.signature.hex().encode(),
        submission_bytes(handed.signed.submission),
    )


def report_line(arrival: Arrival) -> bytes:
    """Return a report as a line of the body, without its line feed."""
    return stored_report_line(instant_text(arrival.received_at), canonical_json(arrival.report))


def stored_report_line(received_at: str, report: bytes) -> bytes:
    """Return the line of a report that is at hand as the bytes that were hashed."""
    return b'{"received_at":"%b","report":%b}' % (received_at.encode(), report)


def refused(code: str, name: str, found: str, expected: str, hint: str = "") -> InputError:
    """Return the error that refuses a whole bundle; nothing of it was taken in."""
    problem = Problem(code=code, where=name, found=cut(found), expected=expected, hint=hint)
    return InputError([problem])
