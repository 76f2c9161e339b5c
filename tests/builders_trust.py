"""Keys and submissions: the same at every run, so that a test names only what it is about."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from takatuf.reports.keys import SigningKey
from takatuf.reports.memory import MemoryRegister
from takatuf.reports.register import Handed, Keeper
from takatuf.reports.report import Report
from takatuf.reports.standing import Standing, standing_of
from takatuf.reports.submission import (
    Holder,
    KeyAct,
    KeyEvent,
    KeyId,
    SignedSubmission,
    Submission,
    SubmissionId,
    next_number,
)
from takatuf.vocabulary.identity import ReportId, ThingId
from tests.builders import NOW, an_arrival

HOST, OWN, OTHER = (ThingId(f"organisation/{name}") for name in ("host", "a", "b"))
PERSON = "N. N., head of office"


def a_key(number: int = 1) -> SigningKey:
    """A key that is the same at every run."""
    return SigningKey(Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32))


HOST_KEY, OWN_KEY, OTHER_KEY, NEW_KEY = (a_key(number) for number in (1, 2, 3, 4))


def introduced(key: SigningKey, of: ThingId, holder: Holder = Holder.ORGANISATION) -> KeyEvent:
    return KeyEvent(
        act=KeyAct.INTRODUCED,
        key=key.id,
        by=PERSON,
        organisation=of,
        public_key=key.public_key,
        holder=holder,
    )


def rotated(to: SigningKey, of: ThingId) -> KeyEvent:
    return KeyEvent(
        act=KeyAct.ROTATED,
        key=to.id,
        by=PERSON,
        organisation=of,
        public_key=to.public_key,
        holder=Holder.ORGANISATION,
    )


def vouched(key: SigningKey, of: ThingId | None, by: str = PERSON) -> KeyEvent:
    return KeyEvent(act=KeyAct.VOUCHED, key=key.id, by=by, organisation=of)


def revoked(key: SigningKey, *last_good: SubmissionId) -> KeyEvent:
    return KeyEvent(act=KeyAct.REVOKED, key=key.id, by=PERSON, last_good=last_good, why="lost")


def report_id(digit: str) -> ReportId:
    return ReportId(digit * 64)


def a_submission(key: SigningKey = OWN_KEY, of: ThingId = OWN, **changes: Any) -> Submission:
    fields: dict[str, Any] = {
        "organisation": of,
        "number": 1,
        "previous": (),
        "reports": (report_id("a"),),
        "key_events": (),
        "key": key.id,
        "made_at": NOW,
    }
    return Submission(**(fields | changes))


class Ledger:
    """Submissions as they are handed in, each after the ends of its organisation."""

    def __init__(self, root: SigningKey | None = HOST_KEY, *, is_replay: bool = False) -> None:
        keeper = Keeper(root=root.id if root else None, is_replay=is_replay)
        self.register = MemoryRegister(keeper)
        if root:
            self.hand_in(root, HOST, events=[introduced(root, HOST)])

    def hand_in(
        self,
        key: SigningKey,
        of: ThingId,
        *reports: Report | ReportId,
        events: Sequence[KeyEvent] = (),
        previous: Sequence[SubmissionId] | None = None,
        at: datetime = NOW,
    ) -> SubmissionId:
        signed = self.signed(key, of, *reports, events=events, previous=previous)
        arrivals = [an_arrival(report, at) for report in reports if isinstance(report, Report)]
        self.register.append(arrivals, [Handed(signed, at)])
        return signed.submission.id

    def signed(
        self,
        key: SigningKey,
        of: ThingId,
        *reports: Report | ReportId,
        events: Sequence[KeyEvent] = (),
        previous: Sequence[SubmissionId] | None = None,
    ) -> SignedSubmission:
        follows = self.register.ends(of) if previous is None else tuple(previous)
        found = [self.register.find_submission(identity) for identity in follows]
        return key.sign(
            a_submission(
                key,
                of,
                number=next_number(entry.signed.submission for entry in found if entry),
                previous=follows,
                reports=tuple(r.id if isinstance(r, Report) else r for r in reports),
                key_events=tuple(events),
            )
        )

    def introduce(self, key: SigningKey, of: ThingId) -> SubmissionId:
        return self.hand_in(key, of, events=[introduced(key, of)])

    def vouch(self, key: SigningKey, of: ThingId) -> SubmissionId:
        return self.hand_in(HOST_KEY, HOST, events=[vouched(key, of)])

    def standing(self, known: datetime | None = None) -> Standing:
        return standing_of(self.register.submissions(), self.register.keeper.root, known)

    def state(self, key: SigningKey) -> str:
        return self.standing().keys[key.id].state.value


def a_ledger(*keys: tuple[SigningKey, ThingId]) -> Ledger:
    """A ledger of a host that vouches for these keys."""
    ledger = Ledger()
    for key, organisation in keys:
        ledger.introduce(key, organisation)
        ledger.vouch(key, organisation)
    return ledger


def a_theft() -> tuple[Ledger, SubmissionId, SubmissionId]:
    """An organisation with two keys; one is stolen after a good submission, and misused."""
    ledger = a_ledger((OWN_KEY, OWN))
    ledger.hand_in(OWN_KEY, OWN, events=[introduced(NEW_KEY, OWN)])
    good = ledger.hand_in(OWN_KEY, OWN, report_id("1"))
    bad = ledger.hand_in(OWN_KEY, OWN, report_id("2"))
    return ledger, good, bad


def key_id(digit: str) -> KeyId:
    return KeyId(digit * 64)
