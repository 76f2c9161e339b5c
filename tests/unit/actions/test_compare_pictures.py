"""What changed between two times of knowing, and because of which reports."""

from dataclasses import replace
from datetime import date, timedelta

from takatuf.actions.import_reports import Intake
from takatuf.actions.read_picture import read_picture
from takatuf.actions.showing.compare_pictures import Change, compare_pictures
from tests.builders import NOW
from tests.builders_judging import HEADER, a_record, row, send

LATER = NOW + timedelta(days=2)


def changes(intake: Intake, at: date | None = None) -> tuple[Change, ...]:
    earlier, later = (
        read_picture(intake.register, intake.vocabulary, intake.actor, known)
        for known in (NOW + timedelta(days=1), LATER)
    )
    return compare_pictures(earlier, later, at)


def heard_later(before: list[str], after: list[str]) -> Intake:
    intake = a_record(*before)
    send(replace(intake, now=LATER), HEADER + "".join(after))
    return intake


def test_nothing_heard_is_nothing_changed() -> None:
    assert changes(heard_later([row("restored", "board")], [])) == ()


def test_a_contradiction_that_came_later_is_a_change_with_who_brought_it() -> None:
    (change,) = changes(heard_later([row("restored", "board")], [row("cut", "agency")]))

    assert (change.before.status, change.after.status) == ("single source", "contested")
    assert [(voice.who, voice.said) for voice in change.heard] == [("Agency", "cut")]
    assert change.taken_back == ()


def test_one_more_voice_for_what_two_agreed_on_is_no_change() -> None:
    agreed = [row("restored", "board"), row("restored", "agency")]

    assert changes(heard_later(agreed, [row("restored", "inspector")])) == ()


def test_a_second_origin_is_a_change_of_status() -> None:
    (change,) = changes(heard_later([row("cut", "board")], [row("cut", "agency")]))

    assert (change.before.status, change.after.status) == ("single source", "agreed")


def test_what_its_own_organisation_replaced_is_shown_as_taken_back() -> None:
    intake = a_record(row("restored", "board"))
    (report,) = (e.report.id for e in intake.register.entries() if "restored" in str(e.report))
    table = (
        "thing,property,value,observed_at,organisation,source_type,supersedes\n"
        f"place/well,network_supply_status,cut,2017-06-01,organisation/board,government,{report}\n"
    )
    send(replace(intake, now=LATER), table)

    (change,) = changes(intake)

    assert [voice.said for voice in change.taken_back] == ["restored"]
    assert [voice.said for voice in change.heard] == ["cut"]


def test_what_was_first_heard_of_later_begins_as_unknown() -> None:
    (change,) = changes(heard_later([], [row("cut", "board")]), date(2017, 6, 14))

    assert change.before.status == "unknown"
    assert change.after.value == "cut"
