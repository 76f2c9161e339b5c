"""Debris waits for the hazards on it, unless they lie behind it."""

import numpy as np

from takatuf.city.streets.graph import NONE, EdgeBlockers, Ints
from takatuf.city.streets.reducing import ReducedRoads
from takatuf.planning.layers.untying import untied

A_HAZARD, ANOTHER, DEBRIS, MORE_DEBRIS = range(4)


def chain(*blocked_by: tuple[int, ...]) -> ReducedRoads:
    """Nodes in a row from the hub, a link between each and the next."""
    n_links = len(blocked_by)
    pairs = [(link, blocker) for link, row in enumerate(blocked_by) for blocker in row]
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return ReducedRoads(
        site_node=np.arange(n_links + 1),
        hubs=np.array([0]),
        start=np.arange(n_links),
        end=np.arange(1, n_links + 1),
        length_km=np.ones(n_links),
        blocked_by=EdgeBlockers.of_pairs(table[:, 0], table[:, 1], n_links, 4),
        graph_node=np.arange(n_links + 1),
    )


def nodes(*of: int) -> Ints:
    return np.array(of, dtype=np.int64)


NOWHERE_ELSE = nodes(NONE, NONE, NONE, NONE)


def test_debris_waits_for_hazards_that_can_be_reached_before_it() -> None:
    roads = chain((A_HAZARD, DEBRIS), (ANOTHER, MORE_DEBRIS))

    found = untied(roads, nodes(0, 1, 0, 1), NOWHERE_ELSE, [[A_HAZARD], [ANOTHER]])

    assert found == ((A_HAZARD,), (ANOTHER,))


def test_debris_does_not_wait_for_a_hazard_behind_it() -> None:
    roads = chain((A_HAZARD, DEBRIS), (ANOTHER, DEBRIS))

    found = untied(roads, nodes(0, 1, 0, 2), NOWHERE_ELSE, [[A_HAZARD, ANOTHER], []])

    assert found == ((A_HAZARD,), ())


def test_two_stretches_that_wait_for_what_lies_behind_the_other_are_both_untied() -> None:
    roads = chain((DEBRIS,), (MORE_DEBRIS,), ())

    found = untied(roads, nodes(2, 2, 0, 1), NOWHERE_ELSE, [[A_HAZARD], [ANOTHER]])

    assert found == ((), ())


def test_the_other_end_of_a_hazard_is_as_good() -> None:
    roads = chain((DEBRIS,), ())

    found = untied(roads, nodes(2, 2, 0, 0), nodes(0, NONE, NONE, NONE), [[A_HAZARD], [ANOTHER]])

    assert found == ((A_HAZARD,), (ANOTHER,))


def test_what_is_never_reached_keeps_what_it_waits_for() -> None:
    roads = chain()

    found = untied(roads, nodes(0, 0, 0, 0), NOWHERE_ELSE, [[A_HAZARD], [A_HAZARD, ANOTHER]])

    assert found == ((A_HAZARD,), (A_HAZARD, ANOTHER))
