"""Who works where, by sector."""

import csv
import io
from html.parser import HTMLParser

import openpyxl
import polars as pl
import pytest

from takatuf.activities.counting.matrix import matrix_of
from takatuf.formats.writers.products.matrix import (
    matrix_cells,
    write_matrix_csv,
    write_matrix_html,
    write_matrix_xlsx,
)
from takatuf.vocabulary.errors import InputError
from tests.builders_products import some_products

FRAME = pl.DataFrame(
    {
        "place": ["SY0200", "SY0200", "SY0201", "SY0201", None, None],
        "place_label": ["Jebel Saman", "Jebel Saman", "=الباب", "=الباب", None, None],
        "sector_word": ["health", "wash", "health", "wash", "health", "wash"],
        "n_organisations": [1, 3, 0, 2, 0, 1],
        "n_activities": [1, 5, 0, 2, 0, 1],
        "reached_lowest": [None, 100.0, None, 2.5, None, None],
        "reached_highest": [None, 250.0, None, 2.5, None, None],
        "n_overlaps": [0, 1, 0, 0, 0, 0],
        "state": ["one", "overlap", "gap", "several", None, "one"],
        "in_need": [None, None, 1200.0, None, None, None],
    }
)


def test_a_pair_that_is_not_in_the_frame_is_a_gap() -> None:
    matrix = matrix_cells(FRAME.slice(0, 3))

    assert matrix.cells["SY0201", "wash"].state == "gap"
    assert matrix.cells["SY0201", "wash"].n_organisations == 0
    assert matrix.cells["SY0200", "wash"].state == "overlap"


def test_the_csv_has_a_line_for_each_pair() -> None:
    text = write_matrix_csv(FRAME).decode("utf-8-sig")
    header, tags, *lines = csv.reader(io.StringIO(text))

    assert header[:2] == ["Place", "Code of the place"]
    assert tags[:2] == ["#loc+name", "#loc+code"]
    assert len(lines) == 6
    wash = "Water, sanitation and hygiene"
    assert ["Jebel Saman", "SY0200", wash, "3", "5", "1", "100", "250", "", "overlap"] in lines
    assert ["'=الباب", "SY0201", "Health", "0", "0", "0", "", "", "1200", "gap"] in lines
    assert lines[-1][0] == "A larger area, no single place"


def test_the_workbook_says_gaps_in_words_and_overlaps_beside_the_number() -> None:
    content = write_matrix_xlsx(FRAME, some_products(), "ar")
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet, listed, notes = book.worksheets

    assert sheet.sheet_view.rightToLeft
    rows = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True)}
    assert rows["Jebel Saman (SY0200)"] == (1, 3)
    assert rows["=الباب (SY0201)"] == ("لم يُبلغ أحد; المحتاجون: 1,200", 2)
    assert "تداخل" in sheet["C2"].number_format
    assert listed.max_row == 8
    assert any("Red Lamp" in str(row) for row in notes.iter_rows(values_only=True))
    assert content == write_matrix_xlsx(FRAME, some_products(), "ar")


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_page_needs_no_script_and_no_network_and_escapes_what_was_entered() -> None:
    frame = FRAME.with_columns(place_label=pl.lit("<b>x</b>"))
    text = write_matrix_html(frame, some_products(not_included=()), "ar").decode()
    page = _Tags()
    page.feed(text)

    assert page.found[0] == ("html", {"lang": "ar", "dir": "rtl"})
    assert not {"script", "link", "img", "b"} & {tag for tag, _ in page.found}
    assert "http" not in text
    assert "&lt;b&gt;" in text
    plain = write_matrix_html(FRAME, some_products()).decode()
    assert 'dir="ltr"' in plain
    assert "3 (overlap)" in plain


def test_a_sector_that_is_none_of_ours_stays_as_entered_and_none_is_said() -> None:
    frame = FRAME.head(2).with_columns(
        sector_word=pl.Series(["rubble", None]), place=pl.col("place_label")
    )
    text = write_matrix_csv(frame).decode()
    assert "rubble" in text
    assert "No sector stated" in text
    assert '<th scope="row" dir="auto">Jebel Saman</th>' in (
        write_matrix_html(frame, some_products()).decode()
    )


def test_a_frame_that_is_no_matrix_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        write_matrix_csv(FRAME.drop("state").with_columns(contact=pl.lit("somebody")))
    assert [problem.found for problem in refused.value.problems] == ["state", "contact"]


def test_the_matrix_that_the_counting_makes_is_taken_as_it_is() -> None:
    products = some_products({"row": 1}, {"row": 2, "sector_word": "health"})
    matrix = matrix_of(products.frame.cast({"row": pl.UInt32}))

    assert b"Aleppo" in write_matrix_csv(matrix)
    assert write_matrix_xlsx(matrix, products)
