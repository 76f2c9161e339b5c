"""Who follows which priorities, as compiled code wants it.

Teams that follow the same priorities and may do the same tasks form a group; a ready task
stands in one queue for each set of priorities under which somebody may do it. Groups, queues
and tasks fall into parts that are scheduled one after another.
"""

from typing import NamedTuple

import numpy as np

from takatuf.planning.problem import Flags, Floats, Ints, Lists, PlanningProblem
from takatuf.planning.simulating.city import task_classes
from takatuf.planning.simulating.parts import Parts, parts_of

WORD_BITS = 32  # tasks in a word of a queue


class Crews(NamedTuple):
    """Groups of teams and the queues they take from; groups with few queues choose first."""

    base: Ints  # team -> the node where it is on day 0
    free_from_day: Floats  # infinity: does not take part
    team_group: Ints
    group_teams_start: Ints
    group_teams_index: Ints
    group_queues_start: Ints
    group_queues_index: Ints
    queue_row: Ints  # queue -> the row of the keys it is ordered by
    queue_offset: Ints  # queue -> where its words of bits begin; the last entry is the total
    queue_groups_start: Ints
    queue_groups_index: Ints
    class_queues_start: Ints
    class_queues_index: Ints
    group_row: Ints  # group -> the row of the keys its teams follow
    group_does: Flags  # shape (n_groups, n_classes)
    part_groups_start: Ints
    part_groups_index: Ints
    part_queues_start: Ints
    part_queues_index: Ints
    parts: Parts


def crews_of(problem: PlanningProblem, n_rows: int) -> Crews:
    """Return groups and queues for keys with one row for all, or one for each organisation.

    Args:
        problem: Whose teams and mandates count.
        n_rows: 1, or the number of organisations.

    Raises:
        ValueError: Another number of rows was given.
    """
    if n_rows not in (1, len(problem.organisations)):
        raise ValueError(f"keys have 1 row or one for each organisation, not {n_rows}")
    classes = task_classes(problem)
    row_of_team = problem.teams.organisation if n_rows > 1 else np.zeros(problem.n_teams, np.int64)
    queue_ids: dict[tuple[int, int], int] = {}
    queues_of_team = _queues_by_team(problem, row_of_team, queue_ids)
    groups = sorted(set(queues_of_team), key=lambda queues: (len(queues), queues))
    group_of = {queues: group for group, queues in enumerate(groups)}
    team_group = np.array([group_of[queues] for queues in queues_of_team], dtype=np.int64)
    members = Lists.of(
        [
            [team for team in range(problem.n_teams) if team_group[team] == g]
            for g in range(len(groups))
        ]
    )
    group_queues = Lists.of(groups)
    n_queues, n_classes = len(queue_ids), int(classes.max(initial=-1)) + 1
    queue_groups = Lists.of(
        [[g for g, queues in enumerate(groups) if queue in queues] for queue in range(n_queues)]
    )
    class_queues = Lists.of(
        [[q for (_, c), q in queue_ids.items() if c == of_class] for of_class in range(n_classes)]
    )
    parts = parts_of(problem)
    group_part = [int(parts.part_of_team[members.row(g)[0]]) for g in range(len(groups))]
    part_groups = _by_part(group_part, parts)
    queue_part = [group_part[queue_groups.row(queue)[0]] for queue in range(n_queues)]
    part_queues = _by_part(queue_part, parts)
    group_row, group_does = _groups_by_class(queue_ids, queue_groups, (len(groups), n_classes))
    sizes = np.diff(parts.tasks_start)
    lengths = [-(-int(sizes[part]) // WORD_BITS) for part in queue_part]
    return Crews(
        problem.teams.base,
        problem.teams.free_from_day,
        team_group,
        *(members.start, members.index),
        *(group_queues.start, group_queues.index),
        np.array([row for row, _ in queue_ids], dtype=np.int64),
        np.cumsum([0, *lengths], dtype=np.int64),
        *(queue_groups.start, queue_groups.index),
        *(class_queues.start, class_queues.index),
        group_row,
        group_does,
        *(part_groups.start, part_groups.index),
        *(part_queues.start, part_queues.index),
        parts,
    )


def _groups_by_class(
    queue_ids: dict[tuple[int, int], int], queue_groups: Lists, shape: tuple[int, int]
) -> tuple[Ints, Flags]:
    # The row of keys that each group follows, and which classes of tasks it may do.
    group_row, group_does = np.zeros(shape[0], dtype=np.int64), np.zeros(shape, dtype=np.bool_)
    for (row, of_class), queue in queue_ids.items():
        group_does[queue_groups.row(queue), of_class] = True
        group_row[queue_groups.row(queue)] = row
    return group_row, group_does


def _by_part(part_of: list[int], parts: Parts) -> Lists:
    n_parts = len(parts.tasks_start) - 1
    return Lists.of([[at for at, part in enumerate(part_of) if part == p] for p in range(n_parts)])


def _queues_by_team(
    problem: PlanningProblem, row_of_team: Ints, queue_ids: dict[tuple[int, int], int]
) -> list[tuple[int, ...]]:
    # Numbers the queues in the order in which teams meet them.
    classes = task_classes(problem)
    allowed = problem.may_do()
    queues_of_team = []
    for team in range(problem.n_teams):
        own = np.unique(classes[allowed[team]])
        row = int(row_of_team[team])
        queues_of_team.append(
            tuple(sorted(queue_ids.setdefault((row, int(c)), len(queue_ids)) for c in own))
        )
    return queues_of_team
