"""Work for worker processes: light, and deadly where a test wants it."""

import os
import signal
import threading
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

from takatuf.planning.ensembles.local import Started
from takatuf.planning.ensembles.working import work

DEADLY_ONCE = 5


class UncopiableError(Exception):
    """An error that holds what cannot be pickled."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.because = lambda: words


@dataclass(frozen=True)
class Doubling:
    """Doubles; one number kills the first process that has it."""

    folder: Path

    def __call__(self, number: int) -> int:
        if number == DEADLY_ONCE and self._is_first():
            os.kill(os.getpid(), signal.SIGKILL)
        return 2 * number

    def _is_first(self) -> bool:
        mark = self.folder / "killed"
        is_first = not mark.exists()
        mark.touch()
        return is_first


def uncopiable(number: int) -> int:
    raise UncopiableError(f"no such number {number}")


class DeathError(BaseException):
    """What ends a worker that is a thread: no work may catch it."""


@dataclass(frozen=True)
class Fragile:
    """Doubles; each number ends so many workers first, which marks in a folder count."""

    folder: Path
    deaths: tuple[tuple[int, int], ...] = ()  # (number, how many)

    def __call__(self, number: int) -> int:
        if number < 0:
            raise ValueError(f"{number} is negative")
        n_died = len(list(self.folder.glob(f"{number}-*")))
        if n_died < dict(self.deaths).get(number, 0):
            (self.folder / f"{number}-{n_died}").touch()
            raise DeathError
        return 2 * number


class ThreadWorker:
    """A worker that is a thread, and dies by ending its pipe."""

    exitcode = -9

    def __init__(self, pipe: Connection, function: bytes) -> None:
        self.pipe, self.function = pipe, function
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def terminate(self) -> None:
        """Do nothing: the thread ends when the other end of its pipe is closed."""

    def join(self) -> None:
        self.thread.join()

    def _run(self) -> None:
        try:
            work(self.pipe, self.function)
        except (DeathError, OSError):
            pass
        finally:
            self.pipe.close()


def in_a_thread(function: bytes) -> Started:
    """Start a worker in a thread, so that a test of who does what is quick."""
    ours, theirs = Pipe()
    return ThreadWorker(theirs, function), ours
