"""Packages: everything that one service of one neighbourhood still waits for.

Bringing forward one link of a chain gains nothing; bringing forward the whole chain does. So
the search moves whole packages, and the first plan it starts from is made of them.
"""

import heapq
from collections.abc import Iterable, Iterator

import numpy as np

from takatuf.planning.problem import (
    ACCESS,
    HEALTH,
    HOME,
    NONE,
    POWER,
    SERVICES,
    WATER,
    Floats,
    Lists,
    PlanningProblem,
)
from takatuf.planning.simulating.city import turned_round

_NEVER_DAYS = 1e9  # work nobody can do: any way round it is shorter


def packages_of(problem: PlanningProblem) -> Lists:
    """Return the tasks behind each service: row ``service * n_neighbourhoods + neighbourhood``.

    A package is closed: it holds all tasks that have to be finished before any of its own, and
    those that block the way to them. Where there is a choice, of roads or of clinics, it holds
    one way only, the one with the least work. A service that is there has an empty package.
    """
    chains = _Chains(problem)
    return Lists.of(
        [
            sorted(chains.closed(chains.of_service(service, n)))
            for service in range(len(SERVICES))
            for n in range(len(problem.neighbourhoods.ids))
        ]
    )


def greedy_keys(problem: PlanningProblem, packages: Lists, people_weight: Floats) -> Floats:
    """Return keys that finish first the package with the most people per day of work.

    The work of tasks that are part of a package taken before costs nothing any more.

    Args:
        problem: Its durations are the cost.
        packages: As `packages_of` returns them.
        people_weight: People times weight; shape ``(n_services, n_neighbourhoods)``.

    Returns:
        Keys from 0 to 1, smallest first; shape ``(n_tasks,)``. Tasks of no package come last.
    """
    days = problem.tasks.duration_days
    worth = people_weight.reshape(-1)
    held_by = turned_round(packages, problem.n_tasks)
    work_days = np.array([days[packages.row(row)].sum() for row in range(len(packages))])
    is_open = (worth > 0) & (np.diff(packages.start) > 0)
    days_each = np.divide(1.0, worth, out=np.zeros_like(worth), where=is_open)
    order: dict[int, None] = {}
    while is_open.any():
        best = int(np.argmin(np.where(is_open, work_days * days_each, np.inf)))
        for task in packages.row(best):
            if task not in order:
                order[task] = None
                work_days[held_by.row(task)] -= days[task]
        is_open[best] = False
    keys = np.ones(problem.n_tasks)
    keys[list(order)] = np.arange(len(order)) / max(len(order), 1)
    return keys


class _Chains:
    """Which tasks something waits for, with the way that has the least work."""

    def __init__(self, problem: PlanningProblem) -> None:
        self.problem = problem
        possible = problem.may_do().any(axis=0)
        self.work_days = np.where(possible, problem.tasks.duration_days, _NEVER_DAYS)
        self.entry_edge, self.to_hub_days = _least_work_ways(problem, self.work_days)
        self.ways: dict[int, tuple[int, ...]] = {}

    def of_service(self, service: int, n: int) -> list[int]:
        people = self.problem.neighbourhoods
        if people.has_now[n, service]:
            return []
        if service == ACCESS:
            return list(self.to_node(int(people.node[n])))
        if service == WATER:
            return [*people.water_tasks.row(n), *self.of_facility(int(people.water_facility[n]))]
        if service == POWER:
            return [*people.power_tasks.row(n), *self.of_facility(int(people.power_facility[n]))]
        if service == HEALTH:
            return [*self.of_service(ACCESS, n), *self.of_clinic(people.clinics.row(n))]
        needed = [ACCESS, *np.flatnonzero(people.home_needs)]
        parts = [self.of_service(int(part), n) for part in needed if part != HOME]
        return [*people.home_tasks.row(n), *(task for part in parts for task in part)]

    def of_facility(self, facility: int) -> list[int]:
        if facility == NONE:
            return []
        facilities = self.problem.facilities
        tasks = facilities.tasks.row(facility)
        for needed in facilities.depends_on.row(facility):
            tasks += self.of_facility(needed)
        return tasks

    def of_clinic(self, clinics: list[int]) -> list[int]:
        ways = []
        for clinic in clinics:
            node = int(self.problem.facilities.node[clinic])
            tasks = self.of_facility(clinic)
            days = float(self.work_days[tasks].sum()) + self.to_hub_days[node]
            lost = bool(self.problem.facilities.never_works[clinic])
            ways.append((lost, days, clinic, [*tasks, *self.to_node(node)]))
        return min(ways)[3] if ways else []

    def to_node(self, node: int) -> tuple[int, ...]:
        if node not in self.ways:
            self.ways[node] = tuple(self._blocking(node))
        return self.ways[node]

    def _blocking(self, node: int) -> Iterator[int]:
        roads = self.problem.roads
        while self.entry_edge[node] != NONE:
            edge = self.entry_edge[node]
            yield from roads.blocked_by.row(edge)
            node = int(roads.start[edge] + roads.end[edge]) - node

    def closed(self, tasks: Iterable[int]) -> set[int]:
        found: set[int] = set()
        waiting = list(tasks)
        while waiting:
            task = waiting.pop()
            if task not in found:
                found.add(task)
                waiting += self.problem.tasks.before.row(task)
                waiting += self.to_node(self.nearer_end(task))
        return found

    def nearer_end(self, task: int) -> int:
        node, other = int(self.problem.tasks.node[task]), int(self.problem.tasks.other_node[task])
        if other != NONE and self.to_hub_days[other] < self.to_hub_days[node]:
            return other
        return node


def _least_work_ways(problem: PlanningProblem, work_days: Floats) -> tuple[list[int], list[float]]:
    # Dijkstra from all hubs at once; a road costs the work that blocks it.
    roads = problem.roads
    edges_at: list[list[int]] = [[] for _ in roads.node_ids]
    for edge in range(len(roads.start)):
        edges_at[roads.start[edge]].append(edge)
        edges_at[roads.end[edge]].append(edge)
    entry_edge = [NONE] * len(roads.node_ids)
    days = [float("inf")] * len(roads.node_ids)
    waiting = []
    for hub in roads.hubs:
        days[hub] = 0.0
        waiting.append((0.0, int(hub)))
    while waiting:
        so_far, node = heapq.heappop(waiting)
        if so_far > days[node]:
            continue
        for edge in edges_at[node]:
            other = int(roads.start[edge] + roads.end[edge]) - node
            there = so_far + float(work_days[roads.blocked_by.row(edge)].sum())
            if there < days[other]:
                days[other], entry_edge[other] = there, edge
                heapq.heappush(waiting, (there, other))
    return entry_edge, days
