"""Names of organisations: exact ones are matched, near ones are asked, none is taken silently."""

from collections.abc import Sequence

import polars as pl
import pytest

from takatuf.activities.organisations import (
    OrganisationMatch,
    Organisations,
    Sheet,
    kind_of,
    match_organisations,
    organisation_key,
    organisation_kinds,
)
from takatuf.activities.organisations.kind_matching import MOST_QUESTIONS
from takatuf.activities.questions import AS_ENTERED
from tests.builders_counting import a_frame, an_organisation, answering, codes, known

HOPE = an_organisation("Hope Society", "HS")


def matched(names: Sequence[str], acronyms: Sequence[str] | None = None) -> OrganisationMatch:
    columns = {"reporting_organisation": names}
    if acronyms is not None:
        columns["reporting_acronym"] = acronyms
    return match_organisations(a_frame(**columns), Organisations())


@pytest.mark.parametrize(
    "written",
    [
        "Hope Society",
        " HOPE\u00a0society",
        "Hope-Society",
        "Hope Society (HS)",
        "HS: Hope Society",
        "Hope Society, Ltd.",
        "Hôpe Society e.V.",
        "HS",
        "H.S.",
        "ho\u200bpe society",
    ],
)
def test_a_name_is_matched_whatever_its_case_spaces_marks_and_legal_form(written: str) -> None:
    found = match_organisations(a_frame(reporting_organisation=[written]), known(HOPE))
    assert found.frame["reporting_organisation_id"].to_list() == [HOPE.id]
    assert not found.questions
    assert not found.new


@pytest.mark.parametrize(
    ("one", "other"),
    [("جمعية الأمل", "جمعيه الامل"), ("«Надія»", "надія"), ("Médecins", "medecins")],
)
def test_letters_that_are_written_in_two_ways_are_one_key(one: str, other: str) -> None:
    assert organisation_key(one) == organisation_key(other)


def test_two_letters_of_the_cyrillic_alphabet_stay_two() -> None:
    assert organisation_key("Мій") != organisation_key("Мии")


def test_an_alias_that_was_learnt_once_is_silent_from_then_on() -> None:
    frame = a_frame(reporting_organisation=["The Hopers"])
    aliases = {organisation_key("The Hopers"): HOPE.id}
    found = match_organisations(frame, known(HOPE), aliases)
    assert found.frame["reporting_organisation_id"].to_list() == [HOPE.id]
    assert not found.questions


@pytest.mark.parametrize("written", ["Hope Society (HS)", "HS: Hope Society", "Hope Society"])
def test_an_acronym_that_stands_in_the_name_too_is_no_part_of_it(written: str) -> None:
    found = matched(["Hope Society", written], ["HS", "HS"])
    assert len(found.new) == 1
    assert len(matched(["Hope Society", "(HS)"], ["HS", "HS"]).new) == 1


def test_names_that_are_little_more_than_their_acronyms_stay_several() -> None:
    names = ["Care International", "Zoa International", "ONG MUSO", "ONG WALE", "Care (Star)"]
    found = matched(names, ["CARE", "ZOA", "MUSO", "WALE", "CARE2"])
    assert len(found.new) == 5
    assert not found.questions


def test_a_legal_form_behind_a_comma_is_no_second_organisation() -> None:
    assert not matched(["Management Systems, Inc.", "Inc"]).questions


def test_a_near_name_is_offered_and_never_taken() -> None:
    frame = a_frame(reporting_organisation=["Hope Sociaty", "Hope Sociaty", "Hope Society"])
    found = match_organisations(frame, known(HOPE))
    assert found.frame["reporting_organisation_id"].to_list() == [None, None, HOPE.id]
    (question,) = found.questions
    assert question.code == "ask.organisation-known"
    assert question.rows == (3, 4)
    assert question.options[0].word == HOPE.id
    assert "alike" in question.options[0].because
    assert question.options[-1].word == "new"


def test_an_answer_that_names_an_organisation_is_taken_and_learnt() -> None:
    frame = a_frame(reporting_organisation=["Hope Sociaty"])
    asked = match_organisations(frame, known(HOPE)).questions
    found = match_organisations(frame, known(HOPE), answers=answering(asked, HOPE.id))
    assert found.frame["reporting_organisation_id"].to_list() == [HOPE.id]
    assert not found.questions
    assert found.aliases == {organisation_key("Hope Sociaty"): HOPE.id}
    assert not found.new


def test_an_organisation_that_is_new_although_it_looks_known_gets_an_identity_of_its_own() -> None:
    frame = a_frame(reporting_organisation=["Hope Society"], reporting_acronym=["HST"])
    one, other = known(HOPE), an_organisation("Hope", "HST")
    both = one.joined([other])
    asked = match_organisations(frame, both).questions
    assert codes(asked) == ["ask.organisation-known"]
    assert [option.word for option in asked[0].options] == [HOPE.id, other.id, "new"]
    found = match_organisations(frame, both, answers=answering(asked, "new"))
    assert found.frame["reporting_organisation_id"].to_list() == [None]
    assert [new.organisation.id for new in found.new] == ["organisation/hope-society-2"]


def test_new_organisations_are_known_once_they_are_joined_to_the_register() -> None:
    frame = a_frame(
        reporting_organisation=["North Aid", "North Aid", "جمعية الوفاء"],
        reporting_acronym=["NA1", "NA1", None],
        organisation_type=["INGO", "INGO", "NNGO"],
    )
    first = match_organisations(frame, Organisations())
    assert [(new.organisation.name, new.n_rows) for new in first.new] == [
        ("North Aid", 2),
        ("جمعية الوفاء", 1),
    ]
    assert first.new[0].organisation.type == "international_ngo"
    assert first.new[0].spellings == (("North Aid", 2),)
    register = Organisations(new.organisation for new in first.new)
    again = match_organisations(frame, register)
    assert again.frame["reporting_organisation_id"].null_count() == 0
    assert not again.new
    assert not again.questions


def test_one_acronym_with_two_names_is_asked_without_taking_the_side_of_the_majority() -> None:
    found = matched(
        ["Wold Vision Internationale"] * 5 + ["World Vision Internationale"], ["WVI"] * 6
    )
    (question,) = found.questions
    assert question.code == "ask.one-acronym-two-names"
    assert "(5 rows)" in question.text
    assert "(1 row)" in question.text
    assert [option.word for option in question.options][-1] == "two"
    assert len(found.new) == 2


def test_the_answer_that_two_names_are_one_makes_one_organisation_with_an_alias() -> None:
    frame = a_frame(
        reporting_organisation=["Wold Vision"] * 2 + ["World Vision"], reporting_acronym=["WV"] * 3
    )
    asked = match_organisations(frame, Organisations()).questions
    answers = answering(asked, organisation_key("World Vision"))
    (new,) = match_organisations(frame, Organisations(), answers=answers).new
    assert new.organisation.name == "World Vision"
    assert new.organisation.aliases == ("Wold Vision",)
    assert new.n_rows == 3
    again = match_organisations(frame, known(new.organisation))
    assert again.frame["reporting_organisation_id"].to_list() == [new.organisation.id] * 3


def test_acronyms_that_differ_by_a_hyphen_are_asked_and_two_is_offered_first() -> None:
    found = matched(["World Council of Churches", "War Child Canada"], ["WCC", "WC-C"])
    (question,) = found.questions
    assert question.code == "ask.one-acronym-two-names"
    assert "WC-C / WCC" in question.text
    assert question.options[0].word == "two"


def test_names_of_the_same_words_in_another_order_are_offered_as_two_organisations_first() -> None:
    found = matched(
        [
            "Organization of Rural Development and Rehabilitation",
            "Rural Rehabilitation and Development Organization",
        ],
        ["ORDR", "RRDPO"],
    )
    (question,) = found.questions
    assert question.code == "ask.organisations-alike"
    assert question.options[0].word == "two"
    assert "another order" in question.options[0].because
    assert "97 % alike" in question.options[1].because


def test_names_that_differ_by_a_word_of_their_own_are_not_asked() -> None:
    found = matched(
        ["State Board of Health North", "State Board of Health South", "Aid Group 1", "Aid Group 2"]
    )
    assert not found.questions
    assert len(found.new) == 4


def test_one_name_with_two_acronyms_is_asked_and_the_answer_is_shown() -> None:
    frame = a_frame(
        reporting_organisation=["Children Fund"] * 2, reporting_acronym=["Unicef", "UNICEF"]
    )
    asked = match_organisations(frame, Organisations()).questions
    assert codes(asked) == ["ask.one-name-two-acronyms"]
    assert [option.word for option in asked[0].options] == ["UNICEF", "Unicef", AS_ENTERED]
    (new,) = match_organisations(frame, Organisations(), answers=answering(asked, "UNICEF")).new
    assert new.organisation.acronym == "UNICEF"
    assert new.organisation.aliases == ("Unicef",)


def test_spellings_of_one_name_are_one_organisation_and_the_shown_one_is_asked() -> None:
    frame = a_frame(reporting_organisation=["Aid for All", "Aid For All"])
    asked = match_organisations(frame, Organisations()).questions
    assert codes(asked) == ["ask.organisation-spelling"]
    (new,) = match_organisations(
        frame, Organisations(), answers=answering(asked, "Aid for All")
    ).new
    assert new.organisation.name == "Aid for All"


def test_an_acronym_alone_belongs_to_the_one_organisation_of_the_file_that_bears_it() -> None:
    frame = a_frame(
        reporting_organisation=["Hope Society", "Star"],
        reporting_acronym=["HS", None],
        implementing_partner=["HS", "Direct implementation"],
    )
    found = match_organisations(frame, Organisations())
    assert [(n.organisation.name, n.roles) for n in found.new] == [
        ("Hope Society", ("implementing_partner", "reporting_organisation")),
        ("Star", ("reporting_organisation",)),
    ]
    again = match_organisations(frame, Organisations(n.organisation for n in found.new))
    assert again.frame["implementing_partner_id"].to_list() == ["organisation/hope-society", None]


def test_a_file_of_acronyms_alone_is_matched_by_them() -> None:
    found = match_organisations(a_frame(reporting_acronym=["HS", "ZZ", None]), known(HOPE))
    assert found.frame["reporting_organisation_id"].to_list() == [HOPE.id, None, None]
    assert [new.organisation.name for new in found.new] == ["ZZ"]


def test_a_repeated_column_of_partners_is_matched_like_the_first() -> None:
    frame = a_frame(implementing_partner=[None], implementing_partner_2=["Hope Society"])
    found = match_organisations(frame, known(HOPE)).frame
    assert found["implementing_partner_2_id"].to_list() == [HOPE.id]


@pytest.mark.parametrize(
    "cell", ["Hope Society; Star", "Hope Society / Star", "HS and Star", "HS, Star"]
)
def test_several_organisations_in_one_cell_are_asked_and_then_stand_side_by_side(
    cell: str,
) -> None:
    star = an_organisation("Star")
    frame = a_frame(reporting_organisation=[cell])
    asked = match_organisations(frame, known(HOPE, star)).questions
    assert codes(asked) == ["ask.several-organisations"]
    found = match_organisations(frame, known(HOPE, star), answers=answering(asked, "several"))
    assert found.frame["reporting_organisation_id"].to_list() == [f"{HOPE.id} {star.id}"]


def test_parts_of_a_cell_that_are_unknown_are_new_organisations() -> None:
    frame = a_frame(reporting_organisation=["Sun Aid; Moon Aid"])
    asked = match_organisations(frame, Organisations()).questions
    found = match_organisations(frame, Organisations(), answers=answering(asked, "several"))
    assert [new.organisation.name for new in found.new] == ["Moon Aid", "Sun Aid"]
    assert found.frame["reporting_organisation_id"].to_list() == [None]
    one = match_organisations(frame, Organisations(), answers=answering(asked, "one"))
    assert [new.organisation.name for new in one.new] == ["Sun Aid; Moon Aid"]


def test_a_name_with_and_in_it_is_one_organisation() -> None:
    found = matched(["Peace and Development", "Aid, Trade"])
    assert not found.questions


def test_an_arabic_name_meets_its_latin_spelling_as_a_suggestion() -> None:
    found = match_organisations(
        a_frame(reporting_organisation=["قطاف للإغاثة"]), known(an_organisation("Qitaf Ighatha"))
    )
    assert codes(found.questions) == ["ask.organisation-known"]


def test_two_organisations_of_one_slug_get_two_identities() -> None:
    found = matched(["Надія", "Nadiia"])
    assert len({new.organisation.id for new in found.new}) == 2


def test_a_frame_without_organisations_stays_as_it_is() -> None:
    frame = a_frame(sector=["WASH"])
    found = match_organisations(frame, Organisations())
    assert found.frame.columns == frame.columns
    assert found.faults.is_empty()


def test_types_are_taken_over_and_an_unknown_one_is_asked_with_its_place() -> None:
    frame = a_frame(organisation_type=["ONG Nat", "Mouv. CR", None, "Guild"])
    sheet = Sheet("3W", {"organisation_type": "C"})
    found = match_organisations(frame, Organisations(), sheet=sheet)
    assert found.frame["organisation_type_word"].to_list() == [
        "national_ngo",
        "red_cross_red_crescent",
        None,
        None,
    ]
    (question,) = found.questions
    assert question.where == "sheet 3W, column C"
    assert found.faults.is_empty()
    said = {question.id: "company"}
    again = match_organisations(frame, Organisations(), answers=said)
    assert again.frame["organisation_type_word"][3] == "company"
    assert not again.questions


def test_a_column_of_many_unknown_types_is_not_asked_about_without_end() -> None:
    frame = a_frame(organisation_type=[f"Guild of trade {n}" for n in range(MOST_QUESTIONS + 2)])
    found = match_organisations(frame, Organisations())
    assert len(found.questions) == MOST_QUESTIONS
    assert found.faults["code"].to_list() == ["organisation.unknown-type"] * 2


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("INGO", "international_ngo"),
        ("Govt", "government"),
        ("ONG nacional", "national_ngo"),
        ("منظمة دولية غير حكومية", "international_ngo"),
        ("ННУО", "national_ngo"),
        ("437", "international_ngo"),
        ("Guild", ""),
    ],
)
def test_types_in_six_languages_and_codes_have_our_word(text: str, word: str) -> None:
    assert kind_of(text) == word


def test_every_type_has_the_code_of_the_global_list() -> None:
    assert all(kind.code.isdecimal() for kind in organisation_kinds().values())


def test_the_order_of_rows_does_not_matter() -> None:
    names = ["Hope Sociaty", "Star; Moon", "Star", "Aid for All", "Aid For All"]
    frame = a_frame(reporting_organisation=names, reporting_acronym=["A", "B", "A", None, None])
    one = match_organisations(frame, known(HOPE))
    other = match_organisations(frame.reverse(), known(HOPE))
    assert one.questions == other.questions
    assert one.new == other.new
    assert one.frame.equals(other.frame.sort("row"))
    assert one.frame.schema["reporting_organisation_id"] == pl.String


def test_an_alias_follows_a_merge() -> None:
    frame = a_frame(reporting_organisation=["The Hopers"])
    star = an_organisation("Star", merged_into=HOPE.id)
    found = match_organisations(frame, known(HOPE, star), {"the hopers": star.id})
    assert found.frame["reporting_organisation_id"].to_list() == [HOPE.id]


def test_of_two_organisations_with_one_name_the_acronym_tells_which() -> None:
    other = an_organisation("Other", "OT", aliases=("Hope Society",))
    frame = a_frame(reporting_organisation=["Hope Society"], reporting_acronym=["HS"])
    found = match_organisations(frame, known(HOPE, other))
    assert found.frame["reporting_organisation_id"].to_list() == [HOPE.id]
    unsure = match_organisations(frame.drop("reporting_acronym"), known(HOPE, other))
    assert unsure.frame["reporting_organisation_id"].to_list() == [None]
    assert codes(unsure.questions) == ["ask.organisation-known"]


def test_a_type_that_is_nearly_known_is_offered() -> None:
    (question,) = match_organisations(
        a_frame(organisation_type=["Internatonal NGOs"]), Organisations()
    ).questions
    assert question.options[0].word == "international_ngo"
    assert "%" in question.options[0].because


@pytest.mark.parametrize(
    ("names", "acronyms", "because"),
    [
        (["Aid to Children Fund", "Fund of Aid to Children"], [None, None], "another order"),
        (["Children Fundation", "Children Foundation"], ["CF", "CFO"], "acronyms differ"),
        (["Children Fundation", "Children Foundation"], ["CF", None], ""),
    ],
)
def test_what_speaks_for_two_organisations_is_said(
    names: list[str], acronyms: list[str | None], because: str
) -> None:
    frame = a_frame(reporting_organisation=names, reporting_acronym=acronyms)
    (question,) = match_organisations(frame, Organisations()).questions
    two = next(option for option in question.options if option.word == "two")
    assert because in two.because
    assert bool(two.because) == (question.options[0] is two)
