"""The places of files that real partners sent; they are others' work and not in the project.

They are looked for in `TAKATUF_4W_DATA`, or in `shared/data/4w` beside the checkout.
"""

import os
from collections import Counter
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from takatuf.activities.columns.matching import match_columns
from takatuf.activities.places import PlaceMatch, match_places, offer_gazetteer
from takatuf.activities.values.reading import read_values
from takatuf.formats.readers.workbooks import read_book

BESIDE = Path(__file__).parents[5] / "shared" / "data" / "4w"
DATA = Path(os.environ.get("TAKATUF_4W_DATA", BESIDE))
MALI = "02-mli-5w-2023-12.xlsx"
NIGERIA = "03-nga-3w-2023q4.xlsx"
AFGHANISTAN = "01-afg-3w-2024q1.csv"


def content(name: str) -> bytes:
    if not (DATA / name).is_file():
        pytest.skip(f"{name} is not here: it is others' work and not in the project")
    return (DATA / name).read_bytes()


@cache
def places_of(name: str) -> PlaceMatch:
    (table,) = read_book(content(name), name).tables
    columns = match_columns(table)
    values = read_values(table, columns, {})
    return match_places(values.frame, values.entered, columns.letters, None)


def n_faults(found: PlaceMatch, code: str, column: str) -> int:
    is_it = (pl.col("code") == code) & (pl.col("column") == column)
    return found.faults.filter(is_it).height


def noted(found: PlaceMatch) -> str:
    return "\n".join(map(str, found.notes))


def test_mali_has_places_outside_their_areas_error_cells_and_variants() -> None:
    found = places_of(MALI)

    assert n_faults(found, "place.outside-parent", "J") == 707
    assert n_faults(found, "place.outside-parent", "H") == 17
    assert n_faults(found, "place.code-is-error", "J") == 6848
    assert "In 4,427 rows of these, and in 3 rows with a blank code" in noted(found)
    assert "64 codes with several names" in noted(found)
    assert "142 names in several spellings" in noted(found)  # 102 without folding accents
    codes = Counter(question.code for question in found.questions)
    assert codes["ask.near-place-names"] <= 40
    assert codes.total() - codes["ask.near-place-names"] == 10


def test_nigeria_writes_codes_in_two_ways_and_no_row_is_refused() -> None:
    found = places_of(NIGERIA)

    (question,) = found.questions
    assert len(question.rows) == 9366
    assert found.mapping["repaired"].sort().to_list() == ["NG002", "NG008", "NG036"]
    assert found.faults.is_empty()


def test_afghanistan_has_more_districts_than_names_of_districts() -> None:
    assert "401 codes, 390 names" in noted(places_of(AFGHANISTAN))


def test_a_list_on_a_hidden_sheet_is_a_gazetteer_for_the_rows_beside_it() -> None:
    lists = read_book(content(MALI), MALI, sheets=("Admin",)).tables
    question = offer_gazetteer(lists).question
    assert question is not None
    taken = offer_gazetteer(lists, {question.id: question.options[0].word}).taken
    (table,) = read_book(content(MALI), MALI).tables
    columns = match_columns(table)
    values = read_values(table, columns, {})

    found = match_places(values.frame, values.entered, columns.letters, taken)

    matched = found.frame.select(pl.col("adm1_pcode", "adm2_pcode", "adm3_pcode").count()).row(0)
    assert matched[0] >= 24_000
    assert matched[1] >= 23_000
    assert matched[2] >= 19_000
    assert set(found.mapping["how"]) >= {"repaired code", "name"}
