"""When reports are due, who is late, and what goes on unchanged."""

from datetime import date

import polars as pl
import pytest

from takatuf.activities.due import (
    EVERYBODY,
    Calendar,
    Every,
    bounds_of,
    due_of,
    nothing_changed,
    period_of,
    prefilled_of,
    usual_calendars,
)
from tests.builders_counting import a_frame, some_work

MONTHLY = Calendar(every=Every.MONTH, due_day=5, first="2024-01")


def received(*rows: tuple[str, str, str]) -> pl.DataFrame:
    columns = ["organisation", "period", "received_at"]
    return pl.DataFrame(list(rows), orient="row", schema=dict.fromkeys(columns, pl.String))


@pytest.mark.parametrize(
    ("calendar", "period", "due"),
    [
        (MONTHLY, "2024-01", date(2024, 2, 5)),
        (MONTHLY, "2023-12", date(2024, 1, 5)),
        (Calendar(every=Every.QUARTER, due_day=15, first="2024-Q1"), "2024-Q4", date(2025, 1, 15)),
        (Calendar(every=Every.YEAR, due_day=31, first="2024"), "2024", date(2025, 1, 31)),
        (Calendar(every=Every.MONTH, due_day=31, first="2024-01"), "2024-01", date(2024, 2, 29)),
    ],
)
def test_a_report_is_due_on_a_day_of_the_month_after(
    calendar: Calendar, period: str, due: date
) -> None:
    assert calendar.due_on("organisation/hope", period) == due


def test_an_extension_holds_for_one_organisation_or_for_everybody() -> None:
    calendar = Calendar(
        every=Every.MONTH,
        due_day=5,
        first="2024-01",
        extensions={
            (EVERYBODY, "2024-01"): date(2024, 2, 9),
            ("organisation/hope", "2024-01"): date(2024, 2, 20),
        },
    )
    assert calendar.due_on("organisation/hope", "2024-01") == date(2024, 2, 20)
    assert calendar.due_on("organisation/star", "2024-01") == date(2024, 2, 9)
    assert calendar.due_on("organisation/star", "2024-02") == date(2024, 3, 5)


def test_who_reported_who_is_late_and_who_has_time() -> None:
    table = due_of(
        MONTHLY,
        received(
            ("organisation/hope", "2024-01", "2024-02-05T23:00:00+00:00"),
            ("organisation/hope", "2024-02", "2024-03-09"),
            ("organisation/hope", "2024-02", "2024-03-20"),
        ),
        date(2024, 3, 12),
        ["organisation/star"],
    )
    assert table.drop("due_on", "received_at").rows() == [
        ("organisation/hope", "2024-03", "not_yet_due", None),
        ("organisation/star", "2024-03", "not_yet_due", None),
        ("organisation/hope", "2024-02", "reported", 4),
        ("organisation/star", "2024-02", "late", 7),
        ("organisation/hope", "2024-01", "reported", 0),
        ("organisation/star", "2024-01", "late", 36),
    ]
    assert table["due_on"][2] == date(2024, 3, 5)
    assert table["received_at"][2] == "2024-03-09"


def test_on_the_day_itself_nobody_is_late() -> None:
    table = due_of(MONTHLY, received(), date(2024, 2, 5), ["organisation/star"])
    assert set(table["state"]) == {"not_yet_due"}


def test_nothing_changed_is_a_report() -> None:
    told = received(("organisation/hope", "2024-01", "2024-02-01")).with_columns(
        nothing_changed=pl.lit(value=True)
    )
    table = due_of(MONTHLY, told, date(2024, 2, 20))
    assert table.filter(period="2024-01")["state"].to_list() == ["nothing_changed"]


def test_a_month_counts_for_its_quarter_and_an_odd_period_for_none() -> None:
    calendar = Calendar(every=Every.QUARTER, due_day=15, first="2024-Q1", last="2024-Q2")
    told = received(
        ("organisation/hope", "2024-02", "2024-03-01"),
        ("organisation/hope", "2023-11", "2023-12-01"),
        ("organisation/hope", "2024", "2024-12-01"),
        ("organisation/hope", "2024-07", "2024-08-01"),
        ("organisation/hope", "spring", "2024-12-01"),
    )
    table = due_of(calendar, told, date(2025, 2, 1))
    assert table.select("period", "state").rows() == [
        ("2024-Q2", "late"),
        ("2024-Q1", "reported"),
    ]


def test_periods_have_bounds_and_days_have_periods() -> None:
    assert bounds_of("2024-Q3") == (date(2024, 7, 1), date(2024, 10, 1))
    assert bounds_of("2024") == (date(2024, 1, 1), date(2025, 1, 1))
    assert period_of(date(2024, 12, 31), Every.QUARTER) == "2024-Q4"
    assert period_of(date(2024, 12, 31), Every.MONTH) == "2024-12"
    assert period_of(date(2024, 12, 31), Every.YEAR) == "2024"
    with pytest.raises(ValueError, match="none of 2024-03"):
        bounds_of("2024-13")
    assert bounds_of("2024-W01") == (date(2024, 1, 1), date(2024, 1, 8))
    assert bounds_of("2024-03-17") == bounds_of("2024-03")


def test_usual_calendars_are_data() -> None:
    assert usual_calendars()["monthly"] == (Every.MONTH, 5)


def test_nothing_changed_restates_what_stands_and_no_people_twice() -> None:
    last = some_work(
        status=["Ongoing", "Completed", "Ongoing", None, "annulé"],
        end=[None, None, "2024-01-20", "2024-02", "2024"],
        reached=50.0,
        reached_new=20.0,
        targeted=100.0,
    )
    found = nothing_changed(last, "2024-02")
    assert found.frame["row"].to_list() == [3, 6]
    kept = found.frame.row(0, named=True)
    assert (kept["period"], kept["reached"], kept["reached_new"], kept["targeted"]) == (
        "2024-02",
        None,
        0.0,
        100.0,
    )
    assert found.left_out.rows() == [
        (4, "completed or cancelled"),
        (5, "ended before the period"),
        (7, "completed or cancelled"),
    ]


def test_rows_without_status_and_end_all_go_on() -> None:
    assert nothing_changed(some_work(2), "2024-02").frame.height == 2
    with pytest.raises(ValueError, match="none of"):
        nothing_changed(some_work(), "next month")


def test_a_prefilled_workbook_has_the_last_rows_of_each_work_with_their_ids() -> None:
    frame = some_work(
        reporting_organisation_id=["organisation/hope"] * 3 + ["organisation/star"] + [None] * 2,
        organisation=["organisation/sender"] * 4 + ["organisation/hope", "organisation/star"],
        activity=[f"activity/{letter}" for letter in "abcdef"],
        activity_type=["Clinic", "Clinic", "Kits", "Kits", "Latrines", "Latrines"],
        report=["0" * 64] * 6,
        period=["2024-01", "2024-02", "2024-01", "2024-02", "2024-02", "2024-02"],
        reached_new=[5.0, 6.0, 7.0, 8.0, 9.0, 9.0],
    )
    filled = prefilled_of(frame, "organisation/hope", "2024-03")
    assert filled.sort("row_id").select("row_id", "period", "reached_new").rows() == [
        ("activity/b", "2024-03", None),
        ("activity/c", "2024-03", None),
        ("activity/e", "2024-03", None),
    ]
    assert "report" not in filled.columns
    assert filled["row"].to_list() == [1, 2, 3]


def test_rows_of_the_new_period_itself_are_not_handed_out_again() -> None:
    frame = some_work(
        organisation="organisation/hope",
        activity=["activity/a", "activity/b"],
        period=["2024-02", "2024-03"],
    )
    assert prefilled_of(frame, "organisation/hope", "2024-03")["row_id"].to_list() == ["activity/a"]


def test_a_register_without_periods_hands_out_all_that_goes_on() -> None:
    frame = some_work(organisation="organisation/hope", activity="activity/a", period=...)
    assert prefilled_of(frame, "organisation/hope", "2024-03")["period"].to_list() == ["2024-03"]


def test_a_partner_without_rows_gets_an_empty_workbook() -> None:
    frame = some_work(reporting_organisation_id="organisation/hope", activity="activity/a")
    assert prefilled_of(frame, "organisation/star", "2024-03").is_empty()
    assert nothing_changed(a_frame(status=[]), "2024-03").frame.is_empty()
