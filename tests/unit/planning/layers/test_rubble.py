"""Blocked edges become tasks."""

import numpy as np

from takatuf.planning.layers import quarter_of_places, rubble_of_streets
from tests.builders_layers import marked, quarters
from tests.builders_networks import SOUTH, STEP, WEST, edge_between, ladder


def test_blocked_edges_that_meet_in_one_quarter_are_one_task() -> None:
    graph = ladder(6)
    one, other = edge_between(graph, (2, 0), (3, 0)), edge_between(graph, (3, 0), (3, 1))
    alone = edge_between(graph, (0, 0), (0, 1))

    found = rubble_of_streets(graph, marked(graph, one, other, alone), quarters(), join_m=0.0)

    assert {frozenset(each.edges) for each in found} == {
        frozenset({one, other}),
        frozenset({alone}),
    }
    assert {each.name for each in found} == {"debris 1, right", "debris 2, left"}


def test_a_short_gap_is_crossed_and_a_long_one_is_not() -> None:
    graph = ladder(6)
    one, other = edge_between(graph, (2, 0), (2, 1)), edge_between(graph, (3, 0), (3, 1))
    shut = marked(graph, one, other)

    near, far = (rubble_of_streets(graph, shut, quarters(), join_m) for join_m in (200.0, 50.0))

    assert [set(each.edges) for each in near] == [{one, other}]
    assert len(far) == 2


def test_the_border_of_a_quarter_parts_debris() -> None:
    graph = ladder()
    one, other = edge_between(graph, (0, 0), (1, 0)), edge_between(graph, (1, 0), (2, 0))

    found = rubble_of_streets(graph, marked(graph, one, other), quarters(), join_m=500.0)

    assert [each.edges for each in found] == [(one,), (other,)]


def test_where_nothing_is_blocked_there_is_no_debris() -> None:
    graph = ladder()

    assert rubble_of_streets(graph, marked(graph), quarters(), join_m=50.0) == ()


def test_a_place_belongs_to_the_quarter_around_it_else_to_the_nearest() -> None:
    lon = WEST + STEP * np.array([0.0, 3.0, 50.0, -50.0, 1.45])
    lat = np.full(5, SOUTH)

    assert quarter_of_places(quarters(), lon, lat).tolist() == [0, 1, 1, 0, 0]
