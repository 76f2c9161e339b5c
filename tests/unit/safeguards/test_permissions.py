from itertools import product

import pytest

from takatuf.safeguards.actor import ANYBODY, Actor, Role
from takatuf.safeguards.permissions import CLEARANCE, Action, Object, may, require
from takatuf.vocabulary.errors import NotAllowedError
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.sensitivity import Sensitivity

OURS, THEIRS = ThingId("organisation/ours"), ThingId("organisation/theirs")
PARTNER = Actor("a partner", Role.PARTNER, OURS)


@pytest.mark.parametrize(("role", "sensitivity"), list(product(Role, Sensitivity)))
def test_nobody_reads_above_the_clearance_of_the_role(role: Role, sensitivity: Sensitivity) -> None:
    verdict = may(Actor("x", role), Action.READ, Object(sensitivity=sensitivity))

    assert verdict.is_allowed is (sensitivity <= CLEARANCE[role])
    assert verdict.rule


@pytest.mark.parametrize("action", [Action.SUBMIT, Action.REPLAY, Action.PLAN])
def test_anybody_may_only_read_what_is_public(action: Action) -> None:
    assert may(ANYBODY, Action.READ, Object()).is_allowed
    assert not may(ANYBODY, action, Object(is_replay_register=True)).is_allowed


@pytest.mark.parametrize("action", [Action.SHARE, Action.VOUCH])
def test_only_officers_and_custodians_answer_for_the_host(action: Action) -> None:
    allowed = {role for role in Role if may(Actor("x", role, OURS), action, Object()).is_allowed}

    assert allowed == {Role.OFFICER, Role.CUSTODIAN}


def test_nobody_shares_what_is_above_the_clearance_of_the_role() -> None:
    officer = Actor("an officer", Role.OFFICER)
    confidential, severe = (
        Object(sensitivity=s) for s in (Sensitivity.CONFIDENTIAL, Sensitivity.SEVERE)
    )
    assert may(officer, Action.SHARE, confidential).is_allowed
    assert not may(officer, Action.SHARE, severe).is_allowed


def test_a_partner_reports_for_its_own_organisation_only() -> None:
    assert may(PARTNER, Action.SUBMIT, Object(organisation=OURS)).is_allowed
    verdict = may(PARTNER, Action.SUBMIT, Object(organisation=THEIRS))
    assert not verdict.is_allowed
    assert "own organisation" in verdict.rule


def test_an_officer_may_enter_on_a_partners_behalf() -> None:
    officer = Actor("an officer", Role.OFFICER, OURS)
    assert may(officer, Action.SUBMIT, Object(organisation=THEIRS)).is_allowed


def test_past_dates_are_taken_only_where_a_register_was_opened_for_them() -> None:
    officer = Actor("an officer", Role.OFFICER)
    assert may(officer, Action.REPLAY, Object(is_replay_register=True)).is_allowed
    assert not may(officer, Action.REPLAY, Object()).is_allowed


def test_what_is_forbidden_names_its_rule() -> None:
    require(PARTNER, Action.READ, Object())
    with pytest.raises(NotAllowedError, match="a partner may not plan: the role partner"):
        require(PARTNER, Action.PLAN, Object())
