"""Plan anew from the present state, and move no more of the accepted plan than is allowed.

People have been told their days, so a plan that is a little better but turns everything round
is a bad one. What is accepted and not yet begun counts as *moved* if its team changes or its
start shifts by more than a tolerance, against the accepted plan as it would go on by itself,
with all the delays that reality has brought.

A free search gives the plan that would be best if everything could move. Then whole packages
(all that one service of one neighbourhood still waits for) are taken over from it into the
accepted plan, with the new teams or only with the new days, as many as the bound allows, those
that bring most first; every mixture is followed through (`Follower`), and kept only if it keeps
the bound, breaks no rule and is better. So no plan that is returned is worse than the accepted
one as it would go on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

import numpy as np

from takatuf.planning.checking import problems_of, served_by
from takatuf.planning.comparing.keys import keys_of, planned
from takatuf.planning.plan import Plan, Served
from takatuf.planning.problem import Floats, Lists, PlanningProblem
from takatuf.planning.remaining import Remaining, remaining
from takatuf.planning.replanning.following import Follower, Wish, wishes_of
from takatuf.planning.solvers.annealing import packages_of, search, together

EVALUATIONS_PER_PACKAGE = 50  # to try one package takes about as long as so many schedules


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplanRequest:
    """From when to plan anew, and how much may move."""

    day: float  # of the accepted plan; from 0 to less than the horizon
    max_moved_share: float  # of what is accepted and not yet begun; 0 to 1
    tolerance_days: float = 3.0  # a start that shifts by no more has not moved
    evaluations: int = 5_000  # schedules tried by the free search; one in 50 of packages
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanned:
    """The new plan, beside the accepted one as it would go on and the free one."""

    plan: Plan  # the whole: what has happened, and what comes
    served: Served
    moved: tuple[int, ...]  # tasks, in the order of their numbers
    n_open: int  # accepted and not yet begun
    accepted: Served  # if the accepted plan goes on, with reality's delays
    free: Served  # if everything may move

    @property
    def moved_share(self) -> float:
        """The share of what was accepted and not yet begun that moves; 0 to 1."""
        return len(self.moved) / self.n_open if self.n_open else 0.0


def replan(problem: PlanningProblem, accepted: Plan, request: ReplanRequest) -> Replanned:
    """Return a plan from the present state on; the same arguments give the same plan.

    Args:
        problem: As it is known today: tasks that turned out longer have their new durations,
            teams that were lost are never free, and so on. Tasks and teams are numbered as in
            the accepted plan.
        accepted: The plan that was accepted. What it says of the days before is taken to have
            happened, as late as the problem makes it.
        request: From when, and how much may move. With a share of 0 the accepted plan comes
            back, with reality's delays; what it has nobody for stays undone.

    Raises:
        ValueError: The day is not within the horizon, or the share not within 0 to 1.
    """
    if not 0 <= request.max_moved_share <= 1:
        raise ValueError(f"a share is from 0 to 1, not {request.max_moved_share}")
    whole = Follower(problem).follow(wishes_of(accepted))
    now = remaining(problem, whole, request.day)
    aim = together(now.problem, packages_of(now.problem))
    start = keys_of(problem, whole)[now.task_of]
    found = search(now.problem, aim, request.evaluations, request.seed, (start,))
    free = planned(now.problem, found.keys, found.holds).plan
    mixing = _Mixing(now, whole, free, request)
    best = mixing.best(aim.packages or packages_of(now.problem))
    return Replanned(
        plan=now.stitched(best),
        served=now.served(served_by(now.problem, best)),
        moved=tuple(sorted(int(now.task_of[task]) for task in mixing.moved(best))),
        n_open=len(mixing.open),
        accepted=now.served(served_by(now.problem, mixing.kept)),
        free=now.served(served_by(now.problem, free)),
    )


class Taken(NamedTuple):
    """What a mixture takes over from the free plan."""

    tasks: frozenset[int] = frozenset()  # with their teams and days
    days_only: frozenset[int] = frozenset()  # with their days; the teams stay

    def with_tasks(self, more: Iterable[int], *, has_new_teams: bool) -> "Taken":
        """Return what is taken over if these tasks are as well; what was taken stays so."""
        if has_new_teams:
            return self._replace(tasks=self.tasks.union(more))
        return self._replace(days_only=self.days_only.union(more))


class _Mixing:
    """Mixtures of the accepted plan and the free one; days and tasks are of what remains."""

    def __init__(self, now: Remaining, whole: Plan, free: Plan, request: ReplanRequest) -> None:
        self.now = now
        self.request = request
        self.free = free
        self.follower = Follower(now.problem)
        number = {int(task): at for at, task in enumerate(now.task_of)}
        begun = {work.task for work in now.settled}
        self.open = {
            number[work.task]: Wish(work.start_day - now.day, work.team, work.start_day - now.day)
            for work in whole.assignments
            if work.task not in begun
        }
        self.fixed = {
            task: wish for task, wish in wishes_of(free).items() if wish.team >= now.n_teams
        }
        self.wanted = {
            task: wish._replace(not_before=-inf)  # on the same day before what stays
            for task, wish in wishes_of(free).items()
            if task not in self.fixed
        }
        self.kept = self.follower.follow({**self.fixed, **self.open})
        self.n_may_move = int(request.max_moved_share * len(self.open))

    def best(self, packages: Lists) -> Plan:
        """Return the best plan that keeps the bound: the accepted one where nothing may move."""
        if self.request.max_moved_share == 1:
            return min(self.kept, self.free, key=self.value)
        if self.n_may_move == 0:
            return self.kept
        order = self._by_benefit(packages)
        best, value, taken = self.kept, self.value(self.kept), Taken()
        for has_new_teams in (True, False):
            many = self._most_at_once(order, packages, has_new_teams=has_new_teams)
            plan = self.mixture(many)
            if self._is_better(plan, value):
                best, value, taken = plan, self.value(plan), many
        for package in order[: self.request.evaluations // EVALUATIONS_PER_PACKAGE]:
            for has_new_teams in (True, False):
                more = taken.with_tasks(packages.row(package), has_new_teams=has_new_teams)
                plan = self.mixture(more)
                if self._is_better(plan, value):
                    best, value, taken = plan, self.value(plan), more
        return best

    def moved(self, plan: Plan) -> set[int]:
        """Return the tasks that were accepted, are not yet begun, and are moved by a plan."""
        tolerance = self.request.tolerance_days
        stays = {
            work.task
            for work in plan.assignments
            if work.task in self.open
            and work.team == self.open[work.task].team
            and abs(work.start_day - self.open[work.task].start_day) <= tolerance
        }
        return set(self.open) - stays

    def mixture(self, taken: Taken) -> Plan:
        """Return what comes of it if some tasks are done as in the free plan."""
        wishes = dict(self.fixed)
        for task, wish in self.open.items():
            earliest = wish.start_day - self.request.tolerance_days
            wishes[task] = wish._replace(not_before=earliest)
        for task, wish in self.wanted.items():
            if task in taken.tasks or task not in wishes:
                wishes[task] = wish
            elif task in taken.days_only:
                wishes[task] = wish._replace(team=wishes[task].team)
        return self.follower.follow(wishes)

    def value(self, plan: Plan) -> float:
        """Return the weighted person-days of a plan for what remains."""
        return served_by(self.now.problem, plan).person_days

    def _is_better(self, plan: Plan, value: float) -> bool:
        return (
            len(self.moved(plan)) <= self.n_may_move
            and self.value(plan) < value
            and not problems_of(self.now.problem, plan)
        )

    def _by_benefit(self, packages: Lists) -> list[int]:
        # What each service gains in the free plan; packages without a task of ours are left out.
        problem = self.now.problem
        sooner = _days(problem, self.kept) - _days(problem, self.free)
        worth = problem.neighbourhoods.people[:, None] * problem.weights[None, :]
        benefit = (sooner * worth).T.reshape(-1)
        order = np.argsort(-benefit, kind="stable").tolist()
        return [one for one in order if benefit[one] > 0 and packages.row(one)]

    def _most_at_once(self, order: list[int], packages: Lists, *, has_new_teams: bool) -> Taken:
        def first(count: int) -> Taken:
            tasks = {task for package in order[:count] for task in packages.row(package)}
            return Taken().with_tasks(tasks, has_new_teams=has_new_teams)

        low, high = 0, len(order)
        while low < high:
            middle = (low + high + 1) // 2
            fits = len(self.moved(self.mixture(first(middle)))) <= self.n_may_move
            low, high = (middle, high) if fits else (low, middle - 1)
        return first(low)


def _days(problem: PlanningProblem, plan: Plan) -> Floats:
    return np.minimum(served_by(problem, plan).service_day, problem.horizon_days)
