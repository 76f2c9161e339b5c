"""Simulated annealing over random keys: first all tasks together, then skill by skill.

Source: random keys after J. C. Bean (1994), Genetic algorithms and random keys for sequencing
and optimization, ORSA Journal on Computing 6, 154-160, https://doi.org/10.1287/ijoc.6.2.154.
Going skill by skill with everybody's goal in view halved the spread between seeds (measured on
a synthetic city of 2,185 tasks).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from takatuf.planning.problem import Flags, Floats, Ints, Lists, PlanningProblem
from takatuf.planning.simulating import Game, city_of, crews_of, setting_of, value_of
from takatuf.planning.solvers.annealing.packages import greedy_keys, packages_of
from takatuf.planning.solvers.annealing.walking import Moves, Position, walk

Progress = Callable[[int, int, float], None]  # evaluations done, of how many, best value so far

PROGRESS_EVERY = 250  # evaluations between two calls of the progress callback
TOGETHER_SHARE = 0.3  # of the evaluations, before the search goes skill by skill
ROUNDS = 2  # through all skills
HOT, WARM, COLD = 1e-3, 3e-4, 1e-5  # losses often accepted, as shares of the first value


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """Whose priorities are sought, and what its owner counts and takes for granted."""

    keys: Floats  # shape (n_rows, n_tasks): everybody's; one row is changed, the others stay
    row: int = 0
    packages: Lists | None = None  # as `packages_of` returns them; None: found anew
    weights: Floats | None = None  # shape (n_services,); None: those of the problem
    is_done: Flags | None = None  # tasks taken as finished on day 0; None: none
    takes_no_time: Flags | None = None  # tasks taken to end the moment they are ready
    takes_part: Flags | None = None  # shape (n_organisations,); None: all


class Found(NamedTuple):
    """The best keys that were met, and their value in weighted person-days."""

    keys: Floats
    value: float


class _Phase(NamedTuple):
    pool: Ints
    heats: Floats


def together(problem: PlanningProblem, packages: Lists | None = None) -> Aim:
    """Return the aim of one order of tasks that everybody follows."""
    return Aim(keys=np.zeros((1, problem.n_tasks)), packages=packages)


def search(
    problem: PlanningProblem,
    aim: Aim,
    evaluations: int,
    seed: int,
    starts: tuple[Floats, ...] = (),
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
        starts: Further keys to start from; each of shape ``(n_tasks,)``.
        on_progress: Told every 250 evaluations how far the search is.
    """
    game = _game(problem, aim)
    packages = aim.packages or packages_of(problem)
    rng = np.random.default_rng(seed)
    greedy = greedy_keys(problem, packages, game.setting.people_weight)
    position = _best_start(game, aim, (greedy, rng.random(problem.n_tasks), *starts))
    n_done = 2 + len(starts)
    scale = float(position.values[1])
    for phase in _phases(problem, _pool(problem, aim), evaluations - n_done):
        moves = _moves(problem, packages, aim.row, phase.pool)
        position.keys[:] = position.best_keys
        position.values[0] = position.values[1]
        for first in range(0, len(phase.heats), PROGRESS_EVERY):
            part = phase.heats[first : first + PROGRESS_EVERY] * scale
            walk(game, moves, position, part, rng)
            n_done += len(part)
            if on_progress:
                on_progress(n_done, evaluations, float(position.values[1]))
    return Found(position.best_keys, float(position.values[1]))


def _game(problem: PlanningProblem, aim: Aim) -> Game:
    crews = crews_of(problem, len(aim.keys))
    if aim.takes_part is not None:
        stays_out = ~aim.takes_part[problem.teams.organisation]
        crews = crews._replace(free_from_day=np.where(stays_out, np.inf, crews.free_from_day))
    setting = setting_of(problem, aim.weights, aim.is_done, aim.takes_no_time)
    return Game(city_of(problem), crews, setting)


def _best_start(game: Game, aim: Aim, starts: tuple[Floats, ...]) -> Position:
    tried = []
    for start in starts:
        keys = aim.keys.copy()
        keys[aim.row] = start
        tried.append(keys)
    values = [value_of(game, keys) for keys in tried]
    best = int(np.argmin(values))
    return Position(tried[best].copy(), tried[best], np.array([values[best], values[best]]))


def _pool(problem: PlanningProblem, aim: Aim) -> Ints:
    # Only the keys of tasks that somebody who follows this row may do can matter.
    follows = np.ones(problem.n_teams, dtype=np.bool_)
    if len(aim.keys) > 1:
        follows = problem.teams.organisation == aim.row
    matters = problem.may_do()[follows].any(axis=0)
    for of_others in (aim.is_done, aim.takes_no_time):
        if of_others is not None:
            matters &= ~of_others
    return np.flatnonzero(matters)


def _phases(problem: PlanningProblem, pool: Ints, evaluations: int) -> list[_Phase]:
    if evaluations <= 0 or not len(pool):
        return []
    skill_of = problem.tasks.skill[pool]
    skills = np.unique(skill_of)
    n_turns = ROUNDS * len(skills) if len(skills) > 1 else 0
    n_each = int(evaluations * (1.0 - TOGETHER_SHARE)) // n_turns if n_turns else 0
    n_together = evaluations - n_each * n_turns
    by_skill = [pool[skill_of == skill] for skill in skills]
    return [
        _Phase(pool, np.geomspace(HOT, COLD, n_together)),
        *(
            _Phase(own, np.geomspace(WARM, COLD, n_each))
            for own in by_skill * (n_turns // len(skills))
        ),
    ]


def _moves(problem: PlanningProblem, packages: Lists, row: int, pool: Ints) -> Moves:
    pool = pool[np.argsort(problem.tasks.skill[pool], kind="stable")]
    skills = problem.tasks.skill[pool]
    members = set(pool.tolist())
    parts = {
        tuple(task for task in packages.row(package) if task in members)
        for package in range(len(packages))
    }
    kept = Lists.of(sorted(parts - {()}))
    return Moves(
        row,
        pool,
        np.searchsorted(skills, skills, side="left"),
        np.searchsorted(skills, skills, side="right"),
        kept.start,
        kept.index,
    )
