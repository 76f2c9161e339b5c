from dataclasses import replace

import pytest

from takatuf.formats.writers.corrected import (
    SHEET_NAME,
    write_corrected,
)
from takatuf.formats.writers.corrected.grids import grids_of
from takatuf.formats.writers.corrected.parts.styles import COLOURS, FAULT
from tests.builders_workbooks import ods, xls
from tests.unit.formats.corrected.workbooks import (
    FAULTS,
    HEADERS,
    ROWS,
    a_question,
    a_table,
    a_workbook,
    colour,
    findings,
    opened,
    with_part,
)

LINES = (("Who does what",), HEADERS, *ROWS)


def test_a_text_file_comes_back_as_a_workbook_with_its_rows_where_they_were() -> None:
    found = findings(*FAULTS, questions=(a_question(),), table=a_table(""))

    lines = ["Who does what;;;;", ";".join(HEADERS), *(";".join(map(str, row)) for row in ROWS)]

    result = write_corrected("\n".join(lines).encode(), "blue wells.csv", found)

    book = opened(result.content)
    assert result.name == "blue wells-checked.xlsx"
    assert [problem.code for problem in result.lost] == ["workbook.written-anew"]
    assert book.sheetnames == [SHEET_NAME, "blue wells"]
    assert book["blue wells"]["A1"].value == "Who does what"
    assert book["blue wells"]["C4"].value == "XA0199"
    assert colour(book["blue wells"]["C4"]) == COLOURS[FAULT]


@pytest.mark.parametrize(("content", "name"), [(ods(LINES), "p.ods"), (xls(LINES), "p.xls")])
def test_an_older_or_other_workbook_comes_back_as_a_new_one_with_its_numbers(
    content: bytes, name: str
) -> None:
    sheet = next(iter(dict(grids_of(content, name))))

    result = write_corrected(content, name, findings(*FAULTS, table=a_table(sheet)))

    book = opened(result.content)
    assert result.name == "p-checked.xlsx"
    assert book[sheet]["E3"].value == 120
    assert book[sheet]["A1"].value == "Who does what"
    assert colour(book[sheet]["C4"]) == COLOURS[FAULT]


def test_a_file_without_cells_of_its_own_comes_back_as_its_tables() -> None:
    table = replace(a_table(""), tag_row=1, footnotes=((9, "as of today"),))
    tagged = tuple(replace(column, tag="#org") for column in table.columns)
    found = findings(*FAULTS, table=replace(table, columns=tagged))

    result = write_corrected(b'[{"Organisation": "Blue Wells"}]', "x.json", found)

    sheet = opened(result.content)["x"]
    assert (sheet["A1"].value, sheet["A2"].value, sheet["A9"].value) == (
        "#org",
        "Organisation",
        "as of today",
    )


def test_a_broken_sheet_that_was_not_read_does_not_cost_the_others() -> None:
    content = with_part(a_workbook(), "xl/worksheets/sheet2.xml", lambda _: b"<nothing")
    broken = with_part(content, "xl/styles.xml", lambda _: b"<nothing")

    book = opened(write_corrected(broken, "p.xlsx", findings(*FAULTS)).content)

    assert book["4W"]["C4"].value == "XA0199"
