"""The chain: each entry's link is a hash over the link before it, so nothing changes unseen.

Reports and submissions have a chain each; the head is a hash over the last link of both. The
form of the hashed texts is part of docs/reference/register.md: changing it is a new version.
"""

import hashlib
import re

LINK_DIGITS = 64
START = "0" * LINK_DIGITS  # the link before the first entry
_HEAD = re.compile(r"(\d{1,15})\.(\d{1,15})\.([0-9a-f]{64})")


def link_of_report(before: str, position: int, received_at: str, report: str) -> str:
    """Return the link of a report: over the link before, and what the register says of it."""
    return _hash("takatuf entry 1", before, str(position), received_at, report)


def link_of_submission(
    before: str, position: int, received_at: str, submission: str, signature: bytes
) -> str:
    """Return the link of a submission; the signature is covered too."""
    parts = (before, str(position), received_at, submission, signature.hex())
    return _hash("takatuf handed 1", *parts)


def head_text(n_entries: int, entry_link: str, n_submissions: int, submission_link: str) -> str:
    """Return the head of a register with so many entries, whose last links are these."""
    counted = (str(n_entries), entry_link, str(n_submissions), submission_link)
    return f"{n_entries}.{n_submissions}.{_hash('takatuf head 1', *counted)}"


def counts_of_head(head: str) -> tuple[int, int] | None:
    """Return how many reports and submissions a head covers; None where it is no head."""
    found = _HEAD.fullmatch(head)
    return (int(found[1]), int(found[2])) if found else None


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
