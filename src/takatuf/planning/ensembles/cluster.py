"""Work on the machines of a Dask cluster, with the same code and the same results.

The library is an extra and is looked for when it is needed. The scheduler hands the work of a
worker that died to others; an item that it gives up is handed in again here a few times.
"""

import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

from takatuf.planning.ensembles.runner import MAX_DEATHS, Done, Item, Result
from takatuf.vocabulary.errors import UnavailableError

PATIENCE_SECONDS = 10  # for the scheduler to answer, and for a first worker


@dataclass(frozen=True, slots=True)
class Cluster:
    """Runs items on the cluster whose scheduler is at an address such as ``tcp://host:8786``."""

    address: str
    batch_size: int = 5  # items that go to a worker together

    def run(
        self,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        on_progress: Done | None = None,
    ) -> list[Result]:
        """Return the result of each item, in their order; see `Runner.run`."""
        if not items:
            return []
        library = _library()
        with _client(library, self.address) as client:
            desk = _Desk(library, client, function, items)
            desk.first_on_each_machine()
            found: dict[int, Result] = {}
            for numbers, results in desk.answers(self.batch_size):
                found |= dict(zip(numbers, results, strict=True))
                if on_progress:
                    on_progress(len(found), len(items))
        return [found[number] for number in range(len(items))]


def run_batch(function: Callable[[Any], Any], items: Sequence[Any]) -> list[Any]:
    """Return the results of a few items; this runs on a worker."""
    return [function(item) for item in items]


def unpacked(function: bytes) -> Callable[[Any], Any]:
    """Return the function that was sent; this runs on a worker, anew wherever it is lost."""
    restored: Callable[[Any], Any] = pickle.loads(function)  # noqa: S301 - from whoever asked
    return restored


class _Desk:
    """What is handed in to the scheduler, and what comes back."""

    def __init__(
        self,
        library: ModuleType,
        client: Any,  # noqa: ANN401 - the library has no types
        function: Callable[[Any], Any],
        items: Sequence[Any],
    ) -> None:
        self.library, self.client, self.items = library, client, items
        # Kept by the scheduler as a recipe, so no worker's death can lose it.
        self.function = client.submit(unpacked, pickle.dumps(function), pure=False)

    def first_on_each_machine(self) -> None:
        """Do the first item once on each machine, so that what is compiled lies on its disk."""
        workers = self.client.scheduler_info(n_workers=-1)["workers"]
        of_host = {info["host"]: address for address, info in workers.items()}
        first = [
            self._hand_in([0], workers=[address], allow_other_workers=True)
            for address in sorted(of_host.values())
        ]
        for future in first:
            future.exception()  # waits; what is wrong shows when the item's turn comes

    def answers(self, batch_size: int) -> Iterator[tuple[list[int], list[Any]]]:
        numbers = list(range(len(self.items)))
        batches = [numbers[at : at + batch_size] for at in range(0, len(numbers), batch_size)]
        waiting = {self._hand_in(batch): (batch, 1) for batch in batches}
        coming = self.library.as_completed(list(waiting), loop=self.client.loop)
        for future in coming:
            batch, n_tries = waiting.pop(future)
            error = future.exception()
            if error is None:
                yield batch, future.result()
            elif isinstance(error, self.library.KilledWorker) and n_tries < MAX_DEATHS:
                again = self._hand_in(batch)
                waiting[again] = (batch, n_tries + 1)
                coming.add(again)
            else:
                raise _in_our_words(self.library, error) from error

    def _hand_in(self, numbers: list[int], **where: object) -> Any:  # noqa: ANN401 - no types
        items = [self.items[number] for number in numbers]
        return self.client.submit(run_batch, self.function, items, pure=False, **where)


def _library() -> ModuleType:
    try:
        return import_module("distributed")
    except ImportError as error:
        raise UnavailableError(
            "A cluster needs the extra cluster: install takatuf[cluster]."
        ) from error


def _client(library: ModuleType, address: str) -> Any:  # noqa: ANN401 - no types
    try:
        client = library.Client(address, timeout=PATIENCE_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UnavailableError(
            f"The scheduler at {address} does not answer. Is it running, and is the address one "
            "that it prints at its start?"
        ) from error
    try:
        client.wait_for_workers(1, timeout=PATIENCE_SECONDS)
    except TimeoutError as error:
        client.close()
        raise UnavailableError(
            f"The scheduler at {address} has no workers. Start some: dask worker {address}."
        ) from error
    return client


def _in_our_words(library: ModuleType, error: Exception) -> Exception:
    if isinstance(error, library.KilledWorker):
        return UnavailableError(
            f"A batch of items ended its worker {MAX_DEATHS} times over. Is there too little "
            f"memory on the workers? ({error})"
        )
    if isinstance(error, ImportError):
        return UnavailableError(
            f"The workers do not have the same takatuf as this machine. ({error})"
        )
    return error
