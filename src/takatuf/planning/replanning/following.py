"""Follow a plan as far as reality lets one: the same teams, the same order, late where need be.

Each task keeps its team, and each team the order of its tasks. A task begins on its day, or as
soon after it as its team has come, what is before it is finished, and its place is reached. A
task that can never begin is left out, so that its team can go on with the next.
"""

import heapq
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from takatuf.planning.plan import Assignment, Plan
from takatuf.planning.problem import NONE, PlanningProblem


class Wish(NamedTuple):
    """Who is to do a task, and when."""

    start_day: float  # gives the order of a team's tasks
    team: int
    not_before: float  # it begins on this day or later


def wishes_of(plan: Plan) -> dict[int, Wish]:
    """Return a plan as wishes: nothing begins before its day."""
    return {work.task: Wish(work.start_day, work.team, work.start_day) for work in plan.assignments}


class Follower:
    """Follows wishes for one problem; what does not depend on them is worked out once."""

    def __init__(self, problem: PlanningProblem) -> None:
        """Prepare for a problem."""
        tasks, roads = problem.tasks, problem.roads
        self.problem = problem
        self.before = [tasks.before.row(task) for task in range(problem.n_tasks)]
        self.ends: list[list[int]] = [
            [end for end in pair if end != NONE]
            for pair in zip(tasks.node.tolist(), tasks.other_node.tolist(), strict=True)
        ]
        self.days: list[float] = tasks.duration_days.tolist()
        self.travel_days: list[list[float]] = roads.travel_days.tolist()
        self.blocks = [set(roads.blocked_by.row(edge)) for edge in range(len(roads.start))]
        self.edge_ends = list(zip(roads.start.tolist(), roads.end.tolist(), strict=True))
        self.opens: list[list[int]] = [[] for _ in range(problem.n_tasks)]
        self.edges_at: list[list[int]] = [[] for _ in roads.node_ids]
        for edge, blocks in enumerate(self.blocks):
            for task in blocks:
                self.opens[task].append(edge)
            for node in self.edge_ends[edge]:
                self.edges_at[node].append(edge)

    def follow(self, wishes: Mapping[int, Wish]) -> Plan:
        """Return the plan that comes closest to the wishes; it keeps all rules if teams may."""
        left_out: set[int] = set()
        while True:
            run = _Run(self, {task: wishes[task] for task in wishes if task not in left_out})
            run.go()
            if not run.heads:
                return Plan(assignments=tuple(sorted(run.done.values())))
            # Of those that wait for ever the first one gives way; another may wait for its team.
            left_out.add(min(run.heads, key=lambda task: (wishes[task], task)))


class _Run:
    """One run through the wishes, in the order in which work ends."""

    def __init__(self, follower: Follower, wishes: Mapping[int, Wish]) -> None:
        self.follower = follower
        self.wishes = wishes
        teams = follower.problem.teams
        self.place: list[int] = teams.base.tolist()
        self.free_day: list[float] = np.maximum(teams.free_from_day, 0.0).tolist()
        self.queues: dict[int, list[int]] = {}
        for task in sorted(wishes, key=lambda one: (wishes[one], one), reverse=True):
            self.queues.setdefault(wishes[task].team, []).append(task)
        self.heads: set[int] = {queue.pop() for queue in self.queues.values()}
        self.end_day: dict[int, float] = {}
        self.reached: dict[int, float] = {}
        self.n_blocks = [len(blocks) for blocks in follower.blocks]
        self.events: list[tuple[float, int]] = []
        self.done: dict[int, Assignment] = {}

    def go(self) -> None:
        hubs = [int(hub) for hub in self.follower.problem.roads.hubs]
        for hub in hubs:
            self.reached[hub] = 0.0
        self._flood(hubs, 0.0)
        self._begin_what_can_be()
        while self.events:
            day, task = heapq.heappop(self.events)
            self._end(task, day)
            while self.events and self.events[0][0] == day:
                self._end(heapq.heappop(self.events)[1], day)
            self._begin_what_can_be()

    def _end(self, task: int, day: float) -> None:
        self.end_day[task] = day
        queue = self.queues[self.wishes[task].team]
        if queue:
            self.heads.add(queue.pop())
        opened = []
        for edge in self.follower.opens[task]:
            self.n_blocks[edge] -= 1
            if self.n_blocks[edge] == 0:
                opened += [node for node in self.follower.edge_ends[edge] if node in self.reached]
        self._flood(opened, day)

    def _flood(self, nodes: list[int], day: float) -> None:
        while nodes:
            node = nodes.pop()
            for edge in self.follower.edges_at[node]:
                one, other = self.follower.edge_ends[edge]
                beyond = other if one == node else one
                if self.n_blocks[edge] == 0 and beyond not in self.reached:
                    self.reached[beyond] = day
                    nodes.append(beyond)

    def _begin_what_can_be(self) -> None:
        for task in list(self.heads):
            start = self._start_day(task)
            if start < float("inf"):
                team, end = self.wishes[task].team, start + self.follower.days[task]
                self.heads.remove(task)
                self.done[task] = Assignment(start, end, task, team)
                self.place[team], self.free_day[team] = self.follower.ends[task][0], end
                heapq.heappush(self.events, (end, task))

    def _start_day(self, task: int) -> float:
        never = float("inf")
        before = [self.end_day.get(other, never) for other in self.follower.before[task]]
        reached = min(self.reached.get(node, never) for node in self.follower.ends[task])
        wish = self.wishes[task]
        node = self.follower.ends[task][0]
        arrives = self.free_day[wish.team] + self.follower.travel_days[self.place[wish.team]][node]
        return max(wish.not_before, arrives, reached, *before)
