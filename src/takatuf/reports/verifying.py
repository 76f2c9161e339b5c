"""Verify a register from its bytes: nothing in it is taken as true before it was checked.

Each report must have its hash, each submission its hash, its signature and those it follows,
each entry the link to the one before it, and each report somebody who stands behind it. What
was taken off the end, or written anew as a whole by who holds the file, is seen only by
comparing a head that somebody wrote down earlier.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from takatuf.reports.chain import START, counts_of_head, head_text
from takatuf.reports.keys import is_signed_by
from takatuf.reports.rechecking import DIGITS, Finder, recheck_entry, recheck_submission
from takatuf.reports.register import Keeper, RawEntry, RawSubmission, SubmissionEntry
from takatuf.reports.standing import Standing, public_keys, standing_of
from takatuf.reports.submission import Submission, SubmissionId, next_number
from takatuf.vocabulary.errors import InputError, Problem, UnavailableError, cut
from takatuf.vocabulary.identity import ReportId

MAX_AHEAD = timedelta(days=1)  # how far the clock of who signs may be ahead of ours
BETWEEN_PROGRESS = 500
OnProgress = Callable[[int], None]  # how many are done; a submission counts twice

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was verified, what was found, and what could not be checked."""

    n_reports: int
    n_withheld: int  # listed in a submission; their content is not here
    n_unsigned: int
    n_quarantined: int
    n_submissions: int
    n_organisations: int  # that handed something in
    n_keys: int
    head: str  # write it down: compared later, it shows that nothing before it was changed
    findings: tuple[Problem, ...]
    notes: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def verify(
    entries: Iterable[RawEntry],
    submissions: Iterable[RawSubmission],
    keeper: Keeper,
    expected_head: str | None = None,
    on_progress: OnProgress | None = None,
) -> Verification:
    """Return everything that is wrong with a register.

    Args:
        entries: As their bytes are kept, oldest first; read once and not kept.
        submissions: The same for submissions.
        keeper: By whose root keys are in force, and whether it is a record of the past.
        expected_head: A head that was written down earlier, to be found again.
        on_progress: Told now and then how many are done.

    Raises:
        InputError: The expected head is no head.
    """
    check = _Check(keeper, on_progress or _silent, _wanted(expected_head))
    handed = list(check.read(check.submissions(submissions)))
    check.signatures(handed)
    check.chains(handed)
    standing = standing_of(handed, keeper.root)
    listed = {report for entry in handed for report in entry.signed.submission.reports}
    unsigned = [report for report in check.read(check.entries(entries)) if report not in listed]
    quarantined = [report for report in standing.quarantined if report in check.here]
    check.backing(unsigned, quarantined, standing)
    check.expected_head(expected_head)
    return Verification(
        n_reports=check.n_entries,
        n_withheld=len(listed - check.here),
        n_unsigned=len(unsigned),
        n_quarantined=len(quarantined),
        n_submissions=check.n_submissions,
        n_organisations=len({entry.signed.submission.organisation for entry in handed}),
        n_keys=len(standing.keys),
        head=check.head(),
        findings=tuple(check.finder.findings),
    )


def _silent(done: int) -> None:
    del done


def _wanted(expected_head: str | None) -> tuple[int, int]:
    if expected_head is None:
        return (0, 0)
    counts = counts_of_head(expected_head)
    if counts is None:
        raise InputError(
            [
                Problem(
                    code="verify.not-a-head",
                    where="head",
                    found=cut(expected_head),
                    expected="<reports>.<submissions>.<64 hexadecimal digits>, as it was printed",
                )
            ]
        )
    return counts


class _Check:
    """One walk through a register, and what it finds."""

    def __init__(self, keeper: Keeper, on_progress: OnProgress, wanted: tuple[int, int]) -> None:
        self.finder = Finder()
        self.here: set[ReportId] = set()
        self.n_entries = self.n_submissions = 0
        self._keeper = keeper
        self._on_progress = on_progress
        self._n_done = 0
        self._wanted = wanted
        self._links = [START, START]  # the last ones of entries and submissions
        self._wanted_links = [START, START]  # those that the expected head was made of

    def read(self, rows: Iterable[_T]) -> Iterator[_T]:
        """Give what can be read; where the store fails, say so and end."""
        try:
            yield from rows
        except UnavailableError as error:
            self.finder.find(
                code="verify.register-damaged",
                where="register",
                found=str(error),
                expected="a register that can be read to its end",
                hint="What comes after was not checked. Restore the register from a copy.",
            )

    def submissions(self, rows: Iterable[RawSubmission]) -> Iterator[SubmissionEntry]:
        """Check each by itself, and give those that can be read."""
        last = ""
        for row in rows:
            self.n_submissions += 1
            entry, received_at = recheck_submission(row, self._links[1], self.finder)
            self._links[1] = row.link.decode(errors="replace")
            if self.n_submissions == self._wanted[1]:
                self._wanted_links[1] = self._links[1]
            self._check_clock(f"submission {row.position}", last, received_at)
            last = received_at
            self._step()
            if entry is not None:
                self._check_ahead(entry)
                yield entry

    def signatures(self, handed: Sequence[SubmissionEntry]) -> None:
        """Check every signature whose key is known, and name the keys that are not."""
        known = public_keys(entry.signed.submission for entry in handed)
        n_unknown: Counter[str] = Counter()
        for entry in handed:
            key = entry.signed.submission.key
            self._step()
            if key not in known:
                n_unknown[key] += 1
            elif not is_signed_by(entry.signed, known[key]):
                self.finder.find(
                    code="verify.signature-forged",
                    where=_name(entry.signed.submission),
                    found="a signature that its key did not make",
                    expected=f"a signature of {entry.signed.submission.organisation}",
                )
        for unknown, number in sorted(n_unknown.items()):
            self.finder.find(
                code="verify.key-unknown",
                where=f"key {unknown[:DIGITS]}",
                found=f"{number:,} submissions that it signs",
                expected="its introduction, with the public key",
                hint="Ask the organisation for a bundle from its first submission on.",
            )

    def chains(self, handed: Sequence[SubmissionEntry]) -> None:
        """Check that what each submission follows is here, and its number."""
        by_id = {entry.signed.submission.id: entry.signed.submission for entry in handed}
        for submission in by_id.values():
            followed = [by_id[i] for i in submission.previous if i in by_id]
            own = [s for s in followed if s.organisation == submission.organisation]
            missing = len(submission.previous) - len(own)
            if missing:
                self._find_missing(submission, missing, by_id)
            elif submission.number != next_number(own):
                self.finder.find(
                    code="verify.number-wrong",
                    where=_name(submission),
                    found=f"number {submission.number}",
                    expected=f"number {next_number(own)}, after those it follows",
                )

    def entries(self, rows: Iterable[RawEntry]) -> Iterator[ReportId]:
        """Check each by itself, and give its identity."""
        last = ""
        for row in rows:
            self.n_entries += 1
            report, received_at = recheck_entry(row, self._links[0], self.finder)
            self._links[0] = row.link.decode(errors="replace")
            if self.n_entries == self._wanted[0]:
                self._wanted_links[0] = self._links[0]
            self._check_clock(f"report {row.position}", last, received_at)
            last = received_at
            self.here.add(report)
            self._step()
            yield report

    def backing(
        self, unsigned: Sequence[ReportId], quarantined: Sequence[ReportId], standing: Standing
    ) -> None:
        """Name the reports that nobody in force stands behind."""
        if unsigned:
            self.finder.find(
                code="verify.report-unsigned",
                where=f"report {unsigned[0][:DIGITS]}" + _others(len(unsigned)),
                found=f"{len(unsigned):,} reports in no submission",
                expected="each report in a signed submission",
                hint="Import the files that they came in again: the sender then signs them.",
            )
        reasons = Counter(standing.quarantined[report] for report in quarantined)
        for reason, number in sorted(reasons.items()):
            first = min(r for r in quarantined if standing.quarantined[r] == reason)
            self.finder.find(
                code="verify.report-quarantined",
                where=f"report {first[:DIGITS]}" + _others(number),
                found=f"{number:,} reports only in submissions that do not count: {reason}",
                expected="each report in a submission whose key is in force",
                hint="They are left out of the picture. takatuf keys list shows every key.",
            )

    def head(self) -> str:
        """Return the head as the last links make it."""
        return head_text(self.n_entries, self._links[0], self.n_submissions, self._links[1])

    def expected_head(self, expected: str | None) -> None:
        """Look for a head that was written down earlier."""
        if expected is None:
            return
        n_entries, n_submissions = self._wanted
        found = head_text(n_entries, self._wanted_links[0], n_submissions, self._wanted_links[1])
        if n_entries > self.n_entries or n_submissions > self.n_submissions:
            found = f"{self.n_entries:,} reports and {self.n_submissions:,} submissions in all"
        if found != expected:
            self.finder.find(
                code="verify.head-not-found",
                where="register",
                found=found,
                expected=f"the head {expected}",
                hint="Something before it was changed, dated anew or taken out, "
                "or it is the head of another register.",
            )

    def _find_missing(
        self, submission: Submission, missing: int, by_id: dict[SubmissionId, Submission]
    ) -> None:
        absent = [i for i in submission.previous if i not in by_id]
        self.finder.find(
            code="verify.link-missing",
            where=_name(submission),
            found=f"{missing} submissions that it follows are not here, or of somebody else",
            expected=f"every submission of {submission.organisation} before it",
            hint=f"Ask for {absent[0][:DIGITS]}." if absent else "",
        )

    def _check_clock(self, where: str, last: str, received_at: str) -> None:
        if not self._keeper.is_replay and received_at < last:
            self.finder.find(
                code="verify.clock-ran-back",
                where=where,
                found=f"received {received_at}",
                expected=f"a time after the entry before it, {last}",
                hint="Who keeps the register may have dated it back, or the clock was set.",
            )

    def _check_ahead(self, entry: SubmissionEntry) -> None:
        submission = entry.signed.submission
        if submission.made_at > entry.received_at + MAX_AHEAD:
            self.finder.find(
                code="verify.made-in-future",
                where=_name(submission),
                found=f"made {submission.made_at:%Y-%m-%d %H:%M} UTC",
                expected=f"a time up to its receipt, {entry.received_at:%Y-%m-%d %H:%M} UTC",
                hint="The clock of one of the two was wrong.",
            )

    def _step(self) -> None:
        self._n_done += 1
        if self._n_done % BETWEEN_PROGRESS == 0:
            self._on_progress(self._n_done)


def _name(submission: Submission) -> str:
    return f"submission {submission.id[:DIGITS]} of {submission.organisation}"


def _others(number: int) -> str:
    return f" and {number - 1:,} others" if number > 1 else ""
