"""When a search ends: rules that say how much of their limit is used up, and can be combined.

A rule is 0 at the beginning and 1 or more when the search has to end. The search also cools
down by it, so that it ends cold whatever stops it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


class Effort(NamedTuple):
    """How far a search is."""

    evaluations: int
    value: float  # the best so far, in weighted person-days


StopRule = Callable[[Effort], float]


def after_evaluations(limit: int) -> StopRule:
    """Return the rule that ends a search after so many schedules; it is the same on any machine."""
    return lambda effort: effort.evaluations / max(limit, 1)


@dataclass(slots=True)
class AfterSeconds:
    """The rule that ends a search after some time, counted from the first question."""

    limit_s: float
    clock: Callable[[], float]  # seconds, as `time.monotonic` gives them
    began_s: float | None = None

    def __call__(self, effort: Effort) -> float:
        """Return the share of the time that is over."""
        del effort  # the time does not depend on it
        if self.began_s is None:
            self.began_s = self.clock()
        return (self.clock() - self.began_s) / max(self.limit_s, 1e-9)


def within_gap(bound: float, share: float) -> StopRule:
    """Return the rule that ends a search when no plan can be better by more than this share.

    Args:
        bound: Weighted person-days that no plan can be below.
        share: Of the value that was found; 0: only a plan that is proven best is good enough.
    """
    return lambda effort: 1.0 if effort.value - bound <= share * effort.value else 0.0


def first_of(*rules: StopRule) -> StopRule:
    """Return the rule that ends a search as soon as one of these does."""
    return lambda effort: max(rule(effort) for rule in rules)


def all_of(*rules: StopRule) -> StopRule:
    """Return the rule that ends a search only when all of these would."""
    return lambda effort: min(rule(effort) for rule in rules)
