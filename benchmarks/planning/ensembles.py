"""Samples of a plan on a Dask cluster of which a worker is killed, against the plain loop.

The demonstration city is planned, and its plan is followed through samples of how long work
takes: in this process, in processes of this machine, and on a cluster of worker processes of
which one is killed (SIGKILL) when half of the samples are in. All three must agree to the last
digit.
"""

import argparse
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from distributed import Client, LocalCluster

from benchmarks.planning.machine import machine_line
from takatuf.actions.plan_samples import SamplesMade, plan_samples
from takatuf.planning.ensembles.cluster import Cluster
from takatuf.planning.ensembles.local import LocalProcesses
from takatuf.planning.ensembles.runner import Runner
from takatuf.workspace import demo

EVALUATIONS = 300  # the plan only has to be one; how good it is does not matter here


def main(options: Sequence[str]) -> None:
    """Run the benchmark; ``--samples`` and ``--workers`` choose its size."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planning ensembles")
    parser.add_argument("--samples", type=int, default=200)
    parser.add_argument("--workers", type=int, default=4)
    given = parser.parse_args(options)
    print(machine_line("distributed"))
    with tempfile.TemporaryDirectory() as folder:
        plan = demo(Path(folder) / "city", seed=1, evaluations=EVALUATIONS).plan
    print(f"{plan.problem.n_tasks} tasks, {given.samples} samples, seed {plan.request.seed}")

    def timed(name: str, runner: Runner, killing: Callable[[int], None]) -> SamplesMade:
        wall, own = time.perf_counter(), time.process_time()
        made = plan_samples(plan, given.samples, runner, lambda done, _: killing(done))
        wall, own = time.perf_counter() - wall, time.process_time() - own
        likely = made.person_days
        print(f"{name:24} {wall:7.1f} s wall, {own:6.1f} s of CPU here; million person-days "
              f"{likely.p10 / 1e6:.6f} {likely.p50 / 1e6:.6f} {likely.p90 / 1e6:.6f}")  # fmt: skip
        return made

    here = timed("one process", LocalProcesses(1), _nothing)
    processes = timed("two processes", LocalProcesses(2), _nothing)
    with a_cluster(given.workers) as (address, pids):
        assassin = Assassin(pids[0], given.samples // 2)
        cluster = timed("cluster, one killed", Cluster(address), assassin.told)
    print(f"killed: {assassin.killed_at} of {given.samples} samples were in")
    is_same = here == processes == cluster
    print("identical" if is_same else "NOT IDENTICAL")
    if not is_same or assassin.killed_at is None:
        raise SystemExit(1)


class Assassin:
    """Kills a process once so many samples are in."""

    def __init__(self, pid: int, after: int) -> None:
        """Name the victim and the moment."""
        self.pid, self.after = pid, after
        self.killed_at: int | None = None

    def told(self, done: int) -> None:
        """Kill, if it is time."""
        if self.killed_at is None and done >= self.after:
            self.killed_at = done
            os.kill(self.pid, signal.SIGKILL)


@contextmanager
def a_cluster(n_workers: int) -> Iterator[tuple[str, list[int]]]:
    """Run a scheduler and worker processes here; give its address and their process ids."""
    with (
        LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=n_workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            host="127.0.0.1",
        ) as cluster,
        Client(cluster, set_as_default=False) as client,  # type: ignore[no-untyped-call]
    ):
        yield cluster.scheduler_address, sorted(client.run(os.getpid).values())


def _nothing(_done: int) -> None:
    """Kill nobody."""
