"""100,000 rows x 25 columns read, checked and matched to places, beside libhxl and openpyxl.

Every measurement runs in a process of its own, so that no import and no memory of another counts.
Wall and processor time are those of the work, without starting Python and importing; so what a
process needs is imported in the function that is its work.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.planning.machine import machine_line, peak_memory_mb
from benchmarks.workbooks.layouts import LAYOUTS, Layout, laid_out
from benchmarks.workbooks.made_up import LARGE, World, good_rows
from benchmarks.workbooks.made_up_known import made_up_gazetteer, made_up_organisations
from takatuf.activities.places import to_csv

LIMITS = {"csv": (1.0, 600.0), "xlsx": (6.0, 600.0)}  # seconds of wall time, MB
PLACES = "places.csv"
WANTED_RATIO_ON_XLSX = 10.0
TODAY = date(2024, 3, 31)


@dataclass(frozen=True, slots=True)
class Measured:
    """One run in a process of its own."""

    wall_seconds: float
    cpu_seconds: float
    peak_mb: float
    said: str


def main(options: Sequence[str]) -> None:
    """Print the table; with ``--child``, be one of its processes."""
    parser = argparse.ArgumentParser(prog="benchmarks.workbooks speed")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=3, help="of ours; the best is shown")
    parser.add_argument("--skip-peers", action="store_true")
    parser.add_argument("--child", nargs=3, metavar=("WHAT", "FILE", "PLACES"))
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="only write the files")
    chosen = parser.parse_args(list(options))
    if chosen.child:
        _child(*chosen.child)
        return
    if chosen.write:
        _write_files(chosen.write, chosen.rows)
        return
    print(machine_line("polars", "libhxl", "openpyxl"))
    with tempfile.TemporaryDirectory() as folder:
        _compare(Path(folder), chosen.rows, chosen.repeats, skip_peers=chosen.skip_peers)


def _compare(folder: Path, n_rows: int, repeats: int, *, skip_peers: bool) -> None:
    _python("--write", str(folder), "--rows", str(n_rows))
    paths = {ending: folder / f"4w.{ending}" for ending in LIMITS}
    places = folder / PLACES
    print(f"{'':34} {'wall s':>8} {'cpu s':>8} {'peak MB':>8}")
    is_enough = True
    for ending, path in paths.items():
        runs = [_run("ours", path, places) for _ in range(repeats)]
        ours = min(runs, key=lambda run: run.wall_seconds)
        size = path.stat().st_size / 1e6
        _line(f"{ending}, {size:.1f} MB: ours, all steps", ours)
        print(f"    {ours.said}")
        _line(f"{ending}: ours, read_book alone", _run("read", path, places))
        wall, memory = LIMITS[ending]
        is_enough = is_enough and ours.wall_seconds <= wall and ours.peak_mb <= memory
        print(f"    wanted: <= {wall} s, <= {memory:.0f} MB")
        if not skip_peers:
            _peers(path, places, ending, ours)
    raise SystemExit(0 if is_enough else 1)


def _write_files(folder: Path, n_rows: int) -> None:
    # Half of the rows are in Arabic. In a process of its own: Linux counts the memory that a
    # process had when it started another one as the other's.
    rows = [
        row
        for seed, language in enumerate(("en", "ar"))
        for row in good_rows(n_rows // 2, World(language, LARGE, n_months=24), seed)
    ]
    random.Random(1).shuffle(rows)  # noqa: S311 - made-up data, not a secret
    for layout in (Layout("hxl", "en", ".csv", is_tagged=True), LAYOUTS[0]):
        (folder / f"4w{layout.ending}").write_bytes(laid_out(layout, rows).content)
    (folder / PLACES).write_text(to_csv(made_up_gazetteer(LARGE)), "utf-8")


def _peers(path: Path, places: Path, ending: str, ours: Measured) -> None:
    for what in PEERS[ending]:
        run = _run(what, path, places)
        _line(f"{ending}: {what}", run)
        wall = run.wall_seconds / ours.wall_seconds
        cpu = run.cpu_seconds / ours.cpu_seconds
        print(f"    {run.said}; {wall:.1f} times the wall time, {cpu:.1f} times the")
        print("    processor time of ours, all steps")
        if what == "libhxl" and ending == "xlsx":
            print(f"    wanted: >= {WANTED_RATIO_ON_XLSX:.0f} times")


def _line(name: str, run: Measured) -> None:
    print(f"{name:34} {run.wall_seconds:8.2f} {run.cpu_seconds:8.2f} {run.peak_mb:8.0f}")


def _run(what: str, path: Path, places: Path) -> Measured:
    answer = _python("--child", what, str(path), str(places))
    return Measured(**json.loads(answer.splitlines()[-1]))


def _python(*options: str) -> str:
    command = [sys.executable, "-m", "benchmarks.workbooks", "speed", *options]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own interpreter
    return answer.stdout


def _child(what: str, path: str, places: str) -> None:
    prepared = WORK[what](Path(path), Path(places))
    wall, cpu = time.perf_counter(), time.process_time()
    said = prepared()
    measured = {
        "wall_seconds": time.perf_counter() - wall,
        "cpu_seconds": time.process_time() - cpu,
        "peak_mb": peak_memory_mb(),
        "said": said,
    }
    print(json.dumps(measured))


def _ours(path: Path, places: Path) -> Callable[[], str]:
    from benchmarks.workbooks.understanding import Known, understood  # noqa: PLC0415
    from takatuf.activities.places import from_csv  # noqa: PLC0415

    gazetteer = from_csv(places.read_text("utf-8"))
    gazetteer.index  # noqa: B018 - made once for all files, so it is not part of reading one
    known = Known(today=TODAY, gazetteer=gazetteer, organisations=made_up_organisations())

    def work() -> str:
        _, tables = understood(path.read_bytes(), path.name, known)
        rows = sum(len(table.frame) for table in tables)
        matched = sum(int(table.frame["adm2_pcode"].is_not_null().sum()) for table in tables)
        faults = sum(len(table.faults) for table in tables)
        questions = sum(len(table.questions) for table in tables)
        return (
            f"{rows:,} rows, {matched:,} matched to a place, {faults:,} faults,"
            f" {questions} questions"
        )

    return work


def _read(path: Path, _places: Path) -> Callable[[], str]:
    from takatuf.formats.readers.workbooks import read_book  # noqa: PLC0415

    def work() -> str:
        book = read_book(path.read_bytes(), path.name)
        return f"{sum(len(table.rows) for table in book.tables):,} rows"

    return work


def _libhxl(path: Path, _places: Path) -> Callable[[], str]:
    import hxl  # noqa: PLC0415

    def work() -> str:
        source = hxl.data(str(path), hxl.InputOptions(allow_local=True))
        return f"{sum(1 for _ in source):,} rows, read only"

    return work


def _libhxl_checked(path: Path, _places: Path) -> Callable[[], str]:
    import hxl  # noqa: PLC0415

    def work() -> str:
        report = hxl.validate(hxl.data(str(path), hxl.InputOptions(allow_local=True)))
        return f"checked with its own schema, {report['stats']['total']:,} findings"

    return work


def _openpyxl(path: Path, _places: Path) -> Callable[[], str]:
    from openpyxl import load_workbook  # noqa: PLC0415

    def work() -> str:
        book = load_workbook(path, read_only=True, data_only=True)
        rows = sum(1 for sheet in book for _ in sheet.iter_rows(values_only=True))
        return f"{rows:,} rows, read only"

    return work


WORK = {
    "ours": _ours,
    "read": _read,
    "libhxl": _libhxl,
    "libhxl, checked": _libhxl_checked,
    "openpyxl": _openpyxl,
}
PEERS = {"csv": ("libhxl", "libhxl, checked"), "xlsx": ("libhxl", "libhxl, checked", "openpyxl")}
