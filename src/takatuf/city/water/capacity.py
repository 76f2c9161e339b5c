"""What a water network can carry, by maximum flow: a stand-in where hydraulics do not answer.

Pipes and valves carry what their bore carries at a usual velocity, pumps what the pipes
around them do. Pressure is not looked at, so the result is an upper figure, and which of
several zones gets scarce water is arbitrary.
"""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from takatuf.city.streets.graph import Floats
from takatuf.city.water.network import CHECK_VALVE_PIPE, PUMP, WaterNetwork
from takatuf.city.water.rules import HydraulicRules

_SECONDS_PER_HOUR = 3600.0
_MM_PER_M = 1000.0
_LARGEST = 10**8  # scipy takes whole numbers of 32 bits, and adds parallel links


def carried_m3_per_h(
    network: WaterNetwork, broken: frozenset[str], rules: HydraulicRules
) -> Floats:
    """Return how much of its mean demand each node can get, in m3/h; shape (n_nodes,)."""
    demand = np.maximum(network.demand_m3_per_h, 0.0)
    asked = float(demand.sum())
    if asked == 0:
        return demand
    units = _LARGEST / asked  # for one m3/h; no link need carry more than all that is asked
    works = network.is_open & ~network.stopped_links(broken)
    start, end = network.start[works], network.end[works]
    limit = np.minimum(_limits_m3_per_h(network, rules)[works], asked)
    is_both_ways = ~np.isin(network.link_kind[works], [CHECK_VALVE_PIPE, PUMP])
    spring, drain = network.n_nodes, network.n_nodes + 1
    sources = np.flatnonzero(network.is_source() & ~np.isin(network.node_ids, sorted(broken)))
    inflow = network.demand_m3_per_h[sources]
    users = np.flatnonzero(demand > 0)
    tails = np.concatenate([start, end[is_both_ways], np.full(len(sources), spring), users])
    heads = np.concatenate([end, start[is_both_ways], sources, np.full(len(users), drain)])
    limits = np.concatenate(
        [limit, limit[is_both_ways], np.where(inflow < 0, -inflow, asked), demand[users]]
    )
    capacity = csr_array(
        (np.rint(np.minimum(limits, asked) * units).astype(np.int64), (tails, heads)),
        shape=(drain + 1, drain + 1),
    )
    capacity.sum_duplicates()
    capacity.data = np.minimum(capacity.data, 2**31 - 1)
    flow = maximum_flow(capacity.astype(np.int32), spring, drain).flow
    carried = np.zeros(network.n_nodes)
    carried[users] = flow[:, [drain]].toarray()[users, 0] / units
    return np.minimum(carried, demand)


def _limits_m3_per_h(network: WaterNetwork, rules: HydraulicRules) -> Floats:
    bore_m2 = np.pi / 4 * (network.diameter_mm / _MM_PER_M) ** 2
    limits = bore_m2 * rules.main_velocity_m_per_s * _SECONDS_PER_HOUR
    return np.asarray(np.where(network.link_kind == PUMP, np.inf, limits), dtype=np.float64)
