"""Turn a plan into what pages show: organisations with their teams' tasks, ways, day by day."""

import math
from collections import defaultdict

from takatuf.actions.make_plan import PlanMade, PlannedTask
from takatuf.actions.read_picture import Reading
from takatuf.actions.views import name_of
from takatuf.formats.city_report import OrganisationView, TaskView, TeamView, WayView
from takatuf.picture.belief import BeliefStatus
from takatuf.planning.problem import PlanningProblem
from takatuf.vocabulary.identity import ThingId


def organisation_views(made: PlanMade, reading: Reading) -> tuple[OrganisationView, ...]:
    """Return every organisation with its teams and their tasks, in order."""
    by_team: dict[str, dict[str, list[TaskView]]] = defaultdict(lambda: defaultdict(list))
    for organisation, team in _all_teams(made.problem):
        by_team[organisation][team] = []
    for task in made.tasks(_withheld_sites(made, reading)):
        by_team[task.organisation][task.team].append(_task_view(task, made, reading))
    return tuple(
        OrganisationView(
            name=organisation,
            teams=tuple(TeamView(name=team, tasks=tuple(tasks)) for team, tasks in teams.items()),
        )
        for organisation, teams in sorted(by_team.items())
    )


def _all_teams(problem: PlanningProblem) -> list[tuple[str, str]]:
    owners = [problem.organisation_names[int(o)] for o in problem.teams.organisation]
    return list(zip(owners, problem.teams.names, strict=True))


def _withheld_sites(made: PlanMade, reading: Reading) -> frozenset[ThingId]:
    """Return the health facilities of which this reader may not see where they are."""
    return frozenset(
        facility.id
        for facility in made.city.facilities
        if facility.type == "health_facility"
        and reading.weigher.belief(facility.id, "health_site_in").status is BeliefStatus.WITHHELD
    )


def _task_view(task: PlannedTask, made: PlanMade, reading: Reading) -> TaskView:
    return TaskView(
        key=task.key,
        name=task.name,
        kind=made.problem.tasks.kinds[task.number],
        place=name_of(task.place, reading),
        start_day=task.start_day,
        end_day=task.end_day,
        starts_on=task.starts_on.isoformat(),
        opens=task.opens,
        waits_for=task.waits_for,
        people_days=task.people_days,
        rests_on_assumption=task.number not in made.reported,
    )


def way_views(made: PlanMade) -> tuple[WayView, ...]:
    """Return the three ways of planning, with the share of people served by day."""
    return tuple(
        WayView(
            key=way.name,
            person_days=way.outcome.served.person_days,
            evaluations=way.outcome.evaluations,
            served=way.curve,
        )
        for way in made.ways
    )


def day_or_none(day: float, horizon_days: float) -> float | None:
    """Return a day of the plan, or None where it never comes within the horizon."""
    return float(day) if math.isfinite(day) and day <= horizon_days else None
