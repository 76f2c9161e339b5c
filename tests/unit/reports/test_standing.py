"""Who stands behind a report, drawn as small ledgers of who introduced and vouched for whom."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takatuf.reports.reach import Fault
from takatuf.reports.register import Handed, SubmissionEntry
from takatuf.reports.standing import (
    BackingKind,
    KeyStatus,
    Standing,
    public_keys,
    standing_in,
    standing_of,
)
from takatuf.reports.submission import Holder, KeyAct, KeyEvent, SubmissionId
from takatuf.vocabulary.identity import Position, ThingId
from tests.builders import NOW
from tests.builders_trust import (
    HOST,
    HOST_KEY,
    NEW_KEY,
    OTHER,
    OTHER_KEY,
    OWN,
    OWN_KEY,
    PERSON,
    Ledger,
    a_key,
    a_ledger,
    a_submission,
    a_theft,
    introduced,
    report_id,
    revoked,
    rotated,
    vouched,
)

LATER = NOW + timedelta(days=1)
ONE, TWO, THREE = (report_id(digit) for digit in "123")


def test_the_hosts_own_key_is_in_force_from_its_introduction() -> None:
    ledger = Ledger()
    ledger.hand_in(HOST_KEY, HOST, ONE)

    assert ledger.state(HOST_KEY) == "in force"
    assert ledger.standing().is_in_force(HOST_KEY.id, HOST)
    assert not ledger.standing().is_in_force(HOST_KEY.id, OWN)
    assert ledger.standing().faults == {}


def test_where_nobody_keeps_the_register_no_key_is_in_force() -> None:
    ledger = Ledger(root=None)
    ledger.introduce(OWN_KEY, OWN)

    assert ledger.state(OWN_KEY) == "not vouched for"
    assert not ledger.standing().is_in_force(HOST_KEY.id, HOST)


def test_the_root_alone_is_worth_nothing_before_it_is_introduced() -> None:
    ledger = Ledger(root=None)
    submission = ledger.hand_in(HOST_KEY, HOST, ONE)
    standing = standing_of(ledger.register.submissions(), HOST_KEY.id)

    assert standing.faults == {submission: Fault.UNKNOWN}


def test_a_key_that_nobody_vouches_for_does_not_count() -> None:
    ledger = Ledger()
    ledger.introduce(OWN_KEY, OWN)
    ledger.hand_in(OWN_KEY, OWN, ONE)

    assert ledger.state(OWN_KEY) == "not vouched for"
    assert ledger.standing().quarantined == {ONE: "nobody in force vouches for its key"}


def test_a_key_without_its_introduction_is_unknown() -> None:
    ledger = Ledger()
    ledger.vouch(OWN_KEY, OWN)
    ledger.hand_in(OWN_KEY, OWN, ONE)

    assert ledger.state(OWN_KEY) == "unknown"
    assert ledger.standing().keys[OWN_KEY.id].organisation == OWN
    assert ledger.standing().quarantined == {ONE: "its key is unknown"}


def test_a_key_that_is_only_spoken_of_is_listed_as_unknown() -> None:
    ledger = Ledger()
    ledger.vouch(OWN_KEY, OWN)

    state = ledger.standing().keys[OWN_KEY.id]
    assert (state.state, state.organisation, state.n_submissions) == (KeyStatus.UNKNOWN, None, 0)


def test_a_key_that_another_organisation_vouches_for_is_in_force() -> None:
    ledger = a_ledger((OWN_KEY, OWN))
    ledger.hand_in(OWN_KEY, OWN, ONE)

    state = ledger.standing().keys[OWN_KEY.id]
    assert state.state is KeyStatus.IN_FORCE
    assert (state.organisation, state.holder) == (OWN, Holder.ORGANISATION)
    assert (state.introduced_by, state.introduced_at) == (PERSON, NOW)
    assert state.vouched_by == ((PERSON, HOST),)
    assert (state.public_key, state.n_submissions) == (OWN_KEY.public_key, 2)
    assert ledger.standing().quarantined == {}


def test_vouching_may_come_before_the_introduction() -> None:
    ledger = Ledger()
    ledger.vouch(OWN_KEY, OWN)
    ledger.introduce(OWN_KEY, OWN)

    assert ledger.state(OWN_KEY) == "in force"


@pytest.mark.parametrize(
    "event",
    [
        vouched(OWN_KEY, OWN, by="  "),
        vouched(OWN_KEY, OTHER),
        vouched(OWN_KEY, HOST),
        vouched(OWN_KEY, None),
    ],
)
def test_nobody_vouches_namelessly_or_for_another_organisations_key(event: KeyEvent) -> None:
    ledger = Ledger()
    ledger.introduce(OWN_KEY, OWN)
    ledger.hand_in(HOST_KEY, HOST, events=[event])

    assert ledger.state(OWN_KEY) == "not vouched for"


def test_an_organisation_does_not_vouch_for_itself() -> None:
    ledger = Ledger()
    ledger.introduce(OWN_KEY, OWN)
    ledger.introduce(NEW_KEY, OWN)
    ledger.hand_in(NEW_KEY, OWN, events=[vouched(OWN_KEY, OWN)])
    ledger.hand_in(OWN_KEY, OWN, events=[vouched(NEW_KEY, OWN)])

    assert [ledger.state(key) for key in (OWN_KEY, NEW_KEY)] == ["not vouched for"] * 2


def test_who_is_not_in_force_vouches_for_nobody_and_later_for_all() -> None:
    ledger = Ledger()
    for key, organisation in ((OWN_KEY, OWN), (OTHER_KEY, OTHER)):
        ledger.introduce(key, organisation)
    ledger.hand_in(OWN_KEY, OWN, events=[vouched(OTHER_KEY, OTHER)])
    assert ledger.state(OTHER_KEY) == "not vouched for"

    ledger.vouch(OWN_KEY, OWN)

    assert ledger.state(OTHER_KEY) == "in force"


def test_a_public_key_that_is_not_the_keys_own_introduces_nothing() -> None:
    ledger = Ledger()
    false = replace(introduced(OWN_KEY, OWN), public_key=OTHER_KEY.public_key)
    ledger.hand_in(OWN_KEY, OWN, events=[false])
    ledger.vouch(OWN_KEY, OWN)

    assert ledger.state(OWN_KEY) == "unknown"
    assert public_keys(e.signed.submission for e in ledger.register.submissions()).keys() == {
        HOST_KEY.id
    }


def test_nobody_introduces_a_key_for_another_organisation() -> None:
    ledger = Ledger()
    ledger.hand_in(HOST_KEY, HOST, events=[introduced(OWN_KEY, OWN)])
    ledger.vouch(OWN_KEY, OWN)
    ledger.hand_in(OWN_KEY, OWN, ONE)

    assert ledger.state(OWN_KEY) == "unknown"


def test_a_key_in_force_brings_in_another_of_its_organisation() -> None:
    ledger = a_ledger((OWN_KEY, OWN))
    ledger.hand_in(OWN_KEY, OWN, events=[introduced(NEW_KEY, OWN)])

    assert [ledger.state(key) for key in (OWN_KEY, NEW_KEY)] == ["in force", "in force"]


def test_an_organisation_that_claims_a_foreign_key_takes_nothing_from_its_owner() -> None:
    ledger = a_ledger((OTHER_KEY, OTHER), (OWN_KEY, OWN))
    ledger.hand_in(OTHER_KEY, OTHER, ONE)
    ledger.hand_in(OWN_KEY, OWN, events=[introduced(OTHER_KEY, OWN)])

    standing = ledger.standing()
    assert standing.quarantined == {}
    assert standing.of(ONE, OTHER).kind is BackingKind.OWN


def test_a_forged_word_on_a_key_does_not_count() -> None:
    ledger = Ledger()
    ledger.introduce(OWN_KEY, OWN)
    signed = ledger.signed(HOST_KEY, HOST, events=[vouched(OWN_KEY, OWN)])
    forged = replace(signed, signature=OTHER_KEY.sign(a_submission(OTHER_KEY)).signature)
    ledger.register.append([], [Handed(forged, NOW)])

    assert ledger.state(OWN_KEY) == "not vouched for"
    assert ledger.standing().faults[signed.submission.id] is Fault.FORGED


def test_what_came_before_its_key_was_known_is_checked_when_it_is() -> None:
    ledger = Ledger()
    signed = [ledger.signed(OWN_KEY, OWN, report, previous=()) for report in (ONE, TWO)]
    forged = replace(signed[1], signature=signed[0].signature)
    ledger.register.append([], [Handed(signed[0], NOW), Handed(forged, NOW)])
    ledger.introduce(OWN_KEY, OWN)
    ledger.vouch(OWN_KEY, OWN)

    assert ledger.standing().faults == {forged.submission.id: Fault.FORGED}
    assert ledger.standing().quarantined == {TWO: "its signature is not right"}


def test_the_strongest_backing_is_said() -> None:
    held = a_key(5)
    held_for = ThingId("organisation/held")
    ledger = a_ledger((OWN_KEY, OWN))
    ledger.hand_in(held, held_for, ONE, events=[introduced(held, held_for, Holder.HOST)])
    ledger.vouch(held, held_for)
    ledger.hand_in(HOST_KEY, HOST, ONE, TWO)
    last = ledger.hand_in(OWN_KEY, OWN, TWO)
    standing = ledger.standing()

    own = standing.of(TWO, OWN)
    assert (own.kind, own.organisation, own.key, own.submission) == (
        BackingKind.OWN, OWN, OWN_KEY.id, last,
    )  # fmt: skip
    assert own.sentence == "signed by itself"
    assert standing.of(ONE, held_for).sentence == "signed with a key that the host keeps for it"
    assert standing.of(ONE, OWN).sentence == "passed on by organisation/held"
    assert standing.of(THREE, OWN).sentence == "unsigned"


def test_a_report_counts_if_one_of_its_submissions_does() -> None:
    ledger = Ledger()
    ledger.introduce(OWN_KEY, OWN)
    ledger.hand_in(OWN_KEY, OWN, ONE, TWO)
    ledger.hand_in(HOST_KEY, HOST, ONE)
    standing = ledger.standing()

    assert standing.quarantined == {TWO: Fault.NOT_VOUCHED}
    assert standing.of(ONE, OWN).kind is BackingKind.PASSED_ON
    assert standing.of(TWO, OWN).sentence == "quarantined: nobody in force vouches for its key"


def test_of_several_reasons_the_gravest_is_said() -> None:
    ledger, good, _ = a_theft()
    ledger.hand_in(HOST_KEY, HOST, events=[revoked(OWN_KEY, good)])
    ledger.introduce(OTHER_KEY, OTHER)
    ledger.hand_in(OTHER_KEY, OTHER, TWO)

    assert ledger.standing().quarantined == {TWO: Fault.REVOKED}


def test_what_was_not_heard_by_then_does_not_count() -> None:
    ledger = Ledger()
    ledger.introduce(OWN_KEY, OWN)
    ledger.hand_in(OWN_KEY, OWN, ONE)
    ledger.hand_in(HOST_KEY, HOST, events=[vouched(OWN_KEY, OWN)], at=LATER)

    assert standing_in(ledger.register, NOW).quarantined == {ONE: Fault.NOT_VOUCHED}
    assert standing_in(ledger.register, LATER).quarantined == {}
    assert standing_in(ledger.register).quarantined == {}


def test_in_a_record_of_the_past_everything_counts_at_any_date() -> None:
    ledger = Ledger(is_replay=True)
    ledger.hand_in(HOST_KEY, HOST, ONE)

    assert standing_in(ledger.register, NOW - timedelta(days=100)).of(ONE, HOST).kind is (
        BackingKind.OWN
    )


def test_a_submission_that_comes_twice_counts_as_first_received() -> None:
    ledger = Ledger()
    (entry,) = ledger.register.submissions()
    again = SubmissionEntry(Position(9), LATER, entry.signed)

    for entries in ([entry, again], [again, entry]):
        standing = standing_of(entries, HOST_KEY.id)
        assert standing.keys[HOST_KEY.id].introduced_at == NOW


def seen(standing: Standing) -> tuple[object, ...]:
    reports = [standing.of(report, OWN) for report in (ONE, TWO, THREE)]
    return standing.keys, standing.faults, standing.quarantined, reports


KEYS = [(HOST_KEY, HOST), (OWN_KEY, OWN), (OTHER_KEY, OTHER), (NEW_KEY, OWN)]
Act = Callable[[Ledger], object]


@st.composite
def a_history(draw: st.DrawFn) -> Ledger:
    """Any acts by any keys, each following what its organisation did, or some of it."""
    ledger = Ledger()
    for key, organisation in KEYS[1:]:
        ledger.introduce(key, organisation)
    every: list[SubmissionId] = []
    for _ in range(draw(st.integers(1, 8))):
        key, organisation = draw(st.sampled_from(KEYS))
        other, of = draw(st.sampled_from(KEYS))
        act = draw(st.sampled_from([None, *KeyAct]))
        last = draw(st.lists(st.sampled_from(every), max_size=1)) if every else []
        events = {
            KeyAct.INTRODUCED: introduced(other, organisation),
            KeyAct.ROTATED: rotated(other, organisation),
            KeyAct.VOUCHED: vouched(other, of),
            KeyAct.REVOKED: revoked(other, *last),
        }
        said = [events[act]] if act else []
        previous = draw(st.sampled_from([None, last]))
        report = draw(st.sampled_from([ONE, TWO, THREE]))
        every.append(ledger.hand_in(key, organisation, report, events=said, previous=previous))
    return ledger


@given(st.data(), a_history())
def test_standing_does_not_depend_on_order_and_all_that_counts_is_reached_from_the_root(
    data: st.DataObject, ledger: Ledger
) -> None:
    entries = list(ledger.register.submissions())
    standing = standing_of(entries, HOST_KEY.id)

    shuffled = data.draw(st.permutations(entries))

    assert seen(standing_of(shuffled, HOST_KEY.id)) == seen(standing)
    counted = [s for identity, s in standing.submissions.items() if identity not in standing.faults]
    states = {standing.keys[submission.key].state for submission in counted}
    assert states <= {KeyStatus.IN_FORCE, KeyStatus.ROTATED, KeyStatus.REVOKED}
