import numpy as np
import pytest
from scipy.stats import kendalltau

from takatuf.planning.explaining.likeness import kendall_tau


def test_the_same_order_is_alike_and_its_reverse_is_not() -> None:
    scores = np.array([3.0, 1.0, 4.0, 1.5, 9.0])

    assert kendall_tau(scores, 2 * scores) == 1.0
    assert kendall_tau(scores, -scores) == -1.0


@pytest.mark.parametrize("seed", range(10))
def test_tau_is_that_of_another_library_whatever_the_ties(seed: int) -> None:
    rng = np.random.default_rng(seed)
    one, other = rng.integers(12, size=(2, 60)).astype(np.float64)

    assert kendall_tau(one, other) == pytest.approx(float(kendalltau(one, other).statistic))


@pytest.mark.parametrize("scores", [[], [1.0], [2.0, 2.0, 2.0]])
def test_where_there_is_no_order_there_is_nothing_to_disagree_with(scores: list[float]) -> None:
    one = np.array(scores)

    assert kendall_tau(one, np.arange(len(one), dtype=np.float64)) == 1.0
