"""Work in processes of this machine; a process that dies loses nothing but its own item's time.

Processes are spawned, never forked: libraries that hold threads may not live through a fork. A
process holds one item at a time, so when one dies it is known which item to hand to another.
"""

import pickle
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from typing import Any, Protocol

from takatuf.planning.ensembles.runner import MAX_DEATHS, Done, Item, Result
from takatuf.planning.ensembles.working import work
from takatuf.vocabulary.errors import UnavailableError


class Process(Protocol):
    """What is asked of a worker's process."""

    @property
    def exitcode(self) -> int | None:
        """How it ended: minus the signal that killed it; None while it runs."""

    def terminate(self) -> None:
        """End it, whatever it does."""

    def join(self) -> None:
        """Wait for its end."""


Started = tuple[Process, Connection]  # a worker, and our end of the pipe to it


def spawned(function: bytes) -> Started:
    """Return a new process that applies a pickled function to what comes through its pipe."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(theirs, function), daemon=True)
    process.start()
    theirs.close()  # only the worker holds it now: its death ends the pipe
    return process, ours


@dataclass(frozen=True, slots=True)
class LocalProcesses:
    """Runs items in this many processes; with one, in this process itself."""

    n_workers: int
    start: Callable[[bytes], Started] = field(default=spawned)

    def run(
        self,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        on_progress: Done | None = None,
    ) -> list[Result]:
        """Return the result of each item, in their order; see `Runner.run`."""
        tell = on_progress or _nobody
        # The first item is done here, so that what is compiled lies on disk before many look.
        results: list[Result] = []
        here = items if self.n_workers <= 1 else items[:1]
        for item in here:
            results.append(function(item))
            tell(len(results), len(items))
        rest = items[len(here) :]
        if not rest:
            return results
        packed = pickle.dumps(function)
        pool = _Pool(
            lambda: self.start(packed), rest, lambda done: tell(len(here) + done, len(items))
        )
        try:
            return [*results, *pool.results(min(self.n_workers, len(rest)))]
        finally:
            pool.close()


def _nobody(_done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class _Worker:
    process: Process
    pipe: Connection
    item: int


class _Pool:
    """Processes that are replaced when they die, and what is still to be done."""

    def __init__(
        self, start: Callable[[], Started], items: Sequence[Any], tell: Callable[[int], None]
    ) -> None:
        self.start = start
        self.items = items
        self.tell = tell
        self.waiting = deque(range(len(items)))
        self.deaths: Counter[int] = Counter()
        self.found: dict[int, Any] = {}
        self.workers: list[_Worker] = []

    def results(self, n_workers: int) -> list[Any]:
        for _ in range(n_workers):
            self._start()
        while self.workers:
            for pipe in connection.wait([worker.pipe for worker in self.workers]):
                self._answered(next(w for w in self.workers if w.pipe is pipe))
        return [self.found[item] for item in range(len(self.items))]

    def close(self) -> None:
        for worker in self.workers:
            worker.process.terminate()
        for worker in self.workers:
            _let_go(worker)
        self.workers = []

    def _start(self) -> None:
        process, pipe = self.start()
        worker = _Worker(process, pipe, self.waiting.popleft())
        self.workers.append(worker)
        self._hand_over(worker)

    def _hand_over(self, worker: _Worker) -> None:
        try:
            worker.pipe.send(self.items[worker.item])
        except OSError:  # it died meanwhile
            self._died(worker)

    def _answered(self, worker: _Worker) -> None:
        try:
            is_result, value = worker.pipe.recv()
        except (EOFError, OSError):
            self._died(worker)
            return
        if not is_result:
            raise value
        self.found[worker.item] = value
        self.tell(len(self.found))
        if self.waiting:
            worker.item = self.waiting.popleft()
            self._hand_over(worker)
        else:
            self._dismiss(worker)

    def _died(self, worker: _Worker) -> None:
        self._dismiss(worker)
        self.deaths[worker.item] += 1
        if self.deaths[worker.item] >= MAX_DEATHS:
            raise UnavailableError(
                f"Item {worker.item + 1} of {len(self.items)} ended its process {MAX_DEATHS} "
                f"times, the last time with exit code {worker.process.exitcode}. Is there too "
                "little memory? Try fewer workers."
            )
        self.waiting.appendleft(worker.item)
        self._start()

    def _dismiss(self, worker: _Worker) -> None:
        self.workers.remove(worker)
        _let_go(worker)


def _let_go(worker: _Worker) -> None:
    worker.pipe.close()  # a worker that waits for an item ends by this
    worker.process.join()
