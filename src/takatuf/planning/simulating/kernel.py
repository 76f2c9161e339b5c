"""The schedule generator: every free team takes the first ready task of its own priorities.

Events are the days on which teams are free (again). On each of them first all work that ends
is finished, which may open roads and set further tasks free; then every group of teams, those
with the least choice first, takes tasks in the order of its keys until it has no free team or
no ready task left. Of a group's free teams the nearest goes; equal ones in their order. So a
team never sets out for a place that cannot be reached on the day it leaves, and is never idle
while there is something for it to do, unless that is held back: a task may be held for some
days after it is ready, as a generator that never waits can miss the best plan.

A schedule is made part by part (`takatuf.planning.simulating.parts`), and each part from any
day on: what was begun before that day is kept. So a change of priorities costs only what comes
after the first decision that it can turn.

Source: the parallel schedule generation scheme of R. Kolisch (1996), Serial and parallel
resource-constrained project scheduling methods revisited, European Journal of Operational
Research 90, 320-333, https://doi.org/10.1016/0377-2217(95)00357-6.
"""

import numpy as np

from takatuf.planning.compiling import compiled
from takatuf.planning.problem import NONE, Flags, Floats
from takatuf.planning.simulating.city import Sites
from takatuf.planning.simulating.crews import Crews
from takatuf.planning.simulating.heap import pop, push
from takatuf.planning.simulating.parts import CORE
from takatuf.planning.simulating.ranks import Ranks, lowest_bit
from takatuf.planning.simulating.schedules import Desk, Schedule


# One long function on purpose: compiled code counts references for every array of a tuple that
# it hands on, and split into steps this took 17 times as long (measured, 2,185 tasks).
@compiled
def schedule_part(  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917
    sites: Sites,
    crews: Crews,
    desk: Desk,
    ranks: Ranks,
    holds: Floats,
    is_done: Flags,
    takes_no_time: Flags,
    done: Schedule,
    part: int,
    from_day: float,
) -> None:
    """Make one part of a schedule anew, from a day on; the core before its leaves.

    Args:
        sites: What is to be done and where.
        crews: Who does it.
        desk: Room to work in.
        ranks: Who comes first, for each row of keys.
        holds: Days, 0 or more, for which a ready task is held back; shape ``(n_tasks,)``.
        is_done: Tasks that are taken as finished on day 0; shape ``(n_tasks,)``.
        takes_no_time: Tasks that are taken to end, without a team, the moment they are ready.
        done: Changed in place. What it says of the part before ``from_day`` must be right.
        part: Which part.
        from_day: 0 or less: from the beginning.
    """
    parts = crews.parts
    first_task, last_task = parts.tasks_start[part], parts.tasks_start[part + 1]
    part_tasks, part_of_task = parts.tasks_index, parts.part_of_task
    start_day, end_day, set_out_day = done.start_day, done.end_day, done.set_out_day
    ready_day, team_of, reached_day = done.ready_day, done.team_of, done.reached_day
    order, place_in_order = done.order, done.place_in_order
    place, other_place, task_class = sites.place, sites.other_place, sites.task_class
    duration_days, travel_days = sites.duration_days, sites.travel_days
    after_start, after_index = sites.after_start, sites.after_index
    here_start, here_index = sites.here_start, sites.here_index
    opens_start, opens_index = sites.opens_start, sites.opens_index
    road_start, road_index, edge_ends = sites.road_start, sites.road_index, sites.edge_ends
    team_group, queue_row, queue_offset = crews.team_group, crews.queue_row, crews.queue_offset
    group_teams_start, group_teams = crews.group_teams_start, crews.group_teams_index
    group_queues_start, group_queues = crews.group_queues_start, crews.group_queues_index
    queue_groups_start, queue_groups = crews.queue_groups_start, crews.queue_groups_index
    class_queues_start, class_queues = crews.class_queues_start, crews.class_queues_index
    first_group, last_group = crews.part_groups_start[part], crews.part_groups_start[part + 1]
    part_groups = crews.part_groups_index
    n_waiting, n_blocks, lines, first_word = (
        desk.n_waiting, desk.n_blocks, desk.lines, desk.first_word,
    )  # fmt: skip
    rank, by_rank, tasks_start = ranks.rank, ranks.by_rank, parts.tasks_start
    ready_order, n_ready = done.ready_order, done.n_ready
    candidates, ended, stack = desk.candidates, desk.ended, desk.stack
    team_place, team_task, event_day = desk.team_place, desk.team_task, desk.event_day
    events, is_free, n_free, is_awake = desk.events, desk.is_free, desk.n_free, desk.is_awake
    offer_day, held, offered = desk.offer_day, desk.held, desk.offered
    is_core, is_fresh = part == CORE, from_day <= 0.0
    n_tasks = len(is_done)
    n_ended = n_stacked = n_held = n_events = n_candidates = n_offered = 0
    day = max(from_day, 0.0)

    # Nobody stands anywhere yet.
    for at in range(crews.part_queues_start[part], crews.part_queues_start[part + 1]):
        line = crews.part_queues_index[at]
        first_word[line] = queue_offset[line]
        for word in range(queue_offset[line], queue_offset[line + 1]):
            lines[word] = 0
    for at in range(first_group, last_group):
        n_free[part_groups[at]] = 0
        is_awake[part_groups[at]] = 1
    for at in range(parts.teams_start[part], parts.teams_start[part + 1]):
        team = parts.teams_index[at]
        event_day[team], team_place[team] = crews.free_from_day[team], crews.base[team]
        team_task[team], is_free[team] = NONE, 0
    if is_core:
        for task in range(len(n_waiting)):
            n_waiting[task] = sites.n_before[task]
            if is_fresh or ready_day[task] >= from_day:
                ready_day[task] = np.inf
        for edge in range(len(n_blocks)):
            n_blocks[edge] = sites.n_blocks[edge]
        for node in range(len(reached_day)):
            if is_fresh or reached_day[node] >= from_day:
                reached_day[node] = np.inf
        for other in range(CORE + 1, len(n_ready)):
            at = tasks_start[other]
            while n_ready[other] > 0 and ready_day[ready_order[at + n_ready[other] - 1]] == np.inf:
                n_ready[other] -= 1

    # What was begun before the day stays; what was ready before it stands in line again.
    for at in range(first_task, last_task):
        task = part_tasks[at]
        if set_out_day[task] < from_day and not is_fresh:
            if is_core and end_day[task] < from_day:
                for entry in range(after_start[task], after_start[task + 1]):
                    n_waiting[after_index[entry]] -= 1
                for entry in range(opens_start[task], opens_start[task + 1]):
                    n_blocks[opens_index[entry]] -= 1
            team = team_of[task]
            if team != NONE and (team_task[team] == NONE or end_day[task] > event_day[team]):
                event_day[team], team_task[team] = end_day[task], task
                team_place[team] = place[task]
            continue
        start_day[task] = end_day[task] = set_out_day[task] = np.inf
        team_of[task] = NONE
        if is_done[task]:
            start_day[task] = end_day[task] = set_out_day[task] = 0.0
            if is_core:
                ended[n_ended] = task
                n_ended += 1
        elif is_core and ready_day[task] < np.inf:
            offer_day[task] = ready_day[task] + holds[task]
            if offer_day[task] > day:
                push(held, 0, n_held, task, offer_day)
                n_held += 1
            else:
                offered[n_offered] = task
                n_offered += 1
    n_out = n_next = 0
    while (
        n_out < done.n_set_out[part] and set_out_day[order[first_task + n_out]] < from_day
    ) and not is_fresh:
        n_out += 1
    for at in range(parts.teams_start[part], parts.teams_start[part + 1]):
        team = parts.teams_index[at]
        if event_day[team] < day:
            is_free[team] = 1
            n_free[team_group[team]] += 1
        elif event_day[team] < np.inf:
            push(events, 0, n_events, team, event_day)
            n_events += 1
    if is_core and is_fresh:
        for node in sites.hubs:
            if reached_day[node] == np.inf:
                reached_day[node] = 0.0
                stack[n_stacked] = node
                n_stacked += 1

    while True:
        # Teams that are free on this day, and the work they have ended.
        while n_events > 0 and event_day[events[0]] <= day:
            team, n_events = events[0], n_events - 1
            last, at = events[n_events], 0
            while 2 * at + 1 < n_events:
                child = 2 * at + 1
                one, other = events[child], events[min(child + 1, n_events - 1)]
                if event_day[other] < event_day[one] or (
                    event_day[other] == event_day[one] and other < one
                ):
                    one, child = other, child + 1
                if event_day[last] < event_day[one] or (
                    event_day[last] == event_day[one] and last < one
                ):
                    break
                events[at], at = one, child
            events[at] = last
            is_free[team] = is_awake[team_group[team]] = 1
            n_free[team_group[team]] += 1
            if is_core and team_task[team] != NONE:
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

            # What is ready now: work of the core is offered at once, if it is not held back.
            for candidate in range(n_candidates):
                task = candidates[candidate]
                other = other_place[task]
                if ready_day[task] < np.inf or n_waiting[task] > 0 or is_done[task]:
                    continue
                if reached_day[place[task]] == np.inf and (
                    other == NONE or reached_day[other] == np.inf
                ):
                    continue
                ready_day[task] = day
                of_part = part_of_task[task]
                if of_part != part:
                    ready_order[tasks_start[of_part] + n_ready[of_part]] = task
                    n_ready[of_part] += 1
                    continue
                if takes_no_time[task]:
                    start_day[task] = end_day[task] = set_out_day[task] = day
                    ended[n_ended] = task
                    n_ended += 1
                    continue
                if holds[task] > 0.0:
                    offer_day[task] = day + holds[task]
                    push(held, 0, n_held, task, offer_day)
                    n_held += 1
                else:
                    offered[n_offered] = task
                    n_offered += 1

        # In a leaf the core has said before what is ready when.
        while n_next < n_ready[part] and ready_day[ready_order[first_task + n_next]] <= day:
            task = ready_order[first_task + n_next]
            n_next += 1
            if end_day[task] < np.inf:
                continue
            if takes_no_time[task]:
                start_day[task] = end_day[task] = set_out_day[task] = ready_day[task]
                continue
            offer_day[task] = ready_day[task] + holds[task]
            if offer_day[task] > day:
                push(held, 0, n_held, task, offer_day)
                n_held += 1
            else:
                offered[n_offered] = task
                n_offered += 1

        # Tasks that are offered now stand in line with everybody who may do them.
        while n_held > 0 and offer_day[held[0]] <= day:
            offered[n_offered] = pop(held, 0, n_held, offer_day)
            n_held -= 1
            n_offered += 1
        while n_offered > 0:
            n_offered -= 1
            task = offered[n_offered]
            of_class = task_class[task]
            for entry in range(class_queues_start[of_class], class_queues_start[of_class + 1]):
                line = class_queues[entry]
                place_in_line = rank[queue_row[line] * n_tasks + task]
                word = queue_offset[line] + (place_in_line >> 5)
                lines[word] |= 1 << (place_in_line & 31)
                first_word[line] = min(first_word[line], word)
                for at in range(queue_groups_start[line], queue_groups_start[line + 1]):
                    is_awake[queue_groups[at]] = 1

        # Groups with free teams take what comes first for them.
        for at_group in range(first_group, last_group):
            group = part_groups[at_group]
            while is_awake[group] == 1 and n_free[group] > 0:
                best, row = n_tasks, 0
                for entry in range(group_queues_start[group], group_queues_start[group + 1]):
                    line = group_queues[entry]
                    word, last_word = first_word[line], queue_offset[line + 1]
                    while word < last_word and lines[word] == 0:
                        word += 1
                    first_word[line] = word
                    if word < last_word:
                        at = ((word - queue_offset[line]) << 5) + lowest_bit(lines[word])
                        if at < best:
                            best, row = at, queue_row[line]
                if best == n_tasks:
                    break
                task = by_rank[row * n_tasks + first_task + best]
                team, nearest_days = NONE, np.inf
                for entry in range(group_teams_start[group], group_teams_start[group + 1]):
                    member = group_teams[entry]
                    if is_free[member] == 0:
                        continue
                    away_days = travel_days[team_place[member], place[task]]
                    if team == NONE or away_days < nearest_days:
                        team, nearest_days = member, away_days
                set_out_day[task] = day
                start_day[task] = day + nearest_days
                end_day[task] = event_day[team] = start_day[task] + duration_days[task]
                team_of[task], team_task[team], team_place[team] = team, task, place[task]
                is_free[team] = 0
                n_free[group] -= 1
                at, n_events = n_events, n_events + 1
                while at > 0:
                    one = events[(at - 1) >> 1]
                    if event_day[one] < event_day[team] or (
                        event_day[one] == event_day[team] and one < team
                    ):
                        break
                    events[at], at = one, (at - 1) >> 1
                events[at] = team
                of_class = task_class[task]
                for entry in range(class_queues_start[of_class], class_queues_start[of_class + 1]):
                    line = class_queues[entry]
                    at = rank[queue_row[line] * n_tasks + task]
                    lines[queue_offset[line] + (at >> 5)] &= ~(1 << (at & 31))
                order[first_task + n_out], place_in_order[task] = task, n_out
                n_out += 1
            is_awake[group] = 0

        day = np.inf
        if n_events > 0:
            day = event_day[events[0]]
        if n_held > 0:
            day = min(day, offer_day[held[0]])
        if n_next < n_ready[part]:
            day = min(day, ready_day[ready_order[first_task + n_next]])
        if day == np.inf:
            break
    done.n_set_out[part] = n_out
