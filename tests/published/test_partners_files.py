"""What is double and what is spelled twice in real files of partners, as counted by others.

The files are others' work and are not part of the project. They are looked for in
`TAKATUF_4W_DATA`, or in `shared/data/4w` beside the checkout.
"""

import os
from pathlib import Path

import polars as pl
import pytest

from takatuf.activities.counting import count_doubles, match_activities, match_sectors
from takatuf.activities.organisations import Organisations, match_organisations
from takatuf.formats.readers.workbooks import read_book

BESIDE = Path(__file__).parents[3] / "shared" / "data" / "4w"
DATA = Path(os.environ.get("TAKATUF_4W_DATA", BESIDE))


def needed(name: str) -> Path:
    if not (DATA / name).is_file():
        pytest.skip(f"the file {name} is not here: it is others' work and not in the project")
    return DATA / name


def from_workbook(
    name: str, sheet: str, words: dict[int, str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    (table,) = read_book(needed(name).read_bytes(), name, sheets=[sheet]).tables
    chosen = table.cells.select(
        pl.nth(place).str.replace_all("\u00a0", " ").str.strip_chars().alias(word)
        for place, word in words.items()
    )
    return chosen.insert_column(0, table.rows.alias("row")), table.cells


def nigeria() -> tuple[pl.DataFrame, pl.DataFrame]:
    places = {0: "reporting_organisation", 1: "reporting_acronym", 2: "organisation_type"}
    places |= {3: "operation_type", 4: "sector", 5: "activity_type", 6: "status", 7: "adm1_name"}
    places |= {8: "adm1_code", 9: "adm2_name", 10: "adm2_code", 13: "period"}
    return from_workbook("03-nga-3w-2023q4.xlsx", "NGA 3Ws Data Q4 2023", places)


def mali() -> tuple[pl.DataFrame, pl.DataFrame]:
    places = {0: "reporting_acronym", 1: "reporting_organisation", 2: "organisation_type"}
    places |= {5: "adm1_code", 7: "adm2_code", 9: "adm3_code", 10: "adm3_name", 12: "sector"}
    return from_workbook("02-mli-5w-2023-12.xlsx", "ML_5W", places)


def afghanistan() -> pl.DataFrame:
    table = pl.read_csv(
        needed("01-afg-3w-2024q1.csv"), infer_schema=False, skip_rows_after_header=1
    )
    places = {"PROV_CODE": "adm1_code", "DIST_CODE": "adm2_code", "DISTRICT": "adm2_name"}
    places |= {"ORG_ACRONYM": "reporting_acronym", "ORG_NAME": "reporting_organisation"}
    places |= {"CLUSTER_SECTOR_CODE": "sector_code", "CLUSTER_SECTOR_NAME": "sector"}
    table = table.select(pl.col(list(places)).str.strip_chars()).rename(places)
    return table.with_row_index("row", 3)


def test_mali_has_one_question_about_its_exact_copies() -> None:
    frame, cells = mali()
    found = count_doubles(match_sectors(frame).frame, cells=cells)
    (question,) = (q for q in found.questions if q.code == "ask.exact-copies")
    assert found.exact.height == len(question.rows) == 13_560
    assert "13,560 of 24,088 rows" in question.text


def test_the_two_names_of_one_acronym_in_mali_are_asked_with_their_counts() -> None:
    questions = match_organisations(mali()[0], Organisations()).questions
    (world,) = (q for q in questions if q.code == "ask.one-acronym-two-names" and "WVI" in q.text)
    assert "(356 rows)" in world.text
    assert "(1 row)" in world.text
    (fund,) = (q for q in questions if "Enfance" in q.text and "Unicef" in q.text)
    assert fund.code == "ask.one-name-two-acronyms"
    assert {option.because for option in fund.options} == {"730 rows", "786 rows", ""}


def test_nigeria_tells_of_4210_rows_from_both_sides() -> None:
    frame, cells = nigeria()
    found = count_doubles(match_sectors(frame).frame, cells=cells)
    assert found.pairs.height == 4_210
    (question,) = (q for q in found.questions if q.code == "ask.two-sides")
    assert question.text.startswith("4,210 of 5,191 rows")
    assert found.exact.is_empty()


def test_nigeria_repeats_2630_times_and_leaves_1049_activities_blank() -> None:
    frame, cells = nigeria()
    found = count_doubles(match_activities(frame).frame, cells=cells)
    assert found.near.height == 2_630
    assert {note.word: note.n_rows for note in found.notes}["activity_blank"] == 1_049


def test_afghanistan_lists_education_twice_and_misspells_a_prefix() -> None:
    matched = match_sectors(afghanistan())
    assert matched.codes.select("entered", "n_rows").rows() == [
        ("EDUCATION_OP", 619),
        ("EiE_OP", 619),
    ]
    assert matched.faults["code"].value_counts().rows() == [("sector.prefix-misspelt", 930)]
    assert matched.frame["sector_word"].null_count() == 0
    found = count_doubles(matched.frame)
    assert found.sectors_twice.height == 619
    assert found.exact.is_empty()


def test_likely_pairs_of_afghan_organisations_are_asked_and_offered_as_two_first() -> None:
    questions = match_organisations(afghanistan(), Organisations()).questions
    (rural,) = (q for q in questions if q.code == "ask.organisations-alike")
    (churches,) = (q for q in questions if q.code == "ask.one-acronym-two-names")
    assert "97 % alike" in rural.options[1].because
    assert rural.options[0].word == churches.options[0].word == "two"
    assert "WC-C / WCC" in churches.text


def test_the_lists_in_ukrainian_cells_are_read_with_each_sector_once() -> None:
    table = pl.read_csv(needed("11-ukr-3w-summary-2022.csv"), infer_schema=False)
    frame = table.select(sector=pl.col(table.columns[4])).with_row_index("row", 2)
    found = match_sectors(frame)
    assert found.faults["code"].to_list() == ["sector.several-in-cell"] * 25
    words = found.frame["sector_word"].str.split(" ")
    assert (words.list.n_unique() == words.list.len()).all()
    assert words.list.contains("mine_action").all()
