"""Real who-does-what-where files are read without help.

They are not in this repository: the folder is taken from `TAKATUF_4W_DATA`, or it is
`shared/data/4w` beside the checkout; without it these tests are skipped.
"""

import os
from pathlib import Path

import pytest

from takatuf.formats.readers.workbooks import Book, read_book

BESIDE = Path(__file__).parents[5] / "shared" / "data" / "4w"
FOLDER = Path(os.environ.get("TAKATUF_4W_DATA", BESIDE))

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="needs the real 4W files")


def book(name: str) -> Book:
    return read_book((FOLDER / name).read_bytes(), name)


@pytest.mark.parametrize(
    ("name", "n_rows", "n_columns", "rows"),
    [
        ("01-afg-3w-2024q1.csv", 10_902, 11, (1, 2)),
        ("03-nga-3w-2023q4.xlsx", 9_366, 15, (1, 2)),
        ("11-ukr-3w-summary-2022.csv", 25, 5, (1, None)),
    ],
)
def test_header_tags_and_data_are_found(
    name: str, n_rows: int, n_columns: int, rows: tuple[int, int | None]
) -> None:
    (table,) = book(name).tables
    assert table.cells.shape == (n_rows, n_columns)
    assert (table.header_row, table.tag_row) == rows
    assert table.total_rows == ()
    assert table.footnotes == ()


def test_hidden_sheets_and_the_pivot_of_mali_are_skipped_and_its_errors_kept() -> None:
    mali = book("02-mli-5w-2023-12.xlsx")
    (table,) = mali.tables
    assert (table.sheet, table.cells.shape) == ("ML_5W", (24_088, 40))
    (letter,) = [column.letter for column in table.columns if column.tag == "#adm3+code"]
    assert (table.cells[letter] == "#N/A").sum() == 6_848
    assert table.cells[letter].null_count() == 3
    codes = [problem.code for problem in mali.skipped]
    assert codes.count("workbook.hidden-sheet") == 6
    assert set(codes) == {"workbook.hidden-sheet", "workbook.pivot"}


def test_the_syrian_template_is_read_with_its_sample_and_its_lists_are_named() -> None:
    syria = book("syr-wos-4w-template-2022-11.xlsx")
    (table,) = syria.tables
    assert (table.sheet, len(table.columns)) == ("Humanitarian Activities", 37)
    assert (table.tag_row, table.header_row, int(table.rows[0])) == (1, 2, 3)
    skipped = " ".join(problem.where for problem in syria.skipped)
    for sheet in ("admin1", "admin3", "lists", "Communities_Table", "Summary WoS 4W"):
        assert f"sheet {sheet}" in skipped
