"""The cluster's side of running items; processes of a real cluster are in the journeys."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, Self

import pytest

from takatuf.planning.ensembles import cluster
from takatuf.planning.ensembles.cluster import Cluster, run_batch, unpacked
from takatuf.vocabulary.errors import UnavailableError
from tests.builders_ensembles import Fragile


class KilledWorker(Exception):  # noqa: N818 - the library's name
    """As the scheduler gives up what ended its workers."""


class Future:
    def __init__(self, error: Exception | None, result: Any) -> None:
        self.error, self.value = error, result

    def exception(self) -> Exception | None:
        return self.error

    def result(self) -> Any:
        return self.value


class Coming:
    def __init__(self, futures: list[Future], loop: None) -> None:
        del loop
        self.futures = futures

    def add(self, future: Future) -> None:
        self.futures.append(future)

    def __iter__(self) -> Iterator[Future]:
        while self.futures:
            yield self.futures.pop()


class Client:
    """Answers at once; the batches in ``errors`` fail, each so many times."""

    loop = None

    def __init__(self, errors: dict[int, list[Exception]], n_workers: int = 3) -> None:
        self.errors, self.n_workers, self.n_batches = errors, n_workers, 0

    def __call__(self, address: str, **_: object) -> "Client":
        if not address.startswith("tcp://"):
            raise ValueError(address)
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def close(self) -> None:
        pass

    def wait_for_workers(self, _: int, **__: object) -> None:
        if not self.n_workers:
            raise TimeoutError

    def scheduler_info(self, n_workers: int) -> dict[str, dict[str, dict[str, str]]]:
        del n_workers
        hosts = {f"tcp://{n}": {"host": f"host-{n % 2}"} for n in range(self.n_workers)}
        return {"workers": hosts}

    def submit(self, function: Any, *given: Any, **_: object) -> Any:
        if function is unpacked:
            return unpacked(*given)
        self.n_batches += 1
        restored, items = given
        waiting = self.errors.get(items[0], [])
        if waiting and self.n_batches > 2:  # the first two are for the two machines
            return Future(waiting.pop(), None)
        return Future(None, run_batch(restored, items))


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> dict[int, list[Exception]]:
    errors: dict[int, list[Exception]] = {}
    module = SimpleNamespace(Client=Client(errors), as_completed=Coming, KilledWorker=KilledWorker)
    monkeypatch.setitem(sys.modules, "distributed", module)
    return errors


def test_results_come_in_the_order_of_the_items_however_they_arrive(
    library: dict[int, list[Exception]], tmp_path: Path
) -> None:
    del library
    told: list[tuple[int, int]] = []

    found = Cluster("tcp://a:1", 3).run(Fragile(tmp_path), range(8), lambda *d: told.append(d))

    assert found == [2 * number for number in range(8)]
    assert told[-1] == (8, 8)
    assert Cluster("tcp://a:1", 3).run(Fragile(tmp_path), range(2)) == [0, 2]
    assert Cluster("tcp://a:1").run(Fragile(tmp_path), []) == []


def test_a_batch_that_lost_its_workers_is_handed_in_again(
    library: dict[int, list[Exception]], tmp_path: Path
) -> None:
    library[3] = [KilledWorker(), KilledWorker()]

    assert Cluster("tcp://a:1", 3).run(Fragile(tmp_path), range(5)) == [0, 2, 4, 6, 8]
    assert library[3] == []


@pytest.mark.parametrize(
    ("error", "family", "words"),
    [
        (KilledWorker("x"), UnavailableError, "too little memory"),
        (ImportError("takatuf"), UnavailableError, "the same takatuf"),
        (ValueError("ours"), ValueError, "ours"),
    ],
)
def test_what_cannot_be_put_right_is_said_with_its_cure(
    library: dict[int, list[Exception]],
    tmp_path: Path,
    error: Exception,
    family: type[Exception],
    words: str,
) -> None:
    library[0] = [error] * 9

    with pytest.raises(family, match=words):
        Cluster("tcp://a:1", 3).run(Fragile(tmp_path), range(5))


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(UnavailableError, match=r"takatuf\[cluster\]"):
        Cluster("tcp://a:1").run(Fragile(tmp_path), range(5))


@pytest.mark.usefixtures("library")
def test_an_address_that_is_none_is_said_to_be_silent(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="does not answer"):
        Cluster("nowhere").run(Fragile(tmp_path), range(5))


def test_a_scheduler_without_workers_is_said_to_have_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lonely: Any = ModuleType("distributed")
    lonely.Client = Client({}, n_workers=0)
    monkeypatch.setitem(sys.modules, "distributed", lonely)

    with pytest.raises(UnavailableError, match="has no workers"):
        Cluster("tcp://a:1").run(Fragile(tmp_path), range(5))
    assert cluster.PATIENCE_SECONDS > 0
