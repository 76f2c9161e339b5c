from dataclasses import replace
from itertools import product
from types import ModuleType

import numpy as np
import pytest

from takatuf.planning.flows import (
    Damage,
    FlowNetwork,
    cheapest,
    choosing,
    network,
    restore,
    restoring,
)
from takatuf.planning.flows.network import cost_of, wreck_of
from takatuf.planning.problem import NONE
from takatuf.vocabulary.errors import InputError
from tests.builders_flows import a_chain, a_random_network, damage_of, two_wells

_MODULES: tuple[ModuleType, ...] = (cheapest, network, choosing, restoring)


def run_as_plain_python(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in _MODULES:
        for name, value in vars(module).copy().items():
            if hasattr(value, "py_func"):
                monkeypatch.setattr(module, name, value.py_func)


def least_of_all_orders(wells: FlowNetwork, damage: Damage, per_step: int, n_steps: int) -> float:
    """Return the least total over every choice of a step, or none, for each part."""
    wreck = wreck_of(wells, damage)
    totals = []
    for choice in product(range(1, n_steps + 1), repeat=damage.n_parts):
        step = np.array(choice)
        counts = np.bincount(step, minlength=n_steps + 1)[:n_steps]
        if counts.max() <= per_step:
            flows = sum(cost_of(wreck, step <= now) for now in range(n_steps))
            totals.append(flows + damage.repair_cost[step < n_steps].sum())
    return float(min(totals))


def test_what_supplies_most_people_is_repaired_first() -> None:
    found = restore(two_wells(), damage_of(arcs=(0, 1)), per_step=1, n_steps=3)

    assert found.step.tolist() == [2, 1]  # the second well gives more


def test_a_step_repairs_no_more_than_it_may() -> None:
    found = restore(a_chain(6), damage_of(arcs=range(6)), per_step=2, n_steps=5)

    assert max(np.bincount(found.step[found.step != NONE])) <= 2
    assert not (found.step == 0).any()


def test_parts_that_only_help_together_are_repaired_together() -> None:
    pipes = two_wells(middle=True)

    found = restore(pipes, damage_of(arcs=(0, 1, 2)), per_step=2, n_steps=3)

    assert found.step.tolist() == [2, 1, 1]


def test_a_repair_that_saves_less_than_it_costs_is_left_out() -> None:
    damage = damage_of(arcs=(0, 1), repair_cost=1e9)

    found = restore(two_wells(), damage, per_step=2, n_steps=3)

    assert found.step.tolist() == [NONE, NONE]
    assert found.repair_cost == 0.0


def test_a_node_waits_for_the_node_it_needs_however_long_the_chain() -> None:
    pipes = replace(two_wells(), needs=np.array([[2, 0], [0, 1]]))
    wreck = wreck_of(pipes, damage_of(nodes=(2,)))

    nothing_flows = cost_of(wreck, np.array([False]))

    assert nothing_flows == pytest.approx(100.0 * 13.0 + 10.0 * 13.0)
    assert not wreck.works[:3].any()


def test_a_whole_network_needs_no_step() -> None:
    found = restore(two_wells(), damage_of(), per_step=1, n_steps=2)

    assert found.step.size == 0
    assert found.cost[0] == found.cost[1]
    assert found.total == found.cost.sum()


def test_the_total_is_flows_and_repairs() -> None:
    found = restore(two_wells(), damage_of(arcs=(0,), repair_cost=7.0), per_step=1, n_steps=2)

    assert found.repair_cost == 7.0
    assert found.total == pytest.approx(float(found.cost.sum()) + 7.0)


def test_no_order_of_a_small_network_is_better() -> None:
    pipes, damage = two_wells(middle=True), damage_of(arcs=(0, 1, 2), nodes=(3,))

    found = restore(pipes, damage, per_step=1, n_steps=5)

    assert found.total == pytest.approx(least_of_all_orders(pipes, damage, 1, 5))


@pytest.mark.parametrize(("seed", "needs"), [(1, [[2, 5], [5, 6]]), (3, []), (8, [])])
def test_plain_python_gives_the_same_plan(
    seed: int, needs: list[list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    needs_of_nodes = np.array(needs, dtype=np.int64).reshape(-1, 2)
    pipes = replace(a_random_network(seed), needs=needs_of_nodes)
    damage = damage_of(nodes=(1, 2), arcs=range(16))
    compiled = restore(pipes, damage, per_step=3, n_steps=7)

    run_as_plain_python(monkeypatch)
    plain = restore(pipes, damage, per_step=3, n_steps=7)

    assert plain.step.tolist() == compiled.step.tolist()
    assert plain.total == pytest.approx(compiled.total)


def test_every_impossible_value_is_named_at_once() -> None:
    wells = two_wells()

    with pytest.raises(InputError) as refused:
        replace(
            wells,
            capacity=np.full(wells.n_arcs, -1.0),
            needs=np.array([[0, 99]]),
        )

    codes = [problem.code for problem in refused.value.problems]
    assert codes == ["flows.below-zero"] * wells.n_arcs + ["flows.unknown-node"]
    assert refused.value.problems[-1].found == "99"
