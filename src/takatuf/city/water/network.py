"""A water network as arrays, with the file that its hydraulics run on.

Everything is metric, whatever the file's units are: metres, millimetres, cubic metres an
hour. Coordinates are the file's own, which name no projection.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from takatuf.city.streets.graph import Flags, Floats, Ints

NONE = -1  # no such zone or node
JUNCTION, RESERVOIR, TANK = range(3)  # kinds of nodes, as EPANET numbers them
CHECK_VALVE_PIPE, PIPE, PUMP = range(3)  # kinds of links; all above are valves
GENERAL_PURPOSE_VALVE = 8


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WaterNetwork:
    """Nodes and links in the order of the file; arrays have one entry for each."""

    node_ids: tuple[str, ...]
    node_kind: Ints
    x: Floats  # NaN where the file has no coordinates
    y: Floats
    demand_m3_per_h: Floats  # mean over the pattern; below 0: an inflow
    link_ids: tuple[str, ...]
    link_kind: Ints
    start: Ints
    end: Ints
    diameter_mm: Floats  # 0 for pumps
    length_m: Floats
    is_open: Flags  # at the beginning
    content: bytes  # the file as EPANET reads it, without lines that name other files

    @property
    def n_nodes(self) -> int:
        """The number of nodes."""
        return len(self.node_ids)

    def is_source(self) -> Flags:
        """Say for each node whether water comes from it.

        Reservoirs and inflows are sources; tanks only where there is nothing else, because a
        tank gives back what it was given.
        """
        lasting = (self.node_kind == RESERVOIR) | (self.demand_m3_per_h < 0)
        return np.asarray(lasting if lasting.any() else self.node_kind == TANK)

    def stopped_links(self, broken: frozenset[str]) -> Flags:
        """Say for each link whether it is broken, or ends at a node that is."""
        node = np.array([name in broken for name in self.node_ids], dtype=np.bool_)
        link = np.array([name in broken for name in self.link_ids], dtype=np.bool_)
        return np.asarray(link | node[self.start] | node[self.end])

    def is_cut_off(self, broken: frozenset[str]) -> Flags:
        """Say for each node whether no reservoir, tank or inflow is connected with it.

        Links that are closed at the beginning count as open: a control may open them.
        """
        works = ~self.stopped_links(broken)
        shape = (self.n_nodes, self.n_nodes)
        ends = (self.start[works], self.end[works])
        matrix = csr_array((np.ones(len(ends[0])), ends), shape=shape)
        _, part = connected_components(matrix, directed=False)
        gives = (self.node_kind != JUNCTION) | (self.demand_m3_per_h < 0)
        return np.asarray(~np.isin(part, part[gives]))
