"""Service zones: the parts of a water network that have water, or none, together.

A zone is what stays connected when pumps, valves, closed links and large mains are taken
away, or what lies nearest to a given place. Each zone knows what it cannot do without: the
sources, pumps, valves and mains whose loss alone cuts more than half of its demand off.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, dijkstra
from scipy.spatial import cKDTree

from takatuf.city.streets.graph import Flags, Floats, Ints
from takatuf.city.water.network import CHECK_VALVE_PIPE, JUNCTION, NONE, PIPE, PUMP, WaterNetwork


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ServiceZones:
    """Zones 0 .. n_zones - 1."""

    zone_of_node: Ints  # NONE for what belongs to no zone
    demand_m3_per_h: Floats  # of each zone
    needs: tuple[tuple[str, ...], ...]  # of each zone: identities it cannot do without, sorted
    fed_by: tuple[tuple[str, ...], ...]  # of each zone: sources that reach it now, sorted

    @property
    def n_zones(self) -> int:
        """The number of zones."""
        return len(self.demand_m3_per_h)


def service_zones(
    network: WaterNetwork, mains_from_mm: float, least_demand_m3_per_h: float
) -> ServiceZones:
    """Return the zones that pumps, valves and mains lead to.

    Args:
        network: The network.
        mains_from_mm: Pipes of this diameter and above are mains, and part zones.
        least_demand_m3_per_h: A part that asks for less joins the zone that is the fewest links
            away; where no part asks for as much, all are zones.
    """
    parts = _parts(network, _is_parting(network, mains_from_mm))
    demand = np.bincount(parts, weights=np.maximum(network.demand_m3_per_h, 0.0))
    chosen = np.flatnonzero(demand >= least_demand_m3_per_h)
    if not len(chosen) or least_demand_m3_per_h <= 0:
        chosen = np.flatnonzero(demand > 0)
    number = np.full(len(demand), NONE, dtype=np.int64)
    number[chosen] = np.arange(len(chosen))
    zone = _with_neighbours(network, number[parts])
    return zones_of(network, zone, mains_from_mm)


def zones_by_place(network: WaterNetwork, places: Floats, mains_from_mm: float) -> ServiceZones:
    """Return one zone for each place: the junctions that lie nearest to it.

    Args:
        network: With coordinates.
        places: Shape (n_places, 2), in the coordinates of the network.
        mains_from_mm: As for `service_zones`; says which pipes `needs` may name.
    """
    is_user = (network.node_kind == JUNCTION) & np.isfinite(network.x + network.y)
    _, nearest = cKDTree(places).query(np.column_stack([network.x, network.y])[is_user])
    zone = np.full(network.n_nodes, NONE, dtype=np.int64)
    zone[is_user] = nearest
    return zones_of(network, zone, mains_from_mm, len(places))


def zones_of(
    network: WaterNetwork, zone_of_node: Ints, mains_from_mm: float, n_zones: int = 0
) -> ServiceZones:
    """Return the zones of a given division of the nodes, with what each depends on."""
    n_zones = max(n_zones, int(zone_of_node.max(initial=NONE)) + 1)
    is_in = zone_of_node != NONE
    demand = np.bincount(
        zone_of_node[is_in],
        weights=np.maximum(network.demand_m3_per_h[is_in], 0.0),
        minlength=n_zones,
    )
    needs, fed_by = _dependence(network, zone_of_node, n_zones, mains_from_mm)
    return ServiceZones(
        zone_of_node=zone_of_node,
        demand_m3_per_h=demand.astype(np.float64),
        needs=needs,
        fed_by=fed_by,
    )


def fitted_to(network: WaterNetwork, frame: tuple[float, float, float, float]) -> WaterNetwork:
    """Return a network that was drawn elsewhere, stretched into a frame.

    Args:
        network: With coordinates.
        frame: West, south, east and north.
    """
    xy = np.column_stack([network.x, network.y])
    low, high = np.nanmin(xy, axis=0), np.nanmax(xy, axis=0)
    share = (xy - low) / np.where(high > low, high - low, 1.0)
    corner, size = np.array(frame[:2]), np.array(frame[2:]) - np.array(frame[:2])
    fitted = corner + share * size
    return replace(network, x=fitted[:, 0], y=fitted[:, 1])


def _is_parting(network: WaterNetwork, mains_from_mm: float) -> Flags:
    is_pipe = np.isin(network.link_kind, [CHECK_VALVE_PIPE, PIPE])
    return np.asarray(~is_pipe | (network.diameter_mm >= mains_from_mm))


def _parts(network: WaterNetwork, is_parting: Flags) -> Ints:
    within = network.is_open & ~is_parting
    _, parts = connected_components(_matrix(network, within), directed=False)
    return np.asarray(parts, dtype=np.int64)


def _matrix(network: WaterNetwork, chosen: Flags) -> csr_array:
    ones = np.ones(int(chosen.sum()))
    shape = (network.n_nodes, network.n_nodes)
    return csr_array((ones, (network.start[chosen], network.end[chosen])), shape=shape)


def _with_neighbours(network: WaterNetwork, zone: Ints) -> Ints:
    """Let junctions without a zone join the nearest one over open links."""
    seeds = np.flatnonzero(zone != NONE)
    is_junction = network.node_kind == JUNCTION
    if not len(seeds):
        return zone
    _, _, seed = dijkstra(
        _matrix(network, network.is_open),
        directed=False,
        indices=seeds,
        unweighted=True,
        min_only=True,
        return_predecessors=True,
    )
    joined = np.where((seed >= 0) & is_junction, zone[np.maximum(seed, 0)], NONE)
    return np.where(is_junction, joined, NONE).astype(np.int64)


def _dependence(
    network: WaterNetwork, zone: Ints, n_zones: int, mains_from_mm: float
) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]:
    """Return what each zone cannot do without, and the sources that reach it.

    A zone is fed as long as water gets to more than half of its demand. What nothing parts
    is taken as one node, so that one search for each element is cheap.
    """
    sources = np.flatnonzero(network.is_source())
    links = np.flatnonzero(network.is_open & _is_parting(network, mains_from_mm))
    parts = _Parts(network, _parts(network, _is_parting(network, mains_from_mm)), links, sources)
    users = np.flatnonzero((zone != NONE) & (network.demand_m3_per_h > 0))
    demand = network.demand_m3_per_h[users]
    half = np.bincount(zone[users], weights=demand, minlength=n_zones) / 2

    def fed(without: int = NONE, only: int = NONE) -> Flags:
        gets = demand * parts.reached(without, only)[parts.part[users]]
        return np.asarray(np.bincount(zone[users], weights=gets, minlength=n_zones) > half)

    now = fed()
    needs: list[list[str]] = [[] for _ in range(n_zones)]
    fed_by: list[list[str]] = [[] for _ in range(n_zones)]
    for element, name in enumerate(parts.names):
        for number in np.flatnonzero(now & ~fed(without=element)).tolist():
            needs[number].append(name)
    for position, source in enumerate(sources.tolist()):
        for number in np.flatnonzero(fed(only=position)).tolist():
            fed_by[number].append(network.node_ids[source])
    return tuple(tuple(sorted(n)) for n in needs), tuple(tuple(sorted(f)) for f in fed_by)


class _Parts:
    """Parts of a network as one node each, with the links and sources that can be lost."""

    def __init__(self, network: WaterNetwork, part: Ints, links: Ints, sources: Ints) -> None:
        self.part = part
        self.names = [network.link_ids[link] for link in links.tolist()]
        self.names += [network.node_ids[source] for source in sources.tolist()]
        one_way = np.isin(network.link_kind[links], [CHECK_VALVE_PIPE, PUMP])
        element = np.arange(len(links))
        self._spring = int(part.max(initial=NONE)) + 1
        spring = np.full(len(sources), self._spring)
        start, end = part[network.start[links]], part[network.end[links]]
        self._tails = np.concatenate([start, end[~one_way], spring])
        self._heads = np.concatenate([end, start[~one_way], part[sources]])
        self._element = np.concatenate(
            [element, element[~one_way], len(links) + np.arange(len(sources))]
        )
        self._n_links = len(links)

    def reached(self, without: int, only: int) -> Flags:
        """Say for each part whether water gets there, without an element or from one source."""
        keep = self._element != without
        if only != NONE:
            keep &= (self._element < self._n_links) | (self._element == self._n_links + only)
        size = self._spring + 1
        ones = np.ones(int(keep.sum()))
        matrix = csr_array((ones, (self._tails[keep], self._heads[keep])), shape=(size, size))
        order = breadth_first_order(matrix, self._spring, return_predecessors=False)
        found = np.zeros(size, dtype=np.bool_)
        found[order] = True
        return found
