"""How contradictory statements are weighed: the rules, drawn as small tables.

A row is (value, date, who). What comes out is the status, the value (None where nothing is
chosen) and the value to act on.
"""

from datetime import date

import pytest

from takatuf.picture.belief import Belief, BeliefStatus
from takatuf.picture.picture import Statement
from takatuf.picture.weighing import weigh
from takatuf.picture.weighing.weigher import with_withheld
from takatuf.reports.report import Modality
from takatuf.vocabulary.place import Point
from takatuf.vocabulary.quantity import Amount
from takatuf.vocabulary.things import Property
from takatuf.vocabulary.things.schema import Series, ValueType, Weighing
from takatuf.vocabulary.time import parse_date
from takatuf.vocabulary.value import Text, Token, Value
from tests.builders import CITY, a_property, a_statement, an_amount_property, people

AT = date(2017, 6, 14)
STATE = a_property()
CAUTIOUS = a_property(weighing=Weighing.CAUTIOUS, words=("worst", "bad", "good"))
FACT = a_property(series=Series.FACT)
PERIOD = an_amount_property(series=Series.PERIOD)
COUNTER = an_amount_property(series=Series.COUNTER, window_days=30)
COUNT = an_amount_property()
Row = tuple[str | Value, str | None, str]


def believed(declared: Property, *rows: Row | Statement, at: date | None = AT) -> Belief:
    said = (row if isinstance(row, Statement) else a_statement(*row) for row in rows)
    return weigh(CITY, declared, tuple(said), at)


@pytest.mark.parametrize(
    ("declared", "rows", "status", "value"),
    [
        (STATE, [], "unknown", None),
        (STATE, [("good", "2017-06-01", "a")], "single source", "good"),
        (STATE, [("good", "2017-05", "a"), ("good", "2017-06", "a")], "single source", "good"),
        (STATE, [("good", "2017-06-01", "a"), ("good", "2017-06-02", "b")], "agreed", "good"),
        (STATE, [("good", "2017-06-01", "a"), ("bad", "2017-06-02", "b")], "contested", None),
        # an organisation that says something new has updated its own word
        (STATE, [("good", "2017-06-01", "a"), ("bad", "2017-06-02", "a")], "single source", "bad"),
        # but two values of one day are a contradiction, whoever says them
        (STATE, [("good", "2017-06-02", "a"), ("bad", "2017-06-02", "a")], "contested", None),
        # out of the window: the older answer is history
        (STATE, [("good", "2017-01-01", "a"), ("bad", "2017-06-02", "b")], "single source", "bad"),
        # a fact does not change: every statement competes, whatever its date
        (FACT, [("good", "2016", "a"), ("bad", "2017-06-02", "b")], "contested", None),
        (FACT, [("good", "2016", "a"), ("bad", "2017-06-02", "a")], "contested", None),
        (FACT, [("good", None, "a"), ("good", "2017", "b")], "agreed", "good"),
        # a figure of a period answers for its own date only
        (PERIOD, [(people(5), "2017-05", "a"), (people(9), "2017-06-02", "b")], "single source",
         people(9)),
        (PERIOD, [(people(5), "2017-06", "a"), (people(9), "2017-06-02", "b")], "contested", None),
        # what has not happened yet is not known yet
        (STATE, [("good", "2017-06-01", "a"), ("bad", "2017-07-01", "b")], "single source", "good"),
    ],
)  # fmt: skip
def test_the_status_of_a_belief(
    declared: Property, rows: list[Row], status: str, value: str | Value | None
) -> None:
    belief = believed(declared, *rows)

    assert belief.status.value == status
    assert belief.value == (Token(value) if isinstance(value, str) else value)


@pytest.mark.parametrize(
    ("one", "other", "is_contested"),
    [
        (people(275_000), people(300_000), True),
        (people(34_000, is_open=True), people(35_000), False),
        (people(80_000, 100_000), people(90_000), False),
        (Amount(966, 966, "ha"), Amount(9600, 9600, "acre"), True),
        (Amount(1, 1, "ha"), Amount(10_000, 10_000, "m2"), False),
        (Amount(6e9, 6e9, "SYP"), Amount(14e6, 14e6, "USD"), False),  # no rate is assumed
        (Point(36.2, 37.1), Point(36.2001, 37.1001), False),
        (Point(36.2, 37.1), Point(36.3, 37.1), True),
        (parse_date("2017-09-01"), parse_date("2017-11"), True),
        (Text("this"), Text("that"), True),
    ],
)
def test_when_two_answers_cannot_both_be_true(
    one: Value, other: Value, *, is_contested: bool
) -> None:
    declared = a_property(series=Series.FACT, type=ValueType.TEXT)

    belief = believed(declared, (one, "2017", "a"), (other, "2017", "b"))

    assert (belief.status is BeliefStatus.CONTESTED) is is_contested


def test_a_contested_belief_has_no_silent_winner_however_many_say_one_thing() -> None:
    rows: list[Row] = [("good", "2017-06-01", f"o{n}") for n in range(20)]

    belief = believed(STATE, *rows, ("bad", "2017-06-01", "alone"))

    assert belief.status is BeliefStatus.CONTESTED
    assert belief.value is None
    assert belief.because_of == ()
    assert len(belief.disputed_by) == 21
    assert [answer.n_origins for answer in belief.answers] == [20, 1]


def test_numbers_are_never_averaged() -> None:
    belief = believed(COUNT, (people(10), "2017-06-01", "a"), (people(20), "2017-06-01", "b"))

    assert {answer.value for answer in belief.answers} == {people(10), people(20)}
    assert belief.act_on is None


def test_what_retells_somebody_else_is_no_second_witness() -> None:
    retold = a_statement("good", "2017-06-02", "b", origin="organisation/a")

    belief = believed(STATE, ("good", "2017-06-01", "a"), retold)

    assert belief.status is BeliefStatus.SINGLE_SOURCE


def test_a_cautious_property_acts_on_the_answer_that_errs_to_safety() -> None:
    rows: list[Row] = [("good", "2017-06-01", f"o{n}") for n in range(5)]

    belief = believed(CAUTIOUS, *rows, ("bad", "2017-06-01", "alone"))

    assert belief.value is None
    assert belief.act_on == Token("bad")


def test_an_assumption_gives_way_to_any_report() -> None:
    assumed = a_statement("bad", "2017-06-01", "demo", method="assumption")

    assert believed(STATE, assumed).is_assumption
    belief = believed(STATE, assumed, ("good", "2017-06-01", "a"))
    assert (belief.value, belief.is_assumption) == (Token("good"), False)
    assert belief.earlier == (assumed,)


def test_a_promise_never_says_what_is() -> None:
    promise = a_statement("good", "2017-06-10", "a", modality=Modality.PROMISED)

    belief = believed(STATE, ("bad", "2017-06-01", "b"), promise)

    assert belief.value == Token("bad")
    assert promise in belief.earlier


def test_a_promise_is_all_there_is_where_nobody_says_more() -> None:
    promise = a_statement("good", "2017-06-10", "a", modality=Modality.PROMISED)
    assert believed(STATE, promise).value == Token("good")


def test_a_denial_contradicts_what_it_denies_and_agrees_with_another_denial() -> None:
    denial = a_statement("good", "2017-06-01", "b", modality=Modality.DENIED)
    denied_too = a_statement("good", "2017-06-01", "c", modality=Modality.DENIED)

    assert believed(STATE, ("good", "2017-06-01", "a"), denial).status is BeliefStatus.CONTESTED
    assert believed(STATE, ("bad", "2017-06-01", "a"), denial).status is BeliefStatus.AGREED
    both = believed(STATE, denial, denied_too)
    assert (both.status, both.value) == (BeliefStatus.AGREED, None)


def test_a_value_goes_stale_when_nobody_confirms_it() -> None:
    fresh = a_property(fresh_days=30)

    assert believed(fresh, ("good", "2017-05-30", "a")).status is BeliefStatus.SINGLE_SOURCE
    stale = believed(fresh, ("good", "2017-04-30", "a"))
    assert (stale.status, stale.value) == (BeliefStatus.STALE, Token("good"))
    assert believed(fresh, ("good", "2017-04-30", "a"), at=None).status is not BeliefStatus.STALE


def test_an_undated_statement_of_a_state_cannot_be_placed_and_is_noted() -> None:
    belief = believed(STATE, ("good", None, "a"))

    assert belief.value == Token("good")
    assert belief.notes == ("undated: a statement gives no date",)
    dated = believed(STATE, ("good", None, "a"), ("bad", "2017-06-01", "b"))
    assert dated.status is BeliefStatus.SINGLE_SOURCE


def test_a_value_holds_since_the_first_of_its_unbroken_run() -> None:
    belief = believed(
        STATE,
        ("good", "2016-12", "a"),
        ("bad", "2017-01", "a"),
        ("good", "2017-05-20", "a"),
        ("good", "2017-06-01", "b"),
    )
    assert belief.since == parse_date("2017-05-20")


def test_a_counter_that_grows_is_no_contradiction() -> None:
    belief = believed(COUNTER, (people(100), "2017-05-20", "a"), (people(150), "2017-06-10", "b"))

    assert (belief.status, belief.value) == (BeliefStatus.SINGLE_SOURCE, people(150))
    assert belief.notes == ()


def test_a_counter_that_falls_is_contested_and_flagged_however_long_ago() -> None:
    belief = believed(
        COUNTER,
        (people(14_700), "2016-12-28", "a"),
        (people(36_000), "2017-02-20", "tv"),
        (people(26_395), "2017-06-14", "a"),
    )

    assert belief.status is BeliefStatus.CONTESTED
    assert {answer.value for answer in belief.answers} == {people(36_000), people(26_395)}
    assert belief.notes == (
        "falling series: 36,000 people on 2017-02-20, then 26,395 people on 2017-06-14",
    )


def test_a_counter_that_is_only_retold_has_not_been_read() -> None:
    retold = a_statement(people(38_850), "2016-12-28", "paper", origin="organisation/a")

    belief = believed(
        COUNTER, (people(9_660), "2016-12-28", "a"), retold, (people(20_000), "2017-01-16", "a")
    )

    assert belief.notes == ()


def test_a_later_floor_below_an_earlier_figure_is_noted_though_both_may_be_true() -> None:
    belief = believed(
        COUNTER,
        (people(3_000), "2017-02-20", "tv"),
        (people(2_000, is_open=True), "2017-06-14", "a"),
    )

    assert belief.status is BeliefStatus.SINGLE_SOURCE
    assert belief.notes == (
        "falling series: 3,000 people on 2017-02-20, then at least 2,000 people on 2017-06-14",
    )


def test_about_a_day_is_no_other_day_of_the_same_organisation() -> None:
    rows: list[Row] = [(people(6), "2016-12-09", "a"), (people(8), "about 2016-12-10", "a")]
    assert believed(PERIOD, *rows).status is BeliefStatus.SINGLE_SOURCE


def test_a_counter_read_twice_on_one_day_must_agree() -> None:
    belief = believed(COUNTER, (people(5), "2017-06-10", "a"), (people(9), "2017-06-10", "b"))
    assert belief.status is BeliefStatus.CONTESTED


def test_the_whole_record_shows_contradictions_of_any_time() -> None:
    rows: list[Row] = [
        (people(50_000), "2016-12-15", "a"),
        (people(100_000), "2016-12-15", "b"),
        (people(10), "2017-06-01", "a"),
    ]

    assert believed(COUNT, *rows).status is BeliefStatus.SINGLE_SOURCE
    whole = believed(COUNT, *rows, at=None)
    assert whole.status is BeliefStatus.CONTESTED
    assert len(whole.earlier) == 1


def test_where_all_values_hold_at_once_there_is_nothing_to_contest() -> None:
    names = a_property(type=ValueType.TEXT, weighing=Weighing.ALL, series=Series.FACT)

    belief = believed(names, (Text("Aleppo"), None, "a"), (Text("Alep"), None, "b"))

    assert belief.status is BeliefStatus.AGREED
    assert set(belief.values) == {Text("Aleppo"), Text("Alep")}


def test_an_assumption_confirms_nothing() -> None:
    names = a_property(type=ValueType.TEXT, weighing=Weighing.ALL, series=Series.FACT)
    assumed = a_statement(Text("Aleppo"), None, "demo", method="assumption")

    belief = believed(names, (Text("Aleppo"), None, "a"), assumed)

    assert belief.status is BeliefStatus.SINGLE_SOURCE


def test_what_a_reader_may_not_see_is_withheld_and_not_unknown() -> None:
    belief = with_withheld(weigh(CITY, STATE, (), AT), 2)

    assert (belief.status, belief.n_withheld) == (BeliefStatus.WITHHELD, 2)


def test_zero_is_a_value() -> None:
    belief = believed(COUNT, (people(0), "2017-06-01", "a"))

    assert (belief.status, belief.value) == (BeliefStatus.SINGLE_SOURCE, people(0))
