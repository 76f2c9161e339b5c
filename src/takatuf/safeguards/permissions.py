"""The one place that says who may do what: deny by default, and every verdict names its rule.

Every action asks here first, and the picture is redacted by the same clearances, so that
pages, imports, exports and bundles inherit them. The rules are a table: they know roles and
classes, and no organisation by name.
"""

from dataclasses import dataclass
from enum import StrEnum

from takatuf.safeguards.actor import Actor, Role
from takatuf.vocabulary.errors import NotAllowedError
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.sensitivity import Sensitivity


class Action(StrEnum):
    """What somebody may want to do."""

    READ = "read"
    SUBMIT = "submit"  # put reports into the register
    REPLAY = "replay"  # put a record of the past in, dated as it was published
    PLAN = "plan"
    EXPORT = "export"
    SHARE = "share"  # make a bundle for another host, or take one in
    VOUCH = "vouch"  # answer for a key in the name of this host


@dataclass(frozen=True, slots=True)
class Object:
    """What it is done to: values of a class, or reports of an organisation."""

    sensitivity: Sensitivity = Sensitivity.PUBLIC
    organisation: ThingId | None = None  # whose reports they are
    is_replay_register: bool = False  # kept for the past: nobody works with it today


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes or no, and the rule that says so."""

    is_allowed: bool
    rule: str


CLEARANCE = {
    Role.PUBLIC: Sensitivity.PUBLIC,
    Role.PARTNER: Sensitivity.RESTRICTED,
    Role.OFFICER: Sensitivity.CONFIDENTIAL,
    Role.CUSTODIAN: Sensitivity.SEVERE,
}
_OF_WHO_WORKS_HERE = {
    Action.READ,
    Action.EXPORT,
    Action.SUBMIT,
    Action.REPLAY,
    Action.PLAN,
    Action.SHARE,
    Action.VOUCH,
}
_MAY = {
    Role.PUBLIC: {Action.READ, Action.EXPORT},
    Role.PARTNER: {Action.READ, Action.EXPORT, Action.SUBMIT},
    Role.OFFICER: _OF_WHO_WORKS_HERE,
    Role.CUSTODIAN: _OF_WHO_WORKS_HERE,
}


def may(actor: Actor, action: Action, thing: Object) -> Verdict:
    """Say whether this actor may do this to that, and by which rule.

    In this order: the role must have the action; the class must be within the role's
    clearance; a partner submits reports of its own organisation only; only a register that
    was opened for a record of the past takes reports dated by their publication.
    """
    if action not in _MAY[actor.role]:
        return Verdict(is_allowed=False, rule=f"the role {actor.role} has no right to {action}")
    if thing.sensitivity > CLEARANCE[actor.role]:
        rule = f"the role {actor.role} sees up to {CLEARANCE[actor.role].word}"
        return Verdict(is_allowed=False, rule=rule)
    is_own = thing.organisation in (None, actor.organisation)
    if action is Action.SUBMIT and actor.role is Role.PARTNER and not is_own:
        return Verdict(is_allowed=False, rule="a partner reports for its own organisation only")
    if action is Action.REPLAY and not thing.is_replay_register:
        return Verdict(is_allowed=False, rule="only a register opened for replay takes past dates")
    return Verdict(is_allowed=True, rule=f"the role {actor.role} may {action}")


def require(actor: Actor, action: Action, thing: Object) -> None:
    """Return if allowed.

    Raises:
        NotAllowedError: The rules forbid it; the sentence names the rule.
    """
    verdict = may(actor, action, thing)
    if not verdict.is_allowed:
        raise NotAllowedError(f"{actor.name} may not {action}: {verdict.rule}.")
