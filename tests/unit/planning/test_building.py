from pathlib import Path

import numpy as np
import pytest

from takatuf.actions.check_plan import check_plan
from takatuf.actions.city_pages.plan_words import PlanWords
from takatuf.actions.make_plan import make_plan
from takatuf.city.city import city_of
from takatuf.city.situation import Situation
from takatuf.formats.writers.plan_json import plan_of, request_of
from takatuf.picture.weighing import Weigher
from takatuf.planning.building import build_problem, works_of
from takatuf.planning.request import PlanRequest
from takatuf.safeguards.actor import ANYBODY
from takatuf.storage.plan_files import PlanFiles
from takatuf.vocabulary.errors import InputError, NotAllowedError
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.things import load_vocabulary
from tests.builders import OFFICER, a_picture
from tests.builders_town import DAY, a_register, a_town, accredited, said

REQUEST = PlanRequest(at=DAY, evaluations=20)


def test_every_open_thing_becomes_a_task_and_nothing_else() -> None:
    works = {work.name: (work.skill, work.duration_days) for work in works_of(a_town())}

    assert works == {
        "survey Road": ("survey", 1.0),
        "clear Road": ("clearance", 2.0),
        "survey Pump site": ("survey", 1.0),
        "clear Pump site": ("clearance", 1.0),
        "survey Homes": ("survey", 1.0),
        "clear Homes": ("clearance", 1.0),
        "remove debris on Near - Middle": ("debris", 2.0),
        "repair Station": ("power", 4.0),
        "repair Pump": ("water", 5.0),
        "repair Clinic": ("health", 2.0),
        "repair the water network of Middle": ("water", 2.0),
        "repair the water network of Far": ("water", 2.0),
        "repair the power network of Middle": ("power", 1.0),
        "repair homes in Middle": ("housing", 3.0),
    }


def test_nothing_is_repaired_before_its_site_is_clear() -> None:
    problem = build_problem(a_town(), REQUEST)
    names = problem.tasks.names
    before = {
        names[task]: {names[b] for b in problem.tasks.before.row(task)}
        for task in range(problem.n_tasks)
    }

    assert before["repair Pump"] == {"clear Pump site"}
    assert before["repair homes in Middle"] == {"clear Homes"}
    assert before["clear Road"] == {"survey Road"}
    assert before["repair Station"] == set()


def test_a_released_hazard_and_a_working_facility_need_no_task() -> None:
    city = a_town(
        accredited(),
        said("hazard_area/road", "release_document", "certificate 17"),
        said("power_facility/station", "operational_status", "functioning", on="2017-06-14"),
    )
    assert not {"survey Road", "clear Road", "repair Station"} & {w.name for w in works_of(city)}


def test_the_problem_has_the_roads_the_mandates_and_the_weights_of_the_request() -> None:
    problem = build_problem(a_town(), REQUEST)

    assert problem.may_do()[1].sum() == 7
    assert problem.areas == ("place/gate", "place/sector-a")
    assert problem.weights[1] == REQUEST.weights["water"]
    gate, far = (
        problem.roads.node_ids.index("place/gate"),
        problem.roads.node_ids.index("place/far"),
    )
    assert problem.roads.travel_days[gate, far] == pytest.approx((1 + 0.9 + 1) / 40, abs=0.001)


def test_a_facility_that_nothing_can_bring_back_never_works() -> None:
    city = a_town("thing,name,located_in\nwater_facility/ruin,Ruin,place/far\n")
    facilities = build_problem(city, REQUEST).facilities

    assert dict(zip(facilities.ids, facilities.never_works.tolist(), strict=True)) == {
        "power_facility/station": False,
        "water_facility/pump": False,
        "water_facility/ruin": True,
        "health_facility/clinic": False,
    }


def test_what_is_missing_for_a_plan_is_said_all_at_once() -> None:
    weigher = Weigher(a_picture(), load_vocabulary())
    with pytest.raises(InputError) as raised:
        build_problem(city_of(Situation.of(weigher, DAY)), REQUEST)
    assert len(raised.value.problems) == 3


def test_a_team_without_a_base_on_the_road_model_takes_no_part() -> None:
    more = (
        "thing,name,works_for,skill,based_at\nteam/lost,Lost,organisation/board,water,place/town\n"
    )
    assert "team/lost" not in build_problem(a_town(more), REQUEST).teams.ids


def test_the_joint_plan_serves_everybody_and_is_kept_checked_and_explained(
    tmp_path: Path,
) -> None:
    register, plans = a_register(), PlanFiles(tmp_path)

    made = make_plan(register, plans, OFFICER, REQUEST)

    joint = made.comparison.together.outcome
    assert made.unmet == ()
    assert np.isfinite(joint.served.service_day).all()
    document = plans.latest()
    assert document is not None
    assert request_of(document) == REQUEST
    assert plan_of(document, made.problem) == joint.plan
    assert check_plan(register, OFFICER, document) == ()
    tasks = {task.name: task for task in made.tasks()}
    assert tasks["remove debris on Near - Middle"].opens.startswith("the road to Middle")
    assert tasks["clear Road"].waits_for == "a task before it: survey Road"
    assert tasks["repair Clinic"].key == "task/health-health-facility-clinic"


def test_a_withheld_health_site_has_no_name_and_no_quarter(tmp_path: Path) -> None:
    made = make_plan(a_register(), PlanFiles(tmp_path), OFFICER, REQUEST)
    clinic = frozenset({ThingId("health_facility/clinic")})

    task = next(
        t
        for t in made.tasks(clinic)
        if t.key.startswith("task/") and t.name == "repair a health point"
    )

    assert (task.place, task.key) == ("place/sector-a", f"task/{task.number}")
    assert "Clinic" not in repr(made.tasks(clinic))
    words = PlanWords(made.city, made.problem, clinic)
    assert words.thing(ThingId("health_facility/clinic")) == "a health point"


def test_the_public_may_not_plan(tmp_path: Path) -> None:
    with pytest.raises(NotAllowedError):
        make_plan(a_register(), PlanFiles(tmp_path), ANYBODY, REQUEST)


@pytest.mark.parametrize(
    "document",
    [{}, {"request": {}}, {"request": {"at": "x", "known": None}}],
)
def test_a_document_that_is_no_plan_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(InputError, match=r"plan\.unreadable"):
        request_of(document)


def test_a_plan_of_other_tasks_is_refused_with_all_of_them() -> None:
    problem = build_problem(a_town(), REQUEST)
    row = {"task": "task/x", "team": "team/y", "start_day": 0, "end_day": 1}

    with pytest.raises(InputError) as raised:
        plan_of({"assignments": [row]}, problem)
    assert [p.found for p in raised.value.problems] == ["task/x", "team/y"]
    with pytest.raises(InputError, match=r"plan\.unreadable"):
        plan_of({"assignments": [{"task": "x"}]}, problem)
