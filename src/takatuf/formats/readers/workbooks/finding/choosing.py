"""Which sheets and tables of a workbook hold the activities, and which only serve them.

Hidden sheets are not read unless asked for. Where some tables of a workbook are tagged, or are
headed as a 4W is, the others are its lists: named, not read, and read if asked for by name.
"""

from collections.abc import Callable, Sequence

from takatuf.activities.tables import SheetTable
from takatuf.formats.readers.workbooks.finding.words import group_of
from takatuf.vocabulary.errors import Problem

_LEAST_GROUPS = 3  # of who, what, where, when, for whom: an activity table answers three
_ACTIVITY_TAGS = (
    "#org",
    "#sector",
    "#activity",
    "#reached",
    "#targeted",
    "#indicator",
    "#beneficiary",
)
_ASK = "Ask for it by name to read it all the same."


def hidden_sheet(where: str) -> Problem:
    """Return the problem of a sheet that the sender does not see."""
    return Problem(
        code="workbook.hidden-sheet",
        where=where,
        found="a hidden sheet",
        expected="sheets that everybody sees",
        hint=_ASK,
    )


def own_sheet(where: str) -> Problem:
    """Return the problem of the sheet that we wrote ourselves."""
    return Problem(
        code="workbook.own-sheet",
        where=where,
        found="our own sheet of explanations",
        expected="sheets of the sender",
        hint="Answers typed on it are taken; no rows are read from it.",
    )


def not_asked(where: str) -> Problem:
    """Return the problem of a sheet that was not among those asked for."""
    return Problem(
        code="workbook.not-asked-for", where=where, found="a sheet", expected="the sheets asked for"
    )


def choose(
    tables: Sequence[SheetTable], name: str, asked: Sequence[str]
) -> tuple[list[SheetTable], list[Problem]]:
    """Return the tables that hold activities, and a problem for each of the others."""
    candidates = [table for table in tables if table.sheet not in asked]
    if len(tables) < 2 or not candidates:  # noqa: PLR2004
        return list(tables), []
    serve = _serves_others(tables)
    chosen = [table for table in tables if table.sheet in asked or not serve(table)]
    left = [table for table in tables if table.sheet not in asked and serve(table)]
    return chosen, [_reference(table, name) for table in left]


def _serves_others(tables: Sequence[SheetTable]) -> Callable[[SheetTable], bool]:
    if any(_is_tagged_activity(table) for table in tables):
        return lambda table: not _is_tagged_activity(table)
    if any(_n_groups(table) >= _LEAST_GROUPS for table in tables):
        return lambda table: _n_groups(table) < _LEAST_GROUPS
    return lambda _: False


def _is_tagged_activity(table: SheetTable) -> bool:
    tags = ["".join(column.tag.lower().split()) for column in table.columns]
    return any(tag.startswith(_ACTIVITY_TAGS) for tag in tags)


def _n_groups(table: SheetTable) -> int:
    groups = {group_of(column.header) for column in table.columns} - {""}
    return len(groups) if groups & {"who", "what"} else 0


def _reference(table: SheetTable, name: str) -> Problem:
    headers = ", ".join(column.header for column in table.columns if column.header)
    return Problem(
        code="workbook.reference-list",
        where=f"{name}, {table.where(table.header_row)}",
        found=f"{table.cells.height:,} rows headed {headers}"[:80],
        expected="a table of activities: who does what, where",
        hint=f"Another table of the file is one, and this seems to serve it. {_ASK}",
    )
