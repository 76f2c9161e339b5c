import multiprocessing
import pickle
import signal
from multiprocessing.connection import Connection
from pathlib import Path
from typing import cast

import pytest

from takatuf.planning.ensembles.local import LocalProcesses, Started
from takatuf.planning.ensembles.working import work
from takatuf.vocabulary.errors import UnavailableError
from tests.builders_ensembles import Doubling, Fragile, in_a_thread, uncopiable


def test_one_worker_is_a_plain_loop_that_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    found = LocalProcesses(1).run(Doubling(tmp_path), [3, 1, 2], lambda *done: told.append(done))

    assert found == [6, 2, 4]
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert LocalProcesses(4).run(Doubling(tmp_path), []) == []


def test_a_worker_that_is_killed_loses_no_item_and_nothing_stays_behind(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    found = LocalProcesses(2).run(Doubling(tmp_path), range(12), lambda *done: told.append(done))

    assert (tmp_path / "killed").exists()
    assert found == [2 * number for number in range(12)]
    assert told == [(done, 12) for done in range(1, 13)]
    assert multiprocessing.active_children() == []


@pytest.mark.usefixtures("handlers")
def test_an_item_is_handed_on_while_it_ends_fewer_than_three_workers(tmp_path: Path) -> None:
    fragile = Fragile(tmp_path, ((2, 2), (4, 1)))

    assert LocalProcesses(3, in_a_thread).run(fragile, range(7)) == [0, 2, 4, 6, 8, 10, 12]
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.usefixtures("handlers")
def test_an_item_that_ends_every_worker_is_given_up_with_a_cure(tmp_path: Path) -> None:
    fragile = Fragile(tmp_path, ((1, 9),))

    with pytest.raises(UnavailableError, match=r"Item 1 of 3 ended its process 3 times.*fewer"):
        LocalProcesses(2, in_a_thread).run(fragile, range(4))
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.usefixtures("handlers")
def test_an_error_of_the_work_comes_back_as_it_was(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="-1 is negative"):
        LocalProcesses(2, in_a_thread).run(Fragile(tmp_path), [0, -1, 2])


def test_a_worker_that_is_dead_before_it_has_anything_counts_as_a_death(tmp_path: Path) -> None:
    def stillborn(_: bytes) -> Started:
        ours, theirs = multiprocessing.Pipe()
        theirs.close()
        return Ended(), ours

    with pytest.raises(UnavailableError, match="3 times"):
        LocalProcesses(2, stillborn).run(Fragile(tmp_path), range(3))


class Ended:
    exitcode = 1

    def terminate(self) -> None:
        pass

    def join(self) -> None:
        pass


class Paper:
    """A pipe without another end: what comes in is written before, what goes out is kept."""

    def __init__(self, *items: int) -> None:
        self.items = list(items)
        self.answers: list[tuple[bool, object]] = []

    def recv(self) -> int:
        if not self.items:
            raise EOFError
        return self.items.pop(0)

    def send(self, answer: tuple[bool, object]) -> None:
        self.answers.append(answer)


@pytest.fixture
def handlers(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, object]]:
    asked: list[tuple[int, object]] = []
    monkeypatch.setattr(signal, "signal", lambda *given: asked.append(given))
    return asked


def test_a_worker_answers_each_item_until_there_is_none(
    tmp_path: Path, handlers: list[tuple[int, object]]
) -> None:
    pipe = Paper(4, -4)

    work(cast("Connection", pipe), pickle.dumps(Fragile(tmp_path)))

    good, (is_result, error) = pipe.answers
    assert good == (True, 8)
    assert not is_result
    assert isinstance(error, ValueError)
    assert handlers == [(signal.SIGINT, signal.SIG_IGN)]


@pytest.mark.usefixtures("handlers")
def test_an_error_that_cannot_be_copied_is_told_in_words() -> None:
    pipe = Paper(1)

    work(cast("Connection", pipe), pickle.dumps(uncopiable))

    ((_, error),) = pipe.answers
    assert repr(error) == "RuntimeError(\"UncopiableError('no such number 1')\")"
