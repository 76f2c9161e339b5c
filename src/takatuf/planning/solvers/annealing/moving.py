"""The moves of the search: what is changed in one step, and how it is taken back."""

from typing import NamedTuple

import numpy as np

from takatuf.planning.compiling import compiled
from takatuf.planning.problem import Floats, Ints, Lists, PlanningProblem
from takatuf.planning.simulating.ranks import Ranks, set_key

SHIFT_SHARE = 0.5  # of moves: one task goes next to another
SWAP_SHARE = 0.3  # two tasks change places; the rest moves packages
HOLD_STEP_DAYS = 0.5  # tasks are held back for whole multiples of it
LONGEST_HOLD_STEPS = 8
PROMOTE_SHARE = 0.75  # of package moves: forward


class Moves(NamedTuple):
    """What may be changed; tasks of one skill stand together in ``pool``."""

    row: int  # of the keys
    pool: Ints
    mates_start: Ints  # place in the pool -> where the tasks of the same skill begin
    mates_end: Ints
    packages_start: Ints
    packages_index: Ints  # tasks of the pool only
    shares: Floats  # of all moves, added up: shift, swap, hold; the rest moves packages


def moves_of(
    problem: PlanningProblem, packages: Lists, row: int, pool: Ints, hold_share: float
) -> Moves:
    """Return the moves among the tasks of the pool.

    Args:
        problem: Whose tasks they are.
        packages: As `packages_of` returns them.
        row: Of the keys.
        pool: Tasks whose keys may be changed.
        hold_share: Share of the moves that hold a task back; taken from all others alike.
    """
    pool = pool[np.argsort(problem.tasks.skill[pool], kind="stable")]
    skills = problem.tasks.skill[pool]
    members = set(pool.tolist())
    parts = {
        tuple(task for task in packages.row(package) if task in members)
        for package in range(len(packages))
    }
    kept = Lists.of(sorted(parts - {()}))
    left = 1.0 - hold_share
    shift, swap = SHIFT_SHARE * left, (SHIFT_SHARE + SWAP_SHARE) * left
    return Moves(
        row,
        pool,
        np.searchsorted(skills, skills, side="left"),
        np.searchsorted(skills, skills, side="right"),
        kept.start,
        kept.index,
        np.array([shift, swap, swap + hold_share]),
    )


class Change(NamedTuple):
    """What one step has changed; a task may stand in it twice."""

    tasks: Ints
    old_keys: Floats
    old_holds: Floats
    size: Ints  # shape (1,): how many places count


class Order(NamedTuple):
    """What the search changes."""

    keys: Floats  # shape (n_rows, n_tasks)
    ranks: Ranks  # of the keys
    holds: Floats  # shape (n_tasks,)


def change_of(n_tasks: int) -> Change:
    """Return room for the largest change there can be."""
    room = n_tasks + 2
    return Change(np.zeros(room, np.int64), np.zeros(room), np.zeros(room), np.zeros(1, np.int64))


@compiled
def change(order: Order, moves: Moves, done: Change, rng: np.random.Generator) -> None:
    """Change some keys or a hold at random, and write down what was there."""
    row, holds, kind = moves.row, order.holds, rng.random()
    n_packages = len(moves.packages_start) - 1
    done.size[0] = 0
    if n_packages > 0 and kind >= moves.shares[2]:
        _move_package(order, moves, int(rng.random() * n_packages), done, rng)
        return
    at = int(rng.random() * len(moves.pool))
    first, last = moves.mates_start[at], moves.mates_end[at]
    task, mate = moves.pool[at], moves.pool[first + int(rng.random() * (last - first))]
    key, mates_key = order.keys[row, task], order.keys[row, mate]
    if kind < moves.shares[0]:
        _set(order, row, task, mates_key + (rng.random() - 0.5) * 1e-3, done)
    elif kind < moves.shares[1]:
        _set(order, row, task, mates_key, done)
        _set(order, row, mate, key, done)
    else:
        _set(order, row, task, key, done)
        holds[task] = _another_hold(holds[task], rng)


@compiled
def take_back(order: Order, row: int, done: Change) -> None:
    """Undo a change."""
    for at in range(done.size[0] - 1, -1, -1):
        task = done.tasks[at]
        set_key(order.keys, order.ranks, row, task, done.old_keys[at])
        order.holds[task] = done.old_holds[at]


@compiled
def _set(order: Order, row: int, task: int, key: float, done: Change) -> None:
    at = done.size[0]
    done.tasks[at], done.old_keys[at] = task, order.keys[row, task]
    done.old_holds[at] = order.holds[task]
    done.size[0] = at + 1
    set_key(order.keys, order.ranks, row, task, key)


@compiled
def _another_hold(hold: float, rng: np.random.Generator) -> float:
    if hold > 0.0 and rng.random() < 0.5:  # noqa: PLR2004 - as often none as another
        return 0.0
    return HOLD_STEP_DAYS * (1 + int(rng.random() * LONGEST_HOLD_STEPS))


@compiled
def _move_package(
    order: Order, moves: Moves, package: int, done: Change, rng: np.random.Generator
) -> None:
    forward, share = rng.random() < PROMOTE_SHARE, rng.random()
    for entry in range(moves.packages_start[package], moves.packages_start[package + 1]):
        task = moves.packages_index[entry]
        key = order.keys[moves.row, task]
        changed = key * share if forward else 1.0 - (1.0 - key) * share
        _set(order, moves.row, task, changed, done)
