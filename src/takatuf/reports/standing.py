"""Who stands behind each report: a pure function of the submissions and the host's root key.

A key is in force when it was introduced by its own organisation and is reached from the root:
it is the root; or a named person of another organisation, signing with a key in force, says
whose it is; or a key of the same organisation in force brought it in, or was rotated to it.
After a rotation the old key's submissions count unless they have the rotation among those they
follow. After a revocation, by its own organisation or one that vouched for it, only the
`last_good` ones and what they follow count. Revocation wins over vouching.

Signatures are checked on every way in and again by `verifying`. Here only those are checked on
which others rest: of submissions that speak of keys, and of those that came before their key.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from takatuf.reports.keys import is_signed_by, key_id_of
from takatuf.reports.reach import (
    Chains,
    Fault,
    Holding,
    Reach,
    events_that_count,
    is_vouching,
    reach_of,
)
from takatuf.reports.register import Register, SubmissionEntry
from takatuf.reports.submission import Holder, KeyAct, KeyId, Submission, SubmissionId
from takatuf.vocabulary.identity import ReportId, ThingId

HOST_HELD = "signed with a key that the host keeps for it"  # shown wherever it signs


class BackingKind(StrEnum):
    """Who stands behind a report; the strongest first."""

    OWN = "own"
    HOST_HELD = "host held"
    PASSED_ON = "passed on"
    UNSIGNED = "unsigned"
    QUARANTINED = "quarantined"


class KeyStatus(StrEnum):
    """What a key is worth here."""

    IN_FORCE = "in force"
    NOT_VOUCHED = "not vouched for"
    ROTATED = "rotated"
    REVOKED = "revoked"
    UNKNOWN = "unknown"  # named somewhere; its public key is not here


@dataclass(frozen=True, slots=True)
class Backing:
    """Who stands behind one report."""

    kind: BackingKind
    organisation: ThingId | None = None  # who signed
    key: KeyId | None = None
    submission: SubmissionId | None = None
    reason: str = ""  # why it is quarantined

    @property
    def sentence(self) -> str:
        """Say it in plain words; an organisation stands by its identity."""
        return {
            BackingKind.OWN: "signed by itself",
            BackingKind.HOST_HELD: HOST_HELD,
            BackingKind.PASSED_ON: f"passed on by {self.organisation}",
            BackingKind.UNSIGNED: "unsigned",
            BackingKind.QUARANTINED: f"quarantined: {self.reason}",
        }[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyState:
    """A key, whose it is, and what it is worth here."""

    key: KeyId
    state: KeyStatus
    organisation: ThingId | None  # None: nobody has said yet
    holder: Holder | None
    public_key: str  # "" where it is unknown
    introduced_by: str  # a person's name and office
    introduced_at: datetime | None  # when we heard of it
    vouched_by: tuple[tuple[str, ThingId], ...]  # persons, and for whom they signed
    n_submissions: int


@dataclass(frozen=True)
class Standing:
    """What every key and every submission is worth."""

    keys: Mapping[KeyId, KeyState]
    faults: Mapping[SubmissionId, Fault]  # the submissions that do not count, and why
    submissions: Mapping[SubmissionId, Submission]

    @cached_property
    def quarantined(self) -> Mapping[ReportId, str]:
        """The reports that stand only in submissions that do not count, and why."""
        rank = list(Fault)
        found: dict[ReportId, Fault] = {}
        for identity, fault in self.faults.items():
            for report in self.submissions[identity].reports:
                found[report] = min(fault, found.get(report, fault), key=rank.index)
        if found:
            for submission in self._good():
                for report in submission.reports:
                    found.pop(report, None)
        return found

    def of(self, report: ReportId, organisation: ThingId) -> Backing:
        """Return who stands behind a report of this organisation; the strongest there is."""
        signed = self._by_report.get(report, ())
        if signed:
            return min((self._backing(s, organisation) for s in signed), key=_strength)
        if report in self.quarantined:
            return Backing(BackingKind.QUARANTINED, reason=self.quarantined[report])
        return Backing(BackingKind.UNSIGNED)

    def is_in_force(self, key: KeyId, organisation: ThingId) -> bool:
        """Say whether a key can sign for this organisation now."""
        state = self.keys.get(key)
        return (
            state is not None
            and state.state is KeyStatus.IN_FORCE
            and state.organisation == organisation
        )

    @cached_property
    def _by_report(self) -> Mapping[ReportId, tuple[Submission, ...]]:
        found: dict[ReportId, tuple[Submission, ...]] = {}
        for submission in self._good():
            alone = (submission,)
            for report in submission.reports:
                found[report] = found[report] + alone if report in found else alone
        return found

    def _good(self) -> Iterable[Submission]:
        return (s for s in self.submissions.values() if s.id not in self.faults)

    def _backing(self, submission: Submission, organisation: ThingId) -> Backing:
        kind = BackingKind.PASSED_ON
        if submission.organisation == organisation:
            is_hosts = self.keys[submission.key].holder is Holder.HOST
            kind = BackingKind.HOST_HELD if is_hosts else BackingKind.OWN
        return Backing(kind, submission.organisation, submission.key, submission.id)


def standing_in(register: Register, known: datetime | None = None) -> Standing:
    """Return the standing in a register, by the root of its keeper.

    Args:
        register: Whose submissions count.
        known: Only what was received by this instant counts; None for everything. A record
            of the past has its own dates, so there everything counts.
    """
    by = None if register.keeper.is_replay else known
    return standing_of(register.submissions(), register.keeper.root, by)


def standing_of(
    submissions: Iterable[SubmissionEntry], root: KeyId | None, known: datetime | None = None
) -> Standing:
    """Return what every key and every submission is worth.

    Args:
        submissions: In any order; one that comes twice counts once, as first received.
        root: The host's first key, from which trust is reached; None: no key is in force.
        known: Only submissions received by this instant count; None for all.
    """
    first: dict[SubmissionId, SubmissionEntry] = {}
    for entry in submissions:
        identity = entry.signed.submission.id
        earlier = first.get(identity)
        is_heard = known is None or entry.received_at <= known
        if is_heard and (earlier is None or _age(entry) < _age(earlier)):
            first[identity] = entry
    forged = _forged(first.values())
    every = {identity: entry.signed.submission for identity, entry in first.items()}
    chains = Chains({i: s for i, s in every.items() if i not in forged})
    reach = reach_of(chains, root)
    keys = _key_states(chains, reach, first)
    faults = {
        identity: Fault.FORGED if identity in forged else _fault(submission, reach, keys)
        for identity, submission in every.items()
        if identity in forged or not reach.counts(submission)
    }
    return Standing(keys, faults, every)


def public_keys(submissions: Iterable[Submission]) -> dict[KeyId, str]:
    """Return every public key that is given anywhere and belongs to its identity."""
    return {
        event.key: event.public_key
        for submission in submissions
        for event in submission.key_events
        if event.public_key and key_id_of(event.public_key) == event.key
    }


def _age(entry: SubmissionEntry) -> tuple[datetime, int]:
    return entry.received_at, entry.position


def _forged(entries: Iterable[SubmissionEntry]) -> set[SubmissionId]:
    speaking = [entry for entry in entries if entry.signed.submission.key_events]
    known = public_keys(entry.signed.submission for entry in speaking)
    since: dict[KeyId, int] = {}
    for entry in speaking:
        for key in public_keys([entry.signed.submission]):
            since[key] = min(entry.position, since.get(key, entry.position))
    return {
        entry.signed.submission.id
        for entry in entries
        if (key := entry.signed.submission.key) in known
        and (entry.signed.submission.key_events or entry.position < since[key])
        and not is_signed_by(entry.signed, known[key])
    }


def _fault(submission: Submission, reach: Reach, keys: Mapping[KeyId, KeyState]) -> Fault:
    cut = reach.cuts.faults.get(submission.id)
    if cut is not None:
        return cut
    is_unknown = keys[submission.key].state is KeyStatus.UNKNOWN
    return Fault.UNKNOWN if is_unknown else Fault.NOT_VOUCHED


def _strength(backing: Backing) -> tuple[int, ThingId | None, SubmissionId | None]:
    return list(BackingKind).index(backing.kind), backing.organisation, backing.submission


def _key_states(
    chains: Chains, reach: Reach, first: Mapping[SubmissionId, SubmissionEntry]
) -> dict[KeyId, KeyState]:
    vouched = _vouched(chains, reach)
    states: dict[KeyId, KeyState] = {}
    # Where two organisations claim one key, the one in force is shown, else the first by name.
    for holding in sorted(chains.introduced, key=lambda h: (h not in reach.reached, h[1])):
        key, organisation = holding
        submission, event = chains.introduced[holding][0]
        states.setdefault(
            key,
            KeyState(
                key=key,
                state=_status(holding, reach),
                organisation=organisation,
                holder=event.holder or Holder.ORGANISATION,
                public_key=event.public_key,
                introduced_by=event.by,
                introduced_at=first[submission.id].received_at,
                vouched_by=tuple(sorted(vouched[holding])),
                n_submissions=len(chains.by_key.get(key, ())),
            ),
        )
    return states | {
        key: _unknown(key, chains) for key in sorted(_named_in(chains)) if key not in states
    }


def _status(holding: Holding, reach: Reach) -> KeyStatus:
    if holding in reach.cuts.revoked:
        return KeyStatus.REVOKED
    if holding not in reach.reached:
        return KeyStatus.NOT_VOUCHED
    return KeyStatus.ROTATED if holding[0] in reach.cuts.rotated else KeyStatus.IN_FORCE


def _vouched(chains: Chains, reach: Reach) -> dict[Holding, set[tuple[str, ThingId]]]:
    vouched: dict[Holding, set[tuple[str, ThingId]]] = defaultdict(set)
    for submission, event in events_that_count(chains, reach, KeyAct.VOUCHED):
        if event.organisation is not None and is_vouching(event, submission):
            vouched[event.key, event.organisation].add((event.by, submission.organisation))
    return vouched


def _named_in(chains: Chains) -> set[KeyId]:
    events = (event for submission in chains.with_events for event in submission.key_events)
    return {*chains.by_key, *(event.key for event in events)}


def _unknown(key: KeyId, chains: Chains) -> KeyState:
    signed = chains.by_key.get(key, ())
    return KeyState(
        key=key,
        state=KeyStatus.UNKNOWN,
        organisation=min((s.organisation for s in signed), default=None),
        holder=None,
        public_key="",
        introduced_by="",
        introduced_at=None,
        vouched_by=(),
        n_submissions=len(signed),
    )
