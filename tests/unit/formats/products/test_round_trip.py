"""What we write we read again: the same rows, and nothing to ask."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from takatuf.activities.columns.matching import match_columns
from takatuf.activities.columns.meanings import meanings
from takatuf.activities.due import prefilled_of
from takatuf.activities.questions import Question
from takatuf.activities.values.reading import read_values
from takatuf.formats.readers.workbooks import read_book
from takatuf.formats.writers.products import (
    Products,
    split_row_id,
    write_4w_xlsx,
    write_form_xlsx,
    write_hxl_csv,
    write_hxl_json,
)
from takatuf.formats.writers.products.neutralising import restored
from takatuf.formats.writers.products.shown import shown_frame
from tests.builders_products import a_small_gazetteer, some_products

WRITERS: list[tuple[str, Callable[[Products], bytes]]] = [
    ("en.xlsx", write_4w_xlsx),
    ("ar.xlsx", lambda products: write_4w_xlsx(products, "ar", 20)),
    ("form.xlsx", write_form_xlsx),
    ("4w.csv", write_hxl_csv),
    ("4w.json", write_hxl_json),
    ("4w-ar.csv", lambda products: write_hxl_csv(products, "ar", with_mark=False)),
]
ROWS: list[dict[str, Any]] = [
    {"implementing_partner": "Green Tap", "implementing_partner_2": "جمعية الحي"},
    {"activity": "activity/b", "reporting_organisation": "منظمة المصباح", "adm1_name": "حلب"},
    {"activity": "activity/c", "start": "2024-03", "end": None, "period": "2024-Q1"},
    {"activity": "activity/d", "reached": 0.0, "targeted": None, "status": None},
    {"activity": None, "report": None, "activity_type": "@home", "sector": "Health"},
]


def read_again(content: bytes, name: str) -> tuple[list[Question], pl.DataFrame]:
    book = read_book(content, name)
    (table,) = book.tables
    matched = match_columns(table)
    values = read_values(table, matched)
    return [*book.questions, *matched.questions, *values.questions], values.frame


def entered(products: Products, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows as they were written, without what the register adds."""
    shown = shown_frame(products)
    return shown.select(word for word in shown.columns if word in frame.columns)


def without_marks(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(restored(pl.col(pl.String)))


@pytest.mark.parametrize(("name", "write"), WRITERS, ids=[name for name, _ in WRITERS])
def test_a_product_is_read_again_as_it_was_without_a_question(
    name: str, write: Callable[[Products], bytes]
) -> None:
    products = some_products(*ROWS, gazetteer=a_small_gazetteer())
    questions, frame = read_again(write(products), name)

    assert questions == []
    missing = {word for word in shown_frame(products).columns if word in meanings()}
    assert missing <= set(frame.columns)
    wrote = entered(products, frame)
    read = without_marks(frame) if name.endswith("csv") else frame
    assert_frame_equal(read.select(wrote.columns), wrote)


def test_a_row_that_comes_back_names_its_activity() -> None:
    products = some_products(*ROWS)
    _, frame = read_again(write_4w_xlsx(products), "a.xlsx")

    known = [split_row_id(text)[0] for text in frame["row_id"].drop_nulls()]
    assert known == ["activity/wells-2024-03", "activity/b", "activity/c", "activity/d"]


def test_the_form_of_a_partner_asks_for_the_new_month_and_knows_its_rows() -> None:
    products = some_products(*ROWS)
    last = prefilled_of(products.frame, "organisation/blue-well", "2024-04")
    questions, frame = read_again(write_form_xlsx(replace(products, frame=last)), "form.xlsx")

    assert questions == []
    assert set(frame["period"]) == {"2024-04"}
    assert frame["reached"].null_count() == len(frame)
    assert [split_row_id(text) for text in frame["row_id"].drop_nulls()] == [
        (activity, ()) for activity in last["row_id"].drop_nulls()
    ]


def test_a_withheld_figure_comes_back_as_no_figure_and_not_as_zero() -> None:
    products = some_products({"reached": "withheld (few)"}, {"reached": "30"})
    for name, write in WRITERS:
        questions, frame = read_again(write(products), name)
        assert questions == []
        assert frame["reached"].to_list() == [None, 30]


TEXTS = st.sampled_from(["Wells", "آبار", "=1+1", "'=1", "''quoted", "O'Neill", "a;b,c", 'say "x"'])
AMOUNTS = st.none() | st.sampled_from([0.0, 1.0, 12.0, 1300.0, 1_000_000.0])


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(TEXTS, AMOUNTS), min_size=1, max_size=4), st.sampled_from(WRITERS))
def test_any_text_and_any_figure_come_back(
    rows: list[tuple[str, float | None]], written: tuple[str, Callable[[Products], bytes]]
) -> None:
    name, write = written
    products = some_products(
        *({"activity_description": text, "reached": amount} for text, amount in rows)
    )
    _, frame = read_again(write(products), name)

    texts = (without_marks(frame) if name.endswith("csv") else frame)["activity_description"]
    assert texts.to_list() == [text for text, _ in rows]
    assert frame["reached"].to_list() == [amount for _, amount in rows]
