"""Tasks that go together: begun on the same terms, by the same teams, and needed by the same.

Nobody gains from one of them without the others, so for a proof they are one piece of work
that several teams may do at once. What makes this worth while: with few teams the last of them
is finished much later than the longest takes by itself.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from takatuf.planning.problem import NONE, Floats, PlanningProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """One piece of work; days count from the start of the plan."""

    days: tuple[float, ...]  # of each of its tasks
    nodes: tuple[int, ...]  # where its tasks are
    places: tuple[int, ...]  # it can be begun when one of these is reached
    before: tuple[int, ...]  # bundles that must be finished first
    teams: tuple[int, ...]  # who may work on it
    first_day: float  # nobody who may do it can be there before; infinity: nobody may

    @property
    def at_once(self) -> int:
        """The most teams that can be at work on it at the same time."""
        return min(len(self.teams), len(self.days))

    @property
    def least_days(self) -> float:
        """No plan can have less time between its first start and its last end."""
        longest = sorted(self.days, reverse=True)
        n_teams = max(len(self.teams), 1)
        # Of so many tasks and one more, two are done by the same team.
        pair = sum(longest[n_teams - 1 : n_teams + 1]) if len(longest) > n_teams else 0.0
        return max(longest[0], sum(longest) / n_teams, pair)


def merged_places(problem: PlanningProblem) -> list[int]:
    """Return for each node the place it belongs to: what free roads join is one; hubs are 0."""
    roads = problem.roads
    joined: list[list[int]] = [[] for _ in roads.node_ids]
    for edge, (one, other) in enumerate(zip(roads.start, roads.end, strict=True)):
        if not roads.blocked_by.row(edge):
            joined[one].append(int(other))
            joined[other].append(int(one))
    place_of = [NONE] * len(joined)
    _spread(joined, [int(hub) for hub in roads.hubs], place_of, 0)
    for node in range(len(joined)):
        if place_of[node] == NONE:
            _spread(joined, [node], place_of, max(place_of) + 1)
    return place_of


def bundles_of(
    problem: PlanningProblem, place_of: list[int], first_day: Floats
) -> tuple[list[Bundle], list[int]]:
    """Return the bundles and for each task the number of its bundle.

    Args:
        problem: What is to be done.
        place_of: As `merged_places` returns it.
        first_day: When the first team can be at each task; infinity: none may do it.
    """
    rows: dict[_Terms, list[int]] = {}
    needed_by, may_do = _needed_by(problem), problem.may_do().T
    for task in range(problem.n_tasks):
        terms = _Terms(
            tuple(np.flatnonzero(may_do[task]).tolist()),
            tuple(sorted(set(problem.tasks.before.row(task)))),
            _places(problem, place_of, task),
            tuple(sorted(needed_by[task])),
        )
        rows.setdefault(terms, []).append(task)
    bundle_of = [0] * problem.n_tasks
    for number, tasks in enumerate(rows.values()):
        for task in tasks:
            bundle_of[task] = number
    bundles = [
        Bundle(
            days=tuple(float(problem.tasks.duration_days[task]) for task in tasks),
            nodes=tuple(sorted({int(problem.tasks.node[task]) for task in tasks})),
            places=terms.places,
            before=tuple(sorted({bundle_of[task] for task in terms.before})),
            teams=terms.teams,
            first_day=float(min(first_day[tasks])),
        )
        for terms, tasks in rows.items()
    ]
    return bundles, bundle_of


class _Terms(NamedTuple):
    teams: tuple[int, ...]
    before: tuple[int, ...]
    places: tuple[int, ...]
    needed_by: tuple[tuple[int, int], ...]


def _spread(joined: list[list[int]], nodes: list[int], place_of: list[int], place: int) -> None:
    while nodes:
        node = nodes.pop()
        if place_of[node] == NONE:
            place_of[node] = place
            nodes += joined[node]


def _needed_by(problem: PlanningProblem) -> list[set[tuple[int, int]]]:
    # Who waits for each task: the number of a list of lists, and the row in it.
    people = problem.neighbourhoods
    waiting = (
        problem.tasks.before,
        problem.roads.blocked_by,
        problem.facilities.tasks,
        people.water_tasks,
        people.power_tasks,
        people.home_tasks,
    )
    needed_by: list[set[tuple[int, int]]] = [set() for _ in range(problem.n_tasks)]
    for number, lists in enumerate(waiting):
        for row in range(len(lists)):
            for task in lists.row(row):
                needed_by[task].add((number, row))
    return needed_by


def _places(problem: PlanningProblem, place_of: list[int], task: int) -> tuple[int, ...]:
    ends = (int(problem.tasks.node[task]), int(problem.tasks.other_node[task]))
    places = {place_of[node] for node in ends if node != NONE}
    return () if 0 in places else tuple(sorted(places))
