"""Find the tables of a sheet, and name everything on it that is in none."""

from dataclasses import dataclass

from takatuf.activities.tables import Column, SheetTable
from takatuf.formats.readers.workbooks.finding.bodies import Body, sort_rows
from takatuf.formats.readers.workbooks.finding.heads import Head, find_head, head_rows
from takatuf.formats.readers.workbooks.finding.naming import (
    duplicate_headers,
    empty,
    hidden,
    left_out,
    no_header,
    no_table,
    pivot,
    unfilled,
)
from takatuf.formats.readers.workbooks.finding.regions import regions, without_pivots
from takatuf.formats.readers.workbooks.finding.words import is_pivot_word
from takatuf.formats.readers.workbooks.grids import Grid
from takatuf.vocabulary.errors import Problem

_FIRST_ROWS = 12


@dataclass(frozen=True, slots=True)
class Found:
    """What was found on one sheet."""

    tables: tuple[SheetTable, ...] = ()
    skipped: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


def find_tables(grid: Grid, name: str) -> Found:
    """Return the tables of a sheet.

    Args:
        grid: The sheet's cells.
        name: What the sender calls the file.
    """
    where = f"{name}, sheet {grid.sheet}" if grid.sheet else name
    if grid.is_empty and not grid.pivots:
        return Found(skipped=(empty(where),))
    rest = without_pivots(grid)
    skipped = [pivot(where)] if grid.pivots else []
    if grid.pivots and rest.is_empty:
        return Found(skipped=tuple(skipped))
    tables: list[SheetTable] = []
    notes: list[Problem] = []
    for region in regions(rest):
        found = _table(region, where)
        tables += found.tables
        skipped += found.skipped
        notes += found.notes
    return Found(
        tuple(tables),
        tuple(skipped),
        (*notes, *hidden(grid, tables, where), *unfilled(grid, tables, where)),
    )


def _table(region: Grid, where: str) -> Found:
    rows = head_rows(region)
    if any(is_pivot_word(cell) for row in rows[:_FIRST_ROWS] for cell in row.cells if cell):
        return Found(skipped=(pivot(where),))
    at = f"{where}, rows {region.rows[0]} to {region.rows[-1]}"
    if region.cells.width == 1 or (region.cells.height == 1 and not _is_head_alone(region)):
        return Found(skipped=(no_table(at, region),))
    head = find_head(rows)
    notes: list[Problem] = []
    if head is None:
        head = Head(("",) * region.cells.width, (), 0, None, (), (), 0)
        notes.append(no_header(at))
    body = sort_rows(region, head)
    table = _sheet_table(region, head, body)
    return Found(
        (table,), tuple(left_out(table, body, where)), (*notes, *duplicate_headers(table, where))
    )


def _is_head_alone(region: Grid) -> bool:
    """Whether a single row is the header of a template."""
    head = find_head(head_rows(region))
    return head is not None and bool(head.header_row)


def _sheet_table(region: Grid, head: Head, body: Body) -> SheetTable:
    tags = head.tags or ("",) * region.cells.width
    kept = [
        Column(letter, header, tag.strip() if tag else "")
        for letter, header, tag in zip(region.cells.columns, head.headers, tags, strict=True)
        if header or tag or body.cells[letter].null_count() < body.cells.height
    ]
    return SheetTable(
        sheet=region.sheet,
        columns=tuple(kept),
        cells=body.cells.select(column.letter for column in kept),
        rows=body.rows,
        header_row=head.header_row,
        tag_row=head.tag_row,
        total_rows=body.total_rows,
        footnotes=(*head.above, *body.notes),
        visibility=region.visibility,
    )
