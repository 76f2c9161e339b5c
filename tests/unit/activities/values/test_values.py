import pytest

from takatuf.activities.columns.layout import layout_of
from takatuf.activities.columns.matching import match_columns
from takatuf.activities.questions import AS_ENTERED, Kind
from takatuf.activities.values.checks.rules import rules
from takatuf.activities.values.cleaning import clean
from takatuf.activities.values.faulting import problems_in
from takatuf.activities.values.reading import Circumstances, read_values
from tests.builders_sheets import a_sheet, codes_of, the_question, values_of

ORGANISATION = "Organization"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Name ", "cell.untrimmed"), (" Name", "cell.untrimmed"),
        ("A  name", "cell.several-spaces"), ("+1+1|more", "cell.formula-text"),
        ("-SUM(A1)", "cell.formula-text"),
        ("A\u00a0name", "cell.odd-space"), ("A\u200bname", "cell.hidden-character"),
        ("\u202bاسم\u202c", "cell.hidden-character"), ("\ufeffName", "cell.hidden-character"),
        ("Na\u200cme", "cell.hidden-character"), ("WASН", "cell.mixed-scripts"),
        ("Нealth", "cell.mixed-scripts"), ("#REF!", "cell.error-value"), ("  ", "cell.only-spaces"),
        ("=1+1", "cell.formula-text"), ("@SUM(A1)", "cell.formula-text"),
        ("S\ufffdgou", "cell.letters-lost"), ("SÃ©gou", "cell.letters-lost"),
    ],
)  # fmt: skip
def test_what_should_not_stand_in_a_text_is_named(text: str, code: str) -> None:
    read = values_of({ORGANISATION: [text, "Other"], "Reporting period": ["2024-01", "2024-01"]})

    assert code in {found for _, _, found in codes_of(read) if found != "cell.missing"}
    assert read.entered["reporting_organisation"][0] == text


@pytest.mark.parametrize(
    "text", ["می‌روم", "क्‍ष", "Ségou", "حلب", "Київ", "COVID-19", "μg", "a+b", "-"]
)
def test_a_proper_text_raises_no_fault(text: str) -> None:
    read = values_of({"Comments": [text, "Other"], "Reporting period": ["2024-01"] * 2})

    assert codes_of(read) == []


def test_the_frame_holds_the_cleaned_text() -> None:
    assert clean("\ufeff  A\u00a0 name\u200b \n") == "A name"
    read = values_of({ORGANISATION: ["A\u00a0name ", "  "]})
    assert read.frame["reporting_organisation"].to_list() == ["A name", None]


def test_a_fault_is_shown_as_a_problem_in_the_senders_words() -> None:
    table = a_sheet({ORGANISATION: ["Name "], "Reporting period": ["2024-01"]})
    read = read_values(table, match_columns(table))

    (problem,) = problems_in(read.faults, table)
    assert problem.where == "sheet 4W, row 2, column A"
    assert problem.expected == "'Name' without spaces around it"


def test_parts_that_do_not_make_the_total_are_a_fault() -> None:
    read = values_of(
        {
            "People reached": ["10", "10", "12", "10", "10", "10"],
            "Girls reached": ["1", "1", "1", "1", None, None],
            "Boys reached": ["2", "2", "2", "2", "20", "1"],
            "Women reached": ["3", "3", "3", "4", None, None],
            "Men reached": ["4", "5", "4", "1", None, None],
            "Older women reached": ["1", "1", "2", "0", None, None],
            "Reporting period": ["2024-01"] * 6,
        }
    )

    assert codes_of(read) == [(row, "A", "cell.sum-differs") for row in (3, 5, 6)]
    assert read.faults["found"][0] == "10, and its parts make 11"


def test_figures_that_cannot_be_larger_are_compared() -> None:
    read = values_of(
        {
            "People targeted": ["10", "10"],
            "People reached": ["10", "11"],
            "New people reached": ["11", "5"],
            "Households reached": ["2", "12"],
            "Reporting period": ["2024-01"] * 2,
        }
    )

    assert codes_of(read) == [
        (2, "C", "cell.new-over-total"),
        (3, "B", "cell.more-than-targeted"),
        (3, "D", "cell.households-over-people"),
    ]


def test_the_rules_of_cash_are_checked_where_the_columns_are() -> None:
    read = values_of(
        {
            "Cash transfer (yes/no)": ["Yes", "yes", "No", "sí", "No"],
            "Cash value (USD)": ["100", None, "50", "0", None],
            "Delivery mechanism": ["card", None, None, "card", "card"],
            "Reporting period": ["2024-01"] * 5,
        }
    )

    assert codes_of(read) == [
        (3, "B", "cell.cash-without-value"),
        (3, "C", "cell.cash-without-mechanism"),
        (4, "B", "cell.value-without-cash"),
        (5, "B", "cell.cash-without-value"),
        (6, "C", "cell.mechanism-without-cash"),
    ]
    assert len({rule.name for rule in rules()}) == len(rules())


def test_what_every_row_needs_is_missed_only_in_rows_that_say_something() -> None:
    read = values_of(
        {
            ORGANISATION: ["A", None, None],
            "Sector": ["Health", "Health", None],
            "Governorate": ["a", None, None],
            "Governorate code": ["SY01", "SY02", None],
            "Comments": [None, None, None],
        }
    )

    assert codes_of(read) == [(3, "A", "cell.missing")]


def test_a_list_that_names_one_thing_twice_is_a_fault() -> None:
    read = values_of({"Sector": ["WASH, Health, wash", "WASH, Health"], "Year": ["2024"] * 2})

    assert codes_of(read) == [(2, "A", "cell.repeated-in-list")]


def test_spellings_of_one_word_are_asked_once_per_column() -> None:
    status = ["Ongoing", "ongoing", "Closed", "Closed ", "On-going"]
    columns = {"Status": status, "Year": ["2024"] * 5}
    read = values_of(columns)
    question = the_question(read.questions, "ask.spellings")

    assert question.kind is Kind.ACTIVITY
    assert question.rows == (2, 3)
    assert read.frame["status"].to_list() == ["Ongoing", "ongoing", "Closed", "Closed", "On-going"]
    joined = values_of(columns, {question.id: "same"}).frame
    assert joined["status"].to_list()[:2] == ["Ongoing", "Ongoing"]
    apart = values_of(columns, {question.id: AS_ENTERED}).frame
    assert apart["status"].to_list()[:2] == ["Ongoing", "ongoing"]


def test_a_column_of_many_texts_is_not_asked_for_its_spellings() -> None:
    texts = [f"state {n}" for n in range(2001)] + ["State 1"]

    assert values_of({"Status": texts, "Year": ["2024"] * 2002}).questions == ()


def test_what_was_learnt_about_dates_is_used_silently() -> None:
    table = a_sheet({"Start date": ["3/1/2024"], "Year": ["2024"]})
    matched = match_columns(table)
    layout = layout_of(matched, {"start": "dmy"})
    read = read_values(table, matched, {}, Circumstances(layout=layout))

    assert read.questions == ()
    assert read.frame["start"].to_list() == ["2024-01-03"]


def test_persons_and_what_is_not_understood_are_in_no_frame() -> None:
    read = values_of({"Contact person": ["A Person"], "Qwerty": ["x"], "Year": ["2024"]})

    assert read.frame.columns == ["row", "period_year", "period"]
    assert read.entered.columns == ["row", "period_year", "period"]


def test_a_table_without_rows_is_read_without_a_question() -> None:
    read = values_of({"Sector": [], "People reached": []})

    assert read.frame.height == 0
    assert read.questions == ()


def test_an_address_in_a_comment_is_named_and_not_shown() -> None:
    comments = ["write to a.person@example.org", "call +963 11 123 4567", "1+1 @ noon"]
    read = values_of({"Comments": comments, "Year": ["2024"] * 3})

    assert codes_of(read) == [(row, "A", "cell.address-of-a-person") for row in (2, 3)]
    assert not any("example" in found or "963" in found for found in read.faults["found"])


def test_groups_may_add_up_to_the_new_people_alone() -> None:
    read = values_of(
        {
            "Total people reached": ["10", "10", "10"],
            "New people reached": ["4", "4", None],
            "Girls reached": ["1", "1", "1"],
            "Boys reached": ["1", "1", "1"],
            "Women reached": ["1", "2", "1"],
            "Men reached": ["1", "2", "1"],
            "Year": ["2024"] * 3,
        }
    )

    assert codes_of(read) == [(3, "A", "cell.sum-differs"), (4, "A", "cell.sum-differs")]


def test_without_a_total_the_groups_are_held_against_the_new_people() -> None:
    read = values_of(
        {
            "New people reached": ["2", "4"],
            "Girls reached": ["1", "1"],
            "Boys reached": ["1", "1"],
            "Women reached": ["0", "1"],
            "Men reached": ["0", "2"],
            "Year": ["2024"] * 2,
        }
    )

    assert codes_of(read) == [(3, "A", "cell.sum-differs")]


def test_an_answer_that_is_no_answer_leaves_the_question_open() -> None:
    columns = {"Sector": ["Health"], "Start date": ["3/4/2024"]}
    questions = values_of(columns).questions

    read = values_of(columns, {question.id: "whatever" for question in questions})

    assert read.questions == questions
    assert read.frame["period"].to_list() == [None]
