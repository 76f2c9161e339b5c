"""Polishing: windows of a good plan are solved exactly, one after another, and kept if better.

A search by small steps can be stuck where several tasks would have to change places at once. A
window takes tasks of one part of the work that follow each other, prices a day of delay of each
by the simulator, and has CP-SAT put them in the best order for these prices. Prices change with
the order, so each proposal is simulated, and only one that is better is taken.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from takatuf.planning.problem import Floats, Ints, PlanningProblem
from takatuf.planning.simulating import Game, city_of, crews_of, setting_of, value_of
from takatuf.planning.simulating.ranks import ranks_of
from takatuf.planning.simulating.running import schedule_all
from takatuf.planning.simulating.schedules import Schedule, desk_of, empty_schedule
from takatuf.planning.solvers.windows.model import Window, best_starts

WINDOW_TASKS = 20
SECONDS_PER_WINDOW = 0.5  # of deterministic time
PRICE_STEP_DAYS = 0.5  # a task is held back for so long to see what its delay costs


class Polished(NamedTuple):
    """The order after polishing."""

    keys: Floats  # shape (1, n_tasks)
    holds: Floats
    value: float
    windows: int  # tried
    better: int  # of them


def polish(
    problem: PlanningProblem,
    order: tuple[Floats, Floats],
    windows: int,
    seed: int,
    on_progress: Callable[[int, int, float], None] | None = None,
) -> Polished:
    """Return an order that is as good as the one given, or better.

    Args:
        problem: What is to be done.
        order: What everybody follows: keys of shape ``(1, n_tasks)``, and holds.
        windows: How many are tried, at places drawn at random.
        seed: Decides which.
        on_progress: Told windows done, of how many, and the best value.

    Raises:
        UnavailableError: The extra "windows" is not installed.
    """
    game = Game(city_of(problem), crews_of(problem, 1), setting_of(problem))
    rng = np.random.default_rng(seed)
    keys, holds = order[0].copy(), order[1].copy()
    value, better = value_of(game, keys, holds), 0
    for number in range(windows):
        window = _window(problem, game, keys, holds, rng)
        starts = best_starts(window, SECONDS_PER_WINDOW, seed) if len(window.tasks) > 1 else None
        if starts is not None:
            proposed = _reordered(keys, window.tasks, starts)
            for held in (holds, _without(holds, window.tasks)):
                worth = value_of(game, proposed, held)
                if worth < value:
                    keys, holds, value, better = proposed, held, worth, better + 1
        if on_progress:
            on_progress(number + 1, windows, value)
    return Polished(keys, holds, value, windows, better)


def _window(
    problem: PlanningProblem, game: Game, keys: Floats, holds: Floats, rng: np.random.Generator
) -> Window:
    now = empty_schedule(game.city.sites, game.crews)
    desk = desk_of(game.city.sites, game.crews)
    schedule_all(game, desk, ranks_of(game.crews, keys), holds, now)
    part = int(rng.choice(np.flatnonzero(now.n_set_out > 0)))
    first = int(game.crews.parts.tasks_start[part])
    order = now.order[first : first + now.n_set_out[part]]
    begin = int(rng.integers(max(len(order) - WINDOW_TASKS, 0) + 1))
    tasks = order[begin : begin + WINDOW_TASKS].copy()
    teams = np.flatnonzero(game.crews.parts.part_of_team == part)
    return Window(
        tasks=tasks,
        duration_days=problem.tasks.duration_days[tasks],
        ready_day=now.ready_day[tasks],
        price=_prices(game, keys, holds, tasks),
        may_do=problem.may_do()[np.ix_(teams, tasks)],
        free_day=_free_days(problem, now, order[:begin], teams),
        before=_pairs(problem, tasks),
    )


def _prices(game: Game, keys: Floats, holds: Floats, tasks: Ints) -> Floats:
    value = value_of(game, keys, holds)
    prices = np.zeros(len(tasks))
    for at, task in enumerate(tasks):
        later = holds.copy()
        later[task] += PRICE_STEP_DAYS
        prices[at] = (value_of(game, keys, later) - value) / PRICE_STEP_DAYS
    return np.maximum(prices, 0.0)


def _free_days(problem: PlanningProblem, now: Schedule, earlier: Ints, teams: Ints) -> Floats:
    days = problem.teams.free_from_day.copy()
    for task in earlier:
        days[now.team_of[task]] = max(days[now.team_of[task]], now.end_day[task])
    return np.asarray(np.where(np.isfinite(days), days, problem.horizon_days)[teams])


def _pairs(problem: PlanningProblem, tasks: Ints) -> tuple[tuple[int, int], ...]:
    place = {int(task): at for at, task in enumerate(tasks)}
    return tuple(
        (place[before], at)
        for task, at in place.items()
        for before in problem.tasks.before.row(task)
        if before in place
    )


def _reordered(keys: Floats, tasks: Ints, starts: Floats) -> Floats:
    # The tasks share out the keys that they have among themselves, in the order of their starts.
    changed = keys.copy()
    changed[0, tasks[np.argsort(starts, kind="stable")]] = np.sort(keys[0, tasks])
    return changed


def _without(holds: Floats, tasks: Ints) -> Floats:
    free = holds.copy()
    free[tasks] = 0.0
    return free
