"""The ground of a map: metric, at a round scale, with a grid that says what it is."""

import numpy as np
import pytest
from shapely import Point, box

from takatuf.formats.writers.maps.ground import Box, Ground, is_position

SHEET = Box(100, 100, 2000, 1500)


def a_ground(*lonlat: tuple[float, float]) -> Ground:
    return Ground(np.array(lonlat).reshape(-1, 2), SHEET)


def test_a_city_is_drawn_in_utm_and_distances_are_true_to_the_stated_scale() -> None:
    ground = a_ground((37.10, 36.15), (37.20, 36.25))

    # A hundredth of a degree of latitude is 1,109.7 m there (WGS 84), by the scale of UTM.
    south, north = ground.points(np.array([[37.15, 36.20], [37.15, 36.21]]))
    on_paper_m = np.hypot(*(north - south)) / 10_000

    assert ground.name == "UTM 37N, WGS 84"
    assert on_paper_m * ground.scale_ratio == pytest.approx(1_109.7, rel=1e-3)
    assert ground.scale_ratio == 100_000


def test_everything_lies_within_the_frame() -> None:
    lonlat = [(37.1, 36.15), (37.2, 36.25), (37.12, 36.2)]

    points = a_ground(*lonlat).points(np.array(lonlat))

    assert (points >= [SHEET.left, SHEET.top]).all()
    assert (points <= [SHEET.right, SHEET.bottom]).all()


def test_south_of_the_equator_has_its_own_zones() -> None:
    assert a_ground((-13.2, -8.8)).name == "UTM 28S, WGS 84"
    assert a_ground((180.0, 5.0)).name == "UTM 60N, WGS 84"


@pytest.mark.parametrize(
    ("lonlat", "name"),
    [
        (((22.0, 44.0), (40.0, 52.0)), "Lambert azimuthal equal-area"),
        (((-80.0, -90.0), (80.0, 90.0)), "Lambert azimuthal equal-area"),
        (((-180.0, -90.0), (180.0, 90.0)), "equirectangular"),
    ],
)
def test_a_wide_map_has_meridians(lonlat: tuple[tuple[float, float], ...], name: str) -> None:
    ground = a_ground(*lonlat)

    labels = {line.label for line in ground.grid()}

    assert ground.name.startswith(name)
    assert np.isfinite(ground.points(np.array(lonlat))).all()
    assert any(label.endswith("°E") for label in labels)
    assert any(label.endswith("°N") for label in labels)


def test_the_equator_and_the_meridian_of_greenwich_have_no_side() -> None:
    labels = {line.label for line in a_ground((-10.0, -10.0), (10.0, 10.0)).grid()}

    assert {"0°", "5°E", "5°W", "5°N", "5°S"} <= labels


def test_the_metric_grid_has_round_steps_that_are_not_too_near() -> None:
    ground = a_ground((37.10, 36.15), (37.20, 36.25))

    upward = [line for line in ground.grid() if line.goes_up]

    assert ground.grid_step_m() == 5_000
    assert [line.label for line in upward] == ["325000 E", "330000 E", "335000 E", "340000 E"]
    assert upward[1].points[0][0] - upward[0].points[0][0] == pytest.approx(500)


def test_one_place_or_none_still_makes_a_map() -> None:
    assert a_ground((37.1, 36.2)).scale_ratio == 3_000
    assert a_ground().scale_ratio == 3_000
    assert a_ground((37.1, 36.2)).bar_km() == 0.1


def test_shapes_lose_only_detail_that_paper_cannot_show() -> None:
    ground = a_ground((37.10, 36.15), (37.20, 36.25))
    circle = Point(37.15, 36.2).buffer(0.01, quad_segs=5_000)

    drawn = ground.shape(circle)

    assert len(drawn.exterior.coords) < 100
    assert drawn.area == pytest.approx(ground.shape(circle.simplify(1e-7)).area, rel=0.01)
    assert ground.shape(box(37.1, 36.2, 37.11, 36.21)).geom_type == "Polygon"


@pytest.mark.parametrize(
    ("lon", "lat", "expected"),
    [
        (37.1, 36.2, True),
        (None, 36.2, False),
        (37.1, None, False),
        (float("nan"), 36.2, False),
        (200.0, 36.2, False),
        (37.1, 95.0, False),
    ],
)
def test_only_a_longitude_with_a_latitude_is_a_position(
    lon: float | None, lat: float | None, *, expected: bool
) -> None:
    assert is_position(lon, lat) is expected
