"""Going on with a joint plan: by time, threads and windows, beyond the effort of the comparison."""

from collections.abc import Callable
from dataclasses import replace

from takatuf.planning.bound import proven_bound
from takatuf.planning.comparing.keys import best_of, planned
from takatuf.planning.comparing.ways import Comparison, Way
from takatuf.planning.explaining.rerunning import rerun
from takatuf.planning.outcomes import curve_of, outcome_of
from takatuf.planning.problem import PlanningProblem
from takatuf.planning.solvers.annealing import Effort, StopRule, search_side_by_side, together
from takatuf.planning.solvers.windows import polish


def improved(
    problem: PlanningProblem,
    made: Comparison,
    stops: tuple[StopRule, ...],
    windows: int = 0,
    on_progress: Callable[[Effort], None] | None = None,
) -> Comparison:
    """Return the comparison with a joint plan that is as good as before or better.

    The two other ways keep their effort, so the gains are no longer at equal effort; the number
    of evaluations of each outcome says so.

    Args:
        problem: What is to be done.
        made: Of the same problem.
        stops: A rule for each search that runs beside the others.
        windows: How many windows are solved exactly at the end; needs the extra "windows".
        on_progress: Told by the first search.
    """
    before = made.together.outcome
    again = rerun(problem, before.plan, before.served)
    start = (again.keys, again.holds)
    aim = together(problem)
    found = search_side_by_side(problem, aim, stops, before.seed, (start,), on_progress)
    plans = [planned(problem, found.keys, found.holds)]
    if windows:
        order = polish(problem, (found.keys, found.holds), windows, before.seed)
        plans.append(planned(problem, order.keys, order.holds))
    best = best_of(*plans)
    if best.served.person_days >= before.served.person_days:
        return made
    outcome = outcome_of(
        problem,
        best.plan,
        best.served,
        bound=before.bound,
        seed=before.seed,
        evaluations=before.evaluations + found.evaluations,
    )
    curve = curve_of(problem, best.served)
    return replace(made, together=replace(made.together, outcome=outcome, curve=curve))


def proven_longer(problem: PlanningProblem, made: Comparison, seconds: float) -> Comparison:
    """Return the comparison with a bound that was sought for so long; never a lower one."""
    value = made.together.outcome.served.person_days
    proven = proven_bound(problem, value, seconds).value
    bound = max(made.together.outcome.bound, proven)

    def with_bound(way: Way) -> Way:
        return replace(way, outcome=replace(way.outcome, bound=bound))

    return Comparison(
        alone=with_bound(made.alone),
        shared=with_bound(made.shared),
        together=with_bound(made.together),
    )
