import io
from dataclasses import replace

import pytest

from takatuf.formats.writers.corrected import (
    SHEET_NAME,
    read_answers,
)
from tests.unit.formats.corrected.workbooks import (
    ROWS,
    a_question,
    a_table,
    a_workbook,
    corrected,
    findings,
    opened,
    texts,
)


def answered(content: bytes, text: str) -> bytes:
    book = opened(content)
    sheet = book[SHEET_NAME]
    row = next(cell.row for cell in sheet["H"] if str(cell.value).startswith("question:"))
    sheet.cell(row, 5).value = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("typed", "read"),
    [("Two activities: keep both", "two"), ("the second is a phone survey", None), ("", "nothing")],
)
def test_what_a_partner_answers_is_read_back(typed: str, read: str | None) -> None:
    question = a_question()
    content = corrected(a_workbook(), findings(questions=(question,)))

    answers = read_answers(answered(content, typed))

    assert answers == ({} if read == "nothing" else {question.id: read or typed})


def test_a_number_may_be_an_answer() -> None:
    question = a_question()
    content = corrected(a_workbook(), findings(questions=(question,)))
    book = opened(content)
    row = next(c.row for c in book[SHEET_NAME]["H"] if str(c.value).startswith("question:"))
    book[SHEET_NAME].cell(row, 5).value = 2024
    out = io.BytesIO()
    book.save(out)

    assert read_answers(out.getvalue()) == {question.id: "2024"}


def test_no_answers_are_read_from_a_file_that_is_not_ours() -> None:
    assert read_answers(a_workbook()) == {}
    assert read_answers(b"organisation,sector\n") == {}
    assert read_answers(b"PK\x03\x04") == {}


def test_questions_are_listed_with_a_drop_down_of_their_answers() -> None:
    sheet = opened(corrected(a_workbook(), findings(questions=(a_question(),))))[SHEET_NAME]

    (validation,) = sheet.data_validations.dataValidation
    first, last = validation.formula1.replace("$", "").split(":")
    assert sheet[first].value == "One activity: keep one"
    assert sheet[last].value == "Two activities: keep both"


def test_a_question_without_options_or_rows_is_listed_too() -> None:
    open_question = replace(a_question(), options=(), rows=(), takes_text=True, where="file")

    book = opened(corrected(a_workbook(), findings(questions=(open_question,))))

    assert open_question.text in texts(book)
    assert not book[SHEET_NAME].data_validations.dataValidation


def test_many_rows_of_a_question_are_shortened() -> None:
    question = replace(a_question(), rows=tuple(range(3, 60, 2)))
    table = a_table(rows=ROWS * 20)

    shown = texts(opened(corrected(a_workbook(), findings(questions=(question,), table=table))))

    assert any(text.startswith("29: 3, 5, 7") and text.endswith("…") for text in shown)
