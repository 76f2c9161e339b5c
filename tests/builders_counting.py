"""Small frames of activities in our words, as they come out of reading a partner's table."""

from collections.abc import Iterable
from typing import Any

import polars as pl

from takatuf.activities.counting import Doubles, count_doubles
from takatuf.activities.organisations import Organisation, Organisations
from takatuf.activities.questions import Answers, Question

FIRST_ROW = 3  # below a header and a row of tags
AMOUNTS = ("reached", "targeted", "latitude", "longitude")


def a_frame(**columns: Iterable[Any]) -> pl.DataFrame:
    data = {
        word: pl.Series(list(values), dtype=pl.Float64 if word.startswith(AMOUNTS) else pl.String)
        for word, values in columns.items()
    }
    frame = pl.DataFrame(data)
    numbers = range(FIRST_ROW, FIRST_ROW + frame.height)
    return frame.with_columns(pl.Series("row", numbers, dtype=pl.UInt32)).select("row", *data)


def some_work(n: int = 1, **said: Any) -> pl.DataFrame:
    """Rows of one work, equal but for what is said otherwise (a value, or one for each row)."""
    usual = {
        "reporting_organisation": "Hope",
        "sector_word": "health",
        "activity_type": "Clinic",
        "adm1_code": "XX01",
        "adm2_code": "XX0101",
        "period": "2024-01",
    }
    every = {word: value for word, value in (usual | said).items() if value is not ...}
    lengths = [len(value) for value in every.values() if isinstance(value, list)]
    height = max([n, *lengths])
    return a_frame(
        **{
            word: value if isinstance(value, list) else [value] * height
            for word, value in every.items()
        }
    )


def known(*members: Organisation) -> Organisations:
    return Organisations(members)


def an_organisation(name: str, acronym: str = "", **rest: Any) -> Organisation:
    slug = name.casefold().replace(" ", "-")
    return Organisation(id=f"organisation/{slug}", name=name, acronym=acronym, **rest)


def codes(questions: Iterable[Question]) -> list[str]:
    return [question.code for question in questions]


def answering(questions: Iterable[Question], word: str) -> Answers:
    return {
        question.id: word
        for question in questions
        if word in {option.word for option in question.options}
    }


def doubles_with(frame: pl.DataFrame, word: str) -> Doubles:
    """What is double once every question that has this option got it as its answer."""
    return count_doubles(frame, answering(count_doubles(frame).questions, word))
