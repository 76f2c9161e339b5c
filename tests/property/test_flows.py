"""The cheapest flow against a linear programme, and restoration against its own promises."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from takatuf.planning.flows import Damage, FlowNetwork, restore
from takatuf.planning.flows.network import cost_of, wreck_of
from takatuf.planning.problem import NONE
from tests.builders_flows import damage_of, network_of

units = st.sampled_from([0.0, 1.0, 2.5, 4.0])


@st.composite
def networks(draw: st.DrawFn) -> FlowNetwork:
    n_nodes = draw(st.integers(2, 6))
    node = st.integers(0, n_nodes - 1)
    supply = [draw(units) * draw(st.sampled_from([-1, 1])) for _ in range(n_nodes)]
    arcs = draw(st.lists(st.tuples(node, node, units, units), min_size=1, max_size=9))
    return network_of(supply, [arc for arc in arcs if arc[0] != arc[1]])


@st.composite
def damaged(draw: st.DrawFn) -> tuple[FlowNetwork, Damage]:
    network = draw(networks())
    nodes = draw(st.sets(st.integers(0, network.n_nodes - 1), max_size=3))
    arcs = draw(st.sets(st.integers(0, max(0, network.n_arcs - 1)), max_size=4))
    return network, damage_of(nodes=nodes, arcs=[arc for arc in arcs if arc < network.n_arcs])


def by_linear_programme(network: FlowNetwork, broken_nodes: set[int], broken: set[int]) -> float:
    open_arcs = [
        arc
        for arc in range(network.n_arcs)
        if arc not in broken and not {int(network.start[arc]), int(network.end[arc])} & broken_nodes
    ]
    ways = [
        way
        for arc in open_arcs
        for start, end in [(network.start[arc], network.end[arc])]
        for way in ((start, end, arc), (end, start, arc))
    ]
    balance = np.zeros((network.n_nodes, len(ways) + 2 * network.n_nodes))
    for column, (tail, head, _) in enumerate(ways):
        balance[tail, column], balance[head, column] = 1.0, -1.0
    balance[:, len(ways) :] = np.hstack([np.eye(network.n_nodes), -np.eye(network.n_nodes)])
    limits = [(0.0, network.capacity[arc]) for *_, arc in ways]
    answer = linprog(
        np.concatenate(
            [
                [network.cost[arc] for *_, arc in ways],
                network.surplus_cost,
                network.shortage_cost,
            ]
        ),
        A_eq=balance,
        b_eq=network.supply,
        bounds=[*limits, *[(0.0, None)] * 2 * network.n_nodes],
    )
    return float(answer.fun)


@given(damaged(), st.data())
def test_states_in_any_order_cost_what_a_linear_programme_says(
    case: tuple[FlowNetwork, Damage], data: st.DataObject
) -> None:
    network, damage = case
    wreck = wreck_of(network, damage)

    for _ in range(2):
        flags = data.draw(st.lists(st.booleans(), min_size=damage.n_parts, max_size=damage.n_parts))
        whole = np.array(flags, dtype=np.bool_)
        nodes = set(damage.nodes[~whole[: len(damage.nodes)]].tolist())
        arcs = set(damage.arcs[~whole[len(damage.nodes) :]].tolist())
        expected = by_linear_programme(network, nodes, arcs)
        assert abs(cost_of(wreck, whole) - expected) <= 1e-6 * max(1.0, expected)


@given(damaged(), st.integers(1, 3), st.integers(1, 5))
def test_restoration_keeps_its_promises(
    case: tuple[FlowNetwork, Damage], per_step: int, n_steps: int
) -> None:
    network, damage = case

    found = restore(network, damage, per_step, n_steps)

    repaired = found.step[found.step != NONE]
    assert ((repaired >= 1) & (repaired < n_steps)).all()
    assert np.bincount(repaired, minlength=1).max() <= per_step
    assert (np.diff(found.cost) <= 1e-6 * max(1.0, found.cost[0])).all()  # never worse
    again = restore(network, damage, per_step, n_steps)
    assert again.step.tolist() == found.step.tolist()
