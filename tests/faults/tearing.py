"""Cut the power: after each step, keep of what was not yet asked to be safe any part at all.

A writer waits after each step while its files are copied. Between two copies the disk may have
taken any of the sectors of the log that differ, in any order, and any size; the index of the
log in shared memory may be gone, old, or rubbish. Each such mixture must open, with
everything that was acknowledged before it. `replaying` does the same for every single call.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

from takatuf.workspace import open_workspace
from tests.faults.checking import Acknowledged, Expected, faults_of
from tests.faults.forking import start
from tests.faults.material import Material, a_table
from tests.faults.outcome import Kind, Outcome, chance_of
from tests.faults.writing import Tell, acknowledged_in

SECTOR_BYTES = 512  # a disk writes so many at once, and promises no more
REGISTER = "register.sqlite"
LOG, INDEX = f"{REGISTER}-wal", f"{REGISTER}-shm"
STEPS_IN_ONE = 12  # of one workspace
KINDS = (Kind.LOST, Kind.HALF, Kind.START, Kind.FOUND)
Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Moment:
    """The files of a workspace between two steps, and what was acknowledged by then."""

    files: Files
    acknowledged: tuple[Acknowledged, ...]


def tear_logs(material: Material, n_cuts: int, seed: int) -> Outcome:
    """Cut the power so many times, at moments spread over a number of steps."""
    outcome, chance = Outcome("torn logs", KINDS), chance_of(seed, "torn logs")
    moments = list(_moments(material))
    for number in range(n_cuts):
        before, after = chance.choice(list(pairwise(moments)))
        there = material.copy("torn")
        put_files(there, _mixture(before.files, after.files, chance))
        outcome.count("cuts")
        outcome.count("reports acknowledged", sum(len(a.reports) for a in before.acknowledged))
        outcome.blame(faults_of(there, Expected(before.acknowledged)), f"cut {number}")
    return outcome


def _moments(material: Material) -> Iterator[Moment]:
    workspace = material.copy("writing")
    child = start(lambda tell, wait: _write(workspace, tell, wait))
    for number in range(1, STEPS_IN_ONE + 1):
        child.hear_acknowledgements(number)
        yield Moment(files_of(workspace), acknowledged_in(child.lines))
        child.let_go_on()
    assert child.end() == 0, child.said


def _write(folder: Path, tell: Tell, wait: Callable[[], None]) -> None:
    workspace = open_workspace(folder)
    for number in range(STEPS_IN_ONE):
        receipt = workspace.import_table(a_table(f"torn-{number}"))
        reports = [stored.report for stored in receipt.stored]
        tell({"head": receipt.head, "reports": reports})
        wait()
    workspace.close()


def files_of(workspace: Path) -> Files:
    """Return the register's files with their contents."""
    return {path.name: path.read_bytes() for path in workspace.glob(f"{REGISTER}*")}


def put_files(workspace: Path, files: Files) -> None:
    """Let the register have these files and no other."""
    for path in workspace.glob(f"{REGISTER}*"):
        path.unlink(missing_ok=True)  # a database that lets go late takes its log with it
    for name, content in files.items():
        (workspace / name).write_bytes(content)


def _mixture(before: Files, after: Files, chance: Random) -> Files:
    """Return files that a disk may hold between these two."""
    assert before[REGISTER] == after[REGISTER], "the log was not emptied between the two"
    index = chance.choice([None, before[INDEX], after[INDEX], chance.randbytes(len(before[INDEX]))])
    log = torn(before[LOG], after[LOG], chance)
    files = {REGISTER: before[REGISTER], LOG: log}
    return files if index is None else files | {INDEX: index}


def torn(before: bytes, after: bytes, chance: Random) -> bytes:
    """Return any mixture of sectors of the two, of any size between them."""
    share = chance.random()
    sectors = []
    for start_of in range(0, max(len(before), len(after)), SECTOR_BYTES):
        sector = slice(start_of, start_of + SECTOR_BYTES)
        old, new = before[sector], after[sector]
        sectors.append(new if chance.random() < share else old.ljust(len(new), b"\0"))
    shorter, longer = sorted((len(before), len(after)))
    return b"".join(sectors)[: chance.choice([shorter, longer, chance.randint(shorter, longer)])]
