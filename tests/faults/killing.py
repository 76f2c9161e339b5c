"""Kill a writer at random points, again and again, and look at what it leaves behind."""

import sqlite3
import struct
from contextlib import closing
from pathlib import Path
from random import Random

from takatuf.workspace import open_workspace
from tests.faults.checking import Acknowledged, Expected, faults_of
from tests.faults.forking import Child, start
from tests.faults.material import Material, a_table
from tests.faults.outcome import Fault, Kind, Outcome, chance_of
from tests.faults.writing import Writer, acknowledged_in

KILLS_IN_ONE = 25  # of one workspace, before a new one is taken: a long register is read slowly
ACKNOWLEDGED = (0, 1, 1, 2)  # how many things a writer lives to be told, at the least
SHORTEST, LONGEST = -6.0, -1.6  # powers of ten of seconds: a microsecond to 25 milliseconds
KINDS = (Kind.LOST, Kind.HALF, Kind.START, Kind.FOUND)


def kill_writers(material: Material, n_kills: int, seed: int) -> Outcome:
    """Kill so many writers, each after what the ones before it left."""
    outcome, chance = Outcome("killing", KINDS), chance_of(seed, "killing")
    acknowledged: list[Acknowledged] = []
    workspace = material.copy("killed")
    for number in range(n_kills):
        if number % KILLS_IN_ONE == 0:
            workspace, acknowledged = material.copy("killed"), []
        n_before = _n_submissions(workspace)
        child = _writer(material, workspace, number, seed)
        _let_live(child, chance)
        child.kill()
        child.end()
        log_is_torn = is_torn(workspace / "register.sqlite-wal")
        acknowledged += acknowledged_in(child.lines)
        _count(child, outcome)
        expected = Expected(acknowledged, material.reports_of_bundles)
        outcome.blame(faults_of(workspace, expected), f"kill {number}")
        outcome.count(_moment(child, _n_submissions(workspace) - n_before, log_is_torn=log_is_torn))
    _write_on(workspace, outcome)
    return outcome


def _writer(material: Material, workspace: Path, number: int, seed: int) -> Child:
    return start(
        lambda tell, _: Writer(
            material, workspace, f"w{number}", chance_of(seed, f"writer {number}"), tell
        ).write()
    )


def _let_live(child: Child, chance: Random) -> None:
    if child.hear_acknowledgements(chance.choice(ACKNOWLEDGED)):
        child.hear_for(10 ** chance.uniform(SHORTEST, LONGEST))


def _count(child: Child, outcome: Outcome) -> None:
    outcome.count("kills")
    for line in child.lines:
        if "head" in line:
            outcome.count("acknowledged")
            outcome.count("reports acknowledged", int(str(line["n_new"])))
        if "failed" in line:
            outcome.blame([Fault(Kind.START, str(line["failed"]))], "a writer")


def _moment(child: Child, n_more: int, *, log_is_torn: bool) -> str:
    """Say what the child was at when it died, as far as its traces show."""
    last = child.lines[-1] if child.lines else {"doing": "open"}
    if "head" in last:
        return "hit between two steps"
    what = f"hit in {last.get('doing')}"
    if last.get("doing") not in {"import", "merge"}:
        return what
    if log_is_torn:
        return f"{what}, its log half written"
    n_told = sum(int(str(line["n_submissions"])) for line in child.lines if "head" in line)
    return f"{what}, {'kept and not yet told' if n_more > n_told else 'before it was kept'}"


def _n_submissions(workspace: Path) -> int:
    with closing(sqlite3.connect(workspace / "register.sqlite")) as register:
        (number,) = register.execute("SELECT count(*) FROM submissions").fetchone()
    return int(number)


def _write_on(workspace: Path, outcome: Outcome) -> None:
    opened = open_workspace(workspace)
    if opened.import_table(a_table("after-the-last-kill")).n_new == 0:
        outcome.blame([Fault(Kind.START, "nothing more is stored")], "after the last kill")
    opened.close()


def is_torn(log: Path) -> bool:
    """Say whether the log ends in pages of a transaction that was not committed."""
    if not log.exists():
        return False
    content = log.read_bytes()
    if len(content) < 32:
        return False
    page_size, salts = struct.unpack(">I", content[8:12])[0], content[16:24]
    is_open = False
    for start_of in range(32, len(content) - 23, page_size + 24):
        frame = content[start_of : start_of + 24]
        if frame[8:16] != salts:
            break
        is_open = struct.unpack(">I", frame[4:8])[0] == 0
    return is_open
