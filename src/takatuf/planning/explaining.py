"""Why a task stands where it does: what it waits for, what it opens, what hangs on it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from takatuf.planning.causes import AT_ONCE, Causes, Moment, causes_of
from takatuf.planning.plan import Assignment, Plan, Served
from takatuf.planning.problem import NONE, SERVICES, PlanningProblem


class WaitsFor(StrEnum):
    """The last thing that was missing before a team could set out for a task."""

    NOTHING = "nothing"  # the team sets out on day 0
    TASK = "a task before it"
    ROAD = "the road to it"
    TEAM = "its team, busy until then"
    ARRIVAL = "its team, there from then"


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
    waits = _waits(problem, plan, causes)
    opened = _opened(problem, causes)
    people_days = _people_days(problem, served, causes, waits)
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


@dataclass(frozen=True, slots=True)
class _Wait:
    kind: WaitsFor
    task: int
    travel_days: float


class _Opened:
    def __init__(self) -> None:
        self.nodes: list[int] = []
        self.facilities: list[int] = []
        self.services: list[tuple[int, int]] = []


def _reason(
    problem: PlanningProblem,
    work: Assignment,
    wait: _Wait,
    opened: _Opened,
    people_days: list[float],
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
        people_days=people_days[work.task],
    )


def _waits(problem: PlanningProblem, plan: Plan, causes: Causes) -> dict[int, _Wait]:
    last_of: dict[int, Assignment] = {}
    waits = {}
    for work in sorted(plan.assignments):
        waits[work.task] = _wait(problem, work, causes, last_of.get(work.team))
        last_of[work.team] = work
    return waits


def _wait(
    problem: PlanningProblem, work: Assignment, causes: Causes, earlier: Assignment | None
) -> _Wait:
    # The latest of what had to be there; of equal ones the first that is named here.
    tasks = problem.tasks
    before = [causes.ends[task] for task in tasks.before.row(work.task)]
    ends = [int(tasks.node[work.task]), int(tasks.other_node[work.task])]
    road = min(causes.reached[node] for node in ends if node != NONE)
    free = Moment(float(problem.teams.free_from_day[work.team]), NONE)
    team = Moment(earlier.end_day, earlier.task) if earlier else free
    options = [
        (WaitsFor.TASK, max(before, default=AT_ONCE)),
        (WaitsFor.ROAD, road),
        (WaitsFor.TEAM if earlier else WaitsFor.ARRIVAL, team),
    ]
    kind, moment = max(options, key=lambda option: option[1].day)
    kind = WaitsFor.NOTHING if moment.day == 0 else kind
    return _Wait(kind, moment.task, work.start_day - moment.day)


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


def _people_days(
    problem: PlanningProblem, served: Served, causes: Causes, waits: dict[int, _Wait]
) -> list[float]:
    people_days = [0.0] * problem.n_tasks
    for n, service in np.ndindex(served.service_day.shape):
        left_days = problem.horizon_days - float(served.service_day[n, service])
        worth = float(problem.neighbourhoods.people[n] * problem.weights[service]) * left_days
        if worth > 0:
            for task in _chain(causes.services[n][service].task, waits):
                people_days[task] += worth
    return people_days


def _chain(task: int, waits: dict[int, _Wait]) -> Iterator[int]:
    while task != NONE:
        yield task
        task = waits[task].task
