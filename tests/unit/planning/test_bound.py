from dataclasses import replace

import pytest

from takatuf.planning import bound
from takatuf.planning.bound import bound_of, proven_bound
from takatuf.planning.bounding.program import Program
from takatuf.planning.solvers.annealing import search, together
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

ONLY_WATER = (0.0, 1.0, 0.0, 0.0, 0.0)
ONLY_ACCESS = (1.0, 0.0, 0.0, 0.0, 0.0)
ONLY_HEALTH = (0.0, 0.0, 0.0, 1.0, 0.0)

ONE_BY_ONE = Town(  # one team, eight tasks, and a home that waits for each
    jobs=tuple(Job(days=5.0) for _ in range(8)),
    homes=tuple(Home(people=10.0, water=(task,)) for task in range(8)),
    weights=ONLY_WATER,
)
ONE_BY_ONE_BEST = 10.0 * 5.0 * sum(range(1, 9))


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
    assert bound_of(ONE_BY_ONE.problem()) == pytest.approx(ONE_BY_ONE_BEST, rel=0.05)
    assert bound_of(ONE_BY_ONE.problem()) <= ONE_BY_ONE_BEST


def test_tasks_that_only_help_together_take_as_long_as_the_teams_need_for_all() -> None:
    jobs = tuple(Job(days=days) for days in (2.0, 2.0, 2.0, 1.0, 1.0))
    town = Town(
        jobs=jobs,
        crews=(Crew(), Crew()),
        homes=(Home(people=10.0, water=(0, 1, 2, 3, 4)),),
        weights=ONLY_WATER,
    )

    assert bound_of(town.problem()) == pytest.approx(40.0)
    assert bound_of(
        replace(town, jobs=jobs[:3], homes=(Home(people=10.0, water=(0, 1, 2)),)).problem()
    ) == pytest.approx(40.0)


def test_work_that_many_share_is_counted_once() -> None:
    town = Town(
        jobs=(Job(days=20.0), *(Job(days=2.0, before=(0,)) for _ in range(4))),
        homes=tuple(Home(people=10.0, water=(task,)) for task in range(1, 5)),
        weights=ONLY_WATER,
    )
    problem = town.problem()
    best = search(problem, together(problem), 100, seed=1).value

    assert 0.95 * best < bound_of(problem, near=best) <= best


def test_the_first_of_two_clinics_is_enough() -> None:
    town = Town(
        jobs=(Job(days=8.0), Job(days=3.0)),
        plants=(Plant(tasks=(0,)), Plant(tasks=(1,))),
        homes=(Home(people=10.0, clinics=(0, 1)),),
        weights=ONLY_HEALTH,
    )

    assert bound_of(town.problem()) == pytest.approx(30.0)


def test_work_on_a_road_may_begin_at_either_end() -> None:
    # The long way round opens after a day, and from there the work on the direct road begins.
    town = Town(
        jobs=(Job(days=1.0, node=0, other=2), Job(days=4.0, node=1, other=2)),
        streets=(
            Street(ends=(0, 2), blocked_by=(0,)),
            Street(ends=(1, 2), blocked_by=(1,)),
        ),
        n_nodes=3,
        homes=(Home(people=10.0, node=1),),
        weights=ONLY_ACCESS,
    )

    assert bound_of(town.problem()) == pytest.approx(50.0)


def test_a_place_is_reached_by_the_road_that_opens_first() -> None:
    town = Town(
        jobs=(Job(days=9.0, node=0, other=1), Job(days=2.0, node=0, other=1)),
        streets=(
            Street(ends=(0, 1), blocked_by=(0,)),
            Street(ends=(0, 1), blocked_by=(1,)),
        ),
        n_nodes=2,
        homes=(Home(people=10.0, node=1),),
        weights=ONLY_ACCESS,
    )

    assert bound_of(town.problem()) == pytest.approx(20.0)


def test_mandates_are_kept() -> None:
    everywhere, north = Crew(), Crew(areas=(0,))
    jobs = tuple(Job(days=4.0, area=1) for _ in range(3))
    homes = tuple(Home(people=10.0, water=(task,)) for task in range(3))
    town = Town(jobs=jobs, crews=(everywhere, north), homes=homes, weights=ONLY_WATER)

    assert bound_of(town.problem()) == pytest.approx(10.0 * (4.0 + 8.0 + 12.0), rel=0.05)


def test_a_bound_needs_no_value_of_a_plan_and_is_never_above_one() -> None:
    problem = two_banks().problem()

    assert 0 < bound_of(problem) <= search(problem, together(problem), 200, seed=1).value
    assert bound_of(problem, near=1.0) == 1.0


def test_where_nothing_is_missing_the_bound_is_nought() -> None:
    assert bound_of(Town(weights=ONLY_WATER).problem()) == 0
    assert proven_bound(Town(weights=ONLY_WATER).problem()).value == 0


def test_a_problem_too_large_for_a_quick_proof_gets_the_longest_chains(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bound, "QUICK_EFFORT", 1.0)

    assert bound_of(ONE_BY_ONE.problem()) == pytest.approx(8 * 50.0)


def test_a_long_proof_never_falls_and_ends_above_the_quick_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bound, "FINEST_STEPS", 60)
    told: list[float] = []
    problem = two_banks().problem()

    proof = proven_bound(problem, seconds=60.0, on_progress=lambda _, __, value: told.append(value))

    assert told == sorted(told)
    assert proof.value == told[-1] >= bound_of(problem)


def test_a_bound_that_meets_a_plan_ends_the_proof() -> None:
    told: list[float] = []
    problem = ONE_BY_ONE.problem()

    proof = proven_bound(
        problem, near=0.5 * ONE_BY_ONE_BEST, on_progress=lambda _, __, value: told.append(value)
    )

    assert len(told) == 1
    assert proof.method == "teams"
    assert proof.step_days is not None


def test_without_time_the_longest_chains_are_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Program, "solved", lambda *_, **__: None)

    proof = proven_bound(ONE_BY_ONE.problem(), seconds=0.0)

    assert proof.value == pytest.approx(8 * 50.0)
    assert (proof.method, proof.step_days) == ("chains", None)
