"""Of what comes from another host only that is taken in which could have been taken in here."""

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest
import rfc8785

from takatuf.actions.exchange.merge_bundle import MergeReceipt
from takatuf.formats.bundle.container import stored_report_line
from takatuf.reports.report import canonical_json
from takatuf.vocabulary.quantity import Amount
from takatuf.vocabulary.things import Vocabulary
from takatuf.vocabulary.time import instant_text
from tests.builders import NOW, a_claim, a_property, a_report, an_amount_property
from tests.builders_exchange import Host, a_host, an_introduction, bundle_file, hand_in, handed_in

PROPERTIES = {p.name: p for p in (a_property(), an_amount_property())}
VOCABULARY = replace(Vocabulary({}, {}, {}), properties=PROPERTIES)


@pytest.fixture
def one() -> Host:
    return a_host("host-a", VOCABULARY)


@pytest.fixture
def other(one: Host) -> Host:
    """A second host that knows the first."""
    host = a_host("host-b", VOCABULARY)
    host.knows(one.signer)
    return host


def merged_with(host: Host, content: bytes, signer: Host) -> MergeReceipt:
    """Merge a bundle whose one report is these bytes, listed and rightly signed."""
    report = a_report()
    report.__dict__["id"] = hashlib.sha256(content).hexdigest()
    handed = handed_in(signer.signer, [report], [an_introduction(signer.signer)])
    line = stored_report_line(instant_text(NOW), content)
    return host.merge(bundle_file([handed], [], lines=[line], n_reports=1, n_withheld=0))


GOOD = json.loads(canonical_json(a_report()))
OF_AMOUNT = json.loads(canonical_json(a_report(a_claim(Amount(3, 3, "people"), property="count"))))


def changed(form: dict[str, Any], *path: str | int, to: object) -> bytes:
    """Return canonical JSON of a report with one value changed."""
    copy = json.loads(json.dumps(form))
    inner = copy
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = to
    return rfc8785.dumps(copy)


@pytest.mark.parametrize(
    "content",
    [
        b"{}",
        b"{" + b'"a":{' * 100_000 + b"}" * 100_001,
        canonical_json(a_report()).replace(b":", b": ", 1),
        changed(GOOD, "new_field", to="x"),
        changed(GOOD, "claims", 0, "wording", to=7),
        changed(GOOD, "claims", 0, "value", to={"token": 7}),
        changed(GOOD, "claims", 0, "observed_at", to="3/4/2017"),
        changed(GOOD, "published", to={"title": 7}),
        changed(OF_AMOUNT, "claims", 0, "value", "amount", to={"unit": "people"}),
        changed(OF_AMOUNT, "claims", 0, "value", "amount", "unit", to="furlongs"),
        changed(OF_AMOUNT, "claims", 0, "value", "amount", "low", to="many"),
    ],
)
def test_a_report_in_words_that_we_do_not_know_is_set_aside(
    one: Host, other: Host, content: bytes
) -> None:
    receipt = merged_with(other, content, one)

    assert [p.code for p in receipt.problems] == ["bundle.report-not-understood"]
    assert (receipt.n_new, other.ids()) == (0, set())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (changed(GOOD, "claims", 0, "property", to="not_ours"), "claim.unknown-property"),
        (changed(GOOD, "claims", 0, "observed_at", to="2031"), "claim.observed-in-future"),
        (changed(GOOD, "claims", 0, "thing", to="place/Ä"), "claim.unknown-thing"),
    ],
)
def test_a_report_that_an_import_would_refuse_is_set_aside_and_costs_nothing_else(
    one: Host, other: Host, content: bytes, code: str
) -> None:
    receipt = merged_with(other, content, one)

    assert [problem.code for problem in receipt.problems] == [code]
    assert receipt.n_new_submissions == 1


def test_a_report_that_was_set_aside_comes_in_when_its_words_are_known(one: Host) -> None:
    hand_in(one.register, one.signer, a_report())
    older = a_host("host-d", replace(VOCABULARY, properties={}))
    older.knows(one.signer)
    bundle = one.bundle()
    assert older.merge(bundle).n_new == 0

    receipt = replace(older, vocabulary=VOCABULARY).merge(bundle)

    assert (receipt.n_new, receipt.problems) == (1, ())
