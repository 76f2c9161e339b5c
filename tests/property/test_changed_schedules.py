"""A schedule that is made anew from the first turned decision on is the whole schedule."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from takatuf.planning.checking import problems_of
from takatuf.planning.problem import Flags, PlanningProblem
from takatuf.planning.simulating import (
    Game,
    city_of,
    crews_of,
    setting_of,
    simulate,
    value_of,
)
from takatuf.planning.solvers.annealing.moving import moves_of
from takatuf.planning.solvers.annealing.packages import packages_of
from takatuf.planning.solvers.annealing.positions import position_at
from takatuf.planning.solvers.annealing.walking import walk
from tests.builders_planning import random_town

seeds = st.integers(0, 2**32 - 1)
MILD, HOT = 10.0, 1e9  # of losses, some or all are accepted


def some_tasks(rng: np.random.Generator, problem: PlanningProblem, share: float) -> Flags:
    return np.asarray(rng.random(problem.n_tasks) < share)


@given(seeds, st.sampled_from([MILD, HOT]), st.sampled_from(["one row", "each its own"]))
def test_after_any_walk_the_value_carried_along_is_that_of_the_whole_schedule(
    seed: int, heat: float, rows: str
) -> None:
    rng = np.random.default_rng(seed)
    problem = random_town(rng, int(rng.integers(1, 15))).problem()
    n_rows = 1 if rows == "one row" else len(problem.organisations)
    setting = setting_of(
        problem,
        is_done=some_tasks(rng, problem, 0.1),
        takes_no_time=some_tasks(rng, problem, 0.2),
    )
    game = Game(city_of(problem), crews_of(problem, n_rows), setting)
    keys, holds = rng.random((n_rows, problem.n_tasks)), np.zeros(problem.n_tasks)
    position = position_at(game, keys, holds, value_of(game, keys, holds))
    pool = np.arange(problem.n_tasks)
    moves = moves_of(problem, packages_of(problem), int(rng.integers(n_rows)), pool, 0.2)

    walk(game, moves, position, np.full(200, heat), rng)

    order = position.order
    assert position.values[0] == value_of(game, order.keys, order.holds)
    assert position.values[1] == value_of(game, position.best_keys, position.best_holds)
    np.testing.assert_array_equal(position.now.start_day, position.trial.start_day)
    np.testing.assert_array_equal(position.now.ready_day, position.trial.ready_day)


@given(seeds)
def test_a_plan_with_held_tasks_keeps_all_rules(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = random_town(rng, int(rng.integers(1, 15))).problem()
    keys, holds = rng.random((1, problem.n_tasks)), rng.integers(5, size=problem.n_tasks) / 2

    plan, served = simulate(
        city_of(problem), crews_of(problem, 1), setting_of(problem), keys, holds
    )

    assert problems_of(problem, plan, served) == ()
