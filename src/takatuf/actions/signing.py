"""Sign what is handed in: with whose key, and linked to what the organisation handed in before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from takatuf.reports.keys import KeyStore, Signer, SigningKey, fingerprint
from takatuf.reports.register import Handed, Register
from takatuf.reports.standing import Standing
from takatuf.reports.submission import (
    Holder,
    KeyAct,
    KeyEvent,
    SignedSubmission,
    Submission,
    next_number,
)
from takatuf.safeguards.actor import Actor, Role
from takatuf.vocabulary.errors import NotAllowedError, UnavailableError
from takatuf.vocabulary.identity import ReportId, ThingId


@dataclass(frozen=True, slots=True)
class HostKeys:
    """The host of a workspace and the private keys that it keeps."""

    organisation: ThingId
    keys: KeyStore


def signer_for(
    actor: Actor, given: Signer | None, host: HostKeys | None, standing: Standing
) -> Signer | None:
    """Return who signs: the key given, else one kept for the actor's organisation, else the host.

    Args:
        actor: Who hands in.
        given: The key that the actor brings, if any.
        host: The host and its keys; None where nobody keeps the register, as in a notebook:
            then nothing is signed unless a key is given.
        standing: What each key is worth now.

    Raises:
        NotAllowedError: The key is not in force, or not of the actor's organisation.
        UnavailableError: The host's own key is lost.
    """
    if given is not None:
        _require_in_force(given, standing)
        if actor.role is Role.PARTNER and given.organisation != actor.organisation:
            raise NotAllowedError(
                f"{actor.name} may not sign for {given.organisation}: "
                "a partner signs for its own organisation only."
            )
        return given
    if host is None:
        return None
    own = _kept_for(actor.organisation, host.keys, standing) if actor.organisation else None
    return own or host_signer(host, standing)


def host_signer(host: HostKeys, standing: Standing) -> Signer:
    """Return the host with its key in force.

    Raises:
        NotAllowedError: Its keys were revoked.
        UnavailableError: Its key is lost.
    """
    signer = _kept_for(host.organisation, host.keys, standing)
    if signer is not None:
        return signer
    own = {s.key: s.state for s in standing.keys.values() if s.organisation == host.organisation}
    for key in host.keys.all():
        if key.id in own:
            raise NotAllowedError(
                f"The host's key {fingerprint(key.id)} is {own[key.id]}, so nothing can be "
                "signed with it; takatuf keys shows which key took its place."
            )
    raise UnavailableError(
        f"No key of {host.organisation} is kept here any more: restore the folder of keys."
    )


def sign_next(
    register: Register,
    signer: Signer,
    made_at: datetime,
    *,
    reports: Sequence[ReportId] = (),
    key_events: Sequence[KeyEvent] = (),
) -> SignedSubmission:
    """Return the next submission of an organisation, signed; it is not stored yet."""
    previous = register.ends(signer.organisation)
    followed = (register.find_submission(identity) for identity in previous)
    return signer.key.sign(
        Submission(
            organisation=signer.organisation,
            number=next_number(entry.signed.submission for entry in followed if entry),
            previous=previous,
            reports=tuple(reports),
            key_events=tuple(key_events),
            key=signer.key.id,
            made_at=made_at,
        )
    )


def introduction_of(key: SigningKey, organisation: ThingId, by: str, holder: Holder) -> KeyEvent:
    """Return the event that brings a key of an organisation."""
    return KeyEvent(
        act=KeyAct.INTRODUCED,
        key=key.id,
        by=by,
        organisation=organisation,
        public_key=key.public_key,
        holder=holder,
    )


def introduce_host(register: Register, host: HostKeys, by: str, now: datetime) -> None:
    """Put the introduction of the host's first key into its register, unless it is there.

    Where that key is lost nothing can be introduced, and the register can only be read.
    """
    root = register.keeper.root
    key = host.keys.find(root) if root and not register.ends(host.organisation) else None
    if key is None:
        return
    event = introduction_of(key, host.organisation, by, Holder.ORGANISATION)
    signer = Signer(host.organisation, key)
    signed = sign_next(register, signer, now, key_events=[event])
    register.append([], [Handed(signed, max(now, register.last_received_at() or now))])


def _require_in_force(signer: Signer, standing: Standing) -> None:
    if standing.is_in_force(signer.key.id, signer.organisation):
        return
    state = standing.keys.get(signer.key.id)
    if state is not None and state.organisation not in {None, signer.organisation}:
        said, cure = f"is of {state.organisation}", "Name that organisation, or take its own key."
    else:
        said = f"is {state.state}" if state else "is unknown here"
        cure = (
            "Let somebody of another organisation vouch for it, after comparing the fingerprint: "
            f'takatuf keys vouch {signer.key.id} --of {signer.organisation} --by "Name, office".'
        )
    raise NotAllowedError(
        f"The key {fingerprint(signer.key.id)} of {signer.organisation} {said}: nothing was "
        f"stored. {cure}"
    )


def _kept_for(organisation: ThingId, keys: KeyStore, standing: Standing) -> Signer | None:
    in_force = (key for key in keys.all() if standing.is_in_force(key.id, organisation))
    return next((Signer(organisation, key) for key in in_force), None)
