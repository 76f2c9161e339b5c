"""Check the submissions of a bundle against what is here: nothing unsigned, nothing missing.

A submission is believed to be its organisation's only by its signature, and the key that
made it must have been introduced, here or in the file. Whether that key may be trusted is
another question, which the standing answers.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from takatuf.formats.bundle.reading import Bundle
from takatuf.reports.keys import fingerprint, is_signed_by
from takatuf.reports.register import Handed, SubmissionEntry
from takatuf.reports.standing import public_keys
from takatuf.reports.submission import KeyId, SignedSubmission, SubmissionId
from takatuf.vocabulary.errors import Problem
from takatuf.vocabulary.identity import ReportId, ThingId

FULL = "Ask {sender} for the whole register: takatuf bundle without --since."


@dataclass(frozen=True, slots=True)
class Known:
    """What a register and a bundle know together."""

    submissions: frozenset[SubmissionId]  # in the register
    reports: frozenset[ReportId]  # listed by a submission, in the register or in the file
    public_keys: Mapping[KeyId, str]


def known_together(here: Iterable[SubmissionEntry], bundle: Bundle) -> Known:
    """Return what the register's submissions and those of the bundle say together."""
    held = [entry.signed for entry in here]
    both = [*held, *(handed.signed for handed in bundle.submissions)]
    return Known(
        frozenset(signed.submission.id for signed in held),
        frozenset(report for signed in both for report in signed.submission.reports),
        public_keys(signed.submission for signed in both),
    )


def new_submissions(bundle: Bundle, known: Known) -> tuple[Handed, ...]:
    """Return the submissions of the bundle that the register has not, each once."""
    by_id = {handed.signed.submission.id: handed for handed in bundle.submissions}
    return tuple(handed for one, handed in by_id.items() if one not in known.submissions)


def problems_of_submissions(
    new: tuple[Handed, ...], known: Known, bundle: Bundle
) -> Iterator[Problem]:
    """Find what makes the file unusable: a forged submission, or one that is missing."""
    together = known.submissions | {handed.signed.submission.id for handed in new}
    told: set[ThingId] = set()  # one sentence for each organisation is enough
    for handed in new:
        submission = handed.signed.submission
        public_key = known.public_keys.get(submission.key)
        if public_key is not None and not is_signed_by(handed.signed, public_key):
            yield _forged(handed.signed, bundle.name)
        missing = [f"submission {one[:16]}" for one in submission.previous if one not in together]
        if public_key is None:
            missing.append(f"key {fingerprint(submission.key)}")
        if missing and submission.organisation not in told:
            told.add(submission.organisation)
            yield _gap(submission.organisation, missing[0], bundle)


def problems_of_counts(sent: frozenset[ReportId], bundle: Bundle) -> Iterator[Problem]:
    """Find where the header miscounts what is withheld."""
    listed = {r for handed in bundle.submissions for r in handed.signed.submission.reports}
    n_withheld = len(listed - sent)
    if n_withheld != bundle.header.n_withheld:
        yield Problem(
            code="bundle.miscounted",
            where=bundle.name,
            found=f"{n_withheld:,} reports that are listed and not in the file",
            expected=f"{bundle.header.n_withheld:,}, as the header says",
            hint="The file is as its sender made it; the sender's program made it wrongly.",
        )


def forged_report(report: ReportId, name: str) -> Problem:
    """Return the problem of a report for which nobody's signature stands."""
    return Problem(
        code="bundle.forged-report",
        where=f"{name}, report {report[:16]}",
        found="a report that no submission lists",
        expected="reports whose hashes are listed and signed",
        hint="Its content was changed, or it was put in by somebody else.",
    )


def _forged(signed: SignedSubmission, name: str) -> Problem:
    submission = signed.submission
    return Problem(
        code="bundle.forged-submission",
        where=f"{name}, submission {submission.id[:16]}",
        found=f"a signature that is not by key {fingerprint(submission.key)}",
        expected=f"a submission as {submission.organisation} signed it",
        hint="Somebody changed it or made it up; ask the sender where it came from.",
    )


def _gap(organisation: ThingId, missing: str, bundle: Bundle) -> Problem:
    return Problem(
        code="bundle.gap",
        where=f"{bundle.name}, submissions of {organisation}",
        found=f"{missing} missing, here and in the file",
        expected="every submission that another one follows, and every key that signs",
        hint=FULL.format(sender=bundle.header.sender),
    )
