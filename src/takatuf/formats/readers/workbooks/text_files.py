"""Read a table of text, and say what had to be found out: its encoding, its quotation marks."""

from dataclasses import dataclass

from takatuf.activities.questions import Kind, Option, Question
from takatuf.formats.readers.workbooks.book import Limits
from takatuf.formats.readers.workbooks.delimited import Delimited, read_delimited
from takatuf.formats.readers.workbooks.encodings import Reading, decoded
from takatuf.formats.readers.workbooks.grids import Grid
from takatuf.vocabulary.errors import Problem, cut

_SHOWN = 5
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file as cells, and what is to be known of how it was read."""

    grid: Grid
    encoding: str
    notes: tuple[Problem, ...]
    questions: tuple[Question, ...]


def read_text_file(content: bytes, name: str, encoding: str, limits: Limits) -> TextFile:
    """Return the cells of a text file.

    Raises:
        InputError: It is no text, or has more cells than the limits allow.
    """
    reading = decoded(content, name, encoding)
    read = read_delimited(reading, name, limits)
    questions = (_which_encoding(content, reading, name),) if reading.rivals else ()
    return TextFile(read.grid, reading.encoding, tuple(_notes(reading, read, name)), questions)


def _notes(reading: Reading, read: Delimited, name: str) -> list[Problem]:
    notes = []
    if reading.is_guess:
        notes.append(
            Problem(
                code="workbook.encoding-found",
                where=name,
                found=f"text that is not UTF-8; it reads as {reading.encoding}",
                expected="text in UTF-8",
                hint="If letters are wrong, name the encoding, or save the table as CSV UTF-8.",
            )
        )
    if reading.odd_lines:
        lines = ", ".join(map(str, reading.odd_lines[:_SHOWN]))
        notes.append(
            Problem(
                code="workbook.mixed-encodings",
                where=f"{name}, line {lines}",
                found=f"{len(reading.odd_lines):,} lines that are not {reading.encoding}",
                expected=f"one encoding; these lines are read as {reading.odd_encoding}",
            )
        )
    if read.is_uneven:
        notes.append(
            Problem(
                code="workbook.uneven-quotes",
                where=name,
                found="quotation marks that do not match",
                expected='each cell with a quotation mark in marks, and the mark twice ("")',
                hint="Compare the number of rows with that in your program.",
            )
        )
    return notes


def _which_encoding(content: bytes, reading: Reading, name: str) -> Question:
    others = reading.rivals
    first = next((n for n, line in enumerate(content.split(b"\n"), 1) if not line.isascii()), 1)
    return Question(
        kind=Kind.LAYOUT,
        code="ask.encoding",
        about=" ".join(sorted({reading.encoding, *others})),
        text=f"The letters of {name} can be read in {1 + len(others)} ways. Which is right?",
        options=tuple(
            Option(encoding, encoding, f"reads: {_example(content, encoding)}")
            for encoding in (reading.encoding, *others)
        ),
        rows=(first,),
        where=name,
    )


def _example(content: bytes, encoding: str) -> str:
    marked = (line for line in content.split(b"\n") if not line.isascii())
    lines = [line for _, line in zip(range(_EXAMPLES), marked, strict=False)]
    return cut(" ".join(line.decode(encoding, "replace").strip() for line in lines))
