"""What stays of published workbooks when faults are marked in them.

The files are others' work and not part of the project. They are looked for in
`TAKATUF_4W_DATA`, or in `shared/data/4w` beside the checkout.
"""

import os
from pathlib import Path

import pytest

from takatuf.formats.readers.workbooks import read_book
from takatuf.formats.writers.corrected import Findings, TableFindings, write_corrected
from tests.unit.formats.corrected.workbooks import a_fault_frame, a_question, parts

BESIDE = Path(__file__).parents[5] / "shared" / "data" / "4w"
DATA = Path(os.environ.get("TAKATUF_4W_DATA", BESIDE))
TOUCHED = {
    *("[Content_Types].xml", "docProps/app.xml", "xl/workbook.xml", "xl/styles.xml"),
    *("xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml", "xl/comments1.xml"),
    *("xl/drawings/vmlDrawing1.vml", "xl/comments2.xml"),
    "xl/pivotCache/pivotCacheDefinition1.xml",
}


def test_a_template_keeps_its_pivot_data_model_drawings_and_newer_drop_downs() -> None:
    path = DATA / "syr-wos-4w-template-2022-11.xlsx"
    if not path.is_file():
        pytest.skip(f"{path.name} is not here: it is others' work and not in the project")
    content = path.read_bytes()
    table = read_book(content, path.name).tables[0]
    faults = a_fault_frame((3, "C", "cell.odd", "?"), (40, "W", "cell.missing", ""))
    found = TableFindings(table=table, faults=faults, questions=(a_question(),))

    result = write_corrected(content, path.name, Findings(tables=(found,)), "ar")

    before, after = parts(content), parts(result.content)
    changed = {name for name in before if after.get(name) != before[name]}
    assert changed <= TOUCHED
    assert "xl/model/item.data" in after
    assert b"x14:dataValidations" in after["xl/worksheets/sheet1.xml"]
    assert result.n_marked >= 2
