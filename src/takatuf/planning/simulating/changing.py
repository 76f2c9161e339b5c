"""From which day on a change of priorities can turn a schedule: nothing before it is made anew."""

from typing import NamedTuple

import numpy as np

from takatuf.planning.compiling import compiled
from takatuf.planning.problem import NONE, Flags, Floats, Ints
from takatuf.planning.simulating.crews import Crews
from takatuf.planning.simulating.parts import CORE, Parts
from takatuf.planning.simulating.ranks import Ranks
from takatuf.planning.simulating.schedules import Schedule


class Lines(NamedTuple):
    """Who stands in which line, as far as changes go; the fields are those of `Crews`."""

    parts: Parts
    team_group: Ints
    group_row: Ints
    group_does: Flags


def lines_of(crews: Crews) -> Lines:
    """Return what changes need to know of the crews."""
    return Lines(crews.parts, crews.team_group, crews.group_row, crews.group_does)


@compiled
def first_turned(  # noqa: C901, PLR0913, PLR0915, PLR0917 - compiled: see the kernel
    task_class: Ints,
    crews: Lines,
    now: Schedule,
    keys: Floats,
    ranks: Ranks,
    holds: Floats,
    row: int,
    changed: Ints,
    n_changed: int,
    old_keys: Floats,
    old_holds: Floats,
    from_day: Floats,
) -> None:
    """Set for each part the first day on which a decision may be another; infinity: none.

    Args:
        task_class: As in `Sites`.
        crews: Who does it.
        now: The schedule that the old keys and holds lead to.
        keys: The new ones; only those of the row and tasks named are other than the old.
        ranks: The new places.
        holds: The new ones.
        row: Whose keys have changed.
        changed: Tasks, the first ``n_changed`` count.
        n_changed: How many.
        old_keys: For each place in ``changed``.
        old_holds: For each place in ``changed``.
        from_day: Shape ``(n_parts,)``; receives the days.
    """
    parts = crews.parts
    set_out_day, ready_day, team_of = now.set_out_day, now.ready_day, now.team_of
    order, place_in_order, n_set_out = now.order, now.place_in_order, now.n_set_out
    tasks_start, part_of_task = parts.tasks_start, parts.part_of_task
    group_row, group_does, team_group = crews.group_row, crews.group_does, crews.team_group
    base = row * keys.shape[1]
    for part in range(len(from_day)):
        from_day[part] = np.inf
    for at in range(n_changed):
        task = changed[at]
        part, ready = part_of_task[task], ready_day[task]
        if ready == np.inf or (now.end_day[task] == ready and team_of[task] == NONE):
            continue  # it never comes up, or is done or ends by itself
        day = from_day[part]
        offered, was_offered = ready + holds[task], ready + old_holds[at]
        if offered > was_offered and set_out_day[task] < offered:
            day = min(day, set_out_day[task])
        elif offered < was_offered:
            day = min(day, offered)
        key, old_key = keys[row, task], old_keys[at]
        if key > old_key:
            team = team_of[task]
            if team != NONE and group_row[team_group[team]] == row:
                day = min(day, set_out_day[task])
        elif key < old_key:
            first, of_class = tasks_start[part], task_class[task]
            rank = ranks.rank[base + task]
            place = n_set_out[part] if team_of[task] == NONE else place_in_order[task]
            while place > 0:
                place -= 1
                other = order[first + place]
                if set_out_day[other] < offered:
                    break
                group = team_group[team_of[other]]
                is_theirs = group_row[group] == row and group_does[group, of_class]
                if is_theirs and ranks.rank[base + other] > rank:
                    day = min(day, set_out_day[other])
        from_day[part] = day


@compiled
def follow_core(
    parts: Parts, holds: Floats, now: Schedule, trial: Schedule, from_day: Floats
) -> None:
    """Set for each leaf the first day that a new core turns, if that is earlier.

    Args:
        parts: As in `Crews`.
        holds: Those of the new schedule.
        now: The schedule before the change.
        trial: Has the new core already.
        from_day: As `first_turned` sets it.
    """
    # A task that comes up later than before matters only if it was begun by then.
    part_of_task, set_out_day = parts.part_of_task, now.set_out_day
    ready_day, new_ready_day, team_of = now.ready_day, trial.ready_day, now.team_of
    for task in range(len(ready_day)):
        part, was, new = part_of_task[task], ready_day[task], new_ready_day[task]
        if part == CORE or was == new:
            continue
        if was < new and team_of[task] != NONE:
            if set_out_day[task] < new + holds[task]:
                from_day[part] = min(from_day[part], set_out_day[task])
        else:
            from_day[part] = min(from_day[part], was, new + (holds[task] if was > new else 0.0))
