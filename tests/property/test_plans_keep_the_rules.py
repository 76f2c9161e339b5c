"""Random small towns: every plan that keys lead to is possible, and none is below the bound."""

from collections.abc import Iterator
from itertools import permutations, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from takatuf.planning.bound import bound_of
from takatuf.planning.checking import problems_of, served_by
from takatuf.planning.outcomes import unmet_of
from takatuf.planning.plan import Assignment, Plan
from takatuf.planning.problem import NONE, PlanningProblem
from takatuf.planning.simulating import city_of, crews_of, setting_of, simulate
from tests.builders_planning import random_town

seeds = st.integers(0, 2**32 - 1)


@given(seeds, st.sampled_from(["one row", "each its own"]))
def test_whatever_the_priorities_the_plan_keeps_all_rules(seed: int, rows: str) -> None:
    rng = np.random.default_rng(seed)
    problem = random_town(rng, int(rng.integers(1, 15))).problem()
    n_rows = 1 if rows == "one row" else len(problem.organisations)
    keys = rng.integers(5, size=(n_rows, problem.n_tasks)).astype(np.float64)

    plan, served = simulate(city_of(problem), crews_of(problem, n_rows), setting_of(problem), keys)

    assert problems_of(problem, plan, served) == ()
    assert {work.task for work in plan.assignments}.isdisjoint(
        unmet.task for unmet in unmet_of(problem, plan)
    )


@given(seeds)
def test_no_plan_at_all_is_below_the_bound(seed: int) -> None:
    problem = random_town(np.random.default_rng(seed), 4).problem()
    best = min(served_by(problem, plan).person_days for plan in all_plans(problem))

    assert bound_of(problem) <= best * (1 + 1e-9)
    assert bound_of(problem, near=best) <= best * (1 + 1e-9)


def all_plans(problem: PlanningProblem) -> Iterator[Plan]:
    """Each order of the tasks with each choice of teams, every task as early as it can be then.

    The value never falls when a task is later, so one of these plans is as good as any.
    """
    able = [np.flatnonzero(column).tolist() or [NONE] for column in problem.may_do().T]
    for order in permutations(range(problem.n_tasks)):
        for teams in product(*able):
            yield plan_in_order(problem, order, teams)


def plan_in_order(problem: PlanningProblem, order: tuple[int, ...], teams: tuple[int, ...]) -> Plan:
    tasks, roads = problem.tasks, problem.roads
    place = problem.teams.base.tolist()
    free = problem.teams.free_from_day.tolist()
    ends: dict[int, float] = {}
    for task in order:
        team = teams[task]
        ready = max((ends.get(before, np.inf) for before in tasks.before.row(task)), default=0.0)
        reach = reached(problem, ends)
        spots = [node for node in (tasks.node[task], tasks.other_node[task]) if node != NONE]
        ready = max(ready, min(reach[node] for node in spots))
        if team != NONE and np.isfinite(ready):
            node = int(tasks.node[task])
            start = max(ready, free[team] + float(roads.travel_days[place[team], node]))
            ends[task] = start + float(tasks.duration_days[task])
            place[team], free[team] = node, ends[task]
    return Plan(
        assignments=tuple(
            Assignment(end - float(tasks.duration_days[task]), end, task, teams[task])
            for task, end in ends.items()
        )
    )


def reached(problem: PlanningProblem, ends: dict[int, float]) -> list[float]:
    roads = problem.roads
    days = [np.inf] * len(roads.node_ids)
    for hub in roads.hubs:
        days[hub] = 0.0
    for _ in days:
        for edge, ends_of_edge in enumerate(zip(roads.start, roads.end, strict=True)):
            blocks = roads.blocked_by.row(edge)
            opens = max((ends.get(task, np.inf) for task in blocks), default=0.0)
            for one, other in (ends_of_edge, ends_of_edge[::-1]):
                days[other] = min(days[other], max(days[one], opens))
    return days
