"""Durations drawn, a plan followed through them, and what many trials say together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from takatuf.planning.comparing import compare
from takatuf.planning.ensembles.following import Trial, evaluate_on, trials_of, without_names
from takatuf.planning.ensembles.outlook import outlook_of
from takatuf.planning.ensembles.sampling import Ranges, sampled
from takatuf.planning.plan import Assignment, Plan
from takatuf.planning.problem import PlanningProblem
from takatuf.planning.simulating import city_of, crews_of, setting_of, simulate
from tests.builders_planning import (
    CLEARANCE,
    WATER_WORKS,
    Crew,
    Home,
    Job,
    Town,
    random_town,
    two_banks,
)


def the_ranges(problem: PlanningProblem, shared: float = 0.3) -> Ranges:
    days = problem.tasks.duration_days
    return Ranges(low=0.5 * days, likely=days, high=2.0 * days, shared=shared)


def a_plan(problem: PlanningProblem) -> tuple[Plan, float]:
    keys = np.linspace(0.0, 1.0, problem.n_tasks)[None, :]
    plan, served = simulate(city_of(problem), crews_of(problem, 1), setting_of(problem), keys)
    return plan, served.person_days


def test_a_sample_is_the_same_whenever_it_is_drawn_and_no_two_are_alike() -> None:
    problem = two_banks().problem()
    ranges = the_ranges(problem)

    first = sampled(problem, ranges, 7, 3).tasks.duration_days
    again = sampled(problem, ranges, 7, 3).tasks.duration_days
    assert (first == again).all()
    for seed, number in ((7, 4), (8, 3)):
        assert not np.allclose(sampled(problem, ranges, seed, number).tasks.duration_days, first)


def test_durations_stay_in_their_ranges_and_have_their_middle() -> None:
    problem = two_banks().problem()
    ranges = the_ranges(problem)

    drawn = np.array([sampled(problem, ranges, 1, n).tasks.duration_days for n in range(500)])

    assert (drawn >= ranges.low).all()
    assert (drawn <= ranges.high).all()
    mean = (ranges.low + ranges.likely + ranges.high) / 3
    assert drawn.mean(axis=0) == pytest.approx(mean, rel=0.1)


def test_tasks_of_one_skill_are_off_together_and_others_are_not() -> None:
    town = Town(jobs=(Job(days=4.0), Job(days=8.0), Job(days=4.0, skill=WATER_WORKS)))
    problem = town.problem()

    drawn = np.array(
        [sampled(problem, the_ranges(problem, 0.5), 1, n).tasks.duration_days for n in range(500)]
    )

    same, other = np.corrcoef(drawn.T)[0, 1], np.corrcoef(drawn.T)[0, 2]
    assert same == pytest.approx(0.5, abs=0.15)
    assert other == pytest.approx(0.0, abs=0.15)


def test_nothing_takes_less_than_the_shortest_task() -> None:
    problem = Town(jobs=(Job(days=0.25),)).problem()
    assert sampled(problem, the_ranges(problem), 1, 0).tasks.duration_days[0] >= 0.25


@given(seed=st.integers(0, 2**16), n_jobs=st.integers(1, 8))
def test_followed_with_its_own_durations_a_plan_comes_out_as_it_was(seed: int, n_jobs: int) -> None:
    problem = random_town(np.random.default_rng(seed), n_jobs).problem()
    plan, person_days = a_plan(problem)

    trial = evaluate_on(problem, plan)

    start = {work.task: work.start_day for work in plan.assignments}
    assert trial.person_days == pytest.approx(person_days)
    for task in range(problem.n_tasks):
        assert trial.start_day[task] == pytest.approx(start.get(task, np.inf))


def test_a_team_keeps_its_tasks_and_takes_the_next_that_can_begin() -> None:
    town = Town(
        jobs=(Job(days=2.0), Job(days=2.0, before=(0,), skill=WATER_WORKS), Job(days=1.0, skill=1)),
        crews=(Crew(skills=(CLEARANCE,)), Crew(skills=(WATER_WORKS,)), Crew(skills=(WATER_WORKS,))),
        homes=(Home(),),
    )
    problem = town.problem()
    plan = Plan(
        assignments=(
            Assignment(0.0, 2.0, 0, 0),
            Assignment(2.0, 4.0, 1, 1),
            Assignment(4.0, 5.0, 2, 1),
        )
    )
    slow = Town(jobs=(Job(days=9.0), *town.jobs[1:]), crews=town.crews).problem()

    assert evaluate_on(problem, plan).start_day.tolist() == [0.0, 2.0, 0.0]
    assert evaluate_on(slow, plan).start_day.tolist() == [0.0, 9.0, 0.0]


def test_what_a_plan_leaves_undone_is_never_done() -> None:
    problem = two_banks().problem()
    trial = evaluate_on(problem, Plan(assignments=()))

    assert np.isinf(trial.start_day).all()
    assert trial.finish_day == 0.0


def test_no_name_goes_with_a_problem_that_is_sent_away() -> None:
    problem = two_banks().problem()
    bare = without_names(problem)

    for name in ("job 1", "crew 1", "quarter-1", "node-1", "organisation 1", "plant-1", "north"):
        assert name in repr(problem)
        assert name not in repr(bare)
    assert (bare.may_do() == problem.may_do()).all()
    named, unnamed = compare(problem, 20, 1), compare(bare, 20, 1)
    assert unnamed.together.outcome.plan == named.together.outcome.plan


def a_trial(value: float, start: float = 0.0, served: float = 1.0) -> Trial:
    return Trial(
        person_days=value,
        start_day=np.array([start, np.inf]),
        finish_day=value / 10,
        service_day=np.array([[served]]),
    )


def test_an_outlook_tells_tenths_halves_and_what_starts_in_time() -> None:
    plan = Plan(assignments=(Assignment(2.5, 4.0, 0, 0),))
    trials = [
        a_trial(float(n), start=2.0 + n / 5, served=np.inf if n > 6 else n) for n in range(10)
    ]

    outlook = outlook_of(plan, trials)

    assert (outlook.person_days.p10, outlook.person_days.p50, outlook.person_days.p90) == (0, 4, 8)
    assert outlook.finish_day.p90 == pytest.approx(0.8)
    assert outlook.on_time.tolist() == [0.5, 0.0]  # day 2 lasts until day 3; undone is late
    assert outlook.service_day.ravel().tolist() == [0.0, 4.0, np.inf]
    assert outlook_of(plan, trials[::-1]).person_days == outlook.person_days


def test_trials_of_a_plan_are_called_by_number() -> None:
    problem = two_banks().problem()
    plan, person_days = a_plan(problem)
    trials = trials_of(problem, plan, the_ranges(problem), 1)

    found = [trials(number).person_days for number in range(20)]
    assert found == [trials(number).person_days for number in range(20)]
    assert min(found) < person_days < max(found)
    assert "crew" not in repr(trials)
