"""From a schedule to the day each service is back, and what the waiting costs."""

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


@compiled
def cost(days: Floats, people_weight: Floats, horizon_days: float) -> float:
    """Return the weighted person-days without service, up to the horizon.

    Args:
        days: As `service_days` returns them.
        people_weight: People times the service's weight; the shape of ``days``.
        horizon_days: Later days count as this one.
    """
    total = 0.0
    for service in range(days.shape[0]):
        for n in range(days.shape[1]):
            total += people_weight[service, n] * min(days[service, n], horizon_days)
    return total


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
    return works


@compiled
def _first_clinic(networks: Networks, n: int, works: Floats, reached_day: Floats) -> float:
    best = np.inf
    for entry in range(networks.clinics_start[n], networks.clinics_start[n + 1]):
        clinic = networks.clinics_index[entry]
        best = min(best, max(works[clinic], reached_day[networks.facility_node[clinic]]))
    return best
