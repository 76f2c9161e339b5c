"""Let the n-th call to the operating system fail, for every n: needs the program strace.

Each kind of call fails once, as a bad sector does, or from then on, as a full disk does.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.forking import Lines
from tests.faults.material import Material
from tests.faults.outcome import Outcome
from tests.faults.refusing import KINDS, judge, write_tables

STRACE = shutil.which("strace")
NEEDS_STRACE = "strace is not on this machine"
KILLED = "killed"  # instead of an error: the program ends before the call
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Failure:
    """One kind of call and how it fails."""

    call: str
    error: str  # or KILLED
    is_lasting: bool = False
    base: int = 2001  # more calls than this one the work is not followed

    def __str__(self) -> str:
        """Name it in a line."""
        return f"{self.call} {self.error}{' from then on' if self.is_lasting else ''}"

    @property
    def expression(self) -> str:
        """What the tracer is asked to do."""
        how = "signal=KILL" if self.error == KILLED else f"error={self.error}"
        return f"inject={self.call}:{how}:when={self.base}{'+' if self.is_lasting else ''}"


FAILURES = (
    Failure("pwrite64", "ENOSPC"),
    Failure("pwrite64", "ENOSPC", is_lasting=True),
    Failure("pwrite64", "EIO"),
    Failure("pwrite64", "EIO", is_lasting=True),
    Failure("pread64", "EIO"),
    Failure("fdatasync", "EIO"),
    Failure("fdatasync", "EIO", is_lasting=True),
    Failure("fsync", "EIO"),
    Failure("fsync", "EIO", is_lasting=True),
    Failure("ftruncate", "EIO"),
    Failure("write", "ENOSPC"),
    Failure("write", "ENOSPC", is_lasting=True),
    Failure("unlink", "EIO"),
    Failure("unlink", "EROFS", is_lasting=True),
    Failure("rename", "EIO"),
    Failure("pwrite64", KILLED),
    Failure("fdatasync", KILLED),
    Failure("fsync", KILLED),
    Failure("unlink", KILLED),
    Failure("rename", KILLED),
    Failure("openat", "EMFILE", base=6001),  # the server itself opens thousands to get warm
    Failure("openat", "EIO", base=6001),
    Failure("openat", "ENOSPC", is_lasting=True, base=6001),
)


def fail_calls(
    material: Material, n_calls: int, failures: tuple[Failure, ...] = FAILURES
) -> Outcome:
    """Let each of the first calls of every kind fail, up to this number of each."""
    outcome = Outcome("failing calls", KINDS)
    if STRACE is None:
        outcome.skipped = NEEDS_STRACE
        return outcome
    write_tables(material)
    for failure in failures:
        with _server(material, failure, STRACE) as server:
            n_in_work = server.count_calls(material.copy("counted"))
            for number in range(1, min(n_in_work, n_calls, failure.base - 1) + 1):
                workspace = material.copy("refused")
                lines = server.work(workspace, failure.base - number)
                outcome.count(f"{failure}")
                outcome.count("calls that failed")
                judge(material, workspace, lines, f"{failure}, number {number}", outcome)
    return outcome


@dataclass(slots=True)
class _Server:
    process: "subprocess.Popen[bytes]"
    log: Path
    failure: Failure

    def work(self, workspace: Path, n_idle: int) -> Lines:
        """Return what a child said that did the work in this workspace."""
        self._send({"workspace": str(workspace), "idle": n_idle})
        return list(self._heard())

    def count_calls(self, workspace: Path) -> int:
        """Return how many calls of this kind the work makes."""
        before = self._n_logged()
        self.work(workspace, 0)
        return self._n_logged() - before

    def wait_until_ready(self) -> None:
        assert self.process.stdout is not None
        ready = self.process.stdout.readline()
        assert ready, "the tracer did not start"

    def _send(self, job: dict[str, object]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(job).encode() + b"\n")
        self.process.stdin.flush()

    def _heard(self) -> Iterator[dict[str, object]]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            said = json.loads(line)
            if "ended" in said:
                if said["ended"] != 0 and self.failure.error != KILLED:
                    yield {"failed": f"a child ended with {said['ended']}"}
                return
            yield said

    def _n_logged(self) -> int:
        return self.log.read_bytes().count(f"{self.failure.call}(".encode())


@contextmanager
def _server(material: Material, failure: Failure, strace: str) -> Iterator[_Server]:
    log = material.folder / "calls.log"
    command = [strace, "-f", "--seccomp-bpf", "-o", str(log), "-e", f"trace={failure.call}",
               "-e", failure.expression, sys.executable, "-m", "tests.faults.serving",
               str(material.folder), failure.call]  # fmt: skip
    process = subprocess.Popen(  # noqa: S603 - our own program
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=os.environ
    )
    server = _Server(process, log, failure)
    try:
        server.wait_until_ready()
        yield server
    finally:
        if process.stdin is not None:
            process.stdin.close()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
