"""Verify a plan's water by hydraulics: a run for each set of working parts, and day by day.

Between two days on which something begins to work nothing changes, so each such day is one
state, and states with the same broken parts are run once. Where EPANET has no answer the
maximum flow stands in, and the day counts as not verified.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from takatuf.city.streets.graph import Flags, Floats
from takatuf.city.water.capacity import carried_m3_per_h
from takatuf.city.water.hydraulics import HydraulicRun, run_state
from takatuf.city.water.network import NONE, WaterNetwork
from takatuf.city.water.rules import HydraulicRules
from takatuf.city.water.zones import ServiceZones
from takatuf.vocabulary.errors import Problem, cut

INTACT: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WaterState:
    """What does not work from a day on, until the next state."""

    from_day: float
    broken: frozenset[str]  # identities of nodes and links of the network


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Verification:
    """What hydraulics say of each state; states are in the order of their days."""

    from_day: Floats  # shape (n_states,), the first is 0
    share: Floats  # shape (n_states, n_zones): of the demand; NaN where nothing is asked for
    is_verified: Flags  # shape (n_states,): False: maximum flow stands in
    under_pressure: tuple[tuple[str, ...], ...]  # of each state: nodes below what is required
    share_when_intact: Floats  # shape (n_zones,): what everything working would give
    problems: tuple[Problem, ...]
    n_runs: int

    def state_on(self, day: float) -> int:
        """Return the number of the state that holds on a day, 0 or later."""
        return int(np.searchsorted(self.from_day, day, side="right")) - 1


def states_of(works_from_day: Mapping[str, float], horizon_days: float) -> tuple[WaterState, ...]:
    """Return the states that a plan leads through.

    Args:
        works_from_day: For each part that does not work now, the day from which it does;
            infinite where it never does.
        horizon_days: Later days are not looked at.
    """
    days = sorted({0.0, *(day for day in works_from_day.values() if day < horizon_days)})
    return tuple(
        WaterState(
            day, frozenset(name for name, from_day in works_from_day.items() if from_day > day)
        )
        for day in days
    )


def verify(
    network: WaterNetwork,
    zones: ServiceZones,
    states: Sequence[WaterState],
    rules: HydraulicRules,
    on_progress: Callable[[int, int], None] | None = None,
) -> Verification:
    """Run every distinct state, and the intact network for comparison.

    Args:
        network: As it was read.
        zones: Whose shares are wanted.
        states: In the order of their days.
        rules: Pressures and hours.
        on_progress: Is told after each run how many of how many are done.

    Raises:
        UnavailableError: The extra `water` is not installed.
    """
    wanted = dict.fromkeys([INTACT, *(state.broken for state in states)])
    runs: dict[frozenset[str], HydraulicRun] = {}
    for broken in wanted:
        runs[broken] = run_state(network, broken, rules)
        if on_progress is not None:
            on_progress(len(runs), len(wanted))
    shares = {broken: _shares(network, zones, broken, run, rules) for broken, run in runs.items()}
    return Verification(
        from_day=np.array([state.from_day for state in states], dtype=np.float64),
        share=np.array([shares[state.broken] for state in states]).reshape(-1, zones.n_zones),
        is_verified=np.array([not runs[state.broken].failure for state in states], dtype=np.bool_),
        under_pressure=tuple(_below(network, runs[state.broken], rules) for state in states),
        share_when_intact=shares[INTACT],
        problems=_problems(states, runs),
        n_runs=len(runs),
    )


def _shares(
    network: WaterNetwork,
    zones: ServiceZones,
    broken: frozenset[str],
    run: HydraulicRun,
    rules: HydraulicRules,
) -> Floats:
    if run.failure:
        asked = np.maximum(network.demand_m3_per_h, 0.0)
        delivered = carried_m3_per_h(network, broken, rules)
    else:
        asked, delivered = np.maximum(run.asked_m3, 0.0), run.delivered_m3
    is_in = zones.zone_of_node != NONE
    zone = zones.zone_of_node[is_in]
    total = np.bincount(zone, weights=asked[is_in], minlength=zones.n_zones)
    got = np.bincount(zone, weights=delivered[is_in], minlength=zones.n_zones)
    shares: Floats = np.divide(got, total, out=np.full(zones.n_zones, np.nan), where=total > 0)
    return shares


def _below(network: WaterNetwork, run: HydraulicRun, rules: HydraulicRules) -> tuple[str, ...]:
    is_low = (run.asked_m3 > 0) & (run.least_pressure_m < rules.required_pressure_m)
    return tuple(network.node_ids[node] for node in np.flatnonzero(is_low).tolist())


def _problems(
    states: Sequence[WaterState], runs: Mapping[frozenset[str], HydraulicRun]
) -> tuple[Problem, ...]:
    """Say once for each distinct set of parts what its run did not answer, or warned of."""
    first_day = {INTACT: "everything working"}
    for state in states:
        first_day.setdefault(state.broken, f"from day {state.from_day:g}")
    problems = []
    for broken, run in runs.items():
        named = run.named()
        where = ", ".join([first_day[broken], *([cut(" ".join(named))] if named else [])])
        if run.failure:
            problems.append(
                Problem(
                    code="network.not-verified",
                    where=where,
                    found=cut(run.failure),
                    expected="a network whose equations can be solved",
                    hint="Maximum flow stands in: capacity was looked at, pressure was not.",
                )
            )
        elif run.warnings:
            problems.append(
                Problem(
                    code="network.hydraulic-warning",
                    where=where,
                    found=cut("; ".join(run.warnings)),
                    expected="no warning of EPANET",
                )
            )
    return tuple(problems)
