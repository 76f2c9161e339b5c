import io
import zipfile

import pytest

from takatuf.formats.writers.corrected import (
    SHEET_NAME,
    TableFindings,
    no_faults,
    write_corrected,
)
from takatuf.formats.writers.corrected.marks import columns_named
from takatuf.formats.writers.corrected.parts.letters import (
    letters_of,
    number_of,
    reference_of,
    row_and_column,
)
from takatuf.formats.writers.corrected.parts.notes import (
    NO_DRAWING,
    RULE,
    Written,
    blocks_in,
    draw_boxes,
    write_comments,
)
from takatuf.formats.writers.corrected.parts.package import open_package
from takatuf.formats.writers.corrected.parts.persons import without_persons
from takatuf.formats.writers.corrected.parts.placing import marked_sheet
from takatuf.formats.writers.corrected.parts.styles import COLOURS, FAULT, PLAIN_STYLES, read_styles
from takatuf.formats.writers.corrected.rebuilt import titles_of
from takatuf.formats.writers.corrected.words import shown, word
from tests.unit.formats.corrected.workbooks import (
    FAULTS,
    SHEET_SPACE,
    a_bare_workbook,
    a_question,
    a_table,
    a_workbook,
    findings,
    opened,
    parts,
    with_part,
)


def marked(inside: str, marks: dict[int, dict[int, int]]) -> str:
    xml = f"<worksheet>{inside}</worksheet>".encode()
    return marked_sheet(xml, marks, lambda style, kind: style + 10 * kind).decode()


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        ('<sheetData><row r="2"><c r="B2" s="3"/></row></sheetData>', '<c r="B2" s="13"/>'),
        ('<sheetData><row r="2"><c r="B2"><v>1</v></c></row></sheetData>', '<c r="B2" s="10">'),
        ("<sheetData><row r='2'><c s='3' r='B2'/></row></sheetData>", "<c s=\"13\" r='B2'/>"),
        (
            '<sheetData><row r="2"><c r="A2"/><c r="C2"/></row></sheetData>',
            '<c r="B2" s="10"/><c r="C2"/>',
        ),
        (
            '<sheetData><row r="2" spans="1:1"><c r="A2"/></row></sheetData>',
            '<row r="2"><c r="A2"/><c r="B2" s="10"/></row>',
        ),
        ('<sheetData><row r="2" spans="1:1"/></sheetData>', '<row r="2"><c r="B2" s="10"/></row>'),
        ('<sheetData><row r="5"/></sheetData>', '<row r="2"><c r="B2" s="10"/></row><row r="5"/>'),
        ('<sheetData><row r="1"/></sheetData>', '<row r="1"/><row r="2"><c r="B2" s="10"/></row>'),
        ("<sheetData/>", '<sheetData><row r="2"><c r="B2" s="10"/></row></sheetData>'),
        ("<sheetData><row/><row><c/><c/></row></sheetData>", '<c/><c s="10"/>'),
        ('<cols><col min="2" max="3" style="4"/></cols><sheetData/>', '<c r="B2" s="14"/>'),
        (
            '<sheetData><row r="2" s="6" customFormat="1"><c r="A2"/></row></sheetData>',
            '<c r="B2" s="16"/>',
        ),
        ('<x:sheetData><x:row r="2"/></x:sheetData>', '<x:row r="2"><x:c r="B2" s="10"/></x:row>'),
    ],
)
def test_a_mark_changes_one_cell_or_puts_it_in(inside: str, wanted: str) -> None:
    assert wanted in marked(inside, {2: {2: 1}})


def test_what_is_not_marked_stays_byte_for_byte() -> None:
    inside = "<sheetData><row r='1' ><c  r='A1' t=\"s\"><v>0</v></c></row></sheetData><x/>"

    assert marked(inside, {}) == f"<worksheet>{inside}</worksheet>"


def test_a_mark_in_a_tall_merged_range_moves_to_its_first_cell() -> None:
    inside = '<sheetData/><mergeCells><mergeCell ref="A2:B900"/></mergeCells>'

    assert marked(inside, {700: {2: 1}, 3: {5: 1}}).count("<c ") == 2
    assert '<c r="A2" s="10"/>' in marked(inside, {700: {2: 1}})


def test_a_sheet_that_declares_a_document_type_is_refused() -> None:
    with pytest.raises(ValueError, match="document type"):
        marked_sheet(b"<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet/>", {}, lambda style, _: style)


def test_a_workbook_without_styles_or_properties_gets_marks_and_a_sheet() -> None:
    content = a_bare_workbook(f"<worksheet {SHEET_SPACE}><sheetData/></worksheet>")

    book = opened(write_corrected(content, "bare.xlsx", findings(*FAULTS)).content)

    assert book.sheetnames == [SHEET_NAME, "4W"]
    assert str(book["4W"]["C4"].fill.fgColor.rgb) == COLOURS[FAULT]
    assert book["4W"]["C4"].comment is not None


def test_a_sheet_in_utf_16_is_marked_too() -> None:
    sheet = (
        f'<?xml version="1.0" encoding="UTF-16"?><worksheet {SHEET_SPACE}><sheetData/></worksheet>'
    )
    content = with_part(
        a_bare_workbook(""), "xl/worksheets/sheet1.xml", lambda _: sheet.encode("utf-16")
    )

    book = opened(write_corrected(content, "bare.xlsx", findings(*FAULTS)).content)

    assert str(book["4W"]["C4"].fill.fgColor.rgb) == COLOURS[FAULT]


def test_the_strict_form_of_the_standard_keeps_its_names() -> None:
    def strict(xml: bytes) -> bytes:
        return xml.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )

    content = a_bare_workbook(f"<worksheet {SHEET_SPACE}><sheetData/></worksheet>")
    for name in parts(content):
        content = with_part(content, name, strict)

    written = parts(write_corrected(content, "strict.xlsx", findings(*FAULTS)).content)

    both = written["xl/worksheets/takatuf.xml"] + written["xl/worksheets/sheet1.xml"]
    assert b"schemas.openxmlformats.org" not in both
    assert b'xmlns:r="http://purl.oclc.org/ooxml' in written["xl/worksheets/sheet1.xml"]


def test_a_conversation_is_left_alone_but_its_cell_is_coloured() -> None:
    packages = "http://schemas.openxmlformats.org/package/2006/relationships"
    threads = b'<ThreadedComments xmlns="x"><threadedComment ref="C4"/></ThreadedComments>'
    content = with_part(a_workbook(), "xl/threadedComments/threadedComment1.xml", lambda _: threads)
    link = (
        '<Relationship Id="rId9" Target="../threadedComments/threadedComment1.xml" '
        'Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"/>'
        "</Relationships>"
    )
    content = with_part(
        content,
        "xl/worksheets/_rels/sheet1.xml.rels",
        lambda xml: xml.replace(b"</Relationships>", link.encode()),
    )
    assert packages.encode() in parts(content)["xl/worksheets/_rels/sheet1.xml.rels"]

    book = opened(write_corrected(content, "talk.xlsx", findings(*FAULTS)).content)

    assert book["4W"]["C4"].comment is None
    assert str(book["4W"]["C4"].fill.fgColor.rgb) == COLOURS[FAULT]


def test_persons_are_found_wherever_a_workbook_keeps_them() -> None:
    types = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    before = {
        "docProps/custom.xml": f'<Properties xmlns:vt="{types}">'
        '<property name="SharedWithUsers"><vt:lpwstr>Ada Person</vt:lpwstr></property>'
        '<property name="n user"><vt:i4>3</vt:i4></property></Properties>',
        "customXml/item1.xml": "<p><UserInfo><DisplayName>Ada Person</DisplayName></UserInfo></p>",
        "customXml/item2.xml": "no markup",
        "customXml/item3.bin": "Ada Person's",
        "xl/persons/person.xml": '<person displayName="Ada Person" userId="S::ada"/>',
        "xl/pivotCache/pivotCacheDefinition1.xml": '<p refreshedBy="Ada Person" x="1"/>',
        "xl/externalLinks/_rels/a.xml.rels": '<R Target="https://x/personal/ada_person/a"/>',
        "xl/comments1.xml": "<comments xmlns='a'><authors><author>Ada Person</author></authors>"
        "<commentList><comment><text><t>Ada Person: look</t></text></comment>"
        "<comment/></commentList></comments>",
        "xl/comments2.xml": "<c xmlns='a'><authors><author>Author</author></authors></c>",
        "xl/workbook.xml": "<workbook/>",
    }
    package = open_package(with_parts(before))

    changed = without_persons(package)

    after = {name: package.read(name).decode() for name in package.names()}
    assert sum("Ada" in text or "ada" in text for text in after.values()) == 1
    assert "Ada" in after["customXml/item3.bin"]
    assert set(changed) == {
        name for name in before if "Ada" in before[name] or "ada_" in before[name]
    } - {"customXml/item3.bin"}
    assert "<vt:i4>3</vt:i4>" in after["docProps/custom.xml"]
    assert " look" in after["xl/comments1.xml"]


def with_parts(contents: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, content in contents.items():
            new.writestr(name, content)
    return out.getvalue()


def test_columns_go_by_letter_and_number() -> None:
    assert [letters_of(n) for n in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert [number_of(letters) for letters in ("A", "Z", "AA", "ZZ")] == [1, 26, 27, 702]
    assert row_and_column("$F$14") == (14, 6)
    assert reference_of(14, 6) == "F14"
    with pytest.raises(ValueError, match="no cell"):
        row_and_column("14")


def test_a_question_names_its_columns() -> None:
    assert columns_named(a_question()) == ["B", "E"]


def test_boxes_without_a_count_of_shapes_are_still_drawn() -> None:
    assert blocks_in(b"<xml></xml>") == []
    drawn = draw_boxes(NO_DRAWING, Written(b"", ((2, 3),), ()), 7, is_rtl=False)
    assert blocks_in(drawn) == [7]
    assert b'id="_x0000_s7169"' in drawn


def test_what_is_shown_is_cut_and_names_signs_that_nobody_sees() -> None:
    assert shown("a\u200bb") == "a‹U+200B›b"
    assert shown("x" * 20, 10) == "x" * 9 + "…"
    assert word("title", "xx") == word("title", "en")


def test_sheets_get_names_that_they_may_have_and_no_two_the_same() -> None:
    names = ("a", "'[x]:*", "A", "Takatuf", "", "y" * 40, "y" * 41)

    titles = list(titles_of(names).values())

    assert titles[:5] == ["a", "x", "A 2", "Takatuf 2", "4W"]
    assert titles[5:] == ["y" * 31, "y" * 27 + " 2"]


def test_comments_without_a_list_or_authors_get_both() -> None:
    written = write_comments(b"<comments xmlns='a'/>", {(2, 3): "look"})

    assert b"<author>Takatuf</author>" in written.comments
    assert b'ref="C2"' in written.comments
    assert written.drawn == ((2, 3),)


def test_a_plain_comment_is_added_to_and_cut_back() -> None:
    plain = (
        b"<comments xmlns='a'><authors><author>Author</author></authors><commentList>"
        b"<comment ref='A1' authorId='0'><text><t>mine</t></text></comment>"
        b"<comment ref='B1' authorId='0'/></commentList></comments>"
    )

    added = write_comments(plain, {(1, 1): "first", (1, 2): "second"})
    assert (added.drawn, added.undrawn) == ((), ())
    assert b"<r><t>mine</t></r>" in added.comments
    assert b"second" in added.comments

    taken_off = write_comments(added.comments, {})
    assert b"mine" in taken_off.comments
    assert b"first" not in taken_off.comments


def test_a_comment_in_two_texts_is_cut_from_our_line_on() -> None:
    split = (
        "<comments xmlns='a'><authors><author>Author</author></authors><commentList>"
        f"<comment ref='A1' authorId='0'><text><r><t>mine{RULE}</t></r><r><t>ours</t></r></text>"
        "</comment></commentList></comments>"
    )

    assert b"ours" not in write_comments(split.encode(), {}).comments


def test_a_name_of_our_sheet_goes_with_it() -> None:
    def with_filter(xml: bytes) -> bytes:
        name = b'<definedName name="FilterDatabase" localSheetId="0">Takatuf!A1</definedName>'
        return xml.replace(b"<definedNames>", b"<definedNames>" + name)

    first = write_corrected(a_workbook(), "a.xlsx", findings(*FAULTS)).content
    filtered = with_part(first, "xl/workbook.xml", with_filter)

    second = write_corrected(filtered, "a.xlsx", findings(*FAULTS)).content

    assert b"FilterDatabase" not in parts(second)["xl/workbook.xml"]
    assert b'localSheetId="1"' in parts(second)["xl/workbook.xml"]


def test_a_sheet_of_charts_is_left_alone() -> None:
    def with_chart_sheet(xml: bytes) -> bytes:
        return xml.replace(b"</sheets>", b'<sheet name="chart" sheetId="9" r:id="rId99"/></sheets>')

    content = with_part(a_workbook(), "xl/workbook.xml", with_chart_sheet)

    written = write_corrected(content, "a.xlsx", findings(*FAULTS)).content

    assert b'name="chart" sheetId="9" r:id="rId99"' in parts(written)["xl/workbook.xml"]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("xl/styles.xml", b"cellXfs"),
        ("xl/comments1.xml", b"<comments"),
        ("xl/worksheets/sheet1.xml", b"</cols>"),
    ],
)
def test_a_workbook_whose_parts_do_not_fit_comes_back_as_a_new_one(
    name: str, change: bytes
) -> None:
    broken = with_part(a_workbook(), name, lambda xml: xml.replace(change, b"nothing"))

    result = write_corrected(broken, "a.xlsm", findings(*FAULTS))

    assert result.name == "a-checked.xlsx"
    assert [problem.code for problem in result.lost] == ["workbook.written-anew"]
    assert "do not fit" in result.lost[0].found
    assert str(opened(result.content)["4W"]["C4"].fill.fgColor.rgb) == COLOURS[FAULT]


def test_a_tag_may_hold_a_bracket_in_a_value() -> None:
    inside = '<sheetData><row r="2"><c r="B2" note="a>b"/></row></sheetData>'

    assert '<c r="B2" note="a>b" s="10"/>' in marked(inside, {2: {2: 1}})


def test_a_fill_that_is_no_plain_colour_is_marked_too() -> None:
    styles = read_styles(PLAIN_STYLES.replace(b'patternType="none"', b'patternType="darkUp"'))

    marked_style = styles.restyle(0, FAULT)

    assert read_styles(styles.to_bytes()).restyle(marked_style, 0) != marked_style


def test_a_table_without_faults_has_an_empty_frame() -> None:
    assert no_faults().is_empty()
    assert TableFindings(table=a_table()).faults.columns == no_faults().columns
