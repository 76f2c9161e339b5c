import pytest

from takatuf.planning.checking import served_by
from takatuf.planning.explaining import Reason, WaitsFor, in_words, reasons_of
from takatuf.planning.problem import ACCESS, HEALTH, HOME, NONE, POWER, WATER
from tests.builders_planning import Crew, Home, Job, Street, Town, two_banks
from tests.unit.planning.test_checking import plan_of


def reasons() -> dict[int, Reason]:
    problem, plan = two_banks().problem(), plan_of()
    found = reasons_of(problem, plan, served_by(problem, plan))
    assert [reason.task for reason in found] == [work.task for work in plan.assignments]
    return {reason.task: reason for reason in found}


@pytest.mark.parametrize(
    ("task", "kind", "waits_for_task", "travel_days"),
    [
        (0, WaitsFor.NOTHING, NONE, 0.0),
        (1, WaitsFor.ROAD, 0, 0.5),
        (2, WaitsFor.TASK, 1, 0.0),
        (3, WaitsFor.ROAD, 0, 0.5),
        (4, WaitsFor.ARRIVAL, NONE, 0.0),
        (5, WaitsFor.TEAM, 3, 0.0),
        (6, WaitsFor.TEAM, 1, 0.0),
    ],
)
def test_a_task_waits_for_what_came_last(
    task: int, kind: WaitsFor, waits_for_task: int, travel_days: float
) -> None:
    reason = reasons()[task]

    assert (reason.waits_for, reason.waits_for_task) == (kind, waits_for_task)
    assert reason.travel_days == travel_days


def test_a_task_opens_what_its_end_completes() -> None:
    found = reasons()

    assert (found[0].opens_nodes, found[0].opens_people) == ((1,), 400.0)
    assert found[0].opens_services == ((1, ACCESS),)
    assert found[2].opens_facilities == (1,)
    assert found[2].opens_services == ((0, WATER), (0, HOME), (1, WATER), (1, HOME))
    assert found[5].opens_facilities == (0,)
    assert found[5].opens_services == ((0, HEALTH), (1, POWER))
    assert found[1].opens_services == found[4].opens_services == ()


def test_people_days_are_those_of_all_services_whose_chain_has_the_task() -> None:
    found = reasons()

    pump = (900 + 400) * 2 * (100 - 9.5)  # water and home in both quarters: tasks 2, 1, 0
    line = (900 + 400) * (100 - 8.0)  # health here, power beyond: tasks 5, 3, 0
    assert found[2].people_days == found[1].people_days == pump
    assert found[5].people_days == found[3].people_days == line
    assert found[0].people_days == pump + line + 400 * (100 - 4.0)
    assert found[4].people_days == found[6].people_days == 0


def test_reasons_can_be_read_out() -> None:
    problem, found = two_banks().problem(), reasons()

    assert in_words(problem, found[0]) == (
        "waits for nothing",
        "opens the road to 400 people",
        "access for 400 people",
    )
    assert in_words(problem, found[5])[:2] == (
        'waits for its team, busy until then: "job 3"',
        "facility/plant-0 works",
    )


def test_a_road_to_where_nobody_lives_is_told_in_places() -> None:
    problem = Town(
        jobs=(Job(node=0, other=1),),
        crews=(Crew(),),
        streets=(Street(ends=(0, 1), blocked_by=(0,)),),
        homes=(Home(power=(), has_now=(POWER,)),),
        n_nodes=2,
    ).problem()
    plan = plan_of()
    only = type(plan)(assignments=tuple(work for work in plan.assignments if work.task == 0))

    (reason,) = reasons_of(problem, only, served_by(problem, only))

    assert in_words(problem, reason) == ("waits for nothing", "opens the road to 1 places")
