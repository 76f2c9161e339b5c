"""Let several programs write into one workspace at once, while others read, verify and close it."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from takatuf.actions.exchange.verify_register import verify_register
from takatuf.reports.receipt import Receipt
from takatuf.vocabulary.errors import UnavailableError
from takatuf.workspace import Workspace, open_workspace
from tests.faults.checking import Acknowledged, Expected, faults_of
from tests.faults.forking import Child, start
from tests.faults.material import Material, a_table
from tests.faults.outcome import Fault, Kind, Outcome, chance_of
from tests.faults.writing import Tell, acknowledged_in

MAX_TRIES = 50  # of a writer that finds the register in use; each waits a while by itself
SHARED = "everybody-has-it"  # a table that all writers send: its reports are kept once
VERIFIES, CLOSES = 0.2, 0.3  # the share of steps before which a writer does that
T = TypeVar("T")
KINDS = (Kind.LOST, Kind.HALF, Kind.START, Kind.FOUND)


def crowd(material: Material, n_writers: int, n_tables: int, seed: int) -> Outcome:
    """Let so many writers import so many tables each, all at the same time."""
    outcome = Outcome(f"{n_writers} writers", KINDS)
    workspace = material.copy("crowded")
    children = [_writer(workspace, name, n_tables, seed) for name in range(n_writers)]
    expected: list[Acknowledged] = []
    for child in children:
        if child.end() != 0:
            outcome.blame([Fault(Kind.START, _failed(child))], "a writer")
        acknowledged = acknowledged_in(child.lines)
        expected += acknowledged
        outcome.count("acknowledged", len(acknowledged))
        outcome.count("reports acknowledged", sum(_number(li, "n_new") for li in child.lines))
        outcome.count("waited and tried again", sum(_number(li, "waited") for li in child.lines))
    outcome.blame(faults_of(workspace, Expected(expected)), "at the end")
    return outcome


def _writer(workspace: Path, name: int, n_tables: int, seed: int) -> Child:
    return start(lambda tell, _: _write(workspace, f"{name}", n_tables, seed, tell))


def _write(folder: Path, name: str, n_tables: int, seed: int, tell: Tell) -> None:
    chance = chance_of(seed, f"writer {name}")
    workspace = _patiently(lambda: open_workspace(folder), tell)
    for number in range(n_tables):
        if chance.random() < VERIFIES:
            verified = verify_register(workspace.parts.register, workspace.actor)
            if not verified.is_clean:
                raise AssertionError("\n".join(map(str, verified.findings)))
        if chance.random() < CLOSES:
            workspace.close()
            workspace = _patiently(lambda: open_workspace(folder), tell)
        _import(workspace, f"{name}-{number}", tell)
        _import(workspace, f"{SHARED}-{number}", tell)
    workspace.close()


def _import(workspace: Workspace, table: str, tell: Tell) -> None:
    receipt: Receipt = _patiently(lambda: workspace.import_table(a_table(table)), tell)
    reports = [stored.report for stored in receipt.stored]
    tell({"head": receipt.head, "reports": reports, "n_new": receipt.n_new})


def _patiently(work: Callable[[], T], tell: Tell) -> T:
    for _ in range(MAX_TRIES):
        try:
            return work()
        except UnavailableError:
            tell({"waited": 1})
    return work()


def _number(line: dict[str, object], name: str) -> int:
    return int(str(line.get(name, 0)))


def _failed(child: Child) -> str:
    return str(next((line["failed"] for line in child.lines if "failed" in line), "it was ended"))
