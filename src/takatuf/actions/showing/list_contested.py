"""List contradictions: what is contested, and what is only easily taken for one question."""

from datetime import date

from takatuf.actions.read_picture import Reading
from takatuf.actions.views import view_of_question
from takatuf.formats.city_report import QuestionView
from takatuf.picture.questions import questions_of


def list_contested(reading: Reading, at: date | None = None) -> tuple[QuestionView, ...]:
    """Return the written questions in their order, then every other contested belief.

    Args:
        reading: The picture.
        at: The day that is asked about; None for the whole record.
    """
    questions = questions_of(reading.weigher, reading.names, at)
    return tuple(view_of_question(question, reading) for question in questions)
