"""Explain how firm a plan is: under other weights, and under other answers to what is disputed."""

from dataclasses import dataclass, field

from takatuf.actions.explaining.explain_task import WITHHELD
from takatuf.actions.explaining.kept_plan import KeptPlan
from takatuf.actions.views import view_of_belief
from takatuf.planning.explaining.rerunning import rerun
from takatuf.planning.explaining.stability import Check, OnProgress, Range, stability_of
from takatuf.planning.explaining.swaying import Effort, Sway, sways_of
from takatuf.planning.explaining.weightings import weighting_rules
from takatuf.planning.tasks import repair_id
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.value import Reference, Value

SWAY_EVALUATIONS = 1_000  # schedules tried for each other answer, unless more are asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class RankView:
    """The rank of a task by what hangs on it, under the request's weights and under others."""

    key: str
    name: str
    person_days: float
    rank: int
    ranks: Range
    among_first: tuple[float, ...]  # share of the weightings, for each of `StabilityView.first`


@dataclass(frozen=True, slots=True, kw_only=True)
class StabilityView:
    """How firm the order of tasks is under other weights."""

    n_weightings: int
    seed: int
    first: tuple[int, ...]
    tasks: tuple[RankView, ...]
    tau: Range
    n_tau: int
    checks: tuple[Check, ...]  # weightings for which a whole plan was searched
    check_evaluations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SwayView:
    """What would change if a belief, or all that one statement disputes, fell otherwise."""

    things: tuple[str, ...]  # more than one where one statement disputes the same of all of them
    property: str
    status: str
    acts_on: str  # what the plan acts on now; "" where it does without
    supposed: str
    said_by: tuple[str, ...]  # who says what is supposed
    note: str
    change: float
    lost_by_keeping: float
    noise: float
    worth_knowing: float
    appears: tuple[str, ...]
    disappears: tuple[str, ...]
    differs_from_day: float | None
    changes_order_from_day: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SwaysView:
    """All disputed beliefs that a plan rests on, the one most worth checking first."""

    evaluations: int  # tried for each answer
    n_beliefs: int  # that the plan rests on, disputed or not
    noise: float
    mismatch_person_days: float
    rows: tuple[SwayView, ...] = field(default=())


def explain_stability(kept: KeptPlan, on_progress: OnProgress | None = None) -> StabilityView:
    """Return how firm the order of the plan's tasks is under other weights."""
    rules = weighting_rules()
    found = stability_of(
        kept.problem, kept.plan, kept.served, kept.request.seed, rules, on_progress
    )
    return StabilityView(
        n_weightings=found.n,
        seed=found.seed,
        first=found.first,
        tasks=tuple(
            RankView(
                key=kept.words.key(one.task),
                name=kept.words.task(one.task),
                person_days=one.person_days,
                rank=one.rank,
                ranks=one.ranks,
                among_first=one.among_first,
            )
            for one in found.tasks
        ),
        tau=found.tau,
        n_tau=found.n_tau,
        checks=found.checks,
        check_evaluations=rules.evaluations,
    )


def explain_contested(
    kept: KeptPlan,
    evaluations: int = SWAY_EVALUATIONS,
    on_progress: OnProgress | None = None,
) -> SwaysView:
    """Return which disputed beliefs would change the plan if they fell the other way.

    Args:
        kept: The plan.
        evaluations: Schedules tried for each other answer.
        on_progress: Told how far it is.
    """
    again = rerun(kept.problem, kept.plan, kept.served)
    effort = Effort(evaluations, kept.request.seed)
    sways = sways_of(again, kept.situation, kept.request, effort, on_progress)
    return SwaysView(
        evaluations=evaluations,
        n_beliefs=len(kept.situation.asked),
        noise=max((sway.noise for sway in sways), default=0.0),
        mismatch_person_days=again.mismatch_person_days,
        rows=tuple(_row(kept, sway) for sway in sways),
    )


def _row(kept: KeptPlan, sway: Sway) -> SwayView:
    belief = sway.beliefs[0]
    seen = kept.reading.weigher.belief(belief.thing, belief.property, kept.request.at)
    view, is_hidden = view_of_belief(seen, kept.reading), seen.n_withheld > 0
    return SwayView(
        things=tuple(kept.words.thing(one.thing) for one in sway.beliefs),
        property=view.label.en,
        status=belief.status.value,
        acts_on=WITHHELD if is_hidden else _shown(kept, belief.act_on),
        supposed=WITHHELD if is_hidden else _shown(kept, sway.value),
        said_by=() if is_hidden else _said_by(kept, sway),
        note=sway.note,
        change=sway.change,
        lost_by_keeping=sway.lost_by_keeping,
        noise=sway.noise,
        worth_knowing=sway.worth_knowing,
        appears=_keys(kept, sway.appears),
        disappears=_keys(kept, sway.disappears),
        differs_from_day=sway.differs_from_day,
        changes_order_from_day=sway.changes_order_from_day,
    )


def _shown(kept: KeptPlan, value: Value | None) -> str:
    if isinstance(value, Reference):
        return kept.words.thing(value.thing)
    return "" if value is None else str(value)


def _said_by(kept: KeptPlan, sway: Sway) -> tuple[str, ...]:
    names = kept.reading.names
    speakers = (
        statement.source.organisation
        for answer in sway.beliefs[0].answers
        if answer.value == sway.value and not answer.is_denial
        for statement in answer.statements
    )
    return tuple(dict.fromkeys(names.of(speaker) for speaker in speakers))


def _keys(kept: KeptPlan, tasks: tuple[ThingId, ...]) -> tuple[str, ...]:
    hidden = {repair_id(site, "health") for site in kept.words.withheld}
    return tuple("a task at a health point" if task in hidden else task for task in tasks)
