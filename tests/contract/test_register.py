"""What every register promises; the one in memory is the oracle."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from takatuf.reports.memory import MemoryRegister
from takatuf.reports.register import Register
from takatuf.storage.sqlite_register import SqliteRegister
from takatuf.vocabulary.errors import UnavailableError
from takatuf.vocabulary.identity import Position, ReportId
from tests.builders import a_claim, a_report, an_arrival

LATER = datetime(2017, 7, 1, tzinfo=UTC)
Opener = Callable[[], Register]


@pytest.fixture(params=["memory", "sqlite"])
def register(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Register]:
    if request.param == "memory":
        yield MemoryRegister()
        return
    opened = SqliteRegister(tmp_path / "register.sqlite")
    yield opened
    opened.close()


def test_what_is_appended_comes_back_in_the_order_of_arrival(register: Register) -> None:
    reports = [a_report(by=name) for name in "cab"]

    stored = register.append([an_arrival(report) for report in reports])

    assert [entry.report for entry in register.entries()] == reports
    assert [entry.position for entry in register.entries()] == [s.position for s in stored]
    assert len(register) == 3


def test_the_same_report_is_kept_once_with_its_first_receipt(register: Register) -> None:
    first = register.append([an_arrival()])

    again = register.append([an_arrival(at=LATER)])

    assert [s.is_new for s in (*first, *again)] == [True, False]
    assert again[0].position == first[0].position
    assert [entry.received_at for entry in register.entries()] == [an_arrival().received_at]


def test_a_report_twice_in_one_batch_is_kept_once(register: Register) -> None:
    stored = register.append([an_arrival(), an_arrival()])

    assert [s.is_new for s in stored] == [True, False]
    assert len(register) == 1


def test_a_reader_can_go_on_from_a_position(register: Register) -> None:
    positions = [s.position for s in register.append([an_arrival(a_report(by=n)) for n in "ab"])]

    assert [e.position for e in register.entries(after=positions[0])] == positions[1:]
    assert list(register.entries(after=positions[1])) == []


def test_a_report_is_found_by_its_identity(register: Register) -> None:
    register.append([an_arrival()])

    assert register.find(a_report().id) == a_report()
    assert register.find(ReportId("0" * 64)) is None


def test_appending_nothing_is_harmless(register: Register) -> None:
    assert register.append([]) == ()
    assert len(register) == 0


def test_a_file_register_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    first = SqliteRegister(tmp_path / "register.sqlite")
    first.append([an_arrival(a_report(a_claim(wording="كما قيل")))])
    first.close()

    again = SqliteRegister(tmp_path / "register.sqlite")

    assert [entry.position for entry in again.entries()] == [Position(1)]
    assert [entry.report.claims[0].wording for entry in again.entries()] == ["كما قيل"]
    again.close()


def test_a_failure_in_the_middle_of_a_batch_leaves_nothing(tmp_path: Path) -> None:
    register = SqliteRegister(tmp_path / "register.sqlite")
    naive = datetime(2017, 6, 14)  # noqa: DTZ001 - the mistake under test

    with pytest.raises(ValueError, match="2017"):
        register.append([an_arrival(), an_arrival(a_report(by="b"), at=naive)])

    assert len(register) == 0
    register.close()


def test_what_is_no_register_is_refused_with_its_path(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    path.write_bytes(b"this is not a database, and long enough to be looked at" * 40)

    with pytest.raises(UnavailableError, match=r"register\.sqlite"):
        SqliteRegister(path)


def test_a_register_that_another_program_writes_is_unavailable_and_stays_whole(
    tmp_path: Path,
) -> None:
    path = tmp_path / "register.sqlite"
    register = SqliteRegister(path, wait_seconds=0.01)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    with pytest.raises(UnavailableError, match="cannot be written"):
        register.append([an_arrival()])

    other.execute("ROLLBACK")
    other.close()
    assert [s.is_new for s in register.append([an_arrival()])] == [True]
    register.close()
