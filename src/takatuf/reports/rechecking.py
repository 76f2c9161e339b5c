"""Check one row of a register by itself: its hash, its form, its time and its link."""

import hashlib
import json
from datetime import datetime

from takatuf.reports.chain import link_of_report, link_of_submission
from takatuf.reports.register import RawEntry, RawSubmission, SubmissionEntry
from takatuf.reports.submission import (
    SIGNATURE_BYTES,
    SignedSubmission,
    Submission,
    submission_bytes,
    submission_from_json,
)
from takatuf.vocabulary.errors import Problem, cut
from takatuf.vocabulary.identity import Position, ReportId
from takatuf.vocabulary.time import instant_text, parse_instant

DIGITS = 16  # of an identity, where a finding names it


class Finder:
    """Findings in the order in which they are made."""

    def __init__(self) -> None:
        """Begin with none."""
        self.findings: list[Problem] = []

    def find(self, *, code: str, where: str, found: str, expected: str, hint: str = "") -> None:
        """Add one."""
        self.findings.append(
            Problem(code=code, where=where, found=cut(found), expected=expected, hint=hint)
        )


def recheck_entry(row: RawEntry, before: str, finder: Finder) -> tuple[ReportId, str]:
    """Return a report's identity and when it was received, as they are kept.

    Args:
        row: The row as its bytes are kept.
        before: The link of the row before it.
        finder: Takes what is wrong.
    """
    identity, received_at = _text(row.report_id), _text(row.received_at)
    where = f"report {row.position}, {identity[:DIGITS]}"
    if hashlib.sha256(row.form).hexdigest() != identity:
        finder.find(
            code="verify.report-altered",
            where=where,
            found=f"content with the hash {hashlib.sha256(row.form).hexdigest()[:DIGITS]}",
            expected=f"content with the hash {identity[:DIGITS]}",
            hint="Its text or its identity was changed after it came in.",
        )
    _instant(received_at, where, finder)
    link = link_of_report(before, row.position, received_at, identity)
    _check_link(link, row.link, where, finder)
    return ReportId(identity), received_at


def recheck_submission(
    row: RawSubmission, before: str, finder: Finder
) -> tuple[SubmissionEntry | None, str]:
    """Return a submission, None where it cannot be read, and when it was received.

    Args:
        row: The row as its bytes are kept.
        before: The link of the row before it.
        finder: Takes what is wrong.
    """
    identity, received_at = _text(row.submission_id), _text(row.received_at)
    where = f"submission {row.position}, {identity[:DIGITS]}"
    link = link_of_submission(before, row.position, received_at, identity, row.signature)
    _check_link(link, row.link, where, finder)
    instant = _instant(received_at, where, finder)
    submission = _submission(row.form)
    if submission is None or not _fits(submission, row, identity):
        finder.find(
            code="verify.submission-altered",
            where=where,
            found=f"content with the hash {hashlib.sha256(row.form).hexdigest()[:DIGITS]}, "
            "or columns that do not repeat it",
            expected=f"content with the hash {identity[:DIGITS]}, and columns that repeat it",
            hint="It was changed after it came in.",
        )
    if submission is None or instant is None:
        return None, received_at
    signed = SignedSubmission(submission, row.signature)
    return SubmissionEntry(Position(row.position), instant, signed), received_at


def _submission(form: bytes) -> Submission | None:
    try:
        submission = submission_from_json(json.loads(form))
        is_canonical = submission_bytes(submission) == form
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return submission if is_canonical else None


def _fits(submission: Submission, row: RawSubmission, identity: str) -> bool:
    repeated = (row.organisation, row.number, row.previous)
    said = (submission.organisation, str(submission.number), " ".join(submission.previous))
    return (
        submission.id == identity
        and repeated == tuple(text.encode() for text in said)
        and len(row.signature) == SIGNATURE_BYTES
    )


def _instant(text: str, where: str, finder: Finder) -> datetime | None:
    try:
        instant = parse_instant(text)
        if instant_text(instant) == text:
            return instant
    except ValueError:
        pass
    finder.find(
        code="verify.time-altered",
        where=where,
        found=f"received {text}",
        expected="a time in UTC to the microsecond, as it was written",
    )
    return None


def _check_link(link: str, kept: bytes, where: str, finder: Finder) -> None:
    if link.encode() != kept:
        finder.find(
            code="verify.chain-broken",
            where=where,
            found=f"link {_text(kept)[:DIGITS]}",
            expected=f"link {link[:DIGITS]}, after the entry before it",
            hint="This entry or the one before it was changed, dated anew, or one was taken out.",
        )


def _text(raw: bytes) -> str:
    return raw.decode(errors="replace")
