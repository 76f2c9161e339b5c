"""The plan that is to be explained: the one kept last, on the picture that it was made from."""

from dataclasses import dataclass, replace
from datetime import date

from takatuf.actions.city_pages.plan_words import PlanWords
from takatuf.actions.make_plan import make_plan, picture_city
from takatuf.actions.read_picture import Reading, read_picture
from takatuf.city.city import City, city_of
from takatuf.formats.writers.plan_json import plan_document, plan_of, request_of
from takatuf.picture.belief import BeliefStatus
from takatuf.planning.archive import PlanArchive, PlanDocument
from takatuf.planning.building import build_problem
from takatuf.planning.checking import problems_of, served_by
from takatuf.planning.explaining.rerunning import SAME_VALUE
from takatuf.planning.explaining.supposing import Supposing
from takatuf.planning.outcomes import unmet_of
from takatuf.planning.plan import Plan, Served
from takatuf.planning.problem import PlanningProblem
from takatuf.planning.request import PlanRequest
from takatuf.planning.solvers.annealing import Progress
from takatuf.reports.register import Register
from takatuf.safeguards.actor import Actor
from takatuf.safeguards.permissions import Action, Object, require
from takatuf.vocabulary.errors import InputError, NotFoundError, StaleError
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.things import Vocabulary

CHANGED = (
    "The picture has changed since the plan was made, and the plan no longer fits it: "
    "make it anew with takatuf plan."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPlan:
    """A plan with all that it stands on, for one reader."""

    request: PlanRequest
    situation: Supposing  # remembers what the city and the problem were built from
    city: City
    problem: PlanningProblem
    plan: Plan
    served: Served
    reading: Reading  # as the reader may see the picture; the plan rests on all of it
    words: PlanWords

    def task(self, key: str) -> int:
        """Return the number of a planned task, by its key or its name as a plan prints them.

        Raises:
            NotFoundError: The plan has no such task, more than one, or leaves it undone.
        """
        words = self.words
        called = key.strip().casefold()
        found = [
            task
            for task in range(self.problem.n_tasks)
            if called in {words.key(task), words.key(task).removeprefix("task/")}
            or called == words.task(task).casefold()
        ]
        if not found:
            raise NotFoundError(f"The plan has no task {key}; takatuf --json plan lists all.")
        if len(found) > 1:
            keys = ", ".join(words.key(task) for task in found)
            raise NotFoundError(f"{len(found)} tasks are called {key}; give one of: {keys}.")
        for unmet in unmet_of(self.problem, self.plan):
            if unmet.task == found[0]:
                raise NotFoundError(f"{words.task(found[0])} is not in the plan: {unmet.reason}.")
        return found[0]


def kept_plan(
    register: Register,
    plans: PlanArchive,
    vocabulary: Vocabulary,
    actor: Actor,
    at: date | None = None,
    on_progress: Progress | None = None,
) -> KeptPlan:
    """Return the plan that was kept last; of another day, one made now by the same request.

    Args:
        register: What was reported.
        plans: Where plans are kept.
        vocabulary: The rules.
        actor: Who asks.
        at: The day the plan starts; None for that of the plan kept last.
        on_progress: Told how far a plan that is made is.

    Raises:
        InputError: The picture cannot be planned for on that day.
        NotAllowedError: The actor may not plan.
        NotFoundError: No plan was kept, and no day was given.
        StaleError: The plan does not fit the picture any more.
    """
    require(actor, Action.PLAN, Object())
    document = plans.latest()
    if document is None and at is None:
        raise NotFoundError("No plan was made yet: make one with takatuf plan, or give --at.")
    request = request_of(document) if document else PlanRequest(at=at or date.min)
    reading = read_picture(register, vocabulary, actor, request.known)
    if document is None or (at is not None and at != request.at):
        asked = replace(request, at=at or request.at)
        made = make_plan(register, plans, actor, asked, on_progress)
        document, request = plan_document(made.problem, asked, made.comparison), asked
    situation = Supposing.over(picture_city(register, request).situation)
    city = city_of(situation)
    problem = build_problem(city, request)
    plan, served = _found(document, problem)
    return KeptPlan(
        request=request,
        situation=situation,
        city=city,
        problem=problem,
        plan=plan,
        served=served,
        reading=reading,
        words=PlanWords(city, problem, _withheld_sites(city, reading)),
    )


def _found(document: PlanDocument, problem: PlanningProblem) -> tuple[Plan, Served]:
    try:
        plan = plan_of(document, problem)
    except InputError as error:
        raise StaleError(CHANGED) from error
    if problems_of(problem, plan):
        raise StaleError(CHANGED)
    served = served_by(problem, plan)
    values = [way["person_days"] for way in document.get("ways", ()) if way["way"] == "together"]
    if any(abs(value - served.person_days) > SAME_VALUE for value in values):
        raise StaleError(CHANGED)
    return plan, served


def _withheld_sites(city: City, reading: Reading) -> frozenset[ThingId]:
    """Return the health facilities of which this reader may not see where they are."""
    return frozenset(
        facility.id
        for facility in city.facilities
        if facility.type == "health_facility"
        and reading.weigher.belief(facility.id, "health_site_in").status is BeliefStatus.WITHHELD
    )
