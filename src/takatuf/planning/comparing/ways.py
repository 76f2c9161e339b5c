"""Three ways to plan for the same city, as a plan is shown beside what it is compared with.

Each way is given the same number of evaluations; see `one_by_one` for *alone* and *shared*. The
joint search starts from the better of the two other plans and keeps it if it finds nothing
better, so *together* is never worse than they are.
"""

from dataclasses import dataclass

import numpy as np

from takatuf.planning.bound import bound_of
from takatuf.planning.comparing.keys import Planned, best_of, keys_of, planned
from takatuf.planning.comparing.one_by_one import Effort, naive, shared
from takatuf.planning.comparing.telling import Told
from takatuf.planning.outcomes import curve_of, outcome_of
from takatuf.planning.plan import Outcome
from takatuf.planning.problem import PlanningProblem
from takatuf.planning.solvers.annealing import Progress, packages_of, search, together


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way of planning: its outcome and the share of people served by day."""

    name: str  # "alone", "shared" or "together"
    outcome: Outcome
    curve: tuple[tuple[float, float], ...]  # (day, share from then on); shares are 0 to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Three ways of planning for the same city, with the same effort."""

    alone: Way
    shared: Way
    together: Way

    @property
    def gain_over_alone_percent(self) -> float:
        """Person-days saved by acting together, of those of each for itself; 0 to 100."""
        return _gain_percent(self.alone, self.together)

    @property
    def gain_over_shared_percent(self) -> float:
        """Person-days saved by planning together, of those with plans only shared; 0 to 100."""
        return _gain_percent(self.shared, self.together)


def compare(
    problem: PlanningProblem, evaluations: int, seed: int, on_progress: Progress | None = None
) -> Comparison:
    """Return the three ways; the same problem, evaluations and seed give the same comparison.

    Args:
        problem: What is to be done.
        evaluations: Schedules tried by each way.
        seed: Decides all that is random.
        on_progress: Told now and then: schedules tried, of how many in all three ways, and the
            best value of the search that runs at the moment.
    """
    effort = Effort(evaluations, seed, packages_of(problem))
    told = Told(on_progress, 0, 3 * evaluations)
    alone = naive(problem, effort, told)
    one_by_one = shared(problem, alone, effort, told.part(evaluations))
    joint = joined(problem, (alone, one_by_one), effort, told.part(2 * evaluations))
    bound = bound_of(problem, joint.served.person_days)

    def way(name: str, found: Planned) -> Way:
        outcome = outcome_of(
            problem, found.plan, found.served, bound=bound, seed=seed, evaluations=evaluations
        )
        return Way(name=name, outcome=outcome, curve=curve_of(problem, found.served))

    return Comparison(
        alone=way("alone", alone), shared=way("shared", one_by_one), together=way("together", joint)
    )


def joined(
    problem: PlanningProblem, others: tuple[Planned, ...], effort: Effort, told: Told
) -> Planned:
    """Return the joint plan: one order of all tasks for everybody's goals.

    Args:
        problem: What is to be done.
        others: Plans to start from; the result is never worse than any of them.
        effort: How much is tried.
        told: Of the progress.
    """
    starts = tuple(keys_of(problem, other.plan) for other in others)
    aim = together(problem, effort.packages)
    found = search(problem, aim, effort.evaluations, effort.seed, starts, told)
    # A plan with a row of keys for each is told as one row, which leads to nearly the same plan.
    as_one = (
        other._replace(keys=np.array([keys])) for other, keys in zip(others, starts, strict=True)
    )
    return best_of(planned(problem, found.keys, found.holds), *as_one)


def _gain_percent(other: Way, joint: Way) -> float:
    value = other.outcome.served.person_days
    return 0.0 if value == 0 else 100.0 * (value - joint.outcome.served.person_days) / value
