from dataclasses import replace

import numpy as np
import pytest

from takatuf.planning.checking import served_by
from takatuf.planning.explaining.stability import Stability, stability_of
from takatuf.planning.explaining.weightings import (
    WeightingRules,
    draw_weightings,
    weighting_rules,
)
from takatuf.planning.explaining.worth import COMING_HOME
from takatuf.planning.plan import Plan, Served
from takatuf.planning.problem import HOME, PlanningProblem
from takatuf.planning.simulating import city_of, crews_of, setting_of, simulate
from tests.builders_planning import POWER_WORKS, WATER_WORKS, Home, Job, Town, two_banks
from tests.unit.planning.test_checking import plan_of

FEW = WeightingRules(
    n=40,
    first=(1, 2),
    services_concentration=20.0,
    neighbourhoods_shape=4.0,
    n_checks=2,
    n_tau=10,
    evaluations=20,
)


def stability(problem: PlanningProblem, plan: Plan, rules: WeightingRules = FEW) -> Stability:
    return stability_of(problem, plan, served_by(problem, plan), 1, rules)


def simulated(problem: PlanningProblem, *keys: float) -> tuple[Plan, Served]:
    game = city_of(problem), crews_of(problem, 1), setting_of(problem)
    return simulate(*game, np.array([keys]))


def test_the_rules_that_are_shipped_draw_ten_thousand_weightings() -> None:
    assert (weighting_rules().n, weighting_rules().first) == (10_000, (10, 50))


def test_weights_are_drawn_around_those_of_the_request() -> None:
    problem = replace(two_banks().problem(), weights=np.array([1.0, 3.0, 0.0, 2.0, 2.0]))
    problem = replace(problem, return_weight=0.5)
    drawn = draw_weightings(problem, replace(FEW, n=4000), 1)

    assert drawn.of_cells[:, :COMING_HOME].mean(axis=0) == pytest.approx(problem.weights, abs=0.05)
    assert (drawn.of_cells[:, 2] == 0).all()
    assert drawn.of_cells[:, COMING_HOME] == pytest.approx(drawn.of_cells[:, HOME] / 4.0)
    assert drawn.of_neighbourhoods.mean() == pytest.approx(1.0, abs=0.05)
    assert drawn.of_neighbourhoods.std() == pytest.approx(0.5, abs=0.05)


def test_where_nothing_counts_nothing_is_drawn() -> None:
    problem = replace(two_banks().problem(), weights=np.zeros(5), return_weight=1.0)
    drawn = draw_weightings(problem, FEW, 1)

    assert (drawn.of_cells[:, :COMING_HOME] == 0).all()
    assert (drawn.of_cells[:, COMING_HOME] == 1.0).all()
    assert {one.rank for one in stability(problem, plan_of()).tasks} == set(range(1, 8))


def test_a_task_that_all_others_need_stays_first() -> None:
    found = stability(two_banks().problem(), plan_of())

    bridge = found.tasks[0]
    assert (bridge.task, bridge.rank, bridge.ranks) == (0, 1, (1.0, 1.0, 1.0))
    assert bridge.among_first == (1.0, 1.0)
    assert [one.rank for one in found.tasks] == list(range(1, 8))
    assert found.tau.low <= found.tau.middle <= found.tau.high <= 1.0
    assert (found.n, found.n_tau, len(found.checks)) == (40, 10, 2)


def test_tasks_for_services_of_like_worth_change_places() -> None:
    problem = Town(
        jobs=(Job(skill=WATER_WORKS), Job(skill=POWER_WORKS)),
        homes=(Home(water=(0,)), Home(power=(1,))),
    ).problem()
    plan, _ = simulated(problem, 0.0, 1.0)
    found = stability(problem, plan, replace(FEW, n=400))

    shares = [one.among_first[0] for one in found.tasks]
    assert sum(shares) == pytest.approx(1.0)
    assert all(0.3 < share < 0.7 for share in shares)
    assert (found.tau.low, found.tau.high) == (-1.0, 1.0)


def test_what_hangs_on_a_task_goes_by_what_is_needed_not_by_busy_teams() -> None:
    problem = Town(
        jobs=(Job(skill=WATER_WORKS), Job(skill=WATER_WORKS)),
        homes=(Home(people=1.0, water=(0,)), Home(people=900.0, water=(1,))),
    ).problem()
    plan, _ = simulated(problem, 0.0, 1.0)  # the small one first: the large one waits for the team

    assert [one.task for one in stability(problem, plan).tasks] == [1, 0]


def test_a_plan_of_nothing_is_as_firm_as_can_be() -> None:
    problem = Town().problem()
    found = stability(problem, Plan(assignments=()))

    assert (found.tasks, found.tau) == ((), (1.0, 1.0, 1.0))
    assert all(check.shared == (1.0, 1.0) for check in found.checks)


def test_the_same_seed_gives_the_same_answer_and_progress_is_told() -> None:
    problem, plan = two_banks().problem(), plan_of()
    told: list[tuple[str, int, int]] = []

    found = stability_of(
        problem, plan, served_by(problem, plan), 1, FEW, lambda *how: told.append(how)
    )

    assert found == stability(problem, plan)
    assert told == [
        ("ranking tasks under other weights", 40, 40),
        ("searching plans for other weights", 1, 2),
        ("searching plans for other weights", 2, 2),
    ]


def test_who_comes_home_counts_in_the_check_too() -> None:
    problem = two_banks().problem()
    people = replace(
        problem.neighbourhoods,
        displaced=np.array([50.0, 700.0]),
        returns_per_day=np.array([5.0, np.inf]),
    )
    problem = replace(problem, neighbourhoods=people, return_weight=1.0)

    assert len(stability(problem, plan_of()).checks) == 2
