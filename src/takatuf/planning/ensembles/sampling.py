"""Durations as they may turn out: one draw of all tasks for each sample.

Each task's duration has the triangular distribution of its range. Tasks of one skill are off
together: behind each draw is a normal variable that is made of one part for the skill and one
for the task, so the ranges keep their form and the correlation is that of the rules (a Gaussian
copula).

Sample i of a seed is the same on every machine, whoever draws it and in whatever order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr

from takatuf.planning.efforts import quantile_of
from takatuf.planning.problem import Floats, PlanningProblem
from takatuf.planning.tasks import SHORTEST_TASK_DAYS, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranges:
    """The range of each task's duration, in days of one team; shape ``(n_tasks,)``."""

    low: Floats
    likely: Floats
    high: Floats
    shared: float  # correlation between two tasks of one skill, 0 to 1


def ranges_of(works: Sequence[Work], shared: float) -> Ranges:
    """Return the ranges of the tasks of a problem, numbered as in it."""
    return Ranges(
        low=np.array([work.effort.low for work in works], float),
        likely=np.array([work.effort.likely for work in works], float),
        high=np.array([work.effort.high for work in works], float),
        shared=shared,
    )


def sampled(problem: PlanningProblem, ranges: Ranges, seed: int, number: int) -> PlanningProblem:
    """Return the problem with durations as they may turn out; nothing else is changed.

    Args:
        problem: Its tasks are those of the ranges.
        ranges: Of the durations.
        seed: Of all samples.
        number: Which sample, 0 or more.
    """
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(number,)))
    of_skill = rng.standard_normal(len(problem.skills))[problem.tasks.skill]
    of_task = rng.standard_normal(problem.n_tasks)
    share = ndtr(np.sqrt(ranges.shared) * of_skill + np.sqrt(1.0 - ranges.shared) * of_task)
    drawn = quantile_of(ranges.low, ranges.likely, ranges.high, share)
    durations = np.maximum(drawn, SHORTEST_TASK_DAYS)
    return replace(problem, tasks=replace(problem.tasks, duration_days=durations))
