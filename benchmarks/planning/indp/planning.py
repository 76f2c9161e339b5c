"""Three ways to restore: all in one programme, each layer for itself, and our search.

Every way ends in the step of each part; what that costs is computed by one programme in which
the repairs are decided, so that no way counts for itself.
"""

import time
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.planning.indp.model import Model, Question
from benchmarks.planning.indp.shelby import LAYERS, PER_LAYER, PER_STEP, Scenario, Shelby
from takatuf.planning.flows import restore
from takatuf.planning.problem import NONE, Ints

GAP = 1e-4  # at which HiGHS stops, its own default
EXACT_GAP = 1e-9  # where only flows are to be found


@dataclass(frozen=True, slots=True)
class Optimum:
    """The best that HiGHS found in one programme."""

    cost: float
    bound: float
    cpu_seconds: float


def together(shelby: Shelby, scenario: Scenario, seconds: float) -> Optimum:
    """Return the td-INDP optimum; the time is that of solving, without writing it down."""
    asked = Question(n_steps=scenario.n_steps, done=_nothing_done(scenario))
    program = Model(shelby, scenario, asked).program
    start = time.process_time()
    answer = program.solve(GAP, seconds)
    took = time.process_time() - start
    cost = np.inf if answer.fun is None else float(answer.fun)
    return Optimum(cost, float(answer.mip_dual_bound or 0.0), took)


def apart(shelby: Shelby, scenario: Scenario) -> Ints:
    """Return the step of each part where each layer plans its own next step, by judgement call.

    Each takes all others as whole and has the same share of the repairs.
    """
    step = np.full(scenario.damage.n_parts, NONE)
    for now in range(1, scenario.n_steps):
        done = step != NONE
        for layer in range(len(LAYERS)):
            asked = Question(n_steps=1, first_step=now, per_step=PER_LAYER, layer=layer, done=done)
            model = Model(shelby, scenario, asked)
            values = model.program.solve(GAP, np.inf).x
            is_asked = model.repairs[0] != NONE
            step[is_asked] = np.where(values[model.repairs[0][is_asked]] > 1 / 2, now, NONE)
    return step


def ours(shelby: Shelby, scenario: Scenario) -> tuple[Ints, float]:
    """Return the step of each part by our search, and the CPU seconds it took."""
    start = time.process_time()
    needs = shelby.network.needs
    # In this model only damage is passed on, so only needs of damaged nodes are told.
    needed = needs[np.isin(needs[:, 0], scenario.damage.nodes)]
    network = replace(shelby.network, needs=needed)
    found = restore(network, scenario.damage, PER_STEP, scenario.n_steps)
    return found.step, time.process_time() - start


def cost_of(shelby: Shelby, scenario: Scenario, step: Ints) -> float:
    """Return what a plan costs, checked: no step repairs more than it may."""
    _, counts = np.unique(step[step != NONE], return_counts=True)
    if counts.max(initial=0) > PER_STEP or (step == 0).any() or step.max() >= scenario.n_steps:
        msg = f"scenario {scenario.name}: the plan repairs too many at once, or too early or late"
        raise ValueError(msg)
    asked = Question(n_steps=scenario.n_steps, done=_nothing_done(scenario), plan=step)
    answer = Model(shelby, scenario, asked).program.solve(EXACT_GAP, np.inf)
    return float(answer.fun)


def _nothing_done(scenario: Scenario) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.zeros(scenario.damage.n_parts, dtype=np.bool_)
