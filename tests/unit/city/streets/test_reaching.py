import numpy as np
import pytest

from takatuf.city.streets.classes import load_road_rules, may_drive
from takatuf.city.streets.reaching import first_days, island_problems, islands, reached
from tests.builders_networks import (
    Way,
    all_of,
    blocked,
    edge_between,
    ladder,
    node_at,
    nodes_at,
    streets,
)


def test_what_a_blocked_street_leads_to_is_not_reached() -> None:
    graph = streets(Way(at=[(0, 0), (1, 0)]), Way(at=[(1, 0), (2, 0)]))
    usable = all_of(graph)
    usable[edge_between(graph, (1, 0), (2, 0))] = False

    is_reached = reached(graph, nodes_at(graph, (0, 0)), usable)

    assert is_reached[node_at(graph, 1, 0)]
    assert not is_reached[node_at(graph, 2, 0)]


def test_reach_takes_one_way_streets_both_ways() -> None:
    graph = streets(Way(at=[(0, 0), (1, 0)], direction=1))

    assert reached(graph, nodes_at(graph, (1, 0)), all_of(graph)).all()


def test_a_place_is_reached_when_the_best_way_to_it_is_open() -> None:
    graph = ladder(3)
    opens = np.zeros(graph.n_edges)
    opens[edge_between(graph, (0, 0), (1, 0))] = 4.0
    opens[edge_between(graph, (0, 1), (1, 1))] = 9.0
    opens[edge_between(graph, (0, 0), (0, 1))] = np.inf
    opens[edge_between(graph, (1, 0), (2, 0))] = 6.0
    opens[edge_between(graph, (1, 1), (2, 1))] = 5.0

    days = first_days(graph, nodes_at(graph, (0, 0)), opens)

    for place, day in {(0, 0): 0, (1, 0): 4, (1, 1): 4, (2, 1): 5, (2, 0): 5, (0, 1): 9}.items():
        assert days[node_at(graph, *place)] == day


def test_a_place_that_no_street_will_ever_lead_to_is_never_reached() -> None:
    graph = streets(Way(at=[(0, 0), (1, 0)]), Way(at=[(3, 0), (4, 0)]))

    days = first_days(graph, nodes_at(graph, (0, 0)), np.zeros(2))

    assert days[node_at(graph, 4, 0)] == np.inf


def test_islands_are_named_with_their_size_and_the_gap() -> None:
    graph = streets(
        Way(at=[(0, 0), (1, 0)]),
        Way(at=[(3, 0), (4, 0)]),
        Way(at=[(4, 0), (6, 0)]),
        Way(at=[(0, 9), (1, 9)]),
    )

    largest, other = islands(graph, nodes_at(graph, (0, 0)), all_of(graph))

    assert (largest.n_nodes, largest.n_edges) == (3, 2)
    assert largest.node == node_at(graph, 3, 0)
    assert largest.gap_m == pytest.approx(2 * 109.6, abs=1)
    assert other.length_m < largest.length_m
    problem, _ = island_problems([largest, other])
    assert problem.where == "10.00000, 20.00300"
    assert problem.found == "2 streets, 0.3 km, cut off"
    assert "219 m" in problem.hint


def test_without_a_hub_everything_is_an_island() -> None:
    graph = ladder()

    (all_of_it,) = islands(graph, nodes_at(graph), all_of(graph))

    assert all_of_it.n_edges == graph.n_edges
    assert all_of_it.gap_m == np.inf


def test_a_vehicle_drives_where_the_road_is_good_enough_and_carries_it() -> None:
    rules = load_road_rules()
    graph = streets(
        Way(at=[(0, 0), (1, 0)], road_class="track"),
        Way(at=[(1, 0), (2, 0)], road_class="primary", is_bridge=True),
        Way(at=[(2, 0), (3, 0)], road_class="primary", is_bridge=True, max_mass_t=60.0),
        Way(at=[(3, 0), (4, 0)], road_class="primary", max_mass_t=3.0),
        Way(at=[(4, 0), (5, 0)], road_class="primary"),
    )

    def drives(vehicle: str) -> list[bool]:
        found: list[bool] = may_drive(graph, rules.vehicles[vehicle], rules).tolist()
        return found

    assert drives("light") == [True, True, True, False, True]
    assert drives("truck") == [False, True, True, False, True]
    assert drives("heavy") == [False, False, True, False, True]


def test_blockers_follow_their_street_when_it_is_cut() -> None:
    graph = ladder(2)
    found = blocked(graph, {0: (1, 0), 2: (2,)}, 3)

    cut = found.for_edges(np.array([2, 2, 1, 0]))

    assert [cut.row(edge) for edge in range(4)] == [(2,), (2,), (), (0, 1)]
