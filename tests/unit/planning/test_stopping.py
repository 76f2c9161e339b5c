from dataclasses import replace

import pytest

from takatuf.planning.bound import bound_of
from takatuf.planning.checking import problems_of
from takatuf.planning.simulating import city_of, crews_of, setting_of, simulate
from takatuf.planning.solvers.annealing import (
    AfterSeconds,
    Effort,
    after_evaluations,
    all_of,
    first_of,
    search,
    search_side_by_side,
    search_until,
    together,
    within_gap,
)
from tests.builders_planning import CLEARANCE, WATER_WORKS, Crew, Home, Job, Town, two_banks


class Watch:
    """A clock that goes on by a second each time it is looked at."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        self.now_s += 1.0
        return self.now_s


def test_a_rule_says_which_share_of_its_limit_is_used_up() -> None:
    assert after_evaluations(200)(Effort(50, 1.0)) == 0.25


def test_time_runs_from_the_first_question_on() -> None:
    rule = AfterSeconds(10.0, Watch())

    assert rule(Effort(0, 1.0)) == pytest.approx(0.1)
    assert rule(Effort(0, 1.0)) == pytest.approx(0.2)


def test_rules_are_combined_by_the_first_or_by_the_last_of_them() -> None:
    rules = after_evaluations(100), after_evaluations(200)

    assert first_of(*rules)(Effort(100, 1.0)) == 1.0
    assert all_of(*rules)(Effort(100, 1.0)) == 0.5


def test_a_search_ends_when_the_plan_is_proven_to_be_good_enough() -> None:
    problem = Town(jobs=(Job(),), homes=(Home(water=(0,)),)).problem()
    stop = first_of(within_gap(bound_of(problem), 0.01), after_evaluations(100_000))

    found = search_until(problem, together(problem), stop, seed=1)

    assert found.evaluations < 1_000


def test_a_search_by_time_ends() -> None:
    problem = two_banks().problem()

    found = search_until(problem, together(problem), AfterSeconds(20.0, Watch()), seed=1)

    assert found.value == search(problem, together(problem), 2_000, 1).value


def test_searches_side_by_side_find_the_same_each_time_and_tell_what_they_did() -> None:
    problem = two_banks().problem()
    told: list[Effort] = []

    def run() -> tuple[float, int, list[float]]:
        stops = (after_evaluations(600), after_evaluations(600))
        found = search_side_by_side(problem, together(problem), stops, 3, on_progress=told.append)
        return found.value, found.evaluations, found.keys[0].tolist()

    one, other = run(), run()

    assert one == other
    assert told
    assert one[1] >= 1_200


def test_what_searches_side_by_side_find_keeps_all_rules() -> None:
    problem = two_banks().problem()
    stops = (after_evaluations(600), after_evaluations(600))
    found = search_side_by_side(problem, together(problem), stops, 1)

    plan, served = simulate(
        city_of(problem), crews_of(problem, 1), setting_of(problem), found.keys, found.holds
    )

    assert served.person_days == found.value
    assert problems_of(problem, plan, served) == ()


def test_a_task_may_be_held_back_for_one_that_is_worth_more() -> None:
    # Long work is ready at once; short work that serves many is ready half a day later.
    town = Town(
        jobs=(
            Job(days=0.5),
            Job(days=1.0, skill=WATER_WORKS, before=(0,)),
            Job(days=10.0, skill=WATER_WORKS),
        ),
        crews=(Crew(skills=(CLEARANCE,)), Crew(skills=(WATER_WORKS,))),
        homes=(Home(people=1000.0, water=(1,)), Home(people=1.0, water=(2,))),
        weights=(0.0, 1.0, 0.0, 0.0, 0.0),
    ).problem()
    never_waits = replace(together(town), may_hold=False)

    assert search(town, never_waits, 500, 1).value == 1000 * 11.0 + 10.0
    assert search(town, together(town), 3_000, 1).value == 1000 * 1.5 + 11.5
