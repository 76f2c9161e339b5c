"""Explain one task of a plan: what it is for, what comes instead, and what it rests on."""

from dataclasses import dataclass
from datetime import date, timedelta

from takatuf.actions.explaining.kept_plan import KeptPlan
from takatuf.actions.views import view_of_belief
from takatuf.planning.building import works_of
from takatuf.planning.explaining.grounds import Ground, grounds_of
from takatuf.planning.explaining.instead import Counterfactual, counterfactual
from takatuf.planning.explaining.reasons import Reason, reasons_of
from takatuf.planning.explaining.rerunning import Loss, rerun

WITHHELD = "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourhoodLoss:
    """What a change costs one neighbourhood, in weighted person-days; below 0: it saves."""

    neighbourhood: str
    person_days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LossView:
    """What a change costs, in weighted person-days, and whom."""

    person_days: float
    neighbourhoods: tuple[NeighbourhoodLoss, ...]  # those it changes, the largest change first


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternativeView:
    """A task that the team could have done instead, and what that would have cost."""

    key: str
    name: str
    start_day: float
    is_next: bool
    is_ready: bool
    loss: LossView


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortView:
    """How much work the task is taken to be, in days of one team."""

    planned_days: float
    low: float
    likely: float
    high: float
    basis: str  # "reported", "assumed" or "prior"
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundView:
    """A belief that the task rests on, and who said so."""

    thing: str
    property: str  # its label
    value: str  # what the plan acts on; "withheld" where the reader may not see it
    firmness: str
    said_by: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskWhy:
    """Why a task stands where it does."""

    key: str
    name: str
    team: str
    organisation: str
    start_day: float
    end_day: float
    starts_on: date
    waits_for: str
    opens: str
    people_days: float  # weighted person-days won with chains in which it is a link
    effort: EffortView
    never: LossView
    a_week_later: LossView
    n_ready: int
    instead: tuple[AlternativeView, ...]
    rests_on: tuple[GroundView, ...]
    mismatch_person_days: float  # of the plan as the simulator repeats it, above the plan


def explain_task(kept: KeptPlan, key: str) -> TaskWhy:
    """Return why a task of the plan stands where it does.

    Raises:
        NotFoundError: The plan has no such task, or leaves it undone.
    """
    task = kept.task(key)
    again = rerun(kept.problem, kept.plan, kept.served)
    found = counterfactual(again, task)
    reason = next(r for r in reasons_of(kept.problem, kept.plan, kept.served) if r.task == task)
    return _why(kept, reason, found, again.mismatch_person_days)


def _why(
    kept: KeptPlan, reason: Reason, found: Counterfactual, mismatch_person_days: float
) -> TaskWhy:
    problem, words, task = kept.problem, kept.words, reason.task
    work = next(work for work in kept.plan.assignments if work.task == task)
    return TaskWhy(
        key=words.key(task),
        name=words.task(task),
        team=problem.teams.names[work.team],
        organisation=problem.organisation_names[int(problem.teams.organisation[work.team])],
        start_day=work.start_day,
        end_day=work.end_day,
        starts_on=kept.request.at + timedelta(days=int(work.start_day)),
        waits_for=words.waits_for(reason),
        opens=words.opens(reason),
        people_days=reason.people_days,
        effort=_effort(kept, task),
        never=_loss(kept, found.never),
        a_week_later=_loss(kept, found.a_week_later),
        n_ready=found.n_ready,
        instead=_instead(kept, found),
        rests_on=_rests_on(kept, task),
        mismatch_person_days=mismatch_person_days,
    )


def _effort(kept: KeptPlan, task: int) -> EffortView:
    identity = kept.problem.tasks.ids[task]
    works = works_of(kept.city, kept.request.effort_quantile)
    effort = next(work.effort for work in works if work.id == identity)
    return EffortView(
        planned_days=float(kept.problem.tasks.duration_days[task]),
        low=effort.low,
        likely=effort.likely,
        high=effort.high,
        basis=effort.basis.value,
        source=effort.source,
    )


def _loss(kept: KeptPlan, loss: Loss) -> LossView:
    ids = kept.problem.neighbourhoods.ids
    return LossView(
        person_days=loss.person_days,
        neighbourhoods=tuple(
            NeighbourhoodLoss(neighbourhood=kept.words.thing(ids[n]), person_days=person_days)
            for n, person_days in loss.by_neighbourhood
        ),
    )


def _instead(kept: KeptPlan, found: Counterfactual) -> tuple[AlternativeView, ...]:
    return tuple(
        AlternativeView(
            key=kept.words.key(other.task),
            name=kept.words.task(other.task),
            start_day=other.start_day,
            is_next=other.is_next,
            is_ready=other.is_ready,
            loss=_loss(kept, other.loss),
        )
        for other in found.instead
    )


def _rests_on(kept: KeptPlan, task: int) -> tuple[GroundView, ...]:
    identity = kept.problem.tasks.ids[task]
    vocabulary = kept.reading.weigher.vocabulary
    grounds = grounds_of(identity, kept.situation.heard, vocabulary)
    return tuple(_ground(kept, ground) for ground in grounds)


def _ground(kept: KeptPlan, ground: Ground) -> GroundView:
    belief = ground.belief
    seen = kept.reading.weigher.belief(belief.thing, belief.property, kept.request.at)
    view = view_of_belief(seen, kept.reading)
    is_hidden = seen.n_withheld > 0
    voices = {voice.who: None for answer in view.answers for voice in answer.voices}
    return GroundView(
        thing=kept.words.thing(seen.thing),
        property=view.label.en,
        value=WITHHELD if is_hidden else view.value or view.act_on or view.status,
        firmness=ground.firmness.value,
        said_by=() if is_hidden else tuple(voices),
        reason="" if is_hidden else view.reason,
    )
