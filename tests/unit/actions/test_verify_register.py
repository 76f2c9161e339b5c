from collections.abc import Iterator

import pytest

from takatuf.actions.exchange.verify_register import verify_register
from takatuf.reports import verifying
from takatuf.reports.register import RawSubmission, StorageCheck
from takatuf.vocabulary.errors import InputError, Problem, UnavailableError
from tests.builders import OFFICER, a_report
from tests.builders_trust import HOST, HOST_KEY, Ledger

FAULT = Problem(code="a.b", where="a", found="b", expected="c")


def test_a_good_register_is_counted_and_how_far_it_is_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(verifying, "BETWEEN_PROGRESS", 1)
    ledger = Ledger()
    ledger.hand_in(HOST_KEY, HOST, a_report())
    told: list[tuple[int, int]] = []

    found = verify_register(
        ledger.register, OFFICER, ledger.register.head(), lambda *done: told.append(done)
    )

    assert found.is_clean
    assert (found.n_reports, found.n_submissions, found.head) == (1, 2, ledger.register.head())
    assert told == [(n, 5) for n in range(1, 6)]
    assert verify_register(ledger.register, OFFICER) == found  # nobody need look on


def test_what_the_store_finds_itself_is_added(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger()
    monkeypatch.setattr(ledger.register, "check_storage", lambda: StorageCheck((FAULT,), ("note",)))

    found = verify_register(ledger.register, OFFICER)

    assert (found.findings, found.notes) == ((FAULT,), ("note",))


def test_a_register_that_cannot_be_read_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger()

    def unreadable(*_: object) -> str:
        raise UnavailableError("the disk is damaged")

    monkeypatch.setattr(ledger.register, "raw_entries", lambda: map(unreadable, [1]))
    monkeypatch.setattr(ledger.register, "head", unreadable)
    monkeypatch.setattr(verifying, "BETWEEN_PROGRESS", 1)
    told: list[tuple[int, int]] = []

    found = verify_register(ledger.register, OFFICER, None, lambda *done: told.append(done))

    assert [problem.code for problem in found.findings] == ["verify.register-damaged"]
    assert set(told) == {(1, 1)}


def test_what_others_hand_in_meanwhile_is_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger()
    before = list(ledger.register.raw_submissions())

    def meanwhile() -> Iterator[RawSubmission]:
        ledger.hand_in(HOST_KEY, HOST, a_report())
        yield from before

    monkeypatch.setattr(ledger.register, "raw_submissions", meanwhile)

    found = verify_register(ledger.register, OFFICER)

    assert found.is_clean
    assert (found.n_reports, found.n_submissions) == (0, 1)


def test_a_head_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match=r"verify\.not-a-head"):
        verify_register(Ledger().register, OFFICER, "yesterday's")
