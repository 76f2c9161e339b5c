"""Each promise of docs/explanation/durability.md under faults, a few of each kind.

The faults are let loose in a process of their own, which is told to be quick; the slow tests
are less quick, and `python -m tests.faults` does as many as the document says.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.injecting import FAILURES, NEEDS_STRACE, STRACE

ROOT = Path(__file__).parents[2]
MAX_SECONDS = 3600
Outcomes = dict[str, dict[str, Any]]
pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="a child is made by fork, which this system does not know"
)


def let_loose(*arguments: str) -> Outcomes:
    run = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "tests.faults", "--json", *arguments],
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=MAX_SECONDS,
    )
    assert run.stdout, run.stderr.decode()
    return {outcome["part"]: outcome for outcome in json.loads(run.stdout)}


@pytest.fixture(scope="module")
def quick() -> Outcomes:
    return let_loose("--quick")


def figures_of(outcome: dict[str, Any]) -> dict[str, int]:
    """Return the figures of a part in which every promise was kept."""
    assert outcome["faults"] == []
    figures: dict[str, int] = outcome["figures"]
    return figures


def test_a_writer_that_is_killed_loses_nothing_and_leaves_nothing_half_done(
    quick: Outcomes,
) -> None:
    assert figures_of(quick["killing"])["kills"] == 20
    assert figures_of(quick["killing"])["reports acknowledged"] > 0


def test_a_log_that_was_half_written_when_the_power_went_costs_nothing_acknowledged(
    quick: Outcomes,
) -> None:
    assert figures_of(quick["torn logs"])["cuts"] == 8
    assert figures_of(quick["torn logs"])["reports acknowledged"] > 0


def test_a_full_disk_is_said_in_one_line_and_trying_again_works(quick: Outcomes) -> None:
    assert figures_of(quick["full disks"])["disks"] == 2
    assert figures_of(quick["full disks"])["steps that were refused"] > 0


@pytest.mark.parametrize("what", ["register", "seal", "bundle"])
def test_every_flipped_byte_is_found(quick: Outcomes, what: str) -> None:
    figures = figures_of(quick["damage"])
    assert figures[f"found, {what}"] == figures[f"flips, {what}"] == 5


def test_a_clock_that_jumps_changes_nothing_that_was_known(quick: Outcomes) -> None:
    assert figures_of(quick["clocks"])["jumps"] == 8
    assert 0 < figures_of(quick["clocks"])["jumps behind the last receipt"] < 8


@pytest.mark.parametrize("n_writers", [2, 8])
def test_writers_at_once_lose_nothing_and_are_told_nothing_wrong(
    quick: Outcomes, n_writers: int
) -> None:
    n_tables = 1 + 1  # its own, and one that all of them send
    assert figures_of(quick[f"{n_writers} writers"])["acknowledged"] == n_writers * n_tables


@pytest.mark.slow
def test_more_of_everything_that_needs_no_other_program() -> None:
    sizes = ("--kills=200", "--torn=200", "--disks=40", "--flips=200", "--jumps=100")
    parts = ("kills", "torn", "disks", "flips", "jumps", "two", "eight")
    for outcome in let_loose(*parts, *sizes).values():
        figures_of(outcome)


@pytest.mark.slow
@pytest.mark.skipif(STRACE is None, reason=NEEDS_STRACE)
def test_the_power_is_cut_between_any_two_calls() -> None:
    figures = figures_of(let_loose("cuts", "--cuts=500")["power cuts"])
    assert figures["cuts"] == 500


@pytest.mark.slow
@pytest.mark.skipif(STRACE is None, reason=NEEDS_STRACE)
def test_any_call_to_the_disk_may_fail() -> None:
    figures = figures_of(let_loose("calls", "--calls=3")["failing calls"])
    assert figures["steps that were refused"] > 0
    assert figures["calls that failed"] == 3 * len(FAILURES)
