from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from takatuf.actions.import_reports import Intake, Replay, Submission, import_reports
from takatuf.formats.readers import tables
from takatuf.picture.fold import fold
from takatuf.reports.memory import MemoryRegister
from takatuf.reports.receipt import Receipt
from takatuf.reports.register import Keeper
from takatuf.safeguards.actor import ANYBODY, Actor, Role
from takatuf.vocabulary.errors import InputError, NotAllowedError
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.things import load_vocabulary
from tests.builders import NOW, OFFICER

WHO = "organisation/ocha"
GAZETTEER = (
    "thing,organisation,source_type,name,organisation_type\n"
    f"{WHO},{WHO},un_agency,OCHA,un_agency\n"
    f"organisation/sarc,{WHO},un_agency,SARC,red_cross_red_crescent\n"
    f"place/aleppo-city,{WHO},un_agency,Aleppo city,\n"
)
HEADER = "thing,property,value,unit,observed_at,organisation,published_on,supersedes\n"
GOOD = "Aleppo city,residents,1500000,people,2017-01,OCHA,2017-01-05,\n"
UNPUBLISHED = GOOD.replace("2017-01-05", "")
BAD = "Alepo city,residents,many,furlongs,2031,OCHA,,\n"


def an_intake(actor: Actor = OFFICER, *, is_replay_register: bool = False) -> Intake:
    intake = an_intake_unfilled(actor, is_replay_register=is_replay_register)
    send(GAZETTEER, replace(intake, actor=OFFICER))
    return intake


def an_intake_unfilled(actor: Actor = OFFICER, *, is_replay_register: bool = False) -> Intake:
    return Intake(
        register=MemoryRegister(Keeper(is_replay=is_replay_register)),
        vocabulary=load_vocabulary(),
        actor=actor,
        now=NOW,
    )


def send(text: str, intake: Intake, **changes: Any) -> Receipt:
    submission = Submission(name="a.csv", content=text.encode())
    return import_reports(replace(submission, **changes), intake)


def test_a_bad_row_is_explained_and_does_not_cost_the_good_ones() -> None:
    intake = an_intake()

    receipt = send(HEADER + BAD + GOOD, intake)

    assert (receipt.n_rows, receipt.n_new, receipt.is_stored) == (2, 1, True)
    assert {problem.where.split(", ")[1] for problem in receipt.problems} == {"row 2"}
    assert [problem.code for problem in receipt.problems] == [
        "claim.unknown-thing",
        "cell.unknown-unit",
    ]
    assert "Did you mean aleppo city?" in receipt.problems[0].hint


def test_all_problems_of_a_row_come_at_once_whoever_finds_them() -> None:
    text = 'thing,name,kind,position,area [people]\nplace/x,X,neighbrhood,"0, 0",5\nplace/y,Y,,,\n'
    receipt = send(text, an_intake(), organisation=ThingId(WHO))

    assert [problem.code for problem in receipt.problems] == [
        "cell.not-a-point",
        "claim.value-not-allowed",
        "claim.unit-of-another-dimension",
    ]
    assert receipt.n_new == 1


def test_sending_a_file_twice_stores_nothing_twice() -> None:
    intake = an_intake()
    send(HEADER + GOOD, intake)
    before = len(intake.register)

    receipt = send(HEADER + GOOD, intake)

    assert (receipt.n_new, receipt.n_known, len(intake.register)) == (0, 1, before)
    assert receipt.problems == ()


def test_a_row_that_repeats_another_is_kept_once_and_asked_about() -> None:
    receipt = send(HEADER + GOOD + GOOD, an_intake())

    assert receipt.n_new == 1
    (problem,) = receipt.problems
    assert (problem.code, problem.where) == ("report.duplicate-row", "a.csv, row 3")
    assert "a.csv, row 2" in problem.found


def test_checking_stores_nothing() -> None:
    intake = an_intake()
    before = len(intake.register)

    receipt = send(HEADER + GOOD, intake, is_dry_run=True)

    assert (receipt.stored, receipt.is_stored, len(intake.register)) == ((), False, before)


def test_nothing_is_stored_of_a_file_that_cannot_be_read() -> None:
    intake = an_intake()
    before = len(intake.register)

    with pytest.raises(InputError, match=r"file\.empty"):
        send("", intake)
    assert len(intake.register) == before


def test_a_thing_may_be_introduced_in_the_file_that_speaks_of_it() -> None:
    text = (
        "thing,organisation,name,part_of\n"
        "place/east,OCHA,East,place/aleppo-city\n"
        "place/street,OCHA,Street,place/east\n"
    )
    assert send(text, an_intake()).n_new == 2


def test_a_partner_reports_for_its_own_organisation_only() -> None:
    partner = Actor("a partner", Role.PARTNER, ThingId("organisation/sarc"))
    text = (
        "thing,property,value,unit,observed_at,organisation\n"
        "Aleppo city,residents,5,people,2017,OCHA\n"
    )

    receipt = send(text, an_intake(partner))

    assert [problem.code for problem in receipt.problems] == ["report.of-another-organisation"]
    assert receipt.n_new == 0
    own = text.replace("OCHA", "")
    assert send(own, an_intake(partner), organisation=partner.organisation).n_new == 1


def test_anybody_may_not_submit() -> None:
    with pytest.raises(NotAllowedError):
        send(HEADER + GOOD, an_intake(ANYBODY))


def test_only_its_own_organisation_replaces_a_report() -> None:
    intake = an_intake()
    first = send(HEADER + GOOD, intake).stored[0].report
    newer = f"Aleppo city,residents,1600000,people,2017-01,OCHA,,{first}\n"

    assert send(HEADER + newer, intake).n_new == 1
    for wrong in (newer.replace("OCHA", "SARC"), newer.replace(first, "0" * 64)):
        codes = [problem.code for problem in send(HEADER + wrong, intake).problems]
        assert codes == ["report.supersedes-no-own-report"]


def received(intake: Intake) -> datetime:
    (statement,) = fold(intake.register.entries()).about(ThingId("place/aleppo-city"), "residents")
    return statement.received_at


def test_a_report_is_received_when_it_comes_in() -> None:
    intake = an_intake()
    send(HEADER + GOOD, intake)
    assert received(intake) == NOW


@pytest.mark.parametrize(
    ("row", "known_from", "expected"),
    [
        (GOOD, None, datetime(2017, 1, 5, 23, 59, 59, 999999, tzinfo=UTC)),
        (UNPUBLISHED, None, datetime(2017, 1, 31, 23, 59, 59, 999999, tzinfo=UTC)),
        (GOOD.replace("2017-01-05", ""), date(2012, 1, 1), datetime(2012, 1, 1, tzinfo=UTC)),
        (GOOD.replace("2017-01-05", "2017"), None, NOW),
        (GOOD.replace("2017-01-05", "").replace("2017-01", ""), None, NOW),
    ],
)  # fmt: skip
def test_in_a_replay_a_report_is_received_when_it_was_published(
    row: str, known_from: date | None, expected: datetime
) -> None:
    intake = an_intake(is_replay_register=True)

    receipt = send(HEADER + row, intake, replay=Replay(known_from=known_from))

    assert receipt.problems == ()
    assert received(intake) == expected


def test_past_dates_are_refused_where_people_work_today() -> None:
    with pytest.raises(NotAllowedError, match="replay"):
        send(HEADER + GOOD, an_intake(), replay=Replay())


def test_a_report_published_in_the_future_is_refused() -> None:
    receipt = send(HEADER + GOOD.replace("2017-01-05", "2031"), an_intake())

    assert [problem.code for problem in receipt.problems] == ["report.published-in-future"]


def test_a_table_with_too_many_rows_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_ROWS", 2)
    intake = an_intake_unfilled()

    with pytest.raises(InputError, match=r"table\.too-many-rows"):
        send(GAZETTEER, intake)
    assert len(intake.register) == 0


def test_where_nobody_keeps_the_register_nothing_is_signed() -> None:
    receipt = send(HEADER + GOOD, an_intake())

    assert (receipt.submission, receipt.n_new) == (None, 1)
    assert receipt.head.startswith("4.0.")
