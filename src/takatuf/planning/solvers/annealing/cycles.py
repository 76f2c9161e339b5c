"""How a search spends its effort: hot and cold, all tasks and skill by skill, far and near.

How large the steps of a search should be differs from city to city: where few people decide
the value, it has to cross high ridges, where many do, it wastes its time on them. So the first
part of the effort tries several heats from the same start, and the rest goes to what did best.
"""

from dataclasses import dataclass
from enum import Enum

COLD = 1e-5  # the last heat of a cycle; all heats are shares of the first value


class From(Enum):
    """Where a cycle begins."""

    START = "the best of the given starts"
    BEST = "the best found so far"


@dataclass(frozen=True, slots=True)
class Cycle:
    """One cooling down: a part of the whole effort."""

    until: float  # share of the effort at which it ends
    heat: float  # a loss of this share of the value is often accepted at the beginning
    begins: From = From.BEST
    by_skill: bool = False  # one skill after another, with everybody's goals in view
    hold_share: float = 0.0  # of the moves: a task is held back


HEATS = (7e-3, 1e-3, 2e-4)
MIDDLE_HEAT = 1e-3  # the only one where the effort is too small to try several
FEW_PER_TASK = 20  # evaluations: too small
TRYING_SHARE = 0.35  # of the effort, for all heats together
AGAIN_SHARE = 0.2  # the best heat once more from the start
NEAR_CYCLES = 3  # then ever colder around the best
NEAR_HEAT_SHARE = 0.3  # of the heat that did best
HOLD_SHARE = 0.05


def trying(heats: tuple[float, ...] = HEATS) -> tuple[Cycle, ...]:
    """Return the first cycles: each heat once, from the start."""
    each = TRYING_SHARE / len(heats)
    return tuple(Cycle((number + 1) * each, heat, From.START) for number, heat in enumerate(heats))


def settling(best_heat: float, *, may_hold: bool, again: bool = True) -> tuple[Cycle, ...]:
    """Return the later cycles for the heat that did best; ``again``: first from the start."""
    hold_share = HOLD_SHARE if may_hold else 0.0
    first = TRYING_SHARE + (AGAIN_SHARE if again else 0.0)
    each = (1.0 - first) / NEAR_CYCLES
    near = tuple(
        Cycle(
            first + (number + 1) * each,
            best_heat * NEAR_HEAT_SHARE ** (number + 1),
            by_skill=number == 0,
            hold_share=hold_share,
        )
        for number in range(NEAR_CYCLES)
    )
    return (Cycle(first, best_heat, From.START), *near) if again else near
