"""People judge: what was found on the ground feeds a record, and a grade is set by a person."""

from dataclasses import replace
from datetime import timedelta

import pytest

from takatuf.actions.import_reports import Intake
from takatuf.actions.judging.check_statement import GroundCheck, check_statement
from takatuf.actions.judging.find_statement import find_statement
from takatuf.actions.judging.grade_statement import Grade, grade_statement, suggested_grade
from takatuf.actions.showing.list_records import list_records
from takatuf.actions.showing.show_thing import history_of
from takatuf.picture.belief import BeliefStatus
from takatuf.picture.weighing import weigh
from takatuf.safeguards.actor import Actor, Role
from takatuf.vocabulary.errors import InputError, NotAllowedError, NotFoundError
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.things.schema import Weighing
from tests.builders_judging import (
    AGENCY,
    BOARD,
    INSPECTOR,
    WELL,
    a_record,
    ids,
    read,
    row,
    send,
)

STATUS = "network_supply_status"


def the_report(intake: Intake, by: ThingId, name: str = STATUS) -> str:
    reading = read(intake)
    said = reading.weigher.picture.about(WELL, name)
    return next(s.report for s in said if s.source.organisation == by)


def a_check(report: str, outcome: str = "confirmed", **changes: object) -> GroundCheck:
    check = GroundCheck(
        report=report, outcome=outcome, by="A. Person, field engineer", organisation=INSPECTOR
    )
    return replace(check, **changes)  # type: ignore[arg-type]


def test_a_check_on_the_ground_feeds_the_record_of_who_had_said_it() -> None:
    intake = a_record(row("restored", "board"))
    check_statement(a_check(the_report(intake, BOARD), why="three taps run"), read(intake), intake)

    (record,) = list_records(read(intake))

    assert (record.organisation.en, record.topic, record.n_checked) == ("Board", "water", 1)
    assert record.low < record.accuracy < record.high
    assert record.suggested_letter == "F"
    assert [voice.said for voice in record.checks] == ["restored"]


def test_what_could_not_be_checked_feeds_nothing() -> None:
    intake = a_record(row("restored", "board"))
    unseen = a_check(the_report(intake, BOARD), "could_not_be_checked")
    check_statement(unseen, read(intake), intake)

    assert list_records(read(intake)) == ()


@pytest.mark.parametrize("checker", ["board", "ministry"])
def test_nobody_checks_himself_or_his_own_command_line(checker: str) -> None:
    intake = a_record(
        row("restored", "board"),
        row("organisation/ministry", "agency", "acts_under", thing="organisation/board"),
    )
    own = a_check(the_report(intake, BOARD), organisation=ThingId(f"organisation/{checker}"))

    with pytest.raises(InputError) as error:
        check_statement(own, read(intake), intake)

    assert [p.code for p in error.value.problems] == ["check.not-independent"]


def test_whom_a_statement_retells_does_not_check_it() -> None:
    intake = a_record(row("restored", "board", origin="organisation/inspector"))

    with pytest.raises(InputError, match=r"check\.not-independent"):
        check_statement(a_check(the_report(intake, BOARD)), read(intake), intake)


def test_a_check_that_came_before_the_command_line_was_known_stops_counting() -> None:
    intake = a_record(row("restored", "board"))
    check_statement(a_check(the_report(intake, BOARD)), read(intake), intake)
    later = row("organisation/board", "agency", "acts_under", thing="organisation/inspector")
    send(
        intake,
        "thing,property,value,modality,observed_at,organisation,source_type,origin\n" + later,
    )

    assert list_records(read(intake)) == ()


def test_a_second_look_replaces_the_first_of_the_same_body_and_nobody_elses() -> None:
    intake = a_record(row("restored", "board"))
    report = the_report(intake, BOARD)
    check_statement(a_check(report), read(intake), intake)
    intake = replace(intake, now=intake.now + timedelta(days=1))
    check_statement(a_check(report, "refuted"), read(intake), intake)
    check_statement(a_check(report, organisation=AGENCY), read(intake), intake)

    (record,) = list_records(read(intake), BOARD)

    assert record.n_checked == 1  # one statement, of which two bodies say two things
    assert list_records(read(intake), AGENCY) == ()
    assert abs(record.accuracy - 0.5) < 0.25


def test_every_fault_of_a_check_is_named_at_once_and_nothing_is_stored() -> None:
    intake = a_record(row("restored", "board"))
    before = len(intake.register)
    faulty = a_check(the_report(intake, BOARD), "confirmd", by=" ")

    with pytest.raises(InputError) as error:
        check_statement(faulty, read(intake), intake)

    assert {p.code for p in error.value.problems} == {
        "check.unknown-outcome", "judgement.nobody-answers",
    }  # fmt: skip
    assert "confirmed" in str(error.value)
    assert len(intake.register) == before


def test_a_partner_checks_for_its_own_organisation_only() -> None:
    intake = a_record(row("restored", "board"))
    partner = replace(intake, actor=Actor("p", Role.PARTNER, AGENCY))

    with pytest.raises(NotAllowedError):
        check_statement(a_check(the_report(intake, BOARD)), read(intake), partner)


def checked_often(n_checks: int) -> Intake:
    """Board and Agency were right whenever anybody looked; Ministry says otherwise now."""
    past = [
        row("restored", by, on=f"2016-{month:02}-{place + 1:02}", thing="place/town")
        for by in ("board", "agency")
        for place in range(2)
        for month in range(1, 13)
    ][: 2 * n_checks]
    now = [row("restored", "board"), row("restored", "agency"), row("cut", "ministry")]
    intake = a_record(*past, *now)
    for by in (BOARD, AGENCY):
        for report in ids(read(intake), by):
            said = read(intake).weigher.picture.said_in({report})  # type: ignore[arg-type]
            if said and said[0].claim.thing == "place/town" and said[0].claim.property == STATUS:
                check_statement(a_check(report), read(intake), intake)
    return intake


def test_with_enough_checks_an_answer_prevails_and_the_dissent_stays_visible() -> None:
    intake = checked_often(n_checks=12)
    plain = read(intake).weigher
    declared = replace(plain.vocabulary.properties[STATUS], weighing=Weighing.PLAIN)
    belief = weigh(WELL, declared, plain.picture.about(WELL, STATUS), trust=plain.trust)

    assert belief.status is BeliefStatus.PREVAILING
    assert str(belief.value) == "restored"
    assert len(belief.disputed_by) == 1
    assert "chance of 9" in belief.reason


def test_safety_is_never_decided_by_records() -> None:
    belief = read(checked_often(n_checks=12)).weigher.belief(WELL, STATUS)

    assert belief.status is BeliefStatus.CONTESTED
    assert str(belief.act_on) == "cut"
    assert "Safety is at stake" in belief.reason


def test_a_grade_has_both_parts_and_a_person_who_answers_for_it() -> None:
    intake = a_record(row("restored", "board"))
    grade = Grade(
        report=the_report(intake, BOARD), letter="B", digit="2", by="A. Person", organisation=AGENCY
    )
    grade_statement(grade, read(intake), intake)

    (_, voices), *_ = [r for r in history_of(read(intake), WELL) if r[0].property == STATUS]
    assert voices[0].grade == "B2"

    with pytest.raises(InputError) as error:
        grade_statement(replace(grade, letter="", by=""), read(intake), intake)
    assert {p.code for p in error.value.problems} == {
        "grade.not-of-the-scale", "judgement.nobody-answers",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("others", "digit"),
    [
        ([], "6"),
        ([row("restored", "agency")], "2"),
        ([row("restored", "agency"), row("restored", "inspector")], "1"),
        ([row("cut", "agency")], "4"),
        ([row("restored", "agency"), row("cut", "inspector")], "3"),
    ],
)
def test_the_digit_is_suggested_by_who_agrees_and_never_set(others: list[str], digit: str) -> None:
    intake = a_record(row("restored", "board"), *others)
    statement = find_statement(read(intake).weigher.picture, the_report(intake, BOARD))

    suggestion = suggested_grade(statement, read(intake))

    assert (suggestion.letter, suggestion.digit) == ("F", digit)


def test_a_statement_is_found_by_the_first_digits_of_its_report() -> None:
    intake = a_record(row("restored", "board"))
    picture, report = read(intake).weigher.picture, the_report(intake, BOARD)

    assert find_statement(picture, report[:8]).report == report
    for digits in ("", report[:3], "ffffffff"):
        with pytest.raises(NotFoundError):
            find_statement(picture, digits)


def test_which_claim_of_a_report_is_meant_must_be_said() -> None:
    intake = a_record(row("restored", "board"))
    picture = read(intake).weigher.picture
    naming = next(s.report for s in picture.about(BOARD, "name"))

    with pytest.raises(NotFoundError, match="2: organisation_type public utility"):
        find_statement(picture, naming)
    assert find_statement(picture, naming, 1).claim.property == "name"
    with pytest.raises(NotFoundError):
        find_statement(picture, naming, 9)
