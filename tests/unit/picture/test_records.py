import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takatuf.picture.records import (
    CONFIRMED,
    PARTLY,
    REFUTED,
    Outcome,
    Prior,
    Record,
    beta_quantile,
    beta_share_below,
    record_of,
    topic_mean,
    topic_prior,
)

PRIOR = Prior(0.7)
RIGHT, WRONG = Outcome(CONFIRMED), Outcome(REFUTED)
outcomes = st.lists(
    st.builds(Outcome, st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from([0.0, 30.0, 365.0, 1e7])),
    max_size=8,
)


def test_a_source_that_nobody_checked_counts_as_its_topic() -> None:
    record = record_of([], PRIOR)

    assert record.accuracy == 0.7
    assert record.n_checked == 0


def test_checks_move_the_record_from_the_topics_mean() -> None:
    record = record_of([RIGHT, RIGHT, WRONG, Outcome(PARTLY)], PRIOR)

    assert record.accuracy == pytest.approx((4 * 0.7 + 2.5) / (4 + 4))
    assert (record.n, record.right, record.n_checked) == (4, 2.5, 4)


def test_a_check_counts_half_after_its_half_life_but_is_still_a_check() -> None:
    record = record_of([Outcome(CONFIRMED, age_days=365)], PRIOR)

    assert (record.n, record.n_checked) == (0.5, 1)
    assert record_of([Outcome(REFUTED, 9999)], PRIOR, half_life_days=math.inf).n == 1


@pytest.mark.parametrize("outcome", [Outcome(1.5), Outcome(-0.1), Outcome(1.0, age_days=-1)])
def test_an_outcome_out_of_range_is_refused(outcome: Outcome) -> None:
    with pytest.raises(ValueError, match="0 to 1"):
        record_of([outcome], PRIOR)


@given(outcomes, st.randoms(use_true_random=False))
def test_the_order_of_checks_does_not_matter(some: list[Outcome], rng: object) -> None:
    shuffled = sorted(some, key=lambda _: rng.random())  # type: ignore[attr-defined]  # a Random

    assert record_of(shuffled, PRIOR) == record_of(some, PRIOR)


@given(outcomes)
def test_a_record_lies_within_its_interval_and_is_never_certain(some: list[Outcome]) -> None:
    record = record_of(some, PRIOR)
    low, high = record.interval()
    wide_low, wide_high = record.interval(0.99)

    assert 0 < wide_low < low < record.accuracy < high < wide_high < 1


@pytest.mark.parametrize(
    ("a", "b", "share", "value"),
    [  # by scipy.stats.beta.ppf
        (2.0, 3.0, 0.05, 0.09761146288641434),
        (2.0, 3.0, 0.95, 0.7513953742698181),
        (0.5, 0.5, 0.05, 0.0061558297024311365),
        (30.8, 1.2, 0.05, 0.896593240286653),
        (1.0, 1.0, 0.25, 0.25),
        (800.0, 200.0, 0.05, 0.7788672672341086),
        (250_000.0, 750_000.0, 0.95, 0.2507125263536237),
    ],
)
def test_the_quantiles_are_those_of_the_beta_distribution(
    a: float, b: float, share: float, value: float
) -> None:
    assert beta_quantile(a, b, share) == pytest.approx(value, rel=1e-9)


def test_nothing_lies_below_nought_and_all_below_one() -> None:
    assert beta_share_below(2, 3, 0) == 0
    assert beta_share_below(2, 3, 1) == 1
    assert beta_share_below(1, 1, 0.3) == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("n_right", "n_wrong", "letter"),
    [
        (0, 0, "F"),
        (4, 0, "F"),  # four right say too little
        (5, 0, "C"),
        (25, 0, "B"),
        (150, 0, "A"),
        (40, 20, "C"),
        (10, 10, "D"),
        (0, 10, "E"),
    ],
)
def test_the_letter_follows_the_lower_end_of_the_interval(
    n_right: int, n_wrong: int, letter: str
) -> None:
    record = record_of([RIGHT] * n_right + [WRONG] * n_wrong, PRIOR)

    assert record.suggested_letter == letter


def test_the_topics_mean_starts_at_the_default_and_follows_the_checks() -> None:
    assert topic_mean([], 0.6) == 0.6
    assert topic_mean([RIGHT] * 4, 0.6) == pytest.approx(0.8)
    assert topic_mean([WRONG] * 996, 0.5) == pytest.approx(0.002)


def test_where_sources_differ_much_a_record_starts_weak() -> None:
    prior = topic_prior({"good": [RIGHT] * 20, "bad": [WRONG] * 20})

    assert prior.n == 4
    assert prior.mean == pytest.approx((4 * 0.7 + 20) / 44)


def test_where_sources_differ_no_more_than_by_luck_a_record_stays_near_the_mean() -> None:
    alike = {name: [RIGHT, RIGHT, WRONG, WRONG] for name in "abcdef"}

    assert topic_prior(alike).n == 20
    assert topic_prior({"a": [RIGHT] * 3, "b": [RIGHT] * 5}).n == 20


def test_between_these_the_start_is_as_firm_as_the_sources_are_alike() -> None:
    counts = {"a": (9, 1), "b": (7, 3), "c": (4, 6)}
    some = {name: [RIGHT] * n + [WRONG] * m for name, (n, m) in counts.items()}
    closer = {**some, "c": [RIGHT] * 5 + [WRONG] * 5}

    assert 4 < topic_prior(some).n < topic_prior(closer).n < 20


@pytest.mark.parametrize(
    "unknown",
    [{}, {"a": [RIGHT, WRONG]}, {"a": [], "b": [RIGHT]}, {"a": [Outcome(1, 1e9)] * 2, "b": []}],
)
def test_one_source_shows_no_difference_between_sources(unknown: dict[str, list[Outcome]]) -> None:
    assert topic_prior(unknown).n == 4


def test_checks_that_have_faded_away_say_nothing() -> None:
    faded = {"a": [Outcome(1, 1e9)], "b": [Outcome(0, 1e9)]}
    one_left = {**faded, "c": [RIGHT, WRONG]}

    assert topic_prior(faded) == Prior(0.7)
    assert topic_prior(one_left).n == 20


def test_a_record_can_be_compared_and_kept() -> None:
    assert record_of([RIGHT], PRIOR) == Record(1, 1, 0.7, 1, 4)
