"""Measure the picture by columns on made-up registers: ``python -m benchmarks.picture``.

For each number of claims it makes a register file (not timed), and asks fresh processes for the
time and the memory of a full fold from the bare file, of one belief with its history, and of
catching up after 100 more reports. The plain fold stands beside it up to 100,000 claims.
No process keeps anything from another. Compare figures of one run only.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles

import numpy as np

from benchmarks.picture_register import CITY, STARTED_AT, a_register_file, made_up_reports
from takatuf.picture.columns import ClaimTable, ColumnPicture, fold_columns, redact_columns
from takatuf.picture.columns.decoding import decode
from takatuf.picture.fold import fold
from takatuf.picture.places import places_of
from takatuf.picture.redaction import redact
from takatuf.picture.weighing import Weigher
from takatuf.reports.register import Arrival
from takatuf.safeguards.actor import Actor, Role
from takatuf.storage.sqlite_register import SqliteRegister
from takatuf.vocabulary.things import Vocabulary, load_vocabulary

SIZES = (10_000, 100_000, 1_000_000)
LARGEST_PLAIN = 100_000
N_TIMES = 3  # the best of so many full folds, each in a fresh process
N_BELIEFS = 2_000
N_CATCH_UPS = 20
N_NEW_REPORTS = 100
HOLDS_FOR_PARTS = "power_supply_status"  # said of a place, it is said of every part of it
READER = Actor("an officer", Role.OFFICER)
MEGABYTE = 2**20

Figures = dict[str, float]


def main() -> None:
    """Print the table; with ``--child`` measure one thing in this process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of claims")
    parser.add_argument("--child", nargs=2, metavar=("WHAT", "FILE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        what, path = given.child
        print(json.dumps(MEASURES[what](Path(path))))
        return
    packages = ", ".join(f"{name} {version(name)}" for name in ("polars", "numpy", "sqlalchemy"))
    print(f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, {packages}")
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            measure(size, Path(folder) / "register.sqlite")


def measure(size: int, path: Path) -> None:
    """Print all figures of one size."""
    started = time.perf_counter()
    made = a_register_file(path, size)
    n_megabytes = path.stat().st_size / MEGABYTE
    print(
        f"\n{made.n_claims:,} claims on {made.n_things:,} things in {made.n_reports:,} reports, "
        f"{n_megabytes:,.0f} MB; made in {time.perf_counter() - started:.0f} s; "
        f"load {os.getloadavg()[0]:.1f}"
    )
    full = _best([_in_a_fresh_process("full", path) for _ in range(N_TIMES)])
    print_seconds("full fold from the file", full, made.n_claims)
    parts = _best([_in_a_fresh_process("parts", path) for _ in range(N_TIMES)])
    print(
        f"  reading alone {parts['read_s']:.2f} s ({n_megabytes / parts['read_s']:,.0f} MB/s), "
        f"reading and decoding {parts['decode_s']:.2f} s ({parts['decode_cpu_s']:.2f} CPU s)"
    )
    print_answers(_in_a_fresh_process("answers", path))
    if size <= LARGEST_PLAIN:
        plain = _best([_in_a_fresh_process("plain", path) for _ in range(N_TIMES)])
        print_seconds("plain fold", plain, made.n_claims)
        print(f"  the columns take {full['cpu_s'] / plain['cpu_s']:.2f} of its CPU time")


def print_seconds(what: str, figures: Figures, n_claims: int) -> None:
    """Print how long a fold takes, in all and per claim, and its peak memory."""
    print(
        f"{what:26} {figures['wall_s']:7.2f} s {figures['cpu_s']:7.2f} CPU s "
        f"{figures['peak_mb']:7,.0f} MB {n_claims / figures['wall_s']:11,.0f} claims/s "
        f"{figures['wall_s'] / n_claims * 1e6:6.2f} us/claim"
    )


def print_answers(figures: Figures) -> None:
    """Print how long questions take, and how long to catch up."""
    print(
        f"one belief with history    median {figures['belief_median_ms']:.2f} ms, "
        f"p95 {figures['belief_p95_ms']:.2f} ms, max {figures['belief_max_ms']:.2f} ms "
        f"({figures['longest']:,.0f} statements at most)"
    )
    print(
        f"  before, once: parts and wholes {figures['places_ms']:,.0f} ms; {N_BELIEFS:,} other "
        f"beliefs, with what is learnt of sources, {figures['first_s']:.1f} s "
        f"(the slowest {figures['first_max_s']:.1f} s)"
    )
    print(f"  a status of the whole city, with that of every part: {figures['city_ms']:,.0f} ms")
    print(
        f"{N_NEW_REPORTS} reports more, then a belief: median {figures['catch_up_median_ms']:.0f} "
        f"ms, max of {N_CATCH_UPS} {figures['catch_up_max_ms']:.0f} ms"
    )


def full_fold(path: Path) -> Figures:
    """Fold the register and redact it for a reader."""
    register, vocabulary = SqliteRegister(path), load_vocabulary()
    wall, cpu = time.perf_counter(), time.process_time()
    picture = fold_columns(ClaimTable().caught_up(register.forms()))
    redact_columns(picture, READER, vocabulary)
    return _spent(wall, cpu)


def plain_fold(path: Path) -> Figures:
    """Do the same by the plain fold."""
    register, vocabulary = SqliteRegister(path), load_vocabulary()
    wall, cpu = time.perf_counter(), time.process_time()
    redact(fold(register.entries()), READER, vocabulary)
    return _spent(wall, cpu)


def parts_of_the_fold(path: Path) -> Figures:
    """Measure reading alone, and reading with decoding."""
    register = SqliteRegister(path)
    started = time.perf_counter()
    for _ in register.forms():
        pass
    read_s = time.perf_counter() - started
    wall, cpu = time.perf_counter(), time.process_time()
    decode(register.forms())
    spent = _spent(wall, cpu)
    return {"read_s": read_s, "decode_s": spent["wall_s"], "decode_cpu_s": spent["cpu_s"]}


def answers(path: Path) -> Figures:
    """Ask for beliefs, and catch up with a register that grows."""
    register = SqliteRegister(path)
    table = ClaimTable().caught_up(register.forms())
    vocabulary = load_vocabulary()
    picture = _read(table, vocabulary)
    weigher = Weigher(picture, vocabulary)
    places_ms = _milliseconds(lambda: places_of(picture))
    topics = list(picture.statements)
    chosen = [topics[n] for n in np.random.default_rng(2).choice(len(topics), 2 * N_BELIEFS)]
    first = [_milliseconds(partial(weigher.belief, *topic)) for topic in chosen[:N_BELIEFS]]
    asked = [_milliseconds(partial(weigher.belief, *topic)) for topic in chosen[N_BELIEFS:]]
    city_ms = _milliseconds(partial(weigher.belief, CITY, HOLDS_FOR_PARTS))
    caught_up = list(_catch_ups(register, table))
    return {
        "places_ms": places_ms,
        "first_s": sum(first) / 1e3,
        "first_max_s": max(first) / 1e3,
        "city_ms": city_ms,
        "longest": max(len(picture.about(*topic)) for topic in chosen),
        "belief_median_ms": median(asked),
        "belief_p95_ms": quantiles(asked, n=20)[-1],
        "belief_max_ms": max(asked),
        "catch_up_median_ms": median(caught_up),
        "catch_up_max_ms": max(caught_up),
    }


def _catch_ups(register: SqliteRegister, table: ClaimTable) -> Iterator[float]:
    vocabulary = load_vocabulary()
    more = made_up_reports(N_CATCH_UPS * N_NEW_REPORTS * 10, seed=3)
    for step in range(N_CATCH_UPS):
        reports = [next(more) for _ in range(N_NEW_REPORTS)]
        received_at = STARTED_AT + timedelta(days=1000 + step)
        register.append([Arrival(report, received_at) for report in reports])
        claim, report = reports[-1].claims[0], reports[-1].id
        started = time.perf_counter()
        table = table.caught_up(register.forms(after=table.position))
        said = _read(table, vocabulary).about(claim.thing, claim.property)
        yield (time.perf_counter() - started) * 1e3
        if report not in {statement.report for statement in said}:
            raise AssertionError("the picture has not caught up")


def _read(table: ClaimTable, vocabulary: Vocabulary) -> ColumnPicture:
    return redact_columns(fold_columns(table), READER, vocabulary)


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1e3


def _spent(wall: float, cpu: float) -> Figures:
    return {
        "wall_s": time.perf_counter() - wall,
        "cpu_s": time.process_time() - cpu,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _in_a_fresh_process(what: str, path: Path) -> Figures:
    command = [sys.executable, "-m", "benchmarks.picture", "--child", what, str(path)]
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - ourselves
    figures: Figures = json.loads(done.stdout)
    return figures


def _best(runs: Sequence[Figures]) -> Figures:
    return {name: min(run[name] for run in runs) for name in runs[0]}


def _processor() -> str:
    lines = Path("/proc/cpuinfo")
    named = lines.read_text("utf-8").splitlines() if lines.exists() else []
    models = (line.partition(": ")[2] for line in named if line.startswith("model name"))
    return next(models, platform.machine())


MEASURES: Mapping[str, Callable[[Path], Figures]] = {
    "full": full_fold,
    "plain": plain_fold,
    "parts": parts_of_the_fold,
    "answers": answers,
}

if __name__ == "__main__":
    main()
