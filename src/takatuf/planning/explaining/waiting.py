"""What each task of a plan waits for: the last thing that was missing before it could begin."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from takatuf.planning.causes import AT_ONCE, Causes, Moment
from takatuf.planning.plan import Assignment, Plan
from takatuf.planning.problem import NONE, PlanningProblem


class WaitsFor(StrEnum):
    """The last thing that was missing before a team could set out for a task."""

    NOTHING = "nothing"  # the team sets out on day 0
    TASK = "a task before it"
    ROAD = "the road to it"
    TEAM = "its team, busy until then"
    ARRIVAL = "its team, there from then"


@dataclass(frozen=True, slots=True)
class Wait:
    """What one task waits for."""

    kind: WaitsFor
    task: int  # that had to end first, or NONE
    travel_days: float  # from that moment to the start of the work


def waits_of(problem: PlanningProblem, plan: Plan, causes: Causes) -> dict[int, Wait]:
    """Return what each task of the plan waits for.

    Args:
        problem: The rules.
        plan: A plan that keeps them.
        causes: As `causes_of` gives them for this plan.
    """
    last_of: dict[int, Assignment] = {}
    waits = {}
    for work in sorted(plan.assignments):
        waits[work.task] = _wait(problem, work, causes, last_of.get(work.team))
        last_of[work.team] = work
    return waits


def ready_of(problem: PlanningProblem, task: int, causes: Causes) -> Moment:
    """Return when a task could begin, if a team were there: all before it done, its place reached.

    Of equal moments that of a task before it is named.
    """
    return max(_before(problem, task, causes), _road(problem, task, causes), key=_day)


def needs_of(problem: PlanningProblem, plan: Plan, causes: Causes) -> dict[int, int]:
    """Return for each task the last one that it needed, whatever its team did, or NONE."""
    return {w.task: ready_of(problem, w.task, causes).task for w in plan.assignments}


def chain_of(task: int, earlier: Mapping[int, int]) -> Iterator[int]:
    """Give the task, then the one that came earlier, and so on back to day 0."""
    while task != NONE:
        yield task
        task = earlier[task]


def _wait(
    problem: PlanningProblem, work: Assignment, causes: Causes, earlier: Assignment | None
) -> Wait:
    # The latest of what had to be there; of equal ones the first that is named here.
    free = Moment(float(problem.teams.free_from_day[work.team]), NONE)
    team = Moment(earlier.end_day, earlier.task) if earlier else free
    options = [
        (WaitsFor.TASK, _before(problem, work.task, causes)),
        (WaitsFor.ROAD, _road(problem, work.task, causes)),
        (WaitsFor.TEAM if earlier else WaitsFor.ARRIVAL, team),
    ]
    kind, moment = max(options, key=lambda option: option[1].day)
    kind = WaitsFor.NOTHING if moment.day == 0 else kind
    return Wait(kind, moment.task, work.start_day - moment.day)


def _before(problem: PlanningProblem, task: int, causes: Causes) -> Moment:
    ends = (causes.ends[other] for other in problem.tasks.before.row(task))
    return max(ends, default=AT_ONCE)


def _road(problem: PlanningProblem, task: int, causes: Causes) -> Moment:
    tasks = problem.tasks
    ends = [int(tasks.node[task]), int(tasks.other_node[task])]
    return min(causes.reached[node] for node in ends if node != NONE)


def _day(moment: Moment) -> float:
    return moment.day
