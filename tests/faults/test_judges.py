"""The judge and the disks of the fault tests can tell: what cannot fail shows nothing."""

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from takatuf.workspace import open_workspace
from tests.faults.checking import Acknowledged, Expected, faults_of
from tests.faults.killing import is_torn
from tests.faults.material import Material, make_material
from tests.faults.outcome import Kind, chance_of
from tests.faults.replaying import Disk
from tests.faults.tearing import SECTOR_BYTES, torn
from tests.faults.tracing import Act, Event, events_of

OLD, NEW = b"o" * SECTOR_BYTES * 2, b"n" * SECTOR_BYTES * 2
TRIES = 40


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    return make_material(tmp_path_factory.mktemp("faults"))


def kinds(folder: Path, *acknowledged: Acknowledged) -> set[Kind]:
    return {fault.kind for fault in faults_of(folder, Expected(acknowledged))}


def head_of(folder: Path) -> str:
    workspace = open_workspace(folder)
    head = workspace.parts.register.head()
    workspace.close()
    return head


def test_nothing_is_said_of_a_workspace_in_good_order(material: Material) -> None:
    folder = material.copy("good")
    assert kinds(folder, Acknowledged(head_of(folder))) == set()


def test_what_was_acknowledged_and_is_not_there_is_lost(material: Material) -> None:
    folder = material.copy("lost")
    head = head_of(folder)
    assert kinds(folder, Acknowledged(head, ("0" * 64,))) == {Kind.LOST}
    assert kinds(folder, Acknowledged(head.replace(head[-1], "x"))) == {Kind.LOST}


def test_a_part_of_a_submission_is_half_a_state(material: Material) -> None:
    folder = material.copy("half")
    with closing(sqlite3.connect(folder / "register.sqlite")) as connection, connection:
        connection.execute("DELETE FROM entries WHERE position = 4")
    assert Kind.HALF in kinds(folder)


def test_a_part_of_a_bundle_is_half_a_state(material: Material) -> None:
    folder = material.copy("half a bundle")
    workspace = open_workspace(folder)
    here = frozenset(form[1] for form in workspace.parts.register.forms())
    workspace.close()
    expected = Expected(prefixes=[here | {"0" * 64}])
    assert [fault.kind for fault in faults_of(folder, expected)] == [Kind.HALF]


def test_what_does_not_open_is_a_failed_start(material: Material) -> None:
    folder = material.copy("closed")
    (folder / "register.sqlite").write_bytes(b"no database at all " * 400)
    assert kinds(folder) == {Kind.START}


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    (tmp_path / "a").write_bytes(OLD)
    return Disk.of(tmp_path)


def after_cuts(disk: Disk) -> Iterator[dict[str, bytes]]:
    chance = chance_of(1)
    return (disk.after_a_cut(chance) for _ in range(TRIES))


def test_what_was_written_and_not_synchronised_is_there_or_gone_or_half_there(disk: Disk) -> None:
    disk.ask(Event(Act.WRITE, "a", content=NEW))
    found = {files["a"] for files in after_cuts(disk)}
    assert {OLD, NEW} < found
    assert all(len(content) == len(OLD) for content in found)

    disk.ask(Event(Act.SYNC, "a"))

    assert {files["a"] for files in after_cuts(disk)} == {NEW}


def test_a_name_that_was_not_synchronised_may_be_the_old_one(disk: Disk) -> None:
    disk.ask(Event(Act.RENAME, "a", "b"))
    disk.ask(Event(Act.CREATE, "c"))
    assert {tuple(sorted(files)) for files in after_cuts(disk)} == {("a",), ("b",), ("b", "c")}

    disk.ask(Event(Act.REMOVE, "b"))
    disk.ask(Event(Act.SYNC_NAMES))

    assert {tuple(files) for files in after_cuts(disk)} == {("c",)}


def test_a_file_that_was_cut_off_or_grew_has_zeros_where_nothing_was_written(disk: Disk) -> None:
    disk.ask(Event(Act.TRUNCATE, "a", at=1))
    disk.ask(Event(Act.WRITE, "a", at=3, content=b"n"))
    disk.ask(Event(Act.SYNC, "a"))
    assert next(after_cuts(disk)) == {"a": b"o\0\0n"}


def test_a_torn_log_is_made_of_sectors_of_both() -> None:
    chance = chance_of(1)
    made = {torn(OLD[:SECTOR_BYTES], NEW, chance)[: SECTOR_BYTES + 1] for _ in range(TRIES)}
    assert {content[:1] for content in made} == {b"o", b"n"}
    assert {content[SECTOR_BYTES:] for content in made} >= {b"\0", b"n"}


@pytest.mark.parametrize(("sizes", "expected"), [((0, 7), False), ((7, 0), True), ((), False)])
def test_a_log_whose_last_page_ends_no_transaction_is_torn(
    tmp_path: Path, sizes: tuple[int, ...], *, expected: bool
) -> None:
    """A page says how large the database is after its transaction, or 0 if more pages come."""
    header = struct.pack(">IIII", 0, 0, 512, 0) + b"saltsalt" + bytes(8)
    frames = b"".join(struct.pack(">II", 1, size) + b"saltsalt" + bytes(8 + 512) for size in sizes)
    log = tmp_path / "log"
    log.write_bytes(header + frames + struct.pack(">II", 1, 0) + b"old salt" + bytes(8 + 512))
    assert is_torn(log) is expected


def test_a_trace_is_read_as_what_was_asked_of_one_folder() -> None:
    def in_hexadecimal(text: str) -> str:
        return "".join(f"\\x{byte:02x}" for byte in text.encode())

    log, elsewhere = in_hexadecimal("/w/log"), in_hexadecimal("/x/log")
    lines = [
        f'1 openat(AT_FDCWD, "{elsewhere}", O_RDWR|O_CREAT, 0644) = 3',
        f'1 pwrite64(3, "{in_hexadecimal("no")}", 2, 0) = 2',
        f'1 openat(AT_FDCWD, "{log}", O_RDWR|O_CREAT, 0644) = 4',
        f'1 pwrite64(4, "{in_hexadecimal("yes")}", 3, 7) = 3',
        "1 fdatasync(4 <unfinished ...>\n",
        "2 close(9) = 0",
        "1 <... fdatasync resumed>) = 0",
        "1 ftruncate(4, 5) = 0",
        "1 close(4) = 0",
        f'1 write(4, "{in_hexadecimal("no")}", 2) = 2',
        f'1 write(1, "{in_hexadecimal("told")}", 4) = 4',
        f'1 unlink("{log}") = -1 ENOENT (No such file or directory)',
        f'1 rename("{log}", "{in_hexadecimal("/w/new")}") = 0',
        f'1 openat(AT_FDCWD, "{in_hexadecimal("/w")}", O_RDONLY) = 4',
        "1 fsync(4) = 0",
        "1 +++ exited with 0 +++",
    ]
    assert list(events_of(iter(lines), Path("/w"))) == [
        Event(Act.CREATE, "log"),
        Event(Act.WRITE, "log", at=7, content=b"yes"),
        Event(Act.SYNC, "log"),
        Event(Act.TRUNCATE, "log", at=5),
        Event(Act.TOLD, content=b"told"),
        Event(Act.RENAME, "log", "new"),
        Event(Act.SYNC_NAMES),
    ]
