"""The 4W as a workbook."""

import io
import zipfile
from datetime import datetime

import openpyxl
import polars as pl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from takatuf.activities.places import Gazetteer
from takatuf.formats.writers.products.content import Products
from takatuf.formats.writers.products.row_ids import split_row_id
from takatuf.formats.writers.products.workbook import activity_book
from takatuf.formats.writers.products.workbook.activity_book import (
    FORM_COLUMNS,
    write_4w_xlsx,
    write_form_xlsx,
)
from takatuf.formats.writers.products.workbook.opened import CUT, MAX_CELL_CHARACTERS
from takatuf.vocabulary.errors import InputError
from tests.builders_products import a_frame, a_small_gazetteer, products_of, some_products


def opened(products: Products, language: str = "en", n_empty_lines: int = 0) -> openpyxl.Workbook:
    content = write_4w_xlsx(products, language, n_empty_lines)
    return openpyxl.load_workbook(io.BytesIO(content))


def rows_of(sheet: Worksheet) -> list[dict[str, object]]:
    _, tags, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, tags), row, strict=True)) for row in rows]


def test_a_row_stands_below_its_header_and_its_tag() -> None:
    sheet = opened(some_products())["4W"]

    assert sheet["B1"].value == "Reporting organisation"
    (row,) = rows_of(sheet)
    assert row["#org+name+reporting"] == "Blue Well"
    assert row["#reached+ind"] == 1200
    assert row["#date+start"] == datetime(2024, 3, 1)  # noqa: DTZ001 - as a workbook has days
    assert row["#date+reported"] == "2024-03"
    assert sheet.freeze_panes == "A3"
    assert str(sheet.auto_filter.ref).startswith("A2:")


def test_the_hidden_id_of_a_row_names_its_activity_and_its_reports() -> None:
    reports = f"{'ab' * 32} {'cd' * 32}"
    sheet = opened(some_products({"report": reports}))["4W"]

    assert sheet.column_dimensions["A"].hidden
    assert split_row_id(sheet["A3"].value) == ("activity/wells-2024-03", tuple(reports.split()))
    with pytest.raises(ValueError, match="no id"):
        split_row_id("17")
    with pytest.raises(ValueError, match="no id"):
        split_row_id("")


def test_rows_that_no_register_keeps_have_no_id() -> None:
    sheet = opened(products_of(a_frame().drop("activity")))["4W"]
    assert "#meta+id" not in rows_of(sheet)[0]

    sheet = opened(products_of(a_frame().drop("report")))["4W"]
    assert rows_of(sheet)[0]["#meta+id"] == "activity/wells-2024-03"


def test_a_text_that_looks_like_a_formula_stays_the_text_it_is() -> None:
    sheet = opened(some_products({"activity_type": '=HYPERLINK("http://x","y")'}))["4W"]
    cell = next(cell for cell in sheet[3] if str(cell.value).startswith("=HYPER"))

    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_a_month_a_withheld_value_and_a_blank_are_four_things_with_zero() -> None:
    products = some_products(
        {"reached": "withheld (fewer than 10)", "targeted": 0.0, "start": "2024-03", "end": None},
        {"reached": "7.5"},
    )
    row, other = rows_of(opened(products)["4W"])

    assert row["#reached+ind"] == "withheld"
    assert row["#meta+withheld"] == "reached: fewer than 10"
    assert row["#targeted+ind"] == 0
    assert row["#date+start"] == "2024-03"
    assert row["#date+end"] is None
    assert other["#reached+ind"] == 7.5


def test_a_text_about_withholding_and_a_day_that_never_was_stay_as_they_are() -> None:
    said = {"activity_description": "withheld goods released", "start": "2024-02-31"}
    (row,) = rows_of(opened(some_products(said))["4W"])

    assert row["#activity+description"] == "withheld goods released"
    assert row["#date+start"] == "2024-02-31"


def test_a_code_is_that_of_the_gazetteer_where_it_was_matched() -> None:
    products = some_products(
        {"adm1_code": "sy-2", "adm1_pcode": "SY02"}, {"adm1_code": "XX", "adm1_pcode": None}
    )
    assert [row["#adm1+code"] for row in rows_of(opened(products)["4W"])] == ["SY02", "XX"]


def test_a_level_that_no_row_has_gets_no_column() -> None:
    (row,) = rows_of(opened(some_products({"adm3_pcode": None}))["4W"])
    assert "#adm3+code" not in row


def test_the_arabic_workbook_runs_from_right_to_left_with_arabic_headers() -> None:
    book = opened(some_products(), "ar")

    assert book["4W"].sheet_view.rightToLeft
    assert "المنظمة" in str(book["4W"]["B1"].value)


def test_the_notes_say_who_is_missing_and_what_each_column_means() -> None:
    notes = opened(some_products())["How counted - not included"]
    texts = [str(cell) for row in notes.iter_rows(values_only=True) for cell in row if cell]

    assert "Red Lamp has not reported March." in texts
    assert "CC BY 4.0" in texts
    assert any("Blank: nothing was reported" in text for text in texts)
    silent = opened(some_products(not_included=()))["How counted - not included"]
    assert any("no proof" in str(cell.value) for cell in silent["B"])


def test_each_header_has_a_comment_that_explains_it() -> None:
    sheet = opened(some_products())["4W"]

    assert all(cell.comment and cell.comment.text for cell in sheet[1])
    assert {cell.comment.author for cell in sheet[1] if cell.comment} <= {
        "",
        "None",
    }  # as openpyxl reads none


def test_no_person_stands_in_the_properties_and_the_bytes_are_the_same_each_time() -> None:
    content = write_4w_xlsx(some_products(gazetteer=a_small_gazetteer()))

    assert content == write_4w_xlsx(some_products(gazetteer=a_small_gazetteer()))
    properties = openpyxl.load_workbook(io.BytesIO(content)).properties
    assert not properties.creator
    assert not properties.lastModifiedBy
    assert properties.created == datetime(2024, 3, 31)  # noqa: DTZ001 - likewise


def validations(sheet: Worksheet) -> dict[str, str]:
    header = {cell.coordinate.rstrip("2"): str(cell.value) for cell in sheet[2]}
    return {
        header[str(rule.sqref).partition(":")[0].rstrip("0123456789")]: rule.formula1
        for rule in sheet.data_validations.dataValidation
    }


def test_places_are_offered_below_the_place_of_the_level_above() -> None:
    frame = a_frame({"adm2_name": "Al Bab", "adm2_code": "SY0201"})
    book = opened(products_of(frame, gazetteer=a_small_gazetteer()), n_empty_lines=5)
    offered = validations(book["4W"])

    assert book["lists"].sheet_state == "hidden"
    assert offered["#adm1+name"].startswith("lists!$")
    assert "MATCH" in offered["#adm2+name"]
    assert "OFFSET" in offered["#adm2+code"]
    rules = book["4W"].data_validations.dataValidation
    assert {rule.errorStyle for rule in rules} == {"warning"}
    assert all(str(rule.sqref).endswith("8") for rule in rules)  # five empty lines below row 3


def test_places_stand_in_one_list_where_the_level_above_has_no_column() -> None:
    frame = a_frame({"adm2_name": "Al Bab"}).drop("adm1_name", "adm1_code", "adm1_pcode")
    offered = validations(opened(products_of(frame, gazetteer=a_small_gazetteer()))["4W"])
    assert "MATCH" not in offered["#adm2+name"]


def test_areas_that_no_longer_hold_and_empty_levels_are_not_offered() -> None:
    gazetteer = a_small_gazetteer()
    gone = Gazetteer(gazetteer.places.with_columns(valid_to=pl.lit("2020-01-01")), gazetteer.names)
    book = opened(some_products({"adm3_name": "x"}, gazetteer=gone))
    assert "#adm1+name" not in validations(book["4W"])
    book = opened(some_products({"adm3_name": "x"}, gazetteer=gazetteer))
    assert "#adm3+name" not in validations(book["4W"])


def test_a_place_without_any_name_is_offered_by_its_code_alone() -> None:
    gazetteer = a_small_gazetteer()
    bare = Gazetteer(gazetteer.places, gazetteer.names.clear())
    offered = validations(opened(some_products(gazetteer=bare))["4W"])
    assert "#adm1+code" in offered
    assert "#adm1+name" not in offered


def test_status_sectors_and_organisations_are_offered_and_withheld_ones_not() -> None:
    products = some_products(
        {"status": "halted", "implementing_partner": "Green Tap"},
        {"implementing_partner": "=1+1"},
        {"implementing_partner": "withheld"},
        lists={"reporting_organisation": ("Red Lamp",)},
    )
    sheet = opened(products)["lists"]
    columns = [[cell for cell in column if cell] for column in sheet.iter_cols(values_only=True)]

    assert ["planned", "ongoing", "completed", "suspended", "cancelled", "halted"] in columns
    assert columns.count(["Blue Well", "Green Tap", "Red Lamp"]) == 2


def test_a_form_has_every_column_of_a_4w_row_and_empty_lines_with_the_lists() -> None:
    content = write_form_xlsx(some_products(), n_empty_lines=3)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["4W"]

    assert len(rows_of(sheet)[0]) >= len(FORM_COLUMNS)
    assert str(sheet.auto_filter.ref).endswith("6")


def test_a_workbook_without_rows_has_its_columns_and_its_notes() -> None:
    book = opened(products_of(a_frame().clear()))
    assert book.sheetnames == ["4W", "How counted - not included"]
    assert opened(products_of(a_frame().select("received_at"))).sheetnames == book.sheetnames


def test_repeated_columns_keep_their_tag_and_are_numbered() -> None:
    sheet = opened(some_products({"implementing_partner": "A", "implementing_partner_2": "B"}))[
        "4W"
    ]
    tags = [cell.value for cell in sheet[2]]

    assert tags.count("#org+impl+name") == 2
    assert str(sheet.cell(1, tags.index("#org+impl+name") + 2).value).endswith(" 2")


def test_a_cell_that_is_too_long_is_cut_visibly() -> None:
    (row,) = rows_of(opened(some_products({"activity_type": "x" * 40_000}))["4W"])
    text = str(row["#activity+type"])
    assert len(text) == MAX_CELL_CHARACTERS
    assert text.endswith(CUT)


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activity_book, "MAX_ROWS", 3)
    with pytest.raises(InputError, match="too-many-rows"):
        write_4w_xlsx(some_products({}, {}))


def test_a_figure_that_is_no_number_is_blank() -> None:
    (row,) = rows_of(opened(some_products({"reached": float("nan")}))["4W"])
    assert row["#reached+ind"] is None


def test_nothing_in_the_archive_is_dated_by_the_clock() -> None:
    with zipfile.ZipFile(io.BytesIO(write_4w_xlsx(some_products()))) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
