"""Let the n-th call to the operating system fail, for every n: needs the program strace.

Each kind of call fails once, as a bad sector does, or from then on, as a full disk does.
"""

import json
import os
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.forking import AT_ONCE, Lines
from tests.faults.material import Material
from tests.faults.outcome import Outcome
from tests.faults.refusing import KINDS, judge, write_tables
from tests.faults.serving import MAX_SECONDS

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
                n_hits = server.n_hits()
                lines = server.work(workspace, failure.base - number)
                outcome.count(f"{failure}")
                outcome.count("calls that failed", int(server.n_hits() > n_hits))
                judge(material, workspace, lines, f"{failure}, number {number}", outcome)
    return outcome


@dataclass(slots=True)
class _Server:
    process: "subprocess.Popen[bytes]"
    log: Path
    failure: Failure
    n_killed: int = 0
    said: bytes = b""

    def work(self, workspace: Path, n_idle: int) -> Lines:
        """Return what a child said that did the work in this workspace."""
        self._send({"workspace": str(workspace), "idle": n_idle})
        return list(self._heard())

    def count_calls(self, workspace: Path) -> int:
        """Return how many calls of this kind the work makes."""
        before = self._n_logged(f"{self.failure.call}(")
        self.work(workspace, 0)
        return self._n_logged(f"{self.failure.call}(") - before

    def n_hits(self) -> int:
        """Return how often something failed by now."""
        return self.n_killed if self.failure.error == KILLED else self._n_logged("(INJECTED)")

    def next_line(self) -> bytes:
        assert self.process.stdout is not None
        pipe = self.process.stdout.fileno()
        while b"\n" not in self.said:
            ready, _, _ = select.select([pipe], [], [], 2 * MAX_SECONDS)
            more = os.read(pipe, AT_ONCE) if ready else b""
            assert more, "the tracer is silent"
            self.said += more
        line, _, self.said = self.said.partition(b"\n")
        return line

    def _send(self, job: dict[str, object]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(job).encode() + b"\n")
        self.process.stdin.flush()

    def _heard(self) -> Iterator[dict[str, object]]:
        while True:
            said = json.loads(self.next_line())
            if "ended" in said:
                if said["ended"] == -signal.SIGKILL:
                    self.n_killed += 1
                elif said["ended"] != 0:
                    yield {"failed": f"a child ended with {said['ended']}"}
                return
            yield said

    def _n_logged(self, text: str) -> int:
        return self.log.read_bytes().count(text.encode())


@contextmanager
def _server(material: Material, failure: Failure, strace: str) -> Iterator[_Server]:
    log = material.folder / "calls.log"
    # The faster way to trace lets calls fail, and kills nobody.
    fast = [] if failure.error == KILLED else ["--seccomp-bpf"]
    command = [strace, "-f", *fast, "-o", str(log), "-e", f"trace={failure.call}",
               "-e", failure.expression, sys.executable, "-m", "tests.faults.serving",
               str(material.folder), failure.call]  # fmt: skip
    process = subprocess.Popen(  # noqa: S603 - our own program
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=os.environ,
        start_new_session=True,
    )
    server = _Server(process, log, failure)
    try:
        server.next_line()  # it is ready
        yield server
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)  # the children too, which would go on for ever
        raise
    finally:
        if process.stdin is not None:
            process.stdin.close()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
