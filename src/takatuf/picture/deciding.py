"""Decide between answers that cannot all be true, by who said them and how often they were right.

Every vote counts for something, none counts alone, and names count for nothing: renaming the
answers or the sources, or reading the votes in another order, changes no chance, and answers
with equal support stay equal. A general answer ("Aleppo") does not contradict a specific one
below it ("Hanano"). Which votes are of one origin is settled before; here each is one.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from takatuf.picture.bars import Bars, deciding_rules

MOST_ACCURATE = 0.99  # no record makes a vote count more than this one would
LEAST_LEAD = 0.02  # above blind guessing: the worst record still does not vote against itself
FEWEST_ALTERNATIVES = 2  # a denial has two: it is the answer, or it is not
BARS = deciding_rules().prevailing
DEPENDENCE = deciding_rules().dependence
IMPLIES_NOTHING: Mapping[str, Collection[str]] = {}


@dataclass(frozen=True, slots=True)
class Vote:
    """What one independent origin says, and how often it was right before."""

    answer: str
    accuracy: float  # chance that a statement of this origin is right, 0 to 1
    is_denial: bool = False  # it says that this is not the answer
    n_checked: int = 0  # checks behind the accuracy


@dataclass(frozen=True, slots=True)
class Chances:
    """How likely each answer that was named is, by the votes and nothing else."""

    exact: Mapping[str, float]  # that it is the most specific true answer of those named
    true: Mapping[str, float]  # that it is true: itself, or an answer that implies it
    none: float  # that no answer that was named is true; with all of `exact` it makes 1


class Reason(StrEnum):
    """Why an answer prevails, or why none does."""

    PREVAILS = "clears every bar"
    NOT_NAMED = "no answer was named"
    UNCLEAR = "no single answer is likely enough"
    FEW_ORIGINS = "too few independent origins say it"
    UNCHECKED = "no origin that says it has been checked often enough"


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer that may prevail, if one may."""

    answer: str | None
    chance: float  # that the answer is true; of the likeliest one where none prevails
    expected_error: float  # chance that deciding so is wrong, never below the measured share
    reason: Reason


def chances(
    votes: Collection[Vote],
    n_alternatives: int | None = None,
    implies: Mapping[str, Collection[str]] = IMPLIES_NOTHING,
    dependence: float = DEPENDENCE,
) -> Chances:
    """Return how likely each named answer is.

    A vote of accuracy ``a`` for one of ``n`` alternatives is worth
    ``log(a (n - 1) / (1 - a))``; a denial counts ``log(a / (1 - a))`` against. The chances
    of answers on one level are as the exponentials of their sums, each alternative that
    nobody named counting 1. Of several votes for one answer the strongest counts in full and
    each further one less, as the errors of separate origins are alike to the degree
    ``dependence``: ``k`` equal votes count as ``k / (1 + (k - 1) dependence)``. More votes
    for an answer never make it less likely.

    Answers that imply one another are asked for level by level: first between the general
    answers, with the votes for anything below each as its own; then, given a general answer,
    between the specific ones below it, where the general votes say nothing. So one specific
    vote outweighs general ones exactly when its source is more often right than wrong.

    Args:
        votes: One for each independent origin.
        n_alternatives: How many answers the question has (on each level): the number of words
            of a closed list. None where any answer is possible: one more than were named.
        implies: For an answer all the answers that hold too if it does; a city, for example,
            its state and its country. Answers that imply each other stand side by side.
        dependence: Correlation of errors, 0 (none) to 1 (the strongest vote says it all).

    Raises:
        ValueError: An accuracy or the dependence is not within 0 to 1; our bug.

    Source:
        Log-odds of accuracies: X. L. Dong, L. Berti-Equille, D. Srivastava (2009), Integrating
        conflicting data: the role of source dependence, PVLDB 2, 550-561,
        https://doi.org/10.14778/1687627.1687690. Hierarchies: after the idea, not the model, of
        W. Jung, Y. Kim, K. Shim (2019), Crowdsourced truth discovery in the presence of
        hierarchies for knowledge fusion, EDBT, 205-216,
        https://doi.org/10.5441/002/edbt.2019.19. The discount is the design effect of clusters:
        L. Kish (1965), Survey sampling.
    """
    if not 0 <= dependence <= 1 or any(not 0 <= vote.accuracy <= 1 for vote in votes):
        raise ValueError("accuracies and the dependence are 0 to 1")
    order = _order({vote.answer for vote in votes}, implies)
    n_named = len(order.above)
    n = max(n_alternatives or n_named + 1, n_named, FEWEST_ALTERNATIVES)
    support = {answer: _support(answer, order, votes, n, dependence) for answer in order.above}
    return _level_by_level(order, support, n)


def decide(
    found: Chances,
    votes: Collection[Vote],
    implies: Mapping[str, Collection[str]] = IMPLIES_NOTHING,
    bars: Bars = BARS,
) -> Decision:
    """Return the most specific answer that clears every bar, or why there is none.

    An origin that says something more specific says the general answer too; one that says
    something more general does not say the specific one. Where nothing was checked nothing
    prevails, however many agree.
    """
    order = _order(found.true, implies)
    reasons = {
        answer: _reason(chance, [v for v in votes if v.answer in order.branch(answer)], bars)
        for answer, chance in found.true.items()
    }
    clear = [answer for answer, reason in reasons.items() if reason is Reason.PREVAILS]
    finest = [a for a in clear if not any(a in order.above[other] for other in clear)]
    if len(finest) == 1:
        chance = found.true[finest[0]]
        return Decision(finest[0], chance, _expected_error(chance, bars), Reason.PREVAILS)
    likeliest = max(found.true.values(), default=0.0)
    reason = _why_none(found.true, reasons, likeliest) if not clear else Reason.UNCLEAR
    return Decision(None, likeliest, _expected_error(likeliest, bars), reason)


@dataclass(frozen=True, slots=True)
class _Order:
    """Which of the named answers stand above which: an answer implies those above it."""

    above: Mapping[str, frozenset[str]]

    def branch(self, answer: str) -> frozenset[str]:
        return frozenset({answer} | {a for a, over in self.above.items() if answer in over})

    def parents(self, answer: str) -> list[str]:
        over = self.above[answer]
        return [p for p in over if not any(p in self.above[other] for other in over)]


def _order(answers: Iterable[str], implies: Mapping[str, Collection[str]]) -> _Order:
    named = set(answers)
    over = {
        answer: {
            general
            for general in named.intersection(implies.get(answer, ()))
            if general != answer and answer not in implies.get(general, ())
        }
        for answer in named
    }
    # A name shared by two places can make a circle of names: who implies fewer stands above.
    return _Order({a: frozenset(g for g in over[a] if len(over[g]) < len(over[a])) for a in named})


def _support(
    answer: str, order: _Order, votes: Collection[Vote], n: int, dependence: float
) -> float:
    branch = order.branch(answer)
    said = [_weight(v.accuracy, n) for v in votes if not v.is_denial and v.answer in branch]
    denied = [
        _weight(v.accuracy, FEWEST_ALTERNATIVES)
        for v in votes
        if v.is_denial and v.answer == answer
    ]
    return _discounted(said, dependence) - _discounted(denied, dependence)


def _weight(accuracy: float, n: int) -> float:
    accuracy = min(max(accuracy, 1 / n + LEAST_LEAD), MOST_ACCURATE)
    return math.log(accuracy * (n - 1) / (1 - accuracy))


def _discounted(weights: list[float], dependence: float) -> float:
    # The strongest counts in full, the k-th as much as a k-th one adds to equal ones.
    strongest_first = sorted(weights, reverse=True)
    return math.fsum(
        weight * (_effective(k, dependence) - _effective(k - 1, dependence))
        for k, weight in enumerate(strongest_first, start=1)
    )


def _effective(k: int, dependence: float) -> float:
    return k / (1 + (k - 1) * dependence) if k else 0.0


def _level_by_level(order: _Order, support: Mapping[str, float], n: int) -> Chances:
    parents = {answer: order.parents(answer) for answer in order.above}
    top = [answer for answer, over in parents.items() if not over]
    none, top_shares = _shares(top, support, n - len(top))
    reached: dict[str, float] = {}  # that it, or an answer below it, is true
    exact: dict[str, float] = {}
    shares: dict[str, Mapping[str, float]] = {}
    for answer in sorted(order.above, key=lambda a: len(order.above[a])):
        from_above = [reached[p] * shares[p][answer] for p in parents[answer]]
        reached[answer] = math.fsum(from_above) if from_above else top_shares[answer]
        below = [other for other, over in parents.items() if answer in over]
        # Below a general answer one more is always possible: that it is none of those named.
        rest, shares[answer] = _shares(below, support, max(n - len(below), 1))
        exact[answer] = reached[answer] * rest
    true = {a: math.fsum(exact[other] for other in order.branch(a)) for a in order.above}
    return Chances(exact, true, none)


def _shares(
    answers: Collection[str], support: Mapping[str, float], n_unnamed: int
) -> tuple[float, Mapping[str, float]]:
    """Return the share left for what nobody named, and the share of each answer of one level."""
    if not answers:
        return 1.0, {}
    highest = max(0.0, *(support[answer] for answer in answers))  # so that no power overflows
    powers = {answer: math.exp(support[answer] - highest) for answer in answers}
    unnamed = n_unnamed * math.exp(-highest)
    total = math.fsum([*powers.values(), unnamed])
    return unnamed / total, {answer: power / total for answer, power in powers.items()}


def _reason(chance: float, votes: Collection[Vote], bars: Bars) -> Reason:
    origins = [vote for vote in votes if not vote.is_denial]
    if chance < bars.chance:
        return Reason.UNCLEAR
    if len(origins) < bars.n_origins:
        return Reason.FEW_ORIGINS
    if all(vote.n_checked < bars.n_checked for vote in origins):
        return Reason.UNCHECKED
    return Reason.PREVAILS


def _why_none(true: Mapping[str, float], reasons: Mapping[str, Reason], likeliest: float) -> Reason:
    order = list(Reason)
    named = [reasons[answer] for answer, chance in true.items() if chance == likeliest]
    return max(named, key=order.index, default=Reason.NOT_NAMED)


def _expected_error(chance: float, bars: Bars) -> float:
    return max(1 - chance, bars.measured_error)
