"""See how a plan goes when work takes longer than it reckons with; and plan several cities.

What is random comes from the seed of the request and the number of the sample alone, so the
result does not depend on who runs the samples, nor on how many do.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from takatuf.actions.make_plan import PlanMade, keep_plan, picture_city
from takatuf.planning.archive import PlanArchive
from takatuf.planning.building import build_problem, works_of
from takatuf.planning.comparing import Comparison, compare
from takatuf.planning.efforts import load_rules
from takatuf.planning.ensembles.following import trials_of, without_names
from takatuf.planning.ensembles.outlook import Likely, Outlook, outlook_of
from takatuf.planning.ensembles.runner import Done, Runner
from takatuf.planning.ensembles.sampling import ranges_of
from takatuf.planning.problem import SERVICES, Floats, PlanningProblem
from takatuf.planning.request import PlanRequest
from takatuf.reports.register import Register
from takatuf.safeguards.actor import Actor
from takatuf.safeguards.permissions import Action, Object, require


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """When a neighbourhood has a service; None: not in the days that are looked at, or never."""

    neighbourhood: str
    service: str
    planned_day: float | None
    p10: float | None
    p50: float | None
    p90: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOutlook:
    """How often a task starts by the day that the plan has for it."""

    key: str
    name: str
    planned_day: float
    on_time: float  # a share, 0 to 1
    low_days: float  # the range of its work, in team-days
    likely_days: float
    high_days: float
    basis: str  # reported, assumed or prior
    source: str  # of the range


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplesMade:
    """A plan beside what becomes of it over many samples of how long work takes."""

    n_samples: int
    seed: int
    planned_person_days: float
    person_days: Likely
    planned_finish_day: float
    finish_day: Likely
    mean_on_time: float  # share of tasks and samples with a start by the planned day
    efforts: Mapping[str, int]  # how many tasks' efforts are reported, assumed, prior
    waiting: tuple[Waiting, ...]
    tasks: tuple[TaskOutlook, ...]  # in the order of their start


@dataclass(frozen=True, slots=True, kw_only=True)
class CityToPlan:
    """One of several cities that are planned together."""

    register: Register
    plans: PlanArchive
    actor: Actor
    request: PlanRequest


def plan_samples(
    made: PlanMade, n_samples: int, runner: Runner, on_progress: Done | None = None
) -> SamplesMade:
    """Return how the joint plan goes over samples of how long its tasks take.

    Args:
        made: The plan; whoever made it was allowed to.
        n_samples: 1 or more.
        runner: Who runs the samples.
        on_progress: Told how many samples are done.

    Raises:
        UnavailableError: The workers cannot be had.
    """
    plan = made.comparison.together.outcome.plan
    works = works_of(made.city, made.request.effort_quantile)
    ranges = ranges_of(works, load_rules().shared)
    trials = trials_of(made.problem, plan, ranges, made.request.seed)
    outlook = outlook_of(plan, runner.run(trials, range(n_samples), on_progress))
    done = [work.task for work in plan.assignments]
    return SamplesMade(
        n_samples=n_samples,
        seed=made.request.seed,
        planned_person_days=made.comparison.together.outcome.served.person_days,
        person_days=outlook.person_days,
        planned_finish_day=max((work.end_day for work in plan.assignments), default=0.0),
        finish_day=outlook.finish_day,
        mean_on_time=float(outlook.on_time[done].mean()) if done else 1.0,
        efforts=Counter(work.effort.basis.value for work in works),
        waiting=tuple(_waiting(made, outlook)),
        tasks=tuple(
            TaskOutlook(
                key=made.problem.tasks.ids[work.task],
                name=made.problem.tasks.names[work.task],
                planned_day=work.start_day,
                on_time=float(outlook.on_time[work.task]),
                low_days=works[work.task].effort.low,
                likely_days=works[work.task].effort.likely,
                high_days=works[work.task].effort.high,
                basis=works[work.task].effort.basis.value,
                source=works[work.task].effort.source,
            )
            for work in sorted(plan.assignments)
        ),
    )


def plan_cities(
    cities: Sequence[CityToPlan], runner: Runner, on_progress: Done | None = None
) -> tuple[PlanMade, ...]:
    """Return the joint plan of each city, in their order, each checked and kept in its own place.

    Registers stay here: a worker is given durations, distances and numbers of people, no names.

    Args:
        cities: Each with its own register, actor and request.
        runner: Who plans; one city is one item.
        on_progress: Told how many cities are done.

    Raises:
        InputError: A picture cannot be planned for; nothing is kept of any.
        NotAllowedError: An actor may not plan; nothing is kept of any.
        UnavailableError: The workers cannot be had.
    """
    for city in cities:
        require(city.actor, Action.PLAN, Object())
    pictures = [picture_city(city.register, city.request) for city in cities]
    problems = [
        build_problem(picture, city.request) for picture, city in zip(pictures, cities, strict=True)
    ]
    asked = [
        _Asked(without_names(problem), city.request.evaluations, city.request.seed)
        for problem, city in zip(problems, cities, strict=True)
    ]
    compared = runner.run(_compared, asked, on_progress)
    return tuple(
        keep_plan(city.plans, picture, problem, city.request, comparison)
        for city, picture, problem, comparison in zip(
            cities, pictures, problems, compared, strict=True
        )
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    problem: PlanningProblem
    evaluations: int
    seed: int


def _compared(asked: _Asked) -> Comparison:
    return compare(asked.problem, asked.evaluations, asked.seed)


def _waiting(made: PlanMade, outlook: Outlook) -> list[Waiting]:
    people = made.problem.neighbourhoods
    planned = made.comparison.together.outcome.served.service_day
    names = made.city.situation.names
    return [
        Waiting(
            neighbourhood=names.of(place),
            service=service,
            planned_day=_day(planned, at, column),
            p10=_day(outlook.service_day[0], at, column),
            p50=_day(outlook.service_day[1], at, column),
            p90=_day(outlook.service_day[2], at, column),
        )
        for at, place in enumerate(people.ids)
        for column, service in enumerate(SERVICES)
        if not people.has_now[at, column]
    ]


def _day(days: Floats, at: int, column: int) -> float | None:
    day = float(days[at, column])
    return day if np.isfinite(day) else None
