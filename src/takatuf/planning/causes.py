"""What brought each place, facility and service back: the task whose end decided the day.

Of tasks that end on the same day the one with the higher number is named. Where nothing had to
be done, or nothing ever helps, there is no such task: NONE.
"""

import heapq
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from takatuf.planning.plan import Plan
from takatuf.planning.problem import (
    ACCESS,
    HEALTH,
    HOME,
    NONE,
    POWER,
    WATER,
    PlanningProblem,
)


class Moment(NamedTuple):
    """A day and the task whose end decided it; the later moment is the larger one."""

    day: float
    task: int


AT_ONCE = Moment(0.0, NONE)
NEVER = Moment(math.inf, NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Causes:
    """Moments of a plan."""

    ends: tuple[Moment, ...]  # of each task
    reached: tuple[Moment, ...]  # of each node
    works: tuple[Moment, ...]  # of each facility
    services: tuple[tuple[Moment, ...], ...]  # [neighbourhood][service]


def causes_of(problem: PlanningProblem, plan: Plan) -> Causes:
    """Return the moments of a plan that keeps all rules."""
    ends = [NEVER] * problem.n_tasks
    for work in plan.assignments:
        ends[work.task] = Moment(work.end_day, work.task)
    reached = _reached(problem, ends)
    works = _works(problem, ends)
    services = tuple(
        _services(problem, n, ends, reached, works) for n in range(len(problem.neighbourhoods.ids))
    )
    return Causes(ends=tuple(ends), reached=tuple(reached), works=tuple(works), services=services)


def _reached(problem: PlanningProblem, ends: list[Moment]) -> list[Moment]:
    roads = problem.roads
    ways: list[list[tuple[int, Moment]]] = [[] for _ in roads.node_ids]
    for edge, (one, other) in enumerate(zip(roads.start, roads.end, strict=True)):
        opens = _last(ends, roads.blocked_by.row(edge))
        ways[one].append((int(other), opens))
        ways[other].append((int(one), opens))
    reached = [NEVER] * len(roads.node_ids)
    waiting = [(AT_ONCE, int(hub)) for hub in roads.hubs]
    while waiting:
        moment, node = heapq.heappop(waiting)
        if reached[node] == NEVER and moment.day < math.inf:
            reached[node] = moment
            for other, opens in ways[node]:
                heapq.heappush(waiting, (max(moment, opens), other))
    return reached


def _works(problem: PlanningProblem, ends: list[Moment]) -> list[Moment]:
    facilities = problem.facilities
    works: list[Moment] = []
    for facility in range(len(facilities.ids)):
        own = _last(ends, facilities.tasks.row(facility))
        needed = _last(works, facilities.depends_on.row(facility))
        any_of = facilities.any_of.row(facility) if facilities.any_of is not None else []
        first = min((works[one] for one in any_of), default=AT_ONCE)
        day = _later(_later(own, needed), first)
        works.append(NEVER if facilities.never_works[facility] else day)
    return works


def _services(
    problem: PlanningProblem,
    n: int,
    ends: list[Moment],
    reached: list[Moment],
    works: list[Moment],
) -> tuple[Moment, ...]:
    people, nodes = problem.neighbourhoods, problem.facilities.node
    has_now = people.has_now[n]
    supply = [AT_ONCE, *works]  # so that NONE, which is -1, finds what is there at once
    water = _later(_last(ends, people.water_tasks.row(n)), supply[people.water_facility[n] + 1])
    power = _later(_last(ends, people.power_tasks.row(n)), supply[people.power_facility[n] + 1])
    days = {ACCESS: reached[people.node[n]], WATER: water, POWER: power}
    days = {service: AT_ONCE if has_now[service] else day for service, day in days.items()}
    clinics = people.clinics.row(n)
    health = min((_later(works[at], reached[nodes[at]]) for at in clinics), default=NEVER)
    days[HEALTH] = AT_ONCE if has_now[HEALTH] else _later(days[ACCESS], health)
    home = _later(_last(ends, people.home_tasks.row(n)), days[ACCESS])
    for needed in (WATER, POWER, HEALTH):
        home = _later(home, days[needed]) if people.home_needs[needed] else home
    days[HOME] = AT_ONCE if has_now[HOME] else home
    return tuple(days[service] for service in range(len(days)))


def _last(moments: list[Moment], of: Iterable[int]) -> Moment:
    last = AT_ONCE
    for one in of:
        last = _later(last, moments[one])
    return last


def _later(one: Moment, other: Moment) -> Moment:
    # What never comes has no deciding task.
    return NEVER if math.inf in (one.day, other.day) else max(one, other)
