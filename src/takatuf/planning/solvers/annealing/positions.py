"""Where a walk stands, and how it is set down somewhere else."""

from typing import NamedTuple

import numpy as np

from takatuf.planning.problem import Floats
from takatuf.planning.simulating import Game
from takatuf.planning.simulating.changing import Lines, lines_of
from takatuf.planning.simulating.ranks import fill_ranks, ranks_of
from takatuf.planning.simulating.running import schedule_all, worth
from takatuf.planning.simulating.schedules import (
    Desk,
    Schedule,
    copy_part,
    desk_of,
    empty_schedule,
)
from takatuf.planning.solvers.annealing.moving import Change, Order, change_of


class Position(NamedTuple):
    """Where the walk stands and the best it has seen; changed in place."""

    order: Order
    best_keys: Floats
    best_holds: Floats
    values: Floats  # of where it stands, and of the best
    now: Schedule  # what keys and holds lead to
    trial: Schedule  # equal to it between two changes
    desk: Desk
    from_day: Floats  # shape (n_parts,)
    change: Change
    lines: Lines


def position_at(game: Game, keys: Floats, holds: Floats, value: float) -> Position:
    """Return the position of these keys, which are also the best so far."""
    sites, crews = game.city.sites, game.crews
    own_keys = keys.copy()
    now = empty_schedule(sites, crews)
    position = Position(
        Order(own_keys, ranks_of(crews, own_keys), holds.copy()),
        keys.copy(),
        holds.copy(),
        np.array([value, value]),
        now,
        empty_schedule(sites, crews),
        desk_of(sites, crews),
        np.zeros(len(now.n_set_out)),
        change_of(len(holds)),
        lines_of(crews),
    )
    place_at(game, position, keys, holds)
    return position


def place_at(game: Game, position: Position, keys: Floats, holds: Floats) -> None:
    """Set the walk down at these keys; the best so far stays."""
    order = position.order
    order.keys[:] = keys
    order.holds[:] = holds
    fill_ranks(game.crews, order.keys, order.ranks)
    schedule_all(game, position.desk, order.ranks, order.holds, position.now)
    for part in range(len(position.from_day)):
        copy_part(game.crews.parts, position.now, position.trial, part)
    position.values[0] = worth(game.city.networks, game.setting, position.now)
