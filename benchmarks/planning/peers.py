"""Other ways to plan the same work: simple rules, CP-SAT as one model, and our search.

``python -m benchmarks.planning peers DIR [--names xs s m] [--seconds 60]``. Rules order the tasks
and go through our simulator; CP-SAT has the whole problem as one model, on two threads, for the
same wall time as our search, and its plan goes through our simulator too.
"""

import argparse
import time
from pathlib import Path

import numpy as np

from benchmarks.planning.cities import MILLION, load
from benchmarks.planning.joint import THREADS, WARM_UP, joint_value
from benchmarks.planning.machine import machine_line
from benchmarks.planning.one_model import solved
from takatuf.planning.problem import Floats, PlanningProblem
from takatuf.planning.simulating import (
    city_of,
    crews_of,
    setting_of,
    simulate,
)
from takatuf.planning.solvers.annealing import packages_of, search, together
from takatuf.planning.solvers.annealing.packages import greedy_keys


def by_people(problem: PlanningProblem) -> Floats:
    """Return keys that serve the most populous neighbourhoods first, with all they wait for."""
    return _by_neighbourhood(problem, -problem.neighbourhoods.people)


def by_nearness(problem: PlanningProblem) -> Floats:
    """Return keys that take the tasks nearest to an entry first."""
    roads, tasks = problem.roads, problem.tasks
    days = roads.travel_days[roads.hubs].min(axis=0)[tasks.node]
    if not days.any():  # no travel in this city: count roads instead
        days = _roads_from_hubs(problem)[tasks.node]
    return np.asarray(days + np.arange(problem.n_tasks) * 1e-9)


def _roads_from_hubs(problem: PlanningProblem) -> Floats:
    roads = problem.roads
    steps = np.full(len(roads.node_ids), np.inf)
    steps[roads.hubs] = 0.0
    for _ in roads.node_ids:
        np.minimum.at(steps, roads.end, steps[roads.start] + 1)
        np.minimum.at(steps, roads.start, steps[roads.end] + 1)
    return steps


def _by_neighbourhood(problem: PlanningProblem, rank: Floats) -> Floats:
    n = len(problem.neighbourhoods.ids)
    packages = packages_of(problem)
    keys = np.full(problem.n_tasks, np.inf)
    for row in range(len(packages)):
        own = packages.row(row)
        keys[own] = np.minimum(keys[own], rank[row % n])
    return keys


def value_of_order(problem: PlanningProblem, keys: Floats) -> float:
    """Return the weighted person-days of an order of tasks."""
    game = city_of(problem), crews_of(problem, 1), setting_of(problem)
    return simulate(*game, keys[None, :])[1].person_days


def measure(directory: Path, name: str, seconds: float) -> None:
    """Print one line for each way."""
    problem = load(directory, name)
    weight = setting_of(problem).people_weight
    rules = {
        "random": np.random.default_rng(1).random(problem.n_tasks),
        "nearest first": by_nearness(problem),
        "largest population first": by_people(problem),
        "ratio greedy": greedy_keys(problem, packages_of(problem), weight),
    }
    for rule, keys in rules.items():
        _print(name, rule, value_of_order(problem, keys), 0.0)
    began = time.monotonic()
    starts, bound = solved(problem, seconds, THREADS)
    taken = time.monotonic() - began
    if starts is None:
        print(f"{name:6} CP-SAT as one model      no plan in {taken:.0f} s")
    else:
        note = f"its own bound {bound / MILLION:.3f}"
        _print(name, "CP-SAT as one model", value_of_order(problem, starts), taken, note)
    search(problem, together(problem), WARM_UP, 1)
    _print(name, "ours", joint_value(problem, seconds, 1)[0], seconds)


def _print(name: str, way: str, value: float, seconds: float, note: str = "") -> None:
    print(f"{name:6} {way:24} {value / MILLION:9.3f} {seconds:7.1f} s  {note}", flush=True)


def main(options: list[str]) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planning peers")
    parser.add_argument("directory", type=Path)
    parser.add_argument("--names", nargs="+", default=["xs", "s", "m"])
    parser.add_argument("--seconds", type=float, default=60.0)
    given = parser.parse_args(options)
    print(machine_line("ortools"))
    print("million weighted person-days; wall time of search")
    for name in given.names:
        measure(given.directory, name, given.seconds)
