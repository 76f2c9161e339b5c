"""Aleppo on 14 June 2017, walked through as a user would: from reports to a joint plan."""

import json
import random
from importlib.resources import files
from pathlib import Path

import pytest

from takatuf.actions.city_pages.city_manifest import read_manifest
from takatuf.actions.import_reports import Replay, Submission
from takatuf.cli.main import run
from takatuf.formats.city_report import BeliefView, QuestionView
from takatuf.planning.checking import problems_of
from takatuf.vocabulary.place import Point
from takatuf.workspace import Workspace, init, open_workspace
from takatuf.workspace.demonstration import CITY, DemoMade

DAY = "2017-06-14"
# sets whose answers are to one question: they conflict
CONTESTED = ["X1", "X2", "X3", *(f"X{n}" for n in range(6, 12)), "X13", "X14", "X15", "X17",
             *(f"X{n}" for n in range(19, 23))]  # fmt: skip
# sets whose members count different things: they stand side by side
SIDE_BY_SIDE = ["X1", "X3", "X4", "X5", "X7", "X12", "X13", "X16", "X18", "X19"]


@pytest.fixture(scope="module")
def workspace(aleppo: DemoMade) -> Workspace:
    return open_workspace(aleppo.folder)


@pytest.fixture(scope="module")
def questions(workspace: Workspace) -> dict[str, QuestionView]:
    return {question.key: question for question in workspace.contested() if question.key}


def belief_of(workspace: Workspace, thing: str, name: str, at: str | None = None) -> BeliefView:
    view = workspace.show(thing, at=at)
    return next(b for b in view.beliefs if b.property == name)


def test_the_summary_has_every_figure_that_a_coordinator_asks_for(aleppo: DemoMade) -> None:
    summary = aleppo.summary

    assert summary["statements"] == 349
    assert summary["people_without_water"] == 200_000
    for key in ("things", "contested", "people_without_access", "people_without_health",
                "person_days_alone", "person_days_shared", "person_days_together",
                "seed"):  # fmt: skip
        assert isinstance(summary[key], int | float), key
    pages = summary["pages"]
    assert isinstance(pages, list)
    assert all(Path(page).is_file() for page in pages)


def test_every_plan_of_the_demonstration_passes_the_independent_checker(aleppo: DemoMade) -> None:
    for way in aleppo.plan.ways:
        assert problems_of(aleppo.plan.problem, way.outcome.plan, way.outcome.served) == ()
        assert not way.outcome.unmet


def test_acting_together_is_never_worse_and_never_better_than_the_proof(aleppo: DemoMade) -> None:
    alone, shared, together = (way.outcome for way in aleppo.plan.ways)

    assert together.served.person_days <= shared.served.person_days
    assert together.served.person_days <= alone.served.person_days
    assert 0 < together.bound <= together.served.person_days


def test_all_22_known_contradictions_are_shown(questions: dict[str, QuestionView]) -> None:
    assert list(questions) == [f"X{n}" for n in range(1, 23)]
    for question in questions.values():
        assert question.title
        assert question.why
        assert question.members


@pytest.mark.parametrize("key", CONTESTED)
def test_answers_to_the_same_question_are_contested_with_who_says_what(
    questions: dict[str, QuestionView], key: str
) -> None:
    contested = [m for m in questions[key].members if m.status == "contested"]

    assert contested
    for member in contested:
        assert member.value == ""
        assert len(member.answers) > 1
        assert all(voice.who for answer in member.answers for voice in answer.voices)


@pytest.mark.parametrize("key", SIDE_BY_SIDE)
def test_answers_that_count_different_things_stand_side_by_side(
    questions: dict[str, QuestionView], key: str
) -> None:
    assert not questions[key].is_one_question
    assert len({(m.property, m.thing) for m in questions[key].members}) > 1


def test_the_clearance_series_is_flagged_as_falling(questions: dict[str, QuestionView]) -> None:
    notes = {m.property: m.notes for m in questions["X13"].members}

    assert notes["items_destroyed"] == (
        "falling series: 36,000 items on 2017-02-20, then 26,395 items on 2017-06-14",
    )
    assert any("falling series" in note for note in notes["buildings_cleared"])


@pytest.mark.parametrize(
    ("name", "status"),
    [("explosive_risk_status", "contested"), ("network_supply_status", "contested"),
     ("people_returned_since_dec_2016", "single source"),
     ("aid_by_international_organisations", "contested")],
)  # fmt: skip
def test_the_city_shows_demining_water_returns_and_aid_with_their_sources(
    workspace: Workspace, name: str, status: str
) -> None:
    belief = belief_of(workspace, "Aleppo city", name, at=DAY)

    assert belief.status == status
    assert all(voice.title for answer in belief.answers for voice in answer.voices)


def test_the_plan_acts_on_the_cautious_answer_where_safety_is_contested(
    workspace: Workspace,
) -> None:
    hazard = belief_of(workspace, "East Aleppo", "explosive_risk_status", at=DAY)
    water = belief_of(workspace, "East Aleppo", "network_supply_status", at=DAY)

    assert hazard.act_on == "access hindered"
    assert water.act_on == "mostly absent"


def test_what_was_known_in_february_is_shown_as_it_was_known(workspace: Workspace) -> None:
    then = workspace.show("Aleppo city", known="2017-02-04")

    voices = [v for b in (*then.beliefs, *then.related) for a in b.answers for v in a.voices]
    assert voices
    assert all(voice.published <= "2017-02-04" for voice in voices if voice.published)
    risk = next(b for b in then.beliefs if b.property == "explosive_risk_status")
    assert {voice.who for a in risk.answers for voice in a.voices} == {
        "OCHA", "Russian Ministry of Defence",
    }  # fmt: skip


def test_the_founding_statement_is_a_report_like_any_other(aleppo: DemoMade) -> None:
    sentences = aleppo.report.founding

    assert len(sentences) >= 10
    said = [b for s in sentences for b in s.beliefs]
    assert all(belief.answers for belief in said)
    assert {"contested", "single source"} <= {belief.status for belief in said}


def import_in_order(folder: Path, seed: int) -> Workspace:
    """Import every table with its rows shuffled, the record in two halves and then once more."""
    manifest = read_manifest(files("takatuf.cities") / CITY)
    workspace = init(folder, is_replay=True)
    for file in manifest.files:
        header, *rows = (manifest.folder / file.path).read_text("utf-8").splitlines(keepends=True)
        random.Random(seed).shuffle(rows)  # noqa: S311 - an order, no secret
        half = len(rows) // 2
        is_record = file.known_from is None
        for part in (rows[half:], rows[:half], rows) if is_record else (rows,):
            text = header + "".join(part)
            replay = Replay(known_from=file.known_from)
            workspace.import_table(Submission(name=file.path, content=text.encode(), replay=replay))
    return workspace


def test_shuffled_in_halves_and_twice_the_picture_is_the_same_to_the_byte(
    workspace: Workspace, tmp_path: Path
) -> None:
    other = import_in_order(tmp_path, seed=7)

    assert other.picture(at=DAY, known="2018-01-01") == workspace.picture(
        at=DAY, known="2018-01-01"
    )
    other.close()


def test_the_public_report_gives_no_health_site_away(
    aleppo: DemoMade, workspace: Workspace
) -> None:
    severe = [
        (claim.value.lat, claim.value.lon)
        for entry in workspace.parts.register.entries()
        for claim in entry.report.claims
        if claim.property == "health_site_position" and isinstance(claim.value, Point)
    ]
    assert severe
    for page in aleppo.pages:
        text = page.read_text("utf-8")
        assert not [point for point in severe if f"{point[0]:.4f}" in text]
    quarters = {place.name for place in aleppo.report.places}
    teams = [team for body in aleppo.report.organisations for team in body.teams]
    at_health_sites = [t for team in teams for t in team.tasks if t.kind == "health"]
    assert at_health_sites
    assert not [task for task in at_health_sites if task.place in quarters]
    assert {task.name for task in at_health_sites} == {"repair a health point"}


def test_the_same_seed_gives_the_same_plan(aleppo: DemoMade, workspace: Workspace) -> None:
    again = workspace.plan(aleppo.plan.request)

    assert Path(again.kept_in).name == Path(aleppo.plan.kept_in).name


def test_a_kept_plan_is_checked_and_a_broken_one_is_refused(
    city_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (kept,) = (city_folder / "plans").glob("*.json")
    assert run(["-w", str(city_folder), "check", str(kept)]) == 0

    plan = json.loads(kept.read_text("utf-8"))
    plan["assignments"][3]["start_day"] -= 1
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(plan), "utf-8")
    assert run(["-w", str(city_folder), "check", str(broken)]) == 1
    assert "[plan." in capsys.readouterr().out
