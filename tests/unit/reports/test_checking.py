from datetime import UTC, datetime

import pytest

from takatuf.reports.checking import Known, problems_of
from takatuf.reports.report import Claim, Report
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.quantity import Amount
from takatuf.vocabulary.things import ThingType, Vocabulary
from takatuf.vocabulary.things.schema import ValueType
from takatuf.vocabulary.value import Reference, Text
from tests.builders import a_claim, a_property, a_report, an_amount_property, labels

VOCABULARY = Vocabulary(
    {"place": ThingType("place", labels())},
    {"water": labels()},
    {
        "status": a_property(),
        "part_of": a_property("part_of", type=ValueType.THING, words=()),
        "share": an_amount_property("share", unit="percent", maximum=100.0),
        "count": an_amount_property("count"),
    },
)
KNOWN = Known(
    VOCABULARY,
    frozenset(ThingId(t) for t in ("place/city", "organisation/a")),
    datetime(2017, 6, 14, tzinfo=UTC),
)


def codes_of(claim: Claim) -> list[str]:
    return [problem.code for problem in problems_of(a_report(claim), "row 2", KNOWN)]


def test_a_good_report_has_no_problem() -> None:
    assert problems_of(a_report(), "row 2", KNOWN) == ()


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        (a_claim(property="statuss"), "claim.unknown-property"),
        (a_claim(thing=ThingId("place/nowhere")), "claim.unknown-thing"),
        (a_claim(thing=ThingId("Nowhere")), "claim.unknown-thing"),
        (a_claim("splendid"), "claim.value-not-allowed"),
        (a_claim(Text("good")), "claim.value-of-another-kind"),
        (a_claim(on="2017-07"), "claim.observed-in-future"),
        (a_claim(on="1812"), "claim.date-out-of-range"),
        (a_claim(Amount(120, 120, "percent"), property="share"), "claim.value-out-of-range"),
        (a_claim(Amount(-1, -1, "people"), property="count"), "claim.value-out-of-range"),
        (a_claim(Amount(5, 5, "ha"), property="count"), "claim.unit-of-another-dimension"),
        (
            a_claim(Reference(ThingId("place/nowhere")), property="part_of"),
            "claim.unknown-thing",
        ),
        (a_claim(thing=ThingId("organisation/a")), "claim.property-of-another-type"),
    ],
)
def test_each_kind_of_nonsense_is_named(claim: Claim, code: str) -> None:
    assert code in codes_of(claim)


def test_a_month_that_has_begun_is_not_in_the_future() -> None:
    assert codes_of(a_claim(on="2017-06")) == []


def test_an_undated_claim_is_a_claim() -> None:
    assert codes_of(a_claim(on=None)) == []


def test_all_problems_come_at_once_and_say_where() -> None:
    claim = a_claim("splendid", "2031", thing=ThingId("place/citty"))

    problems = problems_of(a_report(claim, by="nobody", origin="organisation/x"), "row 7", KNOWN)

    assert [problem.where for problem in problems] == [
        "row 7, organisation",
        "row 7, origin",
        "row 7, thing",
        "row 7, observed_at",
        "row 7, status",
    ]
    assert "Did you mean place/city?" in problems[2].hint


def test_a_report_must_claim_something() -> None:
    empty = Report(source=a_report().source, claims=())
    assert [p.code for p in problems_of(empty, "row 2", KNOWN)] == ["report.no-claims"]
