"""A submission: what an organisation hands in at one time, signed and linked to its earlier ones.

The identity of a submission is the SHA-256 of its canonical JSON (RFC 8785), and the
signature (Ed25519, RFC 8032) covers the same bytes. It lists the reports by their identities,
so a report that a reader may not see still leaves its hash; and it names the submissions of
the same organisation that no other had followed when it was made, so none can be taken out
from between unseen. Two hosts may take in submissions of one organisation at the same time:
then its chain has two ends, and the next submission joins them.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, NewType

import rfc8785

from takatuf.vocabulary.identity import ReportId, ThingId, is_thing_id
from takatuf.vocabulary.time import instant_text, parse_instant

SubmissionId = NewType("SubmissionId", str)  # 64 hexadecimal digits
KeyId = NewType("KeyId", str)  # 64 hexadecimal digits: the SHA-256 of the raw public key
SIGNED_AS = b"takatuf submission 1\n"  # before the signed bytes: they mean nothing elsewhere
SIGNATURE_BYTES = 64
MAX_NUMBER = 2**53 - 1  # the largest whole number that canonical JSON can hold
_HASH = re.compile(r"[0-9a-f]{64}")


class KeyAct(StrEnum):
    """What a submission says of a key."""

    INTRODUCED = "introduced"  # an organisation's first key, or a further one; signed by itself
    VOUCHED = "vouched"  # a named person of another organisation knows whose key it is
    ROTATED = "rotated"  # a new key in place of the one that signs
    REVOKED = "revoked"  # not to be believed any more after `last_good`


class Holder(StrEnum):
    """Who can sign with a key."""

    ORGANISATION = "organisation"
    HOST = "host"  # kept by the host for an organisation that has none: shown wherever it signs


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEvent:
    """What a named person says of a key; an entry of the register like any report."""

    act: KeyAct
    key: KeyId
    by: str  # the name and office of the person who answers for it
    organisation: ThingId | None = None  # introduced, rotated, vouched: whose key it is
    public_key: str = ""  # introduced, rotated: the raw 32 bytes as hexadecimal digits
    holder: Holder | None = None  # introduced, rotated
    last_good: tuple[SubmissionId, ...] = ()  # revoked: they and what they follow stay good
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What an organisation hands in at one time; its id is computed from all of it."""

    organisation: ThingId  # who hands in and signs; it may pass on reports of others
    number: int  # one more than the highest number among `previous`; the first is 1
    previous: tuple[SubmissionId, ...]  # in order; empty for the first
    reports: tuple[ReportId, ...]  # in the order of the sender
    key_events: tuple[KeyEvent, ...] = ()
    key: KeyId  # which key signs
    made_at: datetime  # by the clock of whoever signs: aware, UTC

    @cached_property
    def id(self) -> SubmissionId:
        """The SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
        return SubmissionId(hashlib.sha256(submission_bytes(self)).hexdigest())


@dataclass(frozen=True, slots=True)
class SignedSubmission:
    """A submission with the signature over it; not yet verified."""

    submission: Submission
    signature: bytes  # 64 bytes, over SIGNED_AS and the canonical JSON


def submission_bytes(submission: Submission) -> bytes:
    """Return the submission as RFC 8785 canonical JSON: what is hashed, signed and stored."""
    return rfc8785.dumps(_to_json(submission))


def signed_bytes(submission: Submission) -> bytes:
    """Return exactly what the signature covers."""
    return SIGNED_AS + submission_bytes(submission)


def submission_from_json(form: dict[str, Any], identity: SubmissionId | None = None) -> Submission:
    """Read the form that `submission_bytes` writes, and no other.

    Args:
        form: The JSON values.
        identity: The submission's identity where a register has it already: then it was read
            with all care when it came in, and is not looked through again.

    Raises:
        KeyError, TypeError, ValueError: The form is none of ours, or damaged.
    """
    submission = Submission(
        organisation=_thing(form["organisation"]),
        number=_number(form["number"]),
        previous=tuple(SubmissionId(text) for text in form["previous"]),
        reports=tuple(form["reports"]),
        key_events=tuple(_event_from_json(event) for event in form["key_events"]),
        key=KeyId(_hash(form["key"])),
        made_at=parse_instant(form["made_at"]),
    )
    if identity is not None:
        submission.__dict__["id"] = identity  # where `cached_property` keeps it
        return submission
    for text in (*submission.previous, *submission.reports):
        _hash(text)
    if _to_json(submission) != form:  # a name that we do not know, a time in another form
        raise ValueError(sorted(form))
    return submission


def next_number(previous: Iterable[Submission]) -> int:
    """Return the number of a submission that follows these: one more than the highest."""
    return 1 + max((submission.number for submission in previous), default=0)


def _thing(text: str) -> ThingId:
    if not is_thing_id(text):
        raise ValueError(text)
    return ThingId(text)


def _number(number: int) -> int:
    if type(number) is not int or not 1 <= number <= MAX_NUMBER:
        raise ValueError(number)
    return number


def _hash(text: str) -> str:
    if _HASH.fullmatch(text) is None:
        raise ValueError(text)
    return text


def _to_json(submission: Submission) -> dict[str, Any]:
    return {
        "organisation": submission.organisation,
        "number": submission.number,
        "previous": list(submission.previous),
        "reports": list(submission.reports),
        "key_events": [_event_to_json(event) for event in submission.key_events],
        "key": submission.key,
        "made_at": instant_text(submission.made_at),
    }


def _event_to_json(event: KeyEvent) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "organisation": event.organisation,
        "public_key": event.public_key,
        "holder": event.holder.value if event.holder else None,
        "last_good": list(event.last_good),
        "why": event.why,
    }
    said = {name: field for name, field in fields.items() if field}
    return {"act": event.act.value, "key": event.key, "by": event.by, **said}


def _event_from_json(form: dict[str, Any]) -> KeyEvent:
    organisation, holder = form.get("organisation"), form.get("holder")
    return KeyEvent(
        act=KeyAct(form["act"]),
        key=KeyId(_hash(form["key"])),
        by=form["by"],
        organisation=_thing(organisation) if organisation else None,
        public_key=_hash(form["public_key"]) if "public_key" in form else "",
        holder=Holder(holder) if holder else None,
        last_good=tuple(SubmissionId(_hash(text)) for text in form.get("last_good", ())),
        why=form.get("why", ""),
    )
