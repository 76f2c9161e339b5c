"""The planning problem as it stands on some day of a plan: what is done stays done.

Work under way is finished by whoever does it. So that no solver can break it off, it is given
to a *stand-in*: a further team that may do nothing else and is on the spot, while the real team
is free, at that place, from the day the work ends. Stand-ins come after the real teams, so the
numbers of these stay as they are.

What the days before have cost, and the value of a plan for what remains, add up to the value of
the whole: `Remaining.value` says so, and a property test holds it to that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from takatuf.planning.causes import Causes, causes_of
from takatuf.planning.checking import served_by
from takatuf.planning.plan import Assignment, Plan, Served
from takatuf.planning.problem import (
    HOME,
    NONE,
    Flags,
    Floats,
    Ints,
    Lists,
    Neighbourhoods,
    PlanningProblem,
    Tasks,
    Teams,
)
from takatuf.vocabulary.identity import ThingId

SAME_DAY = 1e-9  # days: sums of durations differ in their last digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Remaining:
    """What is left to plan from a day on, and what is settled; days of it count from that day."""

    problem: PlanningProblem
    day: float  # of the plan so far: day 0 of the problem that remains
    task_of: Ints  # task of this problem -> task of the whole
    done_on: Floats  # task of the whole -> the day it was finished; infinity: not by then
    settled: tuple[Assignment, ...]  # of the plan so far: finished, or under way
    n_teams: int  # real ones; teams from this number on are stand-ins
    past_service_day: Floats  # shape (n_neighbourhoods, n_services); infinity: not back by then
    past_person_days: float  # weighted person-days without service before the day

    def stitched(self, plan: Plan) -> Plan:
        """Return the whole plan: what is settled, and then a plan for what remains."""
        later = (
            Assignment(
                work.start_day + self.day,
                work.end_day + self.day,
                int(self.task_of[work.task]),
                work.team,
            )
            for work in plan.assignments
            if work.team < self.n_teams
        )
        return Plan(assignments=tuple(sorted([*self.settled, *later])))

    def served(self, served: Served) -> Served:
        """Return what the whole achieves, given that of a plan for what remains."""
        return Served(
            service_day=np.minimum(self.past_service_day, served.service_day + self.day),
            person_days=self.value(served.person_days),
        )

    def value(self, person_days: float) -> float:
        """Return the value of the whole, given that of a plan for what remains."""
        return self.past_person_days + person_days


def remaining(problem: PlanningProblem, plan: Plan, day: float) -> Remaining:
    """Return the problem that remains on a day of a plan that keeps all rules.

    A team that has left for work that can be begun goes there and does it; one whose place is
    not reached yet has not left.

    Args:
        problem: The whole problem.
        plan: What everybody does up to that day; what it says of later days does not matter.
        day: From 0 to less than the horizon.

    Raises:
        ValueError: The day is not within the horizon.
    """
    if not 0 <= day < problem.horizon_days:
        raise ValueError(f"day {day} is not within the horizon of {problem.horizon_days} days")
    causes = causes_of(problem, plan)
    settled = _settled(problem, plan, causes, day)
    done_on = np.full(problem.n_tasks, np.inf)
    for work in settled:
        if work.end_day <= day + SAME_DAY:
            done_on[work.task] = work.end_day
    left, task_of = without(problem, np.isfinite(done_on))
    before = served_by(replace(problem, horizon_days=max(day, SAME_DAY)), plan)
    is_back = before.service_day <= day + SAME_DAY
    left = replace(
        left,
        teams=_teams_on(problem, settled, day),
        neighbourhoods=_people_on(left, before.service_day, is_back, day),
        horizon_days=problem.horizon_days - day,
    )
    under_way = [work for work in settled if work.end_day > day + SAME_DAY]
    return Remaining(
        problem=_with_stand_ins(left, task_of, under_way, day),
        day=day,
        task_of=task_of,
        done_on=done_on,
        settled=settled,
        n_teams=problem.n_teams,
        past_service_day=np.where(is_back, before.service_day, np.inf),
        past_person_days=before.person_days if day > 0 else 0.0,
    )


def without(problem: PlanningProblem, finished: Flags) -> tuple[PlanningProblem, Ints]:
    """Return the problem with some tasks taken as finished, and the old number of each task."""
    task_of = np.flatnonzero(~finished)
    number = np.full(problem.n_tasks, NONE)
    number[task_of] = np.arange(len(task_of))
    tasks, people = problem.tasks, problem.neighbourhoods
    left = replace(
        problem,
        tasks=_some(tasks, task_of, number),
        roads=replace(problem.roads, blocked_by=_renumbered(problem.roads.blocked_by, number)),
        facilities=replace(problem.facilities, tasks=_renumbered(problem.facilities.tasks, number)),
        neighbourhoods=replace(
            people,
            water_tasks=_renumbered(people.water_tasks, number),
            power_tasks=_renumbered(people.power_tasks, number),
            home_tasks=_renumbered(people.home_tasks, number),
        ),
    )
    return left, task_of


def leaving_days(problem: PlanningProblem, plan: Plan) -> dict[int, float]:
    """Return for each task of a plan the day on which its team leaves for it, at the latest."""
    place = problem.teams.base.copy()
    days: dict[int, float] = {}
    for work in sorted(plan.assignments):
        node = int(problem.tasks.node[work.task])
        days[work.task] = work.start_day - float(problem.roads.travel_days[place[work.team], node])
        place[work.team] = node
    return days


def _settled(
    problem: PlanningProblem, plan: Plan, causes: Causes, day: float
) -> tuple[Assignment, ...]:
    leaves = leaving_days(problem, plan)

    def can_be_begun(task: int) -> bool:
        ends = [int(problem.tasks.node[task]), int(problem.tasks.other_node[task])]
        reached = min(causes.reached[node].day for node in ends if node != NONE)
        before = (causes.ends[other].day for other in problem.tasks.before.row(task))
        return max(reached, *before, 0.0) <= day + SAME_DAY

    return tuple(
        work
        for work in sorted(plan.assignments)
        if work.end_day <= day + SAME_DAY
        or work.start_day < day - SAME_DAY
        or (leaves[work.task] < day - SAME_DAY and can_be_begun(work.task))
    )


def _teams_on(problem: PlanningProblem, settled: Sequence[Assignment], day: float) -> Teams:
    base = problem.teams.base.copy()
    free_from_day = np.maximum(problem.teams.free_from_day - day, 0.0)
    for work in settled:
        base[work.team] = problem.tasks.node[work.task]
        free_from_day[work.team] = max(work.end_day - day, 0.0)
    return replace(problem.teams, base=base, free_from_day=free_from_day)


def _people_on(
    left: PlanningProblem, service_day: Floats, is_back: Flags, day: float
) -> Neighbourhoods:
    # Those who have come back by the day live there, and wait for what is not there yet.
    people = left.neighbourhoods
    with_services = replace(people, has_now=people.has_now | is_back)
    if people.displaced is None or left.return_weight == 0:
        return with_services
    at_once = np.full(len(people.ids), np.inf)
    per_day = at_once if people.returns_per_day is None else people.returns_per_day
    has_home = is_back[:, HOME] & (people.displaced > 0)
    back = np.zeros(len(people.ids))
    home_days = np.maximum(day - service_day[has_home, HOME], SAME_DAY)
    back[has_home] = np.minimum(people.displaced[has_home], per_day[has_home] * home_days)
    return replace(with_services, people=people.people + back, displaced=people.displaced - back)


def _with_stand_ins(
    left: PlanningProblem, task_of: Ints, under_way: Sequence[Assignment], day: float
) -> PlanningProblem:
    n = len(under_way)
    numbers = [int(np.searchsorted(task_of, work.task)) for work in under_way]
    tasks, teams = left.tasks, left.teams
    duration_days, area = tasks.duration_days.copy(), tasks.area.copy()
    duration_days[numbers] = [work.end_day - day for work in under_way]
    area[numbers] = len(left.areas) + np.arange(n)
    real = [work.team for work in under_way]
    own_skill = np.arange(len(left.skills)) == tasks.skill[numbers][:, None]
    nobody_else = np.zeros((left.n_teams, n), dtype=np.bool_)
    no_other_area = np.zeros((n, len(left.areas)), dtype=np.bool_)
    may_work_in = np.block(
        [[teams.may_work_in, nobody_else], [no_other_area, np.eye(n, dtype=np.bool_)]]
    )
    return replace(
        left,
        areas=(*left.areas, *(ThingId(f"{tasks.ids[task]}-under-way") for task in numbers)),
        tasks=replace(tasks, duration_days=duration_days, area=area),
        teams=Teams(
            ids=(*teams.ids, *(ThingId(f"{teams.ids[team]}-under-way") for team in real)),
            names=(*teams.names, *(f"{teams.names[team]} (under way)" for team in real)),
            organisation=np.append(teams.organisation, teams.organisation[real]),
            has_skill=np.vstack([teams.has_skill, own_skill]),
            may_work_in=may_work_in,
            may_do_trunk=np.append(teams.may_do_trunk, np.ones(n, dtype=np.bool_)),
            base=np.append(teams.base, tasks.node[numbers]),
            free_from_day=np.append(teams.free_from_day, np.zeros(n)),
        ),
    )


def _some(tasks: Tasks, task_of: Ints, number: Ints) -> Tasks:
    chosen = task_of.tolist()
    return Tasks(
        ids=tuple(tasks.ids[task] for task in chosen),
        names=tuple(tasks.names[task] for task in chosen),
        kinds=tuple(tasks.kinds[task] for task in chosen),
        skill=tasks.skill[task_of],
        duration_days=tasks.duration_days[task_of],
        node=tasks.node[task_of],
        other_node=tasks.other_node[task_of],
        area=tasks.area[task_of],
        is_trunk=tasks.is_trunk[task_of],
        before=_renumbered(_rows(tasks.before, task_of), number),
        because_of=tuple(tasks.because_of[task] for task in chosen),
    )


def _rows(lists: Lists, rows: Ints) -> Lists:
    return Lists.of([lists.row(row) for row in rows.tolist()])


def _renumbered(lists: Lists, number: Ints) -> Lists:
    entries = number[lists.index]
    stays = entries != NONE
    n_before = np.concatenate([[0], np.cumsum(stays)])
    return Lists(n_before[lists.start], entries[stays])
