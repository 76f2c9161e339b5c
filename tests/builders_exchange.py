"""Hosts that hold registers and exchange bundles; keys are made once, for they are random."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from takatuf.actions.exchange.key_office import KeyOffice
from takatuf.actions.exchange.make_bundle import (
    BundleFiles,
    BundleMade,
    Outgoing,
    WantedBundle,
    make_bundle,
)
from takatuf.actions.exchange.merge_bundle import Incoming, MergeReceipt, merge_bundle
from takatuf.formats.bundle.container import BundleHeader, report_line, submission_line
from takatuf.formats.bundle.writing import write_body, write_bundle
from takatuf.reports.keys import Signer, new_key
from takatuf.reports.memory import MemoryRegister
from takatuf.reports.register import Arrival, Handed, Keeper, Register
from takatuf.reports.report import Report
from takatuf.reports.submission import (
    Holder,
    KeyAct,
    KeyEvent,
    Submission,
    SubmissionId,
    next_number,
)
from takatuf.safeguards.actor import Actor
from takatuf.vocabulary.identity import ReportId, ThingId
from takatuf.vocabulary.things import Vocabulary, load_vocabulary
from tests.builders import NOW, OFFICER, a_report

PERSON = "A. Person, head of office"


@cache
def a_signer(name: str = "a") -> Signer:
    """Return the organisation of this name with its key; the same one for a whole run."""
    return Signer(ThingId(f"organisation/{name}"), new_key())


def an_introduction(signer: Signer, holder: Holder = Holder.ORGANISATION) -> KeyEvent:
    return KeyEvent(
        act=KeyAct.INTRODUCED,
        key=signer.key.id,
        by=PERSON,
        organisation=signer.organisation,
        public_key=signer.key.public_key,
        holder=holder,
    )


def a_vouching(signer: Signer) -> KeyEvent:
    """Return what somebody says who knows whose key this is."""
    return KeyEvent(
        act=KeyAct.VOUCHED, key=signer.key.id, by=PERSON, organisation=signer.organisation
    )


def handed_in(
    signer: Signer,
    reports: Iterable[Report] = (),
    events: Sequence[KeyEvent] = (),
    *,
    after: Sequence[Submission] = (),
    at: datetime = NOW,
) -> Handed:
    """Return a submission as its organisation signs it."""
    submission = Submission(
        organisation=signer.organisation,
        number=next_number(after),
        previous=tuple(sorted(one.id for one in after)),
        reports=tuple(report.id for report in reports),
        key_events=tuple(events),
        key=signer.key.id,
        made_at=at,
    )
    return Handed(signer.key.sign(submission), at)


def hand_in(
    register: Register,
    signer: Signer,
    *reports: Report,
    events: Sequence[KeyEvent] = (),
    at: datetime = NOW,
) -> SubmissionId:
    """Put reports into a register as their organisation hands them in."""
    found = (register.find_submission(end) for end in register.ends(signer.organisation))
    after = [entry.signed.submission for entry in found if entry]
    handed = handed_in(signer, reports, events, after=after, at=at)
    register.append([Arrival(report, at) for report in reports], [handed])
    return handed.signed.submission.id


@dataclass(frozen=True)
class Host:
    """A host with its register, as its officer."""

    signer: Signer
    register: Register
    vocabulary: Vocabulary
    actor: Actor = OFFICER

    def office(self, now: datetime = NOW) -> KeyOffice:
        return KeyOffice(register=self.register, actor=self.actor, host=self.signer, now=now)

    def ids(self) -> set[ReportId]:
        """Return the reports whose content is here."""
        return {entry.report.id for entry in self.register.entries()}

    def submissions(self) -> dict[SubmissionId, Submission]:
        submissions = (entry.signed.submission for entry in self.register.submissions())
        return {submission.id: submission for submission in submissions}

    def knows(self, *others: Signer) -> None:
        """Vouch for the keys of others."""
        hand_in(self.register, self.signer, events=[a_vouching(other) for other in others])

    def bundle(self, now: datetime = NOW, **wanted: Any) -> bytes:
        return self.bundle_and_receipt(now, **wanted)[0]

    def bundle_and_receipt(self, now: datetime = NOW, **wanted: Any) -> tuple[bytes, BundleMade]:
        outgoing = Outgoing(
            register=self.register,
            vocabulary=self.vocabulary,
            actor=self.actor,
            signer=self.signer,
            now=now,
        )
        target = io.BytesIO()
        made = make_bundle(WantedBundle(**wanted), outgoing, BundleFiles(target, io.BytesIO()))
        return target.getvalue(), made

    def merge(
        self, bundle: bytes, now: datetime = NOW + timedelta(days=1), **options: Any
    ) -> MergeReceipt:
        incoming = Incoming(
            register=self.register,
            vocabulary=self.vocabulary,
            actor=self.actor,
            ours=frozenset({self.signer.organisation}),
            now=now,
        )
        return merge_bundle(io.BytesIO(bundle), "the.bundle", incoming, **options)


def a_host(
    name: str = "host-a", vocabulary: Vocabulary | None = None, *, is_replay: bool = False
) -> Host:
    """Return a new host that has introduced itself."""
    signer = a_signer(name)
    register = MemoryRegister(Keeper(root=signer.key.id, is_replay=is_replay))
    hand_in(register, signer, events=[an_introduction(signer)])
    return Host(signer, register, vocabulary or load_vocabulary())


def bundle_file(
    handed: Sequence[Handed],
    arrivals: Sequence[Arrival],
    signer: Signer | None = None,
    lines: Sequence[bytes] = (),
    **changes: Any,
) -> bytes:
    """Return a bundle of exactly this, whatever it is: also one that nobody should make.

    Args:
        handed: Its submissions.
        arrivals: Its reports.
        signer: Who made it.
        lines: Further lines of the body, as they stand.
        changes: To the header, before it is signed.
    """
    by = signer or a_signer("host-a")
    body = io.BytesIO()
    every = [*map(submission_line, handed), *map(report_line, arrivals), *lines]
    written = write_body(body, every)
    listed = {report for one in handed for report in one.signed.submission.reports}
    header = BundleHeader(
        sender=by.organisation,
        key=by.key.id,
        public_key=by.key.public_key,
        made_for=None,
        since=None,
        made_at=NOW,
        n_submissions=len(handed),
        n_reports=len(arrivals),
        n_withheld=len(listed - {arrival.report.id for arrival in arrivals}),
        body_bytes=written.n_bytes,
        body_uncompressed_bytes=written.n_uncompressed_bytes,
        body_sha256=written.sha256,
    )
    target = io.BytesIO()
    write_bundle(target, replace(header, **changes), by.key, body)
    return target.getvalue()


def a_bundle_file(**changes: Any) -> bytes:
    """Return a small bundle: one submission and its two reports."""
    reports = [a_report(by="host-a"), a_report(by="b")]
    handed = handed_in(a_signer("host-a"), reports, [an_introduction(a_signer("host-a"))])
    return bundle_file([handed], [Arrival(report, NOW) for report in reports], **changes)
