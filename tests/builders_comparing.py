"""Small towns and plans for what is said of ways to plan."""

import numpy as np

from takatuf.planning.comparing import Effort, Planned, Tried, planned
from takatuf.planning.problem import PlanningProblem
from takatuf.planning.solvers.annealing import packages_of
from tests.builders_planning import CLEARANCE, WATER_WORKS, Crew, Home, Job, Street, Town


def effort(problem: PlanningProblem, evaluations: int = 60, seed: int = 1) -> Effort:
    return Effort(evaluations, seed, packages_of(problem))


def in_order(problem: PlanningProblem, *order: int) -> Planned:
    """The plan in which everybody takes tasks in this order; what is not named comes last."""
    keys = np.ones((1, problem.n_tasks))
    keys[0, list(order)] = np.arange(len(order)) / problem.n_tasks
    return planned(problem, keys)


def two_roads(n_people: float = 101) -> Town:
    """One clearer, one plumber; the larger quarter needs a long repair, the other a short one.

    Whoever clears for access alone opens the road to the larger quarter first, though the water
    of the smaller one could be back so much sooner.
    """
    return Town(
        jobs=(
            Job(days=4.0, node=0, other=1),
            Job(days=4.0, node=0, other=2),
            Job(days=40.0, node=1, skill=WATER_WORKS),
            Job(days=1.0, node=2, skill=WATER_WORKS),
        ),
        crews=(Crew(skills=(CLEARANCE,)), Crew(skills=(WATER_WORKS,), organisation=1)),
        streets=(Street(ends=(0, 1), blocked_by=(0,)), Street(ends=(0, 2), blocked_by=(1,))),
        homes=(Home(people=n_people, node=1, water=(2,)), Home(people=100, node=2, water=(3,))),
        n_nodes=3,
        weights=(1.0, 3.0, 0.0, 0.0, 0.0),
        serves=((0,), (1,)),
    )


def tried_in(problem: PlanningProblem, *orders: tuple[int, ...]) -> Tried:
    """Ways that follow these orders: alone, observant, shared, together."""
    rows = len(problem.organisations)
    alone, watching, shared, joint = (in_order(problem, *order) for order in orders)

    def each(way: Planned) -> Planned:
        return way._replace(keys=np.repeat(way.keys, rows, axis=0))

    return Tried(each(alone), each(watching), each(shared), joint)
