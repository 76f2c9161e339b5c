"""What columns and values of published files are understood as, with the counts found in them.

The files are others' work and not part of the project. They are looked for in
`TAKATUF_4W_DATA`, or in `shared/data/4w` beside the checkout.
"""

import os
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from takatuf.activities.columns.matched import How, Matched
from takatuf.activities.columns.matching import match_columns
from takatuf.activities.tables import SheetTable
from takatuf.activities.values.reading import Circumstances, ReadValues, read_values
from takatuf.formats.readers.workbooks import read_book
from tests.builders_sheets import the_question

BESIDE = Path(__file__).parents[3] / "shared" / "data" / "4w"
DATA = Path(os.environ.get("TAKATUF_4W_DATA", BESIDE))


@cache
def understood(name: str) -> tuple[SheetTable, Matched, ReadValues]:
    path = DATA / name
    if not path.is_file():
        pytest.skip(f"{name} is not here: it is others' work and not in the project")
    table = read_book(path.read_bytes(), name).tables[0]
    matched = match_columns(table)
    return table, matched, read_values(table, matched, {}, Circumstances(file_name=name))


def counts(read: ReadValues) -> dict[tuple[str, str], int]:
    found = read.faults.group_by("column", "code").len()
    return {(column, code): n for column, code, n in found.iter_rows()}


def test_afghanistan_by_tags_with_spaces_and_its_untrimmed_names() -> None:
    _, matched, read = understood("01-afg-3w-2024q1.csv")

    assert {found.how for found in matched.columns if found.word} == {How.HASHTAG}
    assert [column.header for column in matched.not_understood] == ["Question"]
    assert counts(read)["G", "cell.untrimmed"] == 328
    assert the_question(read.questions, "ask.period").options[0].word == "2024-Q1"


def test_mali_is_a_3w_in_the_form_of_a_5w_with_error_cells() -> None:
    _, matched, read = understood("02-mli-5w-2023-12.xlsx")

    assert matched.questions == ()
    assert len(matched.letters) == 40
    assert matched.letters["donor"] == "E"
    (empty,) = [problem for problem in matched.problems if problem.code == "column.empty"]
    assert empty.found.startswith("30 of 40 columns")
    assert counts(read)["J", "cell.error-value"] == 6848
    assert read.entered["adm3_code"].eq("#N/A").sum() == 6848


def test_nigeria_has_its_period_in_two_columns() -> None:
    _, matched, read = understood("03-nga-3w-2023q4.xlsx")

    assert matched.questions == ()
    assert len(matched.letters) == 15
    assert set(read.frame["period"].unique()) == {"2023-10", "2023-11", "2023-12"}
    assert counts(read)["F", "cell.missing"] == 1049
    assert counts(read)["N", "cell.untrimmed"] > 0
    assert set(read.frame["status"].drop_nulls()) == {
        text.strip() for text in read.entered["status"].drop_nulls()
    }


def test_ukraine_names_one_cluster_twice_in_every_row() -> None:
    _, matched, read = understood("11-ukr-3w-summary-2022.csv")

    assert list(matched.letters) == [
        "adm1_name", "adm1_code", "count_of_organisations", "reached", "sector",
    ]  # fmt: skip
    assert counts(read) == {("E", "cell.repeated-in-list"): 25}
    assert read.frame.schema["reached"] == pl.Float64


def test_every_column_of_the_syrian_template_is_understood() -> None:
    table, matched, _ = understood("syr-wos-4w-template-2022-11.xlsx")

    assert len(table.columns) == 37
    assert matched.questions == ()
    assert len(matched.letters) == 37
