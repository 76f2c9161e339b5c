from dataclasses import replace

import pytest

from takatuf.formats.writers.corrected import (
    SHEET_NAME,
    Findings,
    Limits,
    TableFindings,
    write_corrected,
)
from takatuf.formats.writers.corrected.grids import grids_of
from takatuf.formats.writers.corrected.parts.styles import COLOURS, FAULT, QUESTION
from takatuf.vocabulary.errors import Problem
from tests.unit.formats.corrected.workbooks import (
    EXTENSION,
    FAULTS,
    a_fault_frame,
    a_question,
    a_table,
    a_workbook,
    colour,
    corrected,
    findings,
    opened,
    parts,
    texts,
    with_part,
)


def test_faulty_cells_are_coloured_and_say_what_was_found() -> None:
    book = opened(corrected(a_workbook(), findings(*FAULTS)))

    assert colour(book["4W"]["C4"]) == COLOURS[FAULT]
    comment = book["4W"]["C4"].comment
    assert comment is not None
    assert "XA0199" in comment.text
    assert "place.unknown-code" in comment.text
    assert "Is a digit missing?" in comment.text


def test_a_blank_cell_that_the_sheet_does_not_have_is_coloured_too() -> None:
    book = opened(corrected(a_workbook(), findings(*FAULTS)))

    assert book["4W"]["C5"].value is None
    assert colour(book["4W"]["C5"]) == COLOURS[FAULT]


def test_other_cells_keep_their_colour_and_format() -> None:
    before, after = opened(a_workbook()), opened(corrected(a_workbook(), findings(*FAULTS)))

    for row in before["4W"].iter_rows(min_row=2, max_row=6):
        for cell in row:
            there = after["4W"][cell.coordinate]
            assert there.value == cell.value
            assert there.number_format == cell.number_format
            if cell.coordinate not in {"C4", "C5", "A3"}:
                assert colour(there) == colour(cell)


def test_every_part_that_is_not_marked_comes_out_byte_for_byte() -> None:
    before = parts(a_workbook())
    after = parts(corrected(a_workbook(), findings(*FAULTS)))

    for part in ("sheet2.xml", "sheet3.xml"):
        assert after[f"xl/worksheets/{part}"] == before[f"xl/worksheets/{part}"]
    assert after["xl/sharedStrings.xml"] == before["xl/sharedStrings.xml"]
    assert set(before) <= set(after)


def test_drop_downs_formulas_widths_and_hidden_sheets_stay() -> None:
    content = corrected(a_workbook(), findings(*FAULTS))
    book, sheet = opened(content), parts(content)["xl/worksheets/sheet1.xml"]

    assert EXTENSION in sheet
    assert b"<conditionalFormatting" in sheet
    assert book["sums"]["A1"].value == "=SUM('4W'!E3:E6)"
    assert book["lists"].sheet_state == "hidden"
    assert book["4W"].column_dimensions["A"].width == pytest.approx(33.7, abs=0.1)
    assert [str(area) for area in book["4W"].merged_cells.ranges] == ["A1:E1"]
    assert book["4W"].data_validations.dataValidation[0].formula1 == "lists!$A$1:$A$3"


def test_a_name_of_one_sheet_still_belongs_to_that_sheet() -> None:
    book = opened(corrected(a_workbook(), findings(*FAULTS)))

    assert "all_rows" in book["4W"].defined_names


def test_our_sheet_comes_first_and_is_the_only_one_selected() -> None:
    content = corrected(a_workbook(), findings(*FAULTS))

    assert opened(content).sheetnames == [SHEET_NAME, "4W", "lists", "sums"]
    selected = [name for name, xml in parts(content).items() if b'tabSelected="1"' in xml]
    assert selected == ["xl/worksheets/takatuf.xml"]


def test_a_comment_of_the_sender_is_kept_and_added_to() -> None:
    comment = opened(corrected(a_workbook(), findings(*FAULTS)))["4W"]["A3"].comment

    assert comment is not None
    assert comment.text.startswith("A note of ours")
    assert "cell.untrimmed" in comment.text


def test_persons_are_taken_out_of_the_properties_and_it_is_said() -> None:
    result = write_corrected(a_workbook(), "partner.xlsx", findings(*FAULTS))

    assert not any(b"A. Person" in xml for xml in parts(result.content).values())
    assert [problem.code for problem in result.lost] == ["workbook.persons-taken-out"]
    assert any("no person named" in text for text in texts(opened(result.content)))


def test_the_list_links_to_each_cell() -> None:
    sheet = opened(corrected(a_workbook(), findings(*FAULTS)))[SHEET_NAME]

    targets = {
        cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink
    }
    assert targets == {"'4W'!C4", "'4W'!C5", "'4W'!A3"}


def test_rows_of_a_question_get_another_colour_but_a_fault_is_seen_first() -> None:
    faults = (*FAULTS, (6, "B", "cell.odd", "Shelter"))
    book = opened(corrected(a_workbook(), findings(*faults, questions=(a_question(),))))

    assert colour(book["4W"]["B5"]) == colour(book["4W"]["E6"]) == COLOURS[QUESTION]
    assert colour(book["4W"]["B6"]) == COLOURS[FAULT]


def test_in_arabic_the_sheet_is_read_from_the_right() -> None:
    content = corrected(a_workbook(), findings(*FAULTS), "ar")
    book = opened(content)

    assert book[SHEET_NAME].sheet_view.rightToLeft
    assert "الأخطاء حسب النوع" in texts(book)
    drawing = next(xml for name, xml in parts(content).items() if name.endswith(".vml"))
    assert b"direction:rtl" in drawing


def test_a_second_round_takes_the_marks_of_the_first_off() -> None:
    first = corrected(a_workbook(), findings(*FAULTS, questions=(a_question(),)))
    second = corrected(first, findings((4, "C", "place.unknown-code", "XA0199")))
    book = opened(second)

    assert book.sheetnames == [SHEET_NAME, "4W", "lists", "sums"]
    assert colour(book["4W"]["C4"]) == COLOURS[FAULT]
    assert colour(book["4W"]["C5"]) not in COLOURS.values()
    assert colour(book["4W"]["E6"]) == "FFC6EFCE"
    assert "all_rows" in book["4W"].defined_names
    note = book["4W"]["A3"].comment
    assert note is not None
    assert note.text.strip() == "A note of ours"
    assert book["4W"]["C5"].comment is None
    boxes = next(xml for name, xml in parts(second).items() if name.endswith(".vml"))
    assert boxes.count(b"<x:Row>") == 2


def test_a_third_round_without_faults_leaves_no_mark() -> None:
    marked = corrected(a_workbook(), findings(*FAULTS))

    clean = opened(corrected(marked, findings()))

    cells = [cell for row in clean["4W"].iter_rows() for cell in row]
    assert not {colour(cell) for cell in cells} & set(COLOURS.values())
    assert "No faults." in texts(clean)


def test_beyond_the_limit_cells_are_coloured_without_a_comment_and_it_is_said() -> None:
    faults = tuple((row, "C", "place.unknown-code", "?") for row in range(3, 53))
    limits = Limits(comments_per_code=5, listed_per_code=10)

    result = write_corrected(a_workbook(), "partner.xlsx", findings(*faults), limits=limits)

    book = opened(result.content)
    assert (result.n_marked, result.n_commented) == (50, 5)
    assert all(colour(book["4W"][f"C{row}"]) == COLOURS[FAULT] for row in range(3, 53))
    assert any("40 further cells" in text for text in texts(book))


def test_many_comments_keep_their_numbers_apart() -> None:
    faults = tuple((row, "C", "place.unknown-code", "?") for row in range(3, 2003))
    limits = Limits(comments_per_code=2_000, comments_per_sheet=1_500)

    result = write_corrected(a_workbook(), "partner.xlsx", findings(*faults), limits=limits)

    drawing = parts(result.content)["xl/drawings/vmlDrawing1.vml"]
    ids = [piece.split(b'"')[0] for piece in drawing.split(b'id="_x0000_s')[1:]]
    assert result.n_commented == 1_500
    assert len(ids) == len(set(ids)) == 1_501


def test_a_sheet_without_comments_gets_them() -> None:
    found = findings((1, "A", "cell.odd", "WASH"), table=a_table("lists"))

    content = corrected(a_workbook(), found)

    comment = opened(content)["lists"]["A1"].comment
    assert comment is not None
    assert "cell.odd" in comment.text
    assert b"<legacyDrawing " in parts(content)["xl/worksheets/sheet2.xml"]


def test_a_fault_within_merged_cells_marks_the_one_that_is_seen() -> None:
    book = opened(corrected(a_workbook(), findings((1, "C", "cell.odd", "?"))))

    assert colour(book["4W"]["A1"]) == COLOURS[FAULT]


def test_a_fault_of_a_whole_row_marks_its_first_cell() -> None:
    found = findings((4, "", "count.copy", "the same as row 3"))

    assert colour(opened(corrected(a_workbook(), found))["4W"]["A4"]) == COLOURS[FAULT]


def test_faults_of_a_sheet_that_is_not_there_are_listed_and_named() -> None:
    result = write_corrected(
        a_workbook(), "partner.xlsx", findings(*FAULTS, table=a_table("elsewhere"))
    )

    assert "workbook.sheet-not-marked" in {problem.code for problem in result.lost}
    assert result.n_marked == 0
    assert "place.unknown-code" in texts(opened(result.content))


def test_a_text_that_looks_like_a_formula_stays_a_text_and_hidden_signs_are_named() -> None:
    found = findings((4, "C", "cell.formula", "=HYPERLINK(\u202e\x01_x0041_)"))

    content = corrected(a_workbook(), found)

    assert b"<f>" not in parts(content)["xl/worksheets/takatuf.xml"]
    cells = dict(grids_of(content, "x.xlsx"))[SHEET_NAME].cells
    shown = {text for row in cells.iter_rows() for text in row}
    assert "=HYPERLINK(‹U+202E›‹U+0001›_x0041_)" in shown


def test_what_was_said_of_the_whole_file_and_the_receipt_are_on_the_sheet() -> None:
    hidden = Problem(
        code="workbook.sheet-hidden", where="sheet lists", found="a hidden sheet", expected="-"
    )
    found = replace(findings(), problems=(hidden,))

    shown = texts(opened(corrected(a_workbook(author=""), found)))

    assert {"workbook.sheet-hidden", "Rows stored", "partner.xlsx", "4 (4W)"} <= set(shown)


def test_a_signature_is_taken_off_and_it_is_said() -> None:
    signed = with_part(a_workbook(author=""), "_xmlsignatures/sig1.xml", lambda _: b"<Signature/>")

    result = write_corrected(signed, "partner.xlsx", findings())

    assert [problem.code for problem in result.lost] == ["workbook.signature-taken-off"]
    assert "_xmlsignatures/sig1.xml" not in parts(result.content)


def test_a_workbook_with_macros_keeps_them_and_its_ending() -> None:
    macros = with_part(a_workbook(), "xl/vbaProject.bin", lambda _: b"\x01macro")

    result = write_corrected(macros, "partner.xlsm", findings(*FAULTS))

    assert result.name == "partner-checked.xlsm"
    assert parts(result.content)["xl/vbaProject.bin"] == b"\x01macro"


def test_the_same_file_and_findings_give_the_same_bytes() -> None:
    found = findings(*FAULTS, questions=(a_question(),))

    content = a_workbook()

    assert corrected(content, found) == corrected(content, found)


def test_two_tables_of_one_sheet_and_of_another_are_told_apart() -> None:
    other = TableFindings(table=a_table("lists"), faults=a_fault_frame((1, "A", "cell.odd", "?")))
    found = replace(findings(*FAULTS), tables=(*findings(*FAULTS).tables, other))

    book = opened(corrected(a_workbook(), found))

    assert colour(book["lists"]["A1"]) == COLOURS[FAULT]
    assert {"lists!A1", "4W!C4"} <= set(texts(book))


def test_a_question_about_all_rows_colours_the_header_only() -> None:
    question = replace(a_question(), rows=(3, 4, 5, 6), where="sheet 4W, column B")

    result = write_corrected(a_workbook(), "partner.xlsx", findings(questions=(question,)))

    book = opened(result.content)
    assert result.n_marked == 1
    assert colour(book["4W"]["B2"]) == COLOURS[QUESTION]


def test_no_findings_at_all_still_give_a_workbook_with_a_receipt() -> None:
    result = write_corrected(a_workbook(), "partner.xlsx", Findings(tables=()))

    assert "partner.xlsx" in texts(opened(result.content))
