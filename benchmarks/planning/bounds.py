"""How much better could any plan be? ``python -m benchmarks.planning bounds DIR``.

For each city of the directory that is read by `benchmarks.planning.cities`: the quick bound that
every plan gets, then what can be proven in the time given, grid by grid, and the gap to the best
plan known. The gap is an upper limit: a part of it is the weakness of the proof.
"""

import argparse
import os
import platform
import resource
import time
from importlib.metadata import version
from pathlib import Path

from benchmarks.planning.cities import BEST_KNOWN, MILLION, load
from takatuf.planning.bound import bound_of, proven_bound

GOAL_PERCENT = {"xs": 8.0, "s": 15.0, "m": 15.0, "full0": 30.0}  # gaps, in ten minutes


def main(options: list[str]) -> None:
    """Print for each city what is proven, how long it took, and the gap to the best plan."""
    asked = _asked(options)
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy"))
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{packages}; one process; {asked.seconds:g} s for each city; nothing is random")
    found = BEST_KNOWN | {name: float(value) for name, value in asked.found}
    for name in asked.names:
        _prove(asked.directory, name, found.get(name), asked.seconds)


def _asked(options: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planning bounds")
    parser.add_argument("directory", type=Path, help="holds xs.json, s.json and so on")
    parser.add_argument("--names", nargs="+", default=list(GOAL_PERCENT), metavar="NAME")
    parser.add_argument("--seconds", type=float, default=600.0, help="for each city")
    parser.add_argument(
        "--found",
        nargs=2,
        action="append",
        default=[],
        metavar=("NAME", "MILLIONS"),
        help="a better plan than the best known, in million weighted person-days",
    )
    return parser.parse_args(options)


def _prove(directory: Path, name: str, best: float | None, seconds: float) -> None:
    problem = load(directory, name)
    print(f"\n{name}: {problem.n_tasks} tasks, {problem.n_teams} teams, best plan known {best}")
    begun, begun_cpu = time.monotonic(), time.process_time()

    def told(what: str, value: float) -> None:
        cpu, wall = time.process_time() - begun_cpu, time.monotonic() - begun
        gap = "" if best is None else f"gap {100.0 * (1.0 - value / MILLION / best):5.1f} %"
        print(f"  {what:12} {value / MILLION:8.3f}  {gap}  {cpu:6.1f} CPU s {wall:6.1f} s")

    told("quick", bound_of(problem))
    begun, begun_cpu = time.monotonic(), time.process_time()
    proof = proven_bound(
        problem,
        None if best is None else best * MILLION,
        seconds,
        lambda _, __, value: told("so far", value),
    )
    told("proven", proof.value)
    step = "" if proof.step_days is None else f", steps of {proof.step_days:.2f} days"
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"  by {proof.method}{step}; at most {GOAL_PERCENT.get(name)} % was asked; {peak_mb} MB")
