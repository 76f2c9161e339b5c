"""How a search spends its effort: hot and cold, all tasks and skill by skill, far and near.

How large the steps of a search should be differs from city to city: where few neighbourhoods
decide the value, it has to cross high ridges, where many do, it wastes its time on them. So
heats are shares of what one neighbourhood counts in the mean, the first part of the effort
tries several of them from the same start, and the rest goes to what did best.
"""

from dataclasses import dataclass
from enum import Enum

COLD = 5e-4  # the last heat of a cycle, or less if it began colder
COOLED_SHARE = 0.1  # of its first heat is then the last


class From(Enum):
    """Where a cycle begins."""

    START = "the best of the given starts"
    BEST = "the best found so far"


@dataclass(frozen=True, slots=True)
class Cycle:
    """One cooling down: a part of the whole effort."""

    until: float  # share of the effort at which it ends
    heat: float  # a loss of this share of one neighbourhood is often accepted at the beginning
    begins: From = From.BEST
    by_skill: bool = False  # one skill after another, with everybody's goals in view
    hold_share: float = 0.0  # of the moves: a task is held back

    def heat_at(self, done: float) -> float:
        """Return the heat after a share of the cycle, from its own down to cold."""
        last = min(COLD, self.heat * COOLED_SHARE)
        return float(self.heat * (last / self.heat) ** done)


HEATS = (7e-2, 2e-2, 6e-3)
MIDDLE_HEAT = 2e-2  # the only one where the effort is too small to try several
FEW_PER_TASK = 20  # evaluations: too small
TRYING_SHARE = 0.2  # of the effort, for all heats together
AGAIN_SHARE = 0.25  # the best heat once more from the start
NEAR_HEAT_SHARES = (0.3, 0.3, 0.1, 0.1, 0.03, 0.03)  # of that heat: ever colder around the best
HOLD_SHARE = 0.05


def trying(heats: tuple[float, ...] = HEATS) -> tuple[Cycle, ...]:
    """Return the first cycles: each heat once, from the start."""
    each = TRYING_SHARE / len(heats)
    return tuple(Cycle((number + 1) * each, heat, From.START) for number, heat in enumerate(heats))


def settling(best_heat: float, *, may_hold: bool, again: bool = True) -> tuple[Cycle, ...]:
    """Return the later cycles for the heat that did best; ``again``: first from the start."""
    hold_share = HOLD_SHARE if may_hold else 0.0
    first = TRYING_SHARE + (AGAIN_SHARE if again else 0.0)
    each = (1.0 - first) / len(NEAR_HEAT_SHARES)
    near = tuple(
        Cycle(
            first + (number + 1) * each,
            best_heat * share,
            by_skill=number % 2 == 0,
            hold_share=hold_share,
        )
        for number, share in enumerate(NEAR_HEAT_SHARES)
    )
    return (Cycle(first, best_heat, From.START), *near) if again else near
