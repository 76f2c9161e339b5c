"""What if a task were never done, came a week later, or gave way to another one?

Each answer is a run of the simulator with this one thing changed and everything else as it
was: the order of all tasks stays, teams take what comes next in it. Nobody replans, so a
figure is what the change would cost those who keep to the plan.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from takatuf.planning.causes import causes_of
from takatuf.planning.explaining.rerunning import Loss, Rerun
from takatuf.planning.explaining.waiting import ready_of
from takatuf.planning.plan import Assignment, Plan
from takatuf.planning.problem import Floats
from takatuf.planning.remaining import SAME_DAY, leaving_days

WEEK_DAYS = 7.0
MOST_ALTERNATIVES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another task that the team could have done instead."""

    task: int
    start_day: float  # in the plan
    is_next: bool  # what the team would have taken, if the task had not been there
    is_ready: bool  # at the moment the team left for the task
    loss: Loss  # if it had come before the task, for whoever takes it first


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterfactual:
    """What a task means to its plan."""

    task: int
    leaves_day: float  # its team, in the plan as the simulator repeats it
    never: Loss
    a_week_later: Loss
    n_ready: int  # other tasks that the team could have left for at that moment
    instead: tuple[Alternative, ...]  # the next one first, then in the order of the plan


def counterfactual(rerun: Rerun, task: int, n_first: int = MOST_ALTERNATIVES) -> Counterfactual:
    """Return what a task of the plan means to it.

    Args:
        rerun: The plan, run again.
        task: One that the plan does.
        n_first: How many alternatives are tried, at most.
    """
    case = _case_of(rerun, task)
    without, never = rerun.run(holds=_held(case, rerun.problem.horizon_days))
    _, later = rerun.run(holds=_held(case, WEEK_DAYS))
    ready = _could_be_taken(case)
    following = _next_of(case, without)
    tried = [*([] if following is None else [following]), *(t for t in ready if t != following)]
    return Counterfactual(
        task=task,
        leaves_day=case.leaves[task],
        never=rerun.loss(never),
        a_week_later=rerun.loss(later),
        n_ready=len(ready),
        instead=tuple(
            Alternative(
                task=other,
                start_day=case.work_of[other].start_day,
                is_next=other == following,
                is_ready=other in ready,
                loss=rerun.loss(rerun.run(*_exchanged(case, other))[1]),
            )
            for other in tried[:n_first]
        ),
    )


@dataclass(frozen=True, slots=True)
class _Case:
    rerun: Rerun
    task: int
    work_of: Mapping[int, Assignment]
    leaves: Mapping[int, float]
    ready: Mapping[int, float]  # day on which each planned task can begin


def _case_of(rerun: Rerun, task: int) -> _Case:
    problem, plan = rerun.problem, rerun.plan
    causes = causes_of(problem, plan)
    return _Case(
        rerun,
        task,
        {work.task: work for work in plan.assignments},
        leaving_days(problem, plan),
        {w.task: ready_of(problem, w.task, causes).day for w in plan.assignments},
    )


def _held(case: _Case, days: float) -> Floats:
    """Return the holds that keep the task back until so many days after it was left for."""
    holds = case.rerun.holds.copy()
    waited = max(case.leaves[case.task] - case.ready[case.task], 0.0)
    holds[case.task] = waited + days
    return holds


def _could_be_taken(case: _Case) -> list[int]:
    team, day = case.work_of[case.task].team, case.leaves[case.task]
    allowed = case.rerun.problem.may_do()[team]
    keys = case.rerun.keys
    ready = [
        other
        for other, leaves in case.leaves.items()
        if allowed[other] and keys[other] > keys[case.task]
        if case.ready[other] <= day + SAME_DAY and leaves >= day - SAME_DAY
    ]
    return sorted(ready, key=lambda other: keys[other])


def _next_of(case: _Case, without: Plan) -> int | None:
    # The same team, from the same day on: everything before is as it was.
    team, day = case.work_of[case.task].team, case.leaves[case.task]
    leaves = leaving_days(case.rerun.problem, without)
    following = [
        (leaves[work.task], work.task)
        for work in without.assignments
        if work.team == team
        and work.task in case.work_of
        and work.task != case.task
        and leaves[work.task] >= day - SAME_DAY
    ]
    return min(following, default=(0.0, None))[1]


def _exchanged(case: _Case, other: int) -> tuple[Floats, Floats]:
    keys, holds = case.rerun.keys.copy(), case.rerun.holds.copy()
    keys[other] = np.nextafter(keys[case.task], -np.inf)
    holds[other] = 0.0
    return keys, holds
