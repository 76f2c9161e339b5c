import json

import pytest

from takatuf.activities.columns.layout import (
    fingerprint_of,
    layout_from_json,
    layout_of,
    layout_to_json,
)
from takatuf.activities.columns.matched import How
from takatuf.activities.columns.matching import match_columns
from takatuf.activities.questions import AS_ENTERED
from takatuf.vocabulary.errors import InputError
from tests.builders_sheets import a_sheet, headed, the_question

UNKNOWN_WORD = json.dumps(
    {
        "columns": [{"about": "a", "header": "a", "tag": "", "word": "nonsense", "how": ""}],
        "date_orders": {},
        "sheet": "",
    }
)
COLUMNS = {"Partner": ["A", "B"], "Sector": ["Health", "WASH"], "Month": ["May", "June"]}


def test_an_answer_is_learnt_and_the_next_table_is_read_silently() -> None:
    table = a_sheet(COLUMNS)
    (question,) = match_columns(table).questions
    answered = match_columns(table, None, {question.id: "implementing_partner"})
    layout = layout_of(answered, {"start": "dmy"})

    again = match_columns(table, layout)

    assert answered.columns[0].how is How.ANSWER
    assert again.questions == ()
    assert list(again.letters) == ["implementing_partner", "sector", "period_month"]
    assert {found.how for found in again.columns} == {How.LAYOUT}
    assert layout.period_columns == ("period_month",)
    assert layout.fingerprint == fingerprint_of(table.columns)


def test_a_column_left_as_entered_is_not_asked_again() -> None:
    table = a_sheet({**COLUMNS, "codes": ["SY01", "SY02"]})
    asked = the_question(match_columns(table).questions, "ask.column-by-values")
    answered = match_columns(table, None, {asked.id: AS_ENTERED})

    again = match_columns(table, layout_of(answered))

    assert [question.code for question in again.questions] == ["ask.column-meaning"]
    assert again.columns[3].word == ""


def test_a_question_without_an_answer_is_asked_again_the_same() -> None:
    table = a_sheet(COLUMNS)
    first = match_columns(table)

    assert match_columns(table, layout_of(first)).questions == first.questions


def test_of_a_changed_layout_only_the_change_is_asked() -> None:
    learnt = layout_of(match_columns(headed("Organization", "Sector", "Status", "Month")))
    changed = match_columns(headed("Organization", "Sector", "State of play", "Month"), learnt)

    (question,) = changed.questions
    assert question.code == "ask.column-new"
    assert question.where == "sheet 4W, row 1, column C"
    assert "status" in {option.word for option in question.options}
    missing = [problem for problem in changed.problems if problem.code == "column.missing"]
    assert [problem.found for problem in missing] == ["no column Status"]
    settled = match_columns(
        headed("Organization", "Sector", "State of play", "Month"), learnt, {question.id: "status"}
    )
    assert settled.questions == ()
    assert "column.missing" not in {problem.code for problem in settled.problems}
    assert settled.letters["status"] == "C"


def test_columns_may_change_their_places() -> None:
    learnt = layout_of(match_columns(headed("Organization", "Sector")))
    moved = match_columns(headed("Sector", "Organization"), learnt)

    assert moved.questions == ()
    assert moved.letters == {"sector": "A", "reporting_organisation": "B"}


def test_columns_with_one_header_are_told_apart_by_their_order() -> None:
    table = headed("Implementing partner", "Sector", "Implementing partner")
    learnt = layout_of(match_columns(table))

    assert len({column.about for column in learnt.columns}) == 3
    assert list(match_columns(table, learnt).letters) == [
        "implementing_partner",
        "sector",
        "implementing_partner_2",
    ]


def test_new_columns_of_persons_are_left_out_without_a_question() -> None:
    learnt = layout_of(match_columns(headed("Organization")))
    matched = match_columns(headed("Organization", "Contact person"), learnt)

    assert matched.questions == ()
    assert len(matched.persons) == 1


def test_a_layout_is_saved_and_read_back_the_same() -> None:
    layout = layout_of(match_columns(a_sheet(COLUMNS)), {"start": "mdy"})

    text = layout_to_json(layout)

    assert layout_from_json(text) == layout
    assert json.loads(text)["fingerprint"] == layout.fingerprint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"columns": [{"word": "x"}], "date_orders": {}, "sheet": ""}',
        '{"columns": [], "date_orders": [], "sheet": ""}',
        UNKNOWN_WORD,
    ],
)
def test_a_layout_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(InputError) as refused:
        layout_from_json(text)

    assert refused.value.problems[0].code == "column.layout-unreadable"
