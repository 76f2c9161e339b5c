"""Files of questions and answers: written with every answer open, read back when filled in."""

import json
from pathlib import Path
from typing import Any

from takatuf.activities.questions import Answers, Kind, Question, QuestionId
from takatuf.formats.writers.corrected import read_answers
from takatuf.vocabulary.errors import InputError, NotFoundError, Problem

_ARCHIVE = b"PK\x03\x04"  # how a workbook begins


def questions_json(questions: tuple[Question, ...]) -> str:
    """Return the questions as JSON, each with an empty answer to be filled in."""
    rows = [
        {
            "question": question.id,
            "kind": question.kind.value,
            "code": question.code,
            "about": question.about,
            "text": question.text,
            "where": question.where,
            "n_rows": len(question.rows),
            "holds_back": question.holds_back,
            "options": {option.word: option.text for option in question.options},
            "takes_text": question.takes_text,
            "answer": "",
        }
        for question in questions
    ]
    return json.dumps({"questions": rows}, ensure_ascii=False, indent=1) + "\n"


def answers_in(path: Path | None) -> tuple[Answers, tuple[Question, ...]]:
    """Return the answers of a file, and the questions that they answer.

    The file is one that `questions_json` wrote, with answers filled in, or a workbook that was
    given back, with answers on its sheet.

    Raises:
        InputError: It is neither.
        NotFoundError: There is no such file.
    """
    if path is None:
        return {}, ()
    if not path.is_file():
        raise NotFoundError(f"There is no file {path}.")
    content = path.read_bytes()
    if content.startswith(_ARCHIVE):
        return read_answers(content), ()
    try:
        rows = [row for row in json.loads(content)["questions"] if row["answer"]]
        asked = tuple(_question(row) for row in rows)
        return {QuestionId(row["question"]): str(row["answer"]) for row in rows}, asked
    except (ValueError, KeyError, TypeError) as error:
        raise InputError([_unreadable(path.name, error)]) from error


def _question(row: dict[str, Any]) -> Question:
    return Question(
        kind=Kind(row["kind"]),
        code=row["code"],
        about=row["about"],
        text=row["text"],
        options=(),
        rows=(),
        where=row["where"],
    )


def _unreadable(name: str, error: Exception) -> Problem:
    return Problem(
        code="ask.answers-unreadable",
        where=name,
        found=f"{type(error).__name__}: {error}",
        expected="a file of questions as --questions wrote it, with answers filled in",
    )
