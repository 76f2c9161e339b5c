"""What files call the sectors, in our words; what is not certain is asked."""

import pytest

from takatuf.activities.counting import match_sectors, sector_reading, sectors
from takatuf.activities.counting.sector_matching import MOST_QUESTIONS
from takatuf.activities.counting.sectors import sector_key
from takatuf.activities.organisations import Sheet
from tests.builders_counting import a_frame, codes


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("WASH", ["wash"]),
        ("EHA", ["wash"]),
        ("Abris", ["shelter"]),
        ("P1-GP", ["protection"]),
        ("ERL", ["early_recovery"]),
        ("CC", ["coordination"]),
        ("EiE_OP", ["education"]),
        ("EDUCATION_OP", ["education"]),
        ("Operational Presence: Water, Sanitation & Hygiene", ["wash"]),
        ("Protection: Mine Action", ["mine_action"]),
        ("Protection: Protection", ["protection"]),
        ("GBV AoR", ["gender_based_violence"]),
        ("Cluster Santé", ["health"]),
        ("Agua, saneamiento e higiene (WASH)", ["wash"]),
        ("Protección (Niñez)", ["child_protection"]),
        ("الأمن الغذائي وسبل العيش", ["food_security"]),
        ("Охорона здоров'я", ["health"]),
        ("Санитария", []),
        ("Health,Nutrition", ["health", "nutrition"]),
        ("Santé; Nutrition\nAbris", ["health", "nutrition", "shelter"]),
        ("Health: Education", []),
        ("Something (WASH)", []),
        ("Health (Education)", []),
        ("Nothing: Health", []),
        ("Health, Magic", []),
        ("", []),
        (":", []),
    ],
)
def test_cells_of_many_responses_have_our_words(cell: str, words: list[str]) -> None:
    assert list(sector_reading(cell).words) == words


def test_a_prefix_that_is_spelled_wrong_is_named() -> None:
    reading = sector_reading("Operatioanl Presence: Health")
    assert reading.words == ("health",)
    assert (reading.wrong_prefix, reading.right_prefix) == (
        "Operatioanl Presence",
        "Operational Presence",
    )


def test_no_name_stands_for_two_sectors() -> None:
    owners: dict[str, set[str]] = {}
    for sector in sectors().values():
        for name in (sector.word.replace("_", " "), sector.code, *sector.names):
            owners.setdefault(sector_key(name), set()).add(sector.word)
    owners.pop("", None)
    assert not {key: words for key, words in owners.items() if len(words) > 1}


def test_every_sector_is_labelled_in_four_languages_and_every_parent_is_a_sector() -> None:
    for sector in sectors().values():
        assert set(sector.labels) == {"en", "ar", "fr", "ru"}
        assert not sector.parent or sector.parent in sectors()


def test_the_local_code_stays_and_the_misspelt_prefix_is_a_fault_of_its_rows() -> None:
    frame = a_frame(
        sector_code=["HEALTH_OP", "HEALTH_OP"],
        sector=["Operational Presence: Health", "Operatioanl Presence: Health"],
    )
    found = match_sectors(frame, sheet=Sheet("", {"sector": "J"}))
    assert found.frame["sector_word"].to_list() == ["health", "health"]
    assert found.frame["sector_code"].to_list() == ["HEALTH_OP", "HEALTH_OP"]
    assert found.faults.select("row", "column", "code", "expected").rows() == [
        (4, "J", "sector.prefix-misspelt", "Operational Presence")
    ]
    assert not found.questions


def test_a_list_in_a_cell_and_a_sector_that_it_names_in_two_ways_are_faults() -> None:
    frame = a_frame(sector=["Protection: Mine Action,Health,MA"])
    found = match_sectors(frame)
    assert found.frame["sector_word"].to_list() == ["mine_action health"]
    assert "Mine action" in found.faults["hint"][0]
    assert found.faults["code"].to_list() == [
        "sector.repeated-in-cell",
        "sector.several-in-cell",
    ]


def test_an_unknown_sector_is_asked_once_and_the_answer_is_taken() -> None:
    frame = a_frame(sector=["Helth", "helth ", None, "Health"])
    found = match_sectors(frame)
    (question,) = found.questions
    assert question.rows == (3, 4)
    assert question.options[0].word == "health"
    assert found.frame["sector_word"].to_list() == [None, None, None, "health"]
    again = match_sectors(frame, {question.id: "health"})
    assert not again.questions
    assert again.frame["sector_word"].to_list() == ["health", "health", None, "health"]


def test_one_sector_under_two_codes_is_found() -> None:
    names = ["Education", "Education", None]
    frame = a_frame(sector_code=["EiE_OP", "EDUCATION_OP", "WASH"], sector=names)
    codes_found = match_sectors(frame).codes
    assert codes_found.rows() == [("education", "EDUCATION_OP", 1), ("education", "EiE_OP", 1)]


def test_a_code_that_says_another_sector_than_the_name_is_a_fault() -> None:
    found = match_sectors(a_frame(sector_code=["EDU"], sector=["Health"]))
    assert found.frame["sector_word"].to_list() == ["health"]
    assert found.faults["code"].to_list() == ["sector.code-and-name-differ"]


def test_a_sub_sector_counts_where_it_is_a_part_of_the_sector_beside_it() -> None:
    frame = a_frame(
        sector=["Protection", "Health", None, "Health"], subsector=["GBV", "GBV", "GBV", "Clinics"]
    )
    assert match_sectors(frame).frame["sector_word"].to_list() == [
        "gender_based_violence",
        "health",
        "gender_based_violence",
        "health",
    ]


def test_a_code_alone_is_enough_and_a_frame_without_sectors_has_none() -> None:
    assert match_sectors(a_frame(sector_code=["SHL"])).frame["sector_word"].to_list() == ["shelter"]
    found = match_sectors(a_frame(status=["ongoing"]))
    assert found.frame["sector_word"].to_list() == [None]
    assert found.codes.is_empty()
    assert codes(match_sectors(a_frame(subsector=["??", "Clinics"])).questions) == ["ask.sector"]


def test_a_name_that_stands_twice_is_one_sector_and_its_fault_is_named_with_the_values() -> None:
    found = match_sectors(a_frame(sector=["Mine Action,Mine Action"]))
    assert found.frame["sector_word"].to_list() == ["mine_action"]
    assert found.faults.is_empty()


def test_a_column_of_many_unknown_texts_is_not_asked_about_without_end() -> None:
    found = match_sectors(a_frame(sector=[f"Work {n}" for n in range(MOST_QUESTIONS + 2)]))
    assert len(found.questions) == MOST_QUESTIONS
    assert found.faults["code"].to_list() == ["sector.unknown"] * 2
