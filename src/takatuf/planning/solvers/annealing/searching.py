"""Simulated annealing over random keys: many short walks first, then the best one refined.

Source: random keys after J. C. Bean (1994), Genetic algorithms and random keys for sequencing
and optimization, ORSA Journal on Computing 6, 154-160, https://doi.org/10.1287/ijoc.6.2.154.
Each key comes with a hold, as an order of tasks alone cannot say that a team should wait.
"""

from collections.abc import Callable

from takatuf.planning.problem import Floats, PlanningProblem
from takatuf.planning.solvers.annealing.aims import Aim, Found
from takatuf.planning.solvers.annealing.stopping import Effort, StopRule, after_evaluations
from takatuf.planning.solvers.annealing.tournament import Tournament
from takatuf.planning.solvers.annealing.walker import Start, Walker

Progress = Callable[[int, int, float], None]  # evaluations done, of how many, best value so far

SEED_STEP = 1_000_003  # seeds of walkers side by side are so far apart


def search(
    problem: PlanningProblem,
    aim: Aim,
    evaluations: int,
    seed: int,
    starts: tuple[Floats | Start, ...] = (),
    on_progress: Progress | None = None,
) -> Found:
    """Return the best keys found; the same arguments give the same keys.

    It starts from the best of a greedy order, a random one and those given, so the result is
    never worse than any of them. It may be stopped at any moment by an exception, such as
    the user's KeyboardInterrupt, which passes through.

    Args:
        problem: What is to be done.
        aim: Whose keys are sought; those of its ``row`` on entry do not matter.
        evaluations: How many schedules are made, starts included; at least the starts are.
        seed: Decides all that is random.
        starts: Further keys to start from, each of shape ``(n_tasks,)``, or with their holds.
        on_progress: Told every 250 evaluations how far the search is.
    """

    def tell(effort: Effort) -> None:
        if on_progress:
            on_progress(min(effort.evaluations, evaluations), evaluations, effort.value)

    walker = Walker(problem, aim, after_evaluations(evaluations), seed, starts)
    walker.most = evaluations
    walker.on_progress = tell
    return _searched([walker], aim)


def search_until(
    problem: PlanningProblem,
    aim: Aim,
    stop: StopRule,
    seed: int,
    starts: tuple[Floats | Start, ...] = (),
    on_progress: Callable[[Effort], None] | None = None,
) -> Found:
    """Return the best keys found until a rule ends the search; else as `search`."""
    return search_side_by_side(problem, aim, (stop,), seed, starts, on_progress)


def search_side_by_side(
    problem: PlanningProblem,
    aim: Aim,
    stops: tuple[StopRule, ...],
    seed: int,
    starts: tuple[Floats | Start, ...] = (),
    on_progress: Callable[[Effort], None] | None = None,
) -> Found:
    """Return the best keys of several walkers at once, one for each stop rule.

    They share the walks of one search (`takatuf.planning.solvers.annealing.tournament`).
    With rules that count evaluations the result is the same on any machine. Compiled code
    lets other threads run, so this takes as long as one walker, if there are enough cores.

    Args:
        problem: What is to be done.
        aim: Whose keys are sought.
        stops: A rule for each walker; each asks only its own.
        seed: Decides all that is random.
        starts: As in `search`.
        on_progress: Told by the first walker.
    """
    walkers = [
        Walker(problem, aim, stop, seed + SEED_STEP * number, starts)
        for number, stop in enumerate(stops)
    ]
    walkers[0].on_progress = on_progress
    return _searched(walkers, aim)


def _searched(walkers: list[Walker], aim: Aim) -> Found:
    Tournament(walkers, may_hold=aim.may_hold).run()
    best = min((walker.best for walker in walkers), key=lambda point: point.value)
    evaluations = sum(walker.evaluations for walker in walkers)
    return Found(best.keys.copy(), best.value, best.holds.copy(), evaluations)
