"""The walk of the annealing in compiled code: change some keys, keep the change or not."""

from math import exp

import numpy as np

from takatuf.planning.compiling import compiled
from takatuf.planning.problem import Floats
from takatuf.planning.simulating import Game
from takatuf.planning.simulating.changing import first_turned, follow_core
from takatuf.planning.simulating.kernel import schedule_part
from takatuf.planning.simulating.parts import CORE, Parts
from takatuf.planning.simulating.running import worth
from takatuf.planning.simulating.schedules import Schedule, copy_part
from takatuf.planning.solvers.annealing.moving import Moves, change, take_back
from takatuf.planning.solvers.annealing.positions import Position


@compiled
def walk(
    game: Game, moves: Moves, position: Position, heats: Floats, rng: np.random.Generator
) -> None:
    """Try one change for each heat, in weighted person-days: a loss of this size is often kept.

    Source: S. Kirkpatrick, C. D. Gelatt and M. P. Vecchi (1983), Optimization by simulated
    annealing, Science 220, 671-680, https://doi.org/10.1126/science.220.4598.671.
    """
    values, order, done = position.values, position.order, position.change
    sites, crews, networks, setting = game.city.sites, game.crews, game.city.networks, game.setting
    now, trial, from_day, parts = position.now, position.trial, position.from_day, crews.parts
    for heat in heats:
        change(order, moves, done, rng)
        first_turned(
            sites.task_class, position.lines, now, order.keys, order.ranks, order.holds,
            moves.row, done.tasks, done.size[0], done.old_keys, done.old_holds, from_day,
        )  # fmt: skip
        is_same = True
        for part in range(len(from_day)):
            if from_day[part] < np.inf:
                is_same = False
                schedule_part(
                    sites, crews, position.desk, order.ranks, order.holds,
                    setting.is_done, setting.takes_no_time, trial, part, from_day[part],
                )  # fmt: skip
                if part == CORE:
                    follow_core(parts, order.holds, now, trial, from_day)
        value = values[0] if is_same else worth(networks, setting, trial)
        loss = value - values[0]
        if loss <= 0.0 or (heat > 0.0 and rng.random() < exp(-loss / heat)):
            values[0] = value
            _settle(parts, from_day, trial, now)
            if value < values[1]:
                values[1] = value
                copy_row(order.keys[moves.row], position.best_keys[moves.row])
                copy_row(order.holds, position.best_holds)
        else:
            take_back(order, moves.row, done)
            _settle(parts, from_day, now, trial)


@compiled
def _settle(parts: Parts, from_day: Floats, source: Schedule, target: Schedule) -> None:
    for part in range(len(from_day)):
        if from_day[part] < np.inf:
            copy_part(parts, source, target, part)


# A loop, because slices that are assigned took most of the time to compile (measured).
@compiled
def copy_row(source: Floats, target: Floats) -> None:
    """Make one row of keys equal to another."""
    for at in range(len(source)):
        target[at] = source[at]
