"""What only a register in a file can meet: damage, an earlier form, another program."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from takatuf.reports.register import Handed, Keeper
from takatuf.reports.verifying import verify
from takatuf.storage import opening, sqlite_register
from takatuf.storage.sqlite_register import SqliteRegister
from takatuf.vocabulary.errors import UnavailableError
from tests.builders import NOW, a_claim, a_report, an_arrival
from tests.builders_trust import HOST, HOST_KEY, OWN, OWN_KEY, a_submission, introduced

BEFORE = """
    CREATE TABLE entries (
        position INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        report_id VARCHAR(64) NOT NULL,
        received_at VARCHAR NOT NULL,
        report TEXT NOT NULL,
        UNIQUE (report_id)
    )
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.sqlite"


@pytest.fixture
def register(path: Path) -> Iterator[SqliteRegister]:
    opened = SqliteRegister(path, keeper=Keeper(root=HOST_KEY.id))
    first = a_submission(HOST_KEY, HOST, key_events=(introduced(HOST_KEY, HOST),), reports=())
    reports = [a_report(), a_report(by="b")]
    listing = a_submission(HOST_KEY, HOST, number=2, previous=(first.id,),
                           reports=tuple(report.id for report in reports))  # fmt: skip
    opened.append(
        [an_arrival(report) for report in reports],
        [Handed(HOST_KEY.sign(submission), NOW) for submission in (first, listing)],
    )
    yield opened
    opened.close()


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def codes_of(register: SqliteRegister) -> set[str]:
    found = verify(register.raw_entries(), register.raw_submissions(), register.keeper)
    return {problem.code for problem in (*found.findings, *register.check_storage().problems)}


def an_earlier_register(path: Path, n_reports: int) -> None:
    """Make a register as the first version kept it, with a gap as it could leave one."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(BEFORE)
        connection.commit()
    plain = SqliteRegister(path.with_name("plain.sqlite"))
    reports = [a_report(a_claim(wording=str(number))) for number in range(n_reports)]
    plain.append([an_arrival(report) for report in reports])
    rows = [(2 * position, *rest) for position, *rest in plain.forms()]
    plain.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany("INSERT INTO entries VALUES (?, ?, ?, ?)", rows)


def test_what_is_stored_verifies(register: SqliteRegister) -> None:
    assert codes_of(register) == set()


def test_a_register_of_the_first_version_gets_its_links_when_it_is_opened(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "ROWS_AT_ONCE", 3)
    an_earlier_register(path, 8)

    register = SqliteRegister(path)

    assert [entry.position for entry in register.entries()] == list(range(2, 17, 2))
    found = verify(register.raw_entries(), register.raw_submissions(), register.keeper)
    assert [problem.code for problem in found.findings] == ["verify.report-unsigned"]
    assert (found.n_unsigned, found.head) == (8, register.head())
    (stored,) = register.append([an_arrival(a_report(by="b"))])
    assert stored.position == 17
    register.close()
    again = SqliteRegister(path)
    assert len(again) == 9
    assert codes_of(again) == {"verify.report-unsigned"}
    again.close()


def test_an_interrupted_opening_leaves_the_earlier_register_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_earlier_register(path, 4)

    def interrupted(*_: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(opening, "link_of_report", interrupted)
        with pytest.raises(KeyboardInterrupt):
            SqliteRegister(path)

    register = SqliteRegister(path)
    assert len(register) == 4
    register.close()


def test_two_programs_may_open_a_new_register_at_once(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = opening._columns  # noqa: SLF001 - the moment between looking and locking
    others: list[SqliteRegister] = []

    def looked_too_early(connection: object) -> object:
        if not others:
            others.append(SqliteRegister.__new__(SqliteRegister))
            others[0].__init__(path)  # type: ignore[misc] # the other program is quicker
            return {}
        return seen(connection)  # type: ignore[arg-type]

    monkeypatch.setattr(opening, "_columns", looked_too_early)
    register = SqliteRegister(path)
    register.append([an_arrival()])

    assert len(others[0]) == 1
    others[0].close()
    register.close()


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE entries RENAME TO entrias",
        "ALTER TABLE entries RENAME COLUMN link TO lynk",
        "DROP TABLE submissions",
    ],
)
def test_a_register_whose_tables_are_damaged_is_refused_and_not_made_anew(
    register: SqliteRegister, path: Path, statement: str
) -> None:
    register.close()
    change(path, statement)

    with pytest.raises(UnavailableError, match="restore it from a copy"):
        SqliteRegister(path)


def test_a_file_with_other_tables_is_refused(path: Path) -> None:
    change(path, "CREATE TABLE recipes (name TEXT)")

    with pytest.raises(UnavailableError, match=r"register\.sqlite"):
        SqliteRegister(path)


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE entries SET report = replace(report, 'good', 'bad')", "verify.report-altered"),
        ("UPDATE entries SET received_at = '2016-01-01T00:00:00.000000+00:00' WHERE position = 2",
         "verify.chain-broken"),
        ("UPDATE entries SET received_at = 'yesterday'", "verify.time-altered"),
        ("DELETE FROM entries WHERE position = 1", "verify.chain-broken"),
        ("UPDATE entries SET position = 9 WHERE position = 2", "verify.chain-broken"),
        ("UPDATE submissions SET number = 7", "verify.submission-altered"),
        ("UPDATE submissions SET organisation = 'organisation/x'", "verify.submission-altered"),
        ("UPDATE submissions SET previous = ''", "verify.submission-altered"),
        ("UPDATE submissions SET signature = zeroblob(64)", "verify.signature-forged"),
        ("DELETE FROM submissions WHERE position = 1", "verify.link-missing"),
        ("UPDATE entries SET report = CAST(report AS BLOB)", "verify.register-damaged"),
    ],
)  # fmt: skip
def test_what_somebody_changes_in_the_tables_is_found(
    register: SqliteRegister, path: Path, statement: str, code: str
) -> None:
    change(path, statement)

    assert code in codes_of(register)


def test_a_row_that_cannot_be_read_is_named_and_costs_no_traceback(
    register: SqliteRegister, path: Path
) -> None:
    change(path, "UPDATE entries SET report = '[]' WHERE position = 2")
    change(path, "UPDATE submissions SET form = '{}' WHERE position = 1")

    with pytest.raises(UnavailableError, match="damaged at position 2"):
        list(register.entries())
    with pytest.raises(UnavailableError, match="damaged at position 1"):
        list(register.submissions())
    with pytest.raises(UnavailableError, match="damaged at report"):
        register.find(a_report(by="b").id)


def test_a_time_that_cannot_be_read_is_named_and_nothing_is_written_after_it(
    register: SqliteRegister, path: Path
) -> None:
    change(path, "UPDATE entries SET received_at = 'yesterday' WHERE position = 2")

    with pytest.raises(UnavailableError, match="damaged at a time of receipt"):
        register.last_received_at()
    with pytest.raises(UnavailableError, match="damaged at a time of receipt"):
        register.append([an_arrival(a_report(by="c"))])
    assert len(register) == 2


def test_links_that_are_no_text_any_more_do_not_keep_verify_from_saying_so(
    register: SqliteRegister, path: Path
) -> None:
    change(path, "UPDATE submissions SET previous = CAST(previous AS BLOB)")

    assert len(register.ends(HOST)) == 2
    assert "verify.submission-altered" not in codes_of(register)
    assert "verify.register-damaged" in codes_of(register)


def test_a_row_that_is_counted_and_not_there_is_damage(
    register: SqliteRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_register, "_counts", lambda _: (9, 9))

    with pytest.raises(UnavailableError, match="cannot be read"):
        register.head()


def test_a_file_that_is_cut_off_is_said_to_be_damaged(register: SqliteRegister, path: Path) -> None:
    register.append([an_arrival(a_report(a_claim(wording="x" * 9000 + str(n)))) for n in range(20)])
    register.close()
    content = bytearray(path.read_bytes())
    content[8192:] = bytes(len(content) - 8192)
    path.write_bytes(content)

    damaged = SqliteRegister(path)
    with pytest.raises(UnavailableError, match=r"register\.sqlite"):
        list(damaged.entries())
    assert "verify.register-damaged" in codes_of(damaged)
    damaged.close()


def test_a_disk_that_refuses_is_said_so(
    register: SqliteRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("takatuf.storage.seal.SealFile.take_away", refuse)
    with pytest.raises(UnavailableError, match="No space left"):
        register.append([an_arrival(a_report(by="c"))])
    assert len(register) == 2


def test_a_submission_of_an_unknown_key_is_kept_and_found(register: SqliteRegister) -> None:
    unknown = OWN_KEY.sign(a_submission(OWN_KEY, OWN))
    register.append([], [Handed(unknown, NOW)])

    assert codes_of(register) == {"verify.key-unknown"}
