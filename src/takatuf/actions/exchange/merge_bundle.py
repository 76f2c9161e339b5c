"""Merge a bundle: the union of two registers, all of it or nothing.

The order of bundles, and how often one comes, make no difference to what is believed after
them. What was signed with a key that nobody here vouches for is kept and stays out of the
picture until somebody does.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from takatuf.actions.exchange.check_bundle import (
    Known,
    forged_report,
    known_together,
    new_submissions,
    problems_of_counts,
    problems_of_submissions,
)
from takatuf.actions.exchange.understand_report import understand
from takatuf.actions.reception import clock_behind
from takatuf.formats.bundle.container import BundleHeader
from takatuf.formats.bundle.reading import Bundle, SentReport, open_bundle
from takatuf.reports.keys import fingerprint
from takatuf.reports.register import Arrival, Handed, Register, SubmissionEntry
from takatuf.reports.standing import Standing, standing_of
from takatuf.reports.submission import KeyId
from takatuf.safeguards.actor import Actor
from takatuf.safeguards.permissions import Action, Object, may, require
from takatuf.vocabulary.errors import InputError, Problem
from takatuf.vocabulary.identity import Position, ReportId, ThingId
from takatuf.vocabulary.things import Vocabulary

REPORTS_BETWEEN_PROGRESS = 1000
MAX_FAULTS = 100  # how many are told of a file that is refused
OnProgress = Callable[[int, int], None]  # reports done, of how many


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """Where a bundle goes, and by whom it is brought."""

    register: Register
    vocabulary: Vocabulary
    actor: Actor
    ours: frozenset[ThingId]  # the organisations that this host and its actor belong to
    now: datetime  # aware, UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantine:
    """Reports of a bundle that stay out of the picture, for one reason."""

    reason: str
    n_reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeReceipt:
    """What became of a bundle."""

    name: str
    sender: ThingId
    key: KeyId  # that signed the bundle
    made_at: datetime  # by the sender's clock
    n_new: int  # reports that were not here before
    n_known: int
    n_new_submissions: int
    n_known_submissions: int
    n_withheld: int  # reports of which only the hash came
    quarantined: tuple[Quarantine, ...]
    problems: tuple[Problem, ...]  # what needs attention, though the bundle was taken
    is_stored: bool  # False: only checked
    head: str  # of the register afterwards


@dataclass(slots=True)
class _Batch:
    """What the reports of a bundle come to, as it is gone through."""

    sent: set[ReportId] = field(default_factory=set)
    arrivals: list[Arrival] = field(default_factory=list)
    n_known: int = 0
    problems: list[Problem] = field(default_factory=list)
    forged: list[ReportId] = field(default_factory=list)


def merge_bundle(
    file: BinaryIO,
    name: str,
    incoming: Incoming,
    *,
    is_dry_run: bool = False,
    on_progress: OnProgress | None = None,
) -> MergeReceipt:
    """Take in a bundle, and say what became of it.

    Args:
        file: Open for reading bytes from its beginning; it must be possible to seek in it.
        name: What the sender calls it.
        incoming: Where it goes, and by whom it is brought.
        is_dry_run: Only check: nothing is stored.
        on_progress: Told now and then how many reports are read, of how many.

    Raises:
        InputError: The file is damaged, forged, has a gap, or its sender is unknown; nothing
            was stored.
        NotAllowedError: The actor may not share.
    """
    require(incoming.actor, Action.SHARE, Object())
    bundle = open_bundle(file, name)
    now, clock_problems = _instant_of_receipt(incoming)
    here = tuple(incoming.register.submissions())
    known = known_together(here, bundle)
    new = new_submissions(bundle, known)
    _refuse_if_any(problems_of_submissions(new, known, bundle))
    standing = _standing_together(here, new, incoming.register.keeper.root, now)
    _refuse_unknown_sender(bundle, standing)
    received = _Received(now, keeps_instants=_keeps_instants(incoming))
    batch = _read_all(bundle, known, incoming, received, on_progress or _silent)
    if not is_dry_run:
        incoming.register.append(batch.arrivals, received.submissions(new))
    return MergeReceipt(
        name=name,
        sender=bundle.header.sender,
        key=bundle.header.key,
        made_at=bundle.header.made_at,
        n_new=len(batch.arrivals),
        n_known=batch.n_known,
        n_new_submissions=len(new),
        n_known_submissions=bundle.header.n_submissions - len(new),
        n_withheld=bundle.header.n_withheld,
        quarantined=_quarantines(batch, standing),
        problems=(*clock_problems, *_problems_of_receiver(bundle, incoming), *batch.problems),
        is_stored=not is_dry_run,
        head=incoming.register.head(),
    )


@dataclass(frozen=True, slots=True)
class _Received:
    """When what comes counts as heard: now, or in a record of the past when its sender heard."""

    now: datetime
    keeps_instants: bool

    def instant(self, by_sender: datetime) -> datetime:
        return min(by_sender, self.now) if self.keeps_instants else self.now

    def submissions(self, new: Sequence[Handed]) -> tuple[Handed, ...]:
        return tuple(Handed(handed.signed, self.instant(handed.received_at)) for handed in new)


def _silent(done: int, total: int) -> None:
    del done, total


def _keeps_instants(incoming: Incoming) -> bool:
    thing = Object(is_replay_register=incoming.register.keeper.is_replay)
    return may(incoming.actor, Action.REPLAY, thing).is_allowed


def _instant_of_receipt(incoming: Incoming) -> tuple[datetime, tuple[Problem, ...]]:
    """Return now, or the last instant that is here where the clock was set back."""
    last = incoming.register.last_received_at()
    if incoming.register.keeper.is_replay or last is None or last <= incoming.now:
        return incoming.now, ()
    return last, (clock_behind(incoming.now, last),)


def _refuse_if_any(problems: Iterator[Problem]) -> None:
    found = tuple(islice(problems, MAX_FAULTS))
    if found:
        raise InputError(found)


def _standing_together(
    here: Sequence[SubmissionEntry], new: Sequence[Handed], root: KeyId | None, now: datetime
) -> Standing:
    behind = max((entry.position for entry in here), default=0)
    entries = (
        SubmissionEntry(Position(behind + n), now, handed.signed) for n, handed in enumerate(new, 1)
    )
    return standing_of([*here, *entries], root)


def _refuse_unknown_sender(bundle: Bundle, standing: Standing) -> None:
    header = bundle.header
    if standing.is_in_force(header.key, header.sender):
        return
    state = standing.keys.get(header.key)
    is_of_another = state is not None and state.organisation not in (None, header.sender)
    why = f"of {state.organisation}" if state and is_of_another else state.state if state else ""
    raise InputError(
        [
            Problem(
                code="bundle.sender-unknown",
                where=bundle.name,
                found=f"{header.sender}, key {fingerprint(header.key)}"
                + (f", {why}" if why else ""),
                expected="a sender whose key somebody here vouches for",
                hint=_how_to_vouch(header),
            )
        ]
    )


def _how_to_vouch(header: BundleHeader) -> str:
    return (
        "Call them on a number that you had before, compare the fingerprint, and only if it is "
        f'the same run: takatuf keys vouch {header.key} --of {header.sender} --by "Name, office"'
    )


def _read_all(
    bundle: Bundle, known: Known, incoming: Incoming, received: _Received, on_progress: OnProgress
) -> _Batch:
    batch = _Batch()
    listed = {r for handed in bundle.submissions for r in handed.signed.submission.reports}
    held = incoming.register.holds(listed)
    for done, sent in enumerate(bundle.reports):
        if done % REPORTS_BETWEEN_PROGRESS == 0:
            on_progress(done, bundle.header.n_reports)
        if sent.id not in known.reports:
            batch.forged.append(sent.id)
        elif sent.id not in batch.sent:
            batch.sent.add(sent.id)
            _take(sent, held, incoming.vocabulary, received, batch)
    _refuse_if_any(forged_report(report, bundle.name) for report in batch.forged)
    _refuse_if_any(problems_of_counts(frozenset(batch.sent), bundle))
    return batch


def _take(
    sent: SentReport,
    held: frozenset[ReportId],
    vocabulary: Vocabulary,
    received: _Received,
    batch: _Batch,
) -> None:
    if sent.id in held:
        batch.n_known += 1
        return
    understood = understand(sent, vocabulary, received.now)
    batch.problems += understood.problems
    if understood.report is not None:
        batch.arrivals.append(Arrival(understood.report, received.instant(sent.received_at)))


def _quarantines(batch: _Batch, standing: Standing) -> tuple[Quarantine, ...]:
    reasons = Counter(str(standing.quarantined[r]) for r in batch.sent if r in standing.quarantined)
    return tuple(Quarantine(reason=r, n_reports=n) for r, n in sorted(reasons.items()))


def _problems_of_receiver(bundle: Bundle, incoming: Incoming) -> Iterator[Problem]:
    made_for = bundle.header.made_for
    if made_for is not None and made_for not in incoming.ours:
        yield Problem(
            code="bundle.for-somebody-else",
            where=bundle.name,
            found=f"a bundle for {made_for}",
            expected=" or ".join(sorted(incoming.ours)) or "a bundle for this host",
            hint="It was taken in; what was withheld from its receiver is missing here too.",
        )
