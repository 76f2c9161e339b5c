"""Gaps and overlaps, and the look before one plans."""

import polars as pl

from takatuf.activities.counting import matrix_of, who_is_there
from tests.builders_counting import a_frame, some_work


def states(matrix: pl.DataFrame) -> dict[tuple[str, str], str]:
    return {
        (place, sector): state
        for place, sector, state in matrix.select("place", "sector_word", "state").iter_rows()
    }


FRAME = some_work(
    reporting_organisation=["Hope", "Star", "Sun", "Hope", "Sun"],
    sector_word=["health", "health", "wash", "wash", "health"],
    activity_type=["Clinic", "Clinic", "Pumps", "Latrines", "Clinic"],
    adm2_code=["XX0101", "XX0101", "XX0102", "XX0102", None],
    adm2_name=["East", "East", "West", "West", None],
    reached=[10.0, 20.0, None, None, 5.0],
)


def test_each_place_and_sector_is_a_gap_one_several_or_an_overlap() -> None:
    matrix = matrix_of(FRAME)
    assert states(matrix) == {
        ("XX0101", "health"): "overlap",
        ("XX0101", "wash"): "gap",
        ("XX0102", "health"): "gap",
        ("XX0102", "wash"): "several",
        (None, "health"): "one",
        (None, "wash"): None,
    }
    first = matrix.row(0, named=True)
    assert first["place_label"] == "East"
    assert (first["n_organisations"], first["n_activities"], first["n_overlaps"]) == (2, 1, 1)
    assert (first["reached_lowest"], first["reached_highest"]) == (20, 30)


def test_a_place_with_need_where_nobody_is_stands_in_the_matrix() -> None:
    need = pl.DataFrame(
        {"place": ["XX0103"], "sector_word": ["shelter"], "in_need": [500.0]},
    )
    matrix = matrix_of(FRAME, need)
    assert states(matrix)["XX0103", "shelter"] == "gap"
    assert states(matrix)["XX0103", "health"] == "gap"
    wanted = matrix.filter(pl.col("in_need").is_not_null())
    assert wanted.select("place", "sector_word", "in_need").rows() == [("XX0103", "shelter", 500)]


def test_one_organisation_with_two_rows_is_no_overlap() -> None:
    assert set(states(matrix_of(some_work(2))).values()) == {"one"}


def test_blank_activities_do_not_overlap() -> None:
    frame = some_work(reporting_organisation=["Hope", "Star"], activity_type=[None, None])
    assert set(states(matrix_of(frame)).values()) == {"several"}


def test_a_coarser_frame_gives_a_coarser_matrix() -> None:
    frame = some_work(adm2_code=..., adm1_code=["XX01", "XX02"])
    assert matrix_of(frame, level=3)["place"].to_list() == ["XX01", "XX02"]
    nowhere = a_frame(sector_word=["health"], reporting_organisation=["Hope"])
    assert matrix_of(nowhere)["place"].to_list() == [None]


def test_names_stand_for_places_without_codes() -> None:
    frame = some_work(adm2_code=..., adm2_name=["East ", "East"])
    assert matrix_of(frame)["place"].to_list() == ["East"]


def test_before_one_plans_one_sees_who_is_there_and_who_may_be() -> None:
    there = who_is_there(FRAME, "XX0101", "health")
    assert there.select("organisation", "is_wider", "last_period").rows() == [
        ("hope", False, "2024-01"),
        ("star", False, "2024-01"),
        ("sun", True, "2024-01"),
    ]
    assert who_is_there(FRAME, "XX0102").height == 3
    assert who_is_there(FRAME, "XX0109").is_empty()
    assert who_is_there(FRAME, "XX01").height == 5


def test_the_latest_status_is_shown() -> None:
    frame = some_work(period=["2024-02", "2024-01"], status=["ongoing", "planned"])
    there = who_is_there(frame, "XX0101")
    assert there.select("first_period", "last_period", "status", "n_rows").rows() == [
        ("2024-01", "2024-02", "ongoing", 2)
    ]
