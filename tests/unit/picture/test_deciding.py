import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takatuf.picture.deciding import Chances, Reason, Vote, chances, decide
from tests.builders_truth import CITY_IN_STATE, EASY_BARS, votes

ANSWERS = ("a", "b", "c")
said = st.lists(
    st.builds(
        Vote,
        st.sampled_from(ANSWERS),
        st.sampled_from([0.0, 0.3, 0.5, 0.7, 0.9, 1.0]),
        st.booleans(),
        st.sampled_from([0, 20]),
    ),
    max_size=7,
)
TREE = {"a": ("b", "c"), "b": ("c",)}
hierarchies = st.sampled_from(
    [{}, {"a": ("c",), "b": ("c",)}, TREE, {"a": ("b", "c")}, {"a": ("b",), "b": ("a",)}]
)


@given(said, hierarchies, st.sampled_from([None, 2, 10]))
def test_the_chances_of_all_that_may_be_true_make_one(
    some: list[Vote], implies: dict[str, Sequence[str]], n: int | None
) -> None:
    found = chances(some, n, implies)

    assert math.isclose(math.fsum([*found.exact.values(), found.none]), 1)
    assert all(0 <= chance <= 1 + 1e-12 for chance in found.true.values())
    assert all(found.true[answer] >= found.exact[answer] for answer in found.exact)


@given(st.data(), said, hierarchies)
def test_neither_the_order_of_votes_nor_a_name_changes_a_chance(
    data: st.DataObject, some: list[Vote], implies: dict[str, Sequence[str]]
) -> None:
    new = dict(zip(ANSWERS, data.draw(st.permutations(("x", "a", "ب"))), strict=True))
    renamed = [
        Vote(new[v.answer], v.accuracy, v.is_denial, v.n_checked)
        for v in data.draw(st.permutations(some))
    ]
    renamed_implies = {new[a]: [new[g] for g in general] for a, general in implies.items()}

    found, as_renamed = chances(some, None, implies), chances(renamed, None, renamed_implies)

    assert {new[answer]: chance for answer, chance in found.true.items()} == as_renamed.true
    assert found.none == as_renamed.none
    decided = decide(found, some, implies, EASY_BARS)
    decided_renamed = decide(as_renamed, renamed, renamed_implies, EASY_BARS)
    assert (new.get(decided.answer or ""), decided.reason) == (
        decided_renamed.answer,
        decided_renamed.reason,
    )


@given(said, st.sampled_from(ANSWERS), st.sampled_from([0.0, 0.6, 0.95]))
def test_one_more_vote_never_makes_its_answer_less_likely(
    some: list[Vote], answer: str, accuracy: float
) -> None:
    for implies in ({}, TREE):
        named = [*some, Vote(answer, 0.5)]
        before = chances(named, 5, implies).true[answer]
        assert chances([*named, Vote(answer, accuracy)], 5, implies).true[answer] >= before - 1e-12


@given(st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=12))
def test_with_equal_records_the_answer_with_more_votes_is_the_likelier(some: list[str]) -> None:
    found = chances(votes(*some, accuracy=0.4), 3)

    by_chance = [found.exact[answer] for answer in sorted(found.exact, key=some.count)]
    assert by_chance == sorted(by_chance)
    counts = {some.count(answer) for answer in found.exact}
    assert len(counts) == len(set(found.exact.values()))  # equal counts, equal chances


def test_nobody_said_anything() -> None:
    assert chances([]) == Chances({}, {}, 1.0)
    assert decide(chances([]), []).reason is Reason.NOT_NAMED


@pytest.mark.parametrize("accuracy", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("n_alternatives", [None, 4, 1000])
def test_one_vote_alone_is_as_likely_as_its_source_is_accurate(
    accuracy: float, n_alternatives: int | None
) -> None:
    found = chances(votes("a", accuracy=accuracy), n_alternatives)
    least = 1 / (n_alternatives or 2) + 0.02

    assert found.true["a"] == pytest.approx(max(accuracy, least))


def test_two_independent_votes_multiply_their_odds() -> None:
    found = chances(votes("a", "a", "b"), 2, dependence=0)

    odds = 0.8 / 0.2
    assert found.true["a"] == pytest.approx(odds / (1 + odds))


def test_votes_whose_errors_are_alike_count_less_than_apart() -> None:
    apart, alike, one = (
        chances(votes(*"aaaa"), 2, dependence=d).true["a"] for d in (0.0, 0.1, 1.0)
    )

    assert apart > alike > one == pytest.approx(0.8)


def test_any_number_of_votes_can_be_counted() -> None:
    found = chances(votes(*("a" * 5000), *("b" * 5000), accuracy=1.0), None, dependence=0)

    assert found.true["a"] == found.true["b"] == pytest.approx(0.5)


def test_a_good_record_outweighs_several_poor_ones() -> None:
    some = [Vote("a", 0.95), Vote("b", 0.6), Vote("b", 0.6), Vote("b", 0.6)]

    found = chances(some, 2)

    assert found.true["a"] > found.true["b"]


def test_the_worst_record_does_not_vote_against_itself() -> None:
    found = chances([Vote("a", 0.0), Vote("b", 0.9)], 2)
    without = chances([Vote("b", 0.9)], 2)

    assert found.true["b"] < without.true["b"]


def test_to_deny_one_of_two_is_to_say_the_other() -> None:
    denied = chances([Vote("a", 0.7), Vote("a", 0.8, is_denial=True)], 2)
    other = chances([Vote("a", 0.7), Vote("b", 0.8)], 2)

    assert denied.true["a"] == pytest.approx(other.true["a"])
    assert denied.none == pytest.approx(other.true["b"])


def test_a_general_answer_does_not_contradict_a_specific_one() -> None:
    found = chances(votes("Los Angeles", "California", "California"), None, CITY_IN_STATE)

    assert found.true["California"] > 0.95
    assert found.exact["Los Angeles"] > found.exact["California"]


def test_general_votes_support_the_specific_answers_below_them_and_not_the_others() -> None:
    implies = {**CITY_IN_STATE, "Paris": ("France",)}
    alone = chances(votes("Los Angeles", "Paris"), 5, implies)
    found = chances(votes("Los Angeles", "Paris", "California"), 5, implies)

    assert alone.true["Los Angeles"] == alone.true["Paris"]
    assert found.true["Los Angeles"] > found.true["Paris"]


def test_a_specific_vote_outweighs_general_ones_when_its_source_is_more_often_right() -> None:
    for accuracy, is_finer in ((0.4, False), (0.6, True)):
        some = [Vote("Los Angeles", accuracy), *votes("California", "California")]
        found = chances(some, None, CITY_IN_STATE).exact
        assert (found["Los Angeles"] > found["California"]) is is_finer


def test_to_deny_the_state_denies_the_city_and_not_the_other_way_round() -> None:
    state_denied = votes("Los Angeles", "not California", "California")
    city_denied = votes("Los Angeles", "not Los Angeles", "California")

    of_state = chances(state_denied, 5, CITY_IN_STATE)
    of_city = chances(city_denied, 5, CITY_IN_STATE)

    assert of_state.true["California"] < of_city.true["California"]
    assert of_state.true["Los Angeles"] < of_state.true["California"]
    assert of_city.true["California"] == pytest.approx(
        chances(votes("California", "California"), 5).true["California"]
    )


def test_a_name_in_two_states_supports_both_and_is_counted_once() -> None:
    implies = {"Newport": ("Rhode Island", "Wales")}
    found = chances(votes("Newport", "Rhode Island", "Wales"), None, implies)

    assert found.true["Rhode Island"] == found.true["Wales"] > 0.5
    assert math.fsum([*found.exact.values(), found.none]) == pytest.approx(1)


def test_names_that_imply_each_other_in_a_circle_stand_side_by_side() -> None:
    pair = {"a": ("b",), "b": ("a",)}
    circle = {"a": ("b",), "b": ("c",), "c": ("a",)}

    for implies in (pair, circle):
        found = chances(votes("a", "b", "c"), None, implies)
        assert found.exact["a"] == found.exact["b"]


@pytest.mark.parametrize(
    ("some", "dependence"), [([Vote("a", 1.1)], 0.1), ([Vote("a", -0.1)], 0.1), ([], 1.1)]
)
def test_what_is_no_chance_is_refused(some: list[Vote], dependence: float) -> None:
    with pytest.raises(ValueError, match="0 to 1"):
        chances(some, dependence=dependence)


@pytest.mark.parametrize(
    ("some", "answer", "reason"),
    [
        (votes("a", "a", "a", "b", accuracy=0.9), "a", Reason.PREVAILS),
        (votes("a", "b", accuracy=0.9), None, Reason.UNCLEAR),
        (votes("a", accuracy=0.9), None, Reason.FEW_ORIGINS),
        (votes("a", "a", "a", "b", accuracy=0.9, n_checked=4), None, Reason.UNCHECKED),
        (votes("not a", "not a", "not a"), None, Reason.UNCLEAR),
    ],
)
def test_an_answer_prevails_only_where_it_clears_every_bar(
    some: list[Vote], answer: str | None, reason: Reason
) -> None:
    decision = decide(chances(some), some, bars=EASY_BARS)

    assert (decision.answer, decision.reason) == (answer, reason)


def test_where_nothing_was_checked_nothing_prevails_however_many_agree() -> None:
    some = votes(*("a" * 50), accuracy=0.99, n_checked=0)

    assert decide(chances(some), some).answer is None


def test_one_checked_origin_is_enough_where_others_agree() -> None:
    some = [Vote("a", 0.95, n_checked=20), Vote("a", 0.9), Vote("b", 0.6)]

    assert decide(chances(some), some, bars=EASY_BARS).answer == "a"


def test_a_denial_by_a_checked_origin_does_not_check_the_answer() -> None:
    some = [*votes("a", "a", "a", accuracy=0.95, n_checked=0), *votes("not a", accuracy=0.6)]

    assert decide(chances(some), some, bars=EASY_BARS).reason is Reason.UNCHECKED


def test_the_state_prevails_where_the_city_is_open() -> None:
    some = votes("Los Angeles", "California", "California", accuracy=0.9)
    decision = decide(chances(some, None, CITY_IN_STATE), some, CITY_IN_STATE, EASY_BARS)

    assert decision.answer == "California"


def test_the_most_specific_answer_that_clears_the_bars_prevails() -> None:
    some = votes("Los Angeles", "Los Angeles", "Los Angeles", "California", accuracy=0.95)
    decision = decide(chances(some, None, CITY_IN_STATE), some, CITY_IN_STATE, EASY_BARS)

    assert decision.answer == "Los Angeles"


def test_of_two_answers_that_both_hold_none_is_picked() -> None:
    implies = {"street": ("old town", "ward 3")}
    some = votes("street", "street", "street", "old town", "ward 3", accuracy=0.6)
    found = Chances({}, {"street": 0.7, "old town": 0.9, "ward 3": 0.9}, 0.05)
    decision = decide(found, some, implies, EASY_BARS)

    assert (decision.answer, decision.reason) == (None, Reason.UNCLEAR)


def test_the_expected_error_is_never_below_the_measured_one() -> None:
    sure = votes(*("a" * 9), accuracy=0.99)
    fair = votes("a", "a", "b", accuracy=0.8)

    assert decide(chances(sure), sure, bars=EASY_BARS).expected_error == 0.02
    unsure = decide(chances(fair), fair, bars=EASY_BARS)
    assert unsure.expected_error == pytest.approx(1 - unsure.chance)
