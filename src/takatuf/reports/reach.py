"""Which keys can be traced back to the root, and whose submissions do not count all the same.

Trust grows by vouching and by rotation, and shrinks by rotation and revocation; an event
counts only in a submission that counts itself. So two keys may revoke each other. Where the
rules leave open who is right, neither counts: the answer is the well-founded one, found by
narrowing what may count and widening what must, until nothing changes. It depends on the set
of submissions alone and not on their order.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from takatuf.reports.keys import key_id_of
from takatuf.reports.submission import KeyAct, KeyEvent, KeyId, Submission, SubmissionId
from takatuf.vocabulary.identity import ThingId

Holding = tuple[KeyId, ThingId]  # a key and the organisation that it signs for


class Fault(StrEnum):
    """Why a submission does not count; in the order of what is said first."""

    REVOKED = "its key was revoked"
    ROTATED = "its key had been replaced by another"
    NOT_VOUCHED = "nobody in force vouches for its key"
    UNKNOWN = "its key is unknown"
    FORGED = "its signature is not right"


@dataclass(frozen=True)
class Chains:
    """Submissions as they follow each other, by identity, and those that speak of keys."""

    by_id: Mapping[SubmissionId, Submission]

    @cached_property
    def by_key(self) -> Mapping[KeyId, list[Submission]]:
        """Every submission by the key that signs it."""
        grouped: dict[KeyId, list[Submission]] = defaultdict(list)
        for submission in self.by_id.values():
            grouped[submission.key].append(submission)
        return grouped

    @cached_property
    def with_events(self) -> tuple[Submission, ...]:
        """The submissions that speak of keys, in an order that never changes."""
        found = (s for s in self.by_id.values() if s.key_events)
        return tuple(sorted(found, key=lambda submission: submission.id))

    @cached_property
    def introduced(self) -> Mapping[Holding, tuple[tuple[Submission, KeyEvent], ...]]:
        """Who holds which key by the word of its own organisation, with where that is said."""
        found: dict[Holding, list[tuple[Submission, KeyEvent]]] = defaultdict(list)
        for submission in self.with_events:
            for event in submission.key_events:
                if is_introduction(event, submission):
                    found[event.key, submission.organisation].append((submission, event))
        return {
            holding: tuple(sorted(said, key=lambda pair: (pair[0].number, pair[0].id)))
            for holding, said in found.items()
        }

    @cached_property
    def _followers(self) -> Mapping[SubmissionId, list[Submission]]:
        followers: dict[SubmissionId, list[Submission]] = defaultdict(list)
        for submission in self.by_id.values():
            for previous in submission.previous:
                followers[previous].append(submission)
        return followers

    def back_from(self, ends: Iterable[SubmissionId]) -> set[SubmissionId]:
        """Return these submissions and all that they follow, as far as they are here."""
        found: set[SubmissionId] = set()
        waiting = list(ends)
        while waiting:
            identity = waiting.pop()
            submission = self.by_id.get(identity)
            if submission is not None and identity not in found:
                found.add(identity)
                waiting += submission.previous
        return found

    def after(self, starts: Iterable[SubmissionId]) -> set[SubmissionId]:
        """Return all submissions that follow one of these, at whatever distance."""
        found: set[SubmissionId] = set()
        waiting = list(starts)
        while waiting:
            for follower in self._followers.get(waiting.pop(), ()):
                if follower.id not in found:
                    found.add(follower.id)
                    waiting.append(follower.id)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Cuts:
    """What rotations and revocations take away."""

    rotated: frozenset[KeyId] = frozenset()
    revoked: frozenset[Holding] = frozenset()
    faults: Mapping[SubmissionId, Fault] = field(
        default_factory=dict
    )  # submissions that do not count


@dataclass(frozen=True, slots=True)
class Reach:
    """Which keys are reached from the root, and what does not count though its key is."""

    reached: frozenset[Holding]
    cuts: Cuts

    def counts(self, submission: Submission) -> bool:
        """Say whether a submission counts."""
        holding = (submission.key, submission.organisation)
        return holding in self.reached and submission.id not in self.cuts.faults


def reach_of(chains: Chains, root: KeyId | None) -> Reach:
    """Return the keys that are in force and the submissions that do not count."""
    start = _root_holding(chains, root)
    most = _reach(chains, start, Cuts())
    while True:
        least = _reach(chains, start, _cuts(chains, most))
        narrowed = _reach(chains, start, _cuts(chains, least))
        if narrowed == most:
            return least
        most = narrowed


def is_introduction(event: KeyEvent, submission: Submission) -> bool:
    """Say whether an event brings a key of the organisation that signs, with its public key."""
    return (
        event.act in {KeyAct.INTRODUCED, KeyAct.ROTATED}
        and event.organisation in {None, submission.organisation}
        and event.public_key != ""
        and key_id_of(event.public_key) == event.key
    )


def is_vouching(event: KeyEvent, submission: Submission) -> bool:
    """Say whether a named person of another organisation says whose key it is."""
    return (
        event.act is KeyAct.VOUCHED
        and event.organisation not in {None, submission.organisation}
        and event.by.strip() != ""
    )


def events_that_count(
    chains: Chains, reach: Reach, act: KeyAct
) -> Iterator[tuple[Submission, KeyEvent]]:
    """Give each event of this kind that stands in a submission that counts."""
    for submission in chains.with_events:
        if reach.counts(submission):
            yield from ((submission, e) for e in submission.key_events if e.act is act)


def _root_holding(chains: Chains, root: KeyId | None) -> frozenset[Holding]:
    said = [
        (submission.number, submission.organisation)
        for (key, _), where in chains.introduced.items()
        for submission, _ in where
        if key == root
    ]
    return frozenset({(root, min(said)[1])}) if root is not None and said else frozenset()


def _reach(chains: Chains, start: frozenset[Holding], cuts: Cuts) -> Reach:
    speaking: dict[Holding, list[Submission]] = defaultdict(list)
    for submission in chains.with_events:
        if submission.id not in cuts.faults:
            speaking[submission.key, submission.organisation].append(submission)
    reached, waiting = set(start), list(start)
    while waiting:
        for submission in speaking[waiting.pop()]:
            new = set(_reached_by(submission, chains)) - reached
            reached |= new
            waiting += new
    return Reach(frozenset(reached), cuts)


def _reached_by(submission: Submission, chains: Chains) -> Iterator[Holding]:
    for event in submission.key_events:
        if is_introduction(event, submission):
            yield event.key, submission.organisation
        elif event.organisation is not None and is_vouching(event, submission):
            holding = (event.key, event.organisation)
            if holding in chains.introduced:
                yield holding


def _cuts(chains: Chains, reach: Reach) -> Cuts:
    rotated, revoked = _rotations(chains, reach), _revocations(chains, reach)
    faults: dict[SubmissionId, Fault] = {}
    for key, starts in rotated.items():
        later = chains.after(starts)
        faults |= {s.id: Fault.ROTATED for s in chains.by_key[key] if s.id in later}
    for (key, organisation), events in revoked.items():
        good = set.intersection(*(chains.back_from(event.last_good) for event in events))
        faults |= {
            s.id: Fault.REVOKED
            for s in chains.by_key.get(key, ())
            if s.organisation == organisation and s.id not in good
        }
    return Cuts(rotated=frozenset(rotated), revoked=frozenset(revoked), faults=faults)


def _rotations(chains: Chains, reach: Reach) -> dict[KeyId, list[SubmissionId]]:
    """Return the rotations that count, by the key that was given up."""
    rotated: dict[KeyId, list[SubmissionId]] = defaultdict(list)
    for submission, event in events_that_count(chains, reach, KeyAct.ROTATED):
        if is_introduction(event, submission) and event.key != submission.key:
            rotated[submission.key].append(submission.id)
    return rotated


def _revocations(chains: Chains, reach: Reach) -> dict[Holding, list[KeyEvent]]:
    """Return the revocations that count: by the own organisation, or by one that vouched."""
    may_revoke: dict[Holding, set[ThingId]] = defaultdict(set)
    for submission, event in events_that_count(chains, reach, KeyAct.VOUCHED):
        if event.organisation is not None and is_vouching(event, submission):
            may_revoke[event.key, event.organisation].add(submission.organisation)
    revoked: dict[Holding, list[KeyEvent]] = defaultdict(list)
    for submission, event in events_that_count(chains, reach, KeyAct.REVOKED):
        for holding in chains.introduced:
            allowed = {holding[1], *may_revoke[holding]}
            if holding[0] == event.key and submission.organisation in allowed:
                revoked[holding].append(event)
    return revoked
