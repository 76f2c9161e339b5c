"""Who repeats another adds no origin, and neither does who acts under the same body."""

import pytest

from takatuf.picture.picture import Statement
from takatuf.picture.weighing.lines import Lines, lines_of
from takatuf.picture.weighing.origins import origins_of
from takatuf.reports.report import Modality
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.quantity import Amount
from takatuf.vocabulary.value import Reference
from tests.builders import a_claim, a_picture, a_report, a_statement, people

NO_LINES = Lines()
LONG = "The pumping station has been out of service since the raid of last Tuesday"


def n_origins(*statements: Statement) -> int:
    return origins_of(statements, NO_LINES).n_origins(statements)


def acts_under(body: str, above: str, by: str = "gazetteer", **changes: object) -> Statement:
    claim = a_claim(
        Reference(ThingId(f"organisation/{above}")),
        None,
        thing=ThingId(f"organisation/{body}"),
        property="acts_under",
        **changes,
    )
    picture = a_picture(a_report(claim, by))
    return picture.about(claim.thing, "acts_under")[0]


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        # two bodies, two mouths
        ([a_statement(by="a"), a_statement(by="b")], 2),
        # one body twice is one origin
        ([a_statement(by="a"), a_statement(by="a", on="2017-06-02")], 1),
        # a declared citation
        ([a_statement(by="a"), a_statement(by="b", origin="organisation/a")], 1),
        # two who retell a third that is not here
        ([a_statement(by="a", origin="organisation/c"),
          a_statement(by="b", origin="organisation/c")], 1),
        # the same words, but for a typing mistake
        ([a_statement(by="a", wording=LONG), a_statement(by="b", wording=LONG + " morning")], 1),
        ([a_statement(by="a", wording=LONG),
          a_statement(by="b", wording="Engineers say that the main pump was stopped for repair")],
         2),
        # short words are alike by chance
        ([a_statement(by="a", wording="water is back"),
          a_statement(by="b", wording="water is back")], 2),
        # a particular figure within some days is one origin
        ([a_statement(people(26_395), by="a"), a_statement(people(26_395), by="b")], 1),
        ([a_statement(people(26_395), "2017-01-01", by="a"), a_statement(people(26_395), by="b")],
         2),
        ([a_statement(people(26_395), None, by="a"), a_statement(people(26_395), None, by="b")], 2),
        # a round figure anybody may give
        ([a_statement(people(200_000), by="a"), a_statement(people(200_000), by="b")], 2),
        # and units do not hide it
        ([a_statement(Amount(9.66, 9.66, "km2"), by="a"),
          a_statement(Amount(966, 966, "ha"), by="b")], 1),
        ([a_statement(Amount(12.5, None, "km"), by="a"),
          a_statement(Amount(None, 12.5, "km"), by="b")], 2),
    ],
)  # fmt: skip
def test_how_many_origins_statements_have(statements: list[Statement], expected: int) -> None:
    assert n_origins(*statements) == expected
    assert n_origins(*reversed(statements)) == expected


def test_the_variants_of_one_origin_are_kept_and_say_why_they_count_together() -> None:
    own = a_statement(Amount(966, 966, "ha"), by="a")
    variant = a_statement(Amount(996, 996, "ha"), by="b", origin="organisation/a")

    origins = origins_of((own, variant), NO_LINES)

    assert origins.n_origins([own, variant]) == 1
    assert origins.why == {variant.sort_key(): "retells"}


def test_bodies_under_one_command_line_are_two_origins_and_not_independent() -> None:
    lines = Lines({ThingId(f"organisation/{n}"): frozenset(map(ThingId, ("organisation/a",
                  "organisation/b"))) for n in "ab"})  # fmt: skip
    said = (a_statement(by="a"), a_statement(by="b"), a_statement(by="c"))

    origins = origins_of(said, lines)

    assert origins.n_origins(said) == 3
    assert origins.n_independent(said) == 2
    assert set(origins.why.values()) == {"acts under the same body as"}
    assert len(origins.why) == 1


def test_a_command_line_reaches_over_several_steps_and_across() -> None:
    reports = [
        a_report(acts_under(body, above).claim, "gazetteer")
        for body, above in (("ministry", "state"), ("agency", "ministry"), ("utility", "state"))
    ]
    lines = lines_of(a_picture(*reports))

    agency, utility, ngo = (ThingId(f"organisation/{n}") for n in ("agency", "utility", "ngo"))
    assert not lines.are_independent(agency, utility)
    assert lines.are_independent(agency, ngo)


def test_a_command_line_that_somebody_denies_does_not_count() -> None:
    said = acts_under("ngo", "state").claim
    denied = acts_under("ngo", "state", modality=Modality.DENIED).claim

    lines = lines_of(a_picture(a_report(said), a_report(denied, "ngo")))

    assert lines.are_independent(ThingId("organisation/ngo"), ThingId("organisation/state"))
