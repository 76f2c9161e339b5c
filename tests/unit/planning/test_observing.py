import numpy as np
import pytest

from takatuf.planning.checking import problems_of
from takatuf.planning.comparing import keys_of, observant, try_ways
from takatuf.planning.comparing.one_by_one import naive
from takatuf.planning.comparing.telling import Told
from takatuf.planning.plan import Assignment, Plan
from tests.builders_comparing import effort, in_order, two_roads
from tests.builders_planning import (
    CLEARANCE,
    WATER_WORKS,
    Crew,
    Home,
    Job,
    Plant,
    Town,
    random_town,
    two_banks,
)

NOBODY = Told(None, 0, 1)


def test_who_looks_sees_how_much_is_missing_whoever_is_to_do_it() -> None:
    # By its naive plan each begins with the larger quarter, as if the other had done its part.
    # But there the clearer needs 30 days, so both turn to the smaller one.
    town = Town(
        jobs=(
            Job(days=3.0),
            Job(days=30.0),
            Job(days=9.0, skill=WATER_WORKS, before=(0,)),
            Job(days=9.0, skill=WATER_WORKS, before=(1,)),
        ),
        crews=(Crew(skills=(CLEARANCE,)), Crew(skills=(WATER_WORKS,), organisation=1)),
        homes=(Home(people=100.0, water=(2,)), Home(people=101.0, water=(3,))),
        serves=((1,), (1,)),
    )
    problem = town.problem()
    alone = in_order(problem, 1, 0, 3, 2)
    rows = np.repeat(alone.keys, 2, axis=0)

    found = observant(problem, alone._replace(keys=rows), effort(problem), NOBODY)

    assert [work.task for work in found.plan.assignments] == [0, 2, 1, 3]
    assert problems_of(problem, found.plan, found.served) == ()


def test_what_it_can_bring_about_alone_is_ordered_by_search() -> None:
    # By worth per day of work the one long task comes first, and so does the search have it.
    town = Town(
        jobs=tuple(Job(days=days, skill=WATER_WORKS) for days in (4.0, 3.0, 3.0)),
        crews=(Crew(),),
        homes=(Home(people=60.0, water=(0,)), Home(people=50.0, water=(1, 2))),
        weights=(0.0, 1.0, 0.0, 0.0, 0.0),
    )
    problem = town.problem()
    alone = naive(problem, effort(problem), NOBODY)

    found = observant(problem, alone, effort(problem), NOBODY)

    assert found.served.person_days == 60 * 4 + 50 * 10


def test_all_keep_the_rules_whatever_the_town_and_together_is_never_worse() -> None:
    rng = np.random.default_rng(3)
    for seed in range(6):
        problem = random_town(rng, 9).problem()
        tried = try_ways(problem, 30, seed, every_days=2.0)
        values = [way.served.person_days for way in tried]
        assert values[3] == min(values)
        for way in tried:
            assert problems_of(problem, way.plan, way.served) == ()


def test_what_never_works_and_what_is_out_of_reach_is_no_goal() -> None:
    town = Town(
        jobs=(Job(skill=WATER_WORKS, node=0), Job(node=1), Job(skill=WATER_WORKS, before=(1,))),
        crews=(Crew(skills=(WATER_WORKS,)), Crew(organisation=1, skills=())),
        plants=(Plant(tasks=(2,)), Plant(never_works=True)),
        homes=(Home(water=(0,), water_from=0), Home(power_from=1)),
        n_nodes=2,
    )
    problem = town.problem()
    tried = try_ways(problem, 20, 1)

    assert [work.task for work in tried.observant.plan.assignments] == [0]


def test_it_ends_with_the_horizon() -> None:
    problem = Town(jobs=(Job(days=5.0), Job(days=5.0)), horizon_days=6.0).problem()
    tried = try_ways(problem, 10, 1, every_days=4.0)

    assert [work.end_day for work in tried.observant.plan.assignments] == [5.0, 10.0]


def test_the_four_ways_are_told_as_one_work() -> None:
    told: list[tuple[int, int]] = []

    try_ways(two_banks().problem(), 600, 1, lambda done, total, _: told.append((done, total)))

    assert told == sorted(told)
    assert told[-1] == (2400, 2400)


def test_the_same_seed_gives_the_same_ways() -> None:
    one, other = (try_ways(two_roads().problem(), 40, 2) for _ in range(2))

    assert [way.plan for way in one] == [way.plan for way in other]


def test_keys_of_a_plan_go_by_the_day_of_leaving() -> None:
    town = Town(jobs=(Job(node=1), Job()), crews=(Crew(), Crew()), n_nodes=2)
    problem = town.problem()
    problem.roads.travel_days[:] = np.array([[0.0, 3.0], [3.0, 0.0]])
    plan = Plan(assignments=(Assignment(3.0, 4.0, 0, 0), Assignment(1.0, 2.0, 1, 1)))

    assert keys_of(problem, plan).tolist() == pytest.approx([0.0, 0.5])
