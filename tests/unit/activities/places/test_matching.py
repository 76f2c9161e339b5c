from collections.abc import Mapping

import polars as pl
import pytest

from takatuf.activities.places import Gazetteer, gazetteer_of, merged, place_key
from takatuf.activities.questions import AS_ENTERED, Answers, Question
from tests.builders_places import frame, gazetteer, matched, table

KNOWN = gazetteer()


def codes(
    given: pl.DataFrame,
    level: int = 3,
    aliases: Mapping[tuple[int, str, str], str] | None = None,
    answers: Answers | None = None,
) -> list[str | None]:
    return matched(given, KNOWN, aliases, answers).frame[f"adm{level}_pcode"].to_list()


def test_exact_codes_are_taken_with_those_above_them() -> None:
    found = matched(frame(adm3_code=["SY710301", None]), KNOWN)

    assert found.frame["adm3_pcode"].to_list() == ["SY710301", None]
    assert found.frame["adm1_pcode"].to_list() == ["SY71", None]
    assert found.frame["place_label"].to_list() == ["Bulbul, Safran, Wadi Nur", None]
    assert found.faults.is_empty()
    assert found.mapping.is_empty()


@pytest.mark.parametrize("code", ["SYR7103", "sy 71 03", "SY-7103", "SY713", "7103", "SY071003"])
def test_a_miswritten_code_is_read_and_shown_as_a_mapping(code: str) -> None:
    found = matched(frame(adm2_code=[code, code]), KNOWN)

    assert found.frame["adm2_pcode"].to_list() == ["SY7103", "SY7103"]
    assert found.mapping.rows() == [(code, "SY7103", 2, 2, "repaired code")]
    assert found.faults.is_empty()


@pytest.mark.parametrize("name", ["al-bahr", "البحر", "Bahr district", "AL BAHR", "ناحية البحر"])
def test_a_name_is_matched_within_the_place_above_in_every_language(name: str) -> None:
    found = matched(frame(adm1_name=["وادي نور"], adm2_name=[name]), KNOWN)

    assert found.frame["adm2_pcode"].to_list() == ["SY7102"]
    assert set(found.mapping["how"]) == {"name"}


def test_a_name_that_is_in_two_areas_is_told_apart_by_the_place_above() -> None:
    given = frame(adm1_code=["SY71", "SY72"], adm3_name=["Bulbul", "Bulbul"])

    assert codes(given) == ["SY710301", "SY720101"]


def test_a_name_that_is_in_two_areas_is_asked_without_the_place_above() -> None:
    found = matched(frame(adm3_name=["Bulbul"]), KNOWN)

    (question,) = found.questions
    assert found.frame["adm3_pcode"].to_list() == [None]
    assert question.code == "ask.which-place"
    assert [option.word for option in question.options] == ["SY710301", "SY720101", AS_ENTERED]


def test_names_without_the_place_above_are_asked_once_for_all() -> None:
    given = frame(adm3_name=["Tadmin", "Qamarli", "Tadmin"])

    (question,) = matched(given, KNOWN).questions

    assert question.code == "ask.names-without-parent"
    assert question.rows == (2, 3, 4)
    assert codes(given) == [None, None, None]
    assert codes(given, answers={question.id: "take"}) == ["SY710201", "SY720100", "SY710201"]
    assert codes(given, answers={question.id: AS_ENTERED}) == [None, None, None]


def test_an_unknown_name_is_asked_with_likely_places_and_never_taken() -> None:
    given = frame(adm2_code=["SY7102", "SY7102"], adm3_name=["Tadmyn", "Tadmyn"])

    found = matched(given, KNOWN)

    (question,) = found.questions
    assert found.frame["adm3_pcode"].to_list() == [None, None]
    assert question.code == "ask.unknown-place"
    assert question.rows == (2, 3)
    assert question.options[0].word == "SY710201"
    assert "% alike" in question.options[0].because
    assert found.faults["code"].to_list() == ["place.unknown-name"] * 2
    assert found.frame["place_label"].to_list() == ["Tadmyn, Al Bahr, Wadi Nur"] * 2


def test_a_suggestion_says_how_far_it_is_from_the_coordinates() -> None:
    given = frame(adm2_code=["SY7102"], adm3_name=["Tadmyn"], latitude=[36.29], longitude=[37.72])

    (question,) = matched(given, KNOWN).questions

    assert "9.0 km" in question.options[0].because


def test_a_point_that_is_none_gives_no_distance() -> None:
    given = frame(adm2_code=["SY7102"], adm3_name=["Tadmyn"], latitude=[0.0], longitude=[0.0])

    (question,) = matched(given, KNOWN).questions

    assert " km" not in question.options[0].because


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("SY710201", "SY710201"),
        ("tadmin", "SY710201"),
        (AS_ENTERED, None),
        ("SY7102", None),
        ("?", None),
    ],
)
def test_an_answer_is_a_code_or_a_name_of_that_level(answer: str, code: str | None) -> None:
    given = frame(adm2_code=["SY7102"], adm3_name=["Tadmyn"])
    (question,) = matched(given, KNOWN).questions

    again = matched(given, KNOWN, answers={question.id: answer})

    assert again.frame["adm3_pcode"].to_list() == [code]
    assert bool(again.questions) == (answer in {"SY7102", "?"})


def test_what_was_learnt_before_is_taken_only_within_the_place_above() -> None:
    given = frame(adm2_code=["SY7102", "SY7103"], adm3_name=["Tadmyn", "Tadmyn"])
    aliases = {
        (3, "SY7102", place_key("TADMYN")): "SY710201",
        (3, "SY7103", place_key("TADMYN")): "SY710201",
    }

    assert codes(given, aliases=aliases) == ["SY710201", None]


def test_a_code_outside_the_place_above_is_asked_and_not_taken() -> None:
    given = frame(adm2_code=["SY7102"], adm3_code=["SY710301"], adm3_name=["Bulbul"])

    found = matched(given, KNOWN)

    (question,) = found.questions
    assert question.code == "ask.place-outside-parent"
    assert "lies in Safran, Wadi Nur" in question.text
    assert found.frame["adm3_pcode"].to_list() == [None]
    assert found.frame["adm2_pcode"].to_list() == ["SY7102"]
    assert found.faults.select("column", "code").rows() == [("B", "place.outside-parent")]


def test_a_place_that_a_person_chose_puts_those_above_it_right() -> None:
    given = frame(adm2_code=["SY7102"], adm3_code=["SY710301"])
    (question,) = matched(given, KNOWN).questions

    found = matched(given, KNOWN, answers={question.id: "SY710301"})

    assert found.frame.row(0)[3:6] == ("SY71", "SY7103", "SY710301")


def test_below_a_place_that_is_asked_nothing_else_is_asked() -> None:
    given = frame(adm1_name=["Wadi Nor"], adm2_name=["Safran"], adm3_name=["Bulbul"])

    found = matched(given, KNOWN)

    assert [question.code for question in found.questions] == ["ask.unknown-place"]
    assert found.frame["adm2_pcode"].to_list() == [None]


def test_a_code_is_taken_even_where_the_place_above_is_asked() -> None:
    given = frame(adm1_name=["Wadi Nor"], adm2_code=["SY7103"])

    found = matched(given, KNOWN)

    assert found.frame.select("adm1_pcode", "adm2_pcode").row(0) == (None, "SY7103")


def test_a_code_outside_waits_while_the_place_above_is_asked() -> None:
    given = frame(
        adm1_code=["SY71"], adm2_code=["SY7201"], adm3_code=["SY720101"], adm3_name=["Bulbul"]
    )

    found = matched(given, KNOWN)

    assert [question.code for question in found.questions] == ["ask.place-outside-parent"]
    assert found.faults["code"].to_list() == ["place.outside-parent"] * 2


@pytest.mark.parametrize("name", ["Safran", "Saffran"])
def test_a_code_beside_another_places_name_is_asked(name: str) -> None:
    found = matched(frame(adm2_code=["SY7102"], adm2_name=[name]), KNOWN)

    assert [question.code for question in found.questions] == ["ask.code-and-name"]
    assert found.frame["adm2_pcode"].to_list() == [None]


@pytest.mark.parametrize("name", ["Al Bahar", "bahr", None, "various"])
def test_a_code_beside_its_own_name_in_some_form_or_none_is_taken(name: str | None) -> None:
    found = matched(frame(adm2_code=["SY7102"], adm2_name=[name]), KNOWN)

    assert found.questions == ()
    assert found.frame["adm2_pcode"].to_list() == ["SY7102"]


def test_a_strange_name_beside_a_code_is_asked_until_it_is_learnt() -> None:
    given = frame(adm2_code=["SY7102"], adm2_name=["Quorx"])
    learnt = {(2, "", "quorx"): "SY7102"}

    (question,) = matched(given, KNOWN).questions

    assert question.code == "ask.code-and-name"
    assert codes(given, 2, aliases=learnt) == ["SY7102"]


def test_a_name_spelt_otherwise_beside_its_code_is_shown() -> None:
    found = matched(frame(adm2_code=["SY7102"], adm2_name=["Al Bahar"]), KNOWN)

    assert found.mapping.rows() == [("Al Bahar", "SY7102", 2, 1, "code, name spelt otherwise")]


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("SY9999", "place.unknown-code"),
        ("SY71", "place.code-of-other-level"),
        ("TR9999", "place.code-of-other-country"),
    ],
)
def test_a_code_that_is_not_known_is_told_even_where_the_name_is_enough(
    code: str, fault: str
) -> None:
    given = frame(adm1_code=["SY71"], adm2_code=[code], adm2_name=["Safran"])

    found = matched(given, KNOWN)

    assert found.frame["adm2_pcode"].to_list() == ["SY7103"]
    assert found.faults.select("row", "column", "code").rows() == [(2, "B", fault)]


def test_an_unknown_code_without_a_name_is_asked() -> None:
    (question,) = matched(frame(adm2_code=["SY9999"]), KNOWN).questions

    assert question.text == "SY9999 is no known place of admin 2: 1 row."
    assert question.takes_text


def test_a_code_of_another_country_is_told_and_not_asked() -> None:
    found = matched(frame(adm2_code=["TR9999"], adm2_name=["Ankara"]), KNOWN)

    assert found.questions == ()
    assert found.faults["code"].to_list() == ["place.code-of-other-country"]


def test_rows_of_other_countries_are_counted_and_left_alone() -> None:
    given = frame(adm0_name=["Türkiye", "Syria", "?"], adm1_name=["Ankara", "Wadi Nur", "Al-Jabal"])

    found = matched(given, KNOWN)

    assert found.frame["adm1_pcode"].to_list() == [None, "SY71", "SY72"]
    assert [note.code for note in found.notes] == ["place.other-country"]
    assert found.faults.is_empty()


def test_the_country_of_a_row_is_the_place_above() -> None:
    listed = table(
        ["ADM0_PCODE", "ADM1_PCODE", "ADM1_EN"], ["SY", "SY71", "North"], ["TR", "TR71", "North"]
    )
    given = frame(adm0_code=["SYR", "TUR"], adm1_name=["North", "North"])

    found = matched(given, gazetteer_of([listed]))

    assert found.frame["adm1_pcode"].to_list() == ["SY71", "TR71"]


@pytest.mark.parametrize("whole", ["All", "whole district", "كل المحافظة", "country-wide"])
def test_a_whole_area_is_a_value_at_the_level_above(whole: str) -> None:
    found = matched(frame(adm1_code=["SY71"], adm2_name=[whole], adm2_code=[None]), KNOWN)

    assert found.frame.select("adm1_pcode", "adm2_pcode").row(0) == ("SY71", None)
    assert found.frame["place_label"].to_list() == ["Wadi Nur"]
    assert found.questions == ()
    assert found.mapping["how"].to_list() == ["whole area"]


def test_several_areas_that_are_not_named_are_a_fault() -> None:
    found = matched(frame(adm1_code=["SY71"], adm2_name=["various districts"]), KNOWN)

    assert found.faults["code"].to_list() == ["place.several-areas"]
    assert found.questions == ()


def test_a_code_with_two_readings_is_settled_by_the_name_or_asked() -> None:
    listed = table(
        ["ADM2_PCODE", "ADM2_EN", "ADM1_PCODE"],
        ["SY0203", "One", "SY02"],
        ["SY2003", "Two", "SY20"],
    )
    known = gazetteer_of([listed])

    named = matched(frame(adm2_code=["SY203"], adm2_name=["Two"]), known)
    bare = matched(frame(adm2_code=["SY203"]), known)
    inside = matched(frame(adm1_code=["SY02"], adm2_code=["SY203"]), known)

    assert named.frame["adm2_pcode"].to_list() == ["SY2003"]
    assert [question.code for question in bare.questions] == ["ask.which-place"]
    assert inside.frame["adm2_pcode"].to_list() == ["SY0203"]


def test_a_code_of_an_older_version_offers_the_place_that_has_its_name_now() -> None:
    old = table(["ADM2_PCODE", "ADM2_EN", "ADM1_PCODE"], ["SY99", "Safran", "SY9"])
    both = merged([KNOWN, gazetteer_of([old], "COD-AB 2010")])

    (question,) = matched(
        frame(adm1_code=["SY71"], adm2_code=["SY99"], adm2_name=["Zefran"]), both
    ).questions

    assert question.options[0].word == "SY7103"


def test_levels_that_the_gazetteer_does_not_have_are_left_alone() -> None:
    found = matched(frame(adm3_code=["SY710301"], adm4_name=["Hamra"]), KNOWN)

    assert found.frame["adm4_pcode"].to_list() == [None]
    assert found.frame["place_label"].to_list() == ["Hamra, Bulbul, Safran, Wadi Nur"]
    assert found.questions == ()


def test_the_name_of_a_camp_stands_before_its_area() -> None:
    given = frame(adm3_code=["SY710301", None], place_name=["Camp 1", None])

    assert matched(given, KNOWN).frame["place_label"].to_list() == [
        "Camp 1, Bulbul, Safran, Wadi Nur",
        None,
    ]


def test_a_table_without_places_has_none() -> None:
    found = matched(frame(sector=["WASH"]), KNOWN)

    assert found.frame.columns == [
        "row",
        "sector",
        *(f"adm{n}_pcode" for n in range(1, 5)),
        "place_label",
    ]
    assert found.frame["adm1_pcode"].to_list() == [None]


def test_matching_again_replaces_what_was_matched() -> None:
    once = matched(frame(adm1_code=["SY71"]), KNOWN)

    again = matched(once.frame.select("row", "adm1_code", "adm1_pcode", "place_label"), KNOWN)

    assert again.frame.sort("row").equals(once.frame.select(again.frame.columns))


def test_a_question_is_the_same_in_the_next_file() -> None:
    def ask(*names: str) -> Question:
        (question,) = matched(
            frame(adm1_code=["SY71"] * len(names), adm2_name=names), KNOWN
        ).questions
        return question

    assert ask("Zafran").id == ask("Safran", "zafran").id


@pytest.mark.parametrize(
    "cell", ["Al Bahr, Safran", "Safran / Bahr", "البحر و سفران", "Bahr and Safran"]
)
def test_a_list_of_places_in_one_cell_is_a_fault(cell: str) -> None:
    found = matched(frame(adm1_code=["SY71"], adm2_name=[cell]), KNOWN)

    assert found.faults["code"].to_list() == ["place.several-in-a-cell"]
    assert found.questions == ()


def test_a_name_in_a_local_column_stands_in_for_a_blank_one() -> None:
    given = frame(adm1_name=["Wadi Nur", None], adm1_name_local=["وادي نور", "الجبل"])
    alone = frame(adm1_name_local=["الجبل", "Jabl"])

    assert codes(given, 1) == ["SY71", "SY72"]
    assert codes(alone, 1) == ["SY72", None]
    assert matched(alone, KNOWN).faults["column"].to_list() == ["A"]


OLD = table(["ADM1_PCODE", "ADM1_EN"], ["SY72", "Al-Sahel"], ["SY71", "Wadi Nur"])
NEW = Gazetteer(KNOWN.places.with_columns(valid_from=pl.lit("2020-06-01")), KNOWN.names)
BOTH = merged([NEW, gazetteer_of([OLD], "COD-AB 2010", "2010-01-01", "2020-06-01")])


def test_a_code_that_was_used_again_is_told_and_a_fault_in_rows_about_older_times() -> None:
    given = frame(
        adm1_code=["SY72", "SY72", "SY72", "SY71"], period=["2020-05", "2020-06", None, "2015-01"]
    )

    found = matched(given, BOTH)

    assert found.faults.select("row", "code").rows() == [(2, "place.code-reused")]
    assert "SY72 was Al-Sahel, is Al-Jabal" in found.notes[0].found
    assert matched(frame(adm1_code=["SY71"]), BOTH).notes == ()
    assert matched(frame(adm1_name=["Wadi Nur"]), BOTH).notes == ()
