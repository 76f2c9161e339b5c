"""The joint search on synthetic cities: value, proven gap at hand, spread over seeds, speed.

``python -m benchmarks.planning joint DIR [--seconds 60] [--seeds 1 2 3 4 5] [--ways]``; the
directory holds ``xs.json`` and so on. Each run has the given wall time, all in, on two threads;
only compiling is done before. ``--ways`` compares each alone, shared plans and together at equal
effort. The known values are this project's own, from before this engine.
"""

import argparse
import time
from pathlib import Path

import numpy as np

from benchmarks.planning.cities import BEST_KNOWN, MILLION, load
from benchmarks.planning.machine import machine_line, peak_memory_mb
from takatuf.planning.bound import bound_of
from takatuf.planning.checking import problems_of
from takatuf.planning.comparing import compare
from takatuf.planning.problem import PlanningProblem
from takatuf.planning.simulating import city_of, crews_of, setting_of, simulate
from takatuf.planning.solvers.annealing import (
    AfterSeconds,
    search,
    search_side_by_side,
    together,
)

NAMES = ("xs", "s", "m", "full0")
WARM_UP = 1_000
THREADS = 2


def joint_value(problem: PlanningProblem, seconds: float, seed: int) -> tuple[float, int, int]:
    """Return the value found in that time, the schedules tried and the rules it breaks."""
    began = time.monotonic()

    def clock() -> float:
        return time.monotonic() - began

    stops = tuple(AfterSeconds(seconds, clock, began_s=0.0) for _ in range(THREADS))
    found = search_side_by_side(problem, together(problem), stops, seed)
    keys = found.keys
    plan, served = simulate(
        city_of(problem), crews_of(problem, 1), setting_of(problem), keys, found.holds
    )
    return served.person_days, found.evaluations, len(problems_of(problem, plan, served))


def measure(directory: Path, name: str, seconds: float, seeds: list[int]) -> None:
    """Print one line for each seed, and the spread."""
    problem = load(directory, name)
    search(problem, together(problem), WARM_UP, 1)  # compiles, or reads what was compiled before
    values = []
    for seed in seeds:
        wall, cpu = time.monotonic(), time.process_time()
        value, evaluations, broken = joint_value(problem, seconds, seed)
        wall, cpu = time.monotonic() - wall, time.process_time() - cpu
        values.append(value)
        known = BEST_KNOWN.get(name)
        ratio = f"{value / MILLION / known:7.4f}" if known else "      -"
        print(
            f"{name:6} {problem.n_tasks:5} {problem.n_teams:5} {seed:4} {value / MILLION:8.3f} "
            f"{ratio} {wall:7.1f} {cpu:7.1f} {evaluations:9,} {evaluations / cpu:8,.0f} "
            f"{broken:6} {peak_memory_mb():7.0f}",
            flush=True,
        )
    bound = bound_of(problem, min(values))
    print(
        f"{name:6} spread {(max(values) - min(values)) / min(values):.2%} over {len(seeds)} seeds, "
        f"median {np.median(values) / MILLION:.3f}, worst {max(values) / MILLION:.3f}; "
        f"quick bound {bound / MILLION:.3f}, gap {1 - bound / min(values):.1%}",
        flush=True,
    )


def measure_ways(directory: Path, name: str, evaluations: int, seeds: list[int]) -> None:
    """Print what each way of planning comes to at equal effort."""
    problem = load(directory, name)
    for seed in seeds:
        made = compare(problem, evaluations, seed)
        ways = [made.alone, made.shared, made.together]
        values = [way.outcome.served.person_days / MILLION for way in ways]
        holds = "holds" if values[2] <= values[1] else "BROKEN: together is above shared"
        print(
            f"{name:6} {evaluations:8,} {seed:4} {values[0]:9.3f} {values[1]:9.3f} "
            f"{values[2]:9.3f} {1 - values[2] / values[0]:8.1%} {1 - values[2] / values[1]:8.1%}  "
            f"{holds}",
            flush=True,
        )


def main(options: list[str]) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planning joint")
    parser.add_argument("directory", type=Path, help="where xs.json, s.json ... are")
    parser.add_argument("--names", nargs="+", default=list(NAMES))
    parser.add_argument("--seconds", type=float, default=60.0, help="wall time of each run")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    parser.add_argument("--ways", action="store_true", help="compare ways of planning instead")
    parser.add_argument("--evaluations", type=int, default=20_000, help="of each way")
    given = parser.parse_args(options)
    print(machine_line())
    print("values in million weighted person-days")
    if given.ways:
        print("name   evaluat. seed     alone    shared  together  /alone  /shared")
        for name in given.names:
            measure_ways(given.directory, name, given.evaluations, given.seeds)
        return
    print(
        "name   tasks teams seed    value   ratio    wall     cpu evaluat.  /cpu s broken peak MB"
    )
    for name in given.names:
        measure(given.directory, name, given.seconds, given.seeds)
