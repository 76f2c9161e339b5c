"""Let the disk refuse: what a person sees, what is left, and whether trying again works.

The work is what a person does on the command line. `fill_disk` gives it a disk that takes
files up to so many bytes and no more; `injecting` lets one single call fail.
"""

import io
import json
import resource
import signal
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from takatuf.cli import exits
from takatuf.cli.main import run
from takatuf.vocabulary.errors import UnavailableError
from tests.faults.checking import Expected, faults_of
from tests.faults.forking import Lines, start
from tests.faults.material import Material, a_table
from tests.faults.outcome import Fault, Kind, Outcome, chance_of
from tests.faults.writing import Tell, acknowledged_in

TABLES = {"small.csv": 3, "large.csv": 40}  # files with so many rows
LARGEST = 160_000  # bytes: the whole work fits
KINDS = (Kind.LOST, Kind.HALF, Kind.START, Kind.FOUND, Kind.UNCLEAR)
REFUSED = exits.BY_FAMILY[UnavailableError]


def fill_disks(material: Material, n_limits: int, seed: int) -> Outcome:
    """Do the work on a disk that is full at so many different sizes of its files."""
    outcome, chance = Outcome("full disks", KINDS), chance_of(seed, "full disks")
    write_tables(material)
    for number in range(n_limits):
        low, high = (LARGEST * n // n_limits for n in (number, number + 1))
        limit = chance.randrange(low, high)
        workspace = material.copy("full")
        child = start(lambda tell, _: _do_with_limit(material, workspace, limit, tell))  # noqa: B023
        child.end()
        outcome.count("disks")
        judge(material, workspace, child.lines, f"full at {limit:,} bytes", outcome)
    return outcome


def _do_with_limit(material: Material, workspace: Path, limit: int, tell: Tell) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write is refused, and nobody is killed
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    do_work(material, workspace, tell)


def write_tables(material: Material) -> None:
    """Write the files that are imported."""
    for name, n_rows in TABLES.items():
        (material.folder / name).write_bytes(a_table(name.removesuffix(".csv"), n_rows).content)


def do_work(
    material: Material, workspace: Path, tell: Tell, again: Iterable[list[str]] | None = None
) -> None:
    """Take each step of the work, or those that are to be taken again; tell how each ended."""
    for step in steps(material) if again is None else again:
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run(["--json", "-w", str(workspace), *step])
        said: dict[str, object] = {"step": step, "code": code, "err": err.getvalue()}
        receipt = json.loads(out.getvalue()) if code == 0 else {}
        if "head" in receipt:
            reports = [stored["report"] for stored in receipt.get("stored", ())]
            said |= {"head": receipt["head"], "reports": reports}
        tell(said | {"out": out.getvalue() if code else ""})


def steps(material: Material) -> list[list[str]]:
    """Return the commands of the work, without the workspace."""
    imports = [["import", str(material.folder / name)] for name in TABLES]
    return [*imports, ["merge", str(material.bundles[-1])]]


def judge(material: Material, workspace: Path, lines: Lines, when: str, outcome: Outcome) -> None:
    """Look at what was said, at what is left, and try again whatever was refused."""
    outcome.count("steps that were refused", sum(line.get("code") == REFUSED for line in lines))
    outcome.count("steps that went well", sum(line.get("code") == 0 for line in lines))
    expected = Expected(acknowledged_in(lines), material.reports_of_bundles)
    outcome.blame(_unclear(lines), when)
    outcome.blame(faults_of(workspace, expected), when)
    done = [line["step"] for line in lines if line.get("code") == 0]
    again: Lines = []
    do_work(material, workspace, again.append, [s for s in steps(material) if s not in done])
    wrong = [Fault(Kind.START, f"again: {line}") for line in again if line["code"] != 0]
    outcome.blame(wrong, when)
    outcome.blame(
        faults_of(workspace, Expected(acknowledged_in([*lines, *again]))), f"{when}, again"
    )


def _unclear(lines: Lines) -> Iterable[Fault]:
    for line in lines:
        if "failed" in line:
            yield Fault(Kind.UNCLEAR, str(line["failed"]))
        elif line["code"] not in {0, REFUSED}:
            yield Fault(Kind.UNCLEAR, f"ended with {line['code']}: {line['err']}{line['out']}")
        elif line["code"] == REFUSED and not _is_one_line(line):
            yield Fault(Kind.UNCLEAR, f"said: {line['err']}{line['out']}")


def _is_one_line(line: dict[str, object]) -> bool:
    said = json.loads(str(line["out"]))["detail"] if line["out"] else str(line["err"]).strip()
    return bool(said) and "\n" not in said and "Traceback" not in said
