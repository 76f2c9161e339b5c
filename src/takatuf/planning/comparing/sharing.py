"""Who brings how much of the gain: Shapley values over blocs of organisations.

The worth of a coalition is what is saved, against each alone, when its members follow one order
of their tasks for everybody's goals, with their own teams and mandates, while all others keep
the priorities that they had alone. All of it goes through the one simulator, so nothing can be
gained by reckoning differently. The worth of nobody is 0, that of everybody is what the joint
plan saves. A single bloc has a worth, too: it alone minds everybody's goals.

What a part of a coalition can do, the whole can: so no coalition is worth less than a part of it
that was looked at. A share is the mean of what a bloc adds over the orders in which blocs can
join. Up to six blocs all orders count; with more, some orders are drawn and the standard error
of the mean is given. That error says nothing of the search: other seeds give other worths.

Source: L. S. Shapley (1953), A value for n-person games, Annals of Mathematics Studies 28,
307-317. Shapley values may lie outside the core: a bloc's share can be less than what it could
save with some others only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import factorial, sqrt

import numpy as np

from takatuf.planning.comparing.keys import Planned, best_of, keys_of, planned
from takatuf.planning.comparing.one_by_one import Effort
from takatuf.planning.comparing.telling import Told
from takatuf.planning.comparing.trying import Tried
from takatuf.planning.problem import Floats, PlanningProblem
from takatuf.planning.solvers.annealing import Aim, Progress, packages_of, search
from takatuf.vocabulary.identity import ThingId

MOST_EXACT = 6  # blocs: 64 coalitions
N_ORDERS = 100  # drawn where there are more blocs

Bloc = tuple[int, ...]  # organisations that act as one
Coalition = frozenset[int]  # of blocs


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one bloc brings."""

    bloc: Bloc
    person_days: float
    standard_error: float  # of the mean over orders; 0 where all orders count


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """All shares; they add up to the gain."""

    shares: tuple[Share, ...]
    gain: float  # weighted person-days that everybody together saves against each alone
    n_coalitions: int  # that were searched for
    n_orders: int | None  # drawn; None: all orders count


def blocs_of(problem: PlanningProblem) -> tuple[Bloc, ...]:
    """Return the blocs where nobody gave any: up to six organisations each is one.

    With more, those that count the same services as their own goals act as one.
    """
    working = [int(one) for one in np.unique(problem.teams.organisation)]
    if len(working) <= MOST_EXACT:
        return tuple((one,) for one in working)
    by_goals: dict[tuple[bool, ...], list[int]] = {}
    for one in working:
        by_goals.setdefault(tuple(problem.serves[one].tolist()), []).append(one)
    return tuple(sorted(tuple(members) for members in by_goals.values()))


def shares_of(
    problem: PlanningProblem,
    tried: Tried,
    effort: Effort,
    blocs: Sequence[Bloc],
    on_progress: Progress | None = None,
    n_orders: int = N_ORDERS,
) -> Shares:
    """Return what each bloc brings of the gain of acting together.

    Args:
        problem: What is to be done.
        tried: The ways of one seed: others keep the priorities of *alone*, and the search of
            everybody together starts from the joint plan.
        effort: Schedules tried for each coalition.
        blocs: Each organisation with a team is in one of them.
        on_progress: Told now and then.
        n_orders: Two or more; drawn where there are more than six blocs.
    """
    n = len(blocs)
    is_exact = n <= MOST_EXACT
    n_most = 2**n if is_exact else n * n_orders
    told = Told(on_progress, 0, n_most * effort.evaluations)
    worths = _Worths(problem, tried, effort, tuple(blocs), told)
    if is_exact:
        for size in range(n):  # the smaller ones first: the larger start from them
            for members in combinations(range(n), size):
                worths.of(frozenset(members))
        rows = np.array([_all_orders(worths, bloc, n) for bloc in range(n)])
        errors = np.zeros(n)
    else:
        drawn = _drawn_orders(worths, n, np.random.default_rng(effort.seed), n_orders)
        rows, errors = drawn.mean(axis=0), drawn.std(axis=0, ddof=1) / sqrt(n_orders)
    return Shares(
        shares=tuple(
            Share(bloc=tuple(bloc), person_days=float(row), standard_error=float(error))
            for bloc, row, error in zip(blocs, rows, errors, strict=True)
        ),
        gain=worths.of(frozenset(range(n))),
        n_coalitions=worths.n_searched,
        n_orders=None if is_exact else n_orders,
    )


def merged(problem: PlanningProblem, members: Sequence[int]) -> PlanningProblem:
    """Return the problem with some organisations as one, which comes first; at least one."""
    others = [one for one in range(len(problem.organisations)) if one not in members]
    number = np.zeros(len(problem.organisations), dtype=np.int64)
    number[others] = 1 + np.arange(len(others))
    first = members[0]
    kept = [first, *others]
    return replace(
        problem,
        organisations=tuple(ThingId(problem.organisations[one]) for one in kept),
        organisation_names=tuple(problem.organisation_names[one] for one in kept),
        serves=problem.serves[kept],
        teams=replace(problem.teams, organisation=number[problem.teams.organisation]),
    )


class _Worths:
    """What each coalition saves; each is searched for once."""

    def __init__(
        self,
        problem: PlanningProblem,
        tried: Tried,
        effort: Effort,
        blocs: tuple[Bloc, ...],
        told: Told,
    ) -> None:
        self.problem = problem
        self.alone, self.joint = tried.alone, tried.together
        self.effort = effort
        self.blocs = blocs
        self.told = told
        self.packages = packages_of(problem)
        self.n_searched = 0
        self.found: dict[Coalition, Planned] = {frozenset(): self.alone}

    def of(self, coalition: Coalition) -> float:
        if coalition not in self.found:
            self.found[coalition] = self._searched(coalition)
        best = self.found[coalition].served.person_days
        return self.alone.served.person_days - best

    def _searched(self, coalition: Coalition) -> Planned:
        parts = [self.found[part] for bloc in sorted(coalition)
                 if (part := coalition - {bloc}) in self.found]  # fmt: skip
        members = sorted(one for bloc in coalition for one in self.blocs[bloc])
        city = merged(self.problem, members)
        keys = self._keys_of_others(members)
        if len(coalition) == len(self.blocs):
            parts.append(self.joint)
        starts = tuple(keys_of(self.problem, part.plan) for part in parts)
        told = self.told.part(self.n_searched * self.effort.evaluations)
        self.n_searched += 1
        aim = Aim(keys=keys, row=0, packages=self.packages)
        found = search(city, aim, self.effort.evaluations, self.effort.seed, starts, told)
        return best_of(planned(city, found.keys, found.holds), *parts)

    def _keys_of_others(self, members: Sequence[int]) -> Floats:
        others = [one for one in range(len(self.problem.organisations)) if one not in members]
        return np.vstack([np.zeros((1, self.problem.n_tasks)), self.alone.keys[others]])


def _all_orders(worths: _Worths, bloc: int, n: int) -> float:
    others = [one for one in range(n) if one != bloc]
    total = 0.0
    for size in range(n):
        orders = factorial(size) * factorial(n - size - 1) / factorial(n)
        for members in combinations(others, size):
            before = worths.of(frozenset(members))
            total += orders * (worths.of(frozenset((*members, bloc))) - before)
    return total


def _drawn_orders(worths: _Worths, n: int, rng: np.random.Generator, n_orders: int) -> Floats:
    added = np.empty((n_orders, n))
    for order in range(n_orders):
        joined: Coalition = frozenset()
        for bloc in rng.permutation(n).tolist():
            before = worths.of(joined)
            joined |= {bloc}
            added[order, bloc] = worths.of(joined) - before
    return added
