import polars as pl
import pytest

from takatuf.activities.questions import AS_ENTERED
from tests.builders_sheets import Cells, codes_of, the_question, values_of

PEOPLE = "People reached"


def numbers(texts: list[str | None], header: str = PEOPLE) -> list[float | None]:
    frame = values_of({header: texts}).frame
    name = next(name for name in frame.columns if name not in {"row", "period"})
    return frame[name].to_list()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1300", 1300), ("0", 0), ("1,300", 1300), ("1,234,567", 1234567), ("1.234.567", 1234567),
        ("1 300", 1300), ("12 000", 12000), ("1\u00a0300", 1300), ("1\u202f300", 1300),
        ("1'300", 1300), ("١٬٣٠٠", 1300), ("١٣٠٠", 1300), ("۱۳۰۰", 1300), ("1.3E+05", 130000),
        ("1,234,567.0", 1234567), ("1.234.567,0", 1234567), (" 45 ", 45), ("+7", 7),
    ],
)  # fmt: skip
def test_a_number_is_read_in_every_usual_form(text: str, number: float) -> None:
    assert numbers([text]) == [number]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("about 300", "cell.text-in-number"), ("300 people", "cell.text-in-number"),
        ("50-70", "cell.range"), ("50 to 70", "cell.range"), ("45%", "cell.percent"),
        ("120 %", "cell.over-hundred-percent"), ("many", "cell.not-a-number"),
        ("-5", "cell.less-than-none"), ("(5)", "cell.less-than-none"),
        ("−5", "cell.less-than-none"), ("-1,300", "cell.less-than-none"),
        ("inf", "cell.not-a-number"),
        ("963911123456", "cell.too-large"), ("9" * 40, "cell.too-large"),
        ("1 " * 50 + "1", "cell.not-a-number"), ("9" * 5000, "cell.not-a-number"),
    ],
)  # fmt: skip
def test_what_counts_no_people_is_a_fault_and_no_number(text: str, code: str) -> None:
    read = values_of({PEOPLE: [text, "7", "8", "9"]})

    assert codes_of(read) == [(2, "A", code)]
    assert read.frame["reached"].to_list() == [None, 7, 8, 9]
    assert read.entered["reached"].to_list() == [text, "7", "8", "9"]


def test_a_part_of_a_person_is_named_and_still_sums() -> None:
    read = values_of({PEOPLE: ["2.5", "7"]})

    assert codes_of(read) == [(2, "A", "cell.part-of-a-person")]
    assert read.frame["reached"].sum() == pytest.approx(9.5)


def test_a_thousand_with_a_point_is_asked_and_answered() -> None:
    columns = {PEOPLE: ["1.300", "12", "2.500"]}
    read = values_of(columns)
    question = the_question(read.questions, "ask.decimal-mark")

    assert question.rows == (2, 4)
    assert read.frame["reached"].to_list() == [None, 12, None]
    assert read.unstated.rows() == [(2, "A", "unreadable"), (4, "A", "unreadable")]
    thousands = values_of(columns, {question.id: "thousands"}).frame
    assert thousands["reached"].to_list() == [1300, 12, 2500]
    decimal = values_of(columns, {question.id: "decimal"}).frame
    assert decimal["reached"].to_list() == [1.3, 12, 2.5]
    neither = values_of(columns, {question.id: AS_ENTERED}).frame
    assert neither["reached"].to_list() == [None, 12, None]


def test_the_column_itself_can_prove_what_a_point_means() -> None:
    assert numbers(["1.300", "1.300.000"]) == [1300, 1300000]
    assert numbers(["1.300", "2.5"]) == [1.3, 2.5]
    assert numbers(["1,300", "2,5"], "Cash value (USD)") == [1.3, 2.5]
    assert numbers(["1,300", "1,300.50"], "Cash value (USD)") == [1300, 1300.5]


def test_a_column_that_proves_both_is_asked() -> None:
    read = values_of({"Cash value (USD)": ["1,300", "2,5", "1,300,000"]})

    assert the_question(read.questions, "ask.decimal-mark").rows == (2,)


def test_a_comma_in_money_is_asked_as_it_may_be_a_fraction() -> None:
    read = values_of({"Cash value (USD)": ["1,300"]})

    assert the_question(read.questions, "ask.decimal-mark").rows == (2,)


def test_a_decimal_comma_among_points_is_named() -> None:
    read = values_of({"Cash value (USD)": ["12,5", "13.25", "14"]})

    assert codes_of(read) == [(2, "A", "cell.decimal-comma")]
    assert read.frame["cash_value"].to_list() == [12.5, 13.25, 14]


def test_zero_blank_unknown_and_withheld_stay_four_things() -> None:
    read = values_of({PEOPLE: ["0", None, "unknown", "Withheld", "N/A", "inconnu", "سري", "#N/A"]})

    assert read.frame["reached"].to_list() == [0, *[None] * 7]
    assert dict(read.unstated.select("row", "state").iter_rows()) == {
        4: "unknown", 5: "withheld", 6: "not_applicable", 7: "unknown", 8: "withheld", 9: "error",
    }  # fmt: skip
    assert codes_of(read) == [(9, "A", "cell.error-value")]


def test_a_dash_among_numbers_is_asked_once_for_the_table() -> None:
    columns: dict[str, Cells] = {PEOPLE: ["1", "-", None], "People targeted": ["5", "–", "6"]}
    read = values_of(columns)
    question = the_question(read.questions, "ask.dash-in-numbers")

    assert question.rows == (3,)
    assert read.unstated["state"].to_list() == ["unclear", "unclear"]
    zero = values_of(columns, {question.id: "zero"})
    assert zero.frame["reached"].to_list() == [1, 0, None]
    assert zero.unstated.height == 0
    unknown = values_of(columns, {question.id: "unknown"}).frame
    assert unknown["reached"].to_list() == [1, None, None]


def test_coordinates_are_read_with_a_decimal_comma_which_is_named() -> None:
    read = values_of({"Latitude": ["36,2021", "36.3", "north"], "Longitude": ["37.1", "37.2", "x"]})

    assert read.frame["latitude"].to_list() == [36.2021, 36.3, None]
    assert codes_of(read)[0] == (2, "A", "cell.decimal-comma")
    assert read.frame.schema["latitude"] == pl.Float64
