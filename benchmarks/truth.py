"""Measure how well contradictory claims are decided, on sets whose truth is known.

Run ``python -m benchmarks.truth DIRECTORY [--checked 0.05] [--seeds 20] [--bars]``. Each folder
of the directory is a set, told apart by its columns (`truth_sets.py`). Every method is scored
in the same run; with checks, on the facts that were not checked. ``--bars`` prints instead how
often a contested answer that clears a bar is wrong: the figures behind `picture/bars.toml`.
"""

import argparse
import math
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeVar

from benchmarks.truth_bars import print_bars
from benchmarks.truth_methods import (
    METHODS,
    Method,
    Score,
    check,
    draw,
    errors_alike,
    own,
    score,
    vote,
)
from benchmarks.truth_sets import AnswerSet, NumberSet, is_near, read_set, set_folders
from takatuf.picture.middle import crh_weights, weighted_median

T = TypeVar("T")
Estimate = Mapping[str, float]
NEAR, NEARER = 0.1, 0.01
NO_CROWD_KIT = "not installed: pip install crowd-kit"


def main() -> None:
    """Print a table for each set."""
    asked = _arguments()
    packages = ", ".join(f"{name} {_version(name)}" for name in ("numpy", "crowd-kit"))
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(packages)
    for folder in set_folders(asked.directory):
        try:
            data = read_set(folder)
        except ValueError as problem:
            print(f"\n{problem}")
            continue
        print_set(data, asked)


def print_set(data: AnswerSet | NumberSet, asked: argparse.Namespace) -> None:
    """Print the tables of one set, or the bars on it."""
    if asked.bars:
        answers = data.as_answers() if isinstance(data, NumberSet) else data
        print_bars(answers, asked.checked, asked.seeds)
    elif isinstance(data, NumberSet):
        print_numbers(data)
    else:
        print_answers(data, asked.checked, asked.seeds)


def print_answers(data: AnswerSet, checked: float, n_seeds: int) -> None:
    """Print the share of right answers by each method."""
    n_claims = sum(len(data.said[fact]) for fact in data.facts)
    n_sources = len({source for fact in data.facts for source in data.said[fact]})
    n_contested = sum(len(set(data.said[fact].values())) > 1 for fact in data.facts)
    kind = f"{data.n_alternatives} answers" if data.n_alternatives else "open answers"
    print(f"\n{data.name}: {len(data.facts):,} facts, {n_claims:,} claims, {n_sources:,} sources")
    print(f"{n_contested / len(data.facts):.1%} contested, {kind}", end="")
    print(", with a hierarchy" if data.implies else "", end=", ")
    print(f"errors alike {errors_alike(data):.2f}")
    print(f"{'':48}   all  clearer 80 %  50 %  seconds")
    for name, method in METHODS.items():
        _print_method(data, name, partial(_scored, data, method))
    unchecked = check(data, ())
    _print_method(
        data, "own, nothing checked", lambda: score(data, own(data, data.facts, unchecked))
    )
    _print_checked(data, checked, n_seeds)


def _scored(data: AnswerSet, method: Method) -> Score:
    return score(data, method(data, data.facts))


def _print_method(data: AnswerSet, name: str, method: Callable[[], Score]) -> None:
    if "Dawid" in name and data.n_alternatives is None:
        print(f"{name:48}     - needs a closed list of answers")
        return
    try:
        found, seconds = timed(method)
    except ImportError:
        print(f"{name:48}     - {NO_CROWD_KIT}")
        return
    print(
        f"{name:48} {found.all:.4f}  {found.clearer_80:9.3f}  {found.clearer_50:.3f} {seconds:7.2f}"
    )


def _print_checked(data: AnswerSet, checked: float, n_seeds: int) -> None:
    def of_seed(seed: int) -> tuple[Score, float]:
        known, open_facts = draw(data, checked, seed)
        found = score(data, own(data, open_facts, check(data, known)))
        return found, score(data, vote(data, open_facts)).all

    runs, seconds = timed(lambda: [of_seed(seed) for seed in range(n_seeds)])
    scores = [found for found, _ in runs]
    spread = statistics.pstdev(found.all for found in scores)
    lead = [found.all - voted for found, voted in runs]
    name = f"own, {checked:.0%} checked, mean of {n_seeds} draws"
    clearer = [
        statistics.fmean(shares)
        for shares in zip(*((s.clearer_80, s.clearer_50) for s in scores), strict=True)
    ]
    print(f"{name:48} {statistics.fmean(s.all for s in scores):.4f}", end="")
    print(f"  {clearer[0]:9.3f}  {clearer[1]:.3f} {seconds / n_seeds:7.2f}")
    print(f"{'':4}spread of the draws {spread:.4f}; to the shared vote on the same facts ", end="")
    print(f"{statistics.fmean(lead):+.4f}, at worst {min(lead):+.4f}")


def print_numbers(data: NumberSet) -> None:
    """Print the share of numbers near the truth by each method."""
    n_claims = sum(len(claims) for claims in data.claims.values())
    n_sources = len({source for claims in data.claims.values() for source, _ in claims})
    print(f"\n{data.name}: {len(data.claims):,} facts, {n_claims:,} claims, {n_sources:,} sources")
    print(f"{len(data.truth):,} facts with truth")
    print(f"{'':48} within 1 %  within 10 %  seconds")
    for name, method in NUMBER_METHODS.items():
        estimate, seconds = timed(partial(method, data))
        near = [share_near(data, estimate, tolerance) for tolerance in (NEARER, NEAR)]
        print(f"{name:48} {near[0]:10.4f}  {near[1]:11.4f} {seconds:8.2f}")


def share_near(data: NumberSet, estimate: Estimate, tolerance: float) -> float:
    """Return the share of facts with truth whose estimate is within this share of it."""
    hits = [is_near(estimate[fact], truth, tolerance) for fact, truth in data.truth.items()]
    return math.fsum(hits) / len(hits)


def mean(data: NumberSet) -> Estimate:
    """Return the mean of each fact's numbers."""
    return {fact: statistics.fmean(n for _, n in claims) for fact, claims in data.claims.items()}


def median(data: NumberSet) -> Estimate:
    """Return the median, halfway between the two in the middle where there are two."""
    return {fact: statistics.median(n for _, n in c) for fact, c in data.claims.items()}


def lower_median(data: NumberSet) -> Estimate:
    """Return the lower of two in the middle: our own while nothing is known of the sources."""
    return {fact: weighted_median([n for _, n in c]) for fact, c in data.claims.items()}


def crh(data: NumberSet, n_prior: float | None = None) -> Estimate:
    """Return the median weighted by CRH; as it was published with no start for a source."""
    facts = data.claims
    weights = crh_weights(facts) if n_prior is None else crh_weights(facts, n_prior)
    return {
        fact: weighted_median([n for _, n in claims], [weights[source] for source, _ in claims])
        for fact, claims in facts.items()
    }


NUMBER_METHODS: Mapping[str, Callable[[NumberSet], Estimate]] = {
    "mean": mean,
    "median": median,
    "own, no weights: the lower median": lower_median,
    "CRH as published, lower median": lambda data: crh(data, 0),
    "own: CRH, a source starts as the average": crh,
}


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """Return what the work gives and the seconds it took."""
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.truth")
    parser.add_argument("directory", type=Path)
    parser.add_argument("--checked", type=float, default=0.05)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--bars", action="store_true")
    asked = parser.parse_args()
    if not asked.directory.is_dir():
        parser.error(f"{asked.directory} is no folder")
    if not 0 < asked.checked < 1 or asked.seeds < 1:
        parser.error("--checked is a share between 0 and 1, --seeds at least 1")
    return asked


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


if __name__ == "__main__":
    main()
