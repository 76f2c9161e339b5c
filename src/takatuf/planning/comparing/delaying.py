"""How late the joint plan may begin before what it gains is gone.

Coming to a joint plan takes time. Two things may happen in the meantime: nobody works, or each
goes on alone, as the observant do. On the day of the start everybody turns to one order of all
that remains, found from there by a search of its own (`remaining`).

The break-even delay over another way is the first whole day of starting on which the value is
no better than that of the other way, which was not delayed. It is found by bisection, which
takes the value never to fall with a later start; a search may break that by a little, so the
day is as sure as the search is.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil

import numpy as np

from takatuf.planning.comparing.keys import keys_of, planned
from takatuf.planning.comparing.one_by_one import Effort
from takatuf.planning.comparing.telling import Told
from takatuf.planning.comparing.trying import Tried
from takatuf.planning.problem import PlanningProblem
from takatuf.planning.remaining import remaining
from takatuf.planning.solvers.annealing import Progress, packages_of, search, together

GONE_SHARE = 1e-6  # of the other way's value: a smaller gain is none
N_PROBES = 9  # bisection over a year needs no more; for progress only


class Meanwhile(StrEnum):
    """What happens until the joint plan begins."""

    NOBODY_WORKS = "nobody works"
    EACH_ALONE = "each works alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """How many days late is too late."""

    over: str  # the way that the joint plan is compared with
    meanwhile: Meanwhile
    days: int | None  # None: however late, something is gained as long as work remains


@dataclass(frozen=True, slots=True, kw_only=True)
class Delays:
    """All break-even delays, and the values behind them."""

    delays: tuple[Delay, ...]
    values: dict[Meanwhile, tuple[tuple[int, float], ...]]  # (days late, person-days), as tried


def delays(
    problem: PlanningProblem,
    tried: Tried,
    evaluations: int,
    seed: int,
    on_progress: Progress | None = None,
) -> Delays:
    """Return for each other way how many days of delay cancel the gain of acting together.

    Args:
        problem: What is to be done.
        tried: The four ways of one seed.
        evaluations: Schedules tried for each day of starting where each works alone until then.
        seed: Decides all that is random.
        on_progress: Told now and then; how many days will be tried is a guess.
    """
    told = Told(on_progress, 0, N_PROBES * max(evaluations, 1))
    alone_until = _Late(problem, tried, Effort(evaluations, seed, packages_of(problem)), told)
    value_of: dict[Meanwhile, Callable[[int], float]] = {
        Meanwhile.NOBODY_WORKS: lambda day: _idle_until(problem, tried, day),
        Meanwhile.EACH_ALONE: alone_until,
    }
    last_days = {
        Meanwhile.NOBODY_WORKS: problem.horizon_days,
        Meanwhile.EACH_ALONE: _last_day(problem, tried),
    }
    found, values = [], {}
    for meanwhile, value in value_of.items():
        known: dict[int, float] = {}
        for over in ("alone", "observant", "shared"):
            other = getattr(tried, over).served.person_days
            last = max(0, ceil(last_days[meanwhile]) - 1)
            days = _first_day_gone(value, known, other * (1.0 - GONE_SHARE), last)
            found.append(Delay(over=over, meanwhile=meanwhile, days=days))
        values[meanwhile] = tuple(sorted(known.items()))
    return Delays(delays=tuple(found), values=values)


def _first_day_gone(
    value: Callable[[int], float], known: dict[int, float], limit: float, last: int
) -> int | None:
    def is_gone(day: int) -> bool:
        if day not in known:
            known[day] = value(day)
        return known[day] >= limit

    if not is_gone(last):
        return None
    low, high = 0, last
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if is_gone(middle) else (middle + 1, high)
    return low


def _last_day(problem: PlanningProblem, tried: Tried) -> float:
    ends = (work.end_day for work in tried.observant.plan.assignments)
    return min(max(ends, default=0.0) + 1.0, problem.horizon_days)


def _idle_until(problem: PlanningProblem, tried: Tried, day: int) -> float:
    free = np.maximum(problem.teams.free_from_day, float(day))
    late = replace(problem, teams=replace(problem.teams, free_from_day=free))
    return planned(late, tried.together.keys, tried.together.holds).served.person_days


class _Late:
    """The value of turning from the observant plans to the joint plan on some day."""

    def __init__(self, problem: PlanningProblem, tried: Tried, effort: Effort, told: Told) -> None:
        self.problem = problem
        self.tried = tried
        self.effort = effort
        self.told = told
        self.n_tried = 0
        self.own_order = keys_of(problem, tried.observant.plan)

    def __call__(self, day: int) -> float:
        if day == 0:
            return self.tried.together.served.person_days
        now = remaining(self.problem, self.tried.observant.plan, float(day))
        joint = self.tried.together
        starts = (
            (joint.keys[0][now.task_of], joint.holds[now.task_of]),
            self.own_order[now.task_of],
        )
        told = self.told.part(self.n_tried * self.effort.evaluations)
        self.n_tried += 1
        aim = together(now.problem, packages_of(now.problem))
        found = search(now.problem, aim, self.effort.evaluations, self.effort.seed, starts, told)
        # To go on alone is a plan, too.
        return min(now.value(found.value), self.tried.observant.served.person_days)
