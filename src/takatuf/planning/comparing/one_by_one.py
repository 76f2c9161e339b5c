"""One organisation after another: each for itself, or with the plans of those before it known.

- *alone, naive*: each organisation orders its own tasks for its own goals, as if everything it
  cannot do itself were done already. This is naive, so it flatters the gain of acting together.
- *shared*: one after another, in the order in which work follows work. Each knows the plans of
  those before it and, as plans are open, counts everybody's goals and not only its own; it
  takes those after it to do their work in no time, the moment the way is free.

Each of the two is given the same number of evaluations, split evenly over the organisations.
"""

from typing import NamedTuple

import numpy as np

from takatuf.planning.comparing.keys import Planned, planned
from takatuf.planning.comparing.telling import Told
from takatuf.planning.problem import Flags, Floats, Lists, PlanningProblem
from takatuf.planning.solvers.annealing import Aim, search
from takatuf.planning.tasks import SKILLS

OTHERS_GOALS_SHARE = 0.01  # what the goals of others count for an organisation by itself


class Effort(NamedTuple):
    """How much is tried; packages are those of the problem, found once."""

    evaluations: int
    seed: int
    packages: Lists


def naive(problem: PlanningProblem, effort: Effort, told: Told) -> Planned:
    """Return what comes of it when each plans for itself; a row of keys for each."""
    none = np.ones((len(problem.organisations), problem.n_tasks))
    return _one_by_one(problem, none, effort, told, shares=False)


def shared(problem: PlanningProblem, alone: Planned, effort: Effort, told: Told) -> Planned:
    """Return what comes of it when each plans with those before it in view.

    Args:
        problem: What is to be done.
        alone: The naive plans, from which the search of each starts.
        effort: How much is tried in all.
        told: Of the progress.
    """
    return _one_by_one(problem, alone.keys, effort, told, shares=True)


def planning_order(problem: PlanningProblem) -> list[int]:
    """Return the organisations in the order of the earliest step of work they have teams for."""
    rank = [SKILLS.index(skill) if skill in SKILLS else len(SKILLS) for skill in problem.skills]

    def first_step(organisation: int) -> tuple[int, int]:
        own = problem.teams.has_skill[problem.teams.organisation == organisation].any(axis=0)
        steps = [step for step, has in zip(rank, own, strict=True) if has]
        return min(steps, default=len(SKILLS) + 1), organisation

    return sorted(range(len(problem.organisations)), key=first_step)


def able(problem: PlanningProblem, may_do: Flags, organisation: int) -> Flags:
    """Return the tasks that some team of an organisation may do; shape ``(n_tasks,)``."""
    return np.asarray(may_do[problem.teams.organisation == organisation].any(axis=0))


def own_weights(problem: PlanningProblem, organisation: int) -> Floats:
    """Return the weights of an organisation by itself; shape ``(n_services,)``.

    Others' goals break ties, or work that serves no goal of its own would come in any order.
    """
    own = np.where(problem.serves[organisation], 1.0, OTHERS_GOALS_SHARE)
    return np.asarray(problem.weights * own)


def _one_by_one(
    problem: PlanningProblem, keys: Floats, effort: Effort, told: Told, *, shares: bool
) -> Planned:
    # With `shares` each knows the plans of those before it, who take part beside it. Without,
    # nobody holds work back: that would be for what one only believes to come.
    keys, holds = keys.copy(), np.zeros(problem.n_tasks)
    may_do = problem.may_do()
    order = [row for row in planning_order(problem) if able(problem, may_do, row).any()]
    takes_part = np.zeros(len(problem.organisations), dtype=np.bool_)
    for place, row in enumerate(order):
        if not shares:
            takes_part[:] = False
        takes_part[row] = True
        present = takes_part[problem.teams.organisation]
        of_others = ~np.asarray(may_do[present].any(axis=0), dtype=np.bool_)
        aim = Aim(
            keys=keys,
            row=row,
            weights=None if shares else own_weights(problem, row),
            is_done=None if shares else of_others,
            takes_no_time=of_others if shares else None,
            takes_part=takes_part.copy(),
            packages=effort.packages,
            may_hold=shares,
        )
        first, last = (effort.evaluations * at // len(order) for at in (place, place + 1))
        start = (keys[row], holds)
        found = search(problem, aim, last - first, effort.seed, (start,), told.part(first))
        own = able(problem, may_do, row)
        keys, holds = found.keys, np.where(own, found.holds, holds)
    return planned(problem, keys, holds)
