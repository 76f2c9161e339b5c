from dataclasses import replace

import numpy as np
import pytest

from takatuf.planning.checking import problems_of
from takatuf.planning.comparing import compare, keys_of, planning_order
from takatuf.planning.outcomes import NO_TEAM, NOT_REACHED, WAITS, curve_of, unmet_of
from takatuf.planning.plan import Assignment, Plan, Served, Status
from takatuf.planning.problem import PlanningProblem
from tests.builders_planning import (
    CLEARANCE,
    POWER_WORKS,
    WATER_WORKS,
    Crew,
    Home,
    Job,
    Street,
    Town,
    random_town,
    two_banks,
)


def values(problem: PlanningProblem, seed: int = 1) -> list[float]:
    found = compare(problem, 60, seed)
    ways = (found.alone, found.shared, found.together)
    for way in ways:
        assert problems_of(problem, way.outcome.plan, way.outcome.served) == ()
        assert 0 <= way.outcome.bound <= way.outcome.served.person_days
    return [way.outcome.served.person_days for way in ways]


def test_together_is_never_worse_than_shared_or_alone() -> None:
    rng = np.random.default_rng(5)

    for seed in range(5):
        alone, shared, together = values(random_town(rng, 8).problem(), seed)
        assert together <= min(alone, shared)


def test_who_plans_alone_takes_what_others_do_as_done() -> None:
    # Alone the clearer opens the road to the larger quarter first, as if the water were there
    # already; so the long repair is begun before the short one.
    town = Town(
        jobs=(
            Job(days=4.0, node=0, other=1),
            Job(days=4.0, node=0, other=2),
            Job(days=40.0, node=1, skill=WATER_WORKS),
            Job(days=1.0, node=2, skill=WATER_WORKS),
        ),
        crews=(Crew(skills=(CLEARANCE,)), Crew(skills=(WATER_WORKS,), organisation=1)),
        streets=(Street(ends=(0, 1), blocked_by=(0,)), Street(ends=(0, 2), blocked_by=(1,))),
        homes=(Home(people=101, node=1, water=(2,)), Home(people=100, node=2, water=(3,))),
        n_nodes=3,
        weights=(1.0, 3.0, 0.0, 0.0, 0.0),
        serves=((0,), (1,)),
    )

    alone, shared, together = values(town.problem())

    assert alone == 101 * (4 + 3 * 44) + 100 * (8 + 3 * 45)
    assert together == 101 * (8 + 3 * 48) + 100 * (4 + 3 * 5)
    assert together < shared <= alone


def test_the_gain_is_told_in_percent() -> None:
    found = compare(two_banks().problem(), 60, seed=1)
    alone, together = (way.outcome.served.person_days for way in (found.alone, found.together))

    assert found.gain_over_alone_percent == pytest.approx(100 * (1 - together / alone))
    assert 0 <= found.gain_over_shared_percent < 100


def test_the_same_seed_gives_the_same_comparison() -> None:
    one, other = (compare(two_banks().problem(), 60, seed=3) for _ in range(2))

    assert one.together.outcome.plan == other.together.outcome.plan
    assert one.alone.curve == other.alone.curve


def test_progress_runs_through_all_three_ways() -> None:
    told: list[tuple[int, int, float]] = []

    compare(two_banks().problem(), 600, 1, on_progress=lambda *now: told.append(now))

    assert [now[0] for now in told] == sorted(now[0] for now in told)
    assert told[-1][:2] == (1800, 1800)


def test_where_nothing_is_to_be_done_nothing_is_gained() -> None:
    found = compare(Town(homes=(Home(clinics=(), has_now=(3,)),)).problem(), 10, seed=1)

    assert found.together.outcome.status is Status.NOTHING_TO_DO
    assert found.together.outcome.gap == 0
    assert (found.gain_over_alone_percent, found.gain_over_shared_percent) == (0, 0)


def test_organisations_plan_in_the_order_in_which_work_follows_work() -> None:
    crews = [
        Crew(organisation=0, skills=(WATER_WORKS,)),
        Crew(organisation=1, skills=(POWER_WORKS,)),
        Crew(organisation=2, skills=(WATER_WORKS, CLEARANCE)),
        Crew(organisation=3, skills=()),
        Crew(organisation=4, skills=(CLEARANCE,)),
    ]
    problem = Town(crews=crews).problem()

    assert planning_order(problem) == [2, 4, 1, 0, 3]
    unknown = replace(problem, skills=("clearance", "singing", "power"))
    assert planning_order(unknown) == [2, 4, 1, 0, 3]


def test_every_undone_task_has_a_reason() -> None:
    town = Town(
        jobs=(
            Job(skill=WATER_WORKS, node=0, other=1),
            Job(before=(0,)),
            Job(node=1),
            Job(),
            Job(skill=POWER_WORKS),
        ),
        crews=(
            Crew(skills=(CLEARANCE,)),
            Crew(skills=(POWER_WORKS,), free_from_day=float("inf")),
        ),
        streets=(Street(ends=(0, 1), blocked_by=(0,)),),
        n_nodes=2,
    )

    outcome = compare(town.problem(), 20, seed=1).together.outcome

    assert outcome.status is Status.PARTIAL
    reasons = [(unmet.task, unmet.reason) for unmet in outcome.unmet]
    assert reasons == [(0, NO_TEAM), (1, WAITS), (2, NOT_REACHED), (4, NO_TEAM)]


def test_a_plan_in_which_all_is_done_is_complete() -> None:
    problem = two_banks().problem()
    outcome = compare(problem, 20, seed=1).together.outcome

    assert outcome.status is Status.COMPLETE
    assert unmet_of(problem, outcome.plan) == ()


def test_the_curve_rises_with_each_service_that_comes_back() -> None:
    problem = Town(
        homes=(Home(people=30.0), Home(people=10.0)), weights=(1.0, 1.0, 0.0, 0.0, 0.0)
    ).problem()
    days = np.array([[0.0, 5.0, 1.0, 1.0, 1.0], [5.0, 101.0, 2.0, 2.0, 2.0]])

    curve = curve_of(problem, Served(service_day=days, person_days=0.0))

    assert curve == ((0.0, 30 / 80), (5.0, 70 / 80))


def test_where_nobody_counts_everybody_is_served() -> None:
    problem = Town(homes=(Home(people=0.0),)).problem()
    served = Served(service_day=np.zeros((1, 5)), person_days=0.0)

    assert curve_of(problem, served) == ((0.0, 1.0),)


def test_keys_of_a_plan_are_in_the_order_of_its_starts() -> None:
    problem = Town(jobs=(Job(), Job(), Job(), Job())).problem()
    plan = Plan(assignments=(Assignment(0.0, 1.0, 2, 0), Assignment(1.0, 2.0, 0, 0)))

    assert keys_of(problem, plan).tolist() == [0.25, 1.0, 0.0, 1.0]
