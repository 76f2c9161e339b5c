import polars as pl
import pytest

from takatuf.activities.places import Gazetteer, from_csv, gazetteer_of, merged, to_csv
from tests.builders_places import gazetteer, table

NORTH: list[str | None] = ["SY", "Wadi Nur", "وادي نور", "SY71"]
WIDE = table(
    [
        *("ADM0_PCODE", "ADM1_EN", "ADM1_AR", "ADM1_PCODE", "ADM2_EN", "ADM2ALT1_EN"),
        *("ADM2_PCODE", "validOn", "Latitude", "Longitude"),
    ],
    [*NORTH, "Al Bahr", "Bahr", "SY7102", "2023-06-01", "36.4", "37.5"],
    [*NORTH, "Safran", None, "SY7103", "2023-06-01T00:00:00", "36.6", "x"],
    ["SY", "Al-Jabal", "الجبل", "SY72", None, None, "#N/A", None, None, None],
)


def places(made: Gazetteer) -> list[tuple[str, int, str]]:
    return list(made.places.sort("level", "code").select("code", "level", "parent").iter_rows())


def names_of(made: Gazetteer, code: str) -> list[tuple[str, str]]:
    mine = made.names.filter(pl.col("code") == code)
    return list(mine.select("language", "name").iter_rows())


def test_a_wide_table_is_a_chain_of_places_in_each_row() -> None:
    made = gazetteer_of([WIDE], "COD-AB 2023")

    assert places(made) == [
        ("SY", 0, ""),
        ("SY71", 1, "SY"),
        ("SY72", 1, "SY"),
        ("SY7102", 2, "SY71"),
        ("SY7103", 2, "SY71"),
    ]
    assert names_of(made, "SY71") == [("en", "Wadi Nur"), ("ar", "وادي نور")]
    assert names_of(made, "SY7102") == [("en", "Al Bahr"), ("alias", "Bahr")]
    assert made.schemes == ("COD-AB 2023",)


def test_days_and_points_are_those_of_the_smallest_place() -> None:
    made = gazetteer_of([WIDE])
    facts = made.places.filter(pl.col("code").is_in(["SY7102", "SY7103", "SY71"])).sort("code")

    assert facts["valid_from"].to_list() == ["2023-06-01", "2023-06-01", "2023-06-01"]
    assert facts["lat"].to_list() == [None, 36.4, 36.6]
    assert facts["lon"].to_list() == [None, 37.5, None]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("admin1Pcode", "admin1Name_en"),
        ("Admin1_Pcode", "Admin1"),
        ("adm1_pcode", "adm1_name"),
        ("admin1Pcod", "admin1RefName"),
        ("Mohafaza_pcode", "Mohafaza_EN"),
        ("Governorate code", "Governorate"),
    ],
)
def test_headers_of_many_makes_are_understood(code: str, name: str) -> None:
    made = gazetteer_of([table([code, name], ["SY71", "Wadi Nur"])])

    assert places(made) == [("SY71", 1, "")]
    assert [text for _, text in names_of(made, "SY71")] == ["Wadi Nur"]


def test_tags_go_before_headers() -> None:
    made = gazetteer_of(
        [
            table(
                ["one", "two", "three", "four", "five", "six", "latitude"],
                ["SY", "SY71", "وادي نور", "Nur", "36.5", "37.5", "high"],
                tags=["#country+code", "# adm1 +code", "#adm1+name+i_ar", "#adm1+name+alt",
                      "#geo+lat", "#geo+lon", "#geo+elevation"],
            )
        ]
    )  # fmt: skip

    assert places(made) == [("SY", 0, ""), ("SY71", 1, "SY")]
    assert names_of(made, "SY71") == [("ar", "وادي نور"), ("alias", "Nur")]
    assert made.places["lat"].to_list() == [None, 36.5]


def test_a_long_table_names_level_and_parent() -> None:
    made = gazetteer_of(
        [
            table(
                ["code", "name", "name_ar", "level", "parent", "scheme"],
                ["SY71", "Wadi Nur", "وادي نور", "Admin 1", None, "old"],
                ["SY7102", "Al Bahr", "البحر", "adm2", "SY71", "old"],
                [None, "Nowhere", None, None, None, None],
            )
        ]
    )

    assert places(made) == [("SY71", 1, ""), ("SY7102", 2, "SY71")]
    assert made.schemes == ("old",)
    assert names_of(made, "SY7102") == [("", "Al Bahr"), ("ar", "البحر")]


def test_levels_that_a_long_table_does_not_say_are_counted() -> None:
    rows: list[list[str | None]] = [["SY", None], ["SY71", "SY"], ["SY7102", "SY71"], ["TR9", None]]
    made = gazetteer_of([table(["pcode", "parent_code"], *rows)])

    assert places(made) == [("SY", 0, ""), ("SY71", 1, "SY"), ("TR9", 1, ""), ("SY7102", 2, "SY71")]


def test_places_in_areas_are_a_level_of_their_own_unless_they_are_the_area() -> None:
    made = gazetteer_of(
        [
            table(
                ["Location_Pcode", "LocationName_en", "Latitude_y", "Longitude_x", "admin4Pcode"],
                ["N01", "Old Souq", "36.1", "37.1", "C1"],
                ["C2", "Tadmin village", "36.2", "37.2", "C2"],
            )
        ]
    )

    assert places(made) == [("C1", 4, ""), ("C2", 4, ""), ("N01", 5, "C1")]
    assert names_of(made, "C2") == [("en", "Tadmin village")]
    assert made.places.filter(pl.col("code") == "C2")["lat"].to_list() == [36.2]


def test_a_table_without_codes_is_no_gazetteer() -> None:
    assert (
        gazetteer_of(
            [table(["Sector", "Admin 1 Name", "Unit x"], ["WASH", "Wadi Nur", "1"])]
        ).levels
        == ()
    )


def test_a_gazetteer_survives_as_text() -> None:
    made = gazetteer()

    read = from_csv(to_csv(made))

    assert read.places.equals(made.places)
    assert read.names.equals(made.names)


def test_places_without_a_name_survive_as_text() -> None:
    made = gazetteer_of([table(["ADM1_PCODE"], ["SY71"])])

    assert from_csv(to_csv(made)).places.equals(made.places)


def test_versions_stand_side_by_side_and_the_latest_is_matched_by() -> None:
    old = gazetteer_of([table(["ADM1_PCODE"], ["SY1"], ["SY2"])], "old", "2010-01-01", "2020-01-01")
    new = gazetteer_of([table(["ADM1_PCODE"], ["SY1"])], "new", "2020-01-01")

    both = merged([old, new])

    assert both.schemes == ("new", "old")
    assert both.places.height == 3
    assert set(both.index.places) == {"SY1"}
    assert [set(each.places) for each in both.older] == [{"SY1", "SY2"}]
    assert both.at("2015").schemes == ("old",)
    assert both.at("2024-03").schemes == ("new",)
    assert both.of("old").places.height == 2


def test_no_gazetteer_at_all_is_an_empty_one() -> None:
    assert merged(()).index.levels == frozenset()
    assert merged(()).older == ()


def test_a_circle_of_parents_ends() -> None:
    rows = [["A1", "A2"], ["A2", "A1"]]

    made = gazetteer_of([table(["code", "parent"], *rows)])

    assert made.index.above("A1") == ("A1", "A2")


def test_names_of_unknown_places_are_left_out() -> None:
    made = gazetteer()
    index = Gazetteer(made.places.head(1), made.names).index

    assert list(index.places) == ["SY71"]
    assert index.places["SY71"].names == ["Wadi Nur", "وادي نور"]
