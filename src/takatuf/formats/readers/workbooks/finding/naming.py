"""The words for everything on a sheet that is in no table, or worth knowing of one."""

from collections.abc import Sequence

from takatuf.activities.tables import SheetTable
from takatuf.formats.readers.workbooks.finding.bodies import Body
from takatuf.formats.readers.workbooks.grids import Grid, letter_of
from takatuf.vocabulary.errors import Problem, cut

_SHOWN = 5


def empty(where: str) -> Problem:
    """Return the problem of a sheet without a filled cell."""
    return Problem(
        code="workbook.empty-sheet",
        where=where,
        found="no filled cell",
        expected="a header and rows",
    )


def pivot(where: str) -> Problem:
    """Return the problem of a pivot table: it counts rows that stand elsewhere."""
    return Problem(
        code="workbook.pivot",
        where=where,
        found="a pivot table",
        expected="the rows that it was made from",
        hint="It sums other rows up; it is not read, so that nothing is counted twice.",
    )


def no_table(where: str, region: Grid) -> Problem:
    """Return the problem of cells that make no table."""
    first = next(cell for row in region.cells.head(1).rows() for cell in row if cell)
    n_filled = region.cells.height * region.cells.width - sum(region.cells.null_count().row(0))
    return Problem(
        code="workbook.not-in-a-table",
        where=where,
        found=cut(f"{n_filled:,} filled cells, the first {first}"),
        expected="a header and rows, in two columns or more",
    )


def no_header(where: str) -> Problem:
    """Return the note on a table without a header row."""
    return Problem(
        code="workbook.no-header",
        where=where,
        found="rows of data and no header",
        expected="a row of column names above the data",
        hint="The columns go by their letters; say what each means.",
    )


def left_out(table: SheetTable, body: Body, where: str) -> list[Problem]:
    """Return the problems of rows that belong to a table and are none of its data."""
    problems = []
    if table.total_rows:
        problems.append(
            Problem(
                code="workbook.total-rows",
                where=where,
                found=_listed(table.total_rows),
                expected="rows of data only",
                hint="Totals are left out, so that nothing is counted twice.",
            )
        )
    if table.footnotes:
        problems.append(
            Problem(
                code="workbook.notes",
                where=where,
                found=_listed([row for row, _ in table.footnotes]),
                expected="rows of data only",
                hint=f"Titles and notes are kept beside the table: {cut(table.footnotes[0][1])}",
            )
        )
    if body.repeated_heads:
        problems.append(
            Problem(
                code="workbook.repeated-header",
                where=where,
                found=_listed(body.repeated_heads),
                expected="one header and one row of tags",
            )
        )
    if body.sample_rows:
        problems.append(
            Problem(
                code="workbook.sample-row",
                where=where,
                found=_listed(body.sample_rows),
                expected="rows of data only",
                hint="It calls itself an example.",
            )
        )
    if body.formula_rows:
        problems.append(
            Problem(
                code="workbook.formula-rows",
                where=where,
                found=_listed(body.formula_rows),
                expected="rows in which something was entered",
                hint="They hold nothing but results of formulas that wait for entries.",
            )
        )
    return problems


def duplicate_headers(table: SheetTable, where: str) -> list[Problem]:
    """Return a note for each header that several columns have; their letters keep them apart."""
    letters: dict[str, list[str]] = {}
    for column in table.columns:
        if column.header.strip():
            letters.setdefault(" ".join(column.header.split()).lower(), []).append(column.letter)
    header_of = {column.letter: column.header for column in table.columns}
    return [
        Problem(
            code="workbook.duplicate-header",
            where=f"{where}, row {table.header_row}",
            found=cut(f"{header_of[same[0]]} in columns {', '.join(same)}"),
            expected="each header once",
            hint="The columns are kept apart by their letters.",
        )
        for same in letters.values()
        if len(same) > 1
    ]


def hidden(grid: Grid, tables: Sequence[SheetTable], where: str) -> list[Problem]:
    """Return the notes on rows and columns that the sender does not see, yet which are read."""
    rows = (
        {int(row) for table in tables for row in table.rows.to_list()}
        if grid.hidden_rows
        else set()
    )
    letters = {column.letter for table in tables for column in table.columns}
    hidden_rows = sorted(rows & grid.hidden_rows)
    hidden_columns = [
        letter for n in sorted(grid.hidden_columns) if (letter := letter_of(n)) in letters
    ]
    problems = []
    if hidden_rows:
        problems.append(
            Problem(
                code="workbook.hidden-rows",
                where=where,
                found=_listed(hidden_rows),
                expected="rows that everybody sees",
                hint="They are read with the others.",
            )
        )
    if hidden_columns:
        problems.append(
            Problem(
                code="workbook.hidden-columns",
                where=where,
                found=cut(f"hidden columns {', '.join(hidden_columns)}"),
                expected="columns that everybody sees",
                hint="They are read with the others.",
            )
        )
    return problems


def unfilled(grid: Grid, tables: Sequence[SheetTable], where: str) -> list[Problem]:
    """Return the note on formulas in a table that no program has worked out yet."""
    rows = (
        {int(row) for table in tables for row in table.rows.to_list()} if grid.unfilled else set()
    )
    letters = {column.letter for table in tables for column in table.columns}
    inside = [
        (row, letter_of(n)) for row, n in grid.unfilled if row in rows and letter_of(n) in letters
    ]
    if not inside:
        return []
    first = ", ".join(f"{letter}{row}" for row, letter in inside[:_SHOWN])
    return [
        Problem(
            code="workbook.formula-without-value",
            where=where,
            found=f"{len(inside):,} formulas without a value, from {first}",
            expected="formulas with the value they had when the file was saved",
            hint="They are taken as blank: open the file in a spreadsheet program and save it.",
        )
    ]


def _listed(rows: Sequence[int]) -> str:
    shown = ", ".join(map(str, rows[:_SHOWN]))
    more = f" and {len(rows) - _SHOWN:,} more" if len(rows) > _SHOWN else ""
    return f"row {shown}" if len(rows) == 1 else f"{len(rows):,} rows: {shown}{more}"
