"""Time for a plan from a quarter of a city to five of them: incremental and from the beginning.

``python -m benchmarks.planning scaling DIR [--name full0]``. Bigger cities are copies of the
one beside each other, smaller ones the smaller instances of the directory. An evaluation is one
change of priorities with the exact value of the whole plan it leads to; at the end the value
that was carried along is compared with one made from the beginning.
"""

import argparse
import json
import time
from pathlib import Path

from benchmarks.planning.cities import load, problem_of
from benchmarks.planning.machine import machine_line, peak_memory_mb
from benchmarks.planning.scaled import copies
from takatuf.planning.problem import Floats, PlanningProblem
from takatuf.planning.simulating import value_of
from takatuf.planning.simulating.running import schedule_all, worth
from takatuf.planning.solvers.annealing import search, together
from takatuf.planning.solvers.annealing.aims import game_of
from takatuf.planning.solvers.annealing.positions import position_at

SIZES = (1, 2, 5)
EVALUATIONS = 20_000
WHOLE_SCHEDULES = 200


def measure(label: str, problem: PlanningProblem, evaluations: int) -> None:
    """Print one line: whole schedules and evaluations per CPU second, and memory."""
    aim = together(problem)
    search(problem, aim, 600, 1)
    began = time.process_time()
    found = search(problem, aim, evaluations, 1)
    search_s = time.process_time() - began
    game = game_of(problem, aim)
    exact = value_of(game, found.keys, found.holds)
    whole_s = _whole_schedule_s(problem, found.keys, found.holds)
    difference = abs(exact - found.value) / exact
    print(
        f"{label:8} {problem.n_tasks:6} {problem.n_teams:5} {len(problem.roads.start):6} "
        f"{1 / whole_s:9,.0f} {evaluations / search_s:9,.0f} {search_s / evaluations * 1e6:9.0f} "
        f"{search_s / evaluations * 1e9 / problem.n_tasks:9.0f} {difference:10.1e} "
        f"{peak_memory_mb():8.0f}",
        flush=True,
    )


def _whole_schedule_s(problem: PlanningProblem, keys: Floats, holds: Floats) -> float:
    game = game_of(problem, together(problem))
    at = position_at(game, keys, holds, 0.0)
    began = time.process_time()
    for _ in range(WHOLE_SCHEDULES):
        schedule_all(game, at.desk, at.order.ranks, at.order.holds, at.now)
        worth(game.city.networks, game.setting, at.now)
    return (time.process_time() - began) / WHOLE_SCHEDULES


def main(options: list[str]) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planning scaling")
    parser.add_argument("directory", type=Path)
    parser.add_argument("--name", default="full0")
    parser.add_argument("--evaluations", type=int, default=EVALUATIONS)
    given = parser.parse_args(options)
    print(machine_line())
    print("city      tasks teams  roads  whole/s  evalu./s  us each  ns/task   mismatch  peak MB")
    measure("m", load(given.directory, "m"), given.evaluations)
    city = json.loads((given.directory / f"{given.name}.json").read_text(encoding="utf-8"))
    for size in SIZES:
        measure(f"x{size}", problem_of(copies(city, size)), given.evaluations)
