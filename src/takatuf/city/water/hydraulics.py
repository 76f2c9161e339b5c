"""One state of a water network through EPANET: who gets how much, at which pressure.

Demand is pressure-driven: full at the required pressure, none at the least. The first hours
are not counted, so that what tanks happened to hold at the beginning is used up.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from takatuf.city.streets.graph import Flags, Floats
from takatuf.city.water.epanet import EpanetError, Project, opened
from takatuf.city.water.network import (
    CHECK_VALVE_PIPE,
    GENERAL_PURPOSE_VALVE,
    PUMP,
    WaterNetwork,
)
from takatuf.city.water.rules import HydraulicRules

_SECONDS_PER_HOUR = 3600.0
_WARNING = re.compile(r"^\s*WARNING: (.+?)\s*$", re.MULTILINE)
_NAMED = re.compile(r"\b(?:[Nn]ode|[Ll]ink|[Pp]ump|[Vv]alve|[Pp]ipe) (\S+)")
_CHANGED = re.compile(r"flow change = \S+ for Link (\S+)")
_LEAST_FLOW_CHANGE, _LOWEST_ACCURACY = 1e-6, 0.1
_WHEN = re.compile(r" at \d+:\d\d:\d\d hrs\.?")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HydraulicRun:
    """What EPANET found for one state."""

    asked_m3: Floats  # of each node, over the counted hours
    delivered_m3: Floats
    least_pressure_m: Floats  # over the counted hours; NaN where nothing was computed
    warnings: tuple[str, ...]  # in EPANET's words, each once
    failure: str  # "" where the answer can be relied on

    def named(self) -> tuple[str, ...]:
        """Return the nodes and links that the failure or the warnings name, each once."""
        texts = (self.failure, *self.warnings)
        return tuple(dict.fromkeys(name for text in texts for name in _NAMED.findall(text)))


def run_state(network: WaterNetwork, broken: frozenset[str], rules: HydraulicRules) -> HydraulicRun:
    """Run the network with some of its nodes and links out of work.

    Whatever EPANET cannot solve comes back as a failure, never as an error.

    Args:
        network: As it was read.
        broken: Identities of nodes and links that do not work; of a node all links stop.
        rules: Pressures and hours.

    Raises:
        UnavailableError: The extra `water` is not installed.
    """
    tally = _Tally.of(network.n_nodes)
    failure, report = _attempt(network, broken, rules, tally)
    hours = tally.seconds / _SECONDS_PER_HOUR
    if not failure and hours < rules.counted_hours:
        failure = f"only {hours:g} of {rules.counted_hours:g} hours were computed"
    warnings = [_WHEN.sub("", found) for found in _WARNING.findall(report)]
    return HydraulicRun(
        asked_m3=tally.asked_m3,
        delivered_m3=tally.delivered_m3,
        least_pressure_m=tally.least_pressure_m,
        warnings=tuple(dict.fromkeys(warnings)),
        failure=f"{failure}{_worst_link(network, broken, rules)}" if failure else "",
    )


@dataclass(slots=True, eq=False)
class _Tally:
    """What has been counted so far."""

    asked_m3: Floats
    delivered_m3: Floats
    least_pressure_m: Floats
    seconds: int = 0

    @classmethod
    def of(cls, n_nodes: int) -> "_Tally":
        return cls(np.zeros(n_nodes), np.zeros(n_nodes), np.full(n_nodes, np.nan))

    def ask(self, m3_per_h: Floats) -> None:
        """Count demand that was asked for in vain, all the time."""
        self.asked_m3 += np.maximum(m3_per_h, 0.0) * self.seconds / _SECONDS_PER_HOUR

    def add(self, now: "_Now", seconds: int) -> None:
        hours = seconds / _SECONDS_PER_HOUR
        self.asked_m3 += now.full * hours
        self.delivered_m3 += np.clip(now.given, 0.0, now.full) * hours
        self.least_pressure_m = np.fmin(self.least_pressure_m, now.pressure)
        self.seconds += seconds


def _attempt(
    network: WaterNetwork,
    broken: frozenset[str],
    rules: HydraulicRules,
    tally: _Tally,
    *,
    is_search_for_worst: bool = False,
) -> tuple[str, str]:
    """Run the state; return why it cannot be relied on, or "", and EPANET's report."""
    try:
        with opened(network.content) as project:
            _prepare(project, rules)
            if is_search_for_worst:  # then EPANET says at each trial where it fits least
                project.call("setstatusreport", project.constant("FULL_REPORT"))
                project.call("setoption", project.constant("FLOWCHANGE"), _LEAST_FLOW_CHANGE)
                project.call("setoption", project.constant("ACCURACY"), _LOWEST_ACCURACY)
            _stop(project, network, broken)
            is_cut_off = network.is_cut_off(broken)
            _quieten(project, is_cut_off)
            failure = _count(project, rules, tally)
            tally.ask(np.where(is_cut_off, network.demand_m3_per_h, 0.0))
            return failure, project.report()
    except EpanetError as error:
        return error.text, error.report


def _worst_link(network: WaterNetwork, broken: frozenset[str], rules: HydraulicRules) -> str:
    """Run a failed state again, and return where its equations fit least."""
    tally = _Tally.of(network.n_nodes)
    _, report = _attempt(network, broken, rules, tally, is_search_for_worst=True)
    before, _, _ = report.partition("nbalanced")
    found = _CHANGED.findall(before)
    return f", worst at link {found[-1]}" if found else ""


@dataclass(frozen=True, slots=True, eq=False)
class _Now:
    full: Floats
    given: Floats
    pressure: Floats


def _prepare(project: Project, rules: HydraulicRules) -> None:
    project.call(
        "setdemandmodel",
        project.constant("PDA"),
        rules.minimum_pressure_m,
        rules.required_pressure_m,
        rules.pressure_exponent,
    )
    seconds = int((rules.warm_up_hours + rules.counted_hours) * _SECONDS_PER_HOUR)
    project.call("settimeparam", project.constant("DURATION"), seconds)
    project.call("setstatusreport", project.constant("NO_REPORT"))
    project.call("setreport", "MESSAGES YES")


def _stop(project: Project, network: WaterNetwork, broken: frozenset[str]) -> None:
    """Close what does not work, and silence all that would open it again."""
    stopped = np.flatnonzero(network.stopped_links(broken)).tolist()
    for link in stopped:
        name = network.link_ids[link]
        index = project.call("getlinkindex", name)
        if network.link_kind[link] in {CHECK_VALVE_PIPE, GENERAL_PURPOSE_VALVE}:
            pipe, unconditional = project.constant("PIPE"), project.constant("UNCONDITIONAL")
            project.call("setlinktype", index, pipe, unconditional)  # those cannot be closed
            index = project.call("getlinkindex", name)
        if network.link_kind[link] == PUMP:
            project.call("setlinkvalue", index, project.constant("LINKPATTERN"), 0)
        project.call("setlinkvalue", index, project.constant("INITSTATUS"), 0)
    _silence(project, {project.call("getlinkindex", network.link_ids[link]) for link in stopped})


def _quieten(project: Project, is_cut_off: Flags) -> None:
    """Let nodes that no water can get to ask for none: torn networks are solved more often."""
    for node in (np.flatnonzero(is_cut_off) + 1).tolist():
        for number in range(1, project.call("getnumdemands", node) + 1):
            project.call("setbasedemand", node, number, 0.0)


def _silence(project: Project, links: set[int]) -> None:
    for control in range(1, project.call("getcount", project.constant("CONTROLCOUNT")) + 1):
        if project.call("getcontrol", control)[1] in links:
            project.call("setcontrolenabled", control, 0)
    for rule in range(1, project.call("getcount", project.constant("RULECOUNT")) + 1):
        if links & set(_acted_on(project, rule)):
            project.call("setruleenabled", rule, 0)


def _acted_on(project: Project, rule: int) -> Iterator[int]:
    _, n_then, n_else, _ = project.call("getrule", rule)
    for action in range(1, n_then + 1):
        yield project.call("getthenaction", rule, action)[0]
    for action in range(1, n_else + 1):
        yield project.call("getelseaction", rule, action)[0]


def _count(project: Project, rules: HydraulicRules, tally: _Tally) -> str:
    """Run all hours, count those that count, and return why they cannot be relied on, or ""."""
    count, warm_up_s = len(tally.asked_m3), int(rules.warm_up_hours * _SECONDS_PER_HOUR)
    accuracy = project.call("getoption", project.constant("ACCURACY"))
    failure = ""
    project.call("openH")
    project.call("initH", project.constant("NOSAVE"))
    while True:
        at_s = int(project.call("runH"))
        if project.call("getstatistic", project.constant("RELATIVEERROR")) > accuracy:
            failure = "unbalanced"
        now = _Now(
            project.node_values("FULLDEMAND", count),
            project.node_values("DEMANDFLOW", count),
            project.node_values("PRESSURE", count),
        )
        step_s = int(project.call("nextH"))
        if step_s <= 0:
            return failure
        if at_s >= warm_up_s:
            tally.add(now, step_s)
