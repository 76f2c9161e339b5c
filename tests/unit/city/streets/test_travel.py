import numpy as np
import pytest

from takatuf.city.streets.graph import NONE
from takatuf.city.streets.travel import place_sites, travel_hours
from takatuf.vocabulary.place import Point
from tests.builders_networks import SOUTH, STEP, WEST, Way, all_of, node_at, nodes_at, streets

METRES_PER_HOUR = 36_000.0


def at(east: float, north: float) -> Point:
    return Point(SOUTH + north * STEP, WEST + east * STEP)


def test_a_site_between_junctions_becomes_a_node_there() -> None:
    graph = streets(Way(at=[(0, 0), (1, 0), (4, 0)]), Way(at=[(4, 0), (4, 1)]))

    placed = place_sites(graph, [("clinic", at(1.5, 0.1)), ("school", at(3, 0))], limit_m=50)

    assert placed.problems == ()
    assert placed.off_road_m.tolist() == pytest.approx([11.1, 0], abs=0.2)
    assert placed.graph.n_nodes == graph.n_nodes + 2
    assert placed.node[0] == node_at(placed.graph, 1.5, 0)
    assert placed.graph.length_m.sum() == pytest.approx(graph.length_m.sum())
    assert sorted(placed.origin.tolist()) == [0, 0, 0, 1]
    assert len(placed.graph.vertex_lon) == 3 + 2 + 2 * 2


def test_sites_at_one_place_share_a_node_and_a_junction_is_not_cut() -> None:
    graph = streets(Way(at=[(0, 0), (4, 0)]))
    sites = [("a", at(2, 0)), ("b", at(2, 0.1)), ("west", at(0, 0)), ("east", at(4.2, 0))]

    placed = place_sites(graph, sites, limit_m=100)

    assert placed.node[0] == placed.node[1]
    assert placed.node[2:].tolist() == [node_at(graph, 0, 0), node_at(graph, 4, 0)]
    assert placed.graph.n_edges == 2


def test_a_site_too_far_from_any_street_is_explained() -> None:
    placed = place_sites(streets(Way(at=[(0, 0), (1, 0)])), [("mill", at(0, 9))], limit_m=500)

    (problem,) = placed.problems
    assert placed.node.tolist() == [NONE]
    assert problem.code == "network.too-far-from-roads"
    assert problem.where == "mill"
    assert "995 m" in problem.found


def test_travel_respects_one_ways_and_speeds() -> None:
    graph = streets(
        Way(at=[(0, 0), (2, 0)], direction=1),
        Way(at=[(0, 0), (0, 1), (2, 1), (2, 0)], speed_km_per_h=18.0),
    )
    ends = nodes_at(graph, (0, 0), (2, 0))

    hours = travel_hours(graph, ends, ends, all_of(graph))

    length = dict(zip(graph.is_one_way.tolist(), graph.length_m.tolist(), strict=True))
    assert hours[0, 1] == pytest.approx(length[True] / METRES_PER_HOUR)
    assert hours[1, 0] == pytest.approx(length[False] / METRES_PER_HOUR * 2)
    assert hours.diagonal().tolist() == [0, 0]


def test_the_shortest_of_two_parallel_streets_counts_and_closed_ones_do_not() -> None:
    graph = streets(Way(at=[(0, 0), (1, 0)]), Way(at=[(0, 0), (0, 1), (1, 0)]))
    ends = nodes_at(graph, (0, 0), (1, 0))
    short = int(np.argmin(graph.length_m))

    hours = travel_hours(graph, ends, ends, all_of(graph))
    without = travel_hours(graph, ends, ends, np.arange(2) != short)
    none = travel_hours(graph, ends, ends, np.zeros(2, dtype=np.bool_))

    assert hours[0, 1] == pytest.approx(graph.length_m.min() / METRES_PER_HOUR)
    assert without[0, 1] == pytest.approx(graph.length_m.max() / METRES_PER_HOUR)
    assert none[0, 1] == np.inf


def test_sites_may_be_asked_for_twice_and_in_any_order() -> None:
    graph = streets(Way(at=[(0, 0), (1, 0)]), Way(at=[(1, 0), (3, 0)]))
    sites = nodes_at(graph, (3, 0), (0, 0), (3, 0))

    hours = travel_hours(graph, sites, sites, all_of(graph))

    assert hours[0, 2] == 0
    assert hours[0, 1] == hours[2, 1] == hours[1, 2] > 0
