"""Hierarchies do not contradict, figures come with a range, and the nearest are acted on."""

from datetime import date

import pytest

from takatuf.picture.belief import Belief, BeliefStatus
from takatuf.picture.picture import Statement
from takatuf.picture.records import Outcome, Prior, record_of
from takatuf.picture.weighing import Weigher, weigh
from takatuf.picture.weighing.checks import Records, checks_in, records_of
from takatuf.picture.weighing.lines import Lines
from takatuf.picture.weighing.trust import Trust
from takatuf.vocabulary.identity import ThingId, statement_id
from takatuf.vocabulary.quantity import Amount
from takatuf.vocabulary.things import AllowedValue, Property, ThingType, Vocabulary
from takatuf.vocabulary.things.schema import Series, ValueType, Weighing
from takatuf.vocabulary.value import Reference, Text, Token, Value
from tests.builders import (
    CITY,
    EAST,
    a_claim,
    a_picture,
    a_property,
    a_report,
    a_statement,
    an_amount_property,
    labels,
    part_of,
    people,
)

AT = date(2017, 6, 14)
FAR = ThingId("place/far")
SEEN_IN = a_property("seen_in", type=ValueType.THING, values=(), series=Series.FACT)
CAUSE = a_property(
    "cause",
    values=(
        AllowedValue("attack", labels()),
        AllowedValue("shelling", labels(), within="attack"),
        AllowedValue("rockets", labels(), within="shelling"),
        AllowedValue("failure", labels()),
    ),
)
VOCABULARY = Vocabulary(
    {"place": ThingType("place", labels())}, {"water": labels()}, {"seen_in": SEEN_IN}
)


def believed(declared: Property, *said: Statement) -> Belief:
    return weigh(CITY, declared, said, AT)


def seen_in(*places: ThingId) -> Belief:
    reports = [
        a_report(a_claim(Reference(place), None, property="seen_in"), by)
        for place, by in zip(places, "abc", strict=False)
    ]
    picture = a_picture(*reports, part_of("place/east", "place/city"))
    return Weigher(picture, VOCABULARY).belief(CITY, "seen_in")


def test_a_place_does_not_contradict_one_that_lies_in_it() -> None:
    assert seen_in(CITY, EAST).status is BeliefStatus.AGREED
    assert seen_in(EAST, FAR).status is BeliefStatus.CONTESTED


@pytest.mark.parametrize(
    ("one", "other", "is_contested"),
    [
        ("attack", "shelling", False),
        ("attack", "rockets", False),
        ("rockets", "shelling", False),
        ("failure", "shelling", True),
        ("attack", "failure", True),
    ],
)
def test_a_wider_word_does_not_contradict_what_lies_within_it(
    one: str, other: str, *, is_contested: bool
) -> None:
    belief = believed(CAUSE, a_statement(one, by="a"), a_statement(other, by="b"))

    assert (belief.status is BeliefStatus.CONTESTED) is is_contested


def test_the_chance_of_a_wide_answer_holds_those_within_it() -> None:
    said = [a_statement(word, by=by) for word, by in
            (("attack", "a"), ("shelling", "b"), ("failure", "c"))]  # fmt: skip

    chances = {str(a.value): a.chance for a in believed(CAUSE, *said).answers}

    assert chances["attack"] is not None
    assert chances["shelling"] is not None
    assert chances["failure"] is not None
    assert chances["attack"] >= chances["shelling"] > chances["failure"]


@pytest.mark.parametrize(
    ("weighing", "rows", "acted_on"),
    [
        # the operator says restored, the people at the tap say cut: they are nearer
        (Weighing.CAUTIOUS, [("good", "statement"), ("bad", "survey")], "bad"),
        # also where the operator is the one who errs to safety
        (Weighing.CAUTIOUS, [("bad", "statement"), ("good", "survey")], "good"),
        # those who are near and differ: the safe side among them
        (Weighing.CAUTIOUS, [("good", "survey"), ("bad", "survey")], "bad"),
        # nobody is near: the safe side
        (Weighing.CAUTIOUS, [("good", "statement"), ("bad", "statement")], "bad"),
        (Weighing.PLAIN, [("good", "statement"), ("bad", "survey")], "bad"),
        (Weighing.PLAIN, [("good", "survey"), ("bad", "survey")], None),
        (Weighing.PLAIN, [("good", "statement"), ("bad", "statement")], None),
    ],
)
def test_plans_act_on_who_is_nearest_and_the_belief_stays_contested(
    weighing: Weighing, rows: list[tuple[str, str]], acted_on: str | None
) -> None:
    declared = a_property(weighing=weighing, nearest_methods=("survey",))
    said = [a_statement(v, by=by, method=m) for (v, m), by in zip(rows, "ab", strict=True)]

    belief = believed(declared, *said)

    assert belief.status is BeliefStatus.CONTESTED
    assert belief.act_on == (Token(acted_on) if acted_on else None)


def test_contested_figures_have_a_middle_and_a_range_and_no_mean() -> None:
    said = [a_statement(people(n), by=by) for n, by in ((100, "a"), (110, "b"), (9_000, "c"))]

    belief = believed(an_amount_property(), *said)

    assert belief.value is None
    assert belief.estimate is not None
    assert (belief.estimate.middle, belief.estimate.low, belief.estimate.high) == (110, 100, 9_000)
    assert belief.estimate.n_origins == 3


def test_a_retold_variant_has_no_say_in_the_middle() -> None:
    def area(value: float, unit: str, by: str, origin: str = "") -> Statement:
        amount: Value = Amount(value, value, unit)
        return a_statement(amount, by=by, origin=origin)

    said = [
        area(966, "ha", "a"),
        area(996, "ha", "b", "organisation/a"),
        area(9_600, "acre", "c", "organisation/a"),
        area(700, "ha", "d"),
    ]
    declared = an_amount_property(unit="ha")

    belief = weigh(CITY, declared, tuple(said), AT)

    assert belief.estimate is not None
    assert (belief.estimate.low, belief.estimate.high) == (700, 966)
    assert belief.estimate.n_origins == 2
    assert len(belief.answers) == 4  # and all variants are kept


def test_in_a_dispute_a_place_shares_the_chance_of_what_lies_in_it() -> None:
    chances = {str(a.value): a.chance or 0.0 for a in seen_in(CITY, EAST, FAR).answers}

    assert chances["place/city"] > chances["place/east"] >= chances["place/far"] > 0


def test_places_of_which_nothing_is_known_contradict_each_other() -> None:
    said = (a_statement(Reference(CITY), by="a"), a_statement(Reference(EAST), by="b"))

    assert weigh(CITY, SEEN_IN, said, AT).status is BeliefStatus.CONTESTED


def test_what_is_no_figure_or_in_another_unit_has_no_place_in_the_middle() -> None:
    words = (a_statement(Text("many"), by="a"), a_statement(Text("few"), by="b"))
    families = tuple(a_statement(Amount(n, n, "families"), by=by) for n, by in ((5, "a"), (9, "b")))

    assert believed(an_amount_property(), *words).estimate is None
    assert believed(an_amount_property(), *families).estimate is None


def test_two_bodies_of_one_command_line_are_a_single_source() -> None:
    bodies = frozenset({ThingId("organisation/a"), ThingId("organisation/b")})
    trust = Trust(lines=Lines(dict.fromkeys(bodies, bodies)))
    said = (a_statement("good", by="a"), a_statement("good", by="b"))

    belief = weigh(CITY, a_property(), said, AT, trust)

    assert belief.status is BeliefStatus.SINGLE_SOURCE
    assert belief.reason == "2 statements from 2 origins of one command line."


def test_checked_sources_that_stand_against_each_other_decide_nothing() -> None:
    often_right = record_of([Outcome(1.0)] * 20, Prior(0.9))
    records = {(ThingId(f"organisation/{by}"), "water"): often_right for by in "ab"}
    trust = Trust(records=Records(records, {}, often_right))
    said = (a_statement("good", by="a"), a_statement("bad", by="b"))

    belief = weigh(CITY, a_property(), said, AT, trust)

    assert belief.status is BeliefStatus.CONTESTED
    assert "no answer reaches a chance" in belief.reason


def test_a_check_of_no_statement_or_of_an_unknown_property_feeds_nothing() -> None:
    report = a_report(by="a")
    outcome = Token("confirmed")
    checks = [
        a_report(a_claim(outcome, thing=thing, property="check_outcome"), "inspector")
        for thing in (statement_id(report.id, 0), CITY)
    ]
    found = checks_in(a_picture(report, *checks), Lines())

    assert len(found) == 1
    assert records_of(found, VOCABULARY).by_source == {}
