"""Which hazards a stretch of debris waits for, so that no two wait for each other.

Debris is cleared after the hazards on its streets. A hazard that can be reached only over the
debris itself cannot come first; there, debris is cleared up to the hazard and on from it, and
the street still opens only when both are gone.
"""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from takatuf.city.streets.graph import NONE, Flags, Ints
from takatuf.city.streets.reducing import ReducedRoads


def untied(
    roads: ReducedRoads, near: Ints, far: Ints, on_rubble: Sequence[Sequence[int]]
) -> tuple[tuple[int, ...], ...]:
    """Return for each rubble the hazards that it waits for.

    Everything that can be done is done, over and over; where nothing more can be, debris that
    is within reach stops waiting for hazards that are not.

    Args:
        roads: Blockers are the hazards, then the rubble.
        near: Of each blocker, a node from which it can be worked on.
        far: Another one, or NONE.
        on_rubble: Of each rubble, the hazards on its streets.
    """
    n_hazards = len(near) - len(on_rubble)
    waits = [set(hazards) for hazards in on_rubble]
    gone = np.zeros(len(near), dtype=np.bool_)
    while True:
        can_reach = _within_reach(roads, near, far, gone)
        done = can_reach.copy()
        for number, hazards in enumerate(waits):
            done[n_hazards + number] &= all(gone[hazard] for hazard in hazards)
        if (done & ~gone).any():
            gone |= done
            continue
        stuck = np.flatnonzero(can_reach[n_hazards:] & ~gone[n_hazards:]).tolist()
        if not stuck:
            return tuple(tuple(sorted(hazards)) for hazards in waits)
        for number in stuck:
            waits[number] = {hazard for hazard in waits[number] if gone[hazard]}


def _within_reach(roads: ReducedRoads, near: Ints, far: Ints, gone: Flags) -> Flags:
    opens = roads.blocked_by.opens_on_day(np.where(gone, 0.0, np.inf)) == 0
    ends = roads.start[opens], roads.end[opens]
    shape = (roads.n_nodes, roads.n_nodes)
    matrix = csr_array((np.ones(len(ends[0])), ends), shape=shape)
    _, part = connected_components(matrix, directed=False)
    is_reached = np.isin(part, part[roads.hubs])
    return np.asarray(is_reached[near] | (is_reached[far] & (far != NONE)))
