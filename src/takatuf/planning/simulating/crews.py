"""Who follows which priorities, as compiled code wants it.

Teams that follow the same priorities and may do the same tasks form a group; a ready task
stands in one queue for each set of priorities under which somebody may do it.
"""

from typing import NamedTuple

import numpy as np

from takatuf.planning.problem import Floats, Ints, Lists, PlanningProblem
from takatuf.planning.simulating.city import task_classes


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
    queue_offset: Ints  # queue -> where its heap begins; the last entry is the total length
    queue_groups_start: Ints
    queue_groups_index: Ints
    class_queues_start: Ints
    class_queues_index: Ints


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
    sizes = np.bincount(classes, minlength=max(n_classes, 1))
    lengths = [int(sizes[of_class]) for _, of_class in queue_ids]
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
    )


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
