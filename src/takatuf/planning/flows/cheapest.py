"""The cheapest flow through a network, kept as a tree that follows small changes quickly.

The method is the primal network simplex with strongly feasible trees (Cunningham, 1976): from
every node something more can be sent along the tree to the root. A change of costs leaves the
tree valid, so the next cheapest flow is a few exchanges of arcs away. Capacities and supplies
do not change; an arc is closed by a cost nobody would pay.
"""

from typing import NamedTuple

import numpy as np

from takatuf.planning.compiling import compiled
from takatuf.planning.problem import Floats, Ints

AT_A_TIME = 128  # arcs looked through before the best of them enters the tree
TINY_FLOW = 1e-9  # units of flow
UPWARDS, DOWNWARDS = 1, -1  # to the root of the tree, and from it


class Arcs(NamedTuple):
    """One-way arcs; the last two of each node lead to the root and back, without limit.

    The root is the node after the last: it takes what is left over and gives what is missing.
    """

    tail: Ints
    head: Ints
    capacity: Floats
    cost: Floats


class Tree(NamedTuple):
    """A flow and the tree of arcs it may be changed on; changed in place."""

    flow: Floats  # of each arc; outside the tree exactly 0 or the capacity
    parent: Ints  # of each node on its way to the root, which is its own
    via: Ints  # the arc between a node and its parent
    depth: Ints  # number of arcs to the root
    price: Floats  # cost of a unit brought from the root to the node
    charge: Floats  # what a unit costs now on each arc
    stack: Ints  # room for a walk up the tree


class Kept(NamedTuple):
    """What of a tree must be kept to come back to it."""

    flow: Floats
    parent: Ints
    via: Ints


@compiled
def kept(tree: Tree) -> Kept:
    """Return a copy of what the tree is now."""
    return Kept(tree.flow.copy(), tree.parent.copy(), tree.via.copy())


@compiled
def put_back(before: Kept, tree: Tree) -> None:
    """Make the tree again what it was."""
    tree.flow[:] = before.flow
    tree.parent[:] = before.parent
    tree.via[:] = before.via


@compiled
def settle(arcs: Arcs, tree: Tree, least_gain: float) -> float:
    """Move to the cheapest flow under the present charges; return what it costs by `cost`.

    Args:
        arcs: The network.
        tree: Where to start from; any tree that an earlier call left.
        least_gain: Of a unit of flow; what is less is rounding.
    """
    tail, head, capacity = arcs.tail, arcs.head, arcs.capacity
    flow, price, charge = tree.flow, tree.price, tree.charge
    n_arcs, arc, n_seen = len(tail), 0, 0
    _reprice(arcs, tree)
    while n_seen < n_arcs:
        entering, most = -1, least_gain
        stop = min(n_arcs, arc + AT_A_TIME)
        n_seen += stop - arc
        for this in range(arc, stop):
            saved = price[head[this]] - price[tail[this]] - charge[this]
            is_better = flow[this] < capacity[this] if saved > 0.0 else flow[this] > 0.0
            if is_better and abs(saved) > most:
                entering, most = this, abs(saved)
        arc = stop if stop < n_arcs else 0
        if entering >= 0:
            _exchange(arcs, tree, entering)
            _reprice(arcs, tree)
            n_seen = 0
    return float(np.dot(arcs.cost, flow))


@compiled
def _reprice(arcs: Arcs, tree: Tree) -> None:
    parent, via, depth, price, stack = tree.parent, tree.via, tree.depth, tree.price, tree.stack
    root = len(parent) - 1
    depth[:] = -1
    depth[root], price[root] = 0, 0.0
    for node in range(root):
        above, n_below = node, 0
        while depth[above] < 0:
            stack[n_below] = above
            n_below += 1
            above = parent[above]
        while n_below > 0:
            n_below -= 1
            below = stack[n_below]
            charge = tree.charge[via[below]]
            depth[below] = depth[above] + 1
            price[below] = price[above] + (charge if arcs.head[via[below]] == below else -charge)
            above = below


@compiled
def _exchange(arcs: Arcs, tree: Tree, entering: int) -> None:
    """Send as much as possible round the cycle that the entering arc closes."""
    is_empty = tree.flow[entering] == 0.0
    first = arcs.tail[entering] if is_empty else arcs.head[entering]
    last = arcs.head[entering] if is_empty else arcs.tail[entering]
    apex = _apex(tree, first, last)
    # Of the arcs that limit, the last one round the cycle from the apex leaves: this keeps
    # the tree strongly feasible, so that the method comes to an end.
    room, out = _least_room(arcs, tree, first, apex, DOWNWARDS)
    leaves_first = True
    if arcs.capacity[entering] <= room:
        room, out = arcs.capacity[entering], -1
    last_room, last_out = _least_room(arcs, tree, last, apex, UPWARDS)
    if last_room <= room:
        room, out, leaves_first = last_room, last_out, False
    _send(arcs, tree, first, apex, -room)
    _send(arcs, tree, last, apex, room)
    _add(arcs, tree, entering, room if is_empty else -room)
    if out >= 0:
        leaving = tree.via[out]  # exactly at a limit, whatever rounding did
        is_empty = tree.flow[leaving] < arcs.capacity[leaving] / 2
        tree.flow[leaving] = 0.0 if is_empty else arcs.capacity[leaving]
        _hang(tree, entering, (first, last) if leaves_first else (last, first), out)


@compiled
def _apex(tree: Tree, one: int, other: int) -> int:
    while one != other:
        if tree.depth[one] >= tree.depth[other]:
            one = tree.parent[one]
        else:
            other = tree.parent[other]
    return one


@compiled
def _least_room(arcs: Arcs, tree: Tree, node: int, apex: int, direction: int) -> tuple[float, int]:
    """Return how much more the way between node and apex takes, and the node below that arc.

    Of equal ones it is the last in the direction of the flow.
    """
    least, below = np.inf, -1
    while node != apex:
        arc = tree.via[node]
        is_along = (arcs.tail[arc] == node) == (direction == UPWARDS)
        room = arcs.capacity[arc] - tree.flow[arc] if is_along else tree.flow[arc]
        if room < least or (direction == UPWARDS and room <= least):
            least, below = room, node
        node = tree.parent[node]
    return least, below


@compiled
def _send(arcs: Arcs, tree: Tree, node: int, apex: int, amount: float) -> None:
    while node != apex:
        arc = tree.via[node]
        _add(arcs, tree, arc, amount if arcs.tail[arc] == node else -amount)
        node = tree.parent[node]


@compiled
def _add(arcs: Arcs, tree: Tree, arc: int, amount: float) -> None:
    flow = tree.flow[arc] + amount
    if flow < TINY_FLOW:
        flow = 0.0
    elif arcs.capacity[arc] - flow < TINY_FLOW:
        flow = arcs.capacity[arc]
    tree.flow[arc] = flow


@compiled
def _hang(tree: Tree, entering: int, ends: tuple[int, int], out: int) -> None:
    """Hang what is below the leaving arc to the tree by the entering arc, from the other end."""
    node, above = ends
    via = entering
    while True:
        next_node, next_via = tree.parent[node], tree.via[node]
        tree.parent[node], tree.via[node] = above, via
        if node == out:
            break
        node, above, via = next_node, node, next_via
