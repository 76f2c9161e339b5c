"""A workbook with the rows and columns of a file that is no Office Open XML workbook.

Every cell stands where it stood. A plain number is a number; everything else is a text, so that
nothing is run as a formula and no code loses its zeros.
"""

import io
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime

import xlsxwriter

from takatuf.activities.tables import SheetTable
from takatuf.formats.readers.workbooks.grids import Grid
from takatuf.formats.writers.corrected.findings import SHEET_NAME, Findings
from takatuf.formats.writers.corrected.grids import grids_of
from takatuf.formats.writers.corrected.parts.letters import number_of
from takatuf.vocabulary.errors import InputError

Cells = Iterable[tuple[int, int, str]]  # row and column from 1, and what stands there
_NAME_MAX_CHARACTERS = 31
_UNNAMED = "4W"
_WIDTH_MIN, _WIDTH_MAX = 8, 48
_CREATED = datetime(1980, 1, 1, tzinfo=UTC)  # the same bytes on every day
_WIDTH_ROWS = 2_000  # looked at for the width of a column
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")


def rebuilt_workbook(content: bytes, name: str, findings: Findings) -> bytes:
    """Return a workbook with every sheet of the file, or its tables if it has no cells.

    Args:
        content: The file as sent, which `read_book` has read.
        name: What the sender calls it.
        findings: What was found in it, with sheets named as `titles_of` names them.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": _CREATED.replace(tzinfo=None)})
    bold = book.add_format({"bold": True})
    heads = _heads(findings)
    for title, cells in _sheets(content, name, findings).items():
        sheet = book.add_worksheet(title)
        widths: dict[int, int] = {}
        for row, column, text in cells:
            style = bold if (title, row) in heads else None
            if _NUMBER.fullmatch(text):
                sheet.write_number(row - 1, column - 1, float(text), style)
            else:
                sheet.write_string(row - 1, column - 1, text, style)
            if row <= _WIDTH_ROWS:
                widths[column] = max(widths.get(column, _WIDTH_MIN), len(text) + 2)
        for column, width in widths.items():
            sheet.set_column(column - 1, column - 1, min(width, _WIDTH_MAX))
    book.close()
    return out.getvalue()


def titles_of(names: Iterable[str]) -> Mapping[str, str]:
    """Return a name that a sheet may have for each of some names; no two are the same."""
    titles: dict[str, str] = {}
    taken = {SHEET_NAME.lower()}
    for name in names:
        plain = re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:_NAME_MAX_CHARACTERS]
        title, number = plain or _UNNAMED, 1
        while title.lower() in taken:
            number += 1
            title = f"{plain[: _NAME_MAX_CHARACTERS - 4]} {number}"
        taken.add(title.lower())
        titles[name] = title
    return titles


def _heads(findings: Findings) -> set[tuple[str, int | None]]:
    tables = [found.table for found in findings.tables]
    return {(table.sheet, row) for table in tables for row in (table.header_row, table.tag_row)}


def _sheets(content: bytes, name: str, findings: Findings) -> Mapping[str, Cells]:
    grids: dict[str, Grid] = {}
    with suppress(InputError):  # a sheet that nobody asked for may be broken
        grids = dict(grids_of(content, name))
    if grids:
        only = findings.tables[0].table.sheet if findings.tables else _UNNAMED
        titles = {"": only} if "" in grids else titles_of(grids)
        return {titles[sheet]: _grid_cells(grid) for sheet, grid in grids.items()}
    by_sheet: dict[str, list[tuple[int, int, str]]] = {}
    for found in findings.tables:
        by_sheet.setdefault(found.table.sheet, []).extend(_table_cells(found.table))
    return by_sheet


def _grid_cells(grid: Grid) -> Cells:
    for letter in grid.cells.columns:
        column = number_of(letter)
        for row, text in zip(grid.rows, grid.cells[letter], strict=True):
            if text is not None:
                yield row, column, text


def _table_cells(table: SheetTable) -> Cells:
    for column in table.columns:
        at = number_of(column.letter)
        yield table.header_row or 1, at, column.header
        if table.tag_row is not None and column.tag:
            yield table.tag_row, at, column.tag
        for row, text in zip(table.rows, table.cells[column.letter], strict=True):
            if text is not None:
                yield row, at, text
    for row, text in table.footnotes:
        yield row, 1, text
