"""What every register promises; the one in memory is the oracle."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from takatuf.reports.chain import counts_of_head
from takatuf.reports.keys import SigningKey, is_signed_by
from takatuf.reports.memory import MemoryRegister
from takatuf.reports.register import Handed, Keeper, Register
from takatuf.reports.report import canonical_json
from takatuf.reports.submission import SubmissionId
from takatuf.storage.sqlite_register import SqliteRegister
from takatuf.vocabulary.errors import UnavailableError
from takatuf.vocabulary.identity import Position, ReportId, ThingId
from takatuf.vocabulary.time import instant_text
from tests.builders import NOW, a_claim, a_report, an_arrival
from tests.builders_trust import OTHER, OTHER_KEY, OWN, OWN_KEY, a_submission, introduced

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


def test_reports_are_read_as_texts_without_being_built(register: Register) -> None:
    register.append([an_arrival(a_report(by=name)) for name in "ab"])
    forms = list(register.forms())

    assert forms == [
        (e.position, e.report.id, instant_text(e.received_at), canonical_json(e.report).decode())
        for e in register.entries()
    ]
    assert all(type(form) is tuple for form in forms)
    assert list(register.forms(after=Position(1))) == forms[1:]


def test_it_says_which_reports_it_holds(register: Register) -> None:
    many = [a_report(a_claim(wording=str(number))) for number in range(1200)]
    register.append([an_arrival(report) for report in many[::2]])

    held = register.holds([report.id for report in many])

    assert held == {report.id for report in many[::2]}
    assert register.holds([]) == frozenset()


def test_a_submission_is_kept_as_it_was_signed(register: Register) -> None:
    signed = OWN_KEY.sign(a_submission(key_events=(introduced(OWN_KEY, OWN),)))

    register.append([an_arrival()], [Handed(signed, NOW)])

    (entry,) = register.submissions()
    assert (entry.position, entry.received_at, entry.signed) == (1, NOW, signed)
    assert register.find_submission(signed.submission.id) == entry
    assert register.find_submission(SubmissionId("0" * 64)) is None
    assert is_signed_by(entry.signed, OWN_KEY.public_key)


def test_the_same_submission_is_kept_once_with_its_first_receipt(register: Register) -> None:
    signed = OWN_KEY.sign(a_submission())
    register.append([], [Handed(signed, NOW), Handed(signed, LATER)])
    register.append([], [Handed(signed, LATER)])

    assert [entry.received_at for entry in register.submissions()] == [NOW]


def test_a_reader_of_submissions_can_go_on_from_a_position(register: Register) -> None:
    handed = [Handed(OWN_KEY.sign(a_submission(number=n)), NOW) for n in (1, 2)]
    register.append([], handed)

    (second,) = register.submissions(after=Position(1))
    assert second.signed.submission.number == 2
    assert list(register.submissions(after=Position(2))) == []


def test_the_ends_of_an_organisation_are_what_no_other_of_its_own_follows(
    register: Register,
) -> None:
    def hand_in(key: SigningKey, of: ThingId, *previous: SubmissionId, n: int = 1) -> SubmissionId:
        signed = key.sign(a_submission(key, of, number=n, previous=previous))
        register.append([], [Handed(signed, NOW)])
        return signed.submission.id

    assert register.ends(OWN) == ()
    first = hand_in(OWN_KEY, OWN)
    branches = [hand_in(OWN_KEY, OWN, first, n=n) for n in (2, 3)]
    hand_in(OTHER_KEY, OTHER, *branches)  # somebody else's following takes nothing from it
    assert register.ends(OWN) == tuple(sorted(branches))

    joined = hand_in(OWN_KEY, OWN, *branches, n=4)

    assert register.ends(OWN) == (joined,)


def test_the_latest_receipt_is_known_whatever_came_last(register: Register) -> None:
    assert register.last_received_at() is None
    register.append([an_arrival(at=LATER)])
    register.append([an_arrival(a_report(by="b"))], [Handed(OWN_KEY.sign(a_submission()), NOW)])
    assert register.last_received_at() == LATER


def test_nothing_is_dated_before_what_is_here(register: Register) -> None:
    register.append([an_arrival(at=LATER)])
    register.append([an_arrival(a_report(by="b"))], [Handed(OWN_KEY.sign(a_submission()), NOW)])

    assert [entry.received_at for entry in register.entries()] == [LATER, LATER]
    assert [entry.received_at for entry in register.submissions()] == [LATER]


def test_the_head_changes_with_every_entry_and_earlier_ones_are_found_again(
    register: Register,
) -> None:
    heads = [register.head()]
    register.append([an_arrival()])
    heads.append(register.head())
    register.append([], [Handed(OWN_KEY.sign(a_submission()), NOW)])
    heads.append(register.head())
    register.append([an_arrival(), an_arrival(a_report(by="b"), at=LATER)])
    heads.append(register.head())

    assert [counts_of_head(head) for head in heads] == [(0, 0), (1, 0), (1, 1), (2, 1)]
    assert len(set(heads)) == 4
    assert [register.head_at(*(counts_of_head(head) or (9, 9))) for head in heads] == heads
    assert register.head_at(3, 1) is None
    assert register.head_at(2, 2) is None


def test_every_store_has_the_same_head_and_the_same_bytes(tmp_path: Path) -> None:
    stores: list[Register] = [MemoryRegister(), SqliteRegister(tmp_path / "register.sqlite")]
    signed = OWN_KEY.sign(a_submission(previous=(SubmissionId("1" * 64),), number=2))
    for store in stores:
        store.append([an_arrival(), an_arrival(a_report(by="b"))], [Handed(signed, LATER)])

    one, other = stores
    assert one.head() == other.head()
    assert list(one.raw_entries()) == list(other.raw_entries())
    assert list(one.raw_submissions()) == list(other.raw_submissions())
    assert one.check_storage().problems == other.check_storage().problems == ()
    other.close()


def test_a_register_says_whose_it_is(tmp_path: Path) -> None:
    keeper = Keeper(root=OWN_KEY.id, is_replay=True)
    opened = SqliteRegister(tmp_path / "register.sqlite", keeper=keeper)
    assert MemoryRegister(keeper).keeper == opened.keeper == keeper
    assert MemoryRegister().keeper == Keeper()
    opened.close()


@pytest.mark.parametrize("naive", ["report", "submission"])
def test_a_failure_anywhere_in_a_batch_leaves_nothing(register: Register, naive: str) -> None:
    late, at = datetime(2017, 6, 14), NOW  # noqa: DTZ001 - the mistake under test
    arrivals = [an_arrival(), an_arrival(a_report(by="b"), at=late if naive == "report" else at)]
    handed = Handed(OWN_KEY.sign(a_submission()), late if naive == "submission" else at)

    with pytest.raises(ValueError, match="2017"):
        register.append(arrivals, [handed])

    assert len(register) == 0
    assert list(register.submissions()) == []


def test_a_file_register_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    first = SqliteRegister(tmp_path / "register.sqlite")
    first.append([an_arrival(a_report(a_claim(wording="كما قيل")))])
    first.close()

    again = SqliteRegister(tmp_path / "register.sqlite")

    assert [entry.position for entry in again.entries()] == [Position(1)]
    assert [entry.report.claims[0].wording for entry in again.entries()] == ["كما قيل"]
    again.close()


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
