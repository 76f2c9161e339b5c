"""Between keys and plans: what keys lead to, and keys that lead back to nearly the same plan."""

from typing import NamedTuple

import numpy as np

from takatuf.planning.plan import Plan, Served
from takatuf.planning.problem import Floats, PlanningProblem
from takatuf.planning.remaining import leaving_days
from takatuf.planning.simulating import city_of, crews_of, setting_of, simulate


class Planned(NamedTuple):
    """A plan, what it achieves, and the keys and holds it comes from."""

    plan: Plan
    served: Served
    keys: Floats  # one row for all, or one for each organisation
    holds: Floats  # shape (n_tasks,): days for which ready tasks are held back


def planned(problem: PlanningProblem, keys: Floats, holds: Floats | None = None) -> Planned:
    """Return what keys and holds lead to when everybody works.

    Args:
        problem: What is to be done.
        keys: Shape ``(n_rows, n_tasks)``; one row for all, or one for each organisation.
        holds: Shape ``(n_tasks,)``; None: nothing is held back.
    """
    holds = np.zeros(problem.n_tasks) if holds is None else holds
    crews, setting = crews_of(problem, len(keys)), setting_of(problem)
    return Planned(*simulate(city_of(problem), crews, setting, keys, holds), keys, holds)


def keys_of(problem: PlanningProblem, plan: Plan) -> Floats:
    """Return keys in the order in which teams leave for work, from 0 to 1; the undone come last.

    One row for all cannot always repeat a plan that was made with a row for each, but it comes
    close, which is what a start of a search needs.
    """
    leaves = leaving_days(problem, plan)
    keys = np.ones(problem.n_tasks)
    order = sorted(plan.assignments, key=lambda work: (leaves[work.task], work))
    for place, work in enumerate(order):
        keys[work.task] = place / problem.n_tasks
    return keys


def best_of(*found: Planned) -> Planned:
    """Return the plan of the lowest value; of equal ones the first."""
    return min(found, key=lambda one: one.served.person_days)
