"""Every figure has its rule, its lowest and highest honest count, and what is not in it."""

from typing import Any

import polars as pl
import pytest

from takatuf.activities.counting import counting_rules, reached_of
from takatuf.activities.counting.double_questions import KEEP_ONE, ONE_ACTIVITY, RUNNING_TOTAL
from takatuf.activities.organisations import Sheet
from tests.builders_counting import a_frame, doubles_with, some_work


def ranged(
    frame: pl.DataFrame, figure: str = "reached", **rest: Any
) -> tuple[float | None, float | None]:
    table = reached_of(frame, **rest).filter(figure=figure)
    return table["lowest"][0], table["highest"][0]


def test_the_lowest_takes_the_largest_activity_of_a_place_and_the_highest_all() -> None:
    frame = some_work(
        sector_word=["health", "wash", "wash"],
        activity_type=["a", "b", "c"],
        reached=[100.0, 60.0, 40.0],
    )
    assert ranged(frame) == (100, 200)


def test_places_are_added_up_and_a_larger_area_counts_only_where_it_is_larger() -> None:
    frame = some_work(adm2_code=["XX0101", "XX0102", None], reached=[100.0, 60.0, 120.0])
    assert ranged(frame) == (160, 280)
    frame = some_work(adm2_code=["XX0101", "XX0102", None], reached=[100.0, 60.0, 500.0])
    assert ranged(frame) == (500, 660)


def test_groups_of_people_are_other_people_and_rows_of_all_may_be_any() -> None:
    frame = some_work(
        population_group=["Displaced", "displaced ", "host", None],
        activity_type=["a", "b", "a", "a"],
        reached=[100.0, 60.0, 40.0, 90.0],
    )
    assert ranged(frame) == (140, 290)


def test_new_people_are_added_over_months_and_all_people_are_not() -> None:
    months = ["2024-01", "2024-02", "2024-03"]
    new = some_work(period=months, reached_new=[10.0, 5.0, 2.0], reached=[10.0, 15.0, 12.0])
    assert ranged(new) == (17, 17)
    everybody = some_work(period=months, reached=[10.0, 15.0, 12.0])
    assert ranged(everybody) == (15, 37)
    rules = [reached_of(frame).filter(figure="reached")["rule"][0] for frame in (new, everybody)]
    assert rules == ["new_people", "people_over_periods"]


def test_running_totals_are_not_added_up() -> None:
    frame = some_work(
        activity_type=["a"] * 3 + ["b"] * 3,
        period=["2024-01", "2024-02", "2024-03"] * 2,
        reached=[10.0, 20.0, 30.0, 1.0, 2.0, 3.0],
    )
    assert ranged(frame) == (30, 66)
    assert ranged(frame, doubles=doubles_with(frame, RUNNING_TOTAL)) == (30, 33)


def test_copies_that_an_answer_left_out_count_once() -> None:
    frame = some_work(3, reached=50.0)
    assert ranged(frame) == (50, 150)
    assert ranged(frame, doubles=doubles_with(frame, KEEP_ONE)) == (50, 50)


def test_two_witnesses_that_differ_give_the_range_between_them() -> None:
    frame = some_work(
        operation_type=["Reporting", "Implementing"],
        reporting_organisation=["Lead", "Partner"],
        reached=[120.0, 100.0],
    )
    assert ranged(frame) == (120, 220)
    doubles = doubles_with(frame, ONE_ACTIVITY)
    assert ranged(frame, doubles=doubles) == (100, 120)
    assert ranged(frame, "organisations", doubles=doubles) == (2, 2)
    assert ranged(frame, "activities", doubles=doubles) == (1, 1)


def test_what_is_not_included_stands_beside_the_figure() -> None:
    frame = some_work(activity_type=["a", "b", "c", "d"], reached=[10.0, None, None, None])
    unstated = pl.DataFrame(
        {"row": [5, 6, 6], "column": ["reached", "X", "Y"], "state": ["unclear", "withheld", "z"]}
    )
    sheet = Sheet("", {"reached": "X", "targeted": "Y"})
    said = reached_of(frame, unstated=unstated, sheet=sheet).filter(figure="reached")
    assert said.select("n_rows", "n_stated", "n_blank", "n_unknown", "n_withheld").rows() == [
        (4, 1, 1, 1, 1)
    ]


def test_a_figure_that_nobody_states_is_null_and_never_zero() -> None:
    assert ranged(some_work(reached=[None, None])) == (None, None)
    assert ranged(some_work(reached=[0.0])) == (0, 0)
    assert ranged(some_work(reached=[-5.0, 3.0])) == (3, 3)
    assert "reached" not in reached_of(some_work())["figure"].to_list()


def test_a_row_of_several_sectors_counts_in_each_of_them() -> None:
    frame = some_work(sector_word=["health wash", "wash"], reached=[10.0, 20.0])
    table = reached_of(frame, ("sector_word",)).filter(figure="reached")
    assert table.select("sector_word", "lowest", "highest").rows() == [
        ("health", 10, 10),
        ("wash", 20, 30),
    ]


def test_organisations_of_all_roles_are_counted_by_identity_and_by_spelling() -> None:
    frame = some_work(
        reporting_organisation=["Hope", "HOPE", "Star"],
        implementing_partner=["Sun", "direct implementation", "Hope and Star"],
        implementing_partner_id=[None, None, "organisation/hope organisation/star"],
        reporting_organisation_id=["organisation/hope", "organisation/hope", None],
    )
    assert ranged(frame, "organisations") == (4, 5)


def test_an_area_that_a_named_place_lies_in_is_no_further_place() -> None:
    frame = some_work(
        adm1_code=["XX01", "XX01", "XX02", None], adm2_code=["XX0101", None, None, None]
    )
    assert ranged(frame, "places") == (2, 3)


def test_every_figure_carries_its_rule_in_english_and_arabic() -> None:
    table = reached_of(some_work(reached=[1.0], targeted=[2.0]))
    assert table["figure"].to_list() == [
        "reached",
        "targeted",
        "organisations",
        "activities",
        "places",
    ]
    assert set(table["rule"]) <= set(counting_rules())
    assert all(set(rule.texts) == {"en", "ar"} for rule in counting_rules().values())
    assert all("Lowest" in text for text in table["rule_en"])
    assert all("الأدنى" in text for text in table["rule_ar"])


@pytest.mark.parametrize("by", [(), ("adm1_code", "sector_word")])
def test_an_empty_frame_has_no_figures(by: tuple[str, ...]) -> None:
    assert reached_of(some_work(1).clear(), by).is_empty()


def test_a_frame_without_organisations_has_places_and_activities() -> None:
    table = reached_of(a_frame(adm1_code=["A", "B"]))
    assert table["figure"].to_list() == ["organisations", "activities", "places"]
    assert table["lowest"].to_list() == [None, 2, 2]
    assert table["n_blank"].to_list() == [2, 2, 0]


def test_whoever_sent_a_row_counts_where_no_cell_says_who_reports() -> None:
    frame = some_work(reporting_organisation=..., organisation=["organisation/a", "organisation/b"])
    assert ranged(frame, "organisations") == (2, 2)
