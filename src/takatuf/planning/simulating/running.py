"""The simulator as Python calls it: keys in, plan and service days out."""

from typing import NamedTuple

import numpy as np

from takatuf.planning.compiling import compiled
from takatuf.planning.plan import Assignment, Plan, Served
from takatuf.planning.problem import NONE, Flags, Floats, PlanningProblem
from takatuf.planning.simulating.city import City
from takatuf.planning.simulating.crews import Crews
from takatuf.planning.simulating.kernel import Schedule, schedule
from takatuf.planning.simulating.serving import cost, service_days


class Setting(NamedTuple):
    """What one planner counts and takes for granted."""

    people_weight: Floats  # people times weight; shape (n_services, n_neighbourhoods)
    horizon_days: float
    is_done: Flags  # tasks taken as finished on day 0
    takes_no_time: Flags  # tasks taken to end, without a team, the moment they are ready


class Game(NamedTuple):
    """What a set of keys is worth is decided by these; handed on whole, which is cheap."""

    city: City
    crews: Crews
    setting: Setting


def setting_of(
    problem: PlanningProblem,
    weights: Floats | None = None,
    is_done: Flags | None = None,
    takes_no_time: Flags | None = None,
) -> Setting:
    """Return the setting; by default the request's weights and nothing taken for granted."""
    weights = problem.weights if weights is None else weights
    none = np.zeros(problem.n_tasks, dtype=np.bool_)
    is_done = none if is_done is None else is_done
    takes_no_time = none if takes_no_time is None else takes_no_time
    people_weight = weights[:, None] * problem.neighbourhoods.people[None, :]
    return Setting(people_weight, float(problem.horizon_days), is_done, takes_no_time)


@compiled
def value_of(game: Game, keys: Floats) -> float:
    """Return the weighted person-days of the schedule that the keys lead to."""
    setting = game.setting
    done = schedule(game.city.sites, game.crews, keys, setting.is_done, setting.takes_no_time)
    days = service_days(game.city.networks, done.end_day, done.reached_day)
    return cost(days, game.setting.people_weight, game.setting.horizon_days)


def simulate(city: City, crews: Crews, setting: Setting, keys: Floats) -> tuple[Plan, Served]:
    """Return the plan that the keys lead to, and the days on which it serves people.

    Tasks that are taken as done, or that nobody comes to do, have no assignment.
    """
    done = schedule(city.sites, crews, keys, setting.is_done, setting.takes_no_time)
    days = service_days(city.networks, done.end_day, done.reached_day)
    value = cost(days, setting.people_weight, setting.horizon_days)
    return _plan_of(done), Served(service_day=days.T.copy(), person_days=float(value))


def _plan_of(done: Schedule) -> Plan:
    assignments = (
        Assignment(float(done.start_day[task]), float(done.end_day[task]), task, int(team))
        for task, team in enumerate(done.team_of)
        if team != NONE
    )
    return Plan(assignments=tuple(sorted(assignments)))
