"""The seal finds every byte that was changed from outside, and never cries out for nothing."""

import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from takatuf.reports.register import Handed, Keeper, Register
from takatuf.reports.verifying import verify
from takatuf.storage import seal
from takatuf.storage.seal import IN_USE, NO_SEAL, TOO_LARGE, SealFile
from takatuf.storage.sqlite_register import SqliteRegister
from takatuf.vocabulary.errors import UnavailableError
from tests.builders import NOW, a_claim, a_report, an_arrival
from tests.builders_trust import HOST, HOST_KEY, a_submission, introduced

FLIPS = (0x01, 0x20, 0x80)


def fill(path: Path, *words: str) -> SqliteRegister:
    register = SqliteRegister(path, keeper=Keeper(root=HOST_KEY.id))
    reports = [a_report(a_claim(wording=word)) for word in words]
    listing = a_submission(HOST_KEY, HOST, reports=tuple(report.id for report in reports),
                           key_events=(introduced(HOST_KEY, HOST),))  # fmt: skip
    handed = [] if list(register.submissions()) else [Handed(HOST_KEY.sign(listing), NOW)]
    register.append([an_arrival(report) for report in reports], handed)
    return register


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.sqlite"


@pytest.fixture
def sealed(path: Path) -> SealFile:
    fill(path, "one", "two", "three").close()
    return SealFile(path)


def in_another_program(act: Callable[[Path], None], path: Path) -> int | None:
    other = multiprocessing.get_context("fork").Process(target=act, args=(path,))
    other.start()
    other.join()
    return other.exitcode


def is_quiet(seal_file: SealFile) -> bool:
    return seal_file.check().problems == ()


def is_sealed(seal_file: SealFile) -> bool:
    return is_quiet(seal_file) and seal_file.check().notes == ()


def flipped(path: Path, positions: range) -> Iterator[int]:
    """Flip one bit at each position in turn, and put it back afterwards."""
    whole = path.read_bytes()
    with path.open("r+b") as file:
        for position in positions:
            file.seek(position)
            file.write(bytes([whole[position] ^ FLIPS[position % 3]]))
            file.flush()
            yield position
            file.seek(position)
            file.write(whole[position : position + 1])
            file.flush()


def findings(path: Path) -> list[str]:
    """Return what a whole verification finds; a register that cannot be opened is a finding."""
    try:
        register: Register = SqliteRegister(path, keeper=Keeper(root=HOST_KEY.id))
    except UnavailableError as error:
        return [str(error)]
    found = verify(register.raw_entries(), register.raw_submissions(), register.keeper)
    problems = (*found.findings, *register.check_storage().problems)
    register.close()
    return [problem.code for problem in problems]


def test_a_register_that_is_closed_is_sealed(sealed: SealFile) -> None:
    assert is_sealed(sealed)
    assert findings(sealed.database) == []
    assert sealed.has_empty_log()


def test_reading_leaves_the_seal_where_it_is(sealed: SealFile) -> None:
    before = sealed.path.read_bytes()
    register = SqliteRegister(sealed.database)
    assert len(list(register.entries())) == 3
    assert is_sealed(sealed)
    register.close()

    assert is_sealed(sealed)
    assert sealed.path.read_bytes() == before


def test_while_it_is_written_there_is_no_seal_and_that_is_no_finding(path: Path) -> None:
    register = fill(path, "one")
    unsealed = SealFile(path).check()

    assert (unsealed.problems, unsealed.notes) == ((), (NO_SEAL,))
    register.close()
    assert is_sealed(SealFile(path))


def test_a_change_through_the_register_is_sealed_anew(sealed: SealFile) -> None:
    before = sealed.path.read_bytes()
    fill(sealed.database, "four").close()

    assert is_sealed(sealed)
    assert sealed.path.read_bytes() != before


def test_every_flipped_byte_is_found_even_where_nothing_is_kept(sealed: SealFile) -> None:
    size = sealed.database.stat().st_size
    for position in flipped(sealed.database, range(0, size, 211)):
        assert not is_quiet(sealed), position
    assert is_sealed(sealed)


@pytest.mark.slow
def test_10_000_flipped_bytes_are_found_by_a_whole_verification(path: Path) -> None:
    fill(path, *map(str, range(40))).close()
    size = path.stat().st_size
    for position in flipped(path, range(0, size, max(1, size // 10_000))):
        assert findings(path), position


def test_verification_finds_flips_and_never_fails_itself(sealed: SealFile) -> None:
    path = sealed.database
    content, seal_text = path.read_bytes(), sealed.path.read_bytes()
    for position in range(0, len(content), 1511):
        damaged = bytearray(content)
        damaged[position] ^= FLIPS[position % 3]
        path.write_bytes(damaged)
        assert findings(path), position
        path.write_bytes(content)
        sealed.path.write_bytes(seal_text)
    assert findings(path) == []


def test_a_flipped_byte_of_the_seal_is_found_too(sealed: SealFile) -> None:
    for position in flipped(sealed.path, range(sealed.path.stat().st_size)):
        assert not is_quiet(sealed), position


def test_bytes_added_behind_are_found(sealed: SealFile) -> None:
    with sealed.database.open("ab") as file:
        file.write(b"\x00")

    assert not is_quiet(sealed)


def test_changes_that_wait_in_the_log_beside_a_seal_are_found(sealed: SealFile) -> None:
    (sealed.database.parent / "register.sqlite-wal").write_bytes(b"put here from outside")

    assert not is_quiet(sealed)


def test_a_change_past_the_register_is_found(sealed: SealFile) -> None:
    with closing(sqlite3.connect(sealed.database)) as connection, connection:
        connection.execute("UPDATE sqlite_sequence SET seq = seq + 1")

    assert not is_quiet(sealed)


def write_and_be_killed(path: Path) -> None:
    fill(path, "four")
    os.kill(os.getpid(), signal.SIGKILL)


def write_and_close(path: Path) -> None:
    fill(path, "four", "five").close()


def read_and_close(path: Path) -> None:
    register = SqliteRegister(path)
    sum(1 for _ in register.entries())
    register.close()


def test_after_a_crash_there_is_no_seal_and_no_alarm(sealed: SealFile) -> None:
    assert in_another_program(write_and_be_killed, sealed.database) == -signal.SIGKILL
    assert sealed.check().notes == (NO_SEAL,)
    in_another_program(read_and_close, sealed.database)  # takes over what waits in the log
    assert is_quiet(sealed)
    assert findings(sealed.database) == ["verify.report-unsigned"]

    fill(sealed.database, "five").close()

    assert is_sealed(sealed)


def test_who_checks_the_seal_and_goes_on_writing_loses_nothing(sealed: SealFile) -> None:
    """Opening and closing the file past the database would let go of its locks."""
    register = SqliteRegister(sealed.database)
    assert register.check_storage().problems == ()
    in_another_program(write_and_close, sealed.database)
    assert sealed.database.with_name("register.sqlite-wal").exists()
    written = an_arrival(a_report(a_claim(wording="six")))
    register.append([written])

    in_another_program(write_and_close, sealed.database)

    assert written.report in [entry.report for entry in register.entries()]
    register.close()
    assert is_sealed(sealed)


def test_a_program_that_reads_while_another_writes_brings_no_alarm(sealed: SealFile) -> None:
    reader = SqliteRegister(sealed.database)
    reading = reader.entries()
    next(reading)
    in_another_program(write_and_close, sealed.database)
    assert is_quiet(sealed)

    assert len(list(reading)) == 2
    reader.close()

    assert is_quiet(sealed)
    fill(sealed.database, "six").close()
    assert is_sealed(sealed)


def test_two_programs_that_write_in_turn_leave_a_seal_that_fits(sealed: SealFile) -> None:
    first = fill(sealed.database, "four")
    in_another_program(write_and_close, sealed.database)
    assert is_quiet(sealed)
    fill_again = a_report(a_claim(wording="six"))
    first.append([an_arrival(fill_again)])
    assert is_quiet(sealed)

    first.close()

    assert is_sealed(sealed)


def test_a_register_that_somebody_else_writes_is_closed_without_a_seal(path: Path) -> None:
    register = fill(path, "one")
    register.append([an_arrival(a_report(by="z"))])
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("DELETE FROM submissions")
    register.close()

    assert not SealFile(path).path.exists()
    other.execute("ROLLBACK")
    other.close()


def test_a_register_that_somebody_reads_from_before_the_change_is_closed_without_a_seal(
    sealed: SealFile,
) -> None:
    reader = SqliteRegister(sealed.database)
    reading = reader.entries()
    next(reading)
    fill(sealed.database, "four").close()

    assert sealed.check().notes == (NO_SEAL,)
    reading.close()  # type: ignore[attr-defined] # a generator
    reader.close()


def test_who_reads_while_the_seal_changes_begins_again_and_at_last_gives_up(
    sealed: SealFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = iter(range(100))

    def meanwhile_somebody_writes(path: Path) -> seal.Seal:
        sealed.path.write_text(f"{next(reads)}")
        return seal.Seal(size=path.stat().st_size, sha256="", n_entries=0, n_submissions=0)

    monkeypatch.setattr(seal, "_read_through", meanwhile_somebody_writes)

    assert sealed.check().notes == (IN_USE,)


def test_a_disk_that_refuses_to_be_read_is_said_to_be_damaged_and_not_altered(
    sealed: SealFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> seal.Seal:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(seal, "_read_through", refuse)

    assert [problem.code for problem in sealed.check().problems] == ["verify.register-damaged"]


def test_a_register_that_is_too_large_to_compare_is_said_so(
    sealed: SealFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_large(path: Path) -> None:
        raise MemoryError(path)

    monkeypatch.setattr(seal, "_read_through", too_large)

    assert sealed.check().notes == (TOO_LARGE,)
    fill(sealed.database, "four").close()
    assert not sealed.path.exists()


def test_taking_away_no_seal_is_harmless(path: Path) -> None:
    SealFile(path).take_away()
    assert not SealFile(path).path.exists()
