"""What acting together is worth, as an officer asks for it on the command line."""

import json
from dataclasses import replace
from datetime import date

import pytest

from takatuf.actions.weigh_together import GainRequest, Question
from takatuf.cli import exits
from takatuf.cli.main import run
from takatuf.planning.request import PlanRequest
from takatuf.vocabulary.errors import NotFoundError
from takatuf.workspace import open_workspace
from takatuf.workspace.gain import GainDesk
from tests.builders_town import TABLES

REQUEST = PlanRequest(at=date(2017, 6, 14), evaluations=20)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("gain") / "town")
    assert run(["init", folder, "--name", "Town"]) == 0
    for table in TABLES:
        board = "" if table.name.startswith("1") else "Board"
        assert run(["-w", folder, "import", str(table), "--as", board]) == 0
    return folder


def gain(town: str, *options: str) -> int:
    asked = ["gain", "--at", "2017-06-14", "--seeds", "2", "--evaluations", "20", *options]
    return run(["-w", town, *asked])


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())


def test_the_ways_are_printed_with_their_spread(
    town: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert gain(town) == 0
    said = printed(capsys)
    assert "2 seeds, 20 schedules tried by each way" in said
    assert "acting together saves, over" in said
    assert "each alone, observant" in said


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("delay", "How many days late the joint plan may begin"),
        ("shapley", "Who brings how much of the gain over each alone (Shapley)"),
        ("prices", "What each restriction and delay costs"),
    ],
)
def test_what_is_asked_is_answered_below(
    town: str, what: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert gain(town, "--what", what, "--known", "2030-01-01") == 0
    assert words in printed(capsys)


def test_what_is_not_asked_is_not_answered(town: str) -> None:
    request = GainRequest(plan=REQUEST, n_seeds=1, question=Question.PRICES)
    made = GainDesk(open_workspace(town)).gain(request)

    assert made.prices
    assert (made.delays, made.shares, made.refusal) == ((), (), None)


def test_a_refusal_is_answered_for_an_organisation_with_a_team(
    town: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert gain(town, "--what", "decline:Board") == 0
    said = printed(capsys)
    assert "If Board declines" in said
    assert "tasks that nobody can do then" in said
    assert gain(town, "--what", "decline:Near") == exits.BY_FAMILY[NotFoundError]
    assert "Near has no team in this plan" in capsys.readouterr().err


def test_one_json_document_is_written(town: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    asked = ["gain", "--at", "2017-06-14", "--seeds", "1", "--evaluations", "20"]
    assert run(["-w", town, "--json", *asked, "--what", "shapley"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert [way["name"] for way in made["ways"]] == ["alone", "observant", "shared", "together"]
    assert made["shares"][0]["organisations"]


@pytest.mark.parametrize("what", ["everything", "decline", "ways:Board"])
def test_a_question_nobody_knows_is_wrong_usage(town: str, what: str) -> None:
    assert gain(town, "--what", what) == exits.USAGE


def test_progress_is_told_by_part(town: str) -> None:
    told: list[str] = []
    request = GainRequest(
        plan=replace(REQUEST, evaluations=5000), question=Question.DELAY, n_seeds=1
    )

    GainDesk(open_workspace(town)).gain(request, lambda what, _done, _of: told.append(what))

    assert told[0] == "planning: four ways"
