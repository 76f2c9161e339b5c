"""The independent checker: is this plan possible, and does it serve people when it says so?

It shares no code with the makers of plans, on purpose, and is written to be read: one function
per rule. Every rule that a plan breaks is one `Problem`, in words and names.
"""

import heapq
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from takatuf.planning.plan import Assignment, Plan, Served
from takatuf.planning.problem import (
    ACCESS,
    HEALTH,
    HOME,
    NONE,
    POWER,
    SERVICES,
    WATER,
    Floats,
    PlanningProblem,
)
from takatuf.vocabulary.errors import Problem, cut

TOLERANCE_DAYS = 1e-6  # sums of durations differ in their last digits, by their order
TOLERANCE_SHARE = 1e-9  # of the value, for the same reason


def problems_of(
    problem: PlanningProblem, plan: Plan, served: Served | None = None
) -> tuple[Problem, ...]:
    """Return everything that is wrong with the plan; nothing if it keeps all rules.

    Args:
        problem: The rules.
        plan: In any order; it may leave tasks undone.
        served: What the plan is said to achieve; if given it is compared with what comes out
            here, day by day and in all.
    """
    known, unknown = _sorted_out(problem, plan)
    if unknown:
        return tuple(unknown)
    case = _case_of(problem, known)
    found = [trouble for rule in _RULES for trouble in rule(case)]
    if served is not None:
        found += _compared(case, served)
    return tuple(found)


def served_by(problem: PlanningProblem, plan: Plan) -> Served:
    """Return when a plan of known tasks and teams serves whom, as the checker reckons it."""
    return _served(_case_of(problem, plan.assignments))


@dataclass(frozen=True, slots=True)
class _Case:
    problem: PlanningProblem
    plan: tuple[Assignment, ...]
    end_day: list[float]  # of each task; infinity: undone
    reached_day: list[float]  # of each node

    def where(self, work: Assignment) -> str:
        task, team = self.problem.tasks.names[work.task], self.problem.teams.names[work.team]
        return f'task "{task}" by team "{team}"'


def _sorted_out(
    problem: PlanningProblem, plan: Plan
) -> tuple[tuple[Assignment, ...], list[Problem]]:
    unknown = []
    for place, work in enumerate(plan.assignments):
        where = f"assignment {place + 1}"
        if not 0 <= work.task < problem.n_tasks:
            expected = f"a task number from 0 to {problem.n_tasks - 1}"
            unknown.append(_wrong("plan.unknown-task", where, f"task {work.task}", expected))
        if not 0 <= work.team < problem.n_teams:
            expected = f"a team number from 0 to {problem.n_teams - 1}"
            unknown.append(_wrong("plan.unknown-team", where, f"team {work.team}", expected))
        if not (math.isfinite(work.start_day) and math.isfinite(work.end_day)):
            found = f"from {_day(work.start_day)} to {_day(work.end_day)}"
            unknown.append(_wrong("plan.no-day", where, found, "two days of the calendar"))
    return plan.assignments, unknown


def _case_of(problem: PlanningProblem, plan: tuple[Assignment, ...]) -> _Case:
    end_day = [math.inf] * problem.n_tasks
    for work in plan:
        # Of a task that is planned twice the later end counts: that helps nobody to cheat.
        is_first = end_day[work.task] == math.inf
        end_day[work.task] = work.end_day if is_first else max(work.end_day, end_day[work.task])
    return _Case(problem, plan, end_day, _reached_days(problem, end_day))


def _reached_days(problem: PlanningProblem, end_day: list[float]) -> list[float]:
    # The way that opens first; a way opens with the last of its roads.
    roads = problem.roads
    ways: dict[int, list[tuple[int, float]]] = {}
    for edge, (one, other) in enumerate(zip(roads.start, roads.end, strict=True)):
        opens = max((end_day[task] for task in roads.blocked_by.row(edge)), default=0.0)
        ways.setdefault(int(one), []).append((int(other), opens))
        ways.setdefault(int(other), []).append((int(one), opens))
    reached = [math.inf] * len(roads.node_ids)
    waiting = [(0.0, int(hub)) for hub in roads.hubs]
    while waiting:
        day, node = heapq.heappop(waiting)
        if day < reached[node]:
            reached[node] = day
            for other, opens in ways.get(node, ()):
                heapq.heappush(waiting, (max(day, opens), other))
    return reached


def _done_twice(case: _Case) -> Iterator[Problem]:
    """A task is done once, by one team."""
    seen: dict[int, Assignment] = {}
    for work in case.plan:
        if work.task in seen:
            found = f'also by team "{case.problem.teams.names[seen[work.task].team]}"'
            yield _wrong("plan.twice", case.where(work), found, "one team for each task")
        seen.setdefault(work.task, work)


def _skills(case: _Case) -> Iterator[Problem]:
    """A team has the skill that its task needs."""
    tasks, teams, skills = case.problem.tasks, case.problem.teams, case.problem.skills
    for work in case.plan:
        needed = tasks.skill[work.task]
        if not teams.has_skill[work.team, needed]:
            own = [
                skill for skill, has in zip(skills, teams.has_skill[work.team], strict=True) if has
            ]
            found = f"a team for {', '.join(own) or 'nothing'}"
            yield _wrong("plan.wrong-skill", case.where(work), found, f"one for {skills[needed]}")


def _areas(case: _Case) -> Iterator[Problem]:
    """An organisation works where its mandate lets it."""
    problem = case.problem
    for work in case.plan:
        area = problem.tasks.area[work.task]
        if not problem.teams.may_work_in[work.team, area]:
            organisation = problem.organisation_names[problem.teams.organisation[work.team]]
            found = f"work in {problem.areas[area]}"
            expected = f"a place within the mandate of {organisation}"
            yield _wrong("plan.outside-mandate", case.where(work), found, expected)


def _trunk_works(case: _Case) -> Iterator[Problem]:
    """Works that serve more than one area are for those whose mandate covers them."""
    problem = case.problem
    for work in case.plan:
        if problem.tasks.is_trunk[work.task] and not problem.teams.may_do_trunk[work.team]:
            organisation = problem.organisation_names[problem.teams.organisation[work.team]]
            found = f"trunk works by {organisation}"
            yield _wrong("plan.trunk-works", case.where(work), found, "a mandate for trunk works")


def _durations(case: _Case) -> Iterator[Problem]:
    """A task takes its time, without a break."""
    for work in case.plan:
        days, needed = work.end_day - work.start_day, case.problem.tasks.duration_days[work.task]
        if abs(days - needed) > TOLERANCE_DAYS:
            found, expected = f"{days:.2f} days of work", f"{needed:.2f} days"
            yield _wrong("plan.wrong-duration", case.where(work), found, expected)


def _availability(case: _Case) -> Iterator[Problem]:
    """A team works only from the day it is there, and never before day 0."""
    for work in case.plan:
        free = max(0.0, float(case.problem.teams.free_from_day[work.team]))
        if work.start_day < free - TOLERANCE_DAYS:
            found, expected = f"a start on {_day(work.start_day)}", f"{_day(free)} or later"
            yield _wrong("plan.before-available", case.where(work), found, expected)


def _predecessors(case: _Case) -> Iterator[Problem]:
    """What has to be finished before is finished before."""
    tasks = case.problem.tasks
    for work in case.plan:
        for before in tasks.before.row(work.task):
            if work.start_day < case.end_day[before] - TOLERANCE_DAYS:
                found = f"a start on {_day(work.start_day)}"
                name, end = tasks.names[before], _day(case.end_day[before])
                expected = f'the end of "{name}" first, which is {end}'
                yield _wrong("plan.before-predecessor", case.where(work), found, expected)


def _reach(case: _Case) -> Iterator[Problem]:
    """Nobody works where no passable road leads yet."""
    tasks = case.problem.tasks
    for work in case.plan:
        ends = [int(tasks.node[work.task]), int(tasks.other_node[work.task])]
        day = min(case.reached_day[node] for node in ends if node != NONE)
        if work.start_day < day - TOLERANCE_DAYS:
            place = case.problem.roads.node_ids[ends[0]]
            found = f"a start on {_day(work.start_day)}"
            expected = f"a day on which {place} is reached, which is {_day(day)}"
            hint = "Which task opens the road to it?"
            yield _wrong("plan.unreachable", case.where(work), found, expected, hint)


def _journeys(case: _Case) -> Iterator[Problem]:
    """A team is in one place at a time and needs its time to get to the next."""
    teams, nodes = case.problem.teams, case.problem.tasks.node
    travel_days = case.problem.roads.travel_days
    for team in range(case.problem.n_teams):
        own = sorted(work for work in case.plan if work.team == team)
        for work in own[:1]:
            free = max(0.0, float(teams.free_from_day[team]))
            yield from _journey(
                case, work, free, float(travel_days[teams.base[team], nodes[work.task]])
            )
        for earlier, work in pairwise(own):
            if work.start_day < earlier.end_day - TOLERANCE_DAYS:
                name = case.problem.tasks.names[earlier.task]
                found = f'a start on {_day(work.start_day)}, while it is at "{name}"'
                expected = f"{_day(earlier.end_day)} or later"
                yield _wrong("plan.double-booked", case.where(work), found, expected)
            else:
                days = float(travel_days[nodes[earlier.task], nodes[work.task]])
                yield from _journey(case, work, earlier.end_day, days)


def _journey(case: _Case, work: Assignment, leaves: float, days: float) -> Iterator[Problem]:
    # An earlier start than `leaves` is another rule's business.
    if leaves - TOLERANCE_DAYS <= work.start_day < leaves + days - TOLERANCE_DAYS:
        found = f"{work.start_day - leaves:.2f} days for the way"
        yield _wrong("plan.travel-too-short", case.where(work), found, f"{days:.2f} days or more")


_RULES: tuple[Callable[[_Case], Iterator[Problem]], ...] = (
    _done_twice,
    _skills,
    _areas,
    _trunk_works,
    _durations,
    _availability,
    _predecessors,
    _reach,
    _journeys,
)


def _compared(case: _Case, said: Served) -> Iterator[Problem]:
    found = _served(case)
    people = case.problem.neighbourhoods
    if said.service_day.shape != found.service_day.shape:
        shapes = str(said.service_day.shape), str(found.service_day.shape)
        yield _wrong("plan.service-differs", "the table of service days", *shapes)
        return
    for n, service in np.ndindex(found.service_day.shape):
        days = float(said.service_day[n, service]), float(found.service_day[n, service])
        if days[0] != days[1] and not abs(days[0] - days[1]) <= TOLERANCE_DAYS:
            where = f"{SERVICES[service]} in {people.ids[n]}"
            yield _wrong("plan.service-differs", where, _day(days[0]), _day(days[1]))
    limit = max(1.0, found.person_days) * TOLERANCE_SHARE
    if not abs(said.person_days - found.person_days) <= limit:
        values = f"{said.person_days:.2f} weighted person-days", f"{found.person_days:.2f}"
        yield _wrong("plan.value-differs", "the plan as a whole", *values)


def _served(case: _Case) -> Served:
    days, problem = _service_days(case), case.problem
    value = math.fsum(
        problem.neighbourhoods.people[n]
        * problem.weights[service]
        * min(float(days[n, service]), problem.horizon_days)
        for n, service in np.ndindex(days.shape)
    )
    return Served(service_day=days, person_days=value + _waiting_to_return(problem, days))


def _waiting_to_return(problem: PlanningProblem, days: Floats) -> float:
    """Displaced people wait for a home, come back so many a day, and then wait for the rest."""
    people, horizon = problem.neighbourhoods, problem.horizon_days
    if people.displaced is None or problem.return_weight == 0:
        return 0.0
    total = 0.0
    for n, displaced in enumerate(people.displaced):
        rate = math.inf if people.returns_per_day is None else float(people.returns_per_day[n])
        home = min(float(days[n, HOME]), horizon)
        total += problem.return_weight * (
            displaced * horizon - _at_home(displaced, rate, home, horizon)
        )
        for service, day in enumerate(days[n]):
            until = min(float(day), horizon)
            total += problem.weights[service] * _at_home(displaced, rate, home, until)
    return float(total)


def _at_home(displaced: float, rate: float, home: float, until: float) -> float:
    # The area under "how many are back": a triangle up to the day of the last, then a rectangle.
    if until <= home or displaced <= 0:
        return 0.0
    last = min(home + displaced / rate, until)
    back = displaced if math.isinf(rate) else (last - home) * rate
    return back * (last - home) / 2 + back * (until - last)


def _service_days(case: _Case) -> Floats:
    problem, people = case.problem, case.problem.neighbourhoods
    works = _working_days(case)
    days = np.zeros((len(people.ids), len(SERVICES)))
    for n, of in enumerate(days):
        now = people.has_now[n]
        node = int(people.node[n])
        of[ACCESS] = 0.0 if now[ACCESS] else case.reached_day[node]
        water = _last(case.end_day, people.water_tasks.row(n))
        of[WATER] = 0.0 if now[WATER] else max(water, _at(works, int(people.water_facility[n])))
        power = _last(case.end_day, people.power_tasks.row(n))
        of[POWER] = 0.0 if now[POWER] else max(power, _at(works, int(people.power_facility[n])))
        clinics = [
            max(works[clinic], case.reached_day[int(problem.facilities.node[clinic])])
            for clinic in people.clinics.row(n)
        ]
        of[HEALTH] = 0.0 if now[HEALTH] else max(of[ACCESS], min(clinics, default=math.inf))
        parts = [of[need] for need in (WATER, POWER, HEALTH) if people.home_needs[need]]
        own = _last(case.end_day, people.home_tasks.row(n))
        of[HOME] = 0.0 if now[HOME] else max(own, of[ACCESS], *parts)
    return days


def _working_days(case: _Case) -> list[float]:
    facilities = case.problem.facilities
    works: list[float] = []
    for facility in range(len(facilities.ids)):
        day = _last(case.end_day, facilities.tasks.row(facility))
        day = max(day, _last(works, facilities.depends_on.row(facility)))
        if facilities.any_of is not None and facilities.any_of.row(facility):
            day = max(day, min(works[one] for one in facilities.any_of.row(facility)))
        works.append(math.inf if facilities.never_works[facility] else day)
    return works


def _last(days: list[float], of: list[int]) -> float:
    return max((days[one] for one in of), default=0.0)


def _at(works: list[float], facility: int) -> float:
    return 0.0 if facility == NONE else works[facility]


def _day(day: float) -> str:
    return f"day {day:.2f}" if math.isfinite(day) else "never"


def _wrong(code: str, where: str, found: str, expected: str, hint: str = "") -> Problem:
    return Problem(code=code, where=where, found=cut(found), expected=expected, hint=hint)
