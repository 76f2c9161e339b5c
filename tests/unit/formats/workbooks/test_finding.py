"""Where the tables of a sheet are: headers, tags, totals, notes, several tables, lists."""

from collections.abc import Sequence

import pytest

from takatuf.activities.tables import SheetTable
from takatuf.formats.readers.workbooks import Book, read_book
from takatuf.vocabulary.errors import InputError
from tests.builders_workbooks import ROWS, Cell, Rows, sheet_xml, xlsx

TAGS = ("#org", "#sector", "#adm2 +name", "#date+start", "#reached")
HEADER = ROWS[0]
DATA = ROWS[2:]


def book_of(rows: Rows, merges: Sequence[str] = ()) -> Book:
    after = "".join(f'<mergeCell ref="{ref}"/>' for ref in merges)
    return read_book(
        xlsx({"4W": sheet_xml(rows, after=f"<mergeCells>{after}</mergeCells>")}), "p.xlsx"
    )


def only(rows: Rows, merges: Sequence[str] = ()) -> SheetTable:
    (table,) = book_of(rows, merges).tables
    return table


def headers(table: SheetTable) -> list[str]:
    return [column.header for column in table.columns]


def codes(book: Book) -> list[str]:
    return [problem.code for problem in book.skipped]


def test_tags_may_stand_above_the_header() -> None:
    table = only([TAGS, HEADER, *DATA])
    assert (table.tag_row, table.header_row) == (1, 2)
    assert headers(table) == list(HEADER)
    assert table.rows.to_list() == [3, 4, 5]


def test_tags_without_a_header_do_not_eat_a_row_of_data() -> None:
    table = only([TAGS, *DATA])
    assert (table.tag_row, table.header_row) == (1, 1)
    assert headers(table) == [""] * 5
    assert table.cells.height == 3


def test_tags_may_stand_far_down_with_capitals_and_spaces() -> None:
    tags = ("# ORG + Name", "#sector +cluster", "# adm2 + name", "#Date +Start", "#Reached + UN?")
    title = [("Cluster 4W",), (), ("Sent by the cluster on Monday",), *[()] * 20]
    table = only([*title, HEADER, tags, *DATA])
    assert (table.header_row, table.tag_row) == (24, 25)
    assert [c.tag for c in table.columns] == list(tags)
    assert table.footnotes == ((1, "Cluster 4W"), (3, "Sent by the cluster on Monday"))


def test_a_second_row_of_tags_is_named_and_is_no_data() -> None:
    book = book_of([HEADER, TAGS, TAGS, *DATA, TAGS, HEADER])
    assert book.tables[0].rows.to_list() == [4, 5, 6]
    assert codes(book) == ["workbook.repeated-header"]
    assert "3 rows: 3, 7, 8" in book.skipped[0].found


def test_error_cells_are_no_tags() -> None:
    table = only([HEADER, ("Aid", "#N/A", "#REF!", "#NAME?", "#N/A"), *DATA])
    assert table.tag_row is None
    assert table.cells.height == 4


def test_a_header_without_tags_is_found_below_titles() -> None:
    table = only([("Who does what where",), ("March 2024",), (), HEADER, *DATA])
    assert (table.header_row, table.tag_row) == (4, None)
    assert [text for _, text in table.footnotes] == ["Who does what where", "March 2024"]


def test_merged_headers_of_two_rows_are_joined() -> None:
    rows: Rows = [
        ("Organisation", "Sector", "Reached", None, None, "Remarks"),
        (None, None, "Girls", "Boys", "Total", None),
        ("Aid", "WASH", 1, 2, 3, "x"),
        ("Help", "WASH", 2, 2, 4, None),
    ]
    expected = [
        "Organisation",
        "Sector",
        "Reached / Girls",
        "Reached / Boys",
        "Reached / Total",
        "Remarks",
    ]
    merged = only(rows, ["A1:A2", "B1:B2", "C1:E1", "F1:F2"])
    assert headers(merged) == expected
    assert merged.header_row == 2
    assert headers(only(rows)) == expected


def test_groups_over_unmerged_headers_are_joined_where_names_repeat() -> None:
    rows: Rows = [
        (None, None, "Targeted", None, "Reached", None),
        ("Organisation", "Sector", "Girls", "Boys", "Girls", "Boys"),
        *[("Aid", "WASH", n, n, n, n) for n in (1, 2, 3)],
    ]
    assert headers(only(rows))[2:] == [
        "Targeted / Girls", "Targeted / Boys", "Reached / Girls", "Reached / Boys",
    ]  # fmt: skip


def test_headers_of_three_rows_are_joined_with_merged_cells_and_without() -> None:
    rows: Rows = [
        ("Organisation", "Sector", "Reached", None, None, None),
        (None, None, "Host", None, "Displaced", None),
        (None, None, "Girls", "Boys", "Girls", "Boys"),
        *[("Aid", "WASH", n, n, n, n) for n in (1, 2, 3)],
    ]
    merged = only(rows, ["A1:A3", "B1:B3", "C1:F1", "C2:D2", "E2:F2"])
    assert headers(merged)[1:4] == ["Sector", "Reached / Host / Girls", "Reached / Host / Boys"]
    groups: Rows = [("Organisation", "Sector", "Host", None, "Displaced", None), *rows[2:]]
    assert headers(only(groups))[1:4] == ["Sector", "Host / Girls", "Host / Boys"]


def test_below_tags_the_fuller_row_is_the_header() -> None:
    table = only([TAGS, ("WHO", None, "WHAT", "WHEN", "WHOM"), HEADER, *DATA])
    assert table.header_row == 3
    assert headers(table) == list(HEADER)
    assert table.footnotes == ((2, "WHO | WHAT | WHEN | WHOM"),)


def test_years_may_head_columns_of_numbers() -> None:
    table = only([("Organisation", "District", 2022, 2023), ("a", "b", 1, 2), ("c", "d", 3, 4)])
    assert headers(table) == ["Organisation", "District", "2022", "2023"]


def test_a_signature_below_the_table_is_a_note() -> None:
    table = only([HEADER, *DATA, (), ("Prepared by", "the office"), ("Date", "2024-03-31")])
    assert [row for row, _ in table.footnotes] == [6, 7]
    assert table.cells.height == 3


def test_names_and_values_above_a_table_are_notes() -> None:
    table = only(
        [("Organisation:", "Aid"), ("Month:", "March"), ("Year:", "2024"), (), HEADER, *DATA]
    )
    assert table.header_row == 5
    assert table.footnotes[1] == (2, "Month: | March")


def test_a_merged_title_is_no_part_of_the_header() -> None:
    table = only([("4W of March", None, None, None, None), HEADER, *DATA], ["A1:E1"])
    assert headers(table) == list(HEADER)
    assert table.footnotes == ((1, "4W of March"),)


def test_totals_and_notes_are_named_and_are_no_data() -> None:
    rows: Rows = [
        HEADER, *DATA, ("المجموع الكلي", None, None, None, 155.5), (),
        ("* people may be counted twice",), ("Source: the partners of the cluster",),
    ]  # fmt: skip
    book = book_of(rows)
    (table,) = book.tables
    assert table.total_rows == (5,)
    assert [row for row, _ in table.footnotes] == [7, 8]
    assert table.rows.to_list() == [2, 3, 4]
    assert codes(book) == ["workbook.total-rows", "workbook.notes"]


def test_a_total_without_a_name_is_found_by_its_sum() -> None:
    table = only([HEADER, *DATA, (None, None, None, None, 155.5)])
    assert table.total_rows == (5,)
    assert only([HEADER, *DATA, (None, None, None, None, 155)]).total_rows == ()


def test_an_organisation_called_total_is_no_total() -> None:
    table = only([HEADER, ("Total Aid", "WASH", "Idlib", "2024-03-01", 5), *DATA])
    assert table.total_rows == ()


def test_a_heading_merged_over_the_data_is_a_note() -> None:
    rows = [HEADER, DATA[0], ("Northern districts", None, None, None, None), *DATA]
    table = only(rows, ["A3:E3"])
    assert table.footnotes == ((3, "Northern districts"),)
    assert table.rows.to_list() == [2, 4, 5, 6]


def test_blank_rows_and_columns_are_gaps_in_one_table() -> None:
    spread = [(row[0], None, *row[1:]) for row in (HEADER, *DATA)]
    table = only([spread[0], (), spread[1], (), (), *spread[2:]])
    assert [column.letter for column in table.columns] == ["A", "C", "D", "E", "F"]
    assert table.rows.to_list() == [3, 6, 7]


def test_tables_one_below_the_other_are_parted() -> None:
    other: Rows = [("Partner", "Activity", "People"), ("Aid", "Training", 4), ("Help", "Kits", 5)]
    book = book_of([HEADER, *DATA, (), ("Second table",), *other])
    assert [table.header_row for table in book.tables] == [1, 7]
    assert [table.rows.to_list() for table in book.tables] == [[2, 3, 4], [8, 9]]


def test_tables_side_by_side_are_parted() -> None:
    left: list[tuple[Cell, ...]] = [
        ("Partner", "Activity", "People"),
        *[(f"Aid {n}", "Kits", n) for n in range(9)],
    ]
    right = [("Organisation", "Sector"), ("Aid", "WASH"), ("Help", "Health")]
    rows = [(*row, None, *(right[n] if n < 3 else ())) for n, row in enumerate(left)]
    book = read_book(xlsx(rows), "p.xlsx", sheets=["4W"])
    assert [headers(table) for table in book.tables] == [
        ["Partner", "Activity", "People"], ["Organisation", "Sector"],
    ]  # fmt: skip
    assert [table.cells.height for table in book.tables] == [9, 2]


def test_a_row_of_tags_over_a_blank_column_keeps_one_table() -> None:
    rows = [(*row[:2], None, *row[2:]) for row in (HEADER, TAGS, *DATA)]
    assert len(only(rows).columns) == 5


def test_duplicate_headers_are_kept_apart_by_letter_and_named() -> None:
    book = book_of([("Partner", "Partner ", "Sector"), ("a", "b", "c"), ("a", "d", "c")])
    assert [c.letter for c in book.tables[0].columns] == ["A", "B", "C"]
    assert [(note.code, note.found) for note in book.notes] == [
        ("workbook.duplicate-header", "Partner in columns A, B")
    ]


def test_untagged_columns_and_columns_without_a_header_stay() -> None:
    rows = [HEADER[:4], TAGS[:2], *DATA]
    table = only(rows)
    assert [(c.header, c.tag) for c in table.columns][-2:] == [("Start", ""), ("", "")]


def test_a_template_without_rows_is_read_and_named() -> None:
    book = book_of([TAGS, HEADER])
    assert book.tables[0].rows.is_empty()
    assert [note.code for note in book.notes] == ["workbook.no-rows"]
    assert headers(only([HEADER])) == list(HEADER)


def test_rows_without_a_header_are_read_by_their_letters() -> None:
    book = book_of([(n, n + 1, 45_000 + n) for n in range(5)])
    assert book.tables[0].header_row == 0
    assert book.tables[0].cells.height == 5
    assert [note.code for note in book.notes] == ["workbook.no-header"]


def test_a_pivot_that_lost_its_parts_is_known_by_its_words() -> None:
    pivot: Rows = [("Étiquettes de lignes", "Nombre"), ("WASH", 3), ("Total général", 3)]
    book = read_book(xlsx({"4W": ROWS, "TCD": pivot}), "p.xlsx")
    assert codes(book) == ["workbook.pivot"]


def test_lists_that_serve_a_tagged_sheet_are_named_and_read_when_asked_for() -> None:
    places: Rows = [("Code", "District"), ("SY0200", "Jebel Saman"), ("SY0201", "Al Bab")]
    content = xlsx({"4W": ROWS, "lists": places})
    book = read_book(content, "p.xlsx")
    assert [table.sheet for table in book.tables] == ["4W"]
    assert codes(book) == ["workbook.reference-list"]
    assert [t.sheet for t in read_book(content, "p.xlsx", sheets=["lists"]).tables] == ["lists"]


def test_lists_that_serve_an_untagged_sheet_are_known_by_their_headers() -> None:
    places: Rows = [("Code", "District"), ("SY0200", "Jebel Saman"), ("SY0201", "Al Bab")]
    book = read_book(xlsx({"4W": [HEADER, *DATA], "lists": places}), "p.xlsx")
    assert [table.sheet for table in book.tables] == ["4W"]
    neither = read_book(xlsx({"one": places, "two": places}), "p.xlsx")
    assert [table.sheet for table in neither.tables] == ["one", "two"]


def test_several_tagged_sheets_are_all_read() -> None:
    book = read_book(xlsx({"WASH": ROWS, "Health": ROWS}), "p.xlsx")
    assert [table.sheet for table in book.tables] == ["WASH", "Health"]


def test_a_single_column_is_no_table_and_says_why() -> None:
    with pytest.raises(InputError) as caught:
        book_of([("Aid",), ("Help",)])
    assert [p.code for p in caught.value.problems] == [
        "workbook.no-table",
        "workbook.not-in-a-table",
    ]


def test_a_row_that_calls_itself_an_example_is_left_out() -> None:
    book = book_of([HEADER, ("Example:", "WASH", "Idlib", "2024-03-01", 9), *DATA])
    assert book.tables[0].rows.to_list() == [3, 4, 5]
    assert codes(book) == ["workbook.sample-row"]
    kept = only([HEADER, ("Sample collection", "WASH", "Idlib", "2024-03-01", 9), *DATA])
    assert kept.cells.height == 4


def test_many_blank_rows_part_nothing() -> None:
    rows: list[tuple[Cell, ...]] = [tuple(HEADER)]
    for n in range(420):
        rows += [("Aid", "WASH", "Idlib", "2024-03-01", n), ()]
    assert only(rows).cells.height == 420


def test_single_columns_beside_a_table_belong_to_it() -> None:
    rows = [(*row[:2], None, "x", None, *row[2:]) for row in (HEADER, *DATA)]
    assert len(only(rows).columns) == 6


def test_tables_side_by_side_may_begin_in_other_rows_or_have_one_header() -> None:
    left: list[tuple[Cell, ...]] = [
        ("Partner", "Activity"),
        ("Aid", "Kits"),
        ("Help", "Kits"),
        ("Care", "Kits"),
    ]
    later = [(*row, None, *right) for row, right in zip(left, [(), *left[:3]], strict=True)]
    book = read_book(xlsx({"4W": later}), "p.xlsx", sheets=["4W"])
    assert [table.header_row for table in book.tables] == [1, 2]
    twice = [(*row, None, *row) for row in left]
    assert len(read_book(xlsx({"4W": twice}), "p.xlsx", sheets=["4W"]).tables) == 2


def test_a_table_below_without_known_headers_is_parted_by_its_numbers() -> None:
    first: list[tuple[Cell, ...]] = [("Alpha", "Beta"), *[(n, n) for n in range(5)]]
    second: list[tuple[Cell, ...]] = [("Gamma", "Delta"), *[(n, n) for n in range(5)]]
    book = book_of([*first, (), *second])
    assert [table.header_row for table in book.tables] == [1, 8]
    again = book_of([HEADER, *DATA, (), HEADER, TAGS, *DATA])
    assert [table.tag_row for table in again.tables] == [7]
    assert codes(again) == ["workbook.reference-list"]
