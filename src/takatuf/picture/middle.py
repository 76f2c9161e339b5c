"""The middle of numbers that contradict each other, and what a source's numbers are worth.

Contradictory numbers are never averaged: the middle is a number that somebody stated, and it
comes with the range.
"""

import math
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from takatuf.picture.bars import deciding_rules

FACT = TypeVar("FACT", bound=Hashable)
SOURCE = TypeVar("SOURCE", bound=Hashable)
MAX_ROUNDS = 50
HALF = 0.5 * (1 - 1e-9)  # so that sums of the same weights in another order are still a half
LEAST_SHARE, LEAST_WEIGHT = 1e-12, 1e-9  # no weight is endless, and none is nothing
N_PRIOR = deciding_rules().records.n_prior

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Middle:
    """The middle of what independent origins say, and how far they are apart."""

    value: float  # stated by somebody
    low: float
    high: float
    n_groups: int
    is_split: bool  # two numbers share the middle; the value is the lower of them


def weighted_median(values: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """Return the least value with at least half of all weight at or below it.

    Always one of the values. Where two share the middle it is the lower, never a number
    between them that nobody stated.

    Args:
        values: At least one, finite, in any unit.
        weights: One for each value, 0 or more and not all 0. None: all equal.

    Raises:
        ValueError: There is no value, or a weight is out of range; our bug.
    """
    return _around_the_middle(values, weights)[0]


def middle(
    values_by_origin: Sequence[Sequence[float]], weights: Sequence[float] | None = None
) -> Middle:
    """Return the weighted median over origin groups, with their range.

    Args:
        values_by_origin: For each independent origin group its numbers, at least one. However
            often a group repeats itself, it counts once, by its own middle.
        weights: One for each group; see `weighted_median`.

    Raises:
        ValueError: As for `weighted_median`.
    """
    values = [weighted_median(group) for group in values_by_origin]
    value, upper = _around_the_middle(values, weights)
    return Middle(value, min(values), max(values), len(values), is_split=value != upper)


def crh_weights(
    facts: Mapping[FACT, Collection[tuple[SOURCE, float]]], n_prior: float = N_PRIOR
) -> Mapping[SOURCE, float]:
    """Return what the numbers of each source are worth, by how near the middle they are.

    Takes in turn the weighted median of each fact, and as the weight of a source the negative
    logarithm of its share in all deviations, until no middle moves. A deviation is absolute,
    in standard deviations of the fact's numbers. A source starts with ``n_prior`` deviations
    of the average size, so that one lucky number does not make an authority.

    Nothing here is checked: who copies the crowd gets a high weight. So weights order numbers
    and give the middle; they never let an answer prevail.

    Args:
        facts: For each fact what the sources state, in one unit; a source may state several.
        n_prior: 0 or more; 0 is the method as published.

    Returns:
        A weight above 0 for each source, 1 on average; a source not met here is worth 1.

    Source:
        CRH: Q. Li, Y. Li, J. Gao, B. Zhao, W. Fan, J. Han (2014), Resolving conflicts in
        heterogeneous data by truth discovery and source reliability estimation, SIGMOD,
        1187-1198, https://doi.org/10.1145/2588555.2610509. The start of a source is ours.
    """
    claims, sources = _claims(facts)
    if not sources:
        return {}
    weights = np.ones(len(sources))
    truths, before, n_rounds = claims.medians(weights), np.zeros(0), 0
    while n_rounds < MAX_ROUNDS and not np.array_equal(truths, before):
        weights = claims.weights(truths, n_prior)
        truths, before, n_rounds = claims.medians(weights), truths, n_rounds + 1
    return dict(zip(sources, (weights / weights.mean()).tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class _Claims:
    """The claims as arrays, ordered by fact and value; all of shape ``(n_claims,)`` but starts."""

    fact: Ints
    source: Ints
    value: Floats
    starts: Ints  # where each fact begins; shape ``(n_facts,)``

    def medians(self, weights: Floats) -> Floats:
        """Return the weighted median of each fact; as `weighted_median`, for all at once."""
        weight = weights[self.source]
        total = np.add.reduceat(weight, self.starts)
        up_to = np.cumsum(weight)
        before = up_to[self.starts] - weight[self.starts]
        is_half = up_to - before[self.fact] >= HALF * total[self.fact]
        place = np.where(is_half, np.arange(len(weight)), len(weight) - 1)
        return self.value[np.minimum.reduceat(place, self.starts)]

    def weights(self, truths: Floats, n_prior: float) -> Floats:
        """Return the weight of each source, given the middle of each fact."""
        deviation = np.abs(self.value - truths[self.fact]) / self._spread()[self.fact]
        n_claims = np.bincount(self.source)
        loss = np.bincount(self.source, deviation) + n_prior * deviation.mean()
        loss = loss / (n_claims + n_prior)
        if not loss.any():
            return np.ones(len(n_claims))
        share = np.maximum(loss / loss.sum(), LEAST_SHARE)
        weights: Floats = LEAST_WEIGHT - np.log(share)
        return weights

    def _spread(self) -> Floats:
        """Return the standard deviation of each fact's numbers, 1 where they are all the same."""
        n_claims = np.diff(np.append(self.starts, len(self.value)))
        mean = np.add.reduceat(self.value, self.starts) / n_claims
        square = (self.value - mean[self.fact]) ** 2
        spread = np.sqrt(np.add.reduceat(square, self.starts) / n_claims)
        return np.where(spread > 0, spread, 1.0)


def _claims(
    facts: Mapping[FACT, Collection[tuple[SOURCE, float]]],
) -> tuple[_Claims, list[SOURCE]]:
    stated = [claims for claims in facts.values() if claims]
    index: dict[SOURCE, int] = {}
    source = np.array([index.setdefault(s, len(index)) for claims in stated for s, _ in claims])
    value = np.array([number for claims in stated for _, number in claims], dtype=np.float64)
    sizes = np.array([len(claims) for claims in stated], dtype=np.intp)
    fact = np.repeat(np.arange(len(stated)), sizes)
    order = np.lexsort((value, fact))
    starts = np.cumsum(sizes) - sizes
    source = source.astype(np.intp)
    return _Claims(fact, source[order], value[order], starts), list(index)


def _around_the_middle(
    values: Sequence[float], weights: Sequence[float] | None
) -> tuple[float, float]:
    """Return the lower and the upper median: the same number unless two share the middle."""
    weights = [1.0] * len(values) if weights is None else weights
    total = math.fsum(weights)
    if not values or total <= 0 or min(weights) < 0:
        raise ValueError("a middle needs a value, and weights of 0 or more that are not all 0")
    pairs = sorted(zip(values, weights, strict=True))
    return _first_half(pairs, total), _first_half(pairs[::-1], total)


def _first_half(pairs: Sequence[tuple[float, float]], total: float) -> float:
    reached = accumulate(weight for _, weight in pairs)
    return next(v for (v, _), r in zip(pairs, reached, strict=True) if r >= HALF * total)
