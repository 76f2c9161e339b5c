import numpy as np
import pytest

from takatuf.city.streets.graph import StreetGraph
from takatuf.city.streets.noding import BACKWARD, FORWARD, graph_of
from takatuf.city.streets.reaching import component_of
from tests.builders_networks import STEP, WEST, Way, all_of, edge_between, node_at, streets


def n_components(graph: StreetGraph) -> int:
    return len(np.unique(component_of(graph, all_of(graph))))


def test_lines_meet_where_they_share_a_vertex() -> None:
    graph = streets(Way(at=[(0, 0), (1, 0), (2, 0)]), Way(at=[(1, 0), (1, 1)]))

    assert (graph.n_nodes, graph.n_edges) == (4, 3)
    assert n_components(graph) == 1
    assert sorted(graph.source_ids) == ["way 0", "way 0", "way 1"]


def test_lines_that_only_cross_do_not_meet() -> None:
    graph = streets(Way(at=[(0, 0), (2, 0)]), Way(at=[(1, -1), (1, 1)]))

    assert (graph.n_nodes, graph.n_edges) == (4, 2)
    assert n_components(graph) == 2


def test_a_bend_that_no_other_line_shares_is_no_junction() -> None:
    graph = streets(Way(at=[(0, 0), (1, 0), (1, 1)]))

    assert (graph.n_nodes, graph.n_edges) == (2, 1)
    assert graph.length_m[0] == pytest.approx(109.6 + 110.6, abs=0.5)
    assert graph.vertex_lon.tolist() == pytest.approx([WEST, WEST + STEP, WEST + STEP])


def test_a_street_that_ends_where_it_began_is_one_edge() -> None:
    graph = streets(Way(at=[(0, 0), (1, 0), (1, 1), (0, 0)]))

    assert (graph.n_nodes, graph.n_edges) == (1, 1)
    assert graph.start[0] == graph.end[0]


def test_a_line_against_its_one_way_direction_is_turned() -> None:
    graph = streets(Way(at=[(0, 0), (1, 0), (2, 0)], direction=BACKWARD))

    assert graph.is_one_way.all()
    assert graph.start[0] == node_at(graph, 2, 0)
    assert graph.end[0] == node_at(graph, 0, 0)
    assert graph.vertex_lon[0] == pytest.approx(WEST + 2 * STEP)
    assert graph.length_m[0] == pytest.approx(219.3, abs=0.5)


def test_nobody_passes_a_closed_vertex() -> None:
    along = Way(at=[(0, 0), (1, 0), (2, 0)], direction=FORWARD)
    graph = streets(along, Way(at=[(1, 0), (1, 1)]), closed_at=[(1, 0)])

    assert graph.n_edges == 3
    assert graph.n_nodes == 6
    assert n_components(graph) == 3


def test_a_vertex_that_is_said_twice_counts_once() -> None:
    graph = streets(Way(at=[(0, 0), (0, 0), (1, 0), (1, 0)]))

    assert (graph.n_nodes, graph.n_edges) == (2, 1)


def test_two_streets_between_the_same_junctions_are_two_edges() -> None:
    graph = streets(Way(at=[(0, 0), (1, 0)]), Way(at=[(0, 0), (0.5, 1), (1, 0)]))

    assert (graph.n_nodes, graph.n_edges) == (2, 2)
    with pytest.raises(AssertionError):
        edge_between(graph, (0, 0), (1, 0))


def test_no_lines_make_an_empty_graph() -> None:
    graph = graph_of([])

    assert (graph.n_nodes, graph.n_edges) == (0, 0)


def test_a_graph_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="speeds are above 0"):
        streets(Way(at=[(0, 0), (1, 0)], speed_km_per_h=0.0))
