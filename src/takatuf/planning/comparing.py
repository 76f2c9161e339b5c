"""What acting together is worth: three ways to plan, all judged by the one simulator.

- *alone*: each organisation orders its own tasks for its own goals, as if everything it cannot
  do itself were done already. This is naive, so it flatters the gain of acting together.
- *shared*: one after another, in the order in which work follows work. Each knows the plans of
  those before it and, as plans are open, counts everybody's goals and not only its own; it
  takes those after it to do their work in no time, the moment the way is free.
- *together*: one order of all tasks for everybody's goals.

Each way is given the same number of evaluations, those of *alone* and *shared* split evenly
over the organisations. The joint search starts from the better of the two other plans and
keeps it if it finds nothing better, so *together* is never worse than they are.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from takatuf.planning.bound import bound_of
from takatuf.planning.outcomes import curve_of, outcome_of
from takatuf.planning.plan import Outcome, Plan, Served
from takatuf.planning.problem import Flags, Floats, Lists, PlanningProblem
from takatuf.planning.simulating import city_of, crews_of, setting_of, simulate
from takatuf.planning.solvers.annealing import Aim, Progress, packages_of, search, together
from takatuf.planning.tasks import SKILLS

OTHERS_GOALS_SHARE = 0.01  # what the goals of others count for an organisation by itself


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
    total = 3 * evaluations
    plans: dict[str, tuple[Plan, Served]] = {}
    none = np.ones((len(problem.organisations), problem.n_tasks))
    effort = _Effort(evaluations, seed, packages_of(problem))
    alone_keys = _one_by_one(problem, none, effort, _Told(on_progress, 0, total))
    plans["alone"] = _simulated(problem, alone_keys)
    shared_keys = _one_by_one(
        problem, alone_keys, effort, _Told(on_progress, evaluations, total), shares=True
    )
    plans["shared"] = _simulated(problem, shared_keys)
    starts = tuple(keys_of(problem, plan) for plan, _ in plans.values())
    told = _Told(on_progress, 2 * evaluations, total)
    aim = together(problem, effort.packages)
    found = search(problem, aim, evaluations, seed, starts, told)
    best = min([_simulated(problem, found.keys), *plans.values()], key=lambda it: it[1].person_days)
    plans["together"] = best
    bound = bound_of(problem, best[1].person_days)
    ways = {
        name: Way(
            name=name,
            outcome=outcome_of(
                problem, plan, served, bound=bound, seed=seed, evaluations=evaluations
            ),
            curve=curve_of(problem, served),
        )
        for name, (plan, served) in plans.items()
    }
    return Comparison(alone=ways["alone"], shared=ways["shared"], together=ways["together"])


def keys_of(problem: PlanningProblem, plan: Plan) -> Floats:
    """Return keys in the order of the plan's starts, from 0 to 1; what is undone comes last."""
    keys = np.ones(problem.n_tasks)
    for place, work in enumerate(sorted(plan.assignments)):
        keys[work.task] = place / problem.n_tasks
    return keys


class _Effort(NamedTuple):
    evaluations: int
    seed: int
    packages: Lists


class _Told:
    """Progress of one part, told as progress of the whole."""

    def __init__(self, on_progress: Progress | None, offset: int, total: int) -> None:
        self.on_progress = on_progress
        self.offset = offset
        self.total = total

    def __call__(self, done: int, of: int, best: float) -> None:
        if self.on_progress:
            self.on_progress(self.offset + min(done, of), self.total, best)


def _gain_percent(other: Way, joint: Way) -> float:
    value = other.outcome.served.person_days
    return 0.0 if value == 0 else 100.0 * (value - joint.outcome.served.person_days) / value


def _simulated(problem: PlanningProblem, keys: Floats) -> tuple[Plan, Served]:
    return simulate(city_of(problem), crews_of(problem, len(keys)), setting_of(problem), keys)


def _one_by_one(
    problem: PlanningProblem,
    keys: Floats,
    effort: _Effort,
    told: _Told,
    *,
    shares: bool = False,
) -> Floats:
    # With `shares` each knows the keys of those before it, who take part beside it.
    keys = keys.copy()
    may_do = problem.may_do()
    order = [row for row in planning_order(problem) if _can_do(problem, may_do, row).any()]
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
            weights=None if shares else _own_weights(problem, row),
            is_done=None if shares else of_others,
            takes_no_time=of_others if shares else None,
            takes_part=takes_part.copy(),
            packages=effort.packages,
        )
        first, last = (effort.evaluations * at // len(order) for at in (place, place + 1))
        part = _Told(told, first, effort.evaluations)
        keys = search(problem, aim, last - first, effort.seed, (keys[row],), part).keys
    return keys


def planning_order(problem: PlanningProblem) -> list[int]:
    """Return the organisations in the order of the earliest step of work they have teams for."""
    rank = [SKILLS.index(skill) if skill in SKILLS else len(SKILLS) for skill in problem.skills]

    def first_step(organisation: int) -> tuple[int, int]:
        own = problem.teams.has_skill[problem.teams.organisation == organisation].any(axis=0)
        steps = [step for step, has in zip(rank, own, strict=True) if has]
        return min(steps, default=len(SKILLS) + 1), organisation

    return sorted(range(len(problem.organisations)), key=first_step)


def _can_do(problem: PlanningProblem, may_do: Flags, organisation: int) -> Flags:
    return np.asarray(may_do[problem.teams.organisation == organisation].any(axis=0))


def _own_weights(problem: PlanningProblem, organisation: int) -> Floats:
    # Others' goals break ties, or work that serves no goal of its own would come in any order.
    own = np.where(problem.serves[organisation], 1.0, OTHERS_GOALS_SHARE)
    return np.asarray(problem.weights * own)
