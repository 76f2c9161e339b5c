"""Questions about values: collected while the columns are read, answered where it is known."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import polars as pl

from takatuf.activities.columns.matched import MatchedColumn
from takatuf.activities.questions import Answers, Kind, Option, Question
from takatuf.activities.tables import SheetTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What is asked of some rows of a column."""

    kind: Kind
    code: str
    about: str
    text: str
    options: tuple[Option, ...]
    holds_back: bool = False
    accepts: Callable[[str], bool] | None = None  # which other texts are answers; None: none


@dataclass(slots=True)
class Asked:
    """The questions that the values of one table raise."""

    table: SheetTable
    answers: Answers
    questions: list[Question] = field(default_factory=list)

    def answer(self, doubt: Doubt, rows: Iterable[int], letter: str = "") -> str | None:
        """Return the answer that is known, or None and keep the question.

        A text that is no answer to the question leaves it open.
        """
        listed = tuple(rows.to_list() if isinstance(rows, pl.Series) else rows)
        question = Question(
            kind=doubt.kind,
            code=doubt.code,
            about=doubt.about,
            text=doubt.text,
            options=doubt.options,
            rows=listed,
            where=self.table.where(listed[0] if listed else self.table.header_row, letter),
            holds_back=doubt.holds_back,
            takes_text=doubt.accepts is not None,
        )
        known = self.answers.get(question.id)
        if known is not None and _is_answer(known, doubt):
            return known
        self.questions.append(question)
        return None


def _is_answer(known: str, doubt: Doubt) -> bool:
    if known in {option.word for option in doubt.options}:
        return True
    return doubt.accepts is not None and doubt.accepts(known)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadColumn:
    """One column while it is read."""

    found: MatchedColumn
    rows: pl.Series  # the number of each row in the sheet
    entered: pl.Series  # as it stands in the file
    cleaned: pl.Series  # null where blank
    texts: pl.Series  # cleaned; null also where a word stands instead of a value
    states: pl.DataFrame  # text and state of such words

    @property
    def letter(self) -> str:
        """The column's letter in the sheet."""
        return self.found.column.letter

    @property
    def header(self) -> str:
        """The header as a person reads it."""
        return " ".join(self.found.column.header.split()) or self.found.column.tag

    def read_as(self, cleaned: pl.Series, texts: pl.Series, states: pl.DataFrame) -> "ReadColumn":
        """Return the same column with what its cells say."""
        return replace(self, cleaned=cleaned, texts=texts, states=states)

    def without(self, texts: Iterable[str]) -> "ReadColumn":
        """Return the same column with some texts left blank."""
        held = self.texts.is_in(list(texts)).fill_null(value=False)
        rest = pl.select(pl.when(~held).then(self.texts)).to_series()
        return replace(self, texts=rest)

    def rows_with(self, texts: Iterable[str]) -> list[int]:
        """Return the rows in which one of these texts stands."""
        return self.rows.filter(self.texts.is_in(list(texts))).to_list()
