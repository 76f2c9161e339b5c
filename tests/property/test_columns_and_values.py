"""What holds for any table: order counts nowhere, nothing is lost, and no cell stops the rest."""

from datetime import date, timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from takatuf.activities.columns.keys import key_of
from takatuf.activities.columns.matching import match_columns
from takatuf.activities.columns.meanings import meanings
from takatuf.activities.columns.tags import words_of_tag
from takatuf.activities.values.cleaning import clean
from takatuf.activities.values.reading import read_values
from tests.builders_sheets import a_sheet, headed, values_of

TEXTS = st.one_of(st.none(), st.text(max_size=12).filter(lambda text: text != ""))
HEADERS = ["People reached", "Start date", "Sector", "Month", "Governorate", "Cash value (USD)"]


@given(st.permutations(HEADERS))
def test_what_a_column_means_does_not_depend_on_where_it_stands(headers: list[str]) -> None:
    found = match_columns(headed(*headers)).columns

    expected = {
        column.column.header: column.word for column in match_columns(headed(*HEADERS)).columns
    }
    assert {column.column.header: column.word for column in found} == expected


@given(st.sampled_from(list(meanings().values())), st.data())
def test_a_tag_says_the_same_with_spaces_and_in_capitals(
    meaning: object, data: st.DataObject
) -> None:
    tag = meanings()[getattr(meaning, "word", "sector")].hxl
    spaced = "".join(
        f"{data.draw(st.sampled_from(['', ' ']))}{data.draw(st.sampled_from([c, c.upper()]))}"
        for c in tag
    )

    assert words_of_tag(spaced) == words_of_tag(tag)


@given(st.lists(st.tuples(*[TEXTS] * len(HEADERS)), min_size=1, max_size=6))
def test_any_cells_are_read_and_none_is_lost(rows: list[tuple[str | None, ...]]) -> None:
    table = a_sheet({header: [row[at] for row in rows] for at, header in enumerate(HEADERS)})
    matched = match_columns(table)

    read = read_values(table, matched)

    assert read.frame.height == read.entered.height == len(rows)
    for name, letter in matched.letters.items():
        assert read.entered[name].to_list() == table.cells[letter].to_list()
    assert set(read.faults["row"]) <= set(table.rows)
    assert read.faults.null_count().sum_horizontal().item() == 0


@given(st.lists(st.tuples(*[TEXTS] * 3), min_size=2, max_size=6))
def test_the_order_of_rows_changes_no_value(rows: list[tuple[str | None, ...]]) -> None:
    def read(some: list[tuple[str | None, ...]]) -> pl.DataFrame:
        columns = dict(zip(HEADERS[:3], map(list, zip(*some, strict=True)), strict=True))
        return values_of({**columns, "Year": ["2024"] * len(some)}).frame.drop("row")

    forward, backward = read(rows), read(rows[::-1])
    if forward.columns == backward.columns:
        assert forward.rows() == backward.rows()[::-1]


@given(st.dates(date(1995, 1, 1), date(2045, 1, 1)), st.integers(0, 300))
def test_a_day_is_read_the_same_in_every_unambiguous_form(first: date, n_days: int) -> None:
    on = first + timedelta(days=n_days)
    forms = [
        on.isoformat(),
        f"{on.day} {on:%B} {on.year}",
        f"{on:%Y%m%d}",
        f"{on.year}/{on.month}/{on.day}",
    ]

    read = values_of({"Start date": forms, "Year": ["2024"] * len(forms)})

    assert read.frame["start"].to_list() == [on.isoformat()] * len(forms)


@given(st.integers(0, 10**9))
def test_a_count_is_read_the_same_however_its_thousands_are_parted(number: int) -> None:
    forms = [
        str(number),
        f"{number:,}",
        f"{number:,}".replace(",", " "),
        f"{number:,}".replace(",", "'"),
    ]

    read = values_of({"People reached": forms, "Year": ["2024"] * len(forms)})

    assert read.frame["reached"].to_list() == [number] * len(forms)


@given(st.text(max_size=30))
def test_cleaning_and_keys_are_settled_after_one_pass(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert key_of(key_of(text)) == key_of(text) or "ال" in text
