"""Small networks with flows; node costs are the same everywhere."""

from collections.abc import Iterable

import numpy as np

from takatuf.planning.flows import Damage, FlowNetwork

MISSING, LEFT_OVER = 100.0, 10.0  # cost of a unit


def network_of(
    supply: Iterable[float], arcs: Iterable[tuple[int, int, float, float]]
) -> FlowNetwork:
    """Return the network of arcs (start, end, capacity, cost)."""
    rows, units = list(arcs), np.array(list(supply), dtype=float)
    return FlowNetwork(
        start=np.array([row[0] for row in rows], dtype=np.int64),
        end=np.array([row[1] for row in rows], dtype=np.int64),
        capacity=np.array([row[2] for row in rows], dtype=float),
        cost=np.array([row[3] for row in rows], dtype=float),
        supply=units,
        surplus_cost=np.full(len(units), LEFT_OVER),
        shortage_cost=np.full(len(units), MISSING),
        needs=np.zeros((0, 2), dtype=np.int64),
    )


def two_wells(*, middle: bool = False) -> FlowNetwork:
    """Return two wells, nodes 0 and 1, for the homes at node 2; one over a node between them."""
    if not middle:
        return network_of([5, 8, -13], [(0, 2, 5, 1), (1, 2, 8, 1)])
    return network_of([5, 8, -13, 0], [(0, 2, 5, 1), (1, 3, 8, 1), (3, 2, 8, 1)])


def a_chain(n_arcs: int) -> FlowNetwork:
    """Return a source and homes one behind the other, the last with most people."""
    demands = [float(position) for position in range(1, n_arcs + 1)]
    arcs = [(node, node + 1, sum(demands), 1.0) for node in range(n_arcs)]
    return network_of([sum(demands), *(-demand for demand in demands)], arcs)


def damage_of(
    *, nodes: Iterable[int] = (), arcs: Iterable[int] = (), repair_cost: float = 0.5
) -> Damage:
    """Return damage with the same cost of each repair."""
    node_parts, arc_parts = list(nodes), list(arcs)
    return Damage(
        nodes=np.array(node_parts, dtype=np.int64),
        arcs=np.array(arc_parts, dtype=np.int64),
        repair_cost=np.full(len(node_parts) + len(arc_parts), repair_cost),
    )


def a_random_network(seed: int, n_nodes: int = 10, n_arcs: int = 16) -> FlowNetwork:
    """Return a network with few capacities, so that ties and limits are common."""
    random = np.random.default_rng(seed)
    ends = [random.choice(n_nodes, size=2, replace=False) for _ in range(n_arcs)]
    arcs = [
        (int(one), int(other), float(random.integers(1, 6)), float(random.integers(0, 4)))
        for one, other in ends
    ]
    return network_of(random.integers(-5, 6, size=n_nodes).astype(float), arcs)
