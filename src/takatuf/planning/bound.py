"""How good any plan could be at best: a value that no plan can be below, with its proof.

1. *Chains.* No service is back before the longest chain of work that leads to it, each task
   begun when a team can first be there. Tasks that are begun on the same terms and needed by
   the same count as one, which takes as long as the teams that may do it need for all of it.
2. *Teams.* Every plan, seen as shares of what has happened by when, keeps the rows of a linear
   program (`takatuf.planning.bounding.relaxation`). So its value is at least the best of the
   program. The solver of the program is not believed: it only names prices, and any prices at
   all prove a bound by weak duality (`takatuf.planning.bounding.program`).

The greater of the two is the bound. Rounding is always downwards. The finer the grid of days,
the higher the bound and the longer it takes. What the program does not know: that a team cannot
do parts of tasks, and travel after the first journey. So there may be no plan at the bound.

Source: programs over start times as in A. Pritsker, L. Watters, P. Wolfe (1969),
Multiproject scheduling with limited resources, https://doi.org/10.1287/mnsc.16.1.93; work that
cannot be put off as in J. Erschler, P. Lopez, C. Thuriot (1991), energetic reasoning.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from takatuf.planning.bounding.case import Case, case_of
from takatuf.planning.bounding.grid import Grid
from takatuf.planning.bounding.relaxation import value_by
from takatuf.planning.problem import PlanningProblem

QUICK_EFFORT = 470.0  # steps times the root of the events: up to 10 CPU seconds (measured)
FEWEST_STEPS, MOST_STEPS = 3, 24  # of a quick proof
FINEST_STEPS = 400  # of any
FINER = 2.0  # each grid of a long proof has so many times the steps of the one before
GROWTH = 2.5  # time grows about with this power of the steps (measured)
SPARE_SHARE = 0.8  # of the time that is left may be planned for: times are only about so
ROUNDING_SHARE = 1e-9  # taken off the longest chains: sums are not exact
PROVEN_SHARE = 1e-6  # a bound so near to the value of a plan proves that it is the best

Told = Callable[[float, float, float], None]  # seconds gone by, of how many, the bound so far


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A value that no plan can be below, and how it was proven."""

    value: float  # weighted person-days, 0 or more
    method: str  # "chains" or "teams", as in the module's text
    step_days: float | None  # of the grid, for "teams"


def bound_of(problem: PlanningProblem, near: float | None = None) -> float:
    """Return a value in weighted person-days that no plan can be below; 0 or more.

    It takes at most about 10 CPU seconds for 2,200 tasks; for much larger problems the
    longest chains are all that is proven.

    Args:
        problem: What is to be done.
        near: The value of some plan; the bound is not above it.
    """
    case = case_of(problem)
    proof, n_steps = _chains(case), _quick_steps(case)
    if n_steps >= FEWEST_STEPS:
        proof = _better(case, proof, _grid(case, n_steps))
    return proof.value if near is None else min(proof.value, near)


def proven_bound(
    problem: PlanningProblem,
    near: float | None = None,
    seconds: float = 600.0,
    on_progress: Told | None = None,
) -> Proof:
    """Return the best that can be proven in the time; at least the longest chains.

    Finer and finer grids are tried while the next one is likely to end in time.

    Args:
        problem: What is to be done.
        near: The value of some plan: a bound that reaches it ends the search.
        seconds: Of the wall clock; a grid that takes longer is given up.
        on_progress: Told after each grid.
    """
    started = monotonic()
    case = case_of(problem)
    proof, n_steps = _chains(case), max(_quick_steps(case) // 2, FEWEST_STEPS)
    enough = float("inf") if near is None else near * (1.0 - PROVEN_SHARE)
    while case.open_events and proof.value < enough:
        begun = monotonic()
        proof = _better(case, proof, _grid(case, n_steps), seconds - (begun - started))
        now = monotonic()
        if on_progress:
            on_progress(now - started, seconds, proof.value)
        finer = _finer(n_steps, now - begun, seconds - (now - started))
        if finer == n_steps:
            break
        n_steps = finer
    return proof


def _chains(case: Case) -> Proof:
    value = max(case.chains_value * (1.0 - ROUNDING_SHARE), 0.0)
    return Proof(value=value, method="chains", step_days=None)


def _quick_steps(case: Case) -> int:
    n_rows = len(case.open_events) + len(case.open_bundles)
    return min(int(QUICK_EFFORT / n_rows**0.5), MOST_STEPS) if n_rows else 0


def _grid(case: Case, n_steps: int) -> Grid:
    return Grid.even(case.busy_days, case.horizon_days, n_steps)


def _better(case: Case, proof: Proof, grid: Grid, seconds: float | None = None) -> Proof:
    value = value_by(case, grid, seconds)
    if value is None or value <= proof.value:
        return proof
    return Proof(value=value, method="teams", step_days=float(grid.days[0]))


def _finer(n_steps: int, took_seconds: float, left_seconds: float) -> int:
    # The finest grid that is likely to end in time; the same one if no finer one is.
    room = SPARE_SHARE * max(left_seconds, 0.0) / max(took_seconds, 1e-3)
    times = min(room ** (1.0 / GROWTH), FINER)
    return max(min(int(n_steps * times), FINEST_STEPS), n_steps)
