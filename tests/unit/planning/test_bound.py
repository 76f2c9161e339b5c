import numpy as np
import pytest

from takatuf.planning import bound
from takatuf.planning.bound import bound_of
from takatuf.planning.solvers.annealing import search, together
from tests.builders_planning import (
    CLEARANCE,
    WATER_WORKS,
    Crew,
    Home,
    Job,
    Street,
    Town,
    random_town,
    two_banks,
)

ONLY_WATER = (0.0, 1.0, 0.0, 0.0, 0.0)


def test_the_longest_chain_is_part_of_the_bound() -> None:
    town = Town(
        jobs=(Job(days=2.0), Job(days=3.0, before=(0,))),
        homes=(Home(people=10.0, water=(1,)),),
        weights=ONLY_WATER,
    )

    assert bound_of(town.problem()) == pytest.approx(50.0)


def test_a_team_has_to_be_there_first_even_by_a_detour() -> None:
    town = Town(
        jobs=(Job(days=2.0, node=1),),
        crews=(Crew(free_from_day=4.0),),
        streets=(Street(ends=(0, 1)),),
        n_nodes=2,
        day_per_street=0.5,
        homes=(Home(people=10.0, water=(0,)),),
        weights=ONLY_WATER,
    )

    assert bound_of(town.problem()) == pytest.approx(65.0)


def test_what_never_comes_back_costs_the_whole_horizon() -> None:
    town = Town(
        jobs=(Job(skill=WATER_WORKS),),
        crews=(Crew(skills=(CLEARANCE,)),),
        homes=(Home(people=10.0, water=(0,)),),
        weights=ONLY_WATER,
    )

    assert bound_of(town.problem()) == pytest.approx(1000.0)


def test_few_teams_raise_the_bound_above_the_longest_chain() -> None:
    town = Town(
        jobs=tuple(Job(days=5.0) for _ in range(8)),
        homes=tuple(Home(people=10.0, water=(task,)) for task in range(8)),
        weights=ONLY_WATER,
    )
    problem = town.problem()
    best = 10.0 * 5.0 * sum(range(1, 9))  # one team, one task after the other

    assert 0.9 * best < bound_of(problem, near=best) <= best


def test_work_that_many_share_is_counted_once() -> None:
    town = Town(
        jobs=(Job(days=20.0), *(Job(days=2.0, before=(0,)) for _ in range(4))),
        homes=tuple(Home(people=10.0, water=(task,)) for task in range(1, 5)),
        weights=ONLY_WATER,
    )
    problem = town.problem()
    best = search(problem, together(problem), 100, seed=1).value

    assert 0.9 * best < bound_of(problem, near=best) <= best


def test_a_bound_needs_no_value_of_a_plan() -> None:
    problem = two_banks().problem()

    assert 0 < bound_of(problem) <= search(problem, together(problem), 200, seed=1).value


def test_prices_that_nothing_can_improve_are_left_alone() -> None:
    problem = random_town(np.random.default_rng(1089), 4).problem()

    assert 0 <= bound_of(problem) < np.inf


def test_where_nothing_is_missing_the_bound_is_nought() -> None:
    assert bound_of(Town(weights=ONLY_WATER).problem()) == 0


def test_plain_and_compiled_code_prove_the_same(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr(bound, "ROUNDS", 12)
    monkeypatch.setattr(bound, "N_STEPS", 20)
    town = Town(
        jobs=tuple(Job(days=days) for days in (9.0, 0.5, 30.0, 12.0)),
        homes=tuple(Home(people=10.0 * (task + 1), water=(task, 0)) for task in range(4)),
        weights=ONLY_WATER,
    )
    rng = np.random.default_rng(2)
    towns = [town.problem(), two_banks().problem()]
    towns += [random_town(rng, 9).problem() for _ in range(12)]
    compiled = [bound_of(problem, near=5e4) for problem in towns]

    request.getfixturevalue("plain_python")

    np.testing.assert_allclose([bound_of(problem, near=5e4) for problem in towns], compiled)
