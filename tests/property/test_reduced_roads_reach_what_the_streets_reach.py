"""The reduced roads and the whole street graph reach the same sites, whatever is cleared."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from takatuf.city.streets.graph import EdgeBlockers, Flags, Ints, StreetGraph
from takatuf.city.streets.reaching import first_days, reached
from takatuf.city.streets.reducing import ReducedRoads, reduced
from takatuf.city.streets.travel import place_sites, travel_hours
from takatuf.vocabulary.place import Point
from tests.builders_networks import SOUTH, STEP, WEST, Way, all_of, blocked, streets

N_BLOCKERS = 3
places = st.tuples(st.integers(0, 3), st.integers(0, 3))
lines = st.lists(
    st.tuples(places, places).filter(lambda ends: ends[0] != ends[1]), min_size=1, max_size=9
)
rows = st.lists(st.sets(st.integers(0, N_BLOCKERS - 1), max_size=2), min_size=12, max_size=12)


def graph_from(drawn: list[tuple[tuple[int, int], tuple[int, int]]]) -> StreetGraph:
    return streets(*(Way(at=list(ends)) for ends in drawn))


def blockers_from(graph: StreetGraph, drawn: list[set[int]]) -> EdgeBlockers:
    found = {edge: tuple(drawn[edge % 12]) for edge in range(graph.n_edges)}
    return blocked(graph, found, N_BLOCKERS)


def open_edges(blockers: EdgeBlockers, gone: Flags) -> Flags:
    is_shut = np.zeros(len(blockers), dtype=np.bool_)
    np.logical_or.at(is_shut, blockers.edges(), ~gone[blockers.blocker])
    return ~is_shut


def reached_in(roads: ReducedRoads, gone: Flags) -> set[int]:
    """Walk the reduced roads in the plainest way."""
    is_open = open_edges(roads.blocked_by, gone)
    found = set(roads.hubs.tolist())
    links = list(zip(roads.start.tolist(), roads.end.tolist(), is_open.tolist(), strict=True))
    for _ in range(roads.n_nodes):
        for one, other, passes in links:
            if passes and (one in found or other in found):
                found |= {one, other}
    return found


@given(lines, rows, st.data())
def test_reduced_roads_reach_what_the_streets_reach(
    drawn: list[tuple[tuple[int, int], tuple[int, int]]], shut: list[set[int]], data: st.DataObject
) -> None:
    graph = graph_from(drawn)
    nodes = st.integers(0, graph.n_nodes - 1)
    sites: Ints = np.array(data.draw(st.lists(nodes, min_size=1, max_size=4)), dtype=np.int64)
    hubs: Ints = np.array(data.draw(st.lists(nodes, min_size=1, max_size=2)), dtype=np.int64)
    usable = np.array(data.draw(st.lists(st.booleans(), min_size=12, max_size=12)))
    usable = np.resize(usable, graph.n_edges) | all_of(graph) * data.draw(st.booleans())
    blockers = blockers_from(graph, shut)
    roads = reduced(graph, blockers, sites, hubs, usable)

    for gone in product([False, True], repeat=N_BLOCKERS):
        is_gone = np.array(gone)
        whole = reached(graph, hubs, usable & open_edges(blockers, is_gone))[sites]
        small = reached_in(roads, is_gone)
        assert whole.tolist() == [node in small for node in roads.site_node.tolist()]
    assert roads.graph_node[roads.site_node].tolist() == sites.tolist()


@given(lines, rows, st.lists(st.integers(0, 5), min_size=N_BLOCKERS, max_size=N_BLOCKERS))
def test_one_tree_knows_the_first_day_of_every_place(
    drawn: list[tuple[tuple[int, int], tuple[int, int]]], shut: list[set[int]], days: list[int]
) -> None:
    graph = graph_from(drawn)
    blockers = blockers_from(graph, shut)
    released = np.where(np.array(days) == 5, np.inf, np.array(days, dtype=np.float64))
    hubs = np.zeros(1, dtype=np.int64)
    opens = blockers.opens_on_day(released)

    found = first_days(graph, hubs, opens)

    for day in range(6):
        assert (found <= day).tolist() == reached(graph, hubs, opens <= day).tolist()


@given(lines, st.lists(st.tuples(st.floats(0, 3), st.floats(0, 3)), min_size=1, max_size=4))
def test_cutting_streets_at_sites_changes_no_length_and_no_way(
    drawn: list[tuple[tuple[int, int], tuple[int, int]]], at: list[tuple[float, float]]
) -> None:
    graph = graph_from(drawn)
    sites = [("site", Point(SOUTH + y * STEP, WEST + x * STEP)) for x, y in at]

    placed = place_sites(graph, sites, limit_m=1e6)

    nodes = np.arange(graph.n_nodes)
    before = travel_hours(graph, nodes, nodes, all_of(graph))
    after = travel_hours(placed.graph, nodes, nodes, all_of(placed.graph))
    np.testing.assert_allclose(after, before, atol=1e-7)
    lengths = np.bincount(placed.origin, weights=placed.graph.length_m)
    np.testing.assert_allclose(lengths, graph.length_m)
    assert (placed.node >= 0).all()
