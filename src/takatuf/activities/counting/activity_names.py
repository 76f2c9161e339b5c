"""The names of activities: likely slips of the keyboard are asked about.

A list of activities belongs to the plan of a response, so there is none here: a file is
compared with itself. Spellings that differ in case and marks alone are asked about where the
values are read, with those of all other columns.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from takatuf.activities.columns.keys import key_of
from takatuf.activities.organisations.likeness import alike_in
from takatuf.activities.organisations.sheet import (
    UNKNOWN_SHEET,
    Sheet,
    fault_frame,
    unanswered,
)
from takatuf.activities.organisations.spelling import tidy
from takatuf.activities.questions import AS_ENTERED, Answers, Kind, Option, Question

COLUMN = "activity_type"
NO_ANSWERS: Answers = {}
NEAR_PERCENT = 93  # of all letters: names of activities share many words
MOST_NAMES = 3000  # beyond that it is a column of descriptions, and nothing is compared

Rows = Mapping[str, list[int]]  # by spelling


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityMatch:
    """A frame with one spelling for each name that was answered, and what is asked."""

    frame: pl.DataFrame
    faults: pl.DataFrame  # none so far
    questions: tuple[Question, ...]


def match_activities(
    frame: pl.DataFrame, answers: Answers = NO_ANSWERS, sheet: Sheet = UNKNOWN_SHEET
) -> ActivityMatch:
    """Ask about spellings of one name of an activity, and take the answers over.

    Args:
        frame: Rows in our words, with `row`.
        answers: To the questions of an earlier run.
        sheet: Where the rows stand.
    """
    if COLUMN not in frame.columns or frame[COLUMN].null_count() == frame.height:
        return ActivityMatch(frame=frame, faults=fault_frame([]), questions=())
    rows: dict[str, list[int]] = {}
    for text, found in frame.group_by(COLUMN).agg(pl.col("row").sort()).iter_rows():
        rows.setdefault(tidy(text or ""), []).extend(found)
    rows.pop("", None)  # blanks are named with the values, and counted with the doubles
    questions = [_question(names, rows, sheet) for names in _variants(sorted(rows))]
    chosen = {
        name: answers[question.id]
        for question in questions
        if answers.get(question.id, AS_ENTERED) != AS_ENTERED
        for name in (option.word for option in question.options)
        if name != AS_ENTERED
    }
    return ActivityMatch(
        frame=_with_chosen(frame, chosen),
        faults=fault_frame([]),
        questions=unanswered(questions, answers),
    )


def _variants(names: list[str]) -> list[tuple[str, str]]:
    """Return pairs of names that differ by more than marks, and may be one."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(key_of(name), name)
    different = list(first.values())
    if len(different) > MOST_NAMES:
        return []
    return [
        (different[pair.left], different[pair.right])
        for pair in alike_in(different, different)
        if pair.left < pair.right and pair.percent >= NEAR_PERCENT and not pair.is_reordered
    ]


def _question(names: tuple[str, ...], rows: Rows, sheet: Sheet) -> Question:
    concerned = sorted(row for name in names for row in rows[name])
    shown = ", ".join(f"“{name}” ({len(rows[name]):,} rows)" for name in names)
    return Question(
        kind=Kind.ACTIVITY,
        code="ask.activity-spelling",
        about="|".join(names),
        text=f"Are these one activity: {shown}?",
        options=(
            *(Option(name, f"one activity: {name}", f"{len(rows[name]):,} rows") for name in names),
            Option(AS_ENTERED, f"{len(names)} activities"),
        ),
        rows=tuple(concerned),
        where=sheet.where(COLUMN),
        takes_text=True,
    )


def _with_chosen(frame: pl.DataFrame, chosen: Mapping[str, str]) -> pl.DataFrame:
    if not chosen:
        return frame
    texts = frame[COLUMN].unique().drop_nulls()
    said = {text: chosen[tidy(text)] for text in texts if tidy(text) in chosen}
    return frame.with_columns(pl.col(COLUMN).replace(said))
