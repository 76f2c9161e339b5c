"""Why a plan is as it is, as an officer asks: one task, other weights, what is disputed."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from takatuf.cli import exits
from takatuf.cli.main import run
from takatuf.planning.request import PlanRequest
from takatuf.vocabulary.errors import NotFoundError, StaleError
from takatuf.workspace import Workspace, init, open_workspace
from takatuf.workspace.why import WhyDesk
from tests.builders_town import TABLES, said

OTHER = (
    "thing,name,organisation_type,organisation,source_type\n"
    "organisation/other,Other,government,organisation/other,government\n"
)
DISPUTED = said("place/sector-a", "network_supply_status", "restored", "organisation/other")
SAID_CUT = "".join(
    said(place, "network_supply_status", "cut").splitlines(keepends=True)[-1]
    for place in ("place/middle", "place/far")
)
SAID = said("place/near", "network_supply_status", "restored") + SAID_CUT
MORE = (
    "thing,name,kind,residents [people],hazard_state,located_in,observed_at\n"
    "place/island,Island,neighbourhood,5,,,2017-06-10\n"
    "hazard_area/island,Island,,,suspected_hazardous_area,place/island,2017-06-10\n"
    "hazard_area/again,Road,,,suspected_hazardous_area,place/near,2017-06-10\n"
)
HIDDEN = (
    "thing,name,health_site_in,operational_status,repair_effort [team-days],sensitivity\n"
    "health_facility/hidden,Hidden,place/near,out_of_service,2,severe\n"
)
CLEAR = "task/clear-hazard-area-road"


def put(workspace: Workspace, folder: Path, name: str, table: str, by: str = "") -> None:
    file = folder / name
    file.write_text(table, "utf-8")
    assert workspace.import_file(file, organisation=by).problems == ()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tables = tmp_path_factory.mktemp("tables")
    path = tables / "town"
    workspace = init(path, "Town")
    for table in TABLES:
        by = "" if table.name.startswith("1") else "Board"
        workspace.import_file(table, organisation=by)
    put(workspace, tables, "other.csv", OTHER)
    put(workspace, tables, "said.csv", SAID)
    put(workspace, tables, "disputed.csv", DISPUTED)
    workspace.plan(PlanRequest(at=date(2017, 6, 14), evaluations=40, horizon_days=100.0))
    workspace.close()
    return path


@pytest.fixture
def own(folder: Path, tmp_path: Path) -> Path:
    """A copy of the town that a test may change."""
    shutil.copytree(folder, tmp_path / "own")
    return tmp_path / "own"


def asked(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert run(["-w", str(folder), "--json", "why", *words]) == 0
    return json.loads(capsys.readouterr().out)


def printed(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(["-w", str(folder), "why", *words]) == 0
    return " ".join(capsys.readouterr().out.split())


def test_a_task_is_explained_by_its_key(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(folder, capsys, CLEAR)

    assert (found["key"], found["name"], found["team"]) == (CLEAR, "clear Road", "One")
    assert found["never"]["person_days"] > found["a_week_later"]["person_days"] > 0
    assert found["never"]["neighbourhoods"][0]["neighbourhood"] == "Far"
    assert found["mismatch_person_days"] == 0.0
    assert found["effort"]["planned_days"] == 2.0
    said_by = {row["property"]: row["said_by"] for row in found["rests_on"]}
    assert said_by["Area to clear"] == ["Board"]


def test_a_task_is_explained_in_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said_of_it = printed(folder, capsys, "clear road")

    assert "if never done +" in said_of_it
    assert "What could come first instead" in said_of_it
    assert "What it rests on, the least firm first" in said_of_it


def test_the_order_is_tried_under_ten_thousand_weightings(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = printed(folder, capsys, "--stability", "--first", "2")

    assert "10,000 weightings" in found
    assert "in first 10 in first 50" in found
    assert "for 20 of the weightings a plan was searched" in found


def test_what_is_disputed_is_ordered_by_what_it_would_change(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = asked(folder, capsys, "--contested", "--evaluations", "30")

    worth = [(row["worth_knowing"], abs(row["change"])) for row in found["rows"]]
    assert worth == sorted(worth, reverse=True)
    joint = found["rows"][0]
    assert sorted(joint["things"]) == ["Far", "Middle"]
    assert (joint["supposed"], joint["said_by"]) == ("restored", ["Other"])
    assert sorted(joint["disappears"]) == ["task/water-place-far", "task/water-place-middle"]
    words = printed(folder, capsys, "--contested", "--evaluations", "30", "--first", "1")
    assert "What if the other answer were true?" in words
    assert "and 2 more; --json gives all" in words


def test_another_day_is_planned_by_the_same_request(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = asked(own, capsys, CLEAR, "--at", "2017-06-15")

    assert found["starts_on"] >= "2017-06-15"
    assert asked(own, capsys, CLEAR, "--at", "2017-06-15") == found


@pytest.mark.parametrize("words", [[], [CLEAR, "--stability"], ["--stability", "--contested"]])
def test_one_thing_is_asked_at_a_time(folder: Path, words: list[str]) -> None:
    assert run(["-w", str(folder), "why", *words]) == exits.USAGE


def test_a_task_that_is_not_planned_is_not_explained(folder: Path) -> None:
    desk = WhyDesk(open_workspace(folder))

    with pytest.raises(NotFoundError, match="has no task nonsense"):
        desk.task("nonsense")


def test_a_plan_that_the_picture_has_left_behind_is_not_explained(
    own: Path, tmp_path: Path
) -> None:
    workspace = open_workspace(own)
    more = said("place/far", "residents", "310", on="2017-06-12")
    put(workspace, tmp_path, "more.csv", more, "Board")
    with pytest.raises(StaleError, match="make it anew"):
        WhyDesk(workspace).task(CLEAR)
    longer = said("place/far", "water_network_effort", "4", on="2017-06-12")
    put(workspace, tmp_path, "longer.csv", longer, "Board")
    with pytest.raises(StaleError, match="make it anew"):
        WhyDesk(workspace).task(CLEAR)
    gone = said("place/far", "network_supply_status", "restored", on="2017-06-13")
    put(workspace, tmp_path, "gone.csv", gone, "Board")
    with pytest.raises(StaleError, match="make it anew"):
        WhyDesk(workspace).stability()


def test_a_task_that_nobody_can_do_or_that_shares_its_name_is_told_so(
    own: Path, tmp_path: Path
) -> None:
    workspace = open_workspace(own)
    put(workspace, tmp_path, "more.csv", MORE, "Board")
    workspace.plan(PlanRequest(at=date(2017, 6, 14), evaluations=20, horizon_days=100.0))
    desk = WhyDesk(workspace)

    with pytest.raises(NotFoundError, match="is not in the plan: no team has the skill"):
        desk.task("survey-hazard-area-island")
    with pytest.raises(NotFoundError, match="2 tasks are called clear road; give one of: task/"):
        desk.task("clear road")


def test_where_a_health_site_is_stays_withheld(own: Path, tmp_path: Path) -> None:
    workspace = open_workspace(own)
    put(workspace, tmp_path, "hidden.csv", HIDDEN, "Board")
    made = workspace.plan(PlanRequest(at=date(2017, 6, 14), evaluations=20, horizon_days=100.0))
    (task,) = [n for n, name in enumerate(made.problem.tasks.names) if name == "repair Hidden"]

    found = WhyDesk(workspace).task(f"task/{task}")

    assert (found.key, found.name) == (f"task/{task}", "repair a health point")
    assert "withheld" in {row.value for row in found.rests_on}
    assert "Hidden" not in repr(found)


def test_without_a_plan_a_day_is_needed(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="No plan was made yet"):
        WhyDesk(init(tmp_path / "empty")).stability()
