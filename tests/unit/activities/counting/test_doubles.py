"""Rows that may count twice: found, asked once, and never left out without an answer."""

from typing import Any

import polars as pl
import pytest

from takatuf.activities.counting import count_doubles
from takatuf.activities.counting.double_questions import (
    BY_ORGANISATION,
    KEEP_ALL,
    KEEP_ONE,
    ONE_ACTIVITY,
    ONE_SECTOR,
    RUNNING_TOTAL,
)
from takatuf.activities.organisations import Sheet
from tests.builders_counting import a_frame, answering, codes, doubles_with, some_work


def test_exact_copies_are_one_question_with_the_share_of_each_organisation() -> None:
    frame = some_work(reporting_organisation=["Hope"] * 4 + ["Star"] * 2 + ["Sun"])
    found = count_doubles(frame)
    assert found.exact.rows() == [(4, 3, 4), (5, 3, 4), (6, 3, 4), (8, 7, 2)]
    (question,) = found.questions
    assert question.code == "ask.exact-copies"
    assert question.rows == (4, 5, 6, 8)
    assert question.where == "row 4"
    assert "4 of 7 rows" in question.text
    assert "Hope 3 of 4 (75 %); Star 1 of 2 (50 %)" in question.text
    assert "row 4 as row 3" in question.text
    assert [option.word for option in question.options] == [KEEP_ONE, KEEP_ALL, BY_ORGANISATION]
    assert found.left_out.is_empty()
    assert set(found.faults["code"]) == {"count.exact-copy"}


def test_the_answer_leaves_one_of_each_and_the_other_answer_leaves_all() -> None:
    frame = some_work(3)
    assert doubles_with(frame, KEEP_ONE).left_out.rows() == [
        (4, 3, "exact copy"),
        (5, 3, "exact copy"),
    ]
    assert doubles_with(frame, KEEP_ALL).left_out.is_empty()


def test_who_wants_it_is_asked_for_each_organisation() -> None:
    frame = some_work(reporting_organisation=["Hope"] * 3 + ["Star"] * 2)
    found = doubles_with(frame, BY_ORGANISATION)
    assert [len(question.rows) for question in found.questions] == [2, 1]
    assert found.questions[0].text.startswith("Hope: 2 of 3 rows")
    said = {
        **answering(count_doubles(frame).questions, BY_ORGANISATION),
        found.questions[1].id: KEEP_ONE,
    }
    assert count_doubles(frame, said).left_out.rows() == [(7, 6, "exact copy")]


def test_a_row_that_differs_in_a_column_nobody_understood_is_no_exact_copy() -> None:
    frame = some_work(3)
    cells = pl.DataFrame({"A": ["x", "x", "x"], "B": ["remark", None, "#N/A"]})
    found = count_doubles(frame, cells=cells)
    assert found.exact.rows() == [(5, 4, 2)]
    assert found.near.rows() == [(4, 3, 2)]


def test_a_number_of_its_own_does_not_make_a_row_another_row() -> None:
    frame = some_work(row_id=["1", "2"])
    cells = pl.DataFrame({"A": ["1", "2"], "B": ["x", "x"]})
    sheet = Sheet("", {"row_id": "A"})
    assert count_doubles(frame, sheet=sheet, cells=cells).exact.height == 1
    assert count_doubles(frame).exact.height == 1


def test_rows_of_one_work_and_month_are_near_copies_and_asked_once() -> None:
    frame = some_work(reached=[10.0, 12.0, 12.0], status=["a", "b", "c"])
    found = count_doubles(frame)
    assert found.exact.is_empty()
    assert found.near.rows() == [(4, 3, 3), (5, 3, 3)]
    assert codes(found.questions) == ["ask.near-copies"]
    assert doubles_with(frame, KEEP_ONE).left_out["because"].to_list() == ["near copy"] * 2


@pytest.mark.parametrize(
    "told_apart",
    [
        {"activity_type": ["Clinic", "Vaccines"]},
        {"period": ["2024-01", "2024-02"]},
        {"period": ..., "start": ["2024-01-05", "2024-02-05"]},
        {"adm2_code": ["XX0101", "XX0102"]},
        {"adm2_code": ["XX0101", None]},
        {"place_name": ["Camp A", "Camp B"]},
        {"latitude": [36.1, 36.2], "longitude": [37.1, 37.1]},
        {"item": ["Tents", "Blankets"]},
        {"population_group": ["displaced", "host"]},
        {"indicator": ["# of people", "# of kits"]},
    ],
)
def test_other_work_other_places_and_other_lines_are_no_copies(
    told_apart: dict[str, Any],
) -> None:
    assert not count_doubles(some_work(**told_apart)).questions


def test_a_spelling_of_an_activity_does_not_hide_what_is_the_same_but_for_white_space() -> None:
    frame = some_work(activity_type=["Clinic", " Clinic\u00a0"])
    assert count_doubles(frame).near.height == 1


def two_sides(**said: list[str | None]) -> pl.DataFrame:
    rows: dict[str, Any] = {
        "operation_type": ["Reporting", "Implementing", "Reporting"],
        "reporting_organisation": ["Lead", "Partner", "Lead"],
        "adm2_code": ["XX0101", "XX0101", "XX0102"],
    }
    return some_work(**(rows | said))


def test_the_two_sides_reports_are_one_activity_with_two_witnesses() -> None:
    found = count_doubles(two_sides())
    assert found.pairs.rows() == [(3, 4, "both sides report", True, True)]
    (question,) = found.questions
    assert question.code == "ask.two-sides"
    assert question.text.startswith("1 of 2 rows by who reports")
    assert doubles_with(two_sides(), ONE_ACTIVITY).left_out.rows() == [
        (3, 4, "two sides of one activity")
    ]
    assert not count_doubles(two_sides(), {question.id: "two_activities"}).left_out.height


def test_blank_activities_are_paired_and_counted_in_the_question() -> None:
    frame = two_sides(activity_type=[None, None, None])
    (question,) = count_doubles(frame).questions
    assert "1 of them with a blank activity on both sides" in question.text


def test_an_organisation_that_stands_on_both_sides_is_paired_with_itself_first() -> None:
    frame = some_work(
        operation_type=["Reporting", "Reporting", "Implementing", "Implementing"],
        reporting_organisation=["Ann", "Bob", "Bob", "Cor"],
    )
    found = count_doubles(frame)
    assert found.pairs.select("row", "twin", "is_certain").rows() == [
        (3, 6, False),
        (4, 5, False),
    ]
    near = next(q for q in found.questions if q.code == "ask.near-copies")
    assert "1 of them tell of it once as reporting and once as implementing" in near.text
    assert "pairs_unsure" in {note.word for note in found.notes}


def test_several_leads_may_have_one_witness() -> None:
    frame = some_work(
        operation_type=["Reporting", "Reporting", "Implementing"],
        reporting_organisation=["Ann", "Bob", "Cor"],
    )
    assert count_doubles(frame).pairs.select("row", "twin").rows() == [(3, 5), (4, 5)]


def test_a_named_partner_that_tells_of_the_same_work_is_its_witness() -> None:
    frame = some_work(
        reporting_organisation=["Lead", "Partner", "Partner", "Other"],
        lead_organisation=[None, "Lead", "Somebody else", None],
        implementing_partner=["Partner", None, "Partner", "Nobody known"],
    )
    found = count_doubles(frame)
    assert found.pairs.rows() == [(3, 4, "the partner is named", True, True)]
    assert "ask.two-sides" in codes(found.questions)


def test_rows_under_two_codes_of_one_sector_are_asked() -> None:
    frame = some_work(
        reporting_organisation=["Hope", "Star", "Hope", "Star", "Sun"],
        sector_code=["EDU_OP", "EDU_OP", "EiE_OP", "EiE_OP", "EDU_OP"],
        sector_word="education",
    )
    found = count_doubles(frame)
    assert found.sectors_twice.select("row", "twin", "code").rows() == [
        (5, 3, "EiE_OP"),
        (6, 4, "EiE_OP"),
    ]
    assert codes(found.questions) == ["ask.sector-under-two-codes"]
    assert doubles_with(frame, ONE_SECTOR).left_out["row"].to_list() == [5, 6]


def test_figures_that_never_fall_are_asked_to_be_running_totals() -> None:
    months = ["2024-01", "2024-02", "2024-03"]
    frame = some_work(
        reporting_organisation=["Hope"] * 6 + ["Star"] * 6,
        activity_type=["a"] * 3 + ["b"] * 3 + ["a"] * 3 + ["b"] * 3,
        period=months * 4,
        reached=[10.0, 20.0, 20.0, 5.0, 6.0, 7.0, 10.0, 3.0, 8.0, 9.0, 4.0, 7.0],
    )
    (question,) = count_doubles(frame).questions
    assert question.code == "ask.running-total"
    assert question.rows == tuple(range(3, 9))
    assert question.text.startswith("Hope: in 2 of 2 activities")
    assert doubles_with(frame, RUNNING_TOTAL).running_organisations == ("hope",)


def test_one_figure_in_two_sectors_is_likely_the_same_people() -> None:
    frame = some_work(
        sector_word=["health", "wash", "wash"],
        activity_type=["a", "b", "c"],
        reached=[100.0, 100.0, 40.0],
    )
    found = count_doubles(frame)
    assert found.same_people.select("row", "same_as").rows() == [(3, 3), (4, 3)]
    assert found.faults.select("row", "code").rows() == [(4, "count.same-people")]


def test_notes_say_what_nobody_needs_to_answer() -> None:
    frame = some_work(
        activity_type=[None, "Clinic"], reached=[5.0, 6.0], period=["2024-01", "2024-02"]
    )
    assert [(note.word, note.n_rows) for note in count_doubles(frame).notes] == [
        ("activity_blank", 1),
        ("total_over_periods", 2),
    ]


def test_rows_of_several_sheets_get_numbers_of_their_own() -> None:
    frame = pl.concat([some_work(), some_work()])
    assert count_doubles(frame).exact.rows() == [(2, 1, 2)]
    assert count_doubles(frame.drop("row")).exact.rows() == [(2, 1, 2)]


def test_a_frame_that_says_nearly_nothing_raises_no_question_but_of_copies() -> None:
    assert codes(count_doubles(a_frame(status=["a", "b"])).questions) == ["ask.near-copies"]
    assert not count_doubles(a_frame(status=[])).questions


def test_reports_of_one_activity_of_the_register_count_once_without_a_question() -> None:
    frame = some_work(
        activity=["activity/a", "activity/a", None],
        organisation=["organisation/x", "organisation/y", "organisation/z"],
        reporting_organisation=...,
    )
    found = count_doubles(frame)
    assert found.left_out.rows() == [(4, 3, "reports of one activity")]
    assert not found.questions


def test_each_of_several_partners_may_be_the_witness() -> None:
    frame = some_work(
        reporting_organisation_id=["organisation/lead", "organisation/b", "organisation/c"],
        implementing_partner_id=["organisation/b organisation/x", None, None],
        implementing_partner=["B; X", None, None],
        implementing_partner_2=["c", None, None],
        implementing_partner_2_id=["organisation/c", None, None],
    )
    assert count_doubles(frame).pairs.select("row", "twin", "is_certain").rows() == [(3, 4, False)]
