"""The simulator as Python calls it: keys in, plan and service days out."""

from typing import NamedTuple

import numpy as np

from takatuf.planning.compiling import compiled
from takatuf.planning.plan import Assignment, Plan, Served
from takatuf.planning.problem import HOME, NONE, Flags, Floats, PlanningProblem
from takatuf.planning.simulating.city import City, Networks
from takatuf.planning.simulating.crews import Crews
from takatuf.planning.simulating.kernel import schedule_part
from takatuf.planning.simulating.ranks import Ranks, ranks_of
from takatuf.planning.simulating.schedules import Desk, Schedule, desk_of, empty_schedule
from takatuf.planning.simulating.serving import Returns, cost, service_days


class Setting(NamedTuple):
    """What one planner counts and takes for granted."""

    people_weight: Floats  # people times weight; shape (n_services, n_neighbourhoods)
    returns: Returns
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
    returns = _returns(problem, weights)
    people_weight = weights[:, None] * problem.neighbourhoods.people[None, :]
    people_weight[HOME] += returns.weight * returns.people
    return Setting(people_weight, returns, float(problem.horizon_days), is_done, takes_no_time)


def _returns(problem: PlanningProblem, weights: Floats) -> Returns:
    # Whoever counts homes less than the request does, counts returns less in the same measure.
    people, asked = problem.neighbourhoods, float(problem.weights[HOME])
    nobody, at_once = np.zeros(len(people.ids)), np.full(len(people.ids), np.inf)
    displaced = nobody if people.displaced is None else people.displaced
    per_day = at_once if people.returns_per_day is None else people.returns_per_day
    share = float(weights[HOME]) / asked if asked > 0 else 1.0
    weight = problem.return_weight * share if displaced.any() else 0.0
    return Returns(displaced, per_day, weights, weight)


@compiled
def schedule_all(game: Game, desk: Desk, ranks: Ranks, holds: Floats, done: Schedule) -> None:
    """Make a whole schedule, core first; ``done`` receives it."""
    sites, crews, setting = game.city.sites, game.crews, game.setting
    for part in range(len(done.n_set_out)):
        schedule_part(
            sites,
            crews,
            desk,
            ranks,
            holds,
            setting.is_done,
            setting.takes_no_time,
            done,
            part,
            0.0,
        )


@compiled
def worth(networks: Networks, setting: Setting, done: Schedule) -> float:
    """Return the weighted person-days of a schedule."""
    days = service_days(networks, done.end_day, done.reached_day)
    return cost(days, setting.people_weight, setting.horizon_days, setting.returns)


@compiled
def value_of(game: Game, keys: Floats, holds: Floats) -> float:
    """Return the weighted person-days of the schedule that keys and holds lead to."""
    done = empty_schedule(game.city.sites, game.crews)
    ranks = ranks_of(game.crews, keys)
    schedule_all(game, desk_of(game.city.sites, game.crews), ranks, holds, done)
    return worth(game.city.networks, game.setting, done)


def simulate(
    city: City, crews: Crews, setting: Setting, keys: Floats, holds: Floats | None = None
) -> tuple[Plan, Served]:
    """Return the plan that the keys lead to, and the days on which it serves people.

    Tasks that are taken as done, or that nobody comes to do, have no assignment.

    Args:
        city: What is to be done.
        crews: Who does it.
        setting: What counts.
        keys: Smallest first; shape ``(n_rows, n_tasks)``, rows as in `crews_of`.
        holds: Days for which ready tasks are held back; shape ``(n_tasks,)``; None: no day.
    """
    game = Game(city, crews, setting)
    done = empty_schedule(city.sites, crews)
    holds = np.zeros(keys.shape[1]) if holds is None else holds
    schedule_all(game, desk_of(city.sites, crews), ranks_of(crews, keys), holds, done)
    days = service_days(city.networks, done.end_day, done.reached_day)
    value = cost(days, setting.people_weight, setting.horizon_days, setting.returns)
    return _plan_of(done), Served(service_day=days.T.copy(), person_days=float(value))


def _plan_of(done: Schedule) -> Plan:
    assignments = (
        Assignment(float(done.start_day[task]), float(done.end_day[task]), task, int(team))
        for task, team in enumerate(done.team_of)
        if team != NONE
    )
    return Plan(assignments=tuple(sorted(assignments)))
