"""How much of a piece of work can be left for the last days before it has to be finished."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from takatuf.planning.problem import Floats

NOTHING = 1e-12  # days or teams: what is left are rounding errors


class Stretch(NamedTuple):
    """Days counted backwards from the end, with the most teams that can be at work then."""

    first: float
    last: float
    teams: float


def left_by(pace: list[Stretch]) -> tuple[Floats, Floats]:
    """Return days, counted backwards from the end, and the work that can be left for them."""
    turns = [0.0, *(turn for stretch in pace for turn in (stretch.first, stretch.last))]
    work = [
        0.0,
        *(amount for first, last, teams in pace for amount in (0.0, (last - first) * teams)),
    ]
    return np.array(turns), np.cumsum(work)


def last_days(days: Sequence[float], tails: Sequence[float], n_teams: int) -> list[Stretch]:
    """Return the stretches, from the end backwards, into which the most work can be put off.

    A task is done without a break by one team and ends at least its tail before the end of
    all. So of its work at most ``min(days, y - tail)`` is done in the last ``y`` days, and of
    all together not more than the teams can do. That is a queue seen backwards: work arrives
    at the first rate and the teams clear it at theirs.

    Args:
        days: Of each task.
        tails: The least days between the end of each task and the end of all.
        n_teams: The most that can be at work at the same time; 1 or more.

    Returns:
        Stretches without overlap, from the end backwards; days times teams add up to the work.
    """
    turns = sorted({*tails, *(day + tail for day, tail in zip(days, tails, strict=True))})
    found: list[Stretch] = []
    put_off, day = 0.0, turns[0]
    for turn in [*turns[1:], float("inf")]:
        arriving = sum(
            tail < turn - NOTHING and tail + own > day + NOTHING
            for own, tail in zip(days, tails, strict=True)
        )
        while day < turn - NOTHING and (arriving or put_off > NOTHING):
            is_full = arriving >= n_teams or put_off > NOTHING
            rate = n_teams if is_full else arriving
            cleared = put_off / (rate - arriving) if rate > arriving else float("inf")
            end = min(turn, day + cleared)
            is_same = found and found[-1].last == day and found[-1].teams == rate
            first = found.pop().first if is_same else day
            found.append(Stretch(first, end, float(rate)))
            put_off, day = max(put_off + (arriving - rate) * (end - day), 0.0), end
        day = turn
    return found
