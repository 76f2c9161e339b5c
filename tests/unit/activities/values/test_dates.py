from datetime import date

import pytest

from takatuf.activities.questions import AS_ENTERED
from takatuf.activities.values.days import read_day
from tests.builders_sheets import a_sheet, codes_of, the_question, values_of

START = "Start date"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2024-03-01", "2024-03-01"), ("2024-03-01 00:00:00", "2024-03-01"),
        ("2024-03-01T10:00:00Z", "2024-03-01"), ("20240301", "2024-03-01"),
        ("13/02/2024", "2024-02-13"), ("02/13/2024", "2024-02-13"), ("3.3.2024", "2024-03-03"),
        ("٢٠٢٤-٠٣-٠١", "2024-03-01"), ("1 mars 2024", "2024-03-01"),
        ("March 1, 2024", "2024-03-01"),
        ("3rd March 2024", "2024-03-03"), ("Sunday, 3 March 2024", "2024-03-03"),
        ("1-Mar-2024", "2024-03-01"), ("1 березня 2024 року", "2024-03-01"),
        ("5 de marzo de 2024", "2024-03-05"), ("5 марта 2024 г.", "2024-03-05"),
        ("12 كانون الثاني 2024", "2024-01-12"), ("15 يناير 2024", "2024-01-15"),
        ("2024-03", "2024-03"), ("3/2024", "2024-03"), ("October 2023", "2023-10"),
        ("2024", "2024"), ("2024-Q1", "2024-Q1"), ("Q4 2023", "2023-Q4"), ("T1 2024", "2024-Q1"),
        ("1er trimestre 2024", "2024-Q1"), ("الربع الأول 2024", "2024-Q1"),
        ("IV квартал 2023", "2023-Q4"), ("2024-W10", "2024-W10"), ("Week 10, 2024", "2024-W10"),
    ],
)  # fmt: skip
def test_a_date_is_read_in_every_form_with_one_reading(text: str, read: str) -> None:
    assert read_day(text).text == read


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31/02/2024", "cell.no-such-day"), ("2024-13-01", "cell.no-such-day"),
        ("2024-14", "cell.no-such-day"), ("99/99/2024", "cell.no-such-day"),
        ("1445-05-03", "cell.islamic-year"), ("14/02/1399", "cell.islamic-year"),
        ("2080-01-12", "cell.nepali-year"), ("2080", "cell.nepali-year"),
        ("1823-01-01", "cell.year-out-of-range"), ("soon", "cell.not-a-date"),
        ("ASAP 12", "cell.not-a-date"), ("March", "cell.no-year"), ("2024-W77", "cell.not-a-date"),
    ],
)  # fmt: skip
def test_a_date_that_cannot_be_is_a_fault_and_no_date(text: str, code: str) -> None:
    read = values_of({START: [text, "2024-01-01", "2024-02-01", "2024-03-02"]})

    assert (2, "A", code) in codes_of(read)
    assert read.frame["start"][0] is None
    assert read.entered["start"][0] == text


def test_one_value_proves_the_order_of_the_whole_column() -> None:
    assert values_of({START: ["3/1/2024", "13/2/2024"]}).frame["start"].to_list() == [
        "2024-01-03", "2024-02-13",
    ]  # fmt: skip
    assert values_of({START: ["3/1/2024", "2/13/2024"]}).frame["start"].to_list() == [
        "2024-03-01", "2024-02-13",
    ]  # fmt: skip


def test_an_order_that_nothing_proves_is_asked_and_learnt() -> None:
    columns = {START: ["3/1/2024", "5/6/2024"]}
    read = values_of(columns)
    question = the_question(read.questions, "ask.date-order")

    assert read.frame["start"].to_list() == ["2024", "2024"]
    day_first = values_of(columns, {question.id: "dmy"})
    assert day_first.frame["start"].to_list() == ["2024-01-03", "2024-06-05"]
    assert day_first.date_orders == {"start": "dmy"}
    assert values_of(columns, {question.id: "mdy"}).frame["start"][0] == "2024-03-01"
    assert values_of(columns, {question.id: AS_ENTERED}).frame["start"][0] == "2024"


def test_two_orders_in_one_column_are_asked_and_never_mixed() -> None:
    columns = {START: ["13/2/2024", "2/14/2024", "3/1/2024"]}
    read = values_of(columns)
    question = the_question(read.questions, "ask.date-orders-mixed")

    assert question.rows == (4,)
    assert read.frame["start"].to_list() == ["2024-02-13", "2024-02-14", "2024"]


def test_the_rarer_order_is_named_even_where_every_date_is_clear() -> None:
    read = values_of({START: ["13/2/2024", "2/14/2024", "15/3/2024"], "Year": ["2024"] * 3})

    assert read.questions == ()
    assert codes_of(read) == [(3, "A", "cell.other-date-order")]
    assert read.frame["start"].to_list() == ["2024-02-13", "2024-02-14", "2024-03-15"]


def test_the_number_of_a_day_is_asked_with_both_starts() -> None:
    columns = {START: ["45352", "2024-01-01"]}
    question = the_question(values_of(columns).questions, "ask.date-serial")

    assert values_of(columns).frame["start"].to_list() == [None, "2024-01-01"]
    assert values_of(columns, {question.id: "1900"}).frame["start"][0] == "2024-03-01"
    assert values_of(columns, {question.id: "1904"}).frame["start"][0] == "2028-03-02"
    assert values_of(columns, {question.id: AS_ENTERED}).frame["start"][0] is None


def test_a_month_with_two_digits_is_asked() -> None:
    columns = {START: ["Mar-24", "2024-01-01"]}
    question = the_question(values_of(columns).questions, "ask.month-or-day")

    assert values_of(columns, {question.id: "month"}).frame["start"][0] == "2024-03"
    assert values_of(columns, {question.id: "day"}).frame["start"][0] is None


def test_a_year_of_two_digits_is_read_and_named() -> None:
    read = values_of({START: ["13/02/24", "1-Mar-24"]})

    assert read.frame["start"].to_list() == ["2024-02-13", "2024-03-01"]
    assert [code for _, _, code in codes_of(read)] == ["cell.short-year"] * 2


def test_an_end_before_its_start_is_a_fault_as_far_as_both_are_known() -> None:
    read = values_of(
        {
            START: ["2024-03-01", "2024-03-01", "2024-03", "2024-Q2"],
            "End date": ["2024-02-28", "2024-03", "2024-02-01", "2024-01"],
        }
    )

    assert codes_of(read) == [(2, "B", "cell.end-before-start"), (4, "B", "cell.end-before-start")]


def test_ongoing_is_a_state_of_an_end_and_no_fault() -> None:
    read = values_of({"End date": ["ongoing", "2024-01-01", "en cours", "مستمر"]})

    assert codes_of(read) == []
    assert read.unstated["state"].to_list() == ["open_ended"] * 3


def test_the_period_comes_from_one_column() -> None:
    read = values_of({"Reporting period": ["October 2023", "2023-11", "Q4 2023", "2024-01-15"]})

    assert read.frame["period"].to_list() == ["2023-10", "2023-11", "2023-Q4", "2024-01"]


def test_the_period_comes_from_month_and_year() -> None:
    read = values_of(
        {
            "Month": ["October ", "11", "كانون الأول", "2024-01", None, "foo"],
            "Year": ["2023", "2023.0", "٢٠٢٣", "2024", "2024", "2024"],
        }
    )

    assert read.frame["period"].to_list() == [
        "2023-10", "2023-11", "2023-12", "2024-01", "2024", "2024",
    ]  # fmt: skip
    assert {(2, "A", "cell.untrimmed"), (7, "A", "cell.not-a-month")} <= set(codes_of(read))
    assert read.entered["period"].to_list()[0] == "October  2023"


def test_endless_digits_are_no_month_and_no_year() -> None:
    read = values_of({"Month": ["1" * 5000, "May", "May"], "Year": ["2024", "2" * 5000, "2024"]})

    assert read.frame["period"].to_list() == ["2024", None, "2024-05"]
    assert codes_of(read) == [
        (2, "A", "cell.not-a-month"),
        (3, "A", "cell.missing"),
        (3, "B", "cell.not-a-year"),
    ]


def test_a_month_without_a_year_is_asked_for_its_year() -> None:
    columns = {"Month": ["October", "November"]}
    question = the_question(values_of(columns).questions, "ask.period-year")

    assert question.holds_back
    assert values_of(columns).frame["period"].to_list() == [None, None]
    assert values_of(columns, {question.id: "2023"}).frame["period"].to_list() == [
        "2023-10", "2023-11",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("4W 2024Q1.csv", "2024-Q1"), ("3W_Q4_2023", "2023-Q4"),
        ("NGA Data Q4 final 2023", "2023-Q4"),
        ("report 2024-03.xlsx", "2024-03"), ("03_2024 WASH", "2024-03"), ("5W Dec 2023", "2023-12"),
        ("Rapport mars 2024", "2024-03"),
    ],
)  # fmt: skip
def test_a_name_suggests_a_period_and_never_settles_it(name: str, period: str) -> None:
    read = values_of({"Sector": ["Health"]}, file_name=name)
    question = the_question(read.questions, "ask.period")

    assert question.options[0].word == period
    assert question.holds_back
    assert read.frame["period"].to_list() == [None]
    answered = values_of({"Sector": ["Health"]}, {question.id: "March 2024"}, file_name=name)
    assert answered.frame["period"].to_list() == ["2024-03"]
    kept = values_of({"Sector": ["Health"]}, {question.id: AS_ENTERED}, file_name=name)
    assert kept.frame["period"].to_list() == [None]


def test_dates_of_one_month_suggest_the_period() -> None:
    read = values_of({START: ["2024-03-01", "2024-03-20"], "Sector": ["Health", "WASH"]})

    option = the_question(read.questions, "ask.period").options[0]
    assert (option.word, option.because) == ("2024-03", "every start is in this month")


def test_the_period_of_the_next_file_is_asked_again() -> None:
    first, second = (
        the_question(values_of({"Sector": [name]}).questions, "ask.period")
        for name in ("Health", "WASH")
    )

    assert first.id != second.id
    assert a_sheet({"Sector": ["Health"]}).header_row == 1


def test_a_period_in_the_future_is_a_fault_where_the_day_is_known() -> None:
    columns = {"Reporting period": ["2024-03", "2024-04", "2025"]}

    assert codes_of(values_of(columns)) == []
    read = values_of(columns, today=date(2024, 3, 15))
    assert codes_of(read) == [
        (3, "A", "cell.in-the-future"),
        (4, "A", "cell.in-the-future"),
    ]


def test_only_years_make_a_period_of_a_year() -> None:
    assert values_of({"Year": ["2023", "2024"]}).frame["period"].to_list() == ["2023", "2024"]
