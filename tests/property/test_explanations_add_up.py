"""Random small towns: what is explained about a plan agrees with the plan and with itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from takatuf.planning.causes import causes_of
from takatuf.planning.explaining.instead import counterfactual
from takatuf.planning.explaining.reasons import reasons_of
from takatuf.planning.explaining.rerunning import rerun
from takatuf.planning.explaining.waiting import waits_of
from takatuf.planning.explaining.worth import hanging_on, lost, weights_of, won
from takatuf.planning.plan import Plan, Served
from takatuf.planning.problem import PlanningProblem
from takatuf.planning.simulating import city_of, crews_of, setting_of, simulate
from tests.builders_planning import random_town

seeds = st.integers(0, 2**32 - 1)
VALUES = 1e-6  # weighted person-days of towns of a thousand people


def a_plan(seed: int) -> tuple[PlanningProblem, Plan, Served]:
    rng = np.random.default_rng(seed)
    problem = random_town(rng, int(rng.integers(1, 15))).problem()
    keys = rng.random((1, problem.n_tasks))
    game = city_of(problem), crews_of(problem, 1), setting_of(problem)
    return problem, *simulate(*game, keys)


@given(seeds)
def test_a_plan_of_the_simulator_comes_out_again_as_it_was(seed: int) -> None:
    _, plan, served = a_plan(seed)
    found = rerun(*a_plan(seed))

    assert found.mismatch_person_days == pytest.approx(0.0, abs=VALUES)
    assert np.array_equal(found.served.service_day, served.service_day)
    assert {w.task for w in found.plan.assignments} == {w.task for w in plan.assignments}


@given(seeds)
def test_the_days_of_the_causes_are_the_days_of_the_services(seed: int) -> None:
    problem, plan, served = a_plan(seed)
    causes = causes_of(problem, plan)
    days = np.array([[moment.day for moment in row] for row in causes.services])

    assert np.array_equal(days, served.service_day)


@given(seeds, seeds)
def test_losses_of_neighbourhoods_add_up_to_the_loss_of_all(one: int, other: int) -> None:
    problem, _, before = a_plan(one)
    keys = np.random.default_rng(other).random((1, problem.n_tasks))
    game = city_of(problem), crews_of(problem, 1), setting_of(problem)
    _, after = simulate(*game, keys)

    total = float(lost(problem, before, after).sum())
    assert total == pytest.approx(after.person_days - before.person_days, abs=VALUES)
    by_cell = (won(problem, before) - won(problem, after)) @ weights_of(problem).of_cells
    if problem.neighbourhoods.displaced is None or not problem.neighbourhoods.displaced.any():
        assert np.allclose(by_cell, lost(problem, before, after), atol=VALUES)


@given(seeds)
def test_what_hangs_on_a_task_is_at_most_all_that_is_won(seed: int) -> None:
    problem, plan, served = a_plan(seed)
    causes = causes_of(problem, plan)
    earlier = {task: wait.task for task, wait in waits_of(problem, plan, causes).items()}
    cells = hanging_on(problem, served, causes, earlier).toarray()
    reasons = reasons_of(problem, plan, served)

    assert (cells <= won(problem, served).ravel() + VALUES).all()
    for reason in reasons:
        weighted = float(cells[reason.task] @ weights_of(problem).by_cell)
        assert reason.people_days == pytest.approx(weighted, abs=VALUES)


@given(seeds)
def test_losses_of_what_ifs_add_up_and_alternatives_are_others(seed: int) -> None:
    found = rerun(*a_plan(seed))
    tasks = [work.task for work in found.plan.assignments]
    if not tasks:
        return
    case = counterfactual(found, tasks[seed % len(tasks)])

    for loss in (case.never, case.a_week_later, *(other.loss for other in case.instead)):
        total = sum(person_days for _, person_days in loss.by_neighbourhood)
        assert loss.person_days == pytest.approx(total, abs=1e-3)
    assert case.task not in [other.task for other in case.instead]
    assert sum(other.is_next for other in case.instead) <= 1
