"""*Alone, observant*: each plans anew every week from what it sees, and knows nobody's plans.

What an organisation sees: which tasks are finished, which roads are open, which services are
back, what is still missing wherever it is, and its own teams. What it does not know: what others
will do next, and when. So on each day of planning

1. it puts its tasks in the order of what they are worth for its own goals: people served by day
   of all the work that is still missing for the service, whoever is to do it. That is naive, as
   it takes for granted that others will do their part; but it sees which part is done.
2. it takes only what is done now as done, and asks what it can bring about if nobody else does
   anything: *certain* are the services that would be back by its own work alone. Of the tasks
   behind certain services it changes the order, by a search that counts nothing else. They keep
   to the places that they have among all its tasks, which are not touched: about these it
   knows nothing more.

Everybody is at work in the meantime, by the one simulator: a team takes the first task of its
organisation's order that is ready. A week later all look again.
"""

from dataclasses import replace

import numpy as np

from takatuf.planning.comparing.keys import Planned, planned
from takatuf.planning.comparing.one_by_one import Effort
from takatuf.planning.comparing.telling import Told
from takatuf.planning.plan import Plan
from takatuf.planning.problem import (
    HOME,
    Flags,
    Floats,
    Ints,
    Lists,
    PlanningProblem,
    Teams,
)
from takatuf.planning.remaining import remaining, without
from takatuf.planning.simulating import city_of, crews_of, setting_of, simulate
from takatuf.planning.solvers.annealing import Aim, packages_of, search
from takatuf.planning.solvers.annealing.packages import greedy_keys

WEEK_DAYS = 7.0


def observant(
    problem: PlanningProblem,
    alone: Planned,
    effort: Effort,
    told: Told,
    every_days: float = WEEK_DAYS,
) -> Planned:
    """Return what comes of it when everybody plans anew every week from what it sees.

    Args:
        problem: What is to be done.
        alone: The naive plans, a row for each; they also say over how many weeks the
            evaluations are to be split.
        effort: How much is tried in all, split evenly over weeks and organisations. What one
            has no use for, as nothing is in its reach, is left to those after it.
        told: Of the progress.
        every_days: From one planning to the next; above 0.

    Returns:
        The plan as it comes about. Its keys are the last that each had; nobody holds work back.
    """
    last_day = max((work.end_day for work in alone.plan.assignments), default=0.0)
    purse = _Purse(effort, int(last_day / every_days + 1) * len(alone.keys), told)
    keys, day = alone.keys.copy(), 0.0
    now = remaining(problem, Plan(assignments=()), day)
    while True:
        seen = _Seen(now.problem, alone.keys[:, now.task_of])
        for organisation in np.unique(problem.teams.organisation).tolist():
            keys[organisation, now.task_of] = _replanned(seen, organisation, purse)
        coming = planned(now.problem, keys[:, now.task_of])
        plan = now.stitched(coming.plan)
        day += every_days
        if day >= problem.horizon_days or all(work.start_day < day for work in plan.assignments):
            return Planned(plan, now.served(coming.served), keys, np.zeros(problem.n_tasks))
        now = remaining(problem, plan, day)


class _Purse:
    """Evaluations that are left, in equal parts for those who still ask."""

    def __init__(self, effort: Effort, n_parts: int, told: Told) -> None:
        self.left = self.total = effort.evaluations
        self.seed = effort.seed
        self.n_parts = n_parts
        self.told = told

    def take(self, *, needs_any: bool) -> tuple[int, Told]:
        part = self.left // max(self.n_parts, 1) if needs_any else 0
        told = self.told.part(self.total - self.left)
        self.n_parts -= 1
        self.left -= part
        return part, told


class _Seen:
    """What everybody can see on a day of planning, worked out once for all."""

    def __init__(self, problem: PlanningProblem, naive: Floats) -> None:
        self.problem = problem
        self.naive = naive  # a row for each organisation: it breaks ties
        self.city = city_of(problem)
        self.packages = packages_of(problem)
        self.keys_of_goals: dict[tuple[bool, ...], Floats] = {}

    def by_worth(self, organisation: int) -> Ints:
        """Return all tasks, those that are worth most for an organisation's own goals first."""
        goals = self.problem.serves[organisation]
        kind = tuple(goals.tolist())
        if kind not in self.keys_of_goals:
            people_weight = setting_of(self.problem, self.problem.weights * goals).people_weight
            self.keys_of_goals[kind] = greedy_keys(self.problem, self.packages, people_weight)
        return np.lexsort((self.naive[organisation], self.keys_of_goals[kind]))


def _replanned(seen: _Seen, organisation: int, purse: _Purse) -> Floats:
    n = seen.problem.n_tasks
    keys = np.empty(n)
    keys[seen.by_worth(organisation)] = np.arange(n) / max(n, 1)
    alone = replace(seen.problem, teams=_own_teams(seen.problem, organisation))
    plan, served = simulate(seen.city, crews_of(alone, 1), setting_of(alone), keys[None, :])
    in_reach = np.zeros(n, dtype=np.bool_)
    in_reach[[work.task for work in plan.assignments]] = True
    view, task_of = _view(alone, in_reach, np.isfinite(served.service_day))
    weights = view.weights * view.serves[organisation]
    packages = packages_of(view)
    behind = _tasks_behind(view, packages, weights)
    evaluations, told = purse.take(needs_any=len(behind) > 1)
    if len(behind) > 1:
        aim = Aim(
            keys=np.zeros((1, view.n_tasks)), weights=weights, packages=packages, may_hold=False
        )
        found = search(view, aim, evaluations, purse.seed, (keys[task_of],), told).keys[0]
        first = task_of[behind[np.argsort(found[behind], kind="stable")]]
        keys[first] = np.sort(keys[first])
    return keys


def _own_teams(problem: PlanningProblem, organisation: int) -> Teams:
    teams = problem.teams
    own = np.flatnonzero(teams.organisation == organisation)
    return Teams(
        ids=tuple(teams.ids[team] for team in own),
        names=tuple(teams.names[team] for team in own),
        organisation=np.zeros(len(own), dtype=np.int64),
        has_skill=teams.has_skill[own],
        may_work_in=teams.may_work_in[own],
        may_do_trunk=teams.may_do_trunk[own],
        base=teams.base[own],
        free_from_day=teams.free_from_day[own],
    )


def _view(
    alone: PlanningProblem, in_reach: Flags, is_certain: Flags
) -> tuple[PlanningProblem, Ints]:
    # What is not in reach never happens: its roads stay closed and its facilities broken. The
    # services that wait for it are not counted, which leaves a small problem to search in.
    roads, facilities, people = alone.roads, alone.facilities, alone.neighbourhoods
    kept = [edge for edge in range(len(roads.start)) if in_reach[roads.blocked_by.row(edge)].all()]
    broken = [not in_reach[facilities.tasks.row(one)].all() for one in range(len(facilities.ids))]
    possible = replace(
        alone,
        roads=replace(
            roads,
            start=roads.start[kept],
            end=roads.end[kept],
            length_km=roads.length_km[kept],
            blocked_by=Lists.of([roads.blocked_by.row(edge) for edge in kept]),
        ),
        facilities=replace(
            facilities, never_works=facilities.never_works | np.array(broken, dtype=np.bool_)
        ),
        neighbourhoods=replace(
            people,
            has_now=people.has_now | ~is_certain,
            displaced=None
            if people.displaced is None
            else np.where(is_certain[:, HOME], people.displaced, 0.0),
        ),
    )
    return without(possible, ~in_reach)


def _tasks_behind(view: PlanningProblem, packages: Lists, weights: Floats) -> Ints:
    n = len(view.neighbourhoods.ids)
    goals = np.flatnonzero(weights > 0).tolist()
    tasks = {task for goal in goals for of in range(n) for task in packages.row(goal * n + of)}
    return np.array(sorted(tasks), dtype=np.int64)
