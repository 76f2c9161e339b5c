"""The parts of the work that can be scheduled one after another.

Teams and tasks that have nothing to do with each other, as no team may do tasks of both, fall
into parts. Parts whose work sets other work free form the core; what is left are leaves: when
one of their tasks ends, services come back, but no other task becomes ready. So a leaf can be
scheduled by itself once the core is known, and a change in a leaf changes nothing else.
"""

from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from takatuf.planning.problem import Flags, Ints, Lists, PlanningProblem

CORE = 0


class Parts(NamedTuple):
    """Part 0 is the core, which may be empty; the others are leaves."""

    part_of_task: Ints
    part_of_team: Ints
    tasks_start: Ints  # part -> its tasks
    tasks_index: Ints
    teams_start: Ints
    teams_index: Ints


def parts_of(problem: PlanningProblem) -> Parts:
    """Return the parts; tasks that nobody may do belong to the core."""
    labels, n_labels = _unrelated(problem.may_do())
    of_team, of_task = labels[: problem.n_teams], labels[problem.n_teams :]
    feeds = np.zeros(n_labels, dtype=np.bool_)
    feeds[of_task[problem.tasks.before.index]] = True
    feeds[of_task[problem.roads.blocked_by.index]] = True
    feeds[np.bincount(of_team, minlength=n_labels) == 0] = True
    number = np.where(feeds, CORE, np.cumsum(~feeds))
    n_parts = int((~feeds).sum()) + 1
    tasks, teams = number[of_task], number[of_team]
    by_task, by_team = _rows(tasks, n_parts), _rows(teams, n_parts)
    return Parts(tasks, teams, by_task.start, by_task.index, by_team.start, by_team.index)


def _unrelated(may_do: Flags) -> tuple[Ints, int]:
    n_teams, n_tasks = may_do.shape
    team, task = np.nonzero(may_do)
    size = n_teams + n_tasks
    links = coo_array((np.ones(len(team)), (team, n_teams + task)), shape=(size, size))
    n_labels, labels = connected_components(links, directed=False)
    return labels.astype(np.int64), int(n_labels)


def _rows(part: Ints, n_parts: int) -> Lists:
    return Lists.of([np.flatnonzero(part == number).tolist() for number in range(n_parts)])
