"""Measure the main job on the shipped city, part by part: ``python -m benchmarks``.

Prints the machine and the versions first; compare figures of one run only.
"""

import os
import platform
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import numpy as np

from takatuf.actions.city_pages.city_manifest import read_manifest
from takatuf.actions.import_reports import Replay, Submission
from takatuf.actions.make_plan import picture_city
from takatuf.planning.bound import bound_of
from takatuf.planning.building import build_problem
from takatuf.planning.request import PlanRequest
from takatuf.planning.simulating import Game, city_of, crews_of, setting_of, value_of
from takatuf.workspace import Workspace, init

CITY = "aleppo_2017"
N_SCHEDULES = 500
T = TypeVar("T")


def main() -> None:
    """Print each part with its time and its rate."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "numba", "sqlalchemy"))
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(packages)
    with tempfile.TemporaryDirectory() as folder:
        workspace = init(Path(folder) / "city", is_replay=True)
        measure_register(workspace)
        measure_plan(workspace)
        workspace.close()


def measure_register(workspace: Workspace) -> None:
    """Print how fast reports come in and how fast the picture answers."""
    manifest = read_manifest(files("takatuf.cities") / CITY)

    def import_all() -> int:
        return sum(
            workspace.import_table(
                Submission(
                    name=file.path,
                    content=(manifest.folder / file.path).read_bytes(),
                    replay=Replay(known_from=file.known_from),
                )
            ).n_new
            for file in manifest.files
        )

    n_reports = timed("import, durable", import_all, "reports")
    reading = timed("fold and redact", workspace.reading, "pictures")
    topics = tuple(reading.weigher.picture.statements)
    weigh = reading.weigher.belief
    timed("weigh", lambda: [weigh(*topic, manifest.at) for topic in topics], "beliefs")
    print(f"{n_reports} reports, {len(topics)} topics")


def measure_plan(workspace: Workspace) -> None:
    """Print how fast schedules are made and what the bound takes."""
    request = PlanRequest(at=read_manifest(files("takatuf.cities") / CITY).at)
    city = picture_city(workspace.parts.register, request)
    problem = timed("networks and problem", lambda: build_problem(city, request), "problems")
    game = Game(city_of(problem), crews_of(problem, 1), setting_of(problem))
    keys = np.random.default_rng(1).random((N_SCHEDULES, 1, problem.n_tasks))
    holds = np.zeros(problem.n_tasks)
    value_of(game, keys[0], holds)  # compiled before the clock runs
    timed("schedules", lambda: [value_of(game, one, holds) for one in keys], "schedules")
    bound_of(problem)
    timed("proven bound", lambda: bound_of(problem), "bounds")
    print(f"{problem.n_tasks} tasks, {problem.n_teams} teams")


def timed(what: str, work: Callable[[], T], unit: str) -> T:
    """Do the work, print its CPU time and its rate, and return what it gives."""
    start = time.process_time()
    result = work()
    seconds = time.process_time() - start
    n_done = result if isinstance(result, int) else len(result) if isinstance(result, list) else 1
    print(f"{what:24} {seconds:8.3f} CPU s {n_done / seconds:12,.0f} {unit}/CPU s")
    return result


if __name__ == "__main__":
    main()
