"""How alike two orders of the same things are."""

import math

import numpy as np
from numpy.typing import NDArray

from takatuf.planning.problem import Floats

_Ranks = NDArray[np.int64]


def kendall_tau(one: Floats, other: Floats) -> float:
    """Return Kendall's tau-b: 1 the same order, 0 unrelated, -1 the reverse; ties allowed for.

    Where one of them has no order at all there is nothing to disagree with: 1.

    Args:
        one: A score for each thing; only their order matters.
        other: Other scores for the same things. Same shape.

    Source:
        The count of exchanges after W. R. Knight (1966), A computer method for calculating
        Kendall's tau with ungrouped data, JASA 61, 436-439,
        https://doi.org/10.1080/01621459.1966.10480879; ties as in M. G. Kendall (1945), The
        treatment of ties in ranking problems, Biometrika 33, 239-251. Written here because
        importing the statistics of scipy takes half a second at each start of a command.
    """
    x, y = _dense(one), _dense(other)
    n_pairs = _pairs(np.array([len(x)]))
    tied_x, tied_y = _pairs(np.bincount(x)), _pairs(np.bincount(y))
    if n_pairs in (tied_x, tied_y):
        return 1.0
    tied_both = _pairs(np.unique(x * (len(x) + 1) + y, return_counts=True)[1])
    n_swapped = _inversions(y[np.lexsort((y, x))])
    concordant_less_discordant = n_pairs - tied_x - tied_y + tied_both - 2 * n_swapped
    return concordant_less_discordant / math.sqrt((n_pairs - tied_x) * (n_pairs - tied_y))


def _dense(scores: Floats) -> _Ranks:
    return np.asarray(np.unique(scores, return_inverse=True)[1], dtype=np.int64)


def _pairs(counts: _Ranks) -> int:
    return int((counts * (counts - 1) // 2).sum())


def _inversions(ranks: _Ranks) -> int:
    """Return how many pairs stand with the larger one first.

    Two numbers differ first in one bit; of those alike above it, each 1 before a 0 is a pair.
    """
    total = 0
    for bit in range(int(ranks.max(initial=0)).bit_length()):
        values = ranks[np.argsort(ranks >> (bit + 1), kind="stable")]
        ones = (values >> bit) & 1
        before = np.cumsum(ones) - ones
        group = values >> (bit + 1)
        is_first = np.append(True, group[1:] != group[:-1])
        before_group = np.maximum.accumulate(np.where(is_first, before, 0))
        total += int(((1 - ones) * (before - before_group)).sum())
    return total
