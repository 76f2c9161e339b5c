"""Simulated annealing over random keys: several heats first, then ever colder around the best.

Source: random keys after J. C. Bean (1994), Genetic algorithms and random keys for sequencing
and optimization, ORSA Journal on Computing 6, 154-160, https://doi.org/10.1287/ijoc.6.2.154.
Each key comes with a hold, as an order of tasks alone cannot say that a team should wait.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from takatuf.planning.problem import Floats, Lists, PlanningProblem
from takatuf.planning.simulating import Game, value_of
from takatuf.planning.solvers.annealing.aims import Aim, Found, game_of, pool_of
from takatuf.planning.solvers.annealing.cycles import (
    FEW_PER_TASK,
    HEATS,
    MIDDLE_HEAT,
    Cycle,
    From,
    settling,
    trying,
)
from takatuf.planning.solvers.annealing.moving import Moves, moves_of
from takatuf.planning.solvers.annealing.packages import greedy_keys, packages_of
from takatuf.planning.solvers.annealing.positions import Position, place_at, position_at
from takatuf.planning.solvers.annealing.stopping import Effort, StopRule, after_evaluations
from takatuf.planning.solvers.annealing.walking import walk

Progress = Callable[[int, int, float], None]  # evaluations done, of how many, best value so far

STEPS_AT_ONCE = 250  # evaluations between two looks at the clock
SKILL_ROUNDS = 2  # through all skills in a cycle that goes skill by skill
Start = tuple[Floats, Floats]  # keys of the row that is sought, and holds; shape (n_tasks,) each


def search(
    problem: PlanningProblem,
    aim: Aim,
    evaluations: int,
    seed: int,
    starts: tuple[Floats | Start, ...] = (),
    on_progress: Progress | None = None,
) -> Found:
    """Return the best keys found; the same arguments give the same keys.

    It starts from the best of a greedy order, a random one and those given, so the result is
    never worse than any of them. It may be stopped at any moment by an exception, such as
    the user's KeyboardInterrupt, which passes through.

    Args:
        problem: What is to be done.
        aim: Whose keys are sought; those of its ``row`` on entry do not matter.
        evaluations: How many schedules are made, starts included; at least the starts are.
        seed: Decides all that is random.
        starts: Further keys to start from, each of shape ``(n_tasks,)``, or with their holds.
        on_progress: Told every 250 evaluations how far the search is.
    """

    def tell(effort: Effort) -> None:
        if on_progress:
            on_progress(min(effort.evaluations, evaluations), evaluations, effort.value)

    walker = Walker(problem, aim, seed, starts)
    walker.most = evaluations
    return _searched(walker, after_evaluations(evaluations), tell, may_hold=aim.may_hold)


def search_until(
    problem: PlanningProblem,
    aim: Aim,
    stop: StopRule,
    seed: int,
    starts: tuple[Floats | Start, ...] = (),
    on_progress: Callable[[Effort], None] | None = None,
) -> Found:
    """Return the best keys found until a rule ends the search; else as `search`."""
    walker = Walker(problem, aim, seed, starts)
    return _searched(walker, stop, on_progress, may_hold=aim.may_hold)


def _searched(
    walker: "Walker",
    stop: StopRule,
    on_progress: Callable[[Effort], None] | None,
    *,
    may_hold: bool,
) -> Found:
    is_small = walker.most is not None and walker.most < FEW_PER_TASK * len(walker.pool)
    for cycle in trying((MIDDLE_HEAT,) if is_small else HEATS):
        walker.cool_down(cycle, stop, on_progress)
    for cycle in settling(walker.best_heat, may_hold=may_hold, again=not is_small):
        walker.cool_down(cycle, stop, on_progress)
    return walker.found()


def search_side_by_side(
    problem: PlanningProblem,
    aim: Aim,
    stops: tuple[StopRule, ...],
    seed: int,
    starts: tuple[Floats | Start, ...] = (),
    on_progress: Callable[[Effort], None] | None = None,
) -> Found:
    """Return the best keys of several searches at once, one for each stop rule.

    Each tries all heats for itself. From then on all go on, before each cycle that begins at
    the best, from the best that any of them has met.
    With rules that count evaluations the result is the same on any machine. Compiled code
    lets other threads run, so this takes as long as one search, if there are enough cores.

    Args:
        problem: What is to be done.
        aim: Whose keys are sought.
        stops: A rule for each search; each search asks only its own.
        seed: Decides all that is random.
        starts: As in `search`.
        on_progress: Told by the first search.
    """
    walkers = [
        Walker(problem, aim, seed + SEED_STEP * number, starts) for number in range(len(stops))
    ]
    told = [on_progress, *(None for _ in stops[1:])]

    def run(number: int, cycles: tuple[Cycle, ...]) -> None:
        for cycle in cycles:
            walkers[number].cool_down(cycle, stops[number], told[number])

    def everybody(cycles: tuple[Cycle, ...]) -> None:
        with ThreadPoolExecutor(len(stops)) as pool:
            for done in [pool.submit(run, number, cycles) for number in range(len(stops))]:
                done.result()

    everybody(trying())
    again, *near = settling(_exchanged(walkers).best_heat, may_hold=aim.may_hold)
    everybody((again,))
    for cycle in near:
        _exchanged(walkers)
        everybody((cycle,))
    found = min(walkers, key=lambda walker: walker.value).found()
    return found._replace(evaluations=sum(walker.evaluations for walker in walkers))


def _exchanged(walkers: list["Walker"]) -> "Walker":
    best = min(walkers, key=lambda walker: walker.value)
    for walker in walkers:
        walker.take_over(best)
    return best


SEED_STEP = 1_000_003  # seeds of searches side by side are so far apart


class Walker:
    """One search: where it stands, the best it has met, and how much it has tried."""

    def __init__(
        self, problem: PlanningProblem, aim: Aim, seed: int, starts: tuple[Floats | Start, ...]
    ) -> None:
        """Start from the best of a greedy order, a random one and those given."""
        self.problem = problem
        self.row = aim.row
        self.packages: Lists = aim.packages or packages_of(problem)
        self.game: Game = game_of(problem, aim)
        self.pool = pool_of(problem, aim)
        self.rng = np.random.default_rng(seed)
        greedy = greedy_keys(problem, self.packages, self.game.setting.people_weight)
        tried = [_with_holds(start) for start in (greedy, self.rng.random(len(greedy)), *starts)]
        values = [value_of(self.game, _among(aim, keys), holds) for keys, holds in tried]
        self.evaluations = len(tried)
        first = int(np.argmin(values))
        keys, holds = tried[first]
        self.start = (_among(aim, keys), holds.copy())
        self.position: Position = position_at(self.game, *self.start, values[first])
        self.scale = values[first] / max(len(problem.neighbourhoods.ids), 1)
        self.heat_values: dict[float, float] = {}
        self.most: int | None = None  # evaluations; None: as many as the rule allows

    @property
    def value(self) -> float:
        """The best value so far."""
        return float(self.position.values[1])

    @property
    def best_heat(self) -> float:
        """The heat whose cycle from the start ended best."""
        if not self.heat_values:
            return HEATS[-1]
        return min(self.heat_values, key=lambda heat: (self.heat_values[heat], heat))

    def found(self) -> Found:
        """Return the best so far."""
        best = self.position
        return Found(best.best_keys.copy(), self.value, best.best_holds.copy(), self.evaluations)

    def take_over(self, other: "Walker") -> None:
        """Go on from the best of another search, unless the own one is better."""
        for heat, value in other.heat_values.items():
            self.heat_values[heat] = min(value, self.heat_values.get(heat, value))
        if other.value < self.value:
            self.position.best_keys[:] = other.position.best_keys
            self.position.best_holds[:] = other.position.best_holds
            self.position.values[1] = other.value

    def cool_down(
        self, cycle: Cycle, stop: StopRule, on_progress: Callable[[Effort], None] | None
    ) -> None:
        """Run a cycle, from its heat down to cold, until the rule says that its share is over."""
        began = used = stop(Effort(self.evaluations, self.value))
        if used >= cycle.until or not len(self.pool):
            return
        self._begin(cycle)
        turns = self._turns(cycle)
        while used < cycle.until:
            done = (used - began) / (cycle.until - began) * len(turns)
            turn = min(int(done), len(turns) - 1)
            heat = self.scale * cycle.heat_at(done - turn)
            steps = STEPS_AT_ONCE
            if self.most is not None:
                steps = min(steps, self.most - self.evaluations)
            walk(self.game, turns[turn], self.position, np.full(steps, heat), self.rng)
            self.evaluations += steps
            effort = Effort(self.evaluations, self.value)
            used = stop(effort)
            if on_progress:
                on_progress(effort)
        if cycle.begins is From.START:
            ended = float(self.position.values[0])
            self.heat_values[cycle.heat] = min(ended, self.heat_values.get(cycle.heat, ended))

    def _begin(self, cycle: Cycle) -> None:
        best = self.position
        keys, holds = (
            self.start if cycle.begins is From.START else (best.best_keys, best.best_holds)
        )
        place_at(self.game, best, keys, holds)

    def _turns(self, cycle: Cycle) -> list[Moves]:
        skill_of = self.problem.tasks.skill[self.pool]
        pools = [self.pool]
        if cycle.by_skill and len(np.unique(skill_of)) > 1:
            pools = [self.pool[skill_of == skill] for skill in np.unique(skill_of)] * SKILL_ROUNDS
        return [
            moves_of(self.problem, self.packages, self.row, pool, cycle.hold_share)
            for pool in pools
        ]


def _with_holds(start: Floats | Start) -> Start:
    return start if isinstance(start, tuple) else (start, np.zeros(len(start)))


def _among(aim: Aim, row: Floats) -> Floats:
    keys = aim.keys.copy()
    keys[aim.row] = row
    return keys
