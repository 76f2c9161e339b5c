"""From a plan to its outcome: how far it got, what stays undone and why, who is served when."""

import numpy as np

from takatuf.planning.plan import Outcome, Plan, Served, Status, Unmet
from takatuf.planning.problem import PlanningProblem

NO_TEAM = "no team has the skill and the mandate"
NOT_REACHED = "its place is never reached"
WAITS = "waits for a task that nobody can do"


def outcome_of(
    problem: PlanningProblem,
    plan: Plan,
    served: Served,
    *,
    bound: float,
    seed: int,
    evaluations: int,
) -> Outcome:
    """Return the outcome of a plan, with the reason for each task that stays undone."""
    unmet = unmet_of(problem, plan)
    status = Status.PARTIAL if unmet else Status.COMPLETE
    return Outcome(
        status=status if problem.n_tasks else Status.NOTHING_TO_DO,
        plan=plan,
        served=served,
        bound=min(bound, served.person_days),
        seed=seed,
        evaluations=evaluations,
        unmet=unmet,
    )


def unmet_of(problem: PlanningProblem, plan: Plan) -> tuple[Unmet, ...]:
    """Return the tasks that the plan leaves undone, each with the first reason that holds.

    The reasons, in this order: nobody may do it; a task before it stays undone; no passable
    road ever leads to it.
    """
    done = {work.task for work in plan.assignments}
    comes = np.isfinite(problem.teams.free_from_day)
    possible = np.asarray(problem.may_do()[comes].any(axis=0))
    unmet = []
    for task in range(problem.n_tasks):
        if task in done:
            continue
        if not possible[task]:
            reason = NO_TEAM
        elif not done.issuperset(problem.tasks.before.row(task)):
            reason = WAITS
        else:
            reason = NOT_REACHED
        unmet.append(Unmet(task=task, reason=reason))
    return tuple(unmet)


def curve_of(problem: PlanningProblem, served: Served) -> tuple[tuple[float, float], ...]:
    """Return the share of weighted people who have service, as steps: (day, share from then on).

    It begins with day 0 and has one step for each day up to the horizon on which a share is
    won; shares are from 0 to 1 and never fall. Without people who count, it is 1 from day 0.
    """
    worth = problem.neighbourhoods.people[:, None] * problem.weights[None, :]
    total = float(worth.sum())
    if total == 0:
        return ((0.0, 1.0),)
    days = served.service_day
    steps = np.unique(np.append(days[(days <= problem.horizon_days) & (worth > 0)], 0.0))
    return tuple((float(day), float(worth[days <= day].sum()) / total) for day in steps)
