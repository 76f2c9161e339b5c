"""All four ways to plan with one seed, each with the same number of evaluations.

What each way starts from is part of what it is, and is said here so that nobody is misled:

- *alone* starts from nothing;
- *observant* and *shared* start from the naive plans of *alone*;
- *together* starts from the best of the three others, and is never worse than they are.

So the plans that come later rest on more evaluations than their own. That is how the plans of
real bodies come about too; the gain of *together* over *shared* includes what that head start
is worth, which is why each way is tried with several seeds and the spread is printed.
"""

from typing import NamedTuple

from takatuf.planning.comparing.keys import Planned
from takatuf.planning.comparing.observing import WEEK_DAYS, observant
from takatuf.planning.comparing.one_by_one import Effort, naive, shared
from takatuf.planning.comparing.telling import Told
from takatuf.planning.comparing.ways import joined
from takatuf.planning.problem import PlanningProblem
from takatuf.planning.solvers.annealing import Progress, packages_of

N_WAYS = 4


class Tried(NamedTuple):
    """What each way of planning found; `together` has one row of keys, the others one each."""

    alone: Planned
    observant: Planned
    shared: Planned
    together: Planned


def try_ways(
    problem: PlanningProblem,
    evaluations: int,
    seed: int,
    on_progress: Progress | None = None,
    every_days: float = WEEK_DAYS,
) -> Tried:
    """Return the four ways; the same arguments give the same plans.

    Args:
        problem: What is to be done.
        evaluations: Schedules tried by each way.
        seed: Decides all that is random.
        on_progress: Told now and then: schedules tried, of how many in all four ways, and the
            best value of the search that runs at the moment.
        every_days: How often the observant plan anew.
    """
    effort = Effort(evaluations, seed, packages_of(problem))
    told = Told(on_progress, 0, N_WAYS * evaluations)
    alone = naive(problem, effort, told)
    watching = observant(problem, alone, effort, told.part(evaluations), every_days)
    one_by_one = shared(problem, alone, effort, told.part(2 * evaluations))
    joint = joined(problem, (alone, watching, one_by_one), effort, told.part(3 * evaluations))
    return Tried(alone, watching, one_by_one, joint)
