"""The walk of the annealing in compiled code: change some keys, keep the change or not."""

from math import exp
from typing import NamedTuple

import numpy as np

from takatuf.planning.compiling import compiled
from takatuf.planning.problem import Floats, Ints
from takatuf.planning.simulating import Game, value_of

SHIFT_SHARE = 0.35  # of all moves: one task goes next to another
SWAP_SHARE = 0.2  # two tasks change places; the rest moves packages
PROMOTE_SHARE = 0.75  # of package moves: forward


class Moves(NamedTuple):
    """What may be changed; tasks of one skill stand together in ``pool``."""

    row: int  # of the keys
    pool: Ints
    mates_start: Ints  # place in the pool -> where the tasks of the same skill begin
    mates_end: Ints
    packages_start: Ints
    packages_index: Ints  # tasks of the pool only


class Position(NamedTuple):
    """Where the walk stands and the best it has seen; changed in place."""

    keys: Floats  # shape (n_rows, n_tasks)
    best_keys: Floats
    values: Floats  # of keys and best_keys


@compiled
def walk(
    game: Game, moves: Moves, position: Position, heats: Floats, rng: np.random.Generator
) -> None:
    """Try one change for each heat, in weighted person-days: a loss of this size is often kept.

    Source: S. Kirkpatrick, C. D. Gelatt and M. P. Vecchi (1983), Optimization by simulated
    annealing, Science 220, 671-680, https://doi.org/10.1126/science.220.4598.671.
    """
    keys, values = position.keys, position.values
    row = keys[moves.row]
    kept = np.empty_like(row)
    for heat in heats:
        _copy(row, kept)
        _change(moves, row, rng)
        value = value_of(game, keys)
        loss = value - values[0]
        if loss <= 0.0 or (heat > 0.0 and rng.random() < exp(-loss / heat)):
            values[0] = value
            if value < values[1]:
                values[1] = value
                _copy(row, position.best_keys[moves.row])
        else:
            _copy(kept, row)


# A loop, because slices that are assigned took most of the time to compile (measured).
@compiled
def _copy(source: Floats, target: Floats) -> None:
    for at in range(len(source)):
        target[at] = source[at]


@compiled
def _change(moves: Moves, row: Floats, rng: np.random.Generator) -> None:
    kind = rng.random()
    n_packages = len(moves.packages_start) - 1
    if n_packages > 0 and kind >= SHIFT_SHARE + SWAP_SHARE:
        package = int(rng.random() * n_packages)
        _move_package(moves, package, row, rng)
        return
    at = int(rng.random() * len(moves.pool))
    first, last = moves.mates_start[at], moves.mates_end[at]
    task, mate = moves.pool[at], moves.pool[first + int(rng.random() * (last - first))]
    if kind < SHIFT_SHARE:
        row[task] = row[mate] + (rng.random() - 0.5) * 1e-3
    else:
        row[task], row[mate] = row[mate], row[task]


@compiled
def _move_package(moves: Moves, package: int, row: Floats, rng: np.random.Generator) -> None:
    forward, share = rng.random() < PROMOTE_SHARE, rng.random()
    for entry in range(moves.packages_start[package], moves.packages_start[package + 1]):
        task = moves.packages_index[entry]
        if forward:
            row[task] *= share
        else:
            row[task] = 1.0 - (1.0 - row[task]) * share
