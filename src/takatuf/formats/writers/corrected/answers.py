"""The answers that a partner typed on the sheet that explains, read back from their workbook."""

from collections.abc import Mapping
from typing import Final

from takatuf.activities.questions import Answers, QuestionId
from takatuf.formats.writers.corrected.explaining import (
    EXPECTED,
    FOUND,
    ID,
    OPTION_MARK,
    QUESTION_MARK,
    WORD,
)
from takatuf.formats.writers.corrected.findings import SHEET_NAME
from takatuf.formats.writers.corrected.grids import grids_of
from takatuf.formats.writers.corrected.parts.letters import letters_of
from takatuf.vocabulary.errors import InputError

_NO_ANSWERS: Final[Answers] = {}


def read_answers(content: bytes) -> Answers:
    """Return what was answered on the sheet "Takatuf"; nothing if there is no such sheet.

    An answer chosen from the list is the option's word; anything else is the text as typed.

    Args:
        content: A workbook that `read_book` has read.
    """
    try:
        grids = dict(grids_of(content, "answers.xlsx", (SHEET_NAME,)))
    except InputError:
        return _NO_ANSWERS
    if SHEET_NAME not in grids or "" in grids:
        return _NO_ANSWERS
    cells = grids[SHEET_NAME].cells
    typed: dict[QuestionId, str] = {}
    words: dict[tuple[QuestionId, str], str] = {}
    for row in cells.iter_rows(named=True):
        mark = _cell(row, ID)
        if mark.startswith(QUESTION_MARK):
            typed[QuestionId(mark.removeprefix(QUESTION_MARK))] = _cell(row, EXPECTED)
        elif mark.startswith(OPTION_MARK):
            asked = QuestionId(mark.removeprefix(OPTION_MARK))
            words[asked, _cell(row, FOUND)] = _cell(row, WORD)
    return {asked: words.get((asked, text), text) for asked, text in typed.items() if text}


def _cell(row: Mapping[str, str | None], column: int) -> str:
    return (row.get(letters_of(column)) or "").strip()
