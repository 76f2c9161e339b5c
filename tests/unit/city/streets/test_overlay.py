import numpy as np
import shapely

from takatuf.city.streets.graph import StreetGraph
from takatuf.city.streets.overlay import Blockage, overlay
from tests.builders_networks import SOUTH, STEP, WEST, Way, streets


def point(east: float, north: float) -> shapely.Point:
    return shapely.Point(WEST + east * STEP, SOUTH + north * STEP)


def two_streets() -> StreetGraph:
    return streets(Way(at=[(0, 0), (1, 0), (2, 0)]), Way(at=[(0, 1), (2, 1)]))


def test_an_edge_is_blocked_by_what_lies_within_the_buffer() -> None:
    graph = two_streets()  # the streets are 110 m apart
    near, far = Blockage("near", point(1, 0.1)), Blockage("far", point(1, 0.5))

    found = overlay(graph, [near, far], buffer_m=20.0)

    assert [found.row(edge) for edge in range(2)] == [(0,), ()]
    assert found.n_blockers == 2


def test_a_radius_of_its_own_is_added_to_the_buffer() -> None:
    graph = two_streets()

    assert not overlay(graph, [Blockage("x", point(1, 0.5))], 10.0).is_blocked().any()
    assert overlay(graph, [Blockage("x", point(1, 0.5), radius_m=50.0)], 10.0).is_blocked().all()


def test_an_area_blocks_all_that_it_touches() -> None:
    area = shapely.Polygon([(p.x, p.y) for p in (point(-1, -1), point(3, -1), point(3, 2))])

    found = overlay(two_streets(), [Blockage("field", area), Blockage("none", shapely.Point())], 0)

    assert found.is_blocked().all()
    assert found.blocker.tolist() == [0, 0]


def test_nothing_blocks_streets_that_nothing_lies_on() -> None:
    assert not overlay(two_streets(), [], 10.0).is_blocked().any()
    assert len(overlay(streets(), [Blockage("x", point(0, 0))], 10.0)) == 0


def test_an_edge_opens_when_its_last_blocker_is_gone() -> None:
    graph = two_streets()
    found = overlay(graph, [Blockage("a", point(0, 0)), Blockage("b", point(2, 0))], 5.0)

    assert found.opens_on_day(np.array([3.0, np.inf])).tolist() == [np.inf, 0.0]
    assert found.opens_on_day(np.array([3.0, 5.0])).tolist() == [5.0, 0.0]
