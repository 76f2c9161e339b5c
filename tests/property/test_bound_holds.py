"""No plan is below the bound, however fine the grid and however the tasks go together."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from takatuf.planning.bounding.case import case_of
from takatuf.planning.bounding.grid import Grid
from takatuf.planning.bounding.pace import last_days
from takatuf.planning.bounding.relaxation import value_by
from takatuf.planning.checking import served_by
from takatuf.planning.simulating import city_of, crews_of, setting_of, simulate
from tests.builders_bundles import random_bundles
from tests.builders_planning import random_town
from tests.property.test_plans_keep_the_rules import all_plans

ROUNDING_SHARE = 1e-7

seeds = st.integers(0, 2**32 - 1)
days = st.integers(1, 20).map(lambda halves: halves / 2)


@given(seeds, st.integers(1, 30), st.floats(0.2, 1.0))
def test_tasks_that_go_together_are_not_counted_too_dear(
    seed: int, n_steps: int, share: float
) -> None:
    problem = random_bundles(np.random.default_rng(seed), 2, 3).problem()
    best = min(served_by(problem, plan).person_days for plan in all_plans(problem))
    case = case_of(problem)

    assert case.chains_value <= best * (1.0 + ROUNDING_SHARE)
    if case.open_events:
        grid = Grid.even(share * case.horizon_days, case.horizon_days, n_steps)
        value = value_by(case, grid)
        assert value is not None
        assert value <= best * (1.0 + ROUNDING_SHARE)


@given(seeds, st.lists(days, min_size=1, max_size=6, unique=True))
def test_no_plan_of_a_larger_town_is_below_the_bound(seed: int, ends: list[float]) -> None:
    rng = np.random.default_rng(seed)
    problem = random_town(rng, 14).problem()
    case = case_of(problem)
    grid = Grid((*(end for end in sorted(ends) if end < case.horizon_days), case.horizon_days))
    value = value_by(case, grid) if case.open_events else case.chains_value

    city, crews, setting = city_of(problem), crews_of(problem, 1), setting_of(problem)
    for _ in range(5):
        _, served = simulate(city, crews, setting, rng.random((1, problem.n_tasks)))
        assert value is not None
        assert value <= served.person_days * (1.0 + ROUNDING_SHARE)


@given(st.lists(days, min_size=1, max_size=8), days, days, st.data())
def test_means_of_a_growing_share_limit_its_means_elsewhere(
    lengths: list[float], first: float, length: float, data: st.DataObject
) -> None:
    grid = Grid(tuple(np.cumsum(lengths).tolist()))
    turns = data.draw(st.lists(st.floats(0.0, 30.0), min_size=1, max_size=3))

    def mean(start: float, end: float) -> float:
        return float(np.mean([max(end - max(turn, start), 0.0) for turn in turns]) / (end - start))

    means = [mean(*step) for step in zip(grid.starts, grid.ends, strict=True)]
    above = sum(part * [*means, 1.0][step] for step, part in grid.at_most(first, first + length))
    below = grid.at_least(first, first + length)

    assert mean(first, first + length) * length <= above + 1e-9
    assert below < 0 or means[below] <= mean(first, first + length) + 1e-9


@given(st.lists(st.tuples(days, days), min_size=1, max_size=6), st.integers(1, 4), days)
def test_no_more_can_be_left_than_the_teams_and_each_task_allow(
    tasks: list[tuple[float, float]], n_teams: int, since: float
) -> None:
    pace = last_days([own for own, _ in tasks], [tail for _, tail in tasks], n_teams)
    turns = [0.0, since, *(turn for own, tail in tasks for turn in (tail, tail + own))]

    def left(day: float) -> float:
        each = sum(min(own, max(day - tail, 0.0)) for own, tail in tasks)
        return each + n_teams * (since - day)

    allowed = min(left(turn) for turn in turns if turn <= since)
    found = sum(
        stretch.teams * (min(stretch.last, since) - min(stretch.first, since)) for stretch in pace
    )

    np.testing.assert_allclose(found, allowed, atol=1e-9)
    np.testing.assert_allclose(
        sum((stretch.last - stretch.first) * stretch.teams for stretch in pace),
        sum(own for own, _ in tasks),
    )
