"""One minute of planning: each way with equal effort, then the joint plan, bound and checks.

Two threads share the work. What needs the fewest seconds is known beforehand only roughly, so
the joint search gets what is left of the budget after the rest has been set aside.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from math import ceil

import numpy as np

from benchmarks.planning.aleppo.building import WholeCity
from benchmarks.planning.aleppo.water import verified
from takatuf.city.water.correcting import CorrectedWater
from takatuf.city.water.verifying import Verification
from takatuf.planning.bound import bound_of
from takatuf.planning.checking import problems_of
from takatuf.planning.comparing import Effort, Planned, keys_of, planned
from takatuf.planning.comparing.one_by_one import naive, shared
from takatuf.planning.comparing.telling import Told
from takatuf.planning.comparing.ways import joined
from takatuf.planning.problem import WATER, Floats, PlanningProblem
from takatuf.planning.solvers.annealing import (
    AfterSeconds,
    packages_of,
    search_side_by_side,
    together,
)

THREADS = 2
SET_ASIDE_S = 16.0  # for hydraulics, delays and checks
LEAST_JOINT_S = 5.0
WARM_UP = 100
WAYS_SHARE = 0.35  # of the time goes to the ways with equal effort


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How much is tried."""

    seconds: float
    seeds: tuple[int, ...]
    evaluations: int  # of each way with each seed


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CheckedWater:
    """What hydraulics say of the joint plan."""

    verification: Verification
    corrected: CorrectedWater
    value: float
    n_without: int  # quarters that no junction of the stand-in belongs to
    n_solved: int  # of the others: hydraulics were solved for the state of their day


@dataclass(slots=True, kw_only=True)
class Planning:
    """Everything that came of it."""

    seeds: tuple[int, ...]
    by_seed: dict[str, list[float]]
    best: dict[str, Planned]  # alone and shared
    together: Planned
    evaluations: int
    bound: float
    break_even: dict[str, str] = field(default_factory=dict)
    water: CheckedWater | None = None
    n_checked: int = 0
    n_broken: int = 0
    effort: int  # schedules of each way with each seed
    wall_s: float = 0.0
    cpu_s: float = 0.0
    seconds: dict[str, float] = field(default_factory=dict)


class _Clock:
    """Wall time since the beginning, and of each part."""

    def __init__(self) -> None:
        self.began = self.last = time.monotonic()
        self.cpu_began = time.process_time()
        self.parts: dict[str, float] = {}

    def mark(self, part: str) -> None:
        """End a part."""
        now = time.monotonic()
        self.parts[part], self.last = now - self.last, now

    def cpu(self) -> float:
        """Return the processor seconds since the beginning, of all threads."""
        return time.process_time() - self.cpu_began

    def gone(self) -> float:
        """Return the seconds since the beginning."""
        return time.monotonic() - self.began


def warm_up(city: WholeCity) -> tuple[float, float]:
    """Compile what will run, or read it from the cache.

    Returns:
        The wall seconds that took, and those of the three ways with `WARM_UP` schedules each
        once everything is compiled.
    """
    problem, clock = city.layered.problem, _Clock()
    effort = Effort(WARM_UP, 1, packages_of(problem))
    _ways(problem, effort)
    compiled = clock.gone()
    _ways(problem, effort)
    return compiled, clock.gone() - compiled


def affordable(budget_s: float, n_seeds: int, warm_up_s: float) -> int:
    """Return how many schedules of each way and seed take their share of the time."""
    turns = ceil(n_seeds / THREADS)
    return max(int(WARM_UP * WAYS_SHARE * budget_s / turns / warm_up_s), WARM_UP)


def plan_city(city: WholeCity, budget: Budget) -> Planning:
    """Return the plans of every way, checked."""
    problem, clock = city.layered.problem, _Clock()
    packages = packages_of(problem)
    with ThreadPoolExecutor(THREADS) as pool:
        tried = list(
            pool.map(
                lambda seed: _ways(problem, Effort(budget.evaluations, seed, packages)),
                budget.seeds,
            )
        )
    clock.mark("ways by seed")
    by_way = {name: [ways[name] for ways in tried] for name in ("alone", "shared", "together")}
    best = {name: min(found, key=_value) for name, found in by_way.items()}
    start = best.pop("together")
    left = max(budget.seconds - SET_ASIDE_S - clock.gone(), LEAST_JOINT_S)
    stops = tuple(AfterSeconds(left, time.monotonic) for _ in range(THREADS))
    starts: tuple[Floats | tuple[Floats, Floats], ...] = (
        (start.keys[0], start.holds),
        *(keys_of(problem, one.plan) for one in best.values()),
    )
    found = search_side_by_side(problem, together(problem, packages), stops, 1, tuple(starts))
    joint = min(planned(problem, found.keys, found.holds), start, key=_value)
    clock.mark("joint search")
    with ThreadPoolExecutor(1) as pool:
        proof = pool.submit(bound_of, problem, _value(joint))
        made = Planning(
            seeds=budget.seeds,
            by_seed={name: [_value(one) for one in found] for name, found in by_way.items()},
            best=best,
            together=joint,
            evaluations=found.evaluations,
            effort=budget.evaluations,
            bound=0.0,
            break_even={way: _break_even(problem, joint, other) for way, other in best.items()},
            water=_water(city, joint),
        )
        clock.mark("delays and hydraulics, beside the bound")
        made.bound = proof.result()
        clock.mark("rest of the bound")
    _check(problem, made, [one for ways in by_way.values() for one in ways])
    clock.mark("checks")
    made.wall_s, made.cpu_s, made.seconds = clock.gone(), clock.cpu(), clock.parts
    return made


def _value(one: Planned) -> float:
    return one.served.person_days


def _ways(problem: PlanningProblem, effort: Effort) -> dict[str, Planned]:
    told = Told(None, 0, effort.evaluations)
    alone = naive(problem, effort, told)
    one_by_one = shared(problem, alone, effort, told)
    return {
        "alone": alone,
        "shared": one_by_one,
        "together": joined(problem, (alone, one_by_one), effort, told),
    }


def _break_even(problem: PlanningProblem, joint: Planned, other: Planned) -> str:
    """Return the first whole day of starting that leaves no gain: nobody works before it."""

    def is_gone(day: int) -> bool:
        free = np.maximum(problem.teams.free_from_day, float(day))
        late = replace(problem, teams=replace(problem.teams, free_from_day=free))
        return _value(planned(late, joint.keys, joint.holds)) >= _value(other)

    low, high = 0, ceil(problem.horizon_days)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if is_gone(middle) else (middle + 1, high)
    return f"{low} days"


def _water(city: WholeCity, joint: Planned) -> CheckedWater | None:
    if city.water is None:
        return None
    problem, own = city.layered.problem, city.layered.own_water_tasks
    found, mended, value = verified(city.water, problem, own, joint.plan, joint.served)
    asks = city.water.zones.demand_m3_per_h > 0
    states = [found.state_on(day) for day in joint.served.service_day[asks, WATER].tolist()]
    return CheckedWater(
        verification=found,
        corrected=mended,
        value=value,
        n_without=int((~asks).sum()),
        n_solved=int(found.is_verified[states].sum()),
    )


def _check(problem: PlanningProblem, made: Planning, plans: list[Planned]) -> None:
    for one in (*plans, made.together):
        made.n_checked += 1
        made.n_broken += bool(problems_of(problem, one.plan, one.served))
