"""The rows as HXL."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takatuf.formats.writers.products.content import Products
from takatuf.formats.writers.products.hxl import write_hxl_csv, write_hxl_json
from tests.builders_products import a_frame, products_of, some_products


def rows_of(products: Products) -> list[dict[str, str]]:
    _, tags, *rows = csv.reader(io.StringIO(write_hxl_csv(products).decode("utf-8-sig")))
    return [dict(zip(tags, row, strict=True)) for row in rows]


def test_a_row_stands_below_its_tags_in_utf_8() -> None:
    content = write_hxl_csv(some_products({"place_name": "حلب القديمة"}))

    assert content.startswith(b"\xef\xbb\xbf")
    assert not write_hxl_csv(some_products(), with_mark=False).startswith(b"\xef\xbb\xbf")
    (row,) = rows_of(some_products({"place_name": "حلب القديمة"}))
    assert row["#loc+name"] == "حلب القديمة"
    assert row["#reached+ind"] == "1200"
    assert row["#meta+attested"] == "Blue Well; Green Tap"
    assert "#meta+withheld" not in row


def test_a_withheld_amount_is_blank_and_named() -> None:
    row, other = rows_of(
        some_products(
            {"reached": "withheld (fewer than 10)", "targeted": "withheld", "end": None},
            {"reached": "12", "targeted": "13"},
        )
    )
    assert (row["#reached+ind"], row["#meta+withheld"]) == ("", "targeted; reached: fewer than 10")
    assert (other["#reached+ind"], other["#meta+withheld"]) == ("12", "")


def test_where_it_is_not_said_which_cells_are_withheld_their_number_is() -> None:
    row, other, third = rows_of(
        some_products({"n_withheld": 2}, {"n_withheld": 0}, {"n_withheld": 1, "status": "withheld"})
    )
    assert row["#meta+withheld"] == "2"
    assert other["#meta+withheld"] == ""
    assert third["#meta+withheld"] == "status"
    assert "#meta+withheld" not in rows_of(some_products({"n_withheld": 0}))[0]


def test_a_quarter_is_written_as_hxl_reads_it() -> None:
    assert rows_of(some_products({"period": "2024-Q1"}))[0]["#date+reported"] == "2024Q1"
    assert rows_of(some_products({"period": "2024-W09"}))[0]["#date+reported"] == "2024W09"


def test_amounts_are_plain_and_formulas_harmless() -> None:
    row, other = rows_of(
        some_products(
            {"reached": 2.5, "activity_type": "=1+1", "targeted": 1e20}, {"reached": 3_000_000.0}
        )
    )
    assert row["#reached+ind"] == "2.5"
    assert row["#activity+type"] == "'=1+1"
    assert float(row["#targeted+ind"]) == 1e20
    assert other["#reached+ind"] == "3000000"


def test_the_month_and_the_year_are_not_repeated_beside_the_period() -> None:
    (row,) = rows_of(some_products({"period_month": "March", "period_year": "2024"}))
    assert not {"#date+month", "#date+year"} & set(row)
    frame = a_frame({"period_year": "2024"}).drop("period")
    (row,) = rows_of(products_of(frame))
    assert row["#date+year"] == "2024"


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "activity_type": st.sampled_from(["Wells", "آبار", "=1", 'a"b', "a,b", "a\nb"]),
                "period": st.sampled_from(["2024-03", "2024-Q1", "2024", "withheld", None]),
                "start": st.sampled_from(["2024-03-01", "2024-03", "withheld: why", None]),
                "reached": st.sampled_from(["0", "12.5", "withheld (few)", None]),
            }
        ),
        min_size=1,
        max_size=5,
    )
)
def test_the_default_schema_of_libhxl_finds_no_error(rows: list[dict[str, Any]]) -> None:
    hxl = pytest.importorskip("hxl", reason="libhxl is not installed")
    content = write_hxl_csv(some_products(*rows))
    source = hxl.data(list(csv.reader(io.StringIO(content.decode("utf-8-sig")))))

    report = hxl.validation.validate(source)

    assert report["stats"]["error"] == 0


def test_the_json_says_what_stands_around_the_rows() -> None:
    document = json.loads(write_hxl_json(some_products({"end": None, "reached": "withheld"})))

    assert document["about"]["not_included"] == ["Red Lamp has not reported March."]
    assert document["about"]["as_of"] == "2024-03-31"
    named = {column["word"]: column for column in document["columns"]}
    assert named["start"]["header"] == "Start"
    (row,) = document["data"]
    assert row["#date+end"] is None
    assert row["#reached+ind"] is None
    assert row["#meta+withheld"] == "reached"


def test_in_json_repeated_columns_have_a_key_each() -> None:
    partners = {"implementing_partner": "A", "implementing_partner_2": "B"}
    (row,) = json.loads(write_hxl_json(some_products(partners)))["data"]
    assert (row["#org+impl+name"], row["#org+impl+name+n2"]) == ("A", "B")
