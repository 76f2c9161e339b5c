"""What is wrong with a register is found from its bytes, and nothing is found in a good one."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from typing import Any

import pytest

from takatuf.reports import verifying
from takatuf.reports.chain import counts_of_head
from takatuf.reports.register import Handed, Keeper, RawEntry, RawSubmission
from takatuf.reports.submission import SubmissionId
from takatuf.reports.verifying import Verification, verify
from takatuf.vocabulary.errors import InputError, UnavailableError
from takatuf.vocabulary.identity import Position
from tests.builders import NOW, a_claim, a_report, an_arrival
from tests.builders_trust import (
    HOST,
    HOST_KEY,
    OTHER_KEY,
    OWN,
    OWN_KEY,
    Ledger,
    a_ledger,
    a_submission,
    introduced,
    report_id,
    revoked,
)

LATER = NOW + timedelta(days=3)
ONE, TWO = a_report(), a_report(a_claim(wording="كما قيل"), by="b")
FLIPS = (0x01, 0x20, 0x80)


@dataclass
class Raw:
    """A register as its bytes are kept, to be changed."""

    entries: list[RawEntry]
    submissions: list[RawSubmission]
    keeper: Keeper = field(default_factory=lambda: Keeper(root=HOST_KEY.id))

    def verify(self, head: str | None = None) -> Verification:
        return verify(self.entries, self.submissions, self.keeper, head)

    def codes(self) -> list[str]:
        return [problem.code for problem in self.verify().findings]


def raw_of(ledger: Ledger) -> Raw:
    register = ledger.register
    return Raw(list(register.raw_entries()), list(register.raw_submissions()), register.keeper)


@pytest.fixture
def ledger() -> Ledger:
    """Two reports, one handed in by its organisation, one passed on; and one withheld."""
    made = a_ledger((OWN_KEY, OWN))
    made.hand_in(OWN_KEY, OWN, ONE, report_id("9"))
    made.hand_in(HOST_KEY, HOST, TWO)
    return made


@pytest.fixture
def raw(ledger: Ledger) -> Raw:
    return raw_of(ledger)


def test_a_good_register_is_counted_and_nothing_is_found(ledger: Ledger, raw: Raw) -> None:
    found = raw.verify()

    assert found.is_clean
    assert (found.n_reports, found.n_withheld, found.n_unsigned, found.n_quarantined) == (
        2, 1, 0, 0,
    )  # fmt: skip
    assert (found.n_submissions, found.n_organisations, found.n_keys) == (5, 2, 2)
    assert found.head == ledger.register.head()
    assert not replace(found, findings=(None,)).is_clean  # type: ignore[arg-type] # any finding


def test_an_empty_register_is_in_order() -> None:
    assert Raw([], [], Keeper()).verify().is_clean


def with_flip(row: Any, name: str, at: int) -> Any:
    value = bytearray(getattr(row, name))
    value[at] ^= FLIPS[at % 3]
    return replace(row, **{name: bytes(value)})


def flips(rows: list[Any], step: int) -> Iterator[list[Any]]:
    """Give the rows with one byte changed, at every so many bytes of each column."""
    for number, row in enumerate(rows):
        columns = [kept.name for kept in fields(row) if kept.name != "position"]
        changed = (
            with_flip(row, name, at)
            for name in columns
            for at in range(number % step, len(getattr(row, name)), step)
        )
        for other in (*changed, replace(row, position=row.position + 1)):
            yield [*rows[:number], other, *rows[number + 1 :]]


@pytest.mark.parametrize("step", [43, pytest.param(1, marks=pytest.mark.slow)])
def test_every_changed_byte_is_found(raw: Raw, step: int) -> None:
    for entries in flips(raw.entries, step):
        assert replace(raw, entries=entries).codes()
    for submissions in flips(raw.submissions, step):
        assert replace(raw, submissions=submissions).codes()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("form", "verify.report-altered"),
        ("report_id", "verify.report-altered"),
        ("received_at", "verify.time-altered"),
        ("link", "verify.chain-broken"),
    ],
)
def test_what_was_changed_in_a_report_is_named(raw: Raw, name: str, code: str) -> None:
    raw.entries[1] = with_flip(raw.entries[1], name, 2)
    assert code in raw.codes()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("form", "verify.submission-altered"),
        ("submission_id", "verify.submission-altered"),
        ("organisation", "verify.submission-altered"),
        ("number", "verify.submission-altered"),
        ("received_at", "verify.time-altered"),
        ("signature", "verify.signature-forged"),
        ("link", "verify.chain-broken"),
    ],
)
def test_what_was_changed_in_a_submission_is_named(raw: Raw, name: str, code: str) -> None:
    at = 2 if name == "received_at" else 0
    raw.submissions[3] = with_flip(raw.submissions[3], name, at)
    assert code in raw.codes()


@pytest.mark.parametrize("form", [b"", b"[]", b"{}", b"\xff", b'{"number": 1}', b"null"])
def test_a_form_that_is_none_costs_no_traceback(raw: Raw, form: bytes) -> None:
    raw.submissions[1] = replace(raw.submissions[1], form=form)
    assert "verify.submission-altered" in raw.codes()


def test_a_form_that_is_only_written_otherwise_is_found(raw: Raw) -> None:
    spaced = raw.submissions[1].form.replace(b":", b": ", 1)
    raw.submissions[1] = replace(raw.submissions[1], form=spaced)
    assert "verify.submission-altered" in raw.codes()


def test_a_time_that_is_only_written_otherwise_is_found(raw: Raw) -> None:
    otherwise = raw.entries[0].received_at.replace(b"+00:00", b"Z")
    raw.entries[0] = replace(raw.entries[0], received_at=otherwise)
    assert "verify.time-altered" in raw.codes()


def test_a_signature_that_is_cut_is_found(raw: Raw) -> None:
    raw.submissions[1] = replace(raw.submissions[1], signature=raw.submissions[1].signature[:63])
    assert {"verify.signature-forged", "verify.submission-altered"} <= set(raw.codes())


def test_a_forged_signature_is_found_and_says_of_whom(ledger: Ledger) -> None:
    signed = ledger.signed(OWN_KEY, OWN, ONE)
    other = OTHER_KEY.sign(a_submission(OTHER_KEY))
    ledger.register.append([], [Handed(replace(signed, signature=other.signature), NOW)])

    (finding,) = raw_of(ledger).verify().findings

    assert finding.code == "verify.signature-forged"
    assert OWN in finding.where


def test_an_entry_that_was_taken_out_breaks_the_chain(raw: Raw) -> None:
    del raw.entries[0]
    assert "verify.chain-broken" in raw.codes()


def test_entries_that_changed_places_break_the_chain(raw: Raw) -> None:
    raw.entries.reverse()
    assert "verify.chain-broken" in raw.codes()


def test_what_was_taken_off_the_end_is_found_by_a_head(ledger: Ledger, raw: Raw) -> None:
    head = ledger.register.head()
    del raw.entries[1], raw.submissions[4]
    assert raw.codes() == []

    (finding,) = raw.verify(head).findings

    assert finding.code == "verify.head-not-found"
    assert finding.found == "1 reports and 4 submissions in all"


def test_a_head_of_any_day_is_found_again(ledger: Ledger) -> None:
    heads = [ledger.register.head()]
    ledger.hand_in(HOST_KEY, HOST, a_report(by="c"))
    heads.append(ledger.register.head())
    ledger.hand_in(HOST_KEY, HOST, a_report(by="d"))
    raw = raw_of(ledger)

    assert all(raw.verify(head).is_clean for head in heads)
    assert raw.verify("0.0." + Ledger(root=None).register.head()[4:]).is_clean


def test_a_register_written_anew_as_a_whole_has_another_head(ledger: Ledger) -> None:
    head = ledger.register.head()
    anew = a_ledger((OWN_KEY, OWN))
    anew.hand_in(OWN_KEY, OWN, ONE, report_id("9"))
    anew.hand_in(HOST_KEY, HOST, TWO, at=NOW + timedelta(minutes=1))
    raw = raw_of(anew)

    assert raw.codes() == []
    assert [problem.code for problem in raw.verify(head).findings] == ["verify.head-not-found"]


@pytest.mark.parametrize("head", ["", "12", "1.2.3", "1.2." + "g" * 64, " 1.2." + "0" * 64])
def test_what_is_no_head_is_refused(raw: Raw, head: str) -> None:
    assert counts_of_head(head) is None
    with pytest.raises(InputError, match=r"verify\.not-a-head"):
        raw.verify(head)


def test_a_submission_that_follows_what_is_not_here_is_found(ledger: Ledger) -> None:
    ledger.hand_in(OWN_KEY, OWN, previous=[SubmissionId("0" * 64)])

    (finding,) = raw_of(ledger).verify().findings

    assert (finding.code, finding.hint) == ("verify.link-missing", "Ask for 0000000000000000.")


def test_a_submission_that_follows_somebody_elses_is_found(ledger: Ledger) -> None:
    ledger.hand_in(OWN_KEY, OWN, previous=ledger.register.ends(HOST))

    (finding,) = raw_of(ledger).verify().findings

    assert (finding.code, finding.hint) == ("verify.link-missing", "")


def test_a_wrong_number_is_found(ledger: Ledger) -> None:
    wrong = a_submission(OWN_KEY, number=9, previous=ledger.register.ends(OWN))
    ledger.register.append([], [Handed(OWN_KEY.sign(wrong), NOW)])

    assert [p.code for p in raw_of(ledger).verify().findings] == ["verify.number-wrong"]


def test_an_unknown_key_is_found_once_with_the_reports_it_would_stand_for(ledger: Ledger) -> None:
    for number in (1, 2):
        late = a_submission(OTHER_KEY, number=number, reports=(a_report(by="e").id,))
        ledger.register.append([an_arrival(a_report(by="e"))], [Handed(OTHER_KEY.sign(late), NOW)])
    found = raw_of(ledger).verify()

    assert [problem.code for problem in found.findings] == [
        "verify.key-unknown", "verify.number-wrong", "verify.report-quarantined",
    ]  # fmt: skip
    assert found.findings[0].found == "2 submissions that it signs"
    assert found.n_quarantined == 1


def test_unsigned_and_quarantined_reports_are_counted_and_explained(ledger: Ledger) -> None:
    ledger.register.append([an_arrival(a_report(by=name)) for name in "fg"])
    ledger.hand_in(HOST_KEY, HOST, events=[revoked(OWN_KEY)])
    found = raw_of(ledger).verify()

    assert (found.n_unsigned, found.n_quarantined) == (2, 1)
    unsigned, quarantined = found.findings
    assert unsigned.code == "verify.report-unsigned"
    assert unsigned.where.endswith("and 1 others")
    assert quarantined.code == "verify.report-quarantined"
    assert quarantined.where == f"report {ONE.id[:16]}"
    assert "its key was revoked" in quarantined.found


def test_an_entry_that_is_dated_back_is_found_but_not_in_a_record_of_the_past() -> None:
    ledger = Ledger(is_replay=True)  # takes any date, as somebody who wrote past us could
    ledger.hand_in(HOST_KEY, HOST, ONE, at=LATER)
    ledger.hand_in(HOST_KEY, HOST, TWO, at=LATER - timedelta(seconds=1))
    raw = raw_of(ledger)
    assert raw.codes() == []

    raw.keeper = Keeper(root=HOST_KEY.id)

    assert raw.codes() == ["verify.clock-ran-back"] * 2


def test_what_was_made_after_it_came_is_found(ledger: Ledger) -> None:
    ends = ledger.register.ends(OWN)
    ahead = a_submission(OWN_KEY, number=3, previous=ends, reports=(), made_at=LATER)
    ledger.register.append([], [Handed(OWN_KEY.sign(ahead), NOW)])

    assert raw_of(ledger).codes() == ["verify.made-in-future"]


def test_a_store_that_fails_on_the_way_is_a_finding(raw: Raw) -> None:
    def damaged(rows: list[Any]) -> Iterator[Any]:
        yield rows[0]
        raise UnavailableError("the disk is damaged")

    found = verify(damaged(raw.entries), damaged(raw.submissions), raw.keeper)

    assert [p.code for p in found.findings].count("verify.register-damaged") == 2
    assert (found.n_reports, found.n_submissions) == (1, 1)


def test_a_long_verification_need_not_be_followed(
    raw: Raw, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "BETWEEN_PROGRESS", 1)
    assert raw.codes() == []


def test_it_tells_how_far_it_is(raw: Raw, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    monkeypatch.setattr(verifying, "BETWEEN_PROGRESS", 4)

    verify(raw.entries, raw.submissions, raw.keeper, on_progress=told.append)

    assert told == [4, 8, 12]


def test_findings_never_say_what_was_reported(ledger: Ledger) -> None:
    secret = a_report(a_claim(wording="CANARY-7f3a"))
    ledger.register.append([an_arrival(secret)])
    raw = raw_of(ledger)
    raw.entries[2] = replace(raw.entries[2], form=raw.entries[2].form + b" ")

    said = " ".join(str(problem) for problem in raw.verify().findings)

    assert "verify.report-altered" in said
    assert "CANARY" not in said


def test_a_key_of_the_host_is_needed_only_once() -> None:
    ledger = Ledger()
    ledger.hand_in(HOST_KEY, HOST, events=[introduced(HOST_KEY, HOST)])
    assert raw_of(ledger).codes() == []
    assert [entry.position for entry in ledger.register.submissions()] == [Position(1), Position(2)]
