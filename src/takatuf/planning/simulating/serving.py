"""From a schedule to the day each service is back, and what the waiting costs."""

from typing import NamedTuple

import numpy as np

from takatuf.planning.compiling import compiled
from takatuf.planning.problem import (
    ACCESS,
    HEALTH,
    HOME,
    NONE,
    POWER,
    SERVICES,
    WATER,
    Floats,
)
from takatuf.planning.simulating.city import Networks


# Plain loops on purpose: with array expressions compiling took five times as long (measured).
@compiled
def service_days(networks: Networks, end_day: Floats, reached_day: Floats) -> Floats:
    """Return the day of each service; shape ``(n_services, n_neighbourhoods)``, or infinity.

    Args:
        networks: What each service waits for.
        end_day: When each task is finished; infinity: never. Shape ``(n_tasks,)``.
        reached_day: When each node is reached; infinity: never. Shape ``(n_nodes,)``.
    """
    works = _facility_days(networks, end_day)
    n_homes = len(networks.node)
    days = np.zeros((len(SERVICES), n_homes))
    own_start, own_index, supplied_by = networks.own_start, networks.own_index, networks.supplied_by
    for service in range(len(SERVICES)):
        for n in range(n_homes):
            row = service * n_homes + n
            for entry in range(own_start[row], own_start[row + 1]):
                days[service, n] = max(days[service, n], end_day[own_index[entry]])
            if supplied_by[row] != NONE:
                days[service, n] = max(days[service, n], works[supplied_by[row]])
    for n in range(n_homes):
        days[ACCESS, n] = reached_day[networks.node[n]]
        days[HEALTH, n] = _first_clinic(networks, n, works, reached_day)
    _combine(networks, days)
    return days


@compiled
def _combine(networks: Networks, days: Floats) -> None:
    # What a neighbourhood has now counts as day 0 wherever else it is needed, too.
    for n in range(days.shape[1]):
        for service in (ACCESS, WATER, POWER, HEALTH, HOME):
            if service in (HEALTH, HOME):
                days[service, n] = max(days[service, n], days[ACCESS, n])
            if service == HOME:
                for needed in (WATER, POWER, HEALTH):
                    if networks.home_needs[needed]:
                        days[HOME, n] = max(days[HOME, n], days[needed, n])
            if networks.has_now[n, service]:
                days[service, n] = 0.0


class Returns(NamedTuple):
    """Who would come back, and what their waiting counts."""

    people: Floats  # shape (n_neighbourhoods,); all 0 where nobody is displaced
    per_day: Floats  # at most so many come back, above 0
    weights: Floats  # shape (n_services,): of a day without the service, once they are back
    weight: float  # of a day before they are back


@compiled
def cost(days: Floats, people_weight: Floats, horizon_days: float, returns: Returns) -> float:
    """Return the weighted person-days without service, up to the horizon.

    Displaced people count a day for each day until they are back. They come back from the day
    on which there is a home, so many a day; from then on they, too, wait for services that are
    not there yet. What is counted in ``people_weight`` is their waiting up to that day.

    Args:
        days: As `service_days` returns them.
        people_weight: As in `Setting`; the shape of ``days``.
        horizon_days: Later days count as this one.
        returns: Who comes back.
    """
    total = 0.0
    for service in range(days.shape[0]):
        for n in range(days.shape[1]):
            total += people_weight[service, n] * min(days[service, n], horizon_days)
    if returns.weight > 0.0:
        for n in range(days.shape[1]):
            if returns.people[n] > 0.0 and days[HOME, n] < horizon_days:
                total += _of_returns(days, n, horizon_days, returns)
    return float(total)


@compiled
def _of_returns(days: Floats, n: int, horizon_days: float, returns: Returns) -> float:
    people, per_day = returns.people[n], returns.per_day[n]
    home_day = days[HOME, n]
    waiting = people * (horizon_days - home_day)
    total = returns.weight * (waiting - _days_back(people, per_day, horizon_days - home_day))
    for service in range(days.shape[0]):
        without = min(days[service, n], horizon_days) - home_day
        if without > 0.0:
            total += returns.weights[service] * _days_back(people, per_day, without)
    return float(total)


@compiled
def _days_back(people: float, per_day: float, days: float) -> float:
    # Person-days lived at home in so many days, if people come back at a steady rate.
    if per_day == np.inf:
        return float(people * days)
    until_all = min(people / per_day, days)
    return float(0.5 * per_day * until_all * until_all + people * (days - until_all))


@compiled
def _facility_days(networks: Networks, end_day: Floats) -> Floats:
    works = np.zeros(len(networks.facility_node))
    for facility in range(len(works)):
        if networks.never_works[facility]:
            works[facility] = np.inf
        for entry in range(networks.works_start[facility], networks.works_start[facility + 1]):
            works[facility] = max(works[facility], end_day[networks.works_index[entry]])
        for entry in range(networks.depends_start[facility], networks.depends_start[facility + 1]):
            works[facility] = max(works[facility], works[networks.depends_index[entry]])
        first, last = networks.any_start[facility], networks.any_start[facility + 1]
        best = np.inf if last > first else 0.0
        for entry in range(first, last):
            best = min(best, works[networks.any_index[entry]])
        works[facility] = max(works[facility], best)
    return works


@compiled
def _first_clinic(networks: Networks, n: int, works: Floats, reached_day: Floats) -> float:
    best = np.inf
    for entry in range(networks.clinics_start[n], networks.clinics_start[n + 1]):
        clinic = networks.clinics_index[entry]
        best = min(best, max(works[clinic], reached_day[networks.facility_node[clinic]]))
    return best
