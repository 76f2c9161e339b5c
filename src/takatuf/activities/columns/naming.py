"""What is said about columns besides the questions: nothing that is left out goes unnamed."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from takatuf.activities.columns.asking import about_column, occurrences
from takatuf.activities.columns.evidence import is_sector_name
from takatuf.activities.columns.headers import MOST_LETTERS
from takatuf.activities.columns.layout import Layout
from takatuf.activities.columns.matched import PERSONS, MatchedColumn, Wide
from takatuf.activities.columns.meanings import meanings
from takatuf.activities.tables import SheetTable
from takatuf.activities.values.months import month_of
from takatuf.vocabulary.errors import Problem, cut

_LEAST_WIDE = 3  # neighbours that make a block


def problems_of(
    columns: Sequence[MatchedColumn], table: SheetTable, layout: Layout | None
) -> tuple[Problem, ...]:
    """Return the columns that were left out, are empty, or are not understood."""
    in_wide = {letter for block in wide_of(columns) for letter in block.letters}
    return (
        *_persons(columns, table),
        *_empty(columns, table),
        *(_wide(block, table) for block in wide_of(columns)),
        *_not_understood(columns, table, in_wide),
        *(_missing(columns, table, layout) if layout else ()),
    )


def wide_of(columns: Sequence[MatchedColumn]) -> tuple[Wide, ...]:
    """Return the blocks of neighbouring columns that are headed by months or by sectors."""
    found = []
    for by, block in groupby(columns, key=_heads):
        letters = tuple(column.column.letter for column in block)
        if by and len(letters) >= _LEAST_WIDE:
            found.append(Wide(by, letters))
    return tuple(found)


def _heads(column: MatchedColumn) -> str:
    if column.word:
        return ""
    header = column.column.header[:MOST_LETTERS].rpartition(" / ")[2]
    words = header.replace("-", " ").replace("_", " ").split()
    if month_of(header) or (words and month_of(words[0]) and words[-1].isdigit()):
        return "month"
    return "sector" if is_sector_name(header) else ""


def _persons(columns: Sequence[MatchedColumn], table: SheetTable) -> Iterable[Problem]:
    for column in columns:
        if column.word in PERSONS:
            yield Problem(
                code="column.persons-left-out",
                where=table.where(table.header_row, column.column.letter),
                found=_named(column),
                expected="no names, addresses or numbers of persons",
                hint="The column is not read and nothing of it is kept.",
            )


def _empty(columns: Sequence[MatchedColumn], table: SheetTable) -> Iterable[Problem]:
    empty = [column for column in columns if column.is_empty and column.column.header]
    if empty and table.cells.height:
        letters = ", ".join(column.column.letter for column in empty)
        yield Problem(
            code="column.empty",
            where=table.where(table.header_row, empty[0].column.letter),
            found=f"{len(empty)} of {len(columns)} columns without a value in any row",
            expected="values, or no such column",
            hint=f"Columns {letters}.",
        )


def _wide(block: Wide, table: SheetTable) -> Problem:
    return Problem(
        code="column.wide",
        where=table.where(table.header_row, block.letters[0]),
        found=f"{len(block.letters)} columns, one for each {block.by}",
        expected=f"one column for the figure and one for the {block.by}",
        hint=f"Columns {block.letters[0]} to {block.letters[-1]} are kept as they were entered.",
    )


def _not_understood(
    columns: Sequence[MatchedColumn], table: SheetTable, in_wide: set[str]
) -> Iterable[Problem]:
    for column in columns:
        letter = column.column.letter
        is_open = bool(column.rivals)
        if not column.word and not column.is_empty and not is_open and letter not in in_wide:
            yield Problem(
                code="column.not-understood",
                where=table.where(table.header_row, letter),
                found=_named(column),
                expected="a header or an HXL tag that says what it holds",
                hint="It is kept as it was entered and counts nowhere.",
            )


def _missing(
    columns: Sequence[MatchedColumn], table: SheetTable, layout: Layout
) -> Iterable[Problem]:
    n_before = occurrences([column.column for column in columns])
    here = {about_column(c.column, n_before[c.column.letter]) for c in columns}
    have = {column.word for column in columns}
    for learnt in layout.columns:
        if learnt.word and learnt.about not in here and learnt.word not in have:
            yield Problem(
                code="column.missing",
                where=table.where(table.header_row),
                found=f"no column {cut(learnt.header)}",
                expected=meanings()[learnt.word].label.en,
                hint="Earlier tables of this partner had it.",
            )


def _named(column: MatchedColumn) -> str:
    header = " ".join(column.column.header.split())
    return cut(header or column.column.tag or "no header")
