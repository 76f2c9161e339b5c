"""What was settled about tables: for whom it holds, and how it is taken back."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from takatuf.activities.columns.layout import Layout, LearntColumn
from takatuf.activities.memory import (
    WITHDRAWN,
    Decision,
    answers_for,
    layouts_for,
    learnt,
    settled,
)
from takatuf.activities.questions import Kind, Option, Question
from takatuf.storage.decision_log import DecisionLog
from takatuf.vocabulary.errors import UnavailableError
from takatuf.vocabulary.identity import ThingId

ON = datetime(2024, 4, 20, 12, 0, tzinfo=UTC)
ONE, OTHER = ThingId("organisation/one"), ThingId("organisation/other")


def a_question(kind: Kind = Kind.ORGANISATION, about: str = "hope relief") -> Question:
    return Question(
        kind=kind,
        code="ask.two-spellings",
        about=about,
        text="One?",
        options=(Option("same", "Yes"),),
        rows=(3,),
        where="row 3",
    )


def a_decision(kind: Kind = Kind.ORGANISATION, answer: str = "same") -> Decision:
    asked = a_question(kind)
    return settled([asked], {asked.id: answer}, ONE, "an officer", ON)[0]


@pytest.mark.parametrize(
    ("kind", "holds_for_others"),
    [
        (Kind.ORGANISATION, True),
        (Kind.PLACE, True),
        (Kind.SECTOR, True),
        (Kind.ACTIVITY, True),
        (Kind.LAYOUT, False),
        (Kind.DATE, False),
        (Kind.NUMBER, False),
    ],
)
def test_what_names_mean_holds_for_all_and_what_columns_mean_for_one_sender(
    kind: Kind, *, holds_for_others: bool
) -> None:
    decision = a_decision(kind)

    assert answers_for([decision], ONE) == {a_question(kind).id: "same"}
    assert bool(answers_for([decision], OTHER)) is holds_for_others


def test_what_concerns_the_rows_of_one_file_is_not_remembered() -> None:
    asked = a_question(Kind.COPIES)

    assert settled([asked], {asked.id: "keep_one"}, ONE, "an officer", ON) == ()


def test_a_later_decision_takes_the_place_of_an_earlier_one_and_can_withdraw_it() -> None:
    first, second = a_decision(), a_decision(answer="different")
    withdrawn = replace(first, answer=WITHDRAWN)

    assert list(answers_for([first, second], ONE).values()) == ["different"]
    assert answers_for([first, second, withdrawn], ONE) == {}


def test_a_layout_is_learnt_from_one_sender() -> None:
    layout = Layout(sheet="3W", columns=(LearntColumn("a", "Org", "", "sector", "header"),))
    decision = learnt(layout, ONE, "an officer", ON)

    assert layouts_for([decision], ONE) == {layout.fingerprint: layout}
    assert layouts_for([decision], OTHER) == {}
    assert layouts_for([decision, replace(decision, answer=WITHDRAWN)], ONE) == {}
    assert answers_for([decision], ONE) == {}


def test_decisions_are_read_as_they_were_kept(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path / "decisions.jsonl")
    assert log.decisions() == ()

    log.remember([a_decision()])
    log.remember([])
    log.remember([a_decision(Kind.DATE, "dmy")])

    assert log.decisions() == (a_decision(), a_decision(Kind.DATE, "dmy"))


def test_a_line_that_was_not_written_to_its_end_is_no_decision(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path / "decisions.jsonl")
    log.remember([a_decision()])
    with log.path.open("a") as file:
        file.write('{"kind": "org')

    assert log.decisions() == (a_decision(),)
    log.remember([a_decision(Kind.DATE, "dmy")])
    assert log.decisions() == (a_decision(), a_decision(Kind.DATE, "dmy"))


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path / "decisions.jsonl")
    log.path.write_text('{"kind": "organisation"}\n')

    with pytest.raises(UnavailableError, match="line 1"):
        log.decisions()
