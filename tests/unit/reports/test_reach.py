"""Rotated and revoked keys: what of theirs still counts, and whom they take along."""

import pytest

from takatuf.reports.reach import Fault
from takatuf.reports.submission import SubmissionId
from tests.builders_trust import (
    HOST,
    HOST_KEY,
    NEW_KEY,
    OTHER,
    OTHER_KEY,
    OWN,
    OWN_KEY,
    Ledger,
    a_key,
    a_ledger,
    a_theft,
    report_id,
    revoked,
    rotated,
    vouched,
)

ONE, TWO, THREE = (report_id(digit) for digit in "123")


def is_counted(ledger: Ledger, submission: SubmissionId) -> bool:
    return submission not in ledger.standing().faults


def test_after_a_rotation_the_new_key_counts_and_the_old_one_no_more() -> None:
    ledger = a_ledger((OWN_KEY, OWN))
    before = ledger.hand_in(OWN_KEY, OWN, ONE)
    rotation = ledger.hand_in(OWN_KEY, OWN, events=[rotated(NEW_KEY, OWN)])
    elsewhere = ledger.hand_in(OWN_KEY, OWN, TWO, previous=[before])
    after = ledger.hand_in(OWN_KEY, OWN, THREE, previous=[rotation])
    new = ledger.hand_in(NEW_KEY, OWN)

    assert [ledger.state(key) for key in (OWN_KEY, NEW_KEY)] == ["rotated", "in force"]
    assert [is_counted(ledger, s) for s in (before, rotation, elsewhere, new)] == [True] * 4
    assert ledger.standing().faults == {after: Fault.ROTATED}
    assert ledger.standing().quarantined == {THREE: "its key had been replaced by another"}


def test_branches_that_join_again_after_a_rotation_are_gone_through_once() -> None:
    ledger = a_ledger((OWN_KEY, OWN))
    rotation = ledger.hand_in(OWN_KEY, OWN, events=[rotated(NEW_KEY, OWN)])
    branches = [ledger.hand_in(OWN_KEY, OWN, r, previous=[rotation]) for r in (ONE, TWO)]
    joined = ledger.hand_in(OWN_KEY, OWN, THREE, previous=branches)

    assert ledger.standing().faults.keys() == {*branches, joined}


def test_a_key_that_is_not_in_force_rotates_to_nothing() -> None:
    ledger = Ledger()
    ledger.introduce(OWN_KEY, OWN)
    ledger.hand_in(OWN_KEY, OWN, events=[rotated(NEW_KEY, OWN)])

    assert ledger.state(NEW_KEY) == "not vouched for"
    ledger.vouch(NEW_KEY, OWN)
    assert [ledger.state(key) for key in (OWN_KEY, NEW_KEY)] == ["not vouched for", "in force"]


def test_a_key_that_rotates_to_itself_goes_on() -> None:
    ledger = a_ledger((OWN_KEY, OWN))
    ledger.hand_in(OWN_KEY, OWN, events=[rotated(OWN_KEY, OWN)])

    assert ledger.state(OWN_KEY) == "in force"


def test_what_a_rotated_key_does_later_has_no_effect() -> None:
    ledger = a_ledger((OWN_KEY, OWN))
    ledger.hand_in(OWN_KEY, OWN, events=[rotated(NEW_KEY, OWN)])
    thief = a_key(9)
    ledger.hand_in(OWN_KEY, OWN, events=[rotated(thief, OWN)])

    assert ledger.state(thief) == "not vouched for"


@pytest.mark.parametrize("by", ["itself", "who vouched"])
def test_after_a_revocation_only_what_was_good_counts(by: str) -> None:
    ledger, good, bad = a_theft()
    key, organisation = (NEW_KEY, OWN) if by == "itself" else (HOST_KEY, HOST)
    ledger.hand_in(key, organisation, events=[revoked(OWN_KEY, good)], previous=[good])

    assert ledger.state(OWN_KEY) == "revoked"
    assert ledger.standing().faults == {bad: Fault.REVOKED}
    assert ledger.standing().quarantined == {TWO: "its key was revoked"}
    assert ledger.state(NEW_KEY) == "in force"


def test_a_revocation_by_a_stranger_has_no_effect() -> None:
    ledger, *_ = a_theft()
    ledger.introduce(OTHER_KEY, OTHER)
    ledger.vouch(OTHER_KEY, OTHER)
    ledger.hand_in(OTHER_KEY, OTHER, events=[revoked(OWN_KEY)])

    assert ledger.state(OWN_KEY) == "in force"
    assert ledger.standing().faults == {}


def test_revocation_wins_over_vouching_and_the_strictest_revocation_over_all() -> None:
    ledger, good, bad = a_theft()
    ledger.hand_in(HOST_KEY, HOST, events=[revoked(OWN_KEY, bad)])
    ledger.vouch(OWN_KEY, OWN)
    assert ledger.state(OWN_KEY) == "revoked"
    assert is_counted(ledger, bad)

    ledger.hand_in(HOST_KEY, HOST, events=[revoked(OWN_KEY, good)])

    assert [is_counted(ledger, s) for s in (good, bad)] == [True, False]


def test_a_key_revoked_from_its_beginning_takes_along_whom_it_brought() -> None:
    ledger = a_ledger((OWN_KEY, OWN))
    ledger.introduce(OTHER_KEY, OTHER)
    ledger.hand_in(OWN_KEY, OWN, events=[vouched(OTHER_KEY, OTHER)])
    assert ledger.state(OTHER_KEY) == "in force"

    ledger.hand_in(HOST_KEY, HOST, events=[revoked(OWN_KEY)])

    assert [ledger.state(k) for k in (OWN_KEY, OTHER_KEY)] == ["revoked", "not vouched for"]


def test_a_key_may_revoke_itself() -> None:
    ledger, good, bad = a_theft()
    ledger.hand_in(OWN_KEY, OWN, events=[revoked(OWN_KEY, good)])

    assert ledger.state(OWN_KEY) == "revoked"
    assert [is_counted(ledger, s) for s in (good, bad)] == [True, False]


def test_of_two_keys_that_revoke_each_other_neither_counts_until_somebody_else_decides() -> None:
    ledger, good, _ = a_theft()
    ledger.hand_in(NEW_KEY, OWN, events=[revoked(OWN_KEY, good)], previous=[good])
    theft = ledger.hand_in(OWN_KEY, OWN, events=[revoked(NEW_KEY)], previous=[good])
    assert [ledger.state(key) for key in (OWN_KEY, NEW_KEY)] == ["revoked", "revoked"]
    assert is_counted(ledger, good)

    ledger.hand_in(HOST_KEY, HOST, events=[revoked(OWN_KEY, good)])

    assert [ledger.state(key) for key in (OWN_KEY, NEW_KEY)] == ["revoked", "in force"]
    assert not is_counted(ledger, theft)


def test_a_revocation_of_what_is_not_here_has_no_effect() -> None:
    ledger = Ledger()
    ledger.hand_in(HOST_KEY, HOST, events=[revoked(OWN_KEY)])

    assert ledger.state(OWN_KEY) == "unknown"


def test_what_was_good_may_follow_what_is_not_here() -> None:
    ledger = a_ledger((OWN_KEY, OWN))
    orphan = ledger.hand_in(OWN_KEY, OWN, ONE, previous=[SubmissionId("0" * 64)])
    ledger.hand_in(HOST_KEY, HOST, events=[revoked(OWN_KEY, orphan)])

    assert is_counted(ledger, orphan)
