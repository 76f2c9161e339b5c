"""Tables as they stand in a partner's file, from a few columns of text."""

from collections.abc import Mapping, Sequence

import polars as pl

from takatuf.activities.columns.matching import match_columns
from takatuf.activities.questions import Answers, Question
from takatuf.activities.tables import Column, SheetTable
from takatuf.activities.values.reading import Circumstances, ReadValues, read_values

Cells = Sequence[str | None]


def a_sheet(
    columns: Mapping[str, Cells], tags: Sequence[str] = (), sheet: str = "4W"
) -> SheetTable:
    """Return a table whose header stands in row 1 and whose data begin below it."""
    headers = list(columns)
    n_rows = max((len(cells) for cells in columns.values()), default=0)
    letters = [letter_of(at) for at in range(len(headers))]
    padded = [*tags, *[""] * (len(headers) - len(tags))]
    first = 3 if tags else 2
    return SheetTable(
        sheet=sheet,
        columns=tuple(map(Column, letters, headers, padded)),
        cells=pl.DataFrame(
            {
                letter: pl.Series([*cells, *[None] * (n_rows - len(cells))], dtype=pl.String)
                for letter, cells in zip(letters, columns.values(), strict=True)
            }
        ),
        rows=pl.Series(range(first, first + n_rows), dtype=pl.UInt32),
        header_row=1,
        tag_row=2 if tags else None,
    )


def letter_of(at: int) -> str:
    """Return the letter of a column, A for 0."""
    high, low = divmod(at, 26)
    return (chr(64 + high) if high else "") + chr(65 + low)


def headed(*headers: str, tags: Sequence[str] = ()) -> SheetTable:
    """Return a table of headers with one row of which nothing can be told."""
    letters = [letter_of(at) for at in range(len(headers))]
    padded = [*tags, *[""] * (len(headers) - len(tags))]
    return SheetTable(
        sheet="4W",
        columns=tuple(map(Column, letters, headers, padded)),
        cells=pl.DataFrame({letter: ["?"] for letter in letters}),
        rows=pl.Series([2], dtype=pl.UInt32),
        header_row=1,
    )


def words_of(table: SheetTable, answers: Answers | None = None) -> list[str]:
    """Return the word of each column, "" where it has none."""
    return [found.word for found in match_columns(table, None, answers or {}).columns]


def values_of(
    columns: Mapping[str, Cells], answers: Answers | None = None, **known: object
) -> ReadValues:
    """Return what the cells of a table with these columns say."""
    table = a_sheet(columns)
    return read_values(
        table,
        match_columns(table),
        answers or {},
        Circumstances(**known),  # type: ignore[arg-type] # each test knows its types
    )


def the_question(questions: Sequence[Question], code: str) -> Question:
    """Return the only question with this code."""
    (found,) = [question for question in questions if question.code == code]
    return found


def codes_of(read: ReadValues) -> list[tuple[int, str, str]]:
    """Return row, column and code of every fault, in order."""
    return sorted(read.faults.select("row", "column", "code").iter_rows())
