"""What a search is for: whose keys, what its owner counts and takes for granted; what it found."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from takatuf.planning.problem import Flags, Floats, Ints, Lists, PlanningProblem
from takatuf.planning.simulating import Game, city_of, crews_of, setting_of


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
    may_hold: bool = True  # ready tasks may be held back for another one


class Found(NamedTuple):
    """The best keys and holds that were met, and their value in weighted person-days."""

    keys: Floats  # shape (n_rows, n_tasks)
    value: float
    holds: Floats  # shape (n_tasks,): days for which ready tasks are held back
    evaluations: int


def together(problem: PlanningProblem, packages: Lists | None = None) -> Aim:
    """Return the aim of one order of tasks that everybody follows."""
    return Aim(keys=np.zeros((1, problem.n_tasks)), packages=packages)


def game_of(problem: PlanningProblem, aim: Aim) -> Game:
    """Return what decides the worth of keys for this aim."""
    crews = crews_of(problem, len(aim.keys))
    if aim.takes_part is not None:
        stays_out = ~aim.takes_part[problem.teams.organisation]
        crews = crews._replace(free_from_day=np.where(stays_out, np.inf, crews.free_from_day))
    setting = setting_of(problem, aim.weights, aim.is_done, aim.takes_no_time)
    return Game(city_of(problem), crews, setting)


def pool_of(problem: PlanningProblem, aim: Aim) -> Ints:
    """Return the tasks whose keys can matter: somebody who follows the row may do them."""
    follows = np.ones(problem.n_teams, dtype=np.bool_)
    if len(aim.keys) > 1:
        follows = problem.teams.organisation == aim.row
    matters = problem.may_do()[follows].any(axis=0)
    for of_others in (aim.is_done, aim.takes_no_time):
        if of_others is not None:
            matters &= ~of_others
    return np.flatnonzero(matters)
