"""A bundle holds what its receiver may see, and the hash of everything else."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from takatuf.reports.register import Arrival
from takatuf.reports.report import Report
from takatuf.safeguards.actor import Actor, Role
from takatuf.vocabulary.errors import NotAllowedError
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.sensitivity import Sensitivity
from takatuf.vocabulary.things import Vocabulary
from tests.builders import NOW, a_claim, a_property, a_report, an_amount_property
from tests.builders_exchange import (
    Host,
    a_host,
    a_signer,
    an_introduction,
    hand_in,
    handed_in,
)

DAY = timedelta(days=1)
SECRET = a_property("secret", sensitivity=Sensitivity.SEVERE)
INNER = a_property("inner", sensitivity=Sensitivity.CONFIDENTIAL)
PROPERTIES = {p.name: p for p in (a_property(), SECRET, INNER, an_amount_property())}
VOCABULARY = replace(Vocabulary({}, {}, {}), properties=PROPERTIES)
ORGANISATION = ThingId("organisation/b")


def of_class(name: str, **changes: Any) -> Report:
    return a_report(a_claim(property=name, **changes), "host-a")


@pytest.fixture
def one() -> Host:
    return a_host("host-a", VOCABULARY)


@pytest.fixture
def other(one: Host) -> Host:
    """A second host that knows the first."""
    host = a_host("host-b", VOCABULARY)
    host.knows(one.signer)
    return host


@pytest.mark.parametrize(
    ("wanted", "sent"),
    [
        ({}, {"status", "inner"}),
        ({"made_for": ORGANISATION}, {"status"}),
        ({"made_for": ORGANISATION, "clearance": Sensitivity.CONFIDENTIAL}, {"status", "inner"}),
        ({"clearance": Sensitivity.PUBLIC}, {"status"}),
    ],
)
def test_what_is_above_the_clearance_leaves_only_its_hash(
    one: Host, other: Host, wanted: dict[str, Any], sent: set[str]
) -> None:
    reports = [of_class("status"), of_class("inner"), of_class("secret")]
    hand_in(one.register, one.signer, *reports)

    bundle, made = one.bundle_and_receipt(**wanted)
    receipt = other.merge(bundle)

    assert {r.claims[0].property for r in reports if r.id in other.ids()} == sent
    assert (made.n_reports, made.n_withheld) == (len(sent), 3 - len(sent))
    assert receipt.n_withheld == 3 - len(sent)
    listed = {r for s in other.submissions().values() for r in s.reports}
    assert listed == {report.id for report in reports}


def test_one_claim_above_the_clearance_holds_its_report_back(one: Host) -> None:
    raised = a_claim(sensitivity=Sensitivity.SEVERE)
    unknown = a_claim(property="of_another_version")
    hand_in(one.register, one.signer, replace(a_report(), claims=(a_claim(), raised)))
    hand_in(one.register, one.signer, a_report(unknown, "b"))

    made = one.bundle_and_receipt(clearance=Sensitivity.RESTRICTED)[1]

    assert (made.n_reports, made.n_withheld) == (0, 2)


def test_an_organisation_gets_back_its_own_reports_whatever_their_class(one: Host) -> None:
    of_source = a_report(a_claim(property="secret"), "b")
    handed = a_report(a_claim(property="secret"), "c")
    hand_in(one.register, one.signer, of_source)
    hand_in(one.register, a_signer("b"), handed, events=[an_introduction(a_signer("b"))])

    made = one.bundle_and_receipt(made_for=ORGANISATION)[1]

    assert (made.n_reports, made.n_withheld) == (2, 0)


def test_listing_a_hash_that_was_seen_does_not_bring_the_report(one: Host) -> None:
    secret = of_class("secret")
    hand_in(one.register, one.signer, secret)
    claimed = handed_in(a_signer("b"), [secret], [an_introduction(a_signer("b"))])
    one.register.append([], [claimed])

    made = one.bundle_and_receipt(made_for=ORGANISATION)[1]

    assert (made.n_reports, made.n_withheld) == (0, 1)


def test_severe_values_go_out_only_where_a_custodian_says_so(one: Host) -> None:
    hand_in(one.register, one.signer, of_class("secret"))
    custodian = replace(one, actor=Actor("a custodian", Role.CUSTODIAN))

    assert custodian.bundle_and_receipt()[1].n_reports == 0
    assert custodian.bundle_and_receipt(clearance=Sensitivity.SEVERE)[1].n_reports == 1
    with pytest.raises(NotAllowedError, match="sees up to confidential"):
        one.bundle(clearance=Sensitivity.SEVERE)


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.PARTNER])
def test_who_answers_for_no_host_makes_and_merges_no_bundle(one: Host, role: Role) -> None:
    bundle = one.bundle()
    stranger = replace(one, actor=Actor("x", role))

    with pytest.raises(NotAllowedError):
        stranger.bundle()
    with pytest.raises(NotAllowedError):
        stranger.merge(bundle)


def test_what_is_in_no_submission_cannot_go_out_and_is_counted(one: Host) -> None:
    one.register.append([Arrival(a_report(), NOW)])

    made = one.bundle_and_receipt()[1]

    assert (made.n_reports, made.n_unsigned) == (0, 1)


def test_what_is_only_listed_here_is_counted_as_absent(one: Host, other: Host) -> None:
    hand_in(one.register, one.signer, of_class("secret"))
    other.merge(one.bundle())

    made = other.bundle_and_receipt()[1]

    assert (made.n_withheld, made.n_absent) == (0, 1)


def test_a_report_that_came_after_its_submission_goes_out_with_it(one: Host) -> None:
    late = a_report(by="late")
    one.register.append([], [handed_in(a_signer("b"), [late], [an_introduction(a_signer("b"))])])
    one.register.append([Arrival(late, NOW + 5 * DAY)])

    made = one.bundle_and_receipt(since=date(2017, 6, 19))[1]

    assert (made.n_submissions, made.n_reports) == (1, 1)
