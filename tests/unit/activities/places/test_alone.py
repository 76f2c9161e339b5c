"""What a table says of its places where no gazetteer is loaded: the usual first hour."""

from itertools import product

import polars as pl
import pytest

from takatuf.activities.places import PlaceMatch
from takatuf.activities.questions import AS_ENTERED
from tests.builders_places import frame, matched


def faults(found: PlaceMatch, code: str) -> list[int]:
    return found.faults.filter(pl.col("code") == code)["row"].to_list()


def questions(found: PlaceMatch) -> list[str]:
    return [question.code for question in found.questions]


def notes(found: PlaceMatch) -> dict[str, str]:
    return {note.code: note.found for note in found.notes}


TWO_SCHEMES = frame(
    adm1_code=["NGA008", "NGA002", "NGA008", None],
    adm2_code=["NG008023", "NG002001", "NG008016", None],
)


def test_two_ways_to_write_the_country_are_shown_as_a_mapping_and_no_row_is_refused() -> None:
    found = matched(TWO_SCHEMES)

    (question,) = found.questions
    assert found.mapping.rows() == [
        ("NGA008", "NG008", 1, 2, "code scheme"),
        ("NGA002", "NG002", 1, 1, "code scheme"),
    ]
    assert question.code == "ask.two-code-schemes"
    assert question.rows == (2, 3, 4)
    assert question.options[0].because == "then 3 of 3 rows agree with the area above"
    assert found.faults.is_empty()
    assert "ISO3 + 3 digits in column A" in notes(found)["place.code-schemes"]


def test_an_answer_about_schemes_is_remembered() -> None:
    (question,) = matched(TWO_SCHEMES).questions

    assert matched(TWO_SCHEMES, answers={question.id: "as_one"}).questions == ()


def test_two_schemes_in_one_column_are_a_mapping_too() -> None:
    found = matched(frame(adm1_code=["MLI01", "ML02"]))

    assert found.mapping.rows() == [("MLI01", "ML01", 1, 1, "code scheme")]
    assert questions(found) == ["ask.two-code-schemes"]


def test_a_code_unlike_all_others_is_a_fault() -> None:
    codes = [f"ML01{number:02}" for number in range(11)]

    found = matched(frame(adm2_code=[*codes, "ML01.3b"]))

    assert faults(found, "place.code-of-other-scheme") == [13]
    assert notes(found).keys() == {"place.code-schemes"}


def test_a_code_that_does_not_begin_as_its_area_is_a_fault() -> None:
    given = frame(
        adm1_code=["ML01", "ML01", "ML02", "ML02"],
        adm2_code=["ML0101", "ML0102", "ML0201", "ML0102"],
    )

    found = matched(given)

    assert faults(found, "place.outside-parent") == [5]
    assert notes(found)["place.outside-parent"] == "1 row outside the area of column A"


def test_codes_that_are_not_made_of_the_code_above_are_no_fault() -> None:
    given = frame(adm1_code=["SY71", "SY72"], adm2_code=["C1", "C2"])

    assert matched(given).faults.is_empty()


def test_one_code_with_several_names_is_asked_and_its_rare_names_are_faults() -> None:
    given = frame(adm1_code=["ML05"] * 10, adm1_name=["Mopti"] * 9 + ["Gao"])

    found = matched(given)

    (question,) = found.questions
    assert question.code == "ask.one-code-several-names"
    assert question.rows == (11,)
    assert "“Mopti” (9 rows), “Gao” (1 row)" in question.text
    assert faults(found, "place.one-code-several-names") == [11]


def test_where_no_name_is_usual_all_rows_are_shown() -> None:
    found = matched(frame(adm1_code=["ML05"] * 2, adm1_name=["Mopti", "Gao"]))

    assert faults(found, "place.one-code-several-names") == [2, 3]


def test_a_place_with_two_names_is_no_fault_once_a_person_said_so() -> None:
    given = frame(adm1_code=["ML05"] * 2, adm1_name=["Mopti", "Gao"])
    (question,) = matched(given).questions

    agreed = matched(given, answers={question.id: "one_place"})
    refused = matched(given, answers={question.id: "several_places"})

    assert agreed.faults.is_empty()
    assert refused.questions == ()
    assert len(refused.faults) == 2


def test_one_name_with_several_codes_in_one_area_is_asked() -> None:
    given = frame(
        adm1_code=["ML02"] * 3, adm2_code=["ML0201", "ML0201", "ML0203"], adm2_name=["Kita"] * 3
    )

    found = matched(given)

    assert questions(found) == ["ask.one-name-several-codes"]
    assert faults(found, "place.one-name-several-codes") == [2, 3, 4]


def test_one_name_in_several_areas_is_only_counted() -> None:
    given = frame(
        adm1_code=["AF01", "AF02"], adm2_code=["AF0101", "AF0201"], adm2_name=["Markaz", "Markaz"]
    )  # fmt: skip

    found = matched(given)

    assert found.faults.is_empty()
    assert found.questions == ()
    assert notes(found) == {"place.names-repeat": "2 codes, 1 name"}


def test_spellings_of_one_name_are_asked_once_for_the_column() -> None:
    given = frame(adm1_name=["Ségou", "Ségou", "SEGOU", "Gao", "gao", "Gao"])

    found = matched(given)

    (question,) = found.questions
    assert question.code == "ask.place-spellings"
    assert question.rows == (4, 6)
    assert "Several spellings of 2 names of admin 1" in question.text
    assert faults(found, "place.spelling-variant") == [4, 6]
    assert found.mapping.rows() == [
        ("SEGOU", "Ségou", 1, 1, "spelling"),
        ("gao", "Gao", 1, 1, "spelling"),
    ]


def test_spellings_become_one_only_by_an_answer() -> None:
    given = frame(adm1_name=["Ségou", "Ségou", "SEGOU"])
    (question,) = matched(given).questions

    one = matched(given, answers={question.id: "as_one"})
    kept = matched(given, answers={question.id: AS_ENTERED})

    assert one.frame["adm1_name"].to_list() == ["Ségou"] * 3
    assert kept.frame["adm1_name"].to_list() == ["Ségou", "Ségou", "SEGOU"]
    assert one.faults.is_empty()
    assert one.questions == kept.questions == ()


GAPS = frame(
    adm1_code=["ML03"] * 4,
    adm2_code=["ML0302", "#N/A", "#N/A", "#REF!"],
    adm2_name=["Kadiolo", "Kadiolo", "Sikasso", None],
)


def test_error_cells_are_counted_and_not_blank_and_other_rows_are_a_hint() -> None:
    found = matched(GAPS)

    assert faults(found, "place.code-is-error") == [3, 4, 5]
    assert found.faults["hint"].to_list() == [
        "“Kadiolo” has the code ML0302 in other rows (1).",
        "The name is there: “Sikasso”.",
        "The name is not there either.",
    ]
    (note,) = found.notes
    assert (note.found, note.hint.split(".")[0]) == (
        "3 error cells",
        "In 2 rows of these, the name is there",
    )


def test_an_error_cell_gives_no_place() -> None:
    assert matched(GAPS).frame["adm2_pcode"].to_list() == [None] * 4
    assert matched(GAPS).frame["place_label"].to_list()[1:] == [
        "Kadiolo, ML03",
        "Sikasso, ML03",
        "ML03",
    ]


def test_a_blank_code_beside_a_name_is_a_fault_where_codes_are_usual() -> None:
    found = matched(
        frame(adm1_code=["ML03", "ML04", None, None, "ML05"], adm1_name=["a", "b", "c", None, "d"])
    )

    assert faults(found, "place.code-missing") == [4]


def test_a_column_that_is_mostly_blank_has_no_missing_codes() -> None:
    assert matched(
        frame(adm1_code=["ML03", None, None], adm1_name=["a", "b", "c"])
    ).faults.is_empty()


def test_codes_without_names_are_checked_too() -> None:
    found = matched(frame(adm1_code=["ML03", "#N/A"]))

    assert faults(found, "place.code-is-error") == [3]


def test_whole_areas_are_left_out_of_the_label() -> None:
    found = matched(frame(adm1_name=["Gao", "all"], adm2_name=["all districts", None]))

    assert found.frame["place_label"].to_list() == ["Gao", None]


def test_blank_codes_are_counted_beside_the_error_cells() -> None:
    given = frame(adm1_code=["#N/A", "ML01", "ML02", None], adm1_name=["a", "b", "c", "d"])

    assert "In 1 row of these, and in 1 row with a blank code" in matched(given).notes[-1].hint


def test_without_names_the_codes_above_name_a_place() -> None:
    given = frame(adm1_name=["Gao", "Gao"], adm2_code=["ML0701", "ML0702"])

    assert matched(given).frame["place_label"].to_list() == ["ML0701, Gao", "ML0702, Gao"]


def test_names_that_are_nearly_alike_are_asked_in_pairs_and_not_joined() -> None:
    found = matched(frame(adm1_name=["Karbala", "Karbala", "Kerbala", "Ninewa", "Ninawa", "Basra"]))

    assert questions(found) == ["ask.near-place-names"] * 2
    assert "“Karbala” (2 rows) and “Kerbala” (1 row) are alike" in found.questions[0].text
    assert faults(found, "place.near-spelling") == [4, 5]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Yola North", "Yola South"),
        ("Zone 3", "Zone 4"),
        ("Kabul", "Zabul"),
        ("East Bank", "West Bank"),
        ("all", "All areas"),
    ],
)
def test_names_that_something_tells_apart_are_not_asked(one: str, other: str) -> None:
    assert matched(frame(adm1_name=[one, other])).questions == ()


def test_nearly_alike_names_with_codes_of_their_own_are_two_places() -> None:
    given = frame(adm1_code=["AF01", "AF02"], adm1_name=["Bagram", "Bagrami"])

    assert matched(given).questions == ()


def test_nearly_alike_names_become_one_only_by_an_answer_and_in_their_own_area() -> None:
    given = frame(
        adm1_name=["A", "A", "A", "B", "B"],
        adm2_name=["Kerbala", "Kerbala", "Karbala", "Najaf", "Najaf"],
        adm3_name=["Basrah", "Basra", None, "Basra", None],
    )
    asked = {question.about: question.id for question in matched(given).questions}
    answers = dict.fromkeys(asked.values(), "one_place")

    found = matched(given, answers=answers)

    assert list(asked) == ["adm2|A|karbala|kerbala", "adm3|Kerbala|basra|basrah"]
    assert found.questions == ()
    assert found.frame["adm2_name"].to_list() == ["Kerbala"] * 3 + ["Najaf"] * 2
    assert found.frame["adm3_name"].to_list() == ["Basra", "Basra", None, "Basra", None]
    refused = matched(given, answers=dict.fromkeys(asked.values(), "several_places"))
    assert refused.frame["adm2_name"].to_list() == given["adm2_name"].to_list()
    assert "place.near-spelling" not in refused.faults["code"]


def test_too_many_names_of_one_area_are_not_compared_with_each_other() -> None:
    names = ["".join(letters) for letters in product("bdfgklmnrs", repeat=3)]

    assert matched(frame(adm1_name=[*names, "Karbala", "Kerbala"])).questions == ()


def test_villages_are_not_compared_with_each_other() -> None:
    assert matched(frame(adm4_name=["Kerbala", "Karbala"])).questions == ()


def test_a_name_in_an_area_where_it_hardly_ever_stands_is_a_fault() -> None:
    given = frame(
        adm1_name=["North"] * 12 + ["South", "South", None],
        adm2_name=["Hamra"] * 12 + ["Hamra", "all", "Hamra"],
    )

    found = matched(given)

    assert faults(found, "place.unusual-area") == [14]
    assert found.faults["found"].to_list() == ["Hamra in South"]
    assert found.faults["expected"].to_list() == ["North, as in 12 of 13 rows"]


def test_a_name_met_a_few_times_is_usual_nowhere() -> None:
    given = frame(adm1_name=["North", "North", "South"], adm2_name=["Hamra"] * 3)

    assert matched(given).faults.is_empty()


def test_a_code_without_its_country_is_read_as_the_same_code_with_it() -> None:
    found = matched(frame(adm1_code=["UA71", "71", "UA74"], adm1_name=["a", "a", "b"]))

    assert found.mapping.rows() == [("71", "UA71", 1, 1, "code scheme")]
    assert questions(found) == ["ask.two-code-schemes"]


def test_codes_of_two_schemes_are_one_code_for_a_name() -> None:
    found = matched(frame(adm1_code=["GIN002", "GN002"], adm1_name=["Conakry", "Conakry"]))

    assert questions(found) == ["ask.two-code-schemes"]
    assert found.faults.is_empty()


def test_numbers_of_several_lengths_in_several_columns_are_no_schemes() -> None:
    found = matched(frame(adm1_code=["1", "2"], adm2_code=["101", "201"]))

    assert found.notes == ()


def test_of_spellings_met_alike_often_the_one_with_both_cases_is_offered() -> None:
    (row,) = matched(frame(adm1_name=["ZULIA", "Zulia"])).mapping.rows()

    assert row[:2] == ("ZULIA", "Zulia")
