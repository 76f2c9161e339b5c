import pytest

from takatuf.activities.columns.asking import FOLLOWS_TOTAL, TOGETHER
from takatuf.activities.columns.layout import layout_of
from takatuf.activities.columns.matched import How
from takatuf.activities.columns.matching import match_columns
from takatuf.activities.columns.meanings import base_word, meanings
from takatuf.activities.questions import AS_ENTERED
from takatuf.activities.values.reading import read_values
from takatuf.vocabulary.things.schema import LANGUAGES
from tests.builders_sheets import Cells, a_sheet, headed, the_question, words_of

TEN = tuple(str(number) for number in range(10))


@pytest.mark.parametrize(
    ("tag", "word", "how"),
    [
        ("#org +name", "reporting_organisation", How.HASHTAG),
        ("# org +Acronym", "reporting_acronym", How.HASHTAG),
        ("#adm1+Name", "adm1_name", How.HASHTAG),
        ("#operation+type", "operation_type", How.HASHTAG),
        ("#HRP", "plan_flag", How.HASHTAG),
        ("#response +type", "response_type", How.HASHTAG),
        ("#reached +girls", "reached_girls", How.HASHTAG),
        ("#org+implementing+name", "implementing_partner", How.HASHTAG),
        ("#targeted+hh+v_ours", "targeted_households", How.ATTRIBUTES),
    ],
)
def test_tags_are_read_with_spaces_capitals_and_unusual_attributes(
    tag: str, word: str, how: How
) -> None:
    (found,) = match_columns(headed("whatever it may be", tags=[tag])).columns

    assert (found.word, found.how) == (word, how)


def test_a_general_tag_leaves_the_meaning_to_the_header() -> None:
    table = headed("Bailleur de fond", "Implementing partner", tags=["#actor", "#org"])

    assert words_of(table) == ["donor", "implementing_partner"]


def test_a_tag_against_a_header_is_asked_and_the_answer_settles_it() -> None:
    table = headed("Donor", tags=["#adm1+name"])
    matched = match_columns(table)

    question = the_question(matched.questions, "ask.tag-and-header")
    assert [option.word for option in question.options] == ["adm1_name", "donor", AS_ENTERED]
    assert matched.letters == {}
    assert words_of(table, {question.id: "donor"}) == ["donor"]
    assert words_of(table, {question.id: AS_ENTERED}) == [""]


def test_values_that_contradict_the_header_are_asked() -> None:
    matched = match_columns(a_sheet({"People reached": ["host", "displaced", "returnees"]}))

    assert the_question(matched.questions, "ask.values-differ").holds_back
    assert matched.letters == {}


def test_values_alone_never_settle_a_meaning() -> None:
    table = a_sheet({"xyz": ["SY0101", "SY0102", "SY0203"], "abc": ["Health", "Education", "WASH"]})
    matched = match_columns(table)

    assert [question.code for question in matched.questions] == ["ask.column-by-values"] * 2
    assert matched.questions[0].options[0].word == "adm2_code"
    assert matched.questions[1].options[0].word == "sector"
    assert [found.rivals != () for found in matched.columns] == [True, True]


@pytest.mark.parametrize(
    ("values", "first"),
    [
        (["2024-03-01", "2024-03-02", "1/2/2024"], "start"),
        (["March", "October ", "أيلول"], "period_month"),
        (["2023", "2024", "2024"], "period_year"),
        (["33.51234", "34.12345", "36.20211"], "latitude"),
        (["133.51234", "134.12345"], "longitude"),
    ],
)
def test_values_suggest_dates_months_years_and_coordinates(values: list[str], first: str) -> None:
    (question,) = match_columns(a_sheet({"zzz": values})).questions

    assert question.options[0].word == first


def test_two_columns_of_one_meaning_are_asked() -> None:
    table = a_sheet({"Sector": ["Health", "WASH"], "Cluster": ["Education", "WASH"]})
    question = the_question(match_columns(table).questions, "ask.columns-alike")

    assert words_of(table) == ["", ""]
    assert words_of(table, {question.id: "2"}) == ["", "sector"]
    assert words_of(table, {question.id: AS_ENTERED}) == ["", ""]


def test_of_two_columns_the_empty_one_and_the_copy_need_no_question() -> None:
    table = a_sheet({"Sector": ["a", "b"], "Cluster": [None, None], "Sector name": ["a", "b"]})
    matched = match_columns(table)

    assert [found.word for found in matched.columns] == ["sector", "", ""]
    assert matched.questions == ()


def test_a_word_that_may_repeat_is_numbered() -> None:
    matched = match_columns(
        headed("Implementing partner 1", "Implementing partner 2", "Implementing partner 3")
    )

    assert list(matched.letters.items()) == [
        ("implementing_partner", "A"),
        ("implementing_partner_2", "B"),
        ("implementing_partner_3", "C"),
    ]
    assert base_word("implementing_partner_3") == "implementing_partner"
    assert base_word("adm1_name") == "adm1_name"
    assert base_word("no_such_2") == "no_such_2"


def test_the_word_that_another_column_has_is_not_offered_twice() -> None:
    assert words_of(headed("Organization", "Partner")) == [
        "reporting_organisation",
        "implementing_partner",
    ]
    (question,) = match_columns(headed("Partner")).questions
    assert {option.word for option in question.options} >= {
        "reporting_organisation",
        "implementing_partner",
    }


def test_groups_take_the_only_figure_of_the_table() -> None:
    assert words_of(headed("People reached", "Girls", "Boys", "Women", "Men")) == [
        "reached", "reached_girls", "reached_boys", "reached_women", "reached_men",
    ]  # fmt: skip


def test_groups_beside_two_figures_are_asked_in_one_question() -> None:
    headers = ["People targeted", "Girls", "Boys", "People reached", "Women"]
    table = a_sheet(dict.fromkeys(headers, TEN))
    matched = match_columns(table)

    question = the_question(matched.questions, "ask.targeted-or-reached")
    assert len(matched.questions) == 1
    assert words_of(table, {question.id: FOLLOWS_TOTAL}) == [
        "targeted", "targeted_girls", "targeted_boys", "reached", "reached_women",
    ]  # fmt: skip
    assert words_of(table, {question.id: "reached"})[1:3] == ["reached_girls", "reached_boys"]
    assert words_of(table, {question.id: AS_ENTERED})[1] == ""


def test_the_same_place_in_a_second_script_is_a_name_of_its_own() -> None:
    table = a_sheet({"Governorate": ["Aleppo", "Homs"], "المحافظة": ["حلب", "حمص"]})

    assert words_of(table) == ["adm1_name", "adm1_name_local"]


def test_columns_of_persons_are_left_out_by_name_and_never_shown() -> None:
    table = a_sheet(
        {
            "Focal point": ["A Person", "B Person"],
            "who to write to": ["a.person@example.org", "b.person@example.org"],
            "how to call": ["+963 11 123 4567", "+963 11 765 4321"],
            "Sector": ["Health", "WASH"],
        }
    )
    matched = match_columns(table)

    assert [column.letter for column in matched.persons] == ["A", "B", "C"]
    assert list(matched.letters) == ["sector"]
    left_out = [p for p in matched.problems if p.code == "column.persons-left-out"]
    assert [problem.found for problem in left_out] == [
        "Focal point",
        "who to write to",
        "how to call",
    ]
    assert not any("example.org" in str(problem) for problem in matched.problems)


def test_what_is_not_understood_and_what_is_empty_is_named() -> None:
    table = a_sheet({"Sector": ["Health"], "Qwerty": ["x1"], "Donor": [None], "Status": [None]})
    problems = {problem.code: problem for problem in match_columns(table).problems}

    assert problems["column.not-understood"].found == "Qwerty"
    assert problems["column.empty"].found.startswith("2 of 4 columns")
    assert problems["column.empty"].hint == "Columns C, D."


def test_a_column_for_each_month_or_sector_is_named_as_a_block() -> None:
    by_months = ["Sector", "Jan 2024", "Feb 2024", "Mar 2024"]
    months = a_sheet({header: ["1", "2"] for header in by_months})
    by_sectors = ["Governorate", "WASH", "Health", "Education"]
    sectors = a_sheet({header: ["1", "2"] for header in by_sectors})

    (by_month,) = match_columns(months).wide
    (by_sector,) = match_columns(sectors).wide
    assert (by_month.by, by_month.letters) == ("month", ("B", "C", "D"))
    assert (by_sector.by, by_sector.letters) == ("sector", ("B", "C", "D"))
    assert "column.wide" in {problem.code for problem in match_columns(months).problems}


def test_a_tag_about_the_data_themselves_is_never_taken_by_its_values() -> None:
    table = a_sheet({"Our word": ["Health", "WASH"]}, tags=["#meta+sector"])
    matched = match_columns(table)

    assert matched.questions == ()
    assert [problem.code for problem in matched.problems] == ["column.not-understood"]


def test_tag_and_header_that_agree_raise_no_question() -> None:
    table = headed("Reporting organisation", tags=["#org+name+reporting"])

    assert match_columns(table).questions == ()


def test_columns_that_are_parts_of_one_figure_are_added_up_when_a_person_says_so() -> None:
    columns: dict[str, Cells] = {
        "Boys 0-4 reached": ["1", None, "3", None],
        "Boys 5-17 reached": ["10", "20", "x", None],
        "Year": ["2024"] * 4,
    }
    table = a_sheet(columns)
    question = the_question(match_columns(table).questions, "ask.columns-alike")
    matched = match_columns(table, None, {question.id: TOGETHER})
    read = read_values(table, matched)

    assert read.frame["reached_boys"].to_list() == [11, 20, 3, None]
    assert read.entered["reached_boys"].to_list() == ["1 + 10", "20", "3 + x", None]
    again = match_columns(table, layout_of(matched))
    assert again.questions == ()
    assert again.letters == matched.letters


def test_groups_beside_people_targeted_are_asked_and_not_assumed() -> None:
    matched = match_columns(headed("Cible", "Réalisation du mois prochain", "Femmes"))

    assert the_question(matched.questions, "ask.targeted-or-reached").rows == (2,)


def test_names_that_are_all_numbers_are_asked() -> None:
    matched = match_columns(a_sheet({"Target population": ["10", "20", "30"]}))

    assert the_question(matched.questions, "ask.values-differ").rows == (2, 3, 4)


def test_any_word_is_an_answer_and_any_other_text_is_none() -> None:
    table = headed("Partner")
    (question,) = match_columns(table).questions

    assert words_of(table, {question.id: "donor"}) == ["donor"]
    matched = match_columns(table, None, {question.id: "no such word"})
    assert matched.questions == (question,)


def test_a_header_that_is_wider_than_its_tag_leaves_the_meaning_to_the_tag() -> None:
    table = headed("Location (Town/Village)", "Kreis", tags=["#loc+community+name", ""])

    assert words_of(table) == ["adm4_name", ""]


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_columns_come_back_without_a_question(language: str) -> None:
    every = list(meanings().values())
    headers = [meaning.label.in_language(language) for meaning in every]
    matched = match_columns(headed(*headers, tags=[meaning.hxl for meaning in every]))

    asked = {question.code for question in matched.questions}
    assert asked == set()
    assert [found.word for found in matched.columns] == [meaning.word for meaning in every]


def test_a_tag_that_says_more_than_the_header_counts() -> None:
    tags = ["#reached+total", "#reached+f+children", "#reached+ind"]
    table = headed("Total beneficiaries reached", "Reached", "Boys reached", tags=tags)

    assert words_of(table) == ["reached_total", "reached_girls", "reached_boys"]
