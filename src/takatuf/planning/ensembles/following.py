"""What becomes of a plan when work takes longer, or less long, than it reckoned with.

Everybody keeps to the plan: a team does its own tasks and no other's, in the plan's order; one
whose next task cannot begin yet takes the next of its tasks that can. Nobody plans anew, so
this is what the plan itself can promise; replanning on the way can only help.
"""

from dataclasses import dataclass, replace

import numpy as np

from takatuf.planning.ensembles.sampling import Ranges, sampled
from takatuf.planning.plan import Plan
from takatuf.planning.problem import Floats, PlanningProblem
from takatuf.planning.remaining import leaving_days
from takatuf.planning.simulating import city_of, crews_of, setting_of, simulate
from takatuf.vocabulary.identity import ThingId


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How a plan went; days are infinity where something never happens."""

    person_days: float  # weighted, without service, up to the horizon
    start_day: Floats  # of each task
    finish_day: float  # of the last task that is done
    service_day: Floats  # shape (n_neighbourhoods, n_services)


@dataclass(frozen=True, slots=True)
class Trials:
    """Called with the number of a sample it returns how the plan goes in it."""

    problem: PlanningProblem
    plan: Plan
    ranges: Ranges
    seed: int

    def __call__(self, number: int) -> Trial:
        """Return the trial of one sample."""
        return evaluate_on(sampled(self.problem, self.ranges, self.seed, number), self.plan)


def trials_of(problem: PlanningProblem, plan: Plan, ranges: Ranges, seed: int) -> Trials:
    """Return the trials of a plan; no name of a place or a team goes with them."""
    return Trials(without_names(problem), plan, ranges, seed)


def evaluate_on(problem: PlanningProblem, plan: Plan) -> Trial:
    """Return how a plan goes, through the one simulator that every plan goes through.

    Args:
        problem: With the durations as they turn out.
        plan: Of the same tasks and teams; its days need not fit these durations.
    """
    kept = _to_each_its_own(problem, plan)
    found, served = simulate(
        city_of(kept), crews_of(kept, 1), setting_of(kept), _keys(problem, plan)
    )
    start_day = np.full(problem.n_tasks, np.inf)
    for work in found.assignments:
        start_day[work.task] = work.start_day
    return Trial(
        person_days=served.person_days,
        start_day=start_day,
        finish_day=max((work.end_day for work in found.assignments), default=0.0),
        service_day=served.service_day,
    )


def without_names(problem: PlanningProblem) -> PlanningProblem:
    """Return the problem with numbers in place of all names, for machines of others.

    What is left are durations, distances in days and counts of people.
    """
    tasks, teams, roads = problem.tasks, problem.teams, problem.roads
    facilities, people = problem.facilities, problem.neighbourhoods
    n_organisations = len(problem.organisations)
    return replace(
        problem,
        areas=_numbers("area", len(problem.areas)),
        organisations=_numbers("organisation", n_organisations),
        organisation_names=("",) * n_organisations,
        tasks=replace(
            tasks,
            ids=_numbers("task", problem.n_tasks),
            names=("",) * problem.n_tasks,
            because_of=((),) * problem.n_tasks,
        ),
        teams=replace(teams, ids=_numbers("team", problem.n_teams), names=("",) * problem.n_teams),
        roads=replace(roads, node_ids=_numbers("place", len(roads.node_ids))),
        facilities=replace(facilities, ids=_numbers("facility", len(facilities.ids))),
        neighbourhoods=replace(people, ids=_numbers("place", len(people.ids))),
    )


def _numbers(kind: str, count: int) -> tuple[ThingId, ...]:
    return tuple(ThingId(f"{kind}/{number}") for number in range(count))


def _to_each_its_own(problem: PlanningProblem, plan: Plan) -> PlanningProblem:
    # Every team gets an area of its own with the tasks that it does; nobody may work in the
    # last one, where the tasks are that the plan leaves undone.
    area = np.full(problem.n_tasks, problem.n_teams)
    for work in plan.assignments:
        area[work.task] = work.team
    return replace(
        problem,
        areas=_numbers("area", problem.n_teams + 1),
        tasks=replace(problem.tasks, area=area),
        teams=replace(
            problem.teams,
            may_work_in=np.eye(problem.n_teams, problem.n_teams + 1, dtype=np.bool_),
        ),
    )


def _keys(problem: PlanningProblem, plan: Plan) -> Floats:
    leaves = leaving_days(problem, plan)
    keys = np.ones((1, problem.n_tasks))
    for place, work in enumerate(
        sorted(plan.assignments, key=lambda work: (leaves[work.task], work))
    ):
        keys[0, work.task] = place / problem.n_tasks
    return keys
