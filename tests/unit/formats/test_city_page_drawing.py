"""What the map and the charts of a city's page promise."""

from dataclasses import replace
from itertools import pairwise
from math import dist, isclose, pi

import pytest

from takatuf.formats.writers.city_page.cells import (
    Polygon,
    fitting_reach_m,
    nearest_point_cells,
)
from takatuf.formats.writers.city_page.charts import (
    day_ticks,
    draw_curve,
    gantt_rows,
    lowest_share,
    share_ticks,
    shown_days,
    task_rows,
)
from takatuf.formats.writers.city_page.map_drawing import draw_map, hazard_class
from tests.builders_report import a_city_report, a_task, an_empty_report, ways


def area(cell: Polygon) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*cell, cell[0]])) / 2


def test_no_corner_of_a_cell_is_nearer_to_another_place() -> None:
    points = [(0.0, 0.0), (700.0, 100.0), (300.0, 900.0), (-500.0, 400.0), (650.0, 640.0)]

    cells = nearest_point_cells(points, 800.0)

    for own, cell in zip(points, cells, strict=True):
        for corner in cell:
            nearest = min(dist(corner, point) for point in points)
            assert dist(corner, own) <= nearest + 1e-6
            assert dist(corner, own) <= 800.0 + 1e-6


def test_a_lone_place_has_a_circle_of_the_reach() -> None:
    (cell,) = nearest_point_cells([(10.0, 20.0)], 500.0)

    assert isclose(area(cell), pi * 500.0**2, rel_tol=0.01)


def test_two_places_at_one_spot_share_the_ground() -> None:
    first, second = nearest_point_cells([(0.0, 0.0), (0.0, 0.0)], 500.0)

    assert isclose(area(first), area(second), rel_tol=0.02)
    assert isclose(area(first) + area(second), pi * 500.0**2, rel_tol=0.02)


@pytest.mark.parametrize(
    ("points", "reach_m"),
    [
        ([], 500.0),
        ([(0.0, 0.0)], 500.0),
        ([(0.0, 0.0), (300.0, 0.0)], 300.0),
        ([(0.0, 0.0), (0.0, 0.0)], 500.0),
    ],
)
def test_the_reach_fits_the_distances_of_the_places(
    points: list[tuple[float, float]], reach_m: float
) -> None:
    assert fitting_reach_m(points) == reach_m


@pytest.mark.parametrize(
    ("said", "drawn"),
    [
        ("", "none"),
        ("suspected hazardous area", "suspected"),
        ("confirmed hazardous area", "confirmed"),
        ("clearance under way", "work"),
        ("under_clearance", "work"),
        ("completed_by_operator", "completed"),
        ("Completed by the operator, not released", "completed"),
        ("cleared, handed over with certificate", "released"),
        ("cancelled", "released"),
        ("not released", "suspected"),
        ("confirmed hazardous area, partly cleared", "confirmed"),
        ("something new", "suspected"),
    ],
)
def test_a_hazard_is_never_drawn_as_less_than_what_was_said(said: str, drawn: str) -> None:
    assert hazard_class(said) == drawn


def test_the_map_has_north_at_the_top() -> None:
    west, east, north = draw_map(a_city_report(), "en").cells

    assert east.x > west.x
    assert north.y < west.y


def test_a_site_beyond_the_map_stands_at_its_edge_with_direction_and_distance() -> None:
    drawn = draw_map(a_city_report(), "en")

    (site,) = drawn.sites
    assert site.arrow == "→"
    assert site.x < drawn.width
    assert 75 < site.beyond_km < 80


def test_a_link_without_a_day_is_blocked() -> None:
    first, second = draw_map(a_city_report(), "en").links

    assert (first.state, second.state) == ("open", "blocked")


def test_the_arabic_map_has_arabic_names() -> None:
    assert draw_map(a_city_report(), "ar").cells[0].name == "تل حجر"


def test_a_map_without_places_is_empty_ground() -> None:
    drawn = draw_map(an_empty_report(), "en")

    assert drawn.cells == ()
    assert drawn.width > 0
    assert drawn.height > 0


@pytest.mark.parametrize("horizon_days", [0.0, 1.0, 9.5, 90.0, 365.0, 5_000.0])
def test_the_day_axis_starts_at_nought_and_stays_within_the_horizon(horizon_days: float) -> None:
    ticks = day_ticks(horizon_days)

    assert ticks[0].at_percent == 0
    assert all(tick.at_percent <= 100 for tick in ticks)
    assert len(ticks) <= 15


def test_a_curve_ends_at_the_share_it_has_reached() -> None:
    curve = draw_curve(ways()[2], 90.0)

    assert curve.end_share == 1.0
    assert curve.path.startswith("M52.0,")


def test_a_way_that_serves_nobody_has_a_flat_curve() -> None:
    assert draw_curve(ways()[0], 0.0).end_share == 0.2


def test_bars_stand_on_the_line_of_their_team_at_their_days() -> None:
    report = a_city_report(horizon_days=100.0)

    rows = gantt_rows(report, task_rows(report))

    assert [row.is_organisation for row in rows] == [True, False, True, False]
    (bar,) = rows[1].bars
    assert (bar.start_percent, bar.width_percent) == (2.222, 8.333)  # of the 90 days shown


def test_a_task_of_an_hour_can_still_be_seen() -> None:
    report = a_city_report(horizon_days=3_000.0)

    rows = gantt_rows(report, task_rows(report))

    assert rows[1].bars[0].width_percent > 0.1


def test_tasks_stand_in_the_order_of_their_days() -> None:
    report = a_city_report()
    team = report.organisations[0].teams[0]
    later = type(team)(name="Late", tasks=(a_task("t9", start_day=50.0), a_task("t8")))
    organisation = type(report.organisations[0])(name="Deminers", teams=(later,))

    rows = task_rows(a_city_report(organisations=(organisation,)))

    assert [row.task.key for row in rows] == ["t8", "t9"]
    assert [row.index for row in rows] == [0, 1]


def test_the_drawings_end_with_the_last_change_and_begin_near_the_lowest_share() -> None:
    report = a_city_report(horizon_days=365.0)

    assert shown_days(report) == 90
    lowest = lowest_share(report)
    assert 0 <= lowest <= min(way.served[0][1] for way in report.ways)
    assert [percent for percent, _ in share_ticks(lowest)][-1] == 100
    assert shown_days(replace(report, ways=(), organisations=())) == 10
    assert lowest_share(replace(report, ways=())) == 0
