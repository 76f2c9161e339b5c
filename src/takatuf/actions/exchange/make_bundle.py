"""Make a bundle: the part of the register that another host may have, signed by this host.

Submissions go whole; of their reports only those that the receiver may see. A report that is
withheld leaves its hash in its submission, so nobody can say later that it was never there.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, BinaryIO

from takatuf.formats.bundle.container import BundleHeader, stored_report_line, submission_line
from takatuf.formats.bundle.writing import write_body, write_bundle
from takatuf.reports.keys import Signer
from takatuf.reports.register import Handed, Register
from takatuf.safeguards.actor import Actor
from takatuf.safeguards.permissions import CLEARANCE, Action, Object, require
from takatuf.vocabulary.identity import ReportId, ThingId
from takatuf.vocabulary.sensitivity import DEFAULT_WHERE_UNKNOWN, Sensitivity
from takatuf.vocabulary.things import Vocabulary
from takatuf.vocabulary.time import instant_text

REPORTS_BETWEEN_PROGRESS = 1000
OnProgress = Callable[[int, int], None]  # reports done, of how many


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedBundle:
    """What is to go out, and to whom."""

    made_for: ThingId | None = None  # the organisation that will read it
    since: date | None = None  # received from that day on; None: from the beginning
    clearance: Sensitivity | None = None  # None: as `clearance_of` says


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """Where a bundle comes from, and who sends it."""

    register: Register
    vocabulary: Vocabulary
    actor: Actor
    signer: Signer
    now: datetime  # aware, UTC


@dataclass(frozen=True, slots=True)
class BundleFiles:
    """Two files that are open for reading and writing bytes."""

    target: BinaryIO  # the bundle
    beside: BinaryIO  # for the body until its size is known; worth nothing afterwards


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleMade:
    """What went out, and what stayed."""

    sender: ThingId
    made_for: ThingId | None
    clearance: str  # the highest class that went out
    since: datetime | None
    n_submissions: int
    n_reports: int
    n_withheld: int  # above the clearance: only their hashes went out
    n_absent: int  # listed, and their content is not in this register either
    n_unsigned: int  # in no submission: from a register of before, cannot go out
    n_bytes: int


@dataclass(slots=True)
class _Selection:
    """Which submissions and reports go out; filled while the register is gone through."""

    clearance: Sensitivity
    submissions: list[Handed] = field(default_factory=list)
    listed: set[ReportId] = field(default_factory=set)  # by the submissions that go out
    listed_anywhere: set[ReportId] = field(default_factory=set)
    of_receiver: set[ReportId] = field(default_factory=set)  # first handed in by the receiver
    sent: set[ReportId] = field(default_factory=set)
    n_withheld: int = 0
    n_unsigned: int = 0


def clearance_of(wanted: WantedBundle, actor: Actor) -> Sensitivity:
    """Return the highest class that goes out.

    What was asked for; else restricted for a named receiver, and for nobody in particular
    what the actor may see, but never severe: that must be said in words.
    """
    if wanted.clearance is not None:
        return wanted.clearance
    if wanted.made_for is not None:
        return Sensitivity.RESTRICTED
    return min(CLEARANCE[actor.role], Sensitivity.CONFIDENTIAL)


def make_bundle(
    wanted: WantedBundle,
    outgoing: Outgoing,
    files: BundleFiles,
    on_progress: OnProgress | None = None,
) -> BundleMade:
    """Write a bundle, and say what it holds.

    Raises:
        NotAllowedError: The actor may not share, or not values of this class.
    """
    clearance = clearance_of(wanted, outgoing.actor)
    require(outgoing.actor, Action.SHARE, Object(sensitivity=clearance))
    since = datetime.combine(wanted.since, time.min, tzinfo=UTC) if wanted.since else None
    chosen = _choose(wanted, since, outgoing.register, clearance)
    lines = _lines(wanted, outgoing, chosen, on_progress or _silent)
    body = write_body(files.beside, lines)
    header = BundleHeader(
        sender=outgoing.signer.organisation,
        key=outgoing.signer.key.id,
        public_key=outgoing.signer.key.public_key,
        made_for=wanted.made_for,
        since=since,
        made_at=outgoing.now,
        n_submissions=len(chosen.submissions),
        n_reports=len(chosen.sent),
        n_withheld=len(chosen.listed - chosen.sent),
        body_bytes=body.n_bytes,
        body_uncompressed_bytes=body.n_uncompressed_bytes,
        body_sha256=body.sha256,
    )
    write_bundle(files.target, header, outgoing.signer.key, files.beside)
    return _made(header, chosen, files.target.tell())


def _made(header: BundleHeader, chosen: _Selection, n_bytes: int) -> BundleMade:
    return BundleMade(
        sender=header.sender,
        made_for=header.made_for,
        clearance=chosen.clearance.word,
        since=header.since,
        n_submissions=header.n_submissions,
        n_reports=header.n_reports,
        n_withheld=chosen.n_withheld,
        n_absent=header.n_withheld - chosen.n_withheld,
        n_unsigned=chosen.n_unsigned,
        n_bytes=n_bytes,
    )


def _silent(done: int, total: int) -> None:
    del done, total


def _choose(
    wanted: WantedBundle, since: datetime | None, register: Register, clearance: Sensitivity
) -> _Selection:
    chosen = _Selection(clearance)
    late = _received_since(register, since)
    for entry in register.submissions():
        submission = entry.signed.submission
        reports = set(submission.reports)
        if submission.organisation == wanted.made_for:
            # Only whoever handed it in first: a hash that was seen in a bundle can be listed too.
            chosen.of_receiver |= reports - chosen.listed_anywhere
        chosen.listed_anywhere |= reports
        if since is None or entry.received_at >= since or late & reports:
            chosen.submissions.append(Handed(entry.signed, entry.received_at))
            chosen.listed |= reports
    return chosen


def _received_since(register: Register, since: datetime | None) -> set[ReportId]:
    """Return the reports received since then: one may come later than its submission."""
    if since is None:
        return set()
    first = instant_text(since)
    return {ReportId(one) for _, one, received_at, _ in register.forms() if received_at >= first}


def _lines(
    wanted: WantedBundle, outgoing: Outgoing, chosen: _Selection, on_progress: OnProgress
) -> Iterator[bytes]:
    yield from map(submission_line, chosen.submissions)
    total = len(outgoing.register)
    for done, (_, identity, received_at, text) in enumerate(outgoing.register.forms()):
        report = ReportId(identity)
        if done % REPORTS_BETWEEN_PROGRESS == 0:
            on_progress(done, total)
        if report not in chosen.listed:
            chosen.n_unsigned += report not in chosen.listed_anywhere
        elif _may_go(report, json.loads(text), wanted, outgoing.vocabulary, chosen):
            chosen.sent.add(report)
            yield stored_report_line(received_at, text.encode())
        else:
            chosen.n_withheld += 1


def _may_go(
    report: ReportId,
    form: dict[str, Any],
    wanted: WantedBundle,
    vocabulary: Vocabulary,
    chosen: _Selection,
) -> bool:
    return (
        report in chosen.of_receiver
        or form["source"]["organisation"] == wanted.made_for
        or all(_class_of(claim, vocabulary) <= chosen.clearance for claim in form["claims"])
    )


def _class_of(claim: dict[str, Any], vocabulary: Vocabulary) -> Sensitivity:
    declared = vocabulary.properties.get(claim["property"])
    own = DEFAULT_WHERE_UNKNOWN if declared is None else declared.sensitivity
    raised = claim.get("sensitivity")
    return max(own, Sensitivity.from_word(raised)) if raised else own
