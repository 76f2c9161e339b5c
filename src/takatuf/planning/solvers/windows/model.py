"""One window of a plan as a model for CP-SAT: who does which task when, at least cost.

What a day of delay of a task costs is its price, so the model minimises the sum of prices times
ends. It leaves travel out and takes the ready days as they are; what it proposes is therefore
judged by the simulator.
"""

from dataclasses import dataclass

import numpy as np

from takatuf.planning.problem import Flags, Floats, Ints
from takatuf.vocabulary.errors import UnavailableError

TICKS_PER_DAY = 8  # the model knows whole ticks
PRICE_STEPS = 10_000  # prices are rounded to so many steps of the largest


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Tasks that may change places, and the teams that do them."""

    tasks: Ints
    duration_days: Floats  # of each task
    ready_day: Floats
    price: Floats  # person-days per day of delay, 0 or more
    may_do: Flags  # shape (n_teams, n_window_tasks)
    free_day: Floats  # of each team, after what it does before the window
    before: tuple[tuple[int, int], ...]  # pairs of places in ``tasks``: first, then


def best_starts(window: Window, seconds: float, seed: int) -> Floats | None:
    """Return the start day of each task in the best order found, or None if none was found.

    The limit is deterministic time, so the answer is the same on any machine.

    Raises:
        UnavailableError: The extra "windows" is not installed.
    """
    try:
        from ortools.sat.python import cp_model  # noqa: PLC0415 - heavy, and an extra
    except ImportError as missing:
        raise UnavailableError("windows need OR-Tools: pip install 'takatuf[windows]'") from missing
    model = cp_model.CpModel()
    length = np.maximum(np.rint(window.duration_days * TICKS_PER_DAY), 1).astype(int)
    ready = np.rint(window.ready_day * TICKS_PER_DAY).astype(int)
    free = np.rint(window.free_day * TICKS_PER_DAY).astype(int)
    end_of_time = int(max(ready.max(initial=0), free.max(initial=0)) + length.sum())
    starts = [model.new_int_var(int(ready[at]), end_of_time, f"s{at}") for at in range(len(length))]
    for first, then in window.before:
        model.add(starts[then] >= starts[first] + int(length[first]))
    of_team: list[list[cp_model.IntervalVar]] = [[] for _ in free]
    for at, start in enumerate(starts):
        chosen = []
        for team in np.flatnonzero(window.may_do[:, at]):
            does = model.new_bool_var(f"d{at}-{team}")
            model.add(start >= int(free[team])).only_enforce_if(does)
            of_team[team].append(
                model.new_optional_fixed_size_interval_var(
                    start, int(length[at]), does, f"i{at}-{team}"
                )
            )
            chosen.append(does)
        model.add_exactly_one(chosen)
    for intervals in of_team:
        model.add_no_overlap(intervals)
    largest = float(window.price.max(initial=0.0)) or 1.0
    prices = np.rint(window.price / largest * PRICE_STEPS).astype(int) + 1
    model.minimize(sum(int(price) * start for price, start in zip(prices, starts, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = seconds
    if solver.solve(model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return None
    return np.array([solver.value(start) for start in starts]) / TICKS_PER_DAY
