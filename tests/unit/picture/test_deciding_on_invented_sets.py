"""Our deciding is never clearly worse than a plain vote, on worlds that are known to break others.

The worlds are invented, so that nothing here can be tuned to a set that is used elsewhere.
"""

import statistics
from collections.abc import Callable

import pytest

from benchmarks.truth_methods import check, draw, own, score, vote
from benchmarks.truth_sets import AnswerSet
from tests.builders_truth import (
    sources_met_once,
    sources_that_copy,
    workers_with_a_leaning,
)

WORLDS = [sources_that_copy, sources_met_once, workers_with_a_leaning]
CHECKED, ONE_POINT = 0.05, 0.01


@pytest.mark.parametrize("world", WORLDS)
def test_without_checks_deciding_is_as_good_as_a_vote(world: Callable[[int], AnswerSet]) -> None:
    data = world(1)

    ours = score(data, own(data, data.facts, check(data, ())))

    assert ours.all == pytest.approx(score(data, vote(data, data.facts)).all)


@pytest.mark.parametrize("world", WORLDS)
def test_a_few_checks_never_cost_a_point_against_a_vote(world: Callable[[int], AnswerSet]) -> None:
    assert statistics.fmean(lead(world(seed), seed) for seed in range(3)) > -ONE_POINT


def test_a_few_checks_beat_a_vote_of_sources_that_copy() -> None:
    assert statistics.fmean(lead(sources_that_copy(seed), seed) for seed in range(4)) > 0.05


def lead(data: AnswerSet, seed: int) -> float:
    checked, others = draw(data, CHECKED, seed)
    ours = score(data, own(data, others, check(data, checked)))
    return ours.all - score(data, vote(data, others)).all
