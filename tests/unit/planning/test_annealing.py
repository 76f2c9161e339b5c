from itertools import permutations

import numpy as np
import pytest

from takatuf.planning.checking import problems_of
from takatuf.planning.problem import NONE, PlanningProblem
from takatuf.planning.simulating import Game, city_of, crews_of, setting_of, simulate, value_of
from takatuf.planning.solvers.annealing import Aim, search, together
from takatuf.planning.solvers.annealing.packages import greedy_keys, packages_of
from tests.builders_planning import (
    CLEARANCE,
    WATER_WORKS,
    Crew,
    Home,
    Job,
    Plant,
    Street,
    Town,
    two_banks,
)


def best_of_all_orders(problem: PlanningProblem) -> float:
    game = Game(city_of(problem), crews_of(problem, 1), setting_of(problem))
    orders = permutations(range(problem.n_tasks))
    none = np.zeros(problem.n_tasks)
    return min(value_of(game, np.array([order], dtype=float), none) for order in orders)


def test_the_best_order_of_a_small_town_is_found() -> None:
    problem = two_banks().problem()

    found = search(problem, together(problem), 400, seed=1)

    assert found.value == best_of_all_orders(problem)


def test_the_keys_that_are_found_lead_to_a_plan_that_keeps_all_rules() -> None:
    problem = two_banks().problem()
    found = search(problem, together(problem), 50, seed=1)

    plan, served = simulate(
        city_of(problem), crews_of(problem, 1), setting_of(problem), found.keys, found.holds
    )

    assert served.person_days == found.value
    assert problems_of(problem, plan, served) == ()


def test_the_same_seed_gives_the_same_keys() -> None:
    problem = two_banks().problem()

    one, other = (search(problem, together(problem), 60, seed=7) for _ in range(2))

    np.testing.assert_array_equal(one.keys, other.keys)


def test_plain_and_compiled_search_find_the_same(request: pytest.FixtureRequest) -> None:
    problem = two_banks().problem()
    compiled = search(problem, together(problem), 80, seed=3)

    request.getfixturevalue("plain_python")
    plain = search(problem, together(problem), 80, seed=3)

    np.testing.assert_allclose(plain.keys, compiled.keys)
    assert plain.value == pytest.approx(compiled.value)


def test_the_result_is_never_worse_than_a_start_that_is_given() -> None:
    problem = two_banks().problem()
    good = search(problem, together(problem), 400, seed=1)

    again = search(problem, together(problem), 3, seed=2, starts=(good.keys[0],))

    assert again.value <= good.value


def test_progress_is_told_until_the_last_evaluation() -> None:
    problem = two_banks().problem()
    told: list[tuple[int, int, float]] = []

    found = search(problem, together(problem), 700, 1, on_progress=lambda *now: told.append(now))

    done = [now[0] for now in told]
    assert done == sorted(done)
    assert told[-1] == (700, 700, found.value)


def test_a_search_can_be_interrupted() -> None:
    problem = two_banks().problem()

    def interrupt(*_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        search(problem, together(problem), 1000, seed=1, on_progress=interrupt)


def test_only_the_row_of_the_aim_is_changed() -> None:
    problem = two_banks().problem()
    keys = np.full((3, problem.n_tasks), 0.5)

    found = search(problem, Aim(keys=keys, row=1), 50, seed=1)

    np.testing.assert_array_equal(found.keys[[0, 2]], keys[[0, 2]])


def test_who_does_not_take_part_does_nothing() -> None:
    problem = two_banks().problem()
    aim = Aim(
        keys=np.zeros((3, problem.n_tasks)),
        row=1,
        weights=np.array([1.0, 0.0, 0.0, 0.0, 0.0]),
        takes_part=np.array([False, True, True]),
    )

    found = search(problem, aim, 20, seed=1)

    assert found.value == 400 * problem.horizon_days  # nobody opens the bridge


def test_without_tasks_there_is_nothing_to_search() -> None:
    problem = Town().problem()

    assert search(problem, together(problem), 10, seed=1).keys.shape == (1, 0)


def test_tasks_of_one_skill_are_searched_in_one_go() -> None:
    problem = Town(
        jobs=tuple(Job(days=days) for days in (5.0, 1.0, 3.0)),
        homes=tuple(Home(water=(task,)) for task in range(3)),
    ).problem()

    assert search(problem, together(problem), 50, seed=1).value == best_of_all_orders(problem)


def test_a_package_holds_the_whole_chain_and_the_shorter_way() -> None:
    town = Town(
        jobs=(
            Job(days=9.0, node=0, other=1),  # 0: the long way to the quarter
            Job(days=1.0, node=2, other=0),  # 1: the short way to it, first half
            Job(days=1.0, node=1, other=2),  # 2: second half
            Job(days=1.0, node=1),  # 3: mines at the pump
            Job(days=1.0, node=1, skill=WATER_WORKS, before=(3,)),  # 4: the pump
            Job(days=1.0, node=1),  # 5: its power
            Job(days=1.0, node=0),  # 6: a clinic near by
        ),
        streets=(
            Street(ends=(0, 1), blocked_by=(0,)),
            Street(ends=(0, 2), blocked_by=(1,)),
            Street(ends=(2, 1), blocked_by=(2,)),
        ),
        plants=(
            Plant(node=1, tasks=(5,)),
            Plant(node=1, tasks=(4,), depends_on=(0,)),
            Plant(node=0, tasks=(6,)),
            Plant(node=0, never_works=True),
        ),
        homes=(
            Home(node=1, water_from=1, clinics=(3, 1, 2), housing=(0,), has_now=(2,)),
            Home(node=0, power=(6,), power_from=NONE),
        ),
        n_nodes=3,
        home_needs=(2, 4),
    )

    packages = packages_of(town.problem())

    rows = [packages.row(row) for row in range(len(packages))]
    assert rows == [
        *([1, 2], []),
        *([1, 2, 3, 4, 5], []),
        *([], [6]),
        *([1, 2, 6], []),
        *([0, 1, 2], [6]),
    ]


def test_the_way_round_work_that_nobody_can_do_is_taken() -> None:
    town = Town(
        jobs=(Job(days=0.5, skill=WATER_WORKS, node=0, other=1), Job(days=50.0, node=0, other=1)),
        crews=(Crew(skills=(CLEARANCE,)),),
        streets=(Street(ends=(0, 1), blocked_by=(0,)), Street(ends=(0, 1), blocked_by=(1,))),
        homes=(Home(node=1),),
        n_nodes=2,
    )

    assert packages_of(town.problem()).row(0) == [1]


def test_the_greedy_order_begins_with_the_most_people_per_day_of_work() -> None:
    problem = Town(
        jobs=(Job(days=4.0), Job(days=1.0), Job(days=1.0)),
        homes=(Home(people=300.0, water=(0,)), Home(people=100.0, water=(1,), has_now=(0,))),
        weights=(0.0, 1.0, 0.0, 0.0, 0.0),
    ).problem()

    keys = greedy_keys(problem, packages_of(problem), setting_of(problem).people_weight)

    assert keys.tolist() == [0.5, 0.0, 1.0]
