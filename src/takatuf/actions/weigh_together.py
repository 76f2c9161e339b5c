"""Weigh what acting together is worth in this city: gains, delays, shares, prices, refusals.

Every figure comes with its spread over seeds, and every plan behind it passes the independent
checker first. A figure of the search alone says nothing of the data it stands on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from takatuf.actions.make_plan import picture_city
from takatuf.city.city import City
from takatuf.planning.building import build_problem
from takatuf.planning.checking import problems_of
from takatuf.planning.comparing import (
    Effort,
    GainSpread,
    Meanwhile,
    Range,
    Reference,
    Shares,
    Spread,
    Tried,
    WaySpread,
    blocs_of,
    changes_of,
    delays,
    price_of,
    range_of,
    refusal_of,
    shares_of,
    spread,
)
from takatuf.planning.problem import PlanningProblem
from takatuf.planning.request import PlanRequest
from takatuf.planning.solvers.annealing import Progress, packages_of
from takatuf.reports.register import Register
from takatuf.safeguards.actor import Actor
from takatuf.safeguards.permissions import Action, Object, require
from takatuf.vocabulary.errors import NotFoundError

OnProgress = Callable[[str, int, int], None]  # what is done, how far, of how much
PROBES_PER_WAY = 10  # a day, a coalition or a change is given the tenth part of a way's effort


class Question(StrEnum):
    """What is asked beside the ways themselves."""

    WAYS = "ways"
    DELAY = "delay"
    SHAPLEY = "shapley"
    PRICES = "prices"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True, kw_only=True)
class GainRequest:
    """What is asked, of which plan, with how many seeds; the first seed is the plan's."""

    plan: PlanRequest
    question: Question = Question.WAYS
    n_seeds: int = 5
    late_days: float = 30.0  # for the price of coming late
    organisation: str = ""  # whose refusal is asked about; a name or an identity

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seeds, one after another."""
        return tuple(range(self.plan.seed, self.plan.seed + self.n_seeds))


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayView:
    """The first day of starting on which nothing is gained any more, for each seed."""

    over: str
    meanwhile: Meanwhile
    days_by_seed: tuple[int | None, ...]  # None: something is gained as long as work remains


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareView:
    """What a bloc brings of the gain over each alone."""

    organisations: tuple[str, ...]
    person_days: Range
    percent: Range  # of the gain
    standard_error: float  # of the orders that were drawn, the largest of all seeds; 0: exact


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceView:
    """What a restriction or a delay costs."""

    organisation: str
    name: str
    person_days: Range
    noise: float
    is_clear: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitView:
    """How much longer a neighbourhood waits."""

    neighbourhood: str
    days: Range
    person_days: Range


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalView:
    """What an organisation's refusal costs."""

    price: PriceView
    undone: tuple[str, ...]
    waits: tuple[WaitView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GainMade:
    """The ways of planning over seeds, and the answer to the question that was asked."""

    question: Question
    seeds: tuple[int, ...]
    evaluations: int
    ways: tuple[WaySpread, ...]
    gains: tuple[GainSpread, ...]
    delays: tuple[DelayView, ...] = field(default=())
    shares: tuple[ShareView, ...] = field(default=())
    prices: tuple[PriceView, ...] = field(default=())
    refusal: RefusalView | None = None


@dataclass(frozen=True, slots=True)
class _Case:
    request: GainRequest
    city: City
    problem: PlanningProblem
    spread: Spread
    on_progress: OnProgress | None

    @property
    def evaluations(self) -> int:
        return max(1, self.request.plan.evaluations // PROBES_PER_WAY)

    def tell(self, what: str, done: int, total: int) -> None:
        if self.on_progress:
            self.on_progress(what, done, total)

    def progress(self, what: str, at: int) -> Progress:
        n = len(self.request.seeds)
        return lambda done, of, _: self.tell(what, at * of + done, n * of)

    def name(self, organisation: int) -> str:
        return self.problem.organisation_names[organisation]


def weigh_together(
    register: Register, actor: Actor, request: GainRequest, on_progress: OnProgress | None = None
) -> GainMade:
    """Return what acting together is worth, and what was asked besides.

    Raises:
        InputError: The picture cannot be planned for.
        NotAllowedError: The actor may not plan.
        NotFoundError: No organisation of this name has a team here.
    """
    require(actor, Action.PLAN, Object())
    city = picture_city(register, request.plan)
    problem = build_problem(city, request.plan)
    organisation = _organisation(city, problem, request)
    told: Progress = (
        (lambda done, total, _: on_progress("planning: four ways", done, total))
        if on_progress
        else _nobody
    )
    found = spread(problem, request.plan.evaluations, request.seeds, told)
    _check(problem, found.tried)
    case = _Case(request, city, problem, found, on_progress)
    question = request.question
    return GainMade(
        question=question,
        seeds=found.seeds,
        evaluations=found.evaluations,
        ways=found.ways,
        gains=found.gains,
        delays=_delays(case) if question is Question.DELAY else (),
        shares=_shares(case) if question is Question.SHAPLEY else (),
        prices=_prices(case) if question is Question.PRICES else (),
        refusal=None if organisation is None else _refusal(case, organisation),
    )


def _nobody(_done: int, _total: int, _best: float) -> None:
    """Tell nobody."""


def _organisation(city: City, problem: PlanningProblem, request: GainRequest) -> int | None:
    if request.question is not Question.DECLINE:
        return None
    thing = city.situation.names.find(request.organisation)
    if thing not in problem.organisations:
        raise NotFoundError(f"{request.organisation} has no team in this plan.")
    return problem.organisations.index(thing)


def _check(problem: PlanningProblem, tried: Sequence[Tried]) -> None:
    for one in tried:
        for way in one:
            broken = problems_of(problem, way.plan, way.served)
            if broken:
                raise RuntimeError("\n".join(str(problem) for problem in broken))


def _delays(case: _Case) -> tuple[DelayView, ...]:
    found = [
        delays(case.problem, tried, case.evaluations, seed, case.progress("coming late", at)).delays
        for at, (seed, tried) in enumerate(zip(case.spread.seeds, case.spread.tried, strict=True))
    ]
    return tuple(
        DelayView(
            over=same[0].over,
            meanwhile=same[0].meanwhile,
            days_by_seed=tuple(one.days for one in same),
        )
        for same in zip(*found, strict=True)
    )


def _shares(case: _Case) -> tuple[ShareView, ...]:
    blocs, packages = blocs_of(case.problem), packages_of(case.problem)
    found = [
        shares_of(
            case.problem,
            tried,
            Effort(case.evaluations, seed, packages),
            blocs,
            case.progress("who brings what", at),
        )
        for at, (seed, tried) in enumerate(zip(case.spread.seeds, case.spread.tried, strict=True))
    ]
    return tuple(_share(case, found, at) for at in range(len(blocs)))


def _share(case: _Case, found: Sequence[Shares], at: int) -> ShareView:
    own = [shares.shares[at] for shares in found]
    percent = [
        100.0 * share.person_days / shares.gain if shares.gain else 0.0
        for share, shares in zip(own, found, strict=True)
    ]
    return ShareView(
        organisations=tuple(case.name(one) for one in own[0].bloc),
        person_days=range_of([share.person_days for share in own]),
        percent=range_of(percent),
        standard_error=max(share.standard_error for share in own),
    )


def _prices(case: _Case) -> tuple[PriceView, ...]:
    reference = _reference(case)
    changes = changes_of(case.problem, case.request.late_days)
    views = []
    for number, change in enumerate(changes):
        price = price_of(reference, change)
        views.append(
            PriceView(
                organisation=case.name(price.organisation),
                name=price.name,
                person_days=price.person_days,
                noise=price.noise,
                is_clear=price.is_clear,
            )
        )
        case.tell("what rules cost", number + 1, len(changes))
    return tuple(sorted(views, key=lambda view: -view.person_days.middle))


def _refusal(case: _Case, organisation: int) -> RefusalView:
    refusal = refusal_of(_reference(case), organisation)
    names, problem = case.city.situation.names, case.problem
    return RefusalView(
        price=PriceView(
            organisation=case.name(organisation),
            name=refusal.price.name,
            person_days=refusal.price.person_days,
            noise=refusal.price.noise,
            is_clear=refusal.price.is_clear,
        ),
        undone=tuple(f"{problem.tasks.names[one.task]}: {one.reason}" for one in refusal.undone),
        waits=tuple(
            WaitView(
                neighbourhood=names.of(problem.neighbourhoods.ids[wait.neighbourhood]),
                days=wait.days,
                person_days=wait.person_days,
            )
            for wait in refusal.waits
        ),
    )


def _reference(case: _Case) -> Reference:
    joint = case.spread.middle.together
    return Reference(case.problem, joint, case.evaluations, case.spread.seeds)
