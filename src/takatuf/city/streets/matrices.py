"""Street graphs as sparse matrices: the one place that joins parallel edges.

scipy adds the weights of parallel entries; here the least one counts.
"""

import numpy as np
from scipy.sparse import csr_array

from takatuf.city.streets.graph import Flags, Floats, Ints, StreetGraph

LEAST_WEIGHT = 1e-9  # scipy takes an edge of weight 0 for no edge


def weighted(n_nodes: int, start: Ints, end: Ints, weight: Floats) -> csr_array:
    """Return directed edges as a matrix; of parallel ones the least counts."""
    order = np.lexsort((weight, end, start))
    start, end, weight = start[order], end[order], weight[order]
    is_first = np.ones(len(start), dtype=np.bool_)
    is_first[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
    entries = np.maximum(weight[is_first], LEAST_WEIGHT)
    return csr_array((entries, (start[is_first], end[is_first])), shape=(n_nodes, n_nodes))


def both_ways(n_nodes: int, start: Ints, end: Ints, weight: Floats) -> csr_array:
    """Return edges that may be followed both ways as a matrix."""
    return weighted(
        n_nodes,
        np.concatenate([start, end]),
        np.concatenate([end, start]),
        np.concatenate([weight, weight]),
    )


def by_direction(graph: StreetGraph, weight: Floats, usable: Flags) -> csr_array:
    """Return the usable edges of a graph as a matrix that respects one-ways."""
    back = usable & ~graph.is_one_way
    return weighted(
        graph.n_nodes,
        np.concatenate([graph.start[usable], graph.end[back]]),
        np.concatenate([graph.end[usable], graph.start[back]]),
        np.concatenate([weight[usable], weight[back]]),
    )
