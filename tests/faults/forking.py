"""Children of a warm process: started in a millisecond, heard by a pipe, killed at any moment.

The parent must have no register open while it makes a child: a connection is not shared.
"""

import json
import os
import pickle
import select
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from tests.faults.writing import Tell, to_line

AT_ONCE = 65536
MAX_SECONDS = 60.0  # no child is silent for so long; if one is, it hangs
Lines = list[dict[str, object]]
Result = TypeVar("Result")


@dataclass(slots=True)
class Child:
    """A child and what it has said so far; one line of JSON for each thing."""

    pid: int
    pipe: int
    go: int  # a byte in here lets a child go on that waits
    said: bytes = b""

    def hear(self, seconds: float) -> bool:
        """Take what the child says within so many seconds; False when it has said its last."""
        ready, _, _ = select.select([self.pipe], [], [], seconds)
        if not ready:
            return True
        more = os.read(self.pipe, AT_ONCE)
        self.said += more
        return bool(more)

    def hear_acknowledgements(self, number: int) -> bool:
        """Listen until so many things were acknowledged; False if the child ended before."""
        end = time.monotonic() + MAX_SECONDS
        while self.said.count(b'"head"') < number:
            if time.monotonic() > end or not self.hear(MAX_SECONDS):
                return False
        return True

    def hear_for(self, seconds: float) -> None:
        """Listen for so long, to the microsecond as far as the machine can."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and self.hear(left):
            pass

    def let_go_on(self) -> None:
        """Let a child go on that waits."""
        os.write(self.go, b".")

    def kill(self) -> None:
        """End the child as a power switch does: it can do nothing about it."""
        os.kill(self.pid, signal.SIGKILL)

    def end(self) -> int:
        """Wait until the child has ended, hear what it said, and return how it ended."""
        while self.hear(MAX_SECONDS):
            pass
        _, status = os.waitpid(self.pid, 0)
        os.close(self.pipe)
        os.close(self.go)
        return os.waitstatus_to_exitcode(status)

    @property
    def lines(self) -> Lines:
        """What the child has said, in whole lines."""
        return [
            json.loads(line) for line in self.said.splitlines(keepends=True) if line[-1:] == b"\n"
        ]


Work = Callable[[Tell, Callable[[], None]], None]


def apart(work: Callable[[], Result]) -> Result:
    """Do this in a child, and return what it gives.

    Whoever makes children must never have used a library with threads of its own: in a child
    they would be gone, and what waits for them would wait for ever. So all that reads a
    picture is done apart.
    """
    heard, says = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(heard)
        _give(work, says)
    os.close(says)
    with os.fdopen(heard, "rb") as pipe:
        is_done, result = pickle.loads(pipe.read())  # noqa: S301 - our own child wrote it
    os.waitpid(pid, 0)
    if not is_done:
        raise RuntimeError(result)
    given: Result = result
    return given


def _give(work: Callable[[], object], says: int) -> NoReturn:
    try:
        content = pickle.dumps((True, work()))
    except BaseException:  # noqa: BLE001 - the parent says what went wrong
        content = pickle.dumps((False, traceback.format_exc()))
    _write_all(says, content)
    os._exit(0)


def start(work: Work) -> Child:
    """Start a child that does this work; it is given what to tell with, and how to wait."""
    heard, says = os.pipe()
    waits, go = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(heard)
        os.close(go)
        _do(work, says, waits)
    os.close(says)
    os.close(waits)
    return Child(pid, heard, go)


def _do(work: Work, says: int, waits: int) -> NoReturn:
    code = 0
    try:
        work(lambda line: _write_all(says, to_line(line)), lambda: _wait(waits))
    except BaseException:  # noqa: BLE001 - the parent says what went wrong
        code = 1
        _write_all(says, to_line({"failed": traceback.format_exc()}))
    finally:
        os._exit(code)


def _write_all(pipe: int, content: bytes) -> None:
    while content:
        content = content[os.write(pipe, content) :]


def _wait(pipe: int) -> None:
    os.read(pipe, 1)
