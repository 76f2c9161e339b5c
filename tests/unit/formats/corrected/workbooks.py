"""A made-up partner's workbook with most of what a real one has, and what was found in it."""

import io
import warnings
import zipfile
from collections.abc import Sequence
from functools import cache

import polars as pl
import xlsxwriter
from openpyxl import load_workbook
from openpyxl.cell import Cell as XlCell
from openpyxl.cell import MergedCell
from openpyxl.workbook import Workbook

from takatuf.activities.questions import Kind, Option, Question
from takatuf.activities.tables import Column, SheetTable
from takatuf.formats.writers.corrected import (
    SHEET_NAME,
    Findings,
    TableFindings,
    write_corrected,
)

HEADERS = ("Organisation", "Sector", "District code", "Month", "Reached")
ROWS: tuple[tuple[str | int, ...], ...] = (
    ("Blue Wells", "WASH", "XA0101", "2024-03", 120),
    ("Blue Wells", "WASH", "XA0199", "2024-03", 80),
    ("Green Roofs", "Shelter", "", "2024-03", 40),
    ("Green Roofs", "Shelter", "XA0102", "2024-03", 40),
)
EXTENSION = (
    b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"'
    b' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
    b' xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    b'<x14:dataValidations count="1"><x14:dataValidation type="list"><x14:formula1>'
    b"<xm:f>lists!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>D3:D9</xm:sqref>"
    b"</x14:dataValidation></x14:dataValidations></ext></extLst>"
)


@cache
def a_workbook(*, author: str = "A. Person") -> bytes:
    """Return a workbook with a data sheet `4W`, a hidden sheet of lists and a sheet of sums."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"author": author, "manager": author, "company": "Blue Wells"})
    sheet, lists, sums = (book.add_worksheet(name) for name in ("4W", "lists", "sums"))
    lists.hide()
    lists.write_column(0, 0, ["WASH", "Shelter", "Food"])
    green = book.add_format({"bg_color": "#C6EFCE", "num_format": "#,##0"})
    sheet.merge_range("A1:E1", "Who does what, where, when")
    sheet.write_row(1, 0, HEADERS)
    for number, row in enumerate(ROWS, 2):
        for column, value in enumerate(row):
            if value != "":
                sheet.write(number, column, value, green if column == 4 else None)
    sheet.set_column(0, 0, 33)
    sheet.data_validation("B3:B9", {"validate": "list", "source": "=lists!$A$1:$A$3"})
    sheet.conditional_format("E3:E9", {"type": "cell", "criteria": ">", "value": 100})
    sheet.write_comment("A3", "A note of ours", {"author": author})
    sheet.freeze_panes(2, 0)
    sums.write_formula("A1", "=SUM('4W'!E3:E6)", None, 280)
    book.define_name("'4W'!all_rows", "='4W'!$A$3:$E$6")
    book.close()
    return extended(out.getvalue())


def extended(content: bytes) -> bytes:
    """Return the workbook with a drop-down of the kind that only newer programs know."""
    return with_part(
        content,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"</worksheet>", EXTENSION + b"</worksheet>"),
    )


def with_part(content: bytes, name: str, change: object) -> bytes:
    """Return the package with one part passed through a function."""
    assert callable(change)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part == name else data)
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return out.getvalue()


def parts(content: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def opened(content: bytes) -> Workbook:
    """Return the workbook as openpyxl sees it; it does not know the newer drop-downs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return load_workbook(io.BytesIO(content))


def a_table(sheet: str = "4W", rows: Sequence[tuple[str | int, ...]] = ROWS) -> SheetTable:
    """Return the table of the data sheet."""
    columns = tuple(Column("ABCDE"[n], header) for n, header in enumerate(HEADERS))
    cells = pl.DataFrame(
        {
            column.letter: [str(row[n]) if row[n] != "" else None for row in rows]
            for n, column in enumerate(columns)
        },
        schema=dict.fromkeys("ABCDE", pl.String),
    )
    numbers = pl.Series(range(3, 3 + len(rows)), dtype=pl.UInt32)
    return SheetTable(sheet=sheet, columns=columns, cells=cells, rows=numbers, header_row=2)


Fault = tuple[int, str, str, str]  # row, column, code, found


def a_fault_frame(*faults: Fault) -> pl.DataFrame:
    """Return a fault frame."""
    rows = [(*fault, "a code of the list", "Is a digit missing?") for fault in faults]
    names = ("row", "column", "code", "found", "expected", "hint")
    types = {name: pl.UInt32 if name == "row" else pl.String for name in names}
    return pl.DataFrame(rows, schema=types, orient="row")


FAULTS = (
    (4, "C", "place.unknown-code", "XA0199"),
    (5, "C", "cell.missing", ""),
    (3, "A", "cell.untrimmed", "Blue Wells "),
)


def a_question() -> Question:
    """Return a question about two rows."""
    return Question(
        kind=Kind.COPIES,
        code="ask.near-copies",
        about="Green Roofs",
        text="Rows 5 and 6 are nearly the same. Is it the same work?",
        options=(
            Option("same", "One activity: keep one", "same people"),
            Option("two", "Two activities: keep both"),
        ),
        rows=(5, 6),
        where="sheet 4W, columns B and E",
        holds_back=True,
    )


def findings(
    *faults: Fault, questions: tuple[Question, ...] = (), table: SheetTable | None = None
) -> Findings:
    """Return what was found in the made-up workbook."""
    found = TableFindings(
        table=table or a_table(), faults=a_fault_frame(*faults), questions=questions
    )
    return Findings(tables=(found,), receipt=(("Rows stored", "4"),))


SHEET_SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def a_bare_workbook(sheet: str) -> bytes:
    """Return a workbook of the fewest parts that may be, with one sheet as it is given."""
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packages = "http://schemas.openxmlformats.org/package/2006"
    links = f'<Relationships xmlns="{packages}/relationships">'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        new.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{packages}/content-types">'
            f'<Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>',
        )
        new.writestr(
            "_rels/.rels",
            f'{links}<Relationship Id="rId1" Type="{relations}/officeDocument"'
            ' Target="/xl/workbook.xml"/></Relationships>',
        )
        new.writestr(
            "xl/workbook.xml",
            f'<workbook {SHEET_SPACE} xmlns:r="{relations}"><sheets>'
            '<sheet name="4W" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        new.writestr(
            "xl/_rels/workbook.xml.rels",
            f'{links}<Relationship Id="rId1" Type="{relations}/worksheet"'
            ' Target="worksheets/sheet1.xml"/></Relationships>',
        )
        new.writestr("xl/worksheets/sheet1.xml", sheet)
    return out.getvalue()


def corrected(content: bytes, found: Findings, language: str = "en") -> bytes:
    """Return the file as it goes back."""
    return write_corrected(content, "partner.xlsx", found, language).content


def colour(cell: XlCell | MergedCell) -> str:
    """Return the colour of a cell."""
    return str(cell.fill.fgColor.rgb)


def texts(book: Workbook) -> list[str]:
    """Return what stands on the sheet that explains."""
    return [str(cell.value) for row in book[SHEET_NAME].iter_rows() for cell in row if cell.value]
