"""A plan as JSON: the request it answers, who does what and when, and what it is worth."""

import hashlib
from datetime import date
from typing import Any

import rfc8785

from takatuf.planning.comparing import Comparison, Way
from takatuf.planning.plan import Assignment, Plan
from takatuf.planning.problem import PlanningProblem
from takatuf.planning.request import PlanRequest
from takatuf.vocabulary.errors import InputError, Problem, cut
from takatuf.vocabulary.time import instant_text, parse_instant

FORMAT = "takatuf plan 1"
PlanDocument = dict[str, Any]


def plan_document(
    problem: PlanningProblem, request: PlanRequest, comparison: Comparison
) -> PlanDocument:
    """Return the joint plan of a comparison as JSON values; tasks and teams by identity."""
    joint = comparison.together.outcome
    return {
        "format": FORMAT,
        "request": {
            "at": request.at.isoformat(),
            "known": instant_text(request.known) if request.known else None,
            "weights": dict(request.weights),
            "horizon_days": request.horizon_days,
            "travel_km_per_day": request.travel_km_per_day,
            "seed": request.seed,
            "evaluations": request.evaluations,
            "effort_quantile": request.effort_quantile,
            "return_weight": request.return_weight,
        },
        "status": joint.status.value,
        "bound_person_days": joint.bound,
        "gap": joint.gap,
        "ways": [_way(way) for way in (comparison.alone, comparison.shared, comparison.together)],
        "unmet": [{"task": problem.tasks.ids[u.task], "reason": u.reason} for u in joint.unmet],
        "assignments": [
            {
                "task": problem.tasks.ids[work.task],
                "team": problem.teams.ids[work.team],
                "start_day": work.start_day,
                "end_day": work.end_day,
            }
            for work in sorted(joint.plan.assignments)
        ],
    }


def _way(way: Way) -> dict[str, Any]:
    return {
        "way": way.name,
        "person_days": way.outcome.served.person_days,
        "evaluations": way.outcome.evaluations,
        "tasks_done": len(way.outcome.plan.assignments),
    }


def plan_name(document: PlanDocument) -> str:
    """Return a name for the plan: its day, and the first digits of its SHA-256."""
    digest = hashlib.sha256(rfc8785.dumps(document)).hexdigest()
    return f"plan-{document['request']['at']}-{digest[:12]}"


def request_of(document: PlanDocument) -> PlanRequest:
    """Return the request that a plan answers.

    Raises:
        InputError: The document is no plan of ours.
    """
    try:
        form = dict(document["request"])
        known = form.pop("known")
        return PlanRequest(
            **form
            | {
                "at": date.fromisoformat(form["at"]),
                "known": parse_instant(known) if known else None,
            }
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError([_no_plan(repr(error))]) from error


def plan_of(document: PlanDocument, problem: PlanningProblem) -> Plan:
    """Return the plan of a document, for a problem that has its tasks and teams.

    Raises:
        InputError: It names tasks or teams that the problem does not have; all are listed.
    """
    task = {identity: number for number, identity in enumerate(problem.tasks.ids)}
    team = {identity: number for number, identity in enumerate(problem.teams.ids)}
    try:
        rows = [
            (row["task"], row["team"], float(row["start_day"]), float(row["end_day"]))
            for row in document["assignments"]
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise InputError([_no_plan(repr(error))]) from error
    unknown = [
        Problem(
            code="plan.unknown-task",
            where="assignments",
            found=cut(str(name)),
            expected="a task or a team of this picture",
            hint="Has the picture changed since the plan was made?",
        )
        for row in rows
        for name, known in ((row[0], task), (row[1], team))
        if name not in known
    ]
    if unknown:
        raise InputError(unknown)
    return Plan(
        assignments=tuple(Assignment(row[2], row[3], task[row[0]], team[row[1]]) for row in rows)
    )


def _no_plan(found: str) -> Problem:
    expected = f"a document of the format {FORMAT}, as takatuf plan keeps it"
    return Problem(code="plan.unreadable", where="the plan", found=cut(found), expected=expected)
