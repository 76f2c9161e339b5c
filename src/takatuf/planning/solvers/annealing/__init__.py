"""Local search over priorities, by simulated annealing."""

from takatuf.planning.solvers.annealing.aims import Aim, Found, together
from takatuf.planning.solvers.annealing.packages import packages_of
from takatuf.planning.solvers.annealing.searching import (
    Progress,
    search,
    search_side_by_side,
    search_until,
)
from takatuf.planning.solvers.annealing.stopping import (
    AfterSeconds,
    Effort,
    StopRule,
    after_evaluations,
    all_of,
    first_of,
    within_gap,
)

__all__ = [
    "AfterSeconds",
    "Aim",
    "Effort",
    "Found",
    "Progress",
    "StopRule",
    "after_evaluations",
    "all_of",
    "first_of",
    "packages_of",
    "search",
    "search_side_by_side",
    "search_until",
    "together",
    "within_gap",
]
