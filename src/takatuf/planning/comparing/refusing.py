"""What if an organisation declines: what nobody can do then, and who waits how much longer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from takatuf.planning.comparing.equity import waiting_days
from takatuf.planning.comparing.keys import Planned
from takatuf.planning.comparing.pricing import Change, Price, Reference, priced
from takatuf.planning.comparing.ranges import Range, range_of
from takatuf.planning.outcomes import unmet_of
from takatuf.planning.plan import Unmet
from takatuf.planning.problem import PlanningProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class LongerWait:
    """How much longer one neighbourhood waits, over seeds."""

    neighbourhood: int
    days: Range  # the mean over services, by their weights
    person_days: Range  # of residents: people times weight times days


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What an organisation's refusal costs everybody."""

    price: Price
    undone: tuple[Unmet, ...]  # tasks that nobody can do then, but could before
    waits: tuple[LongerWait, ...]  # of each neighbourhood, the worst hit first


def refusal_of(reference: Reference, organisation: int) -> Refusal:
    """Return what it costs if an organisation's teams do not come."""
    without = declined(reference.problem, organisation)
    change = Change(name="declines", organisation=organisation, problem=without, sign=1)
    changed = reference.again(without)
    # What can be done at all does not hang on the seed.
    could_not = {unmet.task for unmet in unmet_of(reference.problem, reference.found[0].plan)}
    unmet = unmet_of(without, changed[0].plan)
    return Refusal(
        price=priced(reference, change, changed),
        undone=tuple(one for one in unmet if one.task not in could_not),
        waits=_longer_waits(reference, changed),
    )


def declined(problem: PlanningProblem, organisation: int) -> PlanningProblem:
    """Return the problem with an organisation's teams never free."""
    out = problem.teams.organisation == organisation
    free = np.where(out, np.inf, problem.teams.free_from_day)
    return replace(problem, teams=replace(problem.teams, free_from_day=free))


def _longer_waits(reference: Reference, changed: Sequence[Planned]) -> tuple[LongerWait, ...]:
    problem = reference.problem
    longer = np.array(
        [
            waiting_days(problem, after.served) - waiting_days(problem, before.served)
            for before, after in zip(reference.found, changed, strict=True)
        ]
    )
    people_days = longer * problem.neighbourhoods.people * problem.weights.sum()
    waits = [
        LongerWait(
            neighbourhood=n,
            days=range_of(longer[:, n].tolist()),
            person_days=range_of(people_days[:, n].tolist()),
        )
        for n in range(longer.shape[1])
    ]
    return tuple(sorted(waits, key=lambda wait: -wait.person_days.middle))
