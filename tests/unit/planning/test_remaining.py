from dataclasses import replace

import numpy as np
import pytest

from takatuf.planning.checking import served_by
from takatuf.planning.plan import Assignment, Plan
from takatuf.planning.remaining import leaving_days, remaining, without
from tests.builders_comparing import in_order
from tests.builders_planning import WATER_WORKS, Crew, Home, Job, Plant, Street, Town, two_banks


def test_what_is_finished_is_gone_and_its_effects_stay() -> None:
    town = Town(
        jobs=(Job(days=2.0, node=0, other=1), Job(days=1.0, node=1, before=(0,)), Job(days=5.0)),
        streets=(Street(ends=(0, 1), blocked_by=(0,)),),
        plants=(Plant(tasks=(0, 1)),),
        homes=(Home(node=1, water=(0, 2), power=(1,), housing=(0,)),),
        n_nodes=2,
    )
    problem = town.problem()

    now = remaining(problem, in_order(problem, 0, 1, 2).plan, 2.0)

    left = now.problem
    assert left.tasks.names == ("job 1", "job 2")
    assert now.task_of.tolist() == [1, 2]
    assert now.done_on.tolist() == [2.0, np.inf, np.inf]
    assert left.tasks.before.row(0) == []
    assert left.roads.blocked_by.row(0) == []
    assert left.facilities.tasks.row(0) == [0]
    assert left.neighbourhoods.water_tasks.row(0) == [1]
    assert left.neighbourhoods.home_tasks.row(0) == []
    assert left.neighbourhoods.has_now[0].tolist() == [True, False, False, False, True]
    assert left.horizon_days == 98.0
    assert now.past_service_day[0, 0] == 2.0


def test_work_under_way_is_ended_by_a_stand_in_and_nobody_can_break_it_off() -> None:
    problem = Town(jobs=(Job(days=6.0), Job(days=1.0)), homes=(Home(water=(1,)),)).problem()
    now = remaining(problem, in_order(problem, 0, 1).plan, 2.0)

    assert now.problem.n_teams == now.n_teams + 1
    assert now.problem.teams.free_from_day.tolist() == [4.0, 0.0]
    assert now.problem.may_do().tolist() == [[False, True], [True, False]]
    coming = in_order(now.problem, 1, 0)
    whole = now.stitched(coming.plan)
    assert whole == Plan(assignments=(Assignment(0.0, 6.0, 0, 0), Assignment(6.0, 7.0, 1, 0)))
    assert now.value(coming.served.person_days) == served_by(problem, whole).person_days


def test_a_team_on_its_way_goes_on_and_one_that_waits_for_the_road_does_not() -> None:
    town = Town(
        jobs=(Job(days=1.0, node=1), Job(days=9.0, node=0, other=2), Job(days=1.0, node=2)),
        crews=(Crew(), Crew(skills=(0,)), Crew(skills=(WATER_WORKS,))),
        streets=(Street(ends=(0, 1)), Street(ends=(0, 2), blocked_by=(1,))),
        n_nodes=3,
        day_per_street=3.0,
    )
    problem = town.problem()
    plan = Plan(
        assignments=(
            Assignment(3.0, 4.0, 0, 0),
            Assignment(0.0, 9.0, 1, 1),
            Assignment(9.5, 10.5, 2, 0),
        )
    )

    assert leaving_days(problem, plan) == {0: 0.0, 1: 0.0, 2: 3.5}
    on_its_way = remaining(problem, plan, 1.0)
    assert [work.task for work in on_its_way.settled] == [1, 0]
    assert on_its_way.problem.tasks.duration_days.tolist() == [3.0, 8.0, 1.0]
    waiting = remaining(problem, plan, 8.0)
    assert waiting.task_of.tolist() == [1, 2]
    assert waiting.problem.teams.base.tolist()[:2] == [1, 0]
    assert waiting.problem.teams.free_from_day.tolist() == [0.0, 1.0, 0.0, 0.0]


def test_on_day_0_all_remains() -> None:
    problem = two_banks().problem()

    now = remaining(problem, Plan(assignments=()), 0.0)

    assert now.task_of.tolist() == list(range(problem.n_tasks))
    assert now.past_person_days == 0
    assert now.problem.n_teams == problem.n_teams


@pytest.mark.parametrize("day", [-1.0, 100.0])
def test_a_day_outside_the_horizon_is_refused(day: float) -> None:
    problem = two_banks().problem()
    with pytest.raises(ValueError, match="not within the horizon"):
        remaining(problem, Plan(assignments=()), day)


def test_a_team_that_comes_late_comes_as_late_as_before() -> None:
    town = Town(jobs=(Job(),), crews=(Crew(free_from_day=5.0), Crew(free_from_day=np.inf)))
    now = remaining(town.problem(), Plan(assignments=()), 2.0)

    assert now.problem.teams.free_from_day.tolist() == [3.0, np.inf]


def test_tasks_taken_as_finished_leave_the_problem() -> None:
    problem = two_banks().problem()

    left, task_of = without(problem, np.arange(problem.n_tasks) < 2)

    assert task_of.tolist() == [2, 3, 4, 5, 6]
    assert left.tasks.before.row(0) == []
    assert left.facilities.tasks.row(1) == [0]


def test_a_problem_without_services_has_no_past() -> None:
    problem = replace(two_banks().problem(), weights=np.zeros(5))

    assert remaining(problem, in_order(problem, 0).plan, 3.0).past_person_days == 0
