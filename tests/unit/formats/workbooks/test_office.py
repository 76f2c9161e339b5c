"""Office workbooks: cells as the sender sees them, whatever program wrote them."""

import pytest

from takatuf.activities.tables import OUR_SHEET, SheetTable, Visibility
from takatuf.formats.readers.workbooks import FileKind, read_book
from takatuf.vocabulary.errors import InputError
from tests.builders_workbooks import ROWS, sheet_xml, xlsx

HEADER = ("Organisation", "Sector", "Value")
STYLES = (
    '<styleSheet xmlns="m"><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/>'
    '<numFmt numFmtId="171" formatCode="00000"/><numFmt numFmtId="172" formatCode="[h]:mm"/>'
    '<numFmt numFmtId="173" formatCode="#,##0.00&quot; days&quot;"/></numFmts><cellXfs>'
    '<xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="172"/>'
    '<xf numFmtId="173"/><xf numFmtId="20"/><xf numFmtId="22"/></cellXfs></styleSheet>'
)


def only(content: bytes, name: str = "p.xlsx") -> SheetTable:
    (table,) = read_book(content, name).tables
    return table


def column(table: SheetTable, header: str) -> list[str | None]:
    (letter,) = [c.letter for c in table.columns if c.header == header]
    return table.cells[letter].to_list()


def values(cells: str, workbook: str = "") -> list[str | None]:
    """Return what the cells `C2`, `C3` ... of a sheet are read as."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>Aid</t></is></c>'
        f'<c r="B{n}" t="inlineStr"><is><t>WASH</t></is></c>{cell}</row>'
        for n, cell in enumerate(cells.split("\n"), start=2)
    )
    sheet = sheet_xml([HEADER]).replace("</sheetData>", rows + "</sheetData>")
    return column(
        only(xlsx({"4W": sheet}, more={"xl/styles.xml": STYLES}, workbook=workbook)), "Value"
    )


def test_a_small_workbook_is_read_with_header_tags_and_rows() -> None:
    book = read_book(xlsx(), "p.xlsx")
    (table,) = book.tables
    assert (book.kind, book.name, len(book.sha256)) == (FileKind.XLSX, "p.xlsx", 64)
    assert (table.sheet, table.header_row, table.tag_row) == ("4W", 1, 2)
    assert [c.tag for c in table.columns] == list(ROWS[1])
    assert table.rows.to_list() == [3, 4, 5]
    assert column(table, "Reached") == ["120", "35.5", "0"]
    assert (book.skipped, book.notes, book.questions) == ((), (), ())


def test_numbers_dates_times_and_truth_are_texts_in_one_form() -> None:
    cells = """<c r="C2"><v>45352</v></c>
<c r="C3"><v>0.30000000000000004</v></c>
<c r="C4"><v>1.2E-7</v></c>
<c r="C5" s="1"><v>45352</v></c>
<c r="C6" s="6"><v>45352.4375</v></c>
<c r="C7" s="5"><v>0.4375</v></c>
<c r="C8" s="2"><v>101</v></c>
<c r="C9" s="3"><v>1.5</v></c>
<c r="C10" s="4"><v>12.5</v></c>
<c r="C11" t="b"><v>1</v></c>
<c r="C12" t="b"><v>0</v></c>
<c r="C13"><v>1E+20</v></c>
<c r="C14"><v>12345678.0</v></c>
<c r="C15" s="1"><v>-5</v></c>
<c r="C16" s="1"><v>60</v></c>
<c r="C17" s="1"><v>59</v></c>
<c r="C18" s="1" t="d"><v>2024-03-01</v></c>
<c r="C19" s="5"><v>3</v></c>
<c r="C20" s="99"><v>7</v></c>
<c r="C21"><v>x</v></c>
<c r="C22" s="1"><v>x</v></c>
<c r="C23" s="5"><v>x</v></c>
<c r="C24"><v>NaN</v></c>
<c r="C25" s="1"><v>0.5</v></c>
<c r="C26"><v>1e300</v></c>"""
    assert values(cells) == [
        "45352", "0.3", "0.00000012", "2024-03-01", "2024-03-01T10:30:00", "10:30:00", "00101",
        "1.5", "12.5", "TRUE", "FALSE", "100000000000000000000", "12345678", "-5", "60",
        "1900-02-28",
        "2024-03-01", "3", "7", "x", "x", "x", "NaN", "12:00:00", "1e+300",
    ]  # fmt: skip


def test_days_may_be_counted_from_1904() -> None:
    cells = "\n".join(
        f'<c r="C{row}" s="1"><v>{days}</v></c>' for row, days in ((2, 43890), (3, 0.5), (4, "9e9"))
    )
    read = values(cells, '<workbookPr date1904="1"/>')
    assert read == ["2024-03-01", "1904-01-01T12:00:00", "9000000000"]


def test_an_error_cell_is_kept_and_is_no_blank() -> None:
    read = values('<c r="C2" t="e"><v>#N/A</v></c>\n<c r="C3" t="e"><v>#REF!</v></c>\n<c r="C4"/>')
    assert read == ["#N/A", "#REF!", None]


def test_text_keeps_every_sign_and_leading_zeros() -> None:
    said = "  \u202bحلب\u200b \u00a0"
    table = only(
        xlsx([HEADER, ("Aid", "WASH", said), ("Aid", "WASH", "007"), ("A", "B", "\u00a0 ")])
    )
    assert column(table, "Value") == [said, "007", None]


def test_text_in_several_fonts_is_one_text_and_escaped_signs_are_letters() -> None:
    strings = (
        '<sst xmlns="m"><si><t>WASH</t></si><si><r><t>Hea</t></r>'
        '<r><t xml:space="preserve">lth </t></r>'
        "<rPh><t>reading aid</t></rPh></si><si><t>a_x000D_b &amp; &#233;&#x0;</t></si></sst>"
    )
    sheet = sheet_xml([HEADER]).replace(
        "</sheetData>",
        '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c>'
        '<c r="C2" t="s"><v>2</v></c></row>'
        '<row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" t="s"><v>0</v></c>'
        '<c r="C3"><v>1</v></c></row></sheetData>',
    )
    table = only(xlsx({"4W": sheet}, more={"xl/sharedStrings.xml": strings}))
    assert table.cells.rows()[0] == ("WASH", "Health ", "a\rb & é\ufffd")


def test_a_text_that_is_not_there_is_a_broken_workbook() -> None:
    sheet = sheet_xml([HEADER, ("a", "b", "c")]).replace(
        "</row>", '<c r="D1" t="s"><v>5</v></c></row>', 1
    )
    with pytest.raises(InputError, match="text that is not there"):
        read_book(xlsx({"4W": sheet}), "p.xlsx")


@pytest.mark.parametrize(
    "strings",
    [
        '<sst xmlns="m"><si/><si><t>WASH</t></si></sst>',
        '<sst xmlns="m"><si ><t/></si><si><t>WASH</t></si></sst>',
        '<sst xmlns="m"><!-- made by hand --><si><t/></si><si><t>WASH</t></si></sst>',
    ],
)
def test_shared_texts_may_be_written_in_other_ways(strings: str) -> None:
    sheet = sheet_xml([HEADER, ("a", "b", "c"), ("a", "b", "c")]).replace(
        '<c r="B2" t="inlineStr"><is><t xml:space="preserve">b</t></is></c>',
        '<c r="B2" t="s"><v>1</v></c>',
    )
    table = only(xlsx({"4W": sheet}, more={"xl/sharedStrings.xml": strings}))
    assert column(table, "Sector") == ["WASH", "b"]


def test_a_sheet_without_references_or_with_a_prefix_is_read_as_well() -> None:
    sheet = sheet_xml(ROWS)
    for plain in ("<worksheet", "<sheetData", "<row", "<c ", "<is", "<t ", "<v"):
        sheet = sheet.replace(plain, plain.replace("<", "<x:")).replace(
            plain.replace("<", "</").strip() + ">", plain.replace("<", "</x:").strip() + ">"
        )
    sheet = sheet.replace("xmlns=", "xmlns:x=")
    bare = (
        "<worksheet><sheetData>"
        + "".join(
            "<row>" + "".join(f'<c t="str"><v>{value}</v></c>' for value in row) + "</row>"
            for row in ROWS
        )
        + "</sheetData></worksheet>"
    )
    expected = only(xlsx()).cells.rows()
    assert only(xlsx({"4W": sheet})).cells.rows() == expected
    assert only(xlsx({"4W": bare})).cells.rows() == expected


def test_rich_text_in_a_cell_and_spaces_between_elements_are_read() -> None:
    sheet = sheet_xml([*ROWS[:4]]).replace(
        "</sheetData>",
        '\n<row r="5">\n <c r="A5" t="inlineStr"><is><r><t>Re</t></r><r><t>lief</t></r></is></c>'
        '<c r="B5"><f>1+1</f><v>2</v></c><c r="C5" t="inlineStr"><is/></c></row></sheetData>',
    )
    assert only(xlsx({"4W": sheet})).cells.rows()[-1] == ("Relief", "2", None, None, None)


def test_a_formula_without_a_value_is_named() -> None:
    book = read_book(xlsx([HEADER, ("a", "b", "=1+1"), ("c", "d", 2)]), "p.xlsx")
    assert column(book.tables[0], "Value") == [None, "2"]
    (note,) = book.notes
    assert note.code == "workbook.formula-without-value"
    assert "from C2" in note.found


def test_rows_that_hold_only_results_of_formulas_are_no_data() -> None:
    rows = '<row r="4"><c r="C4" t="e"><f>A4</f><v>#REF!</v></c></row>'
    sheet = sheet_xml([HEADER, ("a", "b", 1), ("c", "d", 2)]).replace(
        "</sheetData>", rows + "</sheetData>"
    )
    book = read_book(xlsx({"4W": sheet}), "p.xlsx")
    assert book.tables[0].rows.to_list() == [2, 3]
    assert [problem.code for problem in book.skipped] == ["workbook.formula-rows"]


@pytest.mark.parametrize("asked", [(), ("4W",), ("4W", OUR_SHEET)])
def test_no_rows_are_read_from_our_own_sheet(asked: tuple[str, ...]) -> None:
    content = xlsx({OUR_SHEET: ROWS, "4W": ROWS})
    book = read_book(content, "p.xlsx", sheets=asked)
    assert [table.sheet for table in book.tables] == ["4W"]
    assert [problem.code for problem in book.skipped] == ["workbook.own-sheet"]
    with pytest.raises(InputError) as caught:
        read_book(xlsx({OUR_SHEET: ROWS}), "p.xlsx")
    assert [p.code for p in caught.value.problems] == ["workbook.no-table", "workbook.own-sheet"]


def test_hidden_sheets_are_named_and_read_when_asked_for() -> None:
    content = xlsx({"4W": ROWS, "old": ROWS}, hidden=["old"])
    book = read_book(content, "p.xlsx")
    assert [table.sheet for table in book.tables] == ["4W"]
    assert [problem.code for problem in book.skipped] == ["workbook.hidden-sheet"]
    asked = read_book(content, "p.xlsx", sheets=["old"])
    assert [(table.sheet, table.visibility) for table in asked.tables] == [
        ("old", Visibility.HIDDEN)
    ]
    assert [problem.code for problem in asked.skipped] == ["workbook.not-asked-for"]
    with pytest.raises(InputError, match="no-such-sheet"):
        read_book(content, "p.xlsx", sheets=["new"])


def test_hidden_rows_and_columns_are_read_and_named() -> None:
    hidden = '<col min="3" max="3" hidden="1"/><col min="9" max="99" hidden="1"/>'
    before = f'<cols>{hidden}<col min="1" max="1"/></cols>'
    sheet = sheet_xml(ROWS, before).replace('<row r="4">', '<row r="4" hidden="1">')
    book = read_book(xlsx({"4W": sheet}), "p.xlsx")
    assert book.tables[0].rows.to_list() == [3, 4, 5]
    assert [(note.code, note.found) for note in book.notes] == [
        ("workbook.hidden-rows", "row 4"),
        ("workbook.hidden-columns", "hidden columns C"),
    ]


def test_a_pivot_table_beside_the_data_is_left_out() -> None:
    rows = [(*row, None, f"p{n}", "q") for n, row in enumerate(ROWS)]
    more = {
        "xl/worksheets/_rels/sheet1.xml.rels": '<Relationships xmlns="p"><Relationship Id="r1"'
        ' Type="x/pivotTable" Target="../pivotTables/p1.xml"/></Relationships>',
        "xl/pivotTables/p1.xml": '<p xmlns="m"><location ref="G1:H5"/><location ref="no"/></p>',
    }
    book = read_book(xlsx(rows, more=more), "p.xlsx")
    assert len(book.tables[0].columns) == 5
    assert [problem.code for problem in book.skipped] == ["workbook.pivot"]


def test_a_sheet_without_cells_and_a_chart_are_no_tables() -> None:
    book = read_book(xlsx({"4W": ROWS, "blank": "<worksheet><sheetData/></worksheet>"}), "p.xlsx")
    assert [problem.code for problem in book.skipped] == ["workbook.empty-sheet"]


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("<worksheet>", "without cells"),
        ("<worksheet><sheetData><row>", "do not end"),
        ("<worksheet><sheetData><row><c></row></sheetData>", "XML that is broken"),
        (
            '<worksheet><sheetData><row><c r="A9999999"><v>1</v></c></row></sheetData>',
            "row 9,999,999",
        ),
        (
            '<worksheet><sheetData><row r="1"><c r="ZZZ1"><v>1</v></c></row></sheetData>',
            "column 18,278",
        ),
        (
            "<worksheet><sheetData><row><c t='str'><v>\udcff</v></c></row></sheetData>",
            "XML that is broken",
        ),
    ],
)
def test_a_broken_sheet_is_refused_with_the_place(sheet: str, said: str) -> None:
    content = xlsx({"4W": sheet.encode("utf-8", "surrogateescape")})
    with pytest.raises(InputError, match=said) as caught:
        read_book(content, "p.xlsx")
    assert caught.value.problems[0].code == "workbook.broken"


def test_a_workbook_without_sheets_is_refused() -> None:
    with pytest.raises(InputError, match="without a sheet"):
        read_book(xlsx({}), "p.xlsx")


def test_comments_and_odd_bytes_in_a_sheet_are_read_slowly_and_right() -> None:
    sheet = sheet_xml(ROWS).replace('<row r="4">', '<!-- below --><row r="4">')
    assert only(xlsx({"4W": sheet})).cells.rows() == only(xlsx()).cells.rows()
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in ("no", "A1:A1", "A9"))
    merged = f"<mergeCells>{areas}</mergeCells>"
    assert only(xlsx({"4W": sheet_xml(ROWS, after=merged)})).cells.height == 3


def test_shared_texts_that_are_none_are_no_fault() -> None:
    more: dict[str, str | bytes] = {"xl/sharedStrings.xml": '<sst xmlns="m"></sst>'}
    assert only(xlsx(more=more)).cells.height == 3
