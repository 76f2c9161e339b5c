import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takatuf.picture.middle import Middle, crh_weights, middle, weighted_median

numbers = st.sampled_from([0.0, 1.0, 2.0, 20_000.0, 24_000.0, 3e6])
weighted = st.lists(
    st.tuples(numbers, st.sampled_from([0.0, 0.5, 1.0, 3.0])), min_size=1, max_size=7
).filter(lambda pairs: any(weight for _, weight in pairs))


@given(weighted)
def test_at_least_half_of_the_weight_lies_on_each_side_of_the_median(
    pairs: list[tuple[float, float]],
) -> None:
    values, weights = [v for v, _ in pairs], [w for _, w in pairs]
    median = weighted_median(values, weights)

    assert median in values
    assert sum(w for v, w in pairs if v <= median) >= sum(weights) / 2
    assert sum(w for v, w in pairs if v < median) < sum(weights) / 2


def test_of_two_in_the_middle_it_is_the_lower_and_nobody_between_them_is_invented() -> None:
    assert weighted_median([40.0, 10.0]) == 10
    assert weighted_median([1.0, 2.0, 3.0, 4.0]) == 2
    assert weighted_median([0.1] * 3 + [0.3] * 3, [0.1] * 6) == 0.1


@pytest.mark.parametrize(
    ("values", "weights"), [([], None), ([1.0], [0.0]), ([1.0, 2.0], [3.0, -1.0])]
)
def test_no_middle_without_a_weighted_value(
    values: list[float], weights: list[float] | None
) -> None:
    with pytest.raises(ValueError, match="a middle needs"):
        weighted_median(values, weights)


def test_a_group_that_repeats_itself_counts_once() -> None:
    one_origin = [36_000.0, 36_000.0, 24_000.0, 36_000.0]

    assert middle([one_origin, [26_395.0], [20_000.0]]) == Middle(
        26_395, 20_000, 36_000, 3, is_split=False
    )


def test_two_groups_with_two_numbers_share_the_middle() -> None:
    assert middle([[5.0], [9.0]]) == Middle(5, 5, 9, 2, is_split=True)
    assert middle([[5.0], [5.0]]) == Middle(5, 5, 5, 2, is_split=False)
    assert middle([[5.0], [9.0]], weights=[1, 2]).value == 9


def test_a_source_near_the_middle_weighs_more() -> None:
    facts = {
        n: [("good", 100.0 + n), ("fair", 101.0 + n), ("wild", 900.0 + 50 * n)] for n in range(20)
    }
    weights = crh_weights(facts)

    assert weights["wild"] < weights["fair"]
    assert weights["wild"] < weights["good"]
    assert math.isclose(sum(weights.values()) / 3, 1)


def test_one_lucky_number_does_not_make_an_authority() -> None:
    facts: dict[int, list[tuple[str, float]]] = {
        n: [("steady", 10.0), ("other", 10.0), ("wild", 30.0 + n)] for n in range(9)
    }
    facts[9] = [("steady", 10.0), ("other", 11.0), ("met once", 10.0)]

    weights = crh_weights(facts)

    assert weights["wild"] < weights["met once"] < weights["steady"]
    assert crh_weights(facts, 0)["met once"] == crh_weights(facts, 0)["steady"]


def test_where_all_agree_all_weigh_the_same() -> None:
    assert crh_weights({"f": [("a", 5.0), ("b", 5.0)]}) == {"a": 1, "b": 1}
    assert crh_weights({"f": [("a", 5.0), ("b", 5.0), ("c", 5.0)]}, 0)["c"] == 1


def test_nothing_said_weighs_nothing() -> None:
    assert crh_weights({}) == {}
    assert crh_weights({"f": []}) == {}


@given(
    st.dictionaries(
        st.integers(0, 6),
        st.lists(st.tuples(st.sampled_from("abcd"), numbers), max_size=5),
        max_size=5,
    )
)
def test_weights_are_finite_and_average_one_whatever_the_numbers(
    facts: dict[int, list[tuple[str, float]]],
) -> None:
    weights = crh_weights(facts)

    assert all(math.isfinite(weight) and weight > 0 for weight in weights.values())
    assert not weights or math.isclose(sum(weights.values()) / len(weights), 1)


def test_the_weights_are_the_same_again_in_another_order_and_under_other_names() -> None:
    rng = random.Random(7)  # noqa: S311 (invented numbers)
    facts = {
        n: [(f"s{s}", rng.choice([10.0, 20.0, 35.0, 90.0]) + n) for s in rng.sample(range(8), 4)]
        for n in range(30)
    }
    shuffled = {f"x{n}": claims[::-1] for n, claims in reversed(facts.items())}

    first, again = crh_weights(facts), crh_weights(shuffled)

    assert first == crh_weights(facts)
    assert first == {source: pytest.approx(weight) for source, weight in again.items()}
