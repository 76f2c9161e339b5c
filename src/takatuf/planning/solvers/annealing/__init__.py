"""Local search over priorities, by simulated annealing."""

from takatuf.planning.solvers.annealing.packages import packages_of
from takatuf.planning.solvers.annealing.searching import Aim, Found, Progress, search, together

__all__ = ["Aim", "Found", "Progress", "packages_of", "search", "together"]
