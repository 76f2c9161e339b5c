"""A schedule as compiled code keeps it: enough to make only a part of it anew."""

from typing import NamedTuple

import numpy as np

from takatuf.planning.compiling import compiled
from takatuf.planning.problem import NONE, Floats, Ints
from takatuf.planning.simulating.city import Sites
from takatuf.planning.simulating.crews import Crews
from takatuf.planning.simulating.parts import CORE, Parts


class Schedule(NamedTuple):
    """Who does what and when; infinity is "never", NONE is "nobody"."""

    start_day: Floats  # of the work, after travel
    end_day: Floats
    set_out_day: Floats  # when its team leaves for it
    ready_day: Floats  # when nothing but a team is missing
    team_of: Ints
    reached_day: Floats  # for each node
    order: Ints  # part by part, as in `Parts.tasks_index`: tasks in the order of setting out
    place_in_order: Ints  # task -> its place in ``order``, from the start of its part
    n_set_out: Ints  # for each part
    ready_order: Ints  # of leaves, part by part: tasks in the order of being ready
    n_ready: Ints  # for each part


class Desk(NamedTuple):
    """Room to work in, so that no schedule has to ask for memory."""

    n_waiting: Ints
    n_blocks: Ints
    lines: Ints  # words of bits, queue by queue: the places of those who stand in it
    first_word: Ints  # queue -> no word before has a bit
    candidates: Ints
    ended: Ints
    stack: Ints
    team_place: Ints
    team_task: Ints
    event_day: Floats
    events: Ints
    is_free: Ints
    n_free: Ints
    is_awake: Ints
    offer_day: Floats
    held: Ints
    offered: Ints


@compiled
def empty_schedule(sites: Sites, crews: Crews) -> Schedule:
    """Return a schedule in which nothing happens."""
    n_tasks, n_nodes = len(sites.duration_days), len(sites.here_start) - 1
    return Schedule(
        np.full(n_tasks, np.inf),
        np.full(n_tasks, np.inf),
        np.full(n_tasks, np.inf),
        np.full(n_tasks, np.inf),
        np.full(n_tasks, NONE),
        np.full(n_nodes, np.inf),
        np.zeros(n_tasks, np.int64),
        np.zeros(n_tasks, np.int64),
        np.zeros(len(crews.parts.tasks_start) - 1, np.int64),
        np.zeros(n_tasks, np.int64),
        np.zeros(len(crews.parts.tasks_start) - 1, np.int64),
    )


@compiled
def desk_of(sites: Sites, crews: Crews) -> Desk:
    """Return room for the schedules of a city and its crews."""
    n_tasks, n_nodes, n_teams = len(sites.duration_days), len(sites.here_start) - 1, len(crews.base)
    n_groups = len(crews.group_teams_start) - 1
    return Desk(
        np.empty(n_tasks, np.int64),
        np.empty(len(sites.n_blocks), np.int64),
        np.zeros(crews.queue_offset[-1], np.int64),
        np.zeros(len(crews.queue_row), np.int64),
        np.empty(len(sites.after_index) + len(sites.here_index), np.int64),
        np.empty(n_tasks, np.int64),
        np.empty(n_nodes, np.int64),
        np.empty(n_teams, np.int64),
        np.empty(n_teams, np.int64),
        np.empty(n_teams, np.float64),
        np.empty(n_teams, np.int64),
        np.zeros(n_teams, np.int64),
        np.zeros(n_groups, np.int64),
        np.zeros(n_groups, np.int64),
        np.empty(n_tasks, np.float64),
        np.empty(n_tasks, np.int64),
        np.empty(n_tasks, np.int64),
    )


@compiled
def copy_part(parts: Parts, source: Schedule, target: Schedule, part: int) -> None:
    """Make one part of a schedule equal to that of another; with the core, also what it opens."""
    first, last = parts.tasks_start[part], parts.tasks_start[part + 1]
    tasks = parts.tasks_index
    start_day, end_day, set_out_day = source.start_day, source.end_day, source.set_out_day
    to_start_day, to_end_day, to_set_out_day = target.start_day, target.end_day, target.set_out_day
    for at in range(first, last):
        task = tasks[at]
        to_start_day[task] = start_day[task]
        to_end_day[task] = end_day[task]
        to_set_out_day[task] = set_out_day[task]
    team_of, to_team_of = source.team_of, target.team_of
    place, to_place = source.place_in_order, target.place_in_order
    order, to_order = source.order, target.order
    for at in range(first, last):
        task = tasks[at]
        to_team_of[task] = team_of[task]
        to_place[task] = place[task]
        to_order[at] = order[at]
    target.n_set_out[part] = source.n_set_out[part]
    if part == CORE:
        ready_day, to_ready_day = source.ready_day, target.ready_day
        for task in range(len(ready_day)):
            to_ready_day[task] = ready_day[task]
        reached_day, to_reached_day = source.reached_day, target.reached_day
        for node in range(len(reached_day)):
            to_reached_day[node] = reached_day[node]
        ready_order, to_ready_order = source.ready_order, target.ready_order
        for at in range(len(ready_order)):
            to_ready_order[at] = ready_order[at]
        for at in range(len(source.n_ready)):
            target.n_ready[at] = source.n_ready[at]
