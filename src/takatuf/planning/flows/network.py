"""Networks that carry flows, what is damaged in them, and what a state of repair costs.

Several networks are one `FlowNetwork` with parts that do not touch; they meet where a node of
one needs a node of another. A node works if it is whole and every node it needs works; an arc
is open if it is whole and both its ends work. What a state costs is the cheapest flow that
its open arcs allow: what is sent costs by arc, what is missing or left over costs by node.
"""

from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from takatuf.planning.compiling import compiled
from takatuf.planning.flows.cheapest import Arcs, Tree, settle
from takatuf.planning.problem import NONE, Flags, Floats, Ints
from takatuf.vocabulary.errors import InputError, Problem

ROUNDING = 1e-12  # share of the cost of a closed arc that is not looked at

_Number = TypeVar("_Number", np.int64, np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowNetwork:
    """Nodes and arcs; an arc carries up to its capacity in either direction.

    Raises:
        InputError: A value is below 0 that may not be, or an arc or a need leads nowhere; the
            sender's to put right.
    """

    start: Ints  # shape (n_arcs,), as the three that follow: index of a node
    end: Ints
    capacity: Floats  # units of flow, 0 or more; infinity: no limit
    cost: Floats  # of a unit of flow, 0 or more
    supply: Floats  # shape (n_nodes,), units of flow; below 0: a demand
    surplus_cost: Floats  # same shape: of a unit that is left over, 0 or more
    shortage_cost: Floats  # same shape: of a unit that is missing, 0 or more
    needs: Ints  # shape (n_needs, 2): a node, and a node that works only if the first works

    def __post_init__(self) -> None:
        """Refuse what no flow can be computed on."""
        problems = [
            *_below_zero(self),
            *_nowhere("start", self.start, self.n_nodes),
            *_nowhere("end", self.end, self.n_nodes),
            *_nowhere("needs", self.needs.reshape(-1), self.n_nodes),
        ]
        if problems:
            raise InputError(problems)

    @property
    def n_nodes(self) -> int:
        """Return the number of nodes."""
        return len(self.supply)

    @property
    def n_arcs(self) -> int:
        """Return the number of arcs, each counted once."""
        return len(self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """What must be repaired to work; its parts are the nodes, then the arcs, in this order."""

    nodes: Ints
    arcs: Ints
    repair_cost: Floats  # shape (n_parts,): once, in the step in which the part is repaired

    @property
    def n_parts(self) -> int:
        """Return the number of damaged parts."""
        return len(self.nodes) + len(self.arcs)


class Wreck(NamedTuple):
    """A network with its damage, as compiled code needs it; `tree` and `works` are changed."""

    arcs: Arcs
    tree: Tree
    node: Ints  # part -> its node, or NONE
    arc: Ints  # part -> its arc, or NONE
    needs: Ints
    works: Flags  # shape (n_nodes,)
    closed_cost: float  # of a unit over a closed arc: dearer than any way to do without it


def wreck_of(network: FlowNetwork, damage: Damage) -> Wreck:
    """Return the network with the cheapest flow of nothing at all: all is missing or left."""
    nodes, n_nodes, n_arcs = np.arange(network.n_nodes), network.n_nodes, network.n_arcs
    root = np.full(n_nodes, n_nodes)
    arcs = Arcs(
        tail=np.concatenate([_paired(network.start, network.end), _paired(nodes, root)]),
        head=np.concatenate([_paired(network.end, network.start), _paired(root, nodes)]),
        capacity=np.concatenate([np.repeat(network.capacity, 2), np.full(2 * n_nodes, np.inf)]),
        cost=np.concatenate(
            [np.repeat(network.cost, 2), _paired(network.surplus_cost, network.shortage_cost)]
        ),
    )
    dearest = network.surplus_cost.max(initial=0.0) + network.shortage_cost.max(initial=0.0)
    return Wreck(
        arcs=arcs,
        tree=_nothing_sent(arcs, network.supply, n_arcs),
        node=np.append(damage.nodes, np.full(len(damage.arcs), NONE)).astype(np.int64),
        arc=np.append(np.full(len(damage.nodes), NONE), damage.arcs).astype(np.int64),
        needs=network.needs.reshape(-1, 2).astype(np.int64),
        works=np.ones(n_nodes, dtype=np.bool_),
        closed_cost=2.0 * dearest + 1.0,
    )


@compiled
def cost_of(wreck: Wreck, whole: Flags) -> float:
    """Return what the cheapest flow costs if only these damaged parts are repaired.

    Args:
        wreck: Its tree is taken as it was left and moved to the cheapest flow, so a state that
            differs little from the last one is priced in microseconds.
        whole: Shape ``(n_parts,)``.
    """
    _find_working(wreck, whole)
    arcs, charge, works = wreck.arcs, wreck.tree.charge, wreck.works
    n_both_ways = len(arcs.tail) - 2 * len(works)
    for arc in range(n_both_ways):
        is_open = works[arcs.tail[arc]] and works[arcs.head[arc]]
        charge[arc] = arcs.cost[arc] if is_open else wreck.closed_cost
    for part in range(len(whole)):
        if not whole[part] and wreck.arc[part] >= 0:
            charge[2 * wreck.arc[part]] = wreck.closed_cost
            charge[2 * wreck.arc[part] + 1] = wreck.closed_cost
    return settle(arcs, wreck.tree, ROUNDING * wreck.closed_cost)


@compiled
def _find_working(wreck: Wreck, whole: Flags) -> None:
    works, needs = wreck.works, wreck.needs
    works[:] = True
    for part in range(len(whole)):
        if not whole[part] and wreck.node[part] >= 0:
            works[wreck.node[part]] = False
    has_changed = True
    while has_changed:  # failures are passed on, however long the chain
        has_changed = False
        for need in range(len(needs)):
            if works[needs[need, 1]] and not works[needs[need, 0]]:
                works[needs[need, 1]] = False
                has_changed = True


def _paired(one: NDArray[_Number], other: NDArray[_Number]) -> NDArray[_Number]:
    pairs: NDArray[_Number] = np.stack([one, other], axis=1).reshape(-1)
    return pairs


def _nothing_sent(arcs: Arcs, supply: Floats, n_arcs: int) -> Tree:
    n_nodes, root = len(supply), len(supply)
    # A node without supply hangs by its arc to the root: a tree that can take more is needed.
    via = 2 * n_arcs + 2 * np.arange(n_nodes) + (supply < 0)
    flow = np.zeros(len(arcs.tail))
    flow[via] = np.abs(supply)
    return Tree(
        flow=flow,
        parent=np.full(n_nodes + 1, root),
        via=np.append(via, NONE),
        depth=np.zeros(n_nodes + 1, dtype=np.int64),
        price=np.zeros(n_nodes + 1),
        charge=arcs.cost.copy(),
        stack=np.zeros(n_nodes + 1, dtype=np.int64),
    )


def _below_zero(network: FlowNetwork) -> list[Problem]:
    return [
        Problem(
            code="flows.below-zero",
            where=f"{name} {index}",
            found=str(values[index]),
            expected="a number, 0 or more",
            hint="a demand is a supply below 0; everything else counts upwards",
        )
        for name in ("capacity", "cost", "surplus_cost", "shortage_cost")
        for values in (getattr(network, name),)
        for index in np.flatnonzero(~(values >= 0))
    ]


def _nowhere(name: str, nodes: Ints, n_nodes: int) -> list[Problem]:
    return [
        Problem(
            code="flows.unknown-node",
            where=f"{name} {index}",
            found=str(nodes[index]),
            expected=f"a node, 0 to {n_nodes - 1}",
            hint="nodes count from 0 in the order of their supplies",
        )
        for index in np.flatnonzero((nodes < 0) | (nodes >= n_nodes))
    ]
