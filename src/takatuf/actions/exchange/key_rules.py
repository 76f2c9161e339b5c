"""Refuse what would be said of a key without effect.

The rules themselves are those of `reports.standing`; here they are told to the person who
is about to break one, before anything is written down.
"""

from takatuf.actions.exchange.key_office import KeyOffice
from takatuf.reports.keys import Signer, SigningKey, fingerprint
from takatuf.reports.standing import KeyState, KeyStatus, Standing
from takatuf.reports.submission import KeyId
from takatuf.vocabulary.errors import InputError, NotAllowedError, Problem, cut
from takatuf.vocabulary.identity import ThingId, is_thing_id, type_of


def signer_in_force(key: SigningKey | None, office: KeyOffice, standing: Standing) -> Signer:
    """Return who signs: the owner of the key that was given, else the host.

    Raises:
        NotAllowedError: The key is not in force here, so nothing it says of keys counts.
    """
    if key is None:
        return office.host
    state = standing.keys.get(key.id)
    if state is None or state.organisation is None or state.state is not KeyStatus.IN_FORCE:
        why = f"it is {state.state}" if state else "nobody has introduced it"
        raise NotAllowedError(f"The key {fingerprint(key.id)} cannot sign here: {why}.")
    return Signer(state.organisation, key)


def refuse_nobody(by: str, organisation: ThingId) -> None:
    """Return if a named person answers, for something that can be an organisation.

    Raises:
        InputError: Nobody is named, or the organisation is none.
    """
    if not by.strip():
        raise _refused(
            Problem(
                code="key.nobody-answers",
                where="by",
                found="no name",
                expected="the name and office of the person who answers for it",
            )
        )
    if not is_thing_id(organisation) or type_of(organisation) != "organisation":
        raise _refused(
            Problem(
                code="key.no-organisation",
                where="organisation",
                found=cut(organisation) or "nothing",
                expected="an identity such as organisation/water-board",
            )
        )


def refuse_vouching(key: KeyId, organisation: ThingId, signer: Signer, standing: Standing) -> None:
    """Return if vouching would count.

    Raises:
        InputError: The signer is of the same organisation, the key is another's, or given up.
    """
    name = fingerprint(key)
    if signer.organisation == organisation:
        raise _refused(
            Problem(
                code="key.own-organisation",
                where=f"key {name}",
                found=f"{organisation} vouching for its own key",
                expected="a person of another organisation",
                hint="Who could make a false key could vouch for it too. To replace a key use "
                "takatuf keys rotate.",
            )
        )
    state = standing.keys.get(key)
    if state is None:
        return
    if state.public_key and state.organisation != organisation:
        raise _refused(
            Problem(
                code="key.of-another-organisation",
                where=f"key {name}",
                found=organisation,
                expected=f"{state.organisation}, which introduced it",
                hint="Ask again on the phone whose fingerprint this is.",
            )
        )
    if state.state in {KeyStatus.ROTATED, KeyStatus.REVOKED}:
        raise _refused(
            Problem(
                code="key.given-up",
                where=f"key {name}",
                found=f"a key that is {state.state}",
                expected="a key that is in use",
                hint="Ask for the fingerprint of the new one.",
            )
        )


def refuse_stranger(state: KeyState, signer: Signer) -> None:
    """Return if this signer can revoke this key.

    Raises:
        InputError: It is neither its own key, nor one that it vouched for.
    """
    vouching = {organisation for _, organisation in state.vouched_by}
    if signer.organisation not in {state.organisation, *vouching}:
        raise _refused(
            Problem(
                code="key.not-yours-to-revoke",
                where=f"key {fingerprint(state.key)}",
                found=f"{signer.organisation}, which neither owns it nor vouched for it",
                expected=" or ".join(sorted(filter(None, {state.organisation, *vouching}))),
                hint="Tell them; a key nobody vouches for here counts for nothing anyway.",
            )
        )


def refuse_host_key(key: KeyId, office: KeyOffice) -> None:
    """Return if it is not the key that this host signs with.

    Raises:
        InputError: It is: the host would be left without one.
    """
    if key == office.host.key.id:
        raise _refused(
            Problem(
                code="key.of-the-host",
                where=f"key {fingerprint(key)}",
                found="the key that this host signs with",
                expected="another key, or one that the host keeps in its place",
                hint="Replace it first: takatuf keys rotate --held-by-host.",
            )
        )


def _refused(problem: Problem) -> InputError:
    return InputError([problem])
