"""How often an answer that clears a bar is wrong, on contested facts: what the bars rest on."""

import math
import statistics
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from benchmarks.truth_methods import check, draw, errors_alike, votes_on
from benchmarks.truth_sets import AnswerSet
from takatuf.picture.bars import Bars, deciding_rules
from takatuf.picture.deciding import Chances, Vote, chances, decide

SHIPPED = deciding_rules().prevailing
CHANCES = (0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)
ORIGINS = (1, 2, 3)
CHECKS = (1, 5, 10, 20)
WANTED_ERROR = 0.02


@dataclass(frozen=True, slots=True)
class Case:
    """One contested fact that was not checked, as it would come to a decision."""

    fact: str
    votes: list[Vote]
    found: Chances


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the cases were decided, and how many of these wrongly."""

    n_cases: int
    n_decided: int
    n_wrong: int

    @property
    def error(self) -> float:
        """Return the share of wrong decisions; not a number where none was made."""
        return self.n_wrong / self.n_decided if self.n_decided else math.nan

    def __str__(self) -> str:
        """Say the share decided and the share wrong."""
        error = f"{self.error:7.2%}" if self.n_decided else f"{'-':>7}"
        return f"{self.n_decided / self.n_cases:6.1%} {error}"


def print_bars(data: AnswerSet, checked: float, n_seeds: int) -> None:
    """Print the share of contested facts decided by each bar, and of these the share wrong."""
    draws = [contested_cases(data, checked, seed) for seed in range(n_seeds)]
    cases = [case for drawn in draws for case in drawn]
    print(f"\n{data.name}: {len(cases) // n_seeds:,} contested facts a draw,", end=" ")
    print(f"{n_seeds} draws, {checked:.0%} checked, errors alike {errors_alike(data):.2f}")
    if cases:
        _print_grid(data, cases)
        _print_crossed(data, draws)


def contested_cases(data: AnswerSet, checked: float, seed: int) -> list[Case]:
    """Return the facts with more than one answer, without those checked in this draw."""
    known, open_facts = draw(data, checked, seed)
    sources = check(data, known)
    contested = [f for f in open_facts if len(set(data.said[f].values())) > 1]
    voted = [(fact, votes_on(data, fact, sources)) for fact in contested]
    return [Case(f, v, chances(v, data.n_alternatives, data.implies)) for f, v in voted]


def tally(data: AnswerSet, cases: Collection[Case], bars: Bars) -> Tally:
    """Return how these bars would have decided; a true general answer is right."""
    decided = [(c.fact, decide(c.found, c.votes, data.implies, bars).answer) for c in cases]
    answers = [(fact, answer) for fact, answer in decided if answer is not None]
    n_wrong = sum(not data.is_true(fact, answer) for fact, answer in answers)
    return Tally(len(cases), len(answers), n_wrong)


def lowest_bar(data: AnswerSet, cases: Collection[Case], bars: Bars = SHIPPED) -> float:
    """Return the lowest chance of the grid whose error is as wanted; 1 where none is."""
    for chance in CHANCES:
        found = tally(data, cases, replace(bars, chance=chance))
        if found.n_decided and found.error <= WANTED_ERROR:
            return chance
    return 1.0


def _print_grid(data: AnswerSet, cases: Collection[Case]) -> None:
    print(f"{'decided, wrong of these':26}" + "".join(f"{f'from {c}':>16}" for c in CHANCES))
    rows = [replace(SHIPPED, n_origins=n) for n in ORIGINS]
    rows += [replace(SHIPPED, n_checked=n) for n in CHECKS if n != SHIPPED.n_checked]
    for bars in rows:
        tallies = [tally(data, cases, replace(bars, chance=chance)) for chance in CHANCES]
        name = f"{bars.n_origins} origins, {bars.n_checked} checks"
        print(f"{name:26}" + "".join(f"{found!s:>16}" for found in tallies))


def _print_crossed(data: AnswerSet, draws: Iterable[list[Case]]) -> None:
    """Print the error where the bar was chosen on one half of the facts, measured on the other."""
    chosen, n_cases, n_decided, n_wrong = [], 0, 0, 0
    for drawn in draws:
        for fitted, measured in ((drawn[::2], drawn[1::2]), (drawn[1::2], drawn[::2])):
            bar = lowest_bar(data, fitted)
            found = tally(data, measured, replace(SHIPPED, chance=bar))
            chosen.append(bar)
            n_cases, n_decided = n_cases + found.n_cases, n_decided + found.n_decided
            n_wrong += found.n_wrong
    total = Tally(n_cases, n_decided, n_wrong)
    print(f"bar chosen on one half: median {statistics.median(chosen)}; on the other half {total}")
