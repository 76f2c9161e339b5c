"""A walker: one thread's walk through priorities, with its own chance and its own clock."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from takatuf.planning.problem import Floats, Lists, PlanningProblem
from takatuf.planning.simulating import Game, value_of
from takatuf.planning.solvers.annealing.aims import Aim, game_of, pool_of
from takatuf.planning.solvers.annealing.cycles import Cycle
from takatuf.planning.solvers.annealing.moving import Moves, moves_of
from takatuf.planning.solvers.annealing.packages import greedy_keys, packages_of
from takatuf.planning.solvers.annealing.positions import Position, place_at, position_at
from takatuf.planning.solvers.annealing.stopping import Effort, StopRule
from takatuf.planning.solvers.annealing.walking import walk

STEPS_AT_ONCE = 250  # evaluations between two looks at the clock
Start = tuple[Floats, Floats]  # keys of the row that is sought, and holds; shape (n_tasks,) each


@dataclass(frozen=True, eq=False)
class Point:
    """Keys and holds that a walk has come to."""

    value: float  # weighted person-days
    keys: Floats  # shape (n_rows, n_tasks)
    holds: Floats  # shape (n_tasks,)


class Walker:
    """Walks from point to point until its rule says that its effort is used up."""

    def __init__(
        self,
        problem: PlanningProblem,
        aim: Aim,
        stop: StopRule,
        seed: int,
        starts: tuple[Floats | Start, ...],
    ) -> None:
        """Start from the best of a greedy order, a random one and those given."""
        self.problem = problem
        self.row = aim.row
        self.stop = stop
        self.packages: Lists = aim.packages or packages_of(problem)
        self.game: Game = game_of(problem, aim)
        self.pool = pool_of(problem, aim)
        self.rng = np.random.default_rng(seed)
        self.most: int | None = None  # evaluations; None: as many as the rule allows
        self.on_progress: Callable[[Effort], None] | None = None
        greedy = greedy_keys(problem, self.packages, self.game.setting.people_weight)
        tried = [_with_holds(start) for start in (greedy, self.rng.random(len(greedy)), *starts)]
        values = [value_of(self.game, _among(aim, keys), holds) for keys, holds in tried]
        self.evaluations = len(tried)
        first = int(np.argmin(values))
        keys, holds = tried[first]
        self.best = self.start = Point(values[first], _among(aim, keys), holds.copy())
        self.position: Position = position_at(self.game, self.start.keys, holds, values[first])
        self.scale = values[first] / max(len(problem.neighbourhoods.ids), 1)

    @property
    def used(self) -> float:
        """The share of the effort that is used up; 1 or more: all of it."""
        return self.stop(Effort(self.evaluations, self.best.value))

    def walk_until(self, share: float, begin: Point, cycle: Cycle) -> Point:
        """Cool down once, until that share of the effort is used; return the best met.

        Args:
            share: Of the whole effort; a walk that would begin later is not begun.
            begin: Where from.
            cycle: How.
        """
        began = self.used
        return self._walk(begin, cycle, lambda: (self.used - began) / max(share - began, 1e-12))

    def walk_for(self, evaluations: int, begin: Point, cycle: Cycle) -> Point:
        """Cool down once, for about so many evaluations if the effort allows them."""
        before = self.evaluations

        def done() -> float:
            return 1.0 if self.used >= 1.0 else (self.evaluations - before) / evaluations

        return self._walk(begin, cycle, done)

    def _walk(self, begin: Point, cycle: Cycle, done_share: Callable[[], float]) -> Point:
        done = 0.0 if self.used < 1.0 and len(self.pool) else 1.0
        if done >= 1.0:
            return begin
        self._set_down(begin)
        turns = self._turns(cycle)
        while done < 1.0:
            turn = min(int(done * len(turns)), len(turns) - 1)
            heat = self.scale * cycle.heat_at(done * len(turns) - turn)
            self._step(turns[turn], heat)
            done = done_share()
        return self._met()

    def _set_down(self, point: Point) -> None:
        position = self.position
        place_at(self.game, position, point.keys, point.holds)
        position.values[1] = position.values[0]
        position.best_keys[:] = point.keys
        position.best_holds[:] = point.holds

    def _step(self, moves: Moves, heat: float) -> None:
        steps = STEPS_AT_ONCE
        if self.most is not None:
            steps = min(steps, self.most - self.evaluations)
        walk(self.game, moves, self.position, np.full(steps, heat), self.rng)
        self.evaluations += steps
        if self.position.values[1] < self.best.value:
            self.best = self._met()
        if self.on_progress:
            self.on_progress(Effort(self.evaluations, self.best.value))

    def _met(self) -> Point:
        met = self.position
        return Point(float(met.values[1]), met.best_keys.copy(), met.best_holds.copy())

    def _turns(self, cycle: Cycle) -> list[Moves]:
        pools = [self.pool]
        if cycle.skill_rounds:
            skill_of = self.problem.tasks.skill[self.pool]
            skills = np.unique(skill_of)
            pools = [self.pool[skill_of == skill] for skill in skills] * cycle.skill_rounds
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
