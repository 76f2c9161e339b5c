import numpy as np

from takatuf.planning.checking import served_by
from takatuf.planning.explaining.instead import Counterfactual, counterfactual
from takatuf.planning.explaining.rerunning import Rerun, rerun
from takatuf.planning.plan import Assignment, Plan
from takatuf.planning.simulating import city_of, crews_of, setting_of, simulate
from tests.builders_planning import WATER_WORKS, Crew, Home, Job, Town, two_banks
from tests.unit.planning.test_checking import plan_of


def two_quarters() -> Town:
    """One crew that can repair the pipes of a large quarter or of a small one first."""
    return Town(
        jobs=(Job(days=2.0, skill=WATER_WORKS), Job(days=3.0, skill=WATER_WORKS)),
        homes=(Home(people=1000.0, water=(0,)), Home(people=100.0, water=(1,))),
    )


def run_again(town: Town, *order: float, holds: tuple[float, ...] = ()) -> Rerun:
    problem = town.problem()
    game = city_of(problem), crews_of(problem, 1), setting_of(problem)
    held = np.array(holds or [0.0] * problem.n_tasks)
    return rerun(problem, *simulate(*game, np.array([order]), held))


def explained(task: int, town: Town | None = None) -> Counterfactual:
    return counterfactual(run_again(town or two_quarters(), 0.0, 1.0), task)


def test_what_a_task_is_worth_is_what_is_lost_without_it() -> None:
    found = explained(0)

    # water in the large quarter never instead of on day 2; in the small one on day 3, not 5
    assert found.never.person_days == 1000.0 * 98.0 - 100.0 * 2.0
    assert found.never.by_neighbourhood == ((0, 98_000.0), (1, -200.0))


def test_a_week_later_is_a_week_after_the_team_would_have_left() -> None:
    found = explained(0)

    # the small quarter comes first then, on day 3; the large one from day 7 to day 9
    assert found.a_week_later.by_neighbourhood == ((0, 7_000.0), (1, -200.0))
    assert found.leaves_day == 0.0


def test_the_alternative_is_tried_in_the_place_of_the_task() -> None:
    found = explained(0)

    (other,) = found.instead
    assert (other.task, other.is_next, other.is_ready, other.start_day) == (1, True, True, 2.0)
    assert other.loss.person_days == 3.0 * 1000.0 - 2.0 * 100.0
    assert found.n_ready == 1


def test_nothing_comes_instead_of_the_last_task() -> None:
    found = explained(1)

    assert (found.instead, found.n_ready) == ((), 0)
    assert found.never.by_neighbourhood == ((1, 9_500.0),)


def test_only_so_many_alternatives_are_tried() -> None:
    town = Town(jobs=[Job() for _ in range(5)])
    found = counterfactual(run_again(town, 0.0, 1.0, 2.0, 3.0, 4.0), 0, n_first=2)

    assert ([other.task for other in found.instead], found.n_ready) == ([1, 2], 4)
    assert [other.is_next for other in found.instead] == [True, False]


def test_a_plan_whose_team_waited_for_better_work_comes_out_again() -> None:
    town = Town(
        jobs=(Job(days=1.0), Job(days=1.0, before=(0,)), Job(days=9.0)),
        crews=(Crew(), Crew(free_from_day=0.5)),
        homes=(Home(housing=(1,)),),
    )
    # job 2 is ready from the start, and both crews leave it until day 3
    found = run_again(town, 0.0, 1.0, 2.0, holds=(0.0, 0.0, 3.0))

    assert found.mismatch_person_days == 0.0
    assert {work.task: work.start_day for work in found.plan.assignments}[1] == 1.0


def test_a_hold_that_matters_is_found_again() -> None:
    town = Town(
        jobs=(Job(days=1.0), Job(days=1.0, skill=WATER_WORKS, before=(0,)), Job(days=9.0)),
        crews=(Crew(skills=(0, WATER_WORKS)),),
        homes=(Home(housing=(1,)), Home(people=1.0, housing=(2,))),
    )
    found = run_again(town, 0.0, 2.0, 1.0, holds=(0.0, 0.0, 2.5))

    assert found.mismatch_person_days == 0.0
    assert [work.task for work in found.plan.assignments] == [0, 1, 2]


def test_a_plan_of_another_making_says_how_far_off_it_comes_out() -> None:
    problem = two_banks().problem()
    plan = plan_of((4, 1, 20.0, 22.0))
    found = rerun(problem, plan, served_by(problem, plan))

    assert found.served.person_days - served_by(problem, plan).person_days == (
        found.mismatch_person_days
    )


def test_of_teams_that_leave_at_once_none_needs_to_be_the_nearest() -> None:
    town = Town(
        jobs=(Job(node=0), Job(node=1)),
        crews=(Crew(base=0), Crew(base=1)),
        streets=(),
        n_nodes=2,
        hubs=(0, 1),
    ).problem()
    town.roads.travel_days[:] = [[0.0, 1.0], [1.0, 0.0]]
    crossed = Plan(assignments=(Assignment(1.0, 2.0, 0, 1), Assignment(1.0, 2.0, 1, 0)))

    found = rerun(town, crossed, served_by(town, crossed))

    assert [work.start_day for work in found.plan.assignments] == [0.0, 0.0]
