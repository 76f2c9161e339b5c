"""Check a plan against the picture it was made from, by a checker that made no plan."""

from takatuf.actions.make_plan import picture_city
from takatuf.formats.writers.plan_json import PlanDocument, plan_of, request_of
from takatuf.planning.building import build_problem
from takatuf.planning.checking import problems_of
from takatuf.reports.register import Register
from takatuf.safeguards.actor import Actor
from takatuf.safeguards.permissions import Action, Object, require
from takatuf.vocabulary.errors import Problem


def check_plan(register: Register, actor: Actor, document: PlanDocument) -> tuple[Problem, ...]:
    """Return every rule that the plan breaks: mandate, order, reach, travel, double booking.

    Raises:
        InputError: The document is no plan, or no plan of this picture.
        NotAllowedError: The actor may not plan here.
    """
    require(actor, Action.PLAN, Object())
    request = request_of(document)
    problem = build_problem(picture_city(register, request), request)
    return problems_of(problem, plan_of(document, problem))
