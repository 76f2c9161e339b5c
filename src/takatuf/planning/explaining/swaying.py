"""Which disputed beliefs would change the plan, if another answer to them were the true one.

One statement may dispute many beliefs at once: what is said of a city is said of its quarters.
Such beliefs are tried together, as one guess, and then each by itself.

For each answer the city is built again with it, and two plans are made for that other city:
the present order of tasks as it stands, and the best that a short search finds from there. What
lies between them is what would be lost by keeping to the present order, so it is what finding
out is worth. As far as the new order is better in today's city, too, that has nothing to do
with the answer; neither has what the same search finds there. The larger of both is noise.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from takatuf.city.city import city_of
from takatuf.picture.belief import Belief
from takatuf.picture.picture import Topic
from takatuf.picture.questions import DISPUTED
from takatuf.planning.building import build_problem
from takatuf.planning.explaining.rerunning import SAME_VALUE, Rerun
from takatuf.planning.explaining.supposing import NEVER_LIFTS, Supposing
from takatuf.planning.plan import Plan, Served
from takatuf.planning.problem import Floats, PlanningProblem
from takatuf.planning.remaining import SAME_DAY
from takatuf.planning.request import PlanRequest
from takatuf.planning.simulating import city_of as game_city_of
from takatuf.planning.simulating import crews_of, setting_of, simulate
from takatuf.planning.solvers.annealing import search, together
from takatuf.vocabulary.errors import InputError
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.quantity import Amount, in_first_unit
from takatuf.vocabulary.value import Value

OnProgress = Callable[[str, int, int], None]  # what is done, how far, of how much

MOST_ANSWERS = 4  # to one question; of more figures only the lowest and the highest are tried
STAYS_SHUT = "a hazard stays open until there is a release document: no answer here lifts it"
NO_PLAN = "with this answer there is nothing to plan with"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sway:
    """What would change if a belief, or all that one statement disputes, fell otherwise."""

    beliefs: tuple[Belief, ...]  # of one property
    value: Value | None  # that is supposed; None where none was tried
    note: str = ""  # why none was tried, or why there is no plan
    change: float = 0.0  # weighted person-days of the present order, above those of today's city
    lost_by_keeping: float = 0.0  # what a new search finds below that: worth of knowing
    noise: float = 0.0  # what search gains in today's city, or the new order would gain there
    appears: tuple[ThingId, ...] = field(default=())  # tasks
    disappears: tuple[ThingId, ...] = field(default=())
    differs_from_day: float | None = None  # first day that goes otherwise in the present order
    changes_order_from_day: float | None = None  # ... in the new order; None: told from noise not

    @property
    def worth_knowing(self) -> float:
        """What is lost by keeping to the present order, as far as it is above the noise."""
        return max(self.lost_by_keeping - self.noise, 0.0)


class Effort(NamedTuple):
    """How much is searched for each answer."""

    evaluations: int
    seed: int


def disputed(asked: Supposing) -> tuple[Belief, ...]:
    """Return the disputed beliefs among those that were asked for, in the order of their topics."""
    beliefs = (asked.heard[topic] for topic in sorted(asked.asked))
    return tuple(belief for belief in beliefs if belief.status in DISPUTED)


def sways_of(
    rerun: Rerun,
    situation: Supposing,
    request: PlanRequest,
    effort: Effort,
    on_progress: OnProgress | None = None,
) -> tuple[Sway, ...]:
    """Return what each other answer would change: the one most worth knowing first.

    Args:
        rerun: The plan, run again.
        situation: What the plan's city was built from, and so was asked.
        request: What the plan answers.
        effort: How much is searched for each answer.
        on_progress: Told how far it is.
    """
    beliefs = disputed(situation)
    guesses = _guesses(beliefs)
    case = _Case(rerun, situation, request, effort, _noise(rerun, effort) if guesses else 0.0)
    found = [
        Sway(beliefs=(belief,), value=None, note=STAYS_SHUT)
        for belief in beliefs
        if belief.property in NEVER_LIFTS
    ]
    for number, guess in enumerate(guesses):
        found.append(_sway(case, guess))
        if on_progress:
            on_progress("supposing other answers", number + 1, len(guesses))
    return tuple(sorted(found, key=_importance))


class _Order(NamedTuple):
    keys: Floats
    holds: Floats


class _Guess(NamedTuple):
    beliefs: tuple[Belief, ...]
    value: Value


@dataclass(frozen=True, slots=True)
class _Case:
    rerun: Rerun
    situation: Supposing
    request: PlanRequest
    effort: Effort
    noise: float


def _importance(sway: Sway) -> tuple[float, float, int, Topic, str]:
    first = sway.beliefs[0]
    topic = (first.thing, first.property)
    return -sway.worth_knowing, -abs(sway.change), -len(sway.beliefs), topic, str(sway.value)


def _guesses(beliefs: tuple[Belief, ...]) -> list[_Guess]:
    alone = [_Guess((belief,), value) for belief in beliefs for value in _others(belief)]
    said_alike: dict[tuple[str, str, frozenset[tuple[str, int]]], list[_Guess]] = {}
    for guess in alone:
        (belief,) = guess.beliefs
        statements = frozenset(
            statement.sort_key()
            for answer in belief.answers
            if answer.value == guess.value and not answer.is_denial
            for statement in answer.statements
        )
        key = (belief.property, repr(guess.value), statements)
        said_alike.setdefault(key, []).append(guess)
    joint = [
        _Guess(tuple(belief for guess in alike for belief in guess.beliefs), alike[0].value)
        for alike in said_alike.values()
        if len(alike) > 1
    ]
    return joint + alone


def _others(belief: Belief) -> tuple[Value, ...]:
    if belief.property in NEVER_LIFTS:
        return ()
    values: dict[str, Value] = {}
    for answer in belief.answers:
        if not answer.is_denial and answer.value != belief.act_on:
            values.setdefault(repr(answer.value), answer.value)
    amounts = [value for value in values.values() if isinstance(value, Amount)]
    if len(amounts) > MOST_ANSWERS:
        amounts.sort(key=lambda amount: (in_first_unit(amount) or 0.0, repr(amount)))
        return amounts[0], amounts[-1]
    return tuple(list(values.values())[:MOST_ANSWERS])


def _noise(rerun: Rerun, effort: Effort) -> float:
    _, (_, served) = _searched(rerun.problem, rerun.keys, rerun.holds, effort)
    return rerun.served.person_days - served.person_days


def _sway(case: _Case, guess: _Guess) -> Sway:
    beliefs, value = guess
    supposed = case.situation.but({(b.thing, b.property): value for b in beliefs})
    try:
        problem = build_problem(city_of(supposed), case.request)
    except InputError:
        return Sway(beliefs=beliefs, value=value, note=NO_PLAN)
    before, rerun = case.rerun.problem, case.rerun
    keys = _carried(before, problem, rerun.keys, np.ones(problem.n_tasks))
    holds = _carried(before, problem, rerun.holds, np.zeros(problem.n_tasks))
    kept = _simulated(problem, keys, holds)
    first = _first_difference((before, rerun.plan), (problem, kept[0]))
    change = kept[1].person_days - rerun.served.person_days
    if first is None and abs(change) <= SAME_VALUE and _is_same_work(before, problem):
        return Sway(beliefs=beliefs, value=value, noise=case.noise)
    order, new = _searched(problem, keys, holds, case.effort)
    lost = kept[1].person_days - new[1].person_days
    noise = max(case.noise, _gain_today(rerun, problem, order))
    is_clear = lost > noise + SAME_VALUE
    return Sway(
        beliefs=beliefs,
        value=value,
        change=change,
        lost_by_keeping=lost,
        noise=noise,
        appears=_missing(problem, before),
        disappears=_missing(before, problem),
        differs_from_day=first,
        changes_order_from_day=(
            _first_difference((problem, kept[0]), (problem, new[0])) if is_clear else None
        ),
    )


def _carried(
    before: PlanningProblem, now: PlanningProblem, values: Floats, default: Floats
) -> Floats:
    """Return the tasks' values in another problem; a task that was not there has its default."""
    of: Mapping[ThingId, float] = dict(zip(before.tasks.ids, values.tolist(), strict=True))
    pairs = zip(now.tasks.ids, default.tolist(), strict=True)
    return np.array([of.get(task, other) for task, other in pairs], dtype=np.float64)


def _gain_today(rerun: Rerun, problem: PlanningProblem, order: _Order) -> float:
    """Return what an order that was found for another city would gain in today's."""
    keys = _carried(problem, rerun.problem, order.keys, rerun.keys)
    holds = _carried(problem, rerun.problem, order.holds, rerun.holds)
    return rerun.served.person_days - rerun.run(keys, holds)[1].person_days


def _simulated(problem: PlanningProblem, keys: Floats, holds: Floats) -> tuple[Plan, Served]:
    game = game_city_of(problem), crews_of(problem, 1), setting_of(problem)
    return simulate(*game, keys[None, :], holds)


def _searched(
    problem: PlanningProblem, keys: Floats, holds: Floats, effort: Effort
) -> tuple[_Order, tuple[Plan, Served]]:
    aim = together(problem)
    found = search(problem, aim, effort.evaluations, effort.seed, ((keys, holds),))
    order = _Order(found.keys[0], found.holds)
    return order, _simulated(problem, *order)


def _is_same_work(one: PlanningProblem, other: PlanningProblem) -> bool:
    return one.tasks.ids == other.tasks.ids and bool(
        np.array_equal(one.neighbourhoods.people, other.neighbourhoods.people)
    )


def _missing(here: PlanningProblem, there: PlanningProblem) -> tuple[ThingId, ...]:
    known = set(there.tasks.ids)
    return tuple(task for task in here.tasks.ids if task not in known)


def _first_difference(
    one: tuple[PlanningProblem, Plan], other: tuple[PlanningProblem, Plan]
) -> float | None:
    """Return the first day on which a team begins a task in one plan and not in the other."""
    rows = [_starts(*one), _starts(*other)]
    days = (
        min(rows[0].get(key, np.inf), rows[1].get(key, np.inf))
        for key in rows[0].keys() | rows[1].keys()
        if abs(rows[0].get(key, np.inf) - rows[1].get(key, np.inf)) > SAME_DAY
    )
    return min(days, default=None)


def _starts(problem: PlanningProblem, plan: Plan) -> dict[tuple[ThingId, ThingId], float]:
    tasks, teams = problem.tasks.ids, problem.teams.ids
    return {(tasks[w.task], teams[w.team]): w.start_day for w in plan.assignments}
