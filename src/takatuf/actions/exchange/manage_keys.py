"""Look after keys: make one, vouch for one, replace one, revoke one, list them all.

Whatever is said of a key is a signed entry of the register in the name of a person, so it
travels with every bundle. Nothing is said that would have no effect: who tries is told why.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from takatuf.actions.exchange.find_key import find_key, find_submission
from takatuf.actions.exchange.key_office import KeyOffice
from takatuf.actions.exchange.key_rules import (
    refuse_host_key,
    refuse_nobody,
    refuse_stranger,
    refuse_vouching,
    signer_in_force,
)
from takatuf.actions.signing import introduction_of, sign_next
from takatuf.reports.keys import Signer, SigningKey, fingerprint
from takatuf.reports.register import Handed, Register
from takatuf.reports.standing import KeyState, Standing, standing_in
from takatuf.reports.submission import Holder, KeyAct, KeyEvent, KeyId, SubmissionId
from takatuf.safeguards.actor import Actor
from takatuf.safeguards.permissions import Action, Object, require
from takatuf.vocabulary.errors import NotFoundError
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.sensitivity import Sensitivity

Keep = Callable[[SigningKey], None]  # puts a new key where it will be found again


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key that is to be made."""

    organisation: ThingId
    by: str  # the name and office of who answers for it
    is_held_by_host: bool = False  # for an organisation that cannot keep one


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouching:
    """Whose key it is, by the word of a named person."""

    key: str  # as a person types it; see `find_key`
    organisation: ThingId
    by: str
    why: str = ""
    signing: SigningKey | None = None  # None: the host's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """A key that a new one takes the place of."""

    by: str
    is_held_by_host: bool = False  # the new one
    signing: SigningKey | None = None  # the old one; None: the host's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoking:
    """A key that is not to be believed any more."""

    key: str  # as a person types it; see `find_key`
    by: str
    why: str
    last_good: tuple[str, ...] = ()  # submissions; none: all that is here stays good
    is_nothing_good: bool = False  # nothing that it ever signed counts
    signing: SigningKey | None = None  # None: the host's own


def introduce_key(wanted: NewKey, key: SigningKey, office: KeyOffice, keep: Keep) -> KeyState:
    """Keep a new key and bring it into the register; return what it is worth.

    A key that the host holds is vouched for at once, in the name of the same person. Any
    other waits until a named person of another organisation vouches for it.

    Raises:
        InputError: No organisation, or nobody who answers for it.
        NotAllowedError: The actor may not submit for this organisation, or not vouch here.
    """
    require(office.actor, Action.SUBMIT, Object(organisation=wanted.organisation))
    is_of_host = wanted.organisation == office.host.organisation
    if wanted.is_held_by_host or is_of_host:
        require(office.actor, Action.VOUCH, Object())
    refuse_nobody(wanted.by, wanted.organisation)
    holder = Holder.HOST if wanted.is_held_by_host and not is_of_host else Holder.ORGANISATION
    introduction = introduction_of(key, wanted.organisation, wanted.by, holder)
    vouching = _vouched(key.id, wanted.organisation, wanted.by)
    keep(key)
    if is_of_host:  # its own key in force brings it in
        _say(office.host, introduction, office)
        return _state(key.id, office.register)
    first = _signed(Signer(wanted.organisation, key), introduction, office)
    more = [_signed(office.host, vouching, office)] if wanted.is_held_by_host else []
    office.register.append((), [first, *more])
    return _state(key.id, office.register)


def vouch_for_key(wanted: Vouching, office: KeyOffice) -> KeyState:
    """Say in the register whose key it is; return what it is worth now.

    Raises:
        InputError: It would have no effect: it is a key of the own organisation, of another
            organisation than was said, or one that was given up.
        NotAllowedError: The actor may not vouch, or the signing key is not in force.
        NotFoundError: No key begins like this.
    """
    require(office.actor, Action.VOUCH, Object())
    refuse_nobody(wanted.by, wanted.organisation)
    standing = standing_in(office.register)
    signer = signer_in_force(wanted.signing, office, standing)
    key = find_key(wanted.key, standing)
    refuse_vouching(key, wanted.organisation, signer, standing)
    event = _vouched(key, wanted.organisation, wanted.by, wanted.why)
    _say(signer, event, office)
    return _state(key, office.register)


def rotate_key(wanted: Rotation, new: SigningKey, office: KeyOffice, keep: Keep) -> KeyState:
    """Replace a key by a new one of the same organisation; return what the new one is worth.

    Raises:
        InputError: The host would be left without a key; or nobody answers for it.
        NotAllowedError: The old key is not in force, or the actor may not submit for it.
    """
    signer = signer_in_force(wanted.signing, office, standing_in(office.register))
    require(office.actor, Action.SUBMIT, Object(organisation=signer.organisation))
    is_of_host = signer.organisation == office.host.organisation
    if wanted.is_held_by_host or is_of_host:
        require(office.actor, Action.VOUCH, Object())
    refuse_nobody(wanted.by, signer.organisation)
    if not wanted.is_held_by_host:
        refuse_host_key(signer.key.id, office)
    holder = Holder.HOST if wanted.is_held_by_host and not is_of_host else Holder.ORGANISATION
    introduction = introduction_of(new, signer.organisation, wanted.by, holder)
    keep(new)
    _say(signer, replace(introduction, act=KeyAct.ROTATED), office)
    return _state(new.id, office.register)


def revoke_key(wanted: Revoking, office: KeyOffice) -> KeyState:
    """Say in the register that a key is not to be believed any more; return what it is worth.

    Raises:
        InputError: It would have no effect, for the signing organisation neither owns the key
            nor vouched for it; or it is the host's own.
        NotAllowedError: The actor may not vouch, or the signing key is not in force.
        NotFoundError: No key, or no submission of it, begins like this.
    """
    require(office.actor, Action.VOUCH, Object())
    standing = standing_in(office.register)
    signer = signer_in_force(wanted.signing, office, standing)
    key = find_key(wanted.key, standing)
    refuse_host_key(key, office)
    state = standing.keys.get(key)
    if state is None:
        raise NotFoundError(f"Nobody has introduced the key {fingerprint(key)} here.")
    refuse_nobody(wanted.by, state.organisation or signer.organisation)
    refuse_stranger(state, signer)
    event = KeyEvent(
        act=KeyAct.REVOKED,
        key=key,
        by=wanted.by,
        last_good=_last_good(wanted, key, standing),
        why=wanted.why,
    )
    _say(signer, event, office)
    return _state(key, office.register)


def list_keys(register: Register, actor: Actor) -> tuple[KeyState, ...]:
    """Return every key, by organisation, then by when we heard of it.

    Raises:
        NotAllowedError: The actor may not read here.
    """
    require(actor, Action.READ, Object(sensitivity=Sensitivity.RESTRICTED))  # names of persons
    states = standing_in(register).keys.values()
    return tuple(
        sorted(states, key=lambda s: (s.organisation or "", str(s.introduced_at or ""), s.key))
    )


def _signed(signer: Signer, event: KeyEvent, office: KeyOffice) -> Handed:
    signed = sign_next(office.register, signer, office.now, key_events=[event])
    return Handed(signed, office.now)  # never dated before what is here: see `Register.append`


def _say(signer: Signer, event: KeyEvent, office: KeyOffice) -> None:
    office.register.append((), [_signed(signer, event, office)])


def _vouched(key: KeyId, organisation: ThingId, by: str, why: str = "") -> KeyEvent:
    return KeyEvent(act=KeyAct.VOUCHED, key=key, by=by, organisation=organisation, why=why)


def _state(key: KeyId, register: Register) -> KeyState:
    return standing_in(register).keys[key]


def _last_good(wanted: Revoking, key: KeyId, standing: Standing) -> tuple[SubmissionId, ...]:
    """Return the submissions that stay good, and with them all that they follow."""
    if wanted.is_nothing_good:
        return ()
    if wanted.last_good:
        named = {find_submission(text, key, standing) for text in wanted.last_good}
        return tuple(sorted(named))
    signed = {one: s for one, s in standing.submissions.items() if s.key == key}
    followed = {previous for submission in signed.values() for previous in submission.previous}
    return tuple(sorted(set(signed) - followed))
