import polars as pl
import pytest

from takatuf.activities.places import PlaceMatch
from takatuf.activities.places.coordinates import degrees_in
from takatuf.activities.questions import AS_ENTERED
from tests.builders_places import frame, gazetteer, matched

KNOWN = gazetteer()


def point(lat: float | None, lon: float | None, *texts: str) -> PlaceMatch:
    """Match one row in Tadmin; `texts` are the cells where these are not the numbers."""
    given = frame(adm3_code=["SY710201"], latitude=[lat], longitude=[lon])
    cells = texts or [None if value is None else str(value) for value in (lat, lon)]
    words = zip(("latitude", "longitude"), cells, strict=True)
    entered = given.with_columns(pl.lit(cell, pl.String).alias(word) for word, cell in words)
    return matched(given, KNOWN, entered=entered)


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        (36.2912, 37.6212, None),
        (None, None, None),
        (37.6212, None, "place.half-a-point"),
        (0.0, 0.0, "place.zero-coordinates"),
        (4021000.0, 375000.0, "place.projected-coordinates"),
        (136.29, 237.62, "place.coordinates-out-of-range"),
        (36.29, 36.29, "place.same-coordinates"),
        (-36.2912, 37.6212, "place.outside-country"),
        (33.5012, 36.3012, "place.far-from-place"),
        (36.3, 37.6, "place.coarse-coordinates"),
    ],
)
def test_a_point_that_cannot_be_is_a_fault_and_stays_as_it_was(
    lat: float | None, lon: float | None, code: str | None
) -> None:
    found = point(lat, lon)

    assert found.faults["code"].to_list() == ([code] if code else [])
    assert found.frame.select("latitude", "longitude").row(0) == (lat, lon)
    assert found.questions == ()


def test_a_far_point_says_how_far() -> None:
    (hint,) = point(33.5012, 36.3012).faults["hint"]

    assert hint.startswith("It is 333 km from the middle of Tadmin, Al Bahr, Wadi Nur; up to ")


def test_swapped_columns_are_asked_once_and_swapped_only_by_an_answer() -> None:
    far = frame(adm0_code=["YEM"] * 2, latitude=[44.2061, 15.3547], longitude=[15.3547, 44.2061])

    found = matched(far)

    (question,) = found.questions
    assert question.code == "ask.swapped-coordinates"
    assert question.rows == (2,)
    assert "44.2061, 15.3547" in question.text
    assert "Yemen" in question.text
    assert found.faults["code"].to_list() == ["place.swapped-coordinates"]
    assert found.frame["latitude"].to_list() == [44.2061, 15.3547]
    put_right = matched(far, answers={question.id: "swap"})
    assert put_right.frame["latitude"].to_list() == [15.3547, 15.3547]
    assert put_right.frame["longitude"].to_list() == [44.2061, 44.2061]
    assert put_right.faults.is_empty()
    kept = matched(far, answers={question.id: AS_ENTERED})
    assert kept.frame["latitude"].to_list() == [44.2061, 15.3547]
    assert kept.questions == ()


def test_a_point_near_its_place_only_the_other_way_round_is_swapped() -> None:
    found = point(37.6212, 36.2912)

    assert found.faults["code"].to_list() == ["place.swapped-coordinates"]


def test_the_other_points_of_a_place_say_where_it_is_where_no_gazetteer_does() -> None:
    lats, lons = (
        [36.201, 36.212, 36.223, 36.214, 37.151, 35.212],
        [37.151, 37.162, 37.143, 37.154, 36.207, 37.153],
    )

    found = matched(frame(adm1_name=["Wadi Nur"] * 6, latitude=lats, longitude=lons))

    assert found.faults.select("row", "code").rows() == [
        (6, "place.swapped-coordinates"),
        (7, "place.far-from-place"),
    ]
    assert "km from the middle of “Wadi Nur”" in found.faults["hint"][1]


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("36°12'30\"N", 36.20833),
        ("36° 12.5' N", 36.20833),
        ("N36 12 30", 36.20833),
        ("12°30'S", -12.5),
        ("3°45′O", -3.75),
        ("-3 30 00", -3.5),
        ("36,2021", 36.2021),
        ("٣٦٫٢°", None),
        ("36.2021", None),
        ("36°75'", None),
        ("Wadi", None),
        ("", None),
    ],
)
def test_degrees_minutes_and_decimal_commas_are_read(text: str, degrees: float | None) -> None:
    read = degrees_in(text)

    assert read == (None if degrees is None else pytest.approx(degrees, abs=1e-4))


def test_coordinates_as_text_are_a_fault_with_their_reading() -> None:
    found = point(None, None, "36°17'24\"N", "37,62")

    assert found.faults.select("column", "code", "found", "hint").rows() == [
        ("B", "place.coordinates-as-text", "36°17'24\"N, 37,62", "Is it 36.29000, 37.62000?")
    ]


def test_without_a_country_only_the_earth_bounds_a_point() -> None:
    given = frame(sector=["WASH"] * 2, latitude=[120.5123, 36.29], longitude=[36.2912, 37.62])

    found = matched(given)

    assert found.faults["code"].to_list() == ["place.swapped-coordinates"]
    assert "the world" in found.questions[0].text


def test_codes_of_two_countries_bound_no_point() -> None:
    given = frame(adm1_code=["SY71", "TR01"], latitude=[-36.2912] * 2, longitude=[37.6212] * 2)

    assert "place.outside-country" not in matched(given).faults["code"]


def test_one_column_alone_is_left_as_it_is() -> None:
    found = matched(frame(adm1_code=["SY71"], latitude=[36.2]))

    assert found.frame["latitude"].to_list() == [36.2]
    assert found.faults.is_empty()


def test_a_latitude_that_cannot_be_is_swapped_where_the_other_way_round_it_can() -> None:
    given = frame(adm0_name=["Vanuatu"], latitude=[168.3123], longitude=[-17.7456])

    assert matched(given).faults["code"].to_list() == ["place.swapped-coordinates"]
