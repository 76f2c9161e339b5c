"""The ways of planning over several seeds: every figure with its spread, every gain paired.

A gain is reckoned for each seed by itself, of two plans made with that seed, and then ranged.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from takatuf.planning.comparing.equity import equity_of
from takatuf.planning.comparing.keys import Planned
from takatuf.planning.comparing.ranges import Range, range_of
from takatuf.planning.comparing.telling import Told
from takatuf.planning.comparing.trying import N_WAYS, Tried, try_ways
from takatuf.planning.problem import PlanningProblem
from takatuf.planning.solvers.annealing import Progress

FIVE_SEEDS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaySpread:
    """One way of planning over all seeds."""

    name: str  # "alone", "observant", "shared" or "together"
    by_seed: tuple[float, ...]  # weighted person-days
    person_days: Range
    mean_days: Range
    worst_decile_days: Range
    gini: Range


@dataclass(frozen=True, slots=True, kw_only=True)
class GainSpread:
    """What acting together saves against one other way, in percent of that way's person-days."""

    over: str
    by_seed: tuple[float, ...]
    percent: Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """All ways and gains, with the plans of each seed."""

    seeds: tuple[int, ...]
    evaluations: int  # of each way with each seed
    ways: tuple[WaySpread, ...]
    gains: tuple[GainSpread, ...]
    tried: tuple[Tried, ...]  # in the order of the seeds

    @property
    def middle(self) -> Tried:
        """The plans of the seed whose joint plan is the middle one, so neither luck nor lack."""
        order = sorted(self.tried, key=lambda tried: tried.together.served.person_days)
        return order[(len(order) - 1) // 2]


def spread(
    problem: PlanningProblem,
    evaluations: int,
    seeds: Sequence[int] = FIVE_SEEDS,
    on_progress: Progress | None = None,
) -> Spread:
    """Return the four ways of planning for each of one or more seeds; see `try_ways`."""
    total = N_WAYS * evaluations * len(seeds)
    tried = tuple(
        try_ways(problem, evaluations, seed, Told(on_progress, N_WAYS * evaluations * at, total))
        for at, seed in enumerate(seeds)
    )
    by_way = {name: [getattr(one, name) for one in tried] for name in Tried._fields}
    joint = by_way["together"]
    return Spread(
        seeds=tuple(seeds),
        evaluations=evaluations,
        ways=tuple(_way(problem, name, found) for name, found in by_way.items()),
        gains=tuple(
            _gain(name, found, joint) for name, found in by_way.items() if name != "together"
        ),
        tried=tried,
    )


def _way(problem: PlanningProblem, name: str, found: Sequence[Planned]) -> WaySpread:
    values = tuple(one.served.person_days for one in found)
    equities = [equity_of(problem, one.served) for one in found]
    return WaySpread(
        name=name,
        by_seed=values,
        person_days=range_of(values),
        mean_days=range_of([one.mean_days for one in equities]),
        worst_decile_days=range_of([one.worst_decile_days for one in equities]),
        gini=range_of([one.gini for one in equities]),
    )


def _gain(name: str, found: Sequence[Planned], joint: Sequence[Planned]) -> GainSpread:
    percent = tuple(
        gain_percent(one.served.person_days, other.served.person_days)
        for one, other in zip(found, joint, strict=True)
    )
    return GainSpread(over=name, by_seed=percent, percent=range_of(percent))


def gain_percent(before: float, after: float) -> float:
    """Return what is saved, in percent of what it was before; 0 where nothing was to be saved."""
    return 0.0 if before == 0 else 100.0 * (before - after) / before
