"""Reduce a street graph to what a planner needs to know of reach.

Streets that nothing blocks melt into one node, each site keeps a node of its own, and what is
blocked becomes a link. Reach of a site or hub in the reduced roads equals reach in the whole
graph, for every set of blockers that are gone; travel times are those of the whole graph,
measured between the nodes of `graph_node`.

As for all reach, streets count both ways.
"""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse.csgraph import dijkstra

from takatuf.city.streets.graph import NONE, EdgeBlockers, Flags, Floats, Ints, StreetGraph
from takatuf.city.streets.matrices import both_ways
from takatuf.city.streets.reaching import component_of

_METRES_PER_KM = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReducedRoads:
    """Roads as a planner takes them; nodes 0 .. n_nodes - 1, the first of them are the sites."""

    site_node: Ints  # the node of each site given
    hubs: Ints
    start: Ints
    end: Ints
    length_km: Floats  # 0 between a site and the streets around it
    blocked_by: EdgeBlockers
    graph_node: Ints  # for each node, a node of the street graph that stands for it

    @property
    def n_nodes(self) -> int:
        """The number of nodes."""
        return len(self.graph_node)


@dataclass(slots=True)
class _Links:
    """Links between components while they are being merged: at most one for each blockers."""

    beside: dict[int, dict[int, dict[frozenset[int], float]]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def add(self, one: int, other: int, blockers: frozenset[int], length_m: float) -> None:
        """Keep a link, unless another one opens whenever it does; drop those it makes idle."""
        known = self.beside[one].get(other, {})
        if any(less < blockers for less in known):
            return
        kept = {more: length for more, length in known.items() if not blockers < more}
        kept[blockers] = min(length_m, kept.get(blockers, length_m))
        self.beside[one][other] = self.beside[other][one] = kept

    def drop(self, node: int) -> None:
        """Forget a component and its links."""
        for other in self.beside.pop(node, {}):
            del self.beside[other][node]


def reduced(
    graph: StreetGraph, blockers: EdgeBlockers, sites: Ints, hubs: Ints, usable: Flags
) -> ReducedRoads:
    """Return the roads between sites and hubs, as small as their reach allows.

    Args:
        graph: The streets.
        blockers: What blocks each edge.
        sites: Nodes of the graph; one may come several times.
        hubs: Nodes of the graph that are reached on day 0; at least one.
        usable: Edges that the vehicle may use at all; others are left out.
    """
    component = component_of(graph, usable & ~blockers.is_blocked())
    kept = set(component[sites].tolist()) | set(component[hubs].tolist())
    links = _links_of(graph, blockers, component, usable)
    _simplify(links, kept)
    return _assembled(graph, component, links, (np.asarray(sites), np.asarray(hubs)), blockers)


def approaches(
    graph: StreetGraph, blockers: EdgeBlockers, hubs: Ints, usable: Flags
) -> tuple[Ints, Ints]:
    """Return two nodes from which each blocker can be worked on; NONE where there is none.

    A planner's task has two ends and starts when either is reached. The first is the end of
    a blocked edge that the fewest other blocked edges (then metres) keep from a hub; the
    second is the best one on other streets, or NONE. A blocker that touches more than two
    parts of the city may in truth be reached earlier from a third: this errs to late.
    """
    component = component_of(graph, usable & ~blockers.is_blocked())
    cost = _cost_from_hubs(graph, blockers, hubs, usable)
    near = np.full(blockers.n_blockers, NONE, dtype=np.int64)
    far = np.full(blockers.n_blockers, NONE, dtype=np.int64)
    edges = blockers.edges()
    is_usable = usable[edges]
    of = np.tile(blockers.blocker[is_usable], 2)
    node = np.concatenate([graph.start[edges[is_usable]], graph.end[edges[is_usable]]])
    for position in np.lexsort((node, cost[node], of)).tolist():
        which, at = int(of[position]), int(node[position])
        if near[which] == NONE:
            near[which] = at
        elif far[which] == NONE and component[at] != component[near[which]]:
            far[which] = at
    return near, far


def _links_of(graph: StreetGraph, blockers: EdgeBlockers, component: Ints, usable: Flags) -> _Links:
    links = _Links()
    start, end = component[graph.start], component[graph.end]
    for edge in np.flatnonzero(usable & blockers.is_blocked() & (start != end)).tolist():
        gone = frozenset(blockers.row(edge))
        links.add(int(start[edge]), int(end[edge]), gone, float(graph.length_m[edge]))
    return links


def _simplify(links: _Links, kept: set[int]) -> None:
    """Take out components that only lead on, as long as that makes no more links.

    A way through a component is open when both its links are; so links between its
    neighbours, each with the blockers of both, say the same.
    """
    waiting = sorted(set(links.beside) - kept)
    while waiting:
        node = waiting.pop()
        beside = links.beside.get(node, {})
        around = sorted(beside)
        pairs = [(one, other) for at, one in enumerate(around) for other in around[at + 1 :]]
        n_new = sum(len(beside[one]) * len(beside[other]) for one, other in pairs)
        if n_new > sum(len(beside[other]) for other in around):
            continue
        links.drop(node)
        for one, other in pairs:
            for first, first_m in beside[one].items():
                for second, second_m in beside[other].items():
                    links.add(one, other, first | second, first_m + second_m)
        waiting += [other for other in around if other not in kept]


def _assembled(
    graph: StreetGraph,
    component: Ints,
    links: _Links,
    ends: tuple[Ints, Ints],
    blockers: EdgeBlockers,
) -> ReducedRoads:
    sites, hubs = ends
    site, site_node = np.unique(sites, return_inverse=True)
    graph_node = site.tolist()
    members = defaultdict(list)
    for number, of in enumerate(component[site].tolist()):
        members[of].append(number)
    stands_for = _representatives(graph, component, hubs)
    node_of: dict[int, int] = {}
    rows: list[tuple[int, int, float, frozenset[int]]] = []
    for of in sorted({*members, *links.beside, *component[hubs].tolist()}):
        if len(members[of]) == 1:  # its only site is the component
            node_of[of] = members[of][0]
            continue
        node_of[of] = len(graph_node)
        graph_node.append(stands_for[of])
        rows += [(number, node_of[of], 0.0, frozenset()) for number in members[of]]
    rows += [
        (node_of[one], node_of[other], length_m, gone)
        for one in sorted(links.beside)
        for other in sorted(links.beside[one])
        if one < other
        for gone, length_m in sorted(links.beside[one][other].items(), key=_by_blockers)
    ]
    pairs = [(edge, gone) for edge, row in enumerate(rows) for gone in row[3]]
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return ReducedRoads(
        site_node=site_node.astype(np.int64),
        hubs=np.unique([node_of[of] for of in component[hubs].tolist()]).astype(np.int64),
        start=np.array([row[0] for row in rows], dtype=np.int64),
        end=np.array([row[1] for row in rows], dtype=np.int64),
        length_km=np.array([row[2] for row in rows], dtype=np.float64) / _METRES_PER_KM,
        blocked_by=EdgeBlockers.of_pairs(table[:, 0], table[:, 1], len(rows), blockers.n_blockers),
        graph_node=np.array(graph_node, dtype=np.int64),
    )


def _by_blockers(link: tuple[frozenset[int], float]) -> tuple[int, ...]:
    return tuple(sorted(link[0]))


def _representatives(graph: StreetGraph, component: Ints, hubs: Ints) -> dict[int, int]:
    """Return a node for each component: a hub where it has one."""
    found = dict(zip(component.tolist(), range(graph.n_nodes), strict=True))
    return found | dict(zip(component[hubs].tolist(), hubs.tolist(), strict=True))


def _cost_from_hubs(
    graph: StreetGraph, blockers: EdgeBlockers, hubs: Ints, usable: Flags
) -> Floats:
    """Return how many blockers lie before each node; fractions of one stand for metres."""
    n_blockers = np.diff(blockers.first)[usable].astype(np.float64)
    metres = graph.length_m[usable] / max(float(graph.length_m.sum()), 1.0)
    start, end = graph.start[usable], graph.end[usable]
    matrix = both_ways(graph.n_nodes, start, end, n_blockers + metres)
    cost: Floats = dijkstra(matrix, directed=False, indices=hubs, min_only=True)
    return cost
