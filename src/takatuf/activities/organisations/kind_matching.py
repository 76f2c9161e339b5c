"""The types of organisations in a frame, as our words; an unknown type is asked once."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
from rapidfuzz import fuzz, process

from takatuf.activities.organisations.kinds import kind_of, organisation_kinds
from takatuf.activities.organisations.sheet import FAULT_SCHEMA, Finding, Sheet, fault_frame
from takatuf.activities.organisations.spelling import organisation_key, tidy
from takatuf.activities.questions import AS_ENTERED, Answers, Kind, Option, Question

COLUMN = "organisation_type"
MOST_OFFERED = 4
LIKE_PERCENT = 60
MOST_QUESTIONS = 50  # a column with more unknown words is hardly one of types


@dataclass(frozen=True, slots=True)
class KindMatch:
    """A frame with the column `organisation_type_word`, and what is asked."""

    frame: pl.DataFrame
    faults: pl.DataFrame
    questions: tuple[Question, ...]
    word_by_row: Mapping[int, str]


def match_kinds(frame: pl.DataFrame, answers: Answers, sheet: Sheet) -> KindMatch:
    """Add our word for the type of the reporting organisation; null where it is not known."""
    if COLUMN not in frame.columns:
        return KindMatch(frame, pl.DataFrame(schema=FAULT_SCHEMA), (), {})
    rows_by_text = {
        text: rows
        for text, rows in frame.group_by(COLUMN).agg(pl.col("row").sort()).iter_rows()
        if text is not None and organisation_key(text)
    }
    words = {text: kind_of(text) for text in rows_by_text}
    unknown = sorted(
        (text for text in words if not words[text]), key=lambda t: (-len(rows_by_text[t]), t)
    )
    questions = [_question(t, rows_by_text[t], sheet) for t in unknown[:MOST_QUESTIONS]]
    findings = [_finding(t, rows_by_text[t], sheet) for t in unknown[MOST_QUESTIONS:]]
    for text, question in zip(unknown, questions, strict=False):
        word = answers.get(question.id, AS_ENTERED)
        words[text] = word if word in organisation_kinds() else ""
    known = {text: word for text, word in words.items() if word}
    return KindMatch(
        frame=frame.with_columns(
            organisation_type_word=pl.col(COLUMN).replace_strict(
                known, default=None, return_dtype=pl.String
            )
        ),
        faults=fault_frame(findings),
        questions=tuple(questions),
        word_by_row={row: known[text] for text in known for row in rows_by_text[text]},
    )


def _question(text: str, rows: list[int], sheet: Sheet) -> Question:
    return Question(
        kind=Kind.ORGANISATION,
        code="ask.organisation-type",
        about=organisation_key(text),
        text=f"Which type of organisation is “{tidy(text)}” ({len(rows):,} rows)?",
        options=(*_offered(text), Option(AS_ENTERED, "none of ours: keep it as entered")),
        rows=tuple(rows),
        where=sheet.where(COLUMN),
        takes_text=True,
    )


def _finding(text: str, rows: list[int], sheet: Sheet) -> Finding:
    return Finding(
        rows=rows,
        column=sheet.column(COLUMN),
        code="organisation.unknown-type",
        found=tidy(text),
        expected="a type of the global list, as National NGO",
    )


def _offered(text: str) -> tuple[Option, ...]:
    words = {text: kind.word for kind in organisation_kinds().values() for text in kind.words}
    near = process.extract(
        organisation_key(text), list(words), scorer=fuzz.WRatio, score_cutoff=LIKE_PERCENT, limit=20
    )
    found: dict[str, Option] = {}
    for word, percent, _ in near:
        kind = words[word]
        found.setdefault(kind, Option(kind, kind.replace("_", " "), f"{percent:.0f} % as {word}"))
    return tuple(found.values())[:MOST_OFFERED]
