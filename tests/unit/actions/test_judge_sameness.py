from dataclasses import replace

import pytest

from takatuf.actions.import_reports import Intake
from takatuf.actions.judging.judge_sameness import Effect, SameJudged, SameJudgement, judge_sameness
from takatuf.actions.judging.list_sameness import list_candidates, list_judged
from takatuf.actions.judging.log_report import log_report, source_of
from takatuf.actions.read_picture import Reading, read_picture
from takatuf.picture.sameness import Judgement
from takatuf.reports.memory import MemoryRegister
from takatuf.reports.report import Report
from takatuf.safeguards.actor import Actor, Role
from takatuf.vocabulary.errors import InputError, NotAllowedError, NotFoundError
from takatuf.vocabulary.identity import ThingId, statement_id
from takatuf.vocabulary.things import load_vocabulary
from takatuf.vocabulary.value import Token
from tests.builders import NOW, OFFICER, a_claim, a_report, an_arrival
from tests.builders_sameness import a_judgement, a_thing, refers

NORTH, SOUTH = ThingId("organisation/north"), ThingId("organisation/south")
SUKKARI, SOUKARI = ThingId("place/sukkari"), ThingId("place/soukari")
SAID = SameJudgement(
    one="Sukkari",
    other="Soukari",
    judgement=Judgement.SAME,
    by="A. Nobody, officer",
    organisation=NORTH,
    why="one quarter on the map",
)


@pytest.fixture
def intake() -> Intake:
    register = MemoryRegister()
    register.append(
        [
            an_arrival(a_thing(NORTH, "North", by="north", organisation_type=Token("un_agency"))),
            an_arrival(a_thing(SOUTH, "South", by="south")),
            an_arrival(a_thing(SUKKARI, "Sukkari", by="north")),
            an_arrival(a_thing(SOUKARI, "Soukari", by="south", part_of=refers("place/city"))),
            an_arrival(a_thing("place/city", "City", by="south")),
        ]
    )
    return Intake(register=register, vocabulary=load_vocabulary(), actor=OFFICER, now=NOW)


def reading_of(intake: Intake) -> Reading:
    return read_picture(intake.register, intake.vocabulary, intake.actor)


def judged(intake: Intake, said: SameJudgement = SAID) -> SameJudged:
    return judge_sameness(said, reading_of(intake), intake)


def codes(error: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [problem.code for problem in error.value.problems]


def test_a_judgement_says_what_is_read_otherwise_from_now_on(intake: Intake) -> None:
    result = judged(intake)

    assert result.effects == (Effect(SUKKARI, 1, SOUKARI),)
    assert (result.is_contested, result.left_out) == (False, ())
    assert reading_of(intake).names.find("place/sukkari") == SOUKARI
    report = intake.register.find(result.receipt.stored[0].report)
    assert report is not None
    assert report.source.role == "A. Nobody, officer"
    assert report.source.organisation_type == "un_agency"
    assert report.claims[0].wording == "one quarter on the map"


def test_judging_again_replaces_the_judgement_and_takes_it_back(intake: Intake) -> None:
    first = judged(intake)
    again = judged(intake, replace(SAID, one=SUKKARI, other=SOUKARI, judgement=Judgement.UNSURE))

    report = intake.register.find(again.receipt.stored[0].report)
    assert report is not None
    assert report.supersedes == first.receipt.stored[0].report
    assert again.effects == (Effect(SUKKARI, 1, SUKKARI),)
    (standing,) = list_judged(reading_of(intake))
    assert standing.judgement is Judgement.UNSURE
    assert not standing.is_joined


def test_every_earlier_judgement_of_the_organisation_is_replaced(intake: Intake) -> None:
    earlier = [a_judgement(SUKKARI, SOUKARI, word, by="north") for word in Judgement]
    intake.register.append([an_arrival(report) for report in earlier])

    result = judged(intake)

    assert len(result.receipt.stored) == 3
    assert {view.judgement for view in list_judged(reading_of(intake))} == {Judgement.SAME}


def test_a_judgement_that_another_organisation_contests_joins_nothing(intake: Intake) -> None:
    judged(intake)
    result = judged(
        intake,
        replace(SAID, one=SUKKARI, other=SOUKARI, judgement=Judgement.DIFFERENT,
                organisation=SOUTH),
    )  # fmt: skip

    assert result.is_contested
    views = list_judged(reading_of(intake), "Sukkari")
    assert [view.note for view in views] == ["contested: one says same, another different"] * 2
    assert list_judged(reading_of(intake), "City") == ()


def test_a_judgement_that_would_join_what_is_different_is_left_out_and_said(
    intake: Intake,
) -> None:
    judged(intake, replace(SAID, one="City", judgement=Judgement.DIFFERENT))
    judged(intake, replace(SAID, one="City", other=SUKKARI))
    result = judged(intake, replace(SAID, one=SUKKARI, other=SOUKARI))

    assert result.left_out == ((SOUKARI, SUKKARI),)
    notes = {view.note for view in list_judged(reading_of(intake))}
    assert notes == {"", "left out: it would join, through others, what somebody says is different"}


def test_an_unsound_judgement_is_refused_with_all_that_is_wrong(intake: Intake) -> None:
    with pytest.raises(InputError) as unknown:
        judged(intake, replace(SAID, one="Sukari", other="place/sukari", by=" ", why=""))
    with pytest.raises(InputError) as types:
        judged(intake, replace(SAID, other="North"))
    with pytest.raises(InputError) as one:
        judged(intake, replace(SAID, other=SUKKARI))

    assert codes(unknown) == [
        "claim.unknown-thing",
        "claim.unknown-thing",
        "judgement.nobody-answers",
        "judgement.without-a-reason",
    ]
    assert [problem.hint.endswith("?") for problem in unknown.value.problems[:2]] == [True, True]
    assert codes(types) == ["judgement.of-two-types"]
    assert codes(one) == ["judgement.of-one-thing"]
    assert len(intake.register) == 5


def test_a_partner_judges_for_its_own_organisation_only(intake: Intake) -> None:
    partner = replace(intake, actor=Actor("a partner", Role.PARTNER, SOUTH))

    with pytest.raises(NotAllowedError):
        judged(partner)
    assert judged(partner, replace(SAID, organisation=SOUTH)).receipt.n_new == 1


def test_candidates_are_listed_with_names_until_they_are_judged(intake: Intake) -> None:
    (pair,) = list_candidates(reading_of(intake), "Sukkari", limit=5)
    assert (pair.one_name.en, pair.other_name.en) == ("Soukari", "Sukkari")

    judged(intake)

    assert list_candidates(reading_of(intake), of_type="place") == ()
    with pytest.raises(NotFoundError, match="Did you mean place"):
        list_candidates(reading_of(intake), of_type="plaec")


def test_a_report_that_is_logged_is_checked_like_any_other(intake: Intake) -> None:
    mine = a_thing(SUKKARI, "Sukkari", by="north")
    assert source_of(SOUTH, "A. Nobody", "", reading_of(intake)).organisation_type == "un_agency"
    stranger = source_of(ThingId("organisation/x"), "A. Nobody", "", reading_of(intake))
    assert stranger.organisation_type == ""
    cases: dict[str, Report] = {
        "claim.unknown-thing": a_thing("place/nowhere", "", by="nobody"),
        "source.unknown-type": replace(mine, source=replace(mine.source, organisation_type="")),
        "report.supersedes-no-own-report": replace(
            a_thing(SUKKARI, "Other", by="south"), supersedes=mine.id
        ),
    }
    for code, report in cases.items():
        with pytest.raises(InputError) as error:
            log_report(report, intake)
        assert code in codes(error)


def test_a_statement_that_the_register_has_can_be_judged(intake: Intake) -> None:
    mine = a_thing(SUKKARI, "Sukkari", by="north")
    outcome = a_claim("confirmed", thing=statement_id(mine.id, 0), property="check_outcome")
    beyond = replace(outcome, thing=statement_id(mine.id, 7))

    assert log_report(a_report(outcome, by="south"), intake).n_new == 1
    with pytest.raises(InputError) as error:
        log_report(a_report(beyond, by="south"), intake)
    assert codes(error) == ["claim.unknown-thing"]
