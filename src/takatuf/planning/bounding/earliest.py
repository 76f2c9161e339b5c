"""The earliest day of everything if there were enough teams: the longest chain decides.

No plan can be earlier: it keeps every rule kept here, and more. A second use of the same walk:
if one task were to end on a day far away, each service that cannot do without it comes back
after that day, and by how much is the least time between the two.
"""

from typing import NamedTuple

import numpy as np

from takatuf.planning.compiling import compiled
from takatuf.planning.problem import NONE, Floats, PlanningProblem
from takatuf.planning.simulating import City
from takatuf.planning.simulating.city import Sites
from takatuf.planning.simulating.heap import pop, push
from takatuf.planning.simulating.serving import service_days

FAR_DAY = 1e6  # later than any day of a plan, and still exact to a thousandth of a second
ROUNDING_DAYS = 1e-6


class Earliest(NamedTuple):
    """Lower limits of what any plan can do; infinity: no plan can."""

    service_day: Floats  # shape (n_services, n_neighbourhoods)
    tail_days: Floats  # shape (n_tasks, n_services * n_neighbourhoods); below 0: not needed


def shortest_travel_days(problem: PlanningProblem) -> Floats:
    """Return travel days between nodes where a detour may be shorter than the table says.

    A team may come by way of other tasks, so only the closure of the table is a lower limit.
    """
    days = problem.roads.travel_days.copy()
    np.fill_diagonal(days, 0.0)
    for via in range(len(days)):
        np.minimum(days, days[:, via, None] + days[None, via, :], out=days)
    return days


def first_start_days(problem: PlanningProblem, travel_days: Floats) -> Floats:
    """Return for each task when the first team that may do it can be there; or infinity."""
    arrives = problem.teams.free_from_day[:, None] + travel_days[problem.teams.base]
    at_task = np.where(problem.may_do(), arrives[:, problem.tasks.node], np.inf)
    return np.asarray(at_task.min(axis=0, initial=np.inf))


def earliest_of(city: City, first_start: Floats) -> Earliest:
    """Return the earliest day of each service and what it cannot do without.

    Args:
        city: What is to be done.
        first_start: No task starts before; infinity: nobody can do it. Shape ``(n_tasks,)``.
    """
    n_tasks = len(first_start)
    days = _service_days_if(city, first_start, NONE)
    tails = np.empty((n_tasks, days.size))
    for task in range(n_tasks):
        later = _service_days_if(city, first_start, task).reshape(-1)
        tail = np.maximum(later - FAR_DAY - ROUNDING_DAYS, 0.0)
        tails[task] = np.where(later >= FAR_DAY, tail, -1.0)
    tails[:, ~np.isfinite(days.reshape(-1))] = -1.0
    return Earliest(days, tails)


@compiled
def _service_days_if(city: City, first_start: Floats, late_task: int) -> Floats:
    """Return the earliest service days; one task, unless NONE, ends on the far day at best."""
    end_day, reached_day = _chains(city.sites, first_start, late_task)
    return service_days(city.networks, end_day, reached_day)


# One function for the same reason as the simulator: arrays of a tuple are dear to hand on.
@compiled
def _chains(  # noqa: C901, PLR0912, PLR0915
    sites: Sites, first_start: Floats, late_task: int
) -> tuple[Floats, Floats]:
    n_tasks, n_nodes = len(first_start), len(sites.here_start) - 1
    end_day, reached_day = np.full(n_tasks, np.inf), np.full(n_nodes, np.inf)
    n_waiting, n_blocks = sites.n_before.copy(), sites.n_blocks.copy()
    events, n_events = np.empty(n_tasks, np.int64), 0
    is_begun = np.zeros(n_tasks, np.bool_)
    after_start, after_index = sites.after_start, sites.after_index
    here_start, here_index = sites.here_start, sites.here_index
    opens_start, opens_index = sites.opens_start, sites.opens_index
    road_start, road_index, edge_ends = sites.road_start, sites.road_index, sites.edge_ends
    candidates = np.empty(len(after_index) + len(here_index), np.int64)
    stack, n_stacked = np.empty(n_nodes, np.int64), 0
    for node in sites.hubs:
        if reached_day[node] == np.inf:
            reached_day[node] = 0.0
            stack[n_stacked] = node
            n_stacked += 1
    day, ended = 0.0, NONE
    while True:
        n_candidates = 0
        if ended != NONE:
            for entry in range(after_start[ended], after_start[ended + 1]):
                n_waiting[after_index[entry]] -= 1
                candidates[n_candidates] = after_index[entry]
                n_candidates += 1
            for entry in range(opens_start[ended], opens_start[ended + 1]):
                edge = opens_index[entry]
                n_blocks[edge] -= 1
                one, other = edge_ends[edge, 0], edge_ends[edge, 1]
                if n_blocks[edge] > 0:
                    continue
                if reached_day[one] > reached_day[other]:
                    one, other = other, one
                if reached_day[one] < np.inf and reached_day[other] == np.inf:
                    reached_day[other] = day
                    stack[n_stacked] = other
                    n_stacked += 1
        while n_stacked > 0:
            n_stacked -= 1
            node = stack[n_stacked]
            for entry in range(here_start[node], here_start[node + 1]):
                candidates[n_candidates] = here_index[entry]
                n_candidates += 1
            for entry in range(road_start[node], road_start[node + 1]):
                edge = road_index[entry]
                other = edge_ends[edge, 0] + edge_ends[edge, 1] - node
                if n_blocks[edge] == 0 and reached_day[other] == np.inf:
                    reached_day[other] = day
                    stack[n_stacked] = other
                    n_stacked += 1
        for candidate in range(n_candidates):
            task = candidates[candidate]
            other = sites.other_place[task]
            is_reached = reached_day[sites.place[task]] < np.inf or (
                other != NONE and reached_day[other] < np.inf
            )
            if is_reached and not is_begun[task] and n_waiting[task] == 0:
                is_begun[task] = True
                if first_start[task] < np.inf:
                    end_day[task] = max(day, first_start[task]) + sites.duration_days[task]
                    if task == late_task:
                        end_day[task] = FAR_DAY
                    push(events, 0, n_events, task, end_day)
                    n_events += 1
        if n_events == 0:
            break
        ended = pop(events, 0, n_events, end_day)
        n_events -= 1
        day = end_day[ended]
    return end_day, reached_day
