"""Read a partner's file of any format into tables: the one way in.

The bytes are untrusted. What cannot be read is refused with the reason; what is not read of a
file that can be is named. Who wrote the file stands in its properties, and is never looked at.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from takatuf.activities.questions import Question
from takatuf.activities.tables import OUR_SHEET, SheetTable, Visibility
from takatuf.formats.readers.workbooks.archive import Archive
from takatuf.formats.readers.workbooks.book import DEFAULT_LIMITS, Book, FileKind, Limits
from takatuf.formats.readers.workbooks.features import read_features
from takatuf.formats.readers.workbooks.finding.choosing import (
    choose,
    hidden_sheet,
    not_asked,
    own_sheet,
)
from takatuf.formats.readers.workbooks.finding.sheets import find_tables
from takatuf.formats.readers.workbooks.grids import Grid
from takatuf.formats.readers.workbooks.kinds import extension_note, kind_of
from takatuf.formats.readers.workbooks.ods import read_ods
from takatuf.formats.readers.workbooks.refusals import refused
from takatuf.formats.readers.workbooks.text_files import read_text_file
from takatuf.formats.readers.workbooks.xls import read_xls
from takatuf.formats.readers.workbooks.xlsx.reading import read_xlsx
from takatuf.vocabulary.errors import InputError, Problem, cut

IsWanted = Callable[[str, Visibility], bool]
Sheets = Iterator[tuple[str, Visibility, Grid | None]]


@dataclass(slots=True)
class _Gathered:
    """What has been read so far."""

    name: str
    limits: Limits
    n_sheets: int = 0
    tables: list[SheetTable] = field(default_factory=list)
    skipped: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    questions: tuple[Question, ...] = ()
    encoding: str = ""

    def add(self, grid: Grid) -> None:
        """Find the tables of one more sheet.

        Raises:
            InputError: It has more columns than a table can have, or is one sheet too many.
        """
        self.n_sheets += 1
        if self.n_sheets > self.limits.max_sheets:
            most = f"up to {self.limits.max_sheets} sheets"
            hint = "Ask for the sheets that are needed by name."
            raise refused("workbook.too-many-sheets", self.name, "more sheets", most, hint)
        if grid.cells.width > self.limits.max_columns:
            where = f"{self.name}, sheet {grid.sheet}" if grid.sheet else self.name
            width, most = f"{grid.cells.width:,} columns", f"up to {self.limits.max_columns:,}"
            raise refused("workbook.too-many-columns", where, width, most, "Is it the right sheet?")
        found = find_tables(grid, self.name)
        self.tables += found.tables
        self.skipped += found.skipped
        self.notes += found.notes


def read_book(
    content: bytes,
    name: str,
    encoding: str = "",
    limits: Limits = DEFAULT_LIMITS,
    sheets: Sequence[str] = (),
) -> Book:
    """Return the tables of a file, and name what of it is in none of them.

    A cell of white space only is blank; every other cell keeps its exact text, except that a
    number, a date and a truth value of a workbook are texts in one form: ``45352``, ``0.3``,
    ``2024-03-01``, ``2024-03-01T10:30:00``, ``TRUE``. A formula has the value it was saved with.

    Args:
        content: The file's bytes, as they came.
        name: What the sender calls the file.
        encoding: Of a text file, as Python names it; "" to find it.
        limits: What the file may ask of this machine.
        sheets: Sheets to read even if hidden or seen as lists; the others are then left out.
            () for every visible sheet.

    Raises:
        InputError: Nothing of the file is read; each reason has a code ``workbook...``.
        UnavailableError: The format needs an extra that is not installed.
    """
    if len(content) > limits.max_bytes:
        found, most = f"{len(content) / 1024**2:,.0f} MiB", f"{limits.max_bytes // 1024**2:,} MiB"
        raise refused("workbook.too-large", name, found, f"up to {most}", "Split the file.")
    kind = kind_of(content, name, limits)
    gathered = _Gathered(name, limits)
    if kind in {FileKind.XLSX, FileKind.XLS, FileKind.ODS}:
        _read_sheets(_workbook(content, kind, gathered, limits, sheets), gathered, sheets)
    elif kind is FileKind.TEXT:
        read = read_text_file(content, name, encoding, limits)
        gathered.notes += read.notes
        gathered.questions, gathered.encoding = read.questions, read.encoding
        gathered.add(read.grid)
    else:
        kind = _read_layers(content, kind, encoding, gathered, limits)
    tables, left = choose(gathered.tables, name, sheets)
    gathered.skipped += left
    _refuse_nothing(tables, gathered)
    return Book(
        name=name,
        kind=kind,
        sha256=hashlib.sha256(content).hexdigest(),
        tables=tuple(tables),
        skipped=tuple(gathered.skipped),
        notes=(*extension_note(kind, name), *gathered.notes, *_without_rows(tables, name)),
        questions=gathered.questions,
        encoding=gathered.encoding,
    )


def _workbook(
    content: bytes, kind: FileKind, gathered: _Gathered, limits: Limits, asked: Sequence[str]
) -> Sheets:
    def is_wanted(sheet: str, visibility: Visibility) -> bool:
        is_asked = sheet in asked if asked else visibility is Visibility.VISIBLE
        return is_asked and sheet != OUR_SHEET

    name = gathered.name
    if kind is FileKind.XLSX:
        return read_xlsx(Archive(content, name, limits), name, limits, is_wanted)
    if kind is FileKind.ODS:
        return read_ods(Archive(content, name, limits), name, limits, is_wanted)
    return read_xls(content, name, limits, is_wanted)


def _read_layers(
    content: bytes, kind: FileKind, encoding: str, gathered: _Gathered, limits: Limits
) -> FileKind:
    for found, grid, problems in read_features(content, kind, gathered.name, encoding, limits):
        kind = found
        gathered.notes += problems
        gathered.add(grid)
    return kind


def _read_sheets(found: Sheets, gathered: _Gathered, asked: Sequence[str]) -> None:
    known = []
    for sheet, _, grid in found:
        known.append(sheet)
        where = f"{gathered.name}, sheet {sheet}"
        if grid is not None:
            gathered.add(grid)
        elif sheet == OUR_SHEET:
            gathered.skipped.append(own_sheet(where))
        elif asked:
            gathered.skipped.append(not_asked(where))
        else:
            gathered.skipped.append(hidden_sheet(where))
    missing = [sheet for sheet in asked if sheet not in known]
    if missing:
        expected = f"one of the sheets {', '.join(known)}"
        raise refused("workbook.no-such-sheet", gathered.name, ", ".join(missing), cut(expected))


def _refuse_nothing(tables: Sequence[SheetTable], gathered: _Gathered) -> None:
    if not tables:
        problem = Problem(
            code="workbook.no-table",
            where=gathered.name,
            found="no table that can be read",
            expected="one sheet with a header and rows",
            hint="The reason for each part follows.",
        )
        raise InputError([problem, *gathered.skipped])


def _without_rows(tables: Sequence[SheetTable], name: str) -> list[Problem]:
    return [
        Problem(
            code="workbook.no-rows",
            where=f"{name}, sheet {table.sheet}" if table.sheet else name,
            found="a header and no row of data",
            expected="one row of data or more",
        )
        for table in tables
        if table.rows.is_empty()
    ]
