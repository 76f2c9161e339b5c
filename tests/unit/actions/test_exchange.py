"""A bundle comes in whole or not at all, and what nobody vouches for stays out of sight."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from takatuf.actions.exchange.merge_bundle import Quarantine
from takatuf.reports.register import Arrival
from takatuf.reports.standing import standing_in
from takatuf.vocabulary.errors import InputError
from takatuf.vocabulary.identity import ReportId, ThingId
from takatuf.vocabulary.sensitivity import Sensitivity
from takatuf.vocabulary.things import Vocabulary
from takatuf.vocabulary.time import end_of_day
from tests.builders import NOW, a_property, a_report, an_amount_property
from tests.builders_exchange import (
    Host,
    a_host,
    a_signer,
    a_vouching,
    an_introduction,
    bundle_file,
    hand_in,
    handed_in,
)

DAY = timedelta(days=1)
SECRET = a_property("secret", sensitivity=Sensitivity.SEVERE)
INNER = a_property("inner", sensitivity=Sensitivity.CONFIDENTIAL)
PROPERTIES = {p.name: p for p in (a_property(), SECRET, INNER, an_amount_property())}
VOCABULARY = replace(Vocabulary({}, {}, {}), properties=PROPERTIES)
ORGANISATION = ThingId("organisation/b")


@pytest.fixture
def one() -> Host:
    return a_host("host-a", VOCABULARY)


@pytest.fixture
def other(one: Host) -> Host:
    """A second host that knows the first."""
    host = a_host("host-b", VOCABULARY)
    host.knows(one.signer)
    return host


def refusal(attempt: Callable[[], object]) -> list[str]:
    with pytest.raises(InputError) as refused:
        attempt()
    return [problem.code for problem in refused.value.problems]


def test_what_one_host_has_another_takes_in(one: Host, other: Host) -> None:
    hand_in(one.register, one.signer, a_report(), a_report(by="b"))

    receipt = other.merge(one.bundle())

    assert other.ids() == one.ids()
    assert one.submissions().keys() <= other.submissions().keys()
    assert (receipt.n_new, receipt.n_known) == (2, 0)
    assert (receipt.n_new_submissions, receipt.n_known_submissions) == (2, 0)
    assert receipt.quarantined == ()
    assert receipt.problems == ()
    assert receipt.head == other.register.head()


def test_the_same_bundle_again_stores_nothing(one: Host, other: Host) -> None:
    hand_in(one.register, one.signer, a_report())
    bundle = one.bundle()
    first = other.merge(bundle)

    again = other.merge(bundle, NOW + 2 * DAY)

    assert (again.n_new, again.n_known) == (0, 1)
    assert (again.n_new_submissions, again.n_known_submissions) == (0, 2)
    assert again.head == first.head


def test_what_came_counts_as_heard_when_it_came(one: Host, other: Host) -> None:
    hand_in(one.register, one.signer, a_report())

    other.merge(one.bundle(), NOW + 3 * DAY)

    assert [entry.received_at for entry in other.register.entries()] == [NOW + 3 * DAY]


def test_a_record_of_the_past_keeps_the_instants_of_its_sender() -> None:
    one = a_host("host-a", VOCABULARY, is_replay=True)
    past = a_host("host-c", VOCABULARY, is_replay=True)
    past.knows(one.signer)
    hand_in(one.register, one.signer, a_report(), at=NOW - 90 * DAY)
    hand_in(one.register, one.signer, a_report(by="late"), at=NOW + 90 * DAY)

    past.merge(one.bundle(), NOW)

    assert [e.received_at for e in past.register.entries()] == [NOW - 90 * DAY, NOW]


def test_a_clock_that_was_set_back_dates_nothing_before_what_is_here(
    one: Host, other: Host
) -> None:
    hand_in(one.register, one.signer, a_report())

    receipt = other.merge(one.bundle(), NOW - DAY)

    assert [problem.code for problem in receipt.problems] == ["register.clock-behind"]
    assert [e.received_at for e in other.register.entries()] == [NOW]


def test_checking_a_bundle_stores_nothing(one: Host, other: Host) -> None:
    hand_in(one.register, one.signer, a_report())
    before = other.register.head()

    receipt = other.merge(one.bundle(), is_dry_run=True)

    assert (receipt.n_new, receipt.is_stored) == (1, False)
    assert (other.register.head(), other.ids()) == (before, set())


def test_both_ways_tell_how_far_they_are(one: Host, other: Host) -> None:
    hand_in(one.register, one.signer, a_report())
    told: list[tuple[int, int]] = []

    other.merge(one.bundle(), on_progress=lambda done, total: told.append((done, total)))

    assert told == [(0, 1)]


def test_a_part_since_a_day_follows_the_part_before(one: Host, other: Host) -> None:
    hand_in(one.register, one.signer, a_report(by="first"), at=NOW)
    first = one.bundle()
    hand_in(one.register, one.signer, a_report(by="second"), at=NOW + 5 * DAY)
    second, made = one.bundle_and_receipt(since=date(2017, 6, 19))

    assert (made.n_submissions, made.n_reports) == (1, 1)
    other.merge(first)
    other.merge(second)
    assert other.ids() == one.ids()


def test_a_part_whose_beginning_is_missing_says_what_to_ask_for(one: Host, other: Host) -> None:
    hand_in(one.register, one.signer, a_report(by="first"), at=NOW)
    other.merge(one.bundle())
    hand_in(one.register, one.signer, a_report(by="second"), at=NOW + DAY)
    hand_in(one.register, one.signer, a_report(by="third"), at=NOW + 5 * DAY)
    hand_in(one.register, one.signer, a_report(by="fourth"), at=NOW + 5 * DAY)

    with pytest.raises(InputError) as refused:
        other.merge(one.bundle(since=date(2017, 6, 19)))

    (problem,) = refused.value.problems
    assert problem.code == "bundle.gap"
    assert one.signer.organisation in problem.where
    assert "without --since" in problem.hint
    assert len(other.ids()) == 1


def test_an_unknown_sender_is_refused_with_the_command_that_would_know_them(one: Host) -> None:
    stranger = a_host("host-z", VOCABULARY)
    before = one.register.head()

    with pytest.raises(InputError) as refused:
        one.merge(stranger.bundle())

    (problem,) = refused.value.problems
    assert problem.code == "bundle.sender-unknown"
    key = stranger.signer.key.id
    assert f"{key[:4]} {key[4:8]}" in problem.found
    assert f"takatuf keys vouch {key} --of organisation/host-z --by" in problem.hint
    assert one.register.head() == before


def test_a_sender_who_borrows_a_name_is_refused(one: Host, other: Host) -> None:
    bundle = bundle_file([], [], other.signer, sender=one.signer.organisation)
    one.knows(other.signer)
    one.merge(other.bundle())

    with pytest.raises(InputError, match=r"of organisation/host-b.*bundle\.sender-unknown"):
        one.merge(bundle)


def test_a_sender_whom_a_known_host_vouches_for_is_known(one: Host, other: Host) -> None:
    third = a_host("host-c", VOCABULARY)
    one.knows(third.signer)
    one.merge(third.bundle())
    other.merge(one.bundle())

    assert other.merge(third.bundle()).n_new_submissions == 0


def test_a_forged_submission_refuses_the_whole_file(one: Host, other: Host) -> None:
    good = handed_in(one.signer, [a_report()], [an_introduction(one.signer)])
    forged = replace(good, signed=replace(good.signed, signature=b"\1" * 64))
    bundle = bundle_file([forged], [Arrival(a_report(), NOW)])

    assert refusal(lambda: other.merge(bundle)) == ["bundle.forged-submission"]
    assert other.ids() == set()


def test_a_submission_of_a_key_that_nobody_introduced_is_a_gap(one: Host, other: Host) -> None:
    unknown = [handed_in(a_signer("b"), [a_report(by=name)]) for name in "cd"]
    introduced = [e.signed for e in one.register.submissions()]
    bundle = bundle_file([*(replace(unknown[0], signed=s) for s in introduced), *unknown], [])

    assert refusal(lambda: other.merge(bundle)) == ["bundle.gap"]


def test_a_report_that_no_submission_lists_refuses_the_whole_file(one: Host, other: Host) -> None:
    introduction = handed_in(one.signer, [], [an_introduction(one.signer)])
    bundle = bundle_file([introduction], [Arrival(a_report(), NOW)])

    assert refusal(lambda: other.merge(bundle)) == ["bundle.forged-report"]
    assert other.ids() == set()


def test_a_header_that_miscounts_refuses_the_whole_file(one: Host, other: Host) -> None:
    handed = handed_in(one.signer, [a_report()], [an_introduction(one.signer)])

    bundle = bundle_file([handed], [Arrival(a_report(), NOW)], n_withheld=1)

    assert refusal(lambda: other.merge(bundle)) == ["bundle.miscounted"]


def test_a_report_that_stands_twice_in_a_file_is_kept_once(one: Host, other: Host) -> None:
    handed = handed_in(one.signer, [a_report()], [an_introduction(one.signer)])

    receipt = other.merge(bundle_file([handed, handed], [Arrival(a_report(), NOW)] * 2))

    assert (receipt.n_new, receipt.n_new_submissions) == (1, 1)


def test_a_bundle_for_somebody_else_is_taken_with_a_word(one: Host, other: Host) -> None:
    hand_in(one.register, one.signer, a_report())

    receipt = other.merge(one.bundle(made_for=ORGANISATION))
    own = other.merge(one.bundle(made_for=other.signer.organisation))

    assert [problem.code for problem in receipt.problems] == ["bundle.for-somebody-else"]
    assert (receipt.n_new, own.problems) == (1, ())


def test_what_nobody_vouches_for_is_kept_and_stays_out_until_somebody_does(
    one: Host, other: Host
) -> None:
    stranger = a_signer("stranger")
    report = a_report(by="stranger")
    hand_in(one.register, stranger, report, events=[an_introduction(stranger)])

    receipt = other.merge(one.bundle())

    assert receipt.quarantined == (
        Quarantine(reason="nobody in force vouches for its key", n_reports=1),
    )
    assert report.id in other.ids()
    assert report.id in standing_in(other.register).quarantined
    other.knows(stranger)
    assert not standing_in(other.register).quarantined


def test_what_was_known_on_a_day_stays_so_when_a_bundle_comes(one: Host, other: Host) -> None:
    hand_in(one.register, one.signer, a_report(by="old"), at=NOW)
    hand_in(other.register, other.signer, a_report(by="new"), at=NOW + DAY)

    def known() -> list[ReportId]:
        end = end_of_day(date(2017, 6, 15))
        return [e.report.id for e in other.register.entries() if e.received_at <= end]

    before = known()
    other.merge(one.bundle(), NOW + 3 * DAY)

    assert known() == before


def test_vouching_travels_with_the_bundle(one: Host, other: Host) -> None:
    partner = a_signer("partner")
    hand_in(one.register, partner, a_report(by="partner"), events=[an_introduction(partner)])
    hand_in(one.register, one.signer, events=[a_vouching(partner)])

    receipt = other.merge(one.bundle())

    assert receipt.quarantined == ()
    assert standing_in(other.register).is_in_force(partner.key.id, partner.organisation)
