import numpy as np

from takatuf.city.streets.graph import NONE
from takatuf.city.streets.reducing import approaches, reduced
from tests.builders_networks import (
    Way,
    all_of,
    blocked,
    edge_between,
    ladder,
    nodes_at,
    streets,
)


def test_streets_that_nothing_blocks_melt_into_one_node() -> None:
    graph = ladder(9)
    sites = nodes_at(graph, (0, 0), (4, 1))

    roads = reduced(graph, blocked(graph, {}, 0), sites, nodes_at(graph, (8, 0)), all_of(graph))

    assert roads.n_nodes == 3  # two sites, and all streets
    assert len(roads.start) == 2
    assert roads.length_km.tolist() == [0, 0]
    assert roads.graph_node[roads.hubs].tolist() == nodes_at(graph, (8, 0)).tolist()


def test_a_site_alone_on_its_streets_is_their_node() -> None:
    graph = streets(Way(at=[(0, 0), (1, 0)]), Way(at=[(1, 0), (2, 0)]), Way(at=[(2, 0), (3, 0)]))
    middle = edge_between(graph, (1, 0), (2, 0))
    sites = nodes_at(graph, (3, 0), (3, 0), (0, 0))

    roads = reduced(graph, blocked(graph, {middle: (5,)}, 6), sites, sites[2:], all_of(graph))

    assert roads.n_nodes == 2
    assert roads.site_node[0] == roads.site_node[1]
    assert roads.hubs.tolist() == [roads.site_node[2]]
    assert [roads.blocked_by.row(0), len(roads.blocked_by)] == [(5,), 1]
    assert roads.length_km[0] == graph.length_m[middle] / 1000


def test_of_parallel_streets_only_those_count_that_may_open_first() -> None:
    graph = streets(*(Way(at=[(0, 0), (0.5, n), (1, 0)]) for n in range(4)))
    rows = {0: (0, 1), 1: (0,), 2: (0,), 3: (2,)}
    ends = nodes_at(graph, (0, 0), (1, 0))

    roads = reduced(graph, blocked(graph, rows, 3), ends, ends[:1], all_of(graph))

    assert [roads.blocked_by.row(link) for link in range(len(roads.start))] == [(0,), (2,)]
    assert roads.length_km[0] == graph.length_m[1:3].min() / 1000


def test_streets_that_lead_nowhere_or_only_on_are_left_out() -> None:
    graph = streets(*(Way(at=[(x, 0), (x + 1, 0)]) for x in range(4)), Way(at=[(2, 0), (2, 5)]))
    rows = {edge: (edge,) for edge in range(5)}
    ends = nodes_at(graph, (0, 0), (4, 0))

    roads = reduced(graph, blocked(graph, rows, 5), ends, ends[:1], all_of(graph))

    assert roads.n_nodes == 2
    assert len(roads.blocked_by.row(0)) == 4


def test_a_crossing_stays_where_leaving_it_out_would_make_more_links() -> None:
    ends = [(0, 1), (2, 1), (1, 0), (1, 2)]
    graph = streets(*(Way(at=[end, (1, 1)]) for end in ends))
    sites = nodes_at(graph, *ends)

    roads = reduced(
        graph, blocked(graph, {n: (n,) for n in range(4)}, 4), sites, sites[:1], all_of(graph)
    )

    assert (roads.n_nodes, len(roads.start)) == (5, 4)


def test_streets_that_the_vehicle_cannot_use_are_left_out() -> None:
    graph = streets(Way(at=[(0, 0), (1, 0)]))
    ends = nodes_at(graph, (0, 0), (1, 0))

    roads = reduced(graph, blocked(graph, {}, 0), ends, ends[:1], ~all_of(graph))

    assert (roads.n_nodes, len(roads.start)) == (2, 0)


def test_a_blocker_is_approached_from_the_side_with_the_fewest_others_before_it() -> None:
    graph = streets(*(Way(at=[(x, 0), (x + 1, 0)]) for x in range(4)))
    row = [edge_between(graph, (x, 0), (x + 1, 0)) for x in range(4)]
    found = blocked(graph, {row[1]: (0,), row[3]: (1,)}, 3)

    near, far = approaches(graph, found, nodes_at(graph, (0, 0)), all_of(graph))

    assert near.tolist() == [*nodes_at(graph, (1, 0), (3, 0)), NONE]
    assert far.tolist() == [*nodes_at(graph, (2, 0), (4, 0)), NONE]


def test_a_blocker_in_the_middle_of_open_streets_has_one_side() -> None:
    graph = ladder(3)
    found = blocked(graph, {edge_between(graph, (0, 0), (1, 0)): (0,)}, 1)

    near, far = approaches(graph, found, nodes_at(graph, (0, 0)), all_of(graph))

    assert near.tolist() == nodes_at(graph, (0, 0)).tolist()
    assert far.tolist() == [NONE]
    assert np.all(near >= 0)
