"""A plan run again through the simulator, as it is or with one thing changed.

The plan itself is the truth. The simulator is given the order of its tasks, and the days for
which teams were kept from ready work as far as they can be told from the plan. What comes out
is nearly always the plan; how far it is off is said. Changes are compared with what came out,
never with the plan, so that both sides of a difference are made alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from takatuf.planning.causes import causes_of
from takatuf.planning.explaining.waiting import ready_of
from takatuf.planning.explaining.worth import lost
from takatuf.planning.plan import Assignment, Plan, Served
from takatuf.planning.problem import Floats, PlanningProblem
from takatuf.planning.remaining import SAME_DAY, leaving_days
from takatuf.planning.simulating import Crews, Game, city_of, crews_of, setting_of, simulate

N_DIGITS = 7  # of a day: sums of durations differ in their last digits
SAME_VALUE = 1e-3  # weighted person-days: the last digits of millions
MOST_REPAIRS = 200  # runs spent on finding holds; each costs as much as one evaluation


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What a change costs in weighted person-days; below 0: it saves."""

    person_days: float
    by_neighbourhood: tuple[tuple[int, float], ...]  # those it changes, the largest change first


@dataclass(frozen=True, slots=True, kw_only=True)
class Rerun:
    """A plan as the simulator repeats it."""

    problem: PlanningProblem
    game: Game
    keys: Floats  # shape (n_tasks,), smallest first
    holds: Floats  # days, shape (n_tasks,)
    plan: Plan  # as it came out
    served: Served
    mismatch_person_days: float  # of what came out, above the plan itself

    def run(self, keys: Floats | None = None, holds: Floats | None = None) -> tuple[Plan, Served]:
        """Return what other keys or holds lead to."""
        keys = self.keys if keys is None else keys
        return simulate(*self.game, keys[None, :], self.holds if holds is None else holds)

    def loss(self, served: Served) -> Loss:
        """Return what a change costs, given what comes of it."""
        by_neighbourhood = lost(self.problem, self.served, served)
        order = np.argsort(-np.abs(by_neighbourhood), kind="stable")
        return Loss(
            person_days=served.person_days - self.served.person_days,
            by_neighbourhood=tuple(
                (int(n), float(by_neighbourhood[n]))
                for n in order
                if abs(by_neighbourhood[n]) > SAME_DAY
            ),
        )


def rerun(problem: PlanningProblem, plan: Plan, served: Served) -> Rerun:
    """Return the plan as the simulator repeats it.

    Args:
        problem: The rules.
        plan: A plan that keeps them.
        served: Its service days.
    """
    game = Game(city_of(problem), crews_of(problem, 1), setting_of(problem))
    keys = keys_in_order(problem, plan, game.crews)
    holds = np.zeros(problem.n_tasks)
    wanted = leaving_days(problem, plan)
    causes = causes_of(problem, plan)
    found = simulate(*game, keys[None, :], holds)
    best, best_holds = found, holds
    for _ in range(MOST_REPAIRS):
        early = _first_that_leaves_early(problem, wanted, found[0])
        if _off(best[1], served) <= SAME_VALUE or early is None or holds[early] > 0:
            break
        holds = holds.copy()
        holds[early] = wanted[early] - ready_of(problem, early, causes).day
        found = simulate(*game, keys[None, :], holds)
        if _off(found[1], served) < _off(best[1], served):
            best, best_holds = found, holds
    mismatch = best[1].person_days - served.person_days
    return Rerun(
        problem=problem,
        game=game,
        keys=keys,
        holds=best_holds,
        plan=best[0],
        served=best[1],
        mismatch_person_days=mismatch if abs(mismatch) > SAME_VALUE else 0.0,
    )


def keys_in_order(problem: PlanningProblem, plan: Plan, crews: Crews) -> Floats:
    """Return keys from 0 to 1 that put tasks in the order in which the simulator gave them out.

    That is the order of days on which teams leave. Of teams that leave on one day those of the
    first group come first, as in the simulator; of one group first whoever is the nearest of
    all to its task. Tasks that the plan leaves undone come last.
    """
    leaves = leaving_days(problem, plan)
    at_once: dict[tuple[float, int], list[Assignment]] = {}
    for work in sorted(plan.assignments):
        moment = round(leaves[work.task], N_DIGITS), int(crews.team_group[work.team])
        at_once.setdefault(moment, []).append(work)
    from_node = _places_before(problem, plan)
    order = [
        task
        for moment in sorted(at_once)
        for task in _nearest_first(problem, at_once[moment], from_node)
    ]
    keys = np.ones(problem.n_tasks)
    keys[order] = np.arange(len(order)) / max(problem.n_tasks, 1)
    return keys


def _nearest_first(
    problem: PlanningProblem, leaving: list[Assignment], from_node: dict[int, int]
) -> Iterator[int]:
    teams = {work.team: from_node[work.task] for work in leaving}

    def is_nearest(work: Assignment) -> bool:
        days = problem.roads.travel_days[:, problem.tasks.node[work.task]]
        return work.team == min((float(days[node]), team) for team, node in teams.items())[1]

    while leaving:  # in a plan that the simulator did not make nobody may be the nearest
        first = next(filter(is_nearest, leaving), leaving[0])
        leaving.remove(first)
        del teams[first.team]
        yield first.task


def _places_before(problem: PlanningProblem, plan: Plan) -> dict[int, int]:
    """Return for each task the node from which its team left for it."""
    place = problem.teams.base.copy()
    found = {}
    for work in sorted(plan.assignments):
        found[work.task] = int(place[work.team])
        place[work.team] = problem.tasks.node[work.task]
    return found


def _first_that_leaves_early(
    problem: PlanningProblem, wanted: dict[int, float], plan: Plan
) -> int | None:
    # Where something else went wrong before it, holding a task back can no longer put it right.
    leaves = leaving_days(problem, plan)
    early = [(day, task) for task, day in leaves.items() if day < wanted[task] - SAME_DAY]
    late = [day for task, day in wanted.items() if leaves.get(task, np.inf) > day + SAME_DAY]
    day, task = min(early, default=(np.inf, None))
    return task if day <= min(late, default=np.inf) + SAME_DAY else None


def _off(one: Served, other: Served) -> float:
    return abs(one.person_days - other.person_days)
