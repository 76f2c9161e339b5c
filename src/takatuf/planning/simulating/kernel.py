"""The schedule generator: every free team takes the first ready task of its own priorities.

Events are the days on which teams are free (again). On each of them first all work that ends
is finished, which may open roads and set further tasks free; then every group of teams, those
with the least choice first, takes tasks in the order of its keys until it has no free team or
no ready task left. Of a group's free teams the nearest goes; equal ones in their order. So a
team is never idle while there is something for it to do, and never sets out for a place that
cannot be reached on the day it leaves.

Source: the parallel schedule generation scheme of R. Kolisch (1996), Serial and parallel
resource-constrained project scheduling methods revisited, European Journal of Operational
Research 90, 320-333, https://doi.org/10.1016/0377-2217(95)00357-6.
"""

from typing import NamedTuple

import numpy as np

from takatuf.planning.compiling import compiled
from takatuf.planning.problem import NONE, Flags, Floats, Ints
from takatuf.planning.simulating.city import Sites
from takatuf.planning.simulating.crews import Crews
from takatuf.planning.simulating.heap import pop, push


class Schedule(NamedTuple):
    """Who does what and when; infinity is "never", NONE is "nobody"."""

    start_day: Floats
    end_day: Floats
    team_of: Ints
    reached_day: Floats  # for each node


# One long function on purpose: compiled code counts references for every array of a tuple that
# it hands on, and split into steps this took 17 times as long (measured, 2,185 tasks).
@compiled
def schedule(  # noqa: C901, PLR0912, PLR0915
    sites: Sites, crews: Crews, keys: Floats, is_done: Flags, takes_no_time: Flags
) -> Schedule:
    """Return the schedule that the keys lead to.

    Args:
        sites: What is to be done and where.
        crews: Who does it.
        keys: Smallest first; shape ``(n_rows, n_tasks)``, rows as in `crews_of`.
        is_done: Tasks that are taken as finished on day 0; shape ``(n_tasks,)``.
        takes_no_time: Tasks that are taken to end, without a team, the moment they are ready.
    """
    n_tasks, n_nodes, n_teams = len(is_done), len(sites.here_start) - 1, len(crews.base)
    start_day, end_day = np.full(n_tasks, np.inf), np.full(n_tasks, np.inf)
    team_of, reached_day = np.full(n_tasks, NONE), np.full(n_nodes, np.inf)
    place, other_place, task_class = sites.place, sites.other_place, sites.task_class
    duration_days, travel_days = sites.duration_days, sites.travel_days
    after_start, after_index = sites.after_start, sites.after_index
    here_start, here_index = sites.here_start, sites.here_index
    opens_start, opens_index = sites.opens_start, sites.opens_index
    road_start, road_index, edge_ends = sites.road_start, sites.road_index, sites.edge_ends
    n_waiting, n_blocks = sites.n_before.copy(), sites.n_blocks.copy()
    team_group, queue_row, queue_offset = crews.team_group, crews.queue_row, crews.queue_offset
    group_teams_start, group_teams = crews.group_teams_start, crews.group_teams_index
    group_queues_start, group_queues = crews.group_queues_start, crews.group_queues_index
    queue_groups_start, queue_groups = crews.queue_groups_start, crews.queue_groups_index
    class_queues_start, class_queues = crews.class_queues_start, crews.class_queues_index
    queue, queue_size = np.empty(queue_offset[-1], np.int64), np.zeros(len(queue_row), np.int64)
    is_offered = is_done.copy()
    candidates = np.empty(len(after_index) + len(here_index), np.int64)
    ended, stack = np.empty(n_tasks, np.int64), np.empty(n_nodes, np.int64)
    team_place, team_task = crews.base.copy(), np.full(n_teams, NONE)
    event_day, events, n_events = crews.free_from_day.copy(), np.empty(n_teams, np.int64), 0
    is_free = np.zeros(n_teams, np.bool_)
    n_groups = len(group_teams_start) - 1
    n_free, is_awake = np.zeros(n_groups, np.int64), np.zeros(n_groups, np.bool_)

    # What is so before anybody does anything: done tasks have ended, hubs are reached.
    n_ended = n_stacked = 0
    for task in range(n_tasks):
        if is_done[task]:
            start_day[task] = end_day[task] = 0.0
            ended[n_ended] = task
            n_ended += 1
    for node in sites.hubs:
        if reached_day[node] == np.inf:
            reached_day[node] = 0.0
            stack[n_stacked] = node
            n_stacked += 1
    for team in range(n_teams):
        if event_day[team] < np.inf:
            push(events, 0, n_events, team, event_day)
            n_events += 1

    day = 0.0
    while True:
        # Teams that are free on this day, and the work they have ended.
        while n_events > 0 and event_day[events[0]] == day:
            team = pop(events, 0, n_events, event_day)
            n_events -= 1
            is_free[team] = is_awake[team_group[team]] = True
            n_free[team_group[team]] += 1
            if team_task[team] != NONE:
                ended[n_ended] = team_task[team]
                n_ended += 1

        # Again and again, as work that takes no time ends at once and sets more free.
        while n_ended > 0 or n_stacked > 0:
            # What the ended work sets free: tasks that waited for it, roads that it blocked.
            n_candidates = 0
            for ending in range(n_ended):
                task = ended[ending]
                for entry in range(after_start[task], after_start[task + 1]):
                    n_waiting[after_index[entry]] -= 1
                    candidates[n_candidates] = after_index[entry]
                    n_candidates += 1
                for entry in range(opens_start[task], opens_start[task + 1]):
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
            n_ended = 0

            # Only what is newly reached is walked: in all each road is looked at twice.
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

            # Tasks that are ready now stand in line with everybody who may do them.
            for candidate in range(n_candidates):
                task = candidates[candidate]
                other = other_place[task]
                if is_offered[task] or n_waiting[task] > 0:
                    continue
                if reached_day[place[task]] == np.inf and (
                    other == NONE or reached_day[other] == np.inf
                ):
                    continue
                is_offered[task] = True
                if takes_no_time[task]:
                    start_day[task] = end_day[task] = day
                    ended[n_ended] = task
                    n_ended += 1
                    continue
                of_class = task_class[task]
                for entry in range(class_queues_start[of_class], class_queues_start[of_class + 1]):
                    line = class_queues[entry]
                    push(queue, queue_offset[line], queue_size[line], task, keys[queue_row[line]])
                    queue_size[line] += 1
                    for at in range(queue_groups_start[line], queue_groups_start[line + 1]):
                        is_awake[queue_groups[at]] = True

        # Groups with free teams take what comes first for them.
        for group in range(n_groups):
            while is_awake[group] and n_free[group] > 0:
                task, best_key = NONE, np.inf
                for entry in range(group_queues_start[group], group_queues_start[group + 1]):
                    line = group_queues[entry]
                    row, head = queue_row[line], queue_offset[line]
                    # Tasks that teams with other priorities have taken are dropped here.
                    while queue_size[line] > 0 and team_of[queue[head]] != NONE:
                        pop(queue, head, queue_size[line], keys[row])
                        queue_size[line] -= 1
                    if queue_size[line] > 0:
                        first = queue[head]
                        key = keys[row, first]
                        if task == NONE or key < best_key or (key == best_key and first < task):
                            task, best_key = first, key
                if task == NONE:
                    break
                team, nearest_days = NONE, np.inf
                for entry in range(group_teams_start[group], group_teams_start[group + 1]):
                    member = group_teams[entry]
                    away_days = travel_days[team_place[member], place[task]]
                    if is_free[member] and (team == NONE or away_days < nearest_days):
                        team, nearest_days = member, away_days
                start_day[task] = day + nearest_days
                end_day[task] = event_day[team] = start_day[task] + duration_days[task]
                team_of[task], team_task[team], team_place[team] = team, task, place[task]
                is_free[team] = False
                n_free[group] -= 1
                push(events, 0, n_events, team, event_day)
                n_events += 1
            is_awake[group] = False

        if n_events == 0:
            break
        day = event_day[events[0]]
    return Schedule(start_day, end_day, team_of, reached_day)
