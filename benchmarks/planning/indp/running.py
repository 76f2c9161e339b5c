"""Compare the three ways on recorded scenarios: `python -m benchmarks.planning indp DIR`."""

import argparse
import os
import platform
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

from benchmarks.planning.indp.planning import Optimum, apart, cost_of, ours, together
from benchmarks.planning.indp.shelby import Scenario, Shelby, read_shelby

TEXT = """Four networks of Shelby County: td-INDP by HiGHS, decentralised, ours.
* recorded in reference_highs.csv, in wall seconds: not solved here (see --exact).
A cost is the sum over all steps of flows, shortage, surplus, repairs and sites. Each plan of
ours and each decentralised one is priced by a programme in which its repairs are fixed.
All sites of an arc are counted, the recorded values count one: up to 0.003 % less. Where all
nodes that a node needs are damaged, the recorded optimum lets one of them do; here all must
work, as in the recorded decentralised cost: (48, 53) and (30, 92) cost 0.1 to 0.5 % more.
Where two repairs are worth the same to a layer, its choice, and the gap, are one of several."""
HEAD = (
    "scenario  parts |    optimum       bound seconds |       ours   ratio seconds of HiGHS"
    " | decentralised      gap"
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One scenario, three ways."""

    is_solved: bool  # the optimum here, not the recorded one
    optimum: Optimum
    ours: float
    ours_seconds: float
    apart: float

    @property
    def ratio(self) -> float:
        """Return what ours costs, as a share of the optimum."""
        return self.ours / self.optimum.cost

    @property
    def gap(self) -> float:
        """Return by how much the decentralised plan costs more than the optimum."""
        return self.apart / self.optimum.cost - 1

    @property
    def time_ratio(self) -> float:
        """Return our time as a share of that of HiGHS."""
        return self.ours_seconds / self.optimum.cpu_seconds


def main(options: list[str]) -> None:
    """Read the directory, compare scenario by scenario, and sum up."""
    asked = _asked(options)
    shelby, scenarios = read_shelby(asked.directory)
    scenarios = scenarios[: asked.scenarios]
    _print_machine(asked.exact, len(scenarios))
    start = time.process_time()
    ours(shelby, scenarios[-1])
    print(f"compiled or loaded in {time.process_time() - start:.1f} CPU seconds, not counted below")
    print(HEAD)
    exact = set(np.linspace(0, len(scenarios) - 1, asked.exact, dtype=int).tolist())
    compared = []
    for number, scenario in enumerate(scenarios):
        compared.append(compare(shelby, scenario, asked.seconds if number in exact else 0.0))
        _print_line(scenario, compared[-1])
    _print_summary(compared)


def compare(shelby: Shelby, scenario: Scenario, seconds: float) -> Compared:
    """Plan one scenario in three ways.

    Args:
        shelby: The networks.
        scenario: What is damaged.
        seconds: Limit for HiGHS; 0: take what was recorded.
    """
    optimum = Optimum(scenario.optimum, scenario.bound, scenario.seconds)
    if seconds > 0:
        optimum = together(shelby, scenario, seconds)
    step, took = ours(shelby, scenario)
    return Compared(
        is_solved=seconds > 0,
        optimum=optimum,
        ours=cost_of(shelby, scenario, step),
        ours_seconds=took,
        apart=cost_of(shelby, scenario, apart(shelby, scenario)),
    )


def _asked(options: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planning indp")
    parser.add_argument("directory", type=Path, help="with the networks and the scenarios")
    parser.add_argument("--scenarios", type=int, default=24, help="so many, the heaviest first")
    parser.add_argument("--exact", type=int, default=3, help="solve so many by HiGHS here")
    parser.add_argument("--seconds", type=float, default=300.0, help="limit for HiGHS, each")
    return parser.parse_args(options)


def _print_machine(n_exact: int, n_scenarios: int) -> None:
    print(TEXT)
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "numba"))
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{packages} with its HiGHS; {n_exact} of {n_scenarios} scenarios solved here; no seeds")


def _print_line(scenario: Scenario, compared: Compared) -> None:
    optimum, mark = compared.optimum, " " if compared.is_solved else "*"
    name = f"({scenario.name[0]}, {scenario.name[1]})"
    print(
        f"{name:9} {scenario.damage.n_parts:5} | {optimum.cost:.5e} {optimum.bound:.5e} "
        f"{optimum.cpu_seconds:6.2f}{mark} | {compared.ours:.5e} {compared.ratio:.5f} "
        f"{compared.ours_seconds:7.3f} {compared.time_ratio:8.1%} | {compared.apart:.5e} "
        f"{compared.gap:+9.1%}",
        flush=True,
    )


def _print_summary(compared: list[Compared]) -> None:
    _print_range("ours above the optimum", [one.ratio - 1 for one in compared], ".3%")
    _print_range("decentralised above it", [one.gap for one in compared], ".1%")
    apart_from_ours = [one.apart / one.ours - 1 for one in compared]
    _print_range("decentralised above ours", apart_from_ours, ".1%")
    solved = [one for one in compared if one.is_solved]
    if solved:
        _print_range("our time of HiGHS's, here", [one.time_ratio for one in solved], ".1%")
        total = sum(one.ours_seconds for one in solved)
        of_highs = sum(one.optimum.cpu_seconds for one in solved)
        print(f"CPU seconds of all solved here: ours {total:.2f}, HiGHS {of_highs:.2f}")


def _print_range(what: str, values: list[float], form: str) -> None:
    mean, median = float(np.mean(values)), float(np.median(values))
    print(
        f"{what:26} mean {mean:{form}}, median {median:{form}}, "
        f"range {min(values):{form}} to {max(values):{form}}"
    )
