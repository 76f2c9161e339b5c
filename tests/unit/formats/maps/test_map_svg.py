"""A printed map: whole, inert, in both scripts, and honest about what it does not show."""

import re
from xml.etree import ElementTree as ET

import pytest
from shapely import LineString, MultiPolygon, Point, box

from takatuf.formats.city_report import Name
from takatuf.formats.writers.maps import MapLine, Mark, map_svg
from takatuf.formats.writers.maps.symbols import HAZARD_STATES, drawn_state, hazard_style
from tests.builders_maps import (
    a_city_map,
    a_map_area,
    a_map_hazard,
    a_map_place,
    an_empty_map,
)

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    found = ET.fromstring(svg).iter(f"{SVG}text")  # noqa: S314 - our own drawing
    return [re.sub("[\u2066-\u2069]", "", element.text or "") for element in found]


@pytest.mark.parametrize("page", ["A4", "A3"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_map_is_one_well_formed_drawing_that_loads_nothing(page: str, language: str) -> None:
    svg = map_svg(a_city_map(language), page, language)

    for element in ET.fromstring(svg).iter():  # noqa: S314 - our own drawing
        assert element.tag.removeprefix(SVG) not in {"script", "image", "use", "foreignObject"}
        assert not any("href" in name for name in element.attrib)
    assert not re.search(r"url\((?!#)", svg)


def test_the_same_map_gives_the_same_bytes() -> None:
    assert map_svg(a_city_map(), "A3", "ar") == map_svg(a_city_map(), "A3", "ar")


@pytest.mark.parametrize(
    ("language", "needed"),
    [
        ("en", ["Shows", "As known by", "Scale 1:80,000 on A4", "N", "Legend", "Water"]),
        ("ar", ["تُظهر", "بحسب ما ورد حتى", "المقياس 1:80,000 على ورق A4", "ش", "مفتاح الخريطة"]),
    ],
)
def test_everything_that_a_map_needs_to_be_read_is_on_it(language: str, needed: list[str]) -> None:
    shown = texts(map_svg(a_city_map(language), "A4", language))

    assert set(needed) <= set(shown)
    assert any("2026-10" in text for text in shown)
    assert any("2026-11-20" in text for text in shown)
    assert any("endorsement" in text or "إقرارًا" in text for text in shown)
    assert any("workbooks of 14 organisations" in text for text in shown)
    assert any("UTM 37N" in text for text in shown)


def test_names_stand_in_both_scripts_the_languages_own_first() -> None:
    english, arabic = texts(map_svg(a_city_map())), texts(map_svg(a_city_map("ar"), language="ar"))

    assert {"Old Bridge", "الجسر القديم"} <= set(english)
    assert english.index("Old Bridge") < english.index("الجسر القديم")
    assert arabic.index("الجسر القديم") < arabic.index("Old Bridge")


@pytest.mark.parametrize("state", ["suspected_hazardous_area", "nobody knows", "unreleased", ""])
def test_a_hazard_that_is_not_understood_is_drawn_as_suspected(state: str) -> None:
    assert drawn_state(state) == "suspected"
    assert "url(#hatch)" in hazard_style(state)


def test_hazards_follow_the_convention_and_are_always_named_in_words() -> None:
    states = ("suspected", "confirmed", "under_clearance", "completed_by_operator", "released")
    hazards = tuple(
        a_map_hazard(state, shape=Point(37.1 + 0.02 * n, 36.2)) for n, state in enumerate(states)
    )

    shown = texts(map_svg(an_empty_map(hazards=hazards)))

    assert "suspected" in shown
    assert "Confirmed hazardous area" in shown
    assert "not released" in shown
    assert "Released, with a document" in shown
    assert hazard_style("confirmed").startswith('fill="#c62f26"')
    assert 'fill="#ef8a17"' in hazard_style("under_clearance")
    assert "stroke-dasharray" in hazard_style("completed_by_operator")
    assert hazard_style("released").startswith('fill="none"')
    assert set(HAZARD_STATES) == {drawn_state(state) for state in states}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_map_says_that_a_place_is_safe(language: str) -> None:
    shown = " ".join(texts(map_svg(a_city_map(language), "A4", language))).lower()

    assert "safe" not in shown
    assert "آمن" not in shown
    assert "No mark: nothing recorded there; treat as unknown." in texts(map_svg(a_city_map()))


def test_names_without_room_are_numbered_and_listed_and_the_rest_is_counted() -> None:
    crowded = texts(map_svg(a_city_map("en", 400), "A4"))

    assert "Places by number" in crowded
    assert any(text.startswith("names without room: ") for text in crowded)
    assert "places without a position: 3" in crowded


def test_every_number_on_the_map_is_in_the_list() -> None:
    svg = map_svg(a_city_map("en", 400), "A4")

    numbers = re.findall(r'fill="#1b5a8a"[^>]*>\u2066(\d+)\u2069', svg)

    assert numbers
    assert all(numbers.count(number) == 2 for number in numbers)


def test_a_users_text_is_shown_and_never_part_of_the_drawing() -> None:
    evil = '"><script>alert(1)</script>&\x00\u202e'

    svg = map_svg(
        an_empty_map(
            title=evil,
            source=evil,
            places=(a_map_place(evil, marks=(Mark(sector=evil, label=evil),)),),
            hazards=(a_map_hazard(name=evil),),
        )
    )

    assert "<script" not in svg
    assert any("<script>alert(1)</script>" in text for text in texts(svg))


def test_an_empty_map_says_so() -> None:
    assert "No place to show." in texts(map_svg(an_empty_map()))


def test_an_area_of_several_parts_with_a_name_in_one_script_is_drawn() -> None:
    parts = MultiPolygon([box(37.1, 36.1, 37.2, 36.2), box(37.3, 36.1, 37.4, 36.2)])

    svg = map_svg(an_empty_map(areas=(a_map_area("Twin", "", shape=parts),)))

    assert "Twin" in texts(svg)
    assert svg.count("Z") >= 2


def test_a_place_without_symbols_or_name_is_still_a_point() -> None:
    nameless = a_map_place("", "", marks=())

    assert 'r="7"' in map_svg(an_empty_map(places=(nameless,)))


def test_a_road_that_goes_around_the_world_is_cut_near_the_map() -> None:
    road = MapLine(shape=LineString([(-179, -80), (37.15, 36.2), (179, 80)]))

    svg = map_svg(an_empty_map(places=(a_map_place(),), lines=(road,)))

    assert "nan" not in svg
    assert "inf" not in svg
    assert "Road" in texts(svg)


def test_an_outline_that_only_touches_the_frame_leaves_no_stray_mark() -> None:
    road = MapLine(shape=LineString([(37.2, 36.0), (37.2, 36.4), (37.2, 36.0)]), is_main=True)

    svg = map_svg(an_empty_map(places=(a_map_place(),), lines=(road,)))

    ET.fromstring(svg)  # noqa: S314 - our own drawing
    assert "Main road" in texts(svg)


def test_a_long_title_is_cut_visibly() -> None:
    assert any(text.endswith("…") for text in texts(map_svg(an_empty_map(title="word " * 80))))


def test_a_wide_map_names_its_projection() -> None:
    places = (a_map_place(lon=22.0, lat=44.0), a_map_place(lon=40.0, lat=52.0, marks=()))

    shown = " ".join(texts(map_svg(an_empty_map(places=places))))

    assert "Lambert azimuthal equal-area" in shown
    assert "Grid lines every" not in shown


def test_a_small_map_has_its_scale_bar_in_metres() -> None:
    one = an_empty_map(places=(a_map_place(),))

    assert "100 m" in texts(map_svg(one))
    assert "Grid lines every 100 m" in texts(map_svg(one))


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="Old Bridge"):
        map_svg(an_empty_map(places=(a_map_place(lat=136.2),)))
    with pytest.raises(ValueError, match="no longitude and latitude"):
        map_svg(an_empty_map(areas=(a_map_area(shape=box(37, 36, 38, 99)),)))
    with pytest.raises(ValueError, match="no longitude and latitude"):
        map_svg(an_empty_map(hazards=(a_map_hazard(shape=Point()),)))
    with pytest.raises(ValueError, match="A5"):
        map_svg(an_empty_map(), "A5")
    with pytest.raises(ValueError, match="'fr'"):
        map_svg(an_empty_map(), "A4", "fr")


def test_a_name_in_a_wide_script_is_measured_as_wide() -> None:
    place = a_map_place("漢字の町", "")

    assert "漢字の町" in texts(map_svg(an_empty_map(places=(place,))))
    assert Name(en="漢字の町") == place.name
