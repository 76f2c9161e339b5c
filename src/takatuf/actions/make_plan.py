"""Make the joint plan: from a picture to a checked plan that names its reasons.

A plan is a pure function of the picture, the request and the seed. The engine proposes; the
independent checker looks at every plan before anybody sees it, and a plan that breaks a rule
is our bug and is never shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from takatuf.actions.city_pages.plan_words import PlanWords
from takatuf.actions.claims import Claims
from takatuf.city.city import City, city_of
from takatuf.city.situation import Situation
from takatuf.formats.writers.plan_json import plan_document, plan_name
from takatuf.picture.columns import fold_columns
from takatuf.picture.weighing import Weigher
from takatuf.planning.archive import PlanArchive
from takatuf.planning.building import build_problem, notes_of, works_of
from takatuf.planning.checking import problems_of
from takatuf.planning.comparing import Comparison, Way, compare
from takatuf.planning.comparing.improving import improved, proven_longer
from takatuf.planning.explaining import Reason, reasons_of
from takatuf.planning.plan import Assignment
from takatuf.planning.problem import PlanningProblem
from takatuf.planning.request import PlanRequest
from takatuf.planning.solvers.annealing import (
    AfterSeconds,
    Effort,
    Progress,
    first_of,
    within_gap,
)
from takatuf.reports.register import Register
from takatuf.reports.standing import standing_in
from takatuf.safeguards.actor import Actor
from takatuf.safeguards.permissions import Action, Object, require
from takatuf.vocabulary.errors import Problem
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.things import load_vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTask:
    """A task of the plan in words."""

    number: int
    key: str
    name: str
    place: ThingId
    team: str
    organisation: str
    start_day: float
    end_day: float
    starts_on: date
    opens: str
    waits_for: str
    people_days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMade:
    """A joint plan with everything that was weighed against it."""

    city: City
    problem: PlanningProblem
    request: PlanRequest
    comparison: Comparison
    reasons: tuple[Reason, ...]
    kept_in: str
    reported: frozenset[int]  # tasks that rest on no assumption
    notes: tuple[Problem, ...]  # what could not be taken in, and why

    @property
    def ways(self) -> tuple[Way, ...]:
        """The three ways of planning, each alone first."""
        return (self.comparison.alone, self.comparison.shared, self.comparison.together)

    def tasks(self, withheld: frozenset[ThingId] = frozenset()) -> tuple[PlannedTask, ...]:
        """Return the tasks of the joint plan in words, in the order of their start.

        Args:
            withheld: Health facilities whose place the reader may not see.
        """
        words = PlanWords(self.city, self.problem, withheld)
        reason_of = {reason.task: reason for reason in self.reasons}
        assignments = sorted(self.comparison.together.outcome.plan.assignments)
        return tuple(self._in_words(work, reason_of[work.task], words) for work in assignments)

    def _in_words(self, work: Assignment, reason: Reason, words: PlanWords) -> PlannedTask:
        teams = self.problem.teams
        return PlannedTask(
            number=work.task,
            key=words.key(work.task),
            name=words.task(work.task),
            place=words.place(work.task),
            team=teams.names[work.team],
            organisation=self.problem.organisation_names[int(teams.organisation[work.team])],
            start_day=work.start_day,
            end_day=work.end_day,
            starts_on=self.request.at + timedelta(days=int(work.start_day)),
            opens=words.opens(reason),
            waits_for=words.waits_for(reason),
            people_days=reason.people_days,
        )

    @property
    def unmet(self) -> tuple[str, ...]:
        """The tasks that the joint plan leaves undone, and the people it cannot count."""
        outcome = self.comparison.together.outcome
        name_of = self.city.situation.names.of
        return (
            *(f"{self.problem.tasks.names[u.task]}: {u.reason}" for u in outcome.unmet),
            *(f"{name_of(p)}: nobody has said how many live there" for p in self.city.uncounted),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreEffort:
    """What is spent on the joint plan after the comparison; the result depends on the machine."""

    clock: Callable[[], float]  # seconds, as `time.monotonic` gives them
    seconds: float = 0.0  # for searches side by side
    threads: int = 2
    gap_share: float = 0.0  # they end earlier when no plan can be better by more than this
    windows: int = 0  # solved exactly at the end
    bound_seconds: float = 0.0  # for a higher bound


def make_plan(
    register: Register,
    plans: PlanArchive,
    actor: Actor,
    request: PlanRequest,
    on_progress: Progress | None = None,
    more: MoreEffort | None = None,
) -> PlanMade:
    """Return the joint plan of this request, checked, explained and kept.

    Args:
        register: Where the reports are.
        plans: Where the plan is kept.
        actor: Who asks.
        request: What for.
        on_progress: Told how far the comparison is.
        more: What is spent on the joint plan beyond the effort of the request; None: nothing.

    Raises:
        InputError: The picture cannot be planned for.
        NotAllowedError: The actor may not plan.
    """
    require(actor, Action.PLAN, Object())
    city = picture_city(register, request)
    problem = build_problem(city, request)
    comparison = compare(problem, request.evaluations, request.seed, on_progress)
    if more is not None:
        comparison = _gone_on(problem, comparison, more, on_progress)
    return keep_plan(plans, city, problem, request, comparison)


def _gone_on(
    problem: PlanningProblem,
    comparison: Comparison,
    more: MoreEffort,
    on_progress: Progress | None,
) -> Comparison:
    began = more.clock()

    def tell(effort: Effort) -> None:
        if on_progress:
            gone = min(more.clock() - began, more.seconds)
            on_progress(int(gone), int(more.seconds), effort.value)

    if more.seconds > 0 or more.windows:
        enough = within_gap(comparison.together.outcome.bound, more.gap_share)
        stops = tuple(
            first_of(AfterSeconds(more.seconds, more.clock), enough) for _ in range(more.threads)
        )
        comparison = improved(problem, comparison, stops, more.windows, tell)
    if more.bound_seconds > 0:
        comparison = proven_longer(problem, comparison, more.bound_seconds)
    return comparison


def keep_plan(
    plans: PlanArchive,
    city: City,
    problem: PlanningProblem,
    request: PlanRequest,
    comparison: Comparison,
) -> PlanMade:
    """Return the joint plan of a comparison, checked, explained and kept; see `make_plan`."""
    for way in (comparison.alone, comparison.shared, comparison.together):
        broken = problems_of(problem, way.outcome.plan, way.outcome.served)
        if broken:
            raise RuntimeError("\n".join(str(problem) for problem in broken))
    joint = comparison.together.outcome
    document = plan_document(problem, request, comparison)
    return PlanMade(
        city=city,
        problem=problem,
        request=request,
        comparison=comparison,
        reasons=reasons_of(problem, joint.plan, joint.served),
        kept_in=plans.save(plan_name(document), document),
        reported=frozenset(n for n, work in enumerate(works_of(city)) if not work.is_assumption),
        notes=notes_of(city, problem),
    )


def picture_city(register: Register, request: PlanRequest) -> City:
    """Return the city that a request plans for.

    The engine reads the whole picture, severe values too: a plan that did not know where the
    hospitals are could not serve them. What it gives out is redacted where it is shown.
    """
    standing = standing_in(register, request.known)
    picture = fold_columns(Claims(register).table(), request.known, standing.quarantined)
    return city_of(Situation.of(Weigher(picture, load_vocabulary()), request.at))
