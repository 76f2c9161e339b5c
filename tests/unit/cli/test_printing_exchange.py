import io
from datetime import timedelta
from pathlib import Path

from rich.console import Console

from takatuf.actions.exchange.manage_keys import (
    NewKey,
    Vouching,
    introduce_key,
    list_keys,
    vouch_for_key,
)
from takatuf.cli.printing.exchange import print_bundle, print_key, print_keys, print_verification
from takatuf.reports.keys import fingerprint, new_key
from takatuf.reports.memory import MemoryKeys
from takatuf.reports.register import Arrival
from takatuf.reports.verifying import Verification
from takatuf.vocabulary.errors import Problem
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.things import Vocabulary
from tests.builders import NOW, OFFICER, a_report
from tests.builders_exchange import PERSON, Host, a_host


def a_console() -> Console:
    return Console(record=True, width=100, file=io.StringIO())


def a_plain_host() -> Host:
    return a_host("host-a", Vocabulary({}, {}, {}))


def a_verification(n_findings: int, *notes: str) -> Verification:
    found = Problem(code="verify.link-missing", where="x", found="y", expected="z")
    return Verification(
        n_reports=2,
        n_withheld=0,
        n_unsigned=1,
        n_quarantined=0,
        n_submissions=1,
        n_organisations=1,
        n_keys=1,
        head="2.1.ab",
        findings=(found,) * n_findings,
        notes=notes,
    )


def test_what_cannot_go_out_is_said() -> None:
    host, console = a_plain_host(), a_console()
    host.register.append([Arrival(a_report(), NOW)])

    out, made = host.bundle_and_receipt(NOW + timedelta(days=1))
    print_bundle(console, Path("the.bundle"), made)

    said = console.export_text()
    assert f"{len(out):,} bytes" in said
    assert "1 reports are unsigned and cannot go out" in said


def test_fifty_findings_are_shown_and_the_rest_is_counted() -> None:
    console = a_console()

    print_verification(console, a_verification(53, "it has no seal"))

    said = console.export_text()
    assert "53 findings" in said
    assert said.count("[verify.link-missing]") == 50
    assert "and 3 more; --json gives all of them" in said
    assert "it has no seal" in said
    assert "1 reports unsigned" in said


def test_a_key_that_was_only_named_is_listed_as_such() -> None:
    host, console = a_plain_host(), a_console()
    board = ThingId("organisation/board")
    vouch_for_key(Vouching(key="a" * 64, organisation=board, by=PERSON), host.office())

    print_keys(console, list_keys(host.register, OFFICER))

    said = console.export_text()
    assert "of nobody yet: unknown" in said
    assert "not introduced yet, 0 submissions signed" in said


def test_a_new_key_comes_with_what_has_to_be_done_before_it_counts() -> None:
    host, console, key = a_plain_host(), a_console(), new_key()
    wanted = NewKey(organisation=ThingId("organisation/board"), by=PERSON)

    print_key(console, introduce_key(wanted, key, host.office(), MemoryKeys().add))

    said = console.export_text()
    assert fingerprint(key.id) in said
    assert f"takatuf keys vouch {key.id} --of organisation/board" in said
