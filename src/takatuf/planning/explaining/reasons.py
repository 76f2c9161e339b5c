"""Why a task stands where it does: what it waits for, what it opens, what hangs on it."""

import math
from dataclasses import dataclass

import numpy as np

from takatuf.planning.causes import Causes, causes_of
from takatuf.planning.explaining.waiting import Wait, WaitsFor, waits_of
from takatuf.planning.explaining.worth import people_days_of
from takatuf.planning.plan import Assignment, Plan, Served
from takatuf.planning.problem import NONE, SERVICES, Floats, PlanningProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What one task of a plan waits for, what its end opens, and what hangs on it."""

    task: int
    team: int
    waits_for: WaitsFor
    waits_for_task: int  # the task that had to end first, or NONE
    travel_days: float  # from the moment it waited for to the start of the work: the way
    opens_nodes: tuple[int, ...]  # reached from its end on, and not before
    opens_people: float  # who live in neighbourhoods that are reached from its end on
    opens_facilities: tuple[int, ...]  # work from its end on
    opens_services: tuple[tuple[int, int], ...]  # (neighbourhood, service), back from its end on
    people_days: float


def reasons_of(problem: PlanningProblem, plan: Plan, served: Served) -> tuple[Reason, ...]:
    """Return one reason for each task of the plan, in the plan's order.

    `Reason.people_days` adds up, over all services that have the task on their chain, people x
    weight x days from the service's return to the horizon. The chain of a service begins with
    the task whose end brings it back and goes on with what that one waited for (a task before
    it, the task that opened its road, the task its team did before), back to day 0. So it is
    what is won, in weighted person-days, with a chain in which this task is a link; one day lost
    in a link is a day lost for all of them. Chains share links: the figures of different tasks
    must not be added.

    Args:
        problem: The rules.
        plan: A plan that keeps them.
        served: Its service days.
    """
    causes = causes_of(problem, plan)
    waits = waits_of(problem, plan, causes)
    opened = _opened(problem, causes)
    earlier = {task: wait.task for task, wait in waits.items()}
    people_days = people_days_of(problem, served, causes, earlier)
    return tuple(
        _reason(problem, work, waits[work.task], opened.get(work.task, _Opened()), people_days)
        for work in plan.assignments
    )


def in_words(problem: PlanningProblem, reason: Reason) -> tuple[str, ...]:
    """Return the reason as plain English phrases: what it waits for first, then what it opens."""
    tasks, people = problem.tasks, problem.neighbourhoods
    words = [f"waits for {reason.waits_for.value}"]
    if reason.waits_for_task != NONE:
        words = [f'{words[0]}: "{tasks.names[reason.waits_for_task]}"']
    if reason.opens_people > 0:
        words.append(f"opens the road to {reason.opens_people:,.0f} people")
    elif reason.opens_nodes:
        words.append(f"opens the road to {len(reason.opens_nodes)} places")
    words += [f"{problem.facilities.ids[facility]} works" for facility in reason.opens_facilities]
    for service, name in enumerate(SERVICES):
        back = [n for n, other in reason.opens_services if other == service]
        if back:
            count = math.fsum(people.people[back])
            words.append(f"{name} for {count:,.0f} people")
    return tuple(words)


class _Opened:
    def __init__(self) -> None:
        self.nodes: list[int] = []
        self.facilities: list[int] = []
        self.services: list[tuple[int, int]] = []


def _reason(
    problem: PlanningProblem,
    work: Assignment,
    wait: Wait,
    opened: _Opened,
    people_days: Floats,
) -> Reason:
    homes = np.isin(problem.neighbourhoods.node, opened.nodes)
    return Reason(
        task=work.task,
        team=work.team,
        waits_for=wait.kind,
        waits_for_task=wait.task,
        travel_days=wait.travel_days,
        opens_nodes=tuple(opened.nodes),
        opens_people=float(problem.neighbourhoods.people[homes].sum()),
        opens_facilities=tuple(opened.facilities),
        opens_services=tuple(opened.services),
        people_days=float(people_days[work.task]),
    )


def _opened(problem: PlanningProblem, causes: Causes) -> dict[int, _Opened]:
    opened: dict[int, _Opened] = {}
    for node, moment in enumerate(causes.reached):
        opened.setdefault(moment.task, _Opened()).nodes.append(node)
    for facility, moment in enumerate(causes.works):
        opened.setdefault(moment.task, _Opened()).facilities.append(facility)
    for n, service in np.ndindex(len(problem.neighbourhoods.ids), len(SERVICES)):
        moment = causes.services[n][service]
        opened.setdefault(moment.task, _Opened()).services.append((n, service))
    return opened
