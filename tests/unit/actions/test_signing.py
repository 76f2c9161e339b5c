"""Whatever is handed in is signed: by whom, when, and what keeps a key from signing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from takatuf.actions.exchange.verify_register import verify_register
from takatuf.actions.import_reports import Intake, Submission, import_reports
from takatuf.actions.reception import receive
from takatuf.actions.signing import HostKeys, introduce_host, introduction_of, sign_next
from takatuf.reports.chain import counts_of_head
from takatuf.reports.keys import Signer, is_signed_by
from takatuf.reports.memory import MemoryKeys, MemoryRegister
from takatuf.reports.receipt import Receipt
from takatuf.reports.register import Handed, Keeper
from takatuf.reports.standing import BackingKind, standing_in
from takatuf.reports.submission import Holder, KeyEvent
from takatuf.safeguards.actor import Actor, Role
from takatuf.vocabulary.errors import NotAllowedError, UnavailableError
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.things import load_vocabulary
from tests.builders import NOW, OFFICER, a_report, an_arrival
from tests.builders_trust import (
    HOST,
    HOST_KEY,
    NEW_KEY,
    OTHER,
    OTHER_KEY,
    OWN,
    OWN_KEY,
    PERSON,
    introduced,
    revoked,
    rotated,
    vouched,
)

TABLE = (
    "thing,name,organisation,source_type,organisation_type\n"
    f"{OWN},Own,{OWN},national_ngo,national_ngo\n"
    f"{OTHER},Other,{OTHER},national_ngo,national_ngo\n"
)
PARTNER = Actor("a partner", Role.PARTNER, OWN)


@pytest.fixture
def intake() -> Intake:
    register = MemoryRegister(Keeper(root=HOST_KEY.id))
    host = HostKeys(HOST, MemoryKeys(HOST_KEY))
    introduce_host(register, host, PERSON, NOW)
    return Intake(
        register=register, vocabulary=load_vocabulary(), actor=OFFICER, now=NOW, host=host
    )


def send(intake: Intake, text: str = TABLE, *, is_dry_run: bool = False) -> Receipt:
    return import_reports(Submission(name="a.csv", content=text.encode(), is_dry_run=is_dry_run),
                          intake)  # fmt: skip


def say(intake: Intake, signer: Signer, *events: KeyEvent) -> None:
    signed = sign_next(intake.register, signer, NOW, key_events=events)
    intake.register.append([], [Handed(signed, NOW)])


def bring_in(intake: Intake, signer: Signer, holder: Holder = Holder.ORGANISATION) -> None:
    """Introduce a key, and let the host vouch for it."""
    say(intake, signer, introduction_of(signer.key, signer.organisation, PERSON, holder))
    say(intake, Signer(HOST, HOST_KEY), vouched(signer.key, signer.organisation))


def backing_of_own(intake: Intake) -> BackingKind:
    report = next(
        e.report for e in intake.register.entries() if e.report.source.organisation == OWN
    )
    return standing_in(intake.register).of(report.id, OWN).kind


def test_what_is_new_is_one_submission_in_the_order_of_the_rows(intake: Intake) -> None:
    receipt = send(intake)

    *_, last = intake.register.submissions()
    submission = last.signed.submission
    assert (submission.id, last.received_at) == (receipt.submission, NOW)
    assert submission.reports == tuple(stored.report for stored in receipt.stored)
    assert (submission.organisation, submission.key, submission.number) == (HOST, HOST_KEY.id, 2)
    assert is_signed_by(last.signed, HOST_KEY.public_key)
    assert receipt.head == intake.register.head()
    assert counts_of_head(receipt.head) == (2, 2)
    assert verify_register(intake.register, OFFICER).is_clean


def test_what_is_sent_twice_is_not_signed_twice(intake: Intake) -> None:
    first = send(intake)
    again = send(intake)

    assert (again.submission, again.n_known, again.head) == (None, 2, first.head)


def test_what_is_only_checked_is_neither_signed_nor_needs_a_key(intake: Intake) -> None:
    keyless = replace(intake, host=HostKeys(HOST, MemoryKeys()))
    before = intake.register.head()

    receipt = send(keyless, is_dry_run=True)

    assert (receipt.submission, receipt.head, intake.register.head()) == (None, "", before)


def test_each_submission_follows_the_ends_before_it(intake: Intake) -> None:
    first = send(intake).submission
    send(intake, TABLE.replace("Own", "Own name"))

    *_, last = intake.register.submissions()
    assert last.signed.submission.previous == (first,)
    assert last.signed.submission.number == 3


def test_who_brings_a_key_signs_with_it(intake: Intake) -> None:
    signer = Signer(OWN, OWN_KEY)
    bring_in(intake, signer)

    send(replace(intake, signer=signer))

    assert backing_of_own(intake) is BackingKind.OWN


def test_a_partner_signs_for_its_own_organisation_only(intake: Intake) -> None:
    own, other = Signer(OWN, OWN_KEY), Signer(OTHER, OTHER_KEY)
    bring_in(intake, own)
    bring_in(intake, other)
    partners = replace(intake, actor=PARTNER)

    assert receive(replace(partners, signer=own)).signer == own
    with pytest.raises(NotAllowedError, match="its own organisation only"):
        receive(replace(partners, signer=other))


def test_a_key_that_the_host_keeps_signs_for_its_organisation(intake: Intake) -> None:
    bring_in(intake, Signer(OWN, OWN_KEY), Holder.HOST)
    keys = MemoryKeys(HOST_KEY, OWN_KEY)
    partners = replace(intake, actor=PARTNER, host=HostKeys(HOST, keys))

    send(partners)

    assert backing_of_own(intake) is BackingKind.HOST_HELD


def test_for_an_organisation_without_a_key_the_host_signs(intake: Intake) -> None:
    send(replace(intake, actor=PARTNER))

    assert backing_of_own(intake) is BackingKind.PASSED_ON


def refused(intake: Intake, signer: Signer) -> str:
    before = intake.register.head()
    with pytest.raises(NotAllowedError) as error:
        send(replace(intake, signer=signer))
    assert intake.register.head() == before
    return str(error.value)


def test_an_unknown_key_is_refused_with_what_to_do(intake: Intake) -> None:
    said = refused(intake, Signer(OWN, OWN_KEY))

    assert "is unknown here: nothing was stored" in said
    assert f'takatuf keys vouch {OWN_KEY.id} --of {OWN} --by "Name, office"' in said


def test_a_key_that_nobody_vouches_for_is_refused(intake: Intake) -> None:
    say(intake, Signer(OWN, OWN_KEY), introduced(OWN_KEY, OWN))
    assert "is not vouched for" in refused(intake, Signer(OWN, OWN_KEY))


def test_a_revoked_and_a_rotated_key_are_refused(intake: Intake) -> None:
    own, other = Signer(OWN, OWN_KEY), Signer(OTHER, OTHER_KEY)
    bring_in(intake, own)
    bring_in(intake, other)
    say(intake, Signer(HOST, HOST_KEY), revoked(OWN_KEY))
    say(intake, other, rotated(NEW_KEY, OTHER))

    assert "is revoked" in refused(intake, own)
    assert "is rotated" in refused(intake, other)
    assert receive(replace(intake, signer=Signer(OTHER, NEW_KEY))).signer is not None


def test_a_key_signs_for_no_other_organisation(intake: Intake) -> None:
    bring_in(intake, Signer(OWN, OWN_KEY))
    assert "is of organisation/a" in refused(intake, Signer(OTHER, OWN_KEY))


def test_a_host_goes_on_with_the_key_it_rotated_to(intake: Intake) -> None:
    say(intake, Signer(HOST, HOST_KEY), rotated(NEW_KEY, HOST))
    keys = MemoryKeys(HOST_KEY, NEW_KEY)

    send(replace(intake, host=HostKeys(HOST, keys)))

    *_, last = intake.register.submissions()
    assert last.signed.submission.key == NEW_KEY.id
    assert verify_register(intake.register, OFFICER).is_clean
    with pytest.raises(NotAllowedError, match="is rotated"):
        send(intake, TABLE.replace("Own", "Own name"))


def test_a_host_without_its_key_is_said_so(intake: Intake) -> None:
    with pytest.raises(UnavailableError, match="restore the folder of keys"):
        send(replace(intake, host=HostKeys(HOST, MemoryKeys(OTHER_KEY))))


def test_a_host_is_introduced_once(intake: Intake) -> None:
    assert intake.host is not None
    introduce_host(intake.register, intake.host, PERSON, NOW)
    introduce_host(MemoryRegister(), intake.host, PERSON, NOW)
    introduce_host(MemoryRegister(Keeper(root=OWN_KEY.id)), intake.host, PERSON, NOW)

    (entry,) = intake.register.submissions()
    (event,) = entry.signed.submission.key_events
    assert (event.by, event.organisation, event.holder) == (PERSON, HOST, Holder.ORGANISATION)
    assert entry.signed.submission.reports == ()


def test_what_nobody_stood_behind_is_signed_when_it_is_sent_again(intake: Intake) -> None:
    send(replace(intake, host=None))
    assert backing_of_own(intake) is BackingKind.UNSIGNED

    receipt = send(intake)

    assert (receipt.n_new, receipt.n_known, receipt.submission is None) == (0, 2, False)
    assert backing_of_own(intake) is BackingKind.PASSED_ON


def test_what_was_passed_on_is_signed_by_its_own_organisation_when_it_sends_it(
    intake: Intake,
) -> None:
    send(intake)
    own = Signer(OWN, OWN_KEY)
    bring_in(intake, own)

    receipt = send(replace(intake, signer=own))

    *_, last = intake.register.submissions()
    assert (last.signed.submission.id, len(last.signed.submission.reports)) == (
        receipt.submission, 1,
    )  # fmt: skip
    assert backing_of_own(intake) is BackingKind.OWN


def test_a_report_twice_in_one_hand_is_listed_once(intake: Intake) -> None:
    handed = receive(intake).hand_in([an_arrival(), an_arrival(), an_arrival(a_report(by="b"))])

    *_, last = intake.register.submissions()
    assert len(last.signed.submission.reports) == 2
    assert [stored.is_new for stored in handed.stored] == [True, False, True]


@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(days=-20_000)])
def test_a_clock_that_jumped_back_changes_no_order_and_is_said(
    intake: Intake, jump: timedelta
) -> None:
    send(intake)

    receipt = send(replace(intake, now=NOW + jump), TABLE.replace("Own", "Own name"))

    assert [problem.code for problem in receipt.problems] == ["register.clock-behind"]
    *_, last = intake.register.submissions()
    just_after = NOW + timedelta(microseconds=1)
    assert last.received_at == just_after
    assert last.signed.submission.made_at == NOW + jump
    assert [entry.received_at for entry in intake.register.entries()][-1] == just_after
    assert verify_register(intake.register, OFFICER).is_clean


def test_100_jumps_of_the_clock_leave_the_order_of_receipt(intake: Intake) -> None:
    for number in range(100):
        jump = timedelta(seconds=(number * 7919) % 1009 - 500)
        reception = receive(replace(intake, now=NOW + jump))
        reception.hand_in([an_arrival(a_report(by=f"o{number}"), reception.heard_at)])

    heard = [entry.received_at for entry in intake.register.entries()]
    assert heard == sorted(heard)
    assert verify_register(intake.register, OFFICER).is_clean


def test_a_record_of_the_past_keeps_its_own_dates(intake: Intake) -> None:
    register = MemoryRegister(Keeper(root=HOST_KEY.id, is_replay=True))
    register.append([an_arrival()])
    reception = receive(replace(intake, register=register, host=None, now=NOW - timedelta(days=1)))
    assert reception.problems == ()
    assert reception.heard_at == NOW - timedelta(days=1)


def test_an_actor_of_another_organisation_is_signed_for_by_the_host(intake: Intake) -> None:
    stranger = Actor("somebody", Role.PARTNER, ThingId("organisation/x"))
    signer = receive(replace(intake, actor=stranger)).signer
    assert signer is not None
    assert signer.organisation == HOST
