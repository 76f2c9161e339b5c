"""Workbooks of other programs: the old binary ones and OpenDocument."""

import struct

import pytest

from takatuf.activities.tables import SheetTable
from takatuf.formats.readers.workbooks import FileKind, Limits, read_book
from takatuf.vocabulary.errors import InputError
from tests.builders_workbooks import END, ods, ole, record, xls, xlsx

PLACE = struct.pack("<HHH", 5, 4, 0)
RESULT = record(0x207, b"\x01\x00\x00x")  # the text of the formula before
COUNTS = '<table:table-row table:number-rows-repeated="{n}">{cells}</table:table-row>'
CELL = (
    '<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'
)

SEVERAL = (
    "<text:p>a<text:s text:c='2'/><text:span>b</text:span><text:tab/>c<text:line-break/>d"
    "<office:annotation><text:p>note</text:p></office:annotation></text:p><text:p>e</text:p>"
)


def _float(more: str, text: str) -> str:
    start = f'<table:table-cell office:value-type="float" {more}>'
    return f"{start}<text:p>{text}</text:p></table:table-cell>"


def only(content: bytes, name: str) -> SheetTable:
    (table,) = read_book(content, name).tables
    return table


def refusal(content: bytes, name: str, limits: Limits | None = None) -> str:
    with pytest.raises(InputError) as caught:
        read_book(content, name, limits=limits or Limits())
    return caught.value.problems[0].code


def last_row(cells: bytes, extra: bytes = b"") -> tuple[str | None, ...]:
    return only(xls(extra=extra, sheet_extra=cells), "p.xls").cells.rows()[-1]


def test_the_same_rows_are_read_alike_from_every_kind_of_workbook() -> None:
    expected = only(xlsx(), "p.xlsx").cells.rows()
    assert only(xls(), "p.xls").cells.rows() == expected
    assert only(ods(), "p.ods").cells.rows() == expected
    assert read_book(xls(), "p.xls").kind is FileKind.XLS
    assert [p.code for p in read_book(ods(), "p.ods").skipped] == ["workbook.hidden-sheet"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (record(0x27E, PLACE + struct.pack("<I", 45352 << 2 | 2)), "45352"),
        (record(0x27E, PLACE + struct.pack("<I", 1250 << 2 | 3)), "12.5"),
        (record(0x27E, PLACE + struct.pack("<d", 1.5)[4:]), "1.5"),
        (record(0xBD, PLACE[:4] + struct.pack("<HIH", 0, 7 << 2 | 2, 4)), "7"),
        (record(0x205, PLACE + bytes([0x2A, 1])), "#N/A"),
        (record(0x205, PLACE + bytes([1, 0])), "TRUE"),
        (record(0x204, PLACE + struct.pack("<HB", 2, 0) + b"ab"), "ab"),
        (record(0x204, PLACE + struct.pack("<HBHI", 2, 12, 1, 4) + b"ab"), "ab"),
        (record(0x06, PLACE + struct.pack("<d", 2.5) + bytes(8)), "2.5"),
        (record(0x06, PLACE + b"\x02\x00\x17\x00\x00\x00\xff\xff" + bytes(8)), "#REF!"),
        (record(0x06, PLACE + b"\x01\x00\x01\x00\x00\x00\xff\xff" + bytes(8)), "TRUE"),
        (record(0x06, PLACE + bytes(6) + b"\xff\xff" + bytes(8)) + RESULT, "x"),
    ],
)  # fmt: skip
def test_a_cell_of_an_old_workbook_is_read(cell: bytes, expected: str) -> None:
    assert last_row(cell + record(0x203, struct.pack("<HHHd", 5, 0, 0, 1)))[4] == expected


def test_an_empty_result_of_a_formula_is_blank() -> None:
    cell = record(0x06, PLACE + b"\x03" + b"\x00" * 5 + b"\xff\xff" + bytes(8))
    assert last_row(cell)[0] == "Relief Aid"


def test_dates_of_an_old_workbook_are_read_by_their_format() -> None:
    others = (
        (0x22, b"\x00\x00"),
        *((0x42, page) for page in (b"\xb0\x04", b"\xe8\x04", b"\x01\x00")),
    )
    code = record(0x41E, struct.pack("<HHB", 170, 4, 0) + b"yyyy")
    numbers = (14, 170, 0, 2, 1)
    styles = b"".join(record(0xE0, struct.pack("<HH16x", 0, number)) for number in numbers)
    styles = code + styles + b"".join(record(word, content) for word, content in others)
    cells = b"".join(record(0x203, struct.pack("<HHHd", 5, c, c, 45352)) for c in range(5))
    assert last_row(cells, styles) == ("2024-03-01", "2024-03-01", "45352", "45352", "45352")


def test_hidden_rows_columns_and_merged_cells_of_an_old_workbook_are_known() -> None:
    rows = b"".join(record(0x208, struct.pack("<H10xHH", *row, 0)) for row in ((3, 0x20), (2, 0)))
    columns = ((1, 1, 9, 0, 1), (2, 2, 9, 0, 0))
    more = rows + b"".join(record(0x7D, struct.pack("<5H", *column)) for column in columns)
    more += record(0xE5, struct.pack("<5H", 1, 0, 0, 0, 4))
    book = read_book(xls(sheet_extra=more), "p.xls")
    assert [note.code for note in book.notes] == ["workbook.hidden-rows", "workbook.hidden-columns"]


def test_shared_texts_may_go_on_in_the_next_record() -> None:
    first = struct.pack("<IIHB", 2, 2, 6, 0) + b"Rel"
    second = (
        b"\x01"
        + "ief".encode("utf-16-le")
        + struct.pack("<HBHI", 2, 13, 1, 2)
        + "حل".encode("utf-16-le")
    )
    strings = record(0xFC, first) + record(0x3C, second) + record(0x3C, bytes(6))
    cells = b"".join(
        record(0xFD, struct.pack("<HHHI", row, column, 0, column))
        for row in (0, 1)
        for column in (0, 1)
    )
    table = only(xls((), sheet_extra=cells, shared_texts=strings), "p.xls")
    assert [column.header for column in table.columns] == ["Relief", "حل"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (xls()[:700], "workbook.broken"),
        (xls()[:100], "workbook.broken"),
        (xls().replace(b"\x09\x00\x06\x00", b"\x01\x00\x09\x00", 1), "workbook.broken"),
        (xls(extra=record(0x2F, b"\x01\x00")), "workbook.password"),
        (ole({"EncryptedPackage": b"x"}), "workbook.password"),
        (ole({"WordDocument": b"x"}), "workbook.not-a-workbook"),
        (ole({"Workbook": record(0x809, bytes(16)) + END}), "workbook.broken"),
        (ole({"Workbook": record(0x809, b"\x00\x06\x05" + bytes(13)) + END}), "workbook.broken"),
        (xls(sheet_extra=record(0xFD, struct.pack("<HHHI", 9, 9, 0, 999))), "workbook.broken"),
        (xls(extra=record(0xFC, struct.pack("<II", 5, 5) + b"\x09")), "workbook.broken"),
    ],
)
def test_a_broken_or_locked_old_workbook_is_refused(content: bytes, code: str) -> None:
    assert refusal(content, "p.xls") == code


def test_sectors_that_lead_in_a_circle_are_refused() -> None:
    content = bytearray(xls())
    table = struct.unpack_from("<I", content, 76)[0]
    struct.pack_into("<I", content, 512 * (table + 1), 0)
    assert refusal(bytes(content), "p.xls") == "workbook.broken"


def test_a_sheet_of_more_cells_than_is_allowed_is_refused() -> None:
    limits = Limits(max_listed_cells=3)
    assert refusal(xls(), "p.xls", limits) == "workbook.too-many-cells"
    assert refusal(ods(), "p.ods", limits) == "workbook.too-many-cells"


def test_cells_of_a_spreadsheet_keep_spaces_dates_errors_and_zeros() -> None:
    cells = [
        '<table:table-cell office:value-type="date" office:date-value="2024-03-01T00:00:00"/>',
        '<table:table-cell office:value-type="time" office:time-value="PT10H"/>',
        _float('office:value="7"', "007"),
        _float('office:value="0" calcext:value-type="error"', "#N/A"),
        '<table:table-cell office:value-type="string" office:string-value="said"/>',
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>',
        f"<table:table-cell>{SEVERAL}</table:table-cell>",
    ]  # fmt: skip
    header = "".join(CELL.format(more="", text=f"Column {n}") for n in range(7))
    rows = f"<table:table-row>{header}</table:table-row>" + COUNTS.format(n=2, cells="".join(cells))
    table = only(ods(rows), "p.ods")
    assert table.cells.rows() == [
        ("2024-03-01", "PT10H", "007", "#N/A", "said", "TRUE", "a  b\tc\nd\ne"),
    ] * 2  # fmt: skip


def test_what_is_repeated_without_end_is_laid_out_only_where_it_is_filled() -> None:
    blank = '<table:table-cell table:number-columns-repeated="16000"/>'
    header = "".join(CELL.format(more="", text=text) for text in ("Org", "Sector"))
    data = CELL.format(more='table:number-columns-repeated="2" table:formula="of:=1"', text="x")
    rows = (
        '<table:table-column table:number-columns-repeated="1"/>'
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="99999"/>'
        + COUNTS.format(n=1, cells=header + blank)
        + COUNTS.format(n=1_000_000, cells=blank)
        + COUNTS.format(n=2, cells=data).replace(
            "<table:table-row", '<table:table-row table:visibility="filter"'
        )
        + COUNTS.format(n=1_048_576, cells=blank)
    )
    book = read_book(ods(rows), "p.ods")
    assert book.tables[0].rows.to_list() == [1_000_002, 1_000_003]
    assert {note.code for note in book.notes} == {"workbook.hidden-rows", "workbook.hidden-columns"}
    assert refusal(ods(COUNTS.format(n=2_000_000, cells=data)), "p.ods") == "workbook.broken"
    wide = CELL.format(more='table:number-columns-repeated="20000"', text="x")
    assert refusal(ods(COUNTS.format(n=1, cells=wide)), "p.ods") == "workbook.broken"


def test_merged_headers_of_a_spreadsheet_are_joined() -> None:
    def row(*texts: str) -> str:
        return COUNTS.format(n=1, cells="".join(texts))

    def cell(text: str, more: str = "") -> str:
        return CELL.format(more=more, text=text)

    covered = "<table:covered-table-cell/>"
    rows = (
        row(
            cell("Org", 'table:number-rows-spanned="2"'),
            cell("Reached", 'table:number-columns-spanned="2"'),
            covered,
        )
        + row(covered, cell("Girls"), cell("Boys"))
        + row(cell("Aid"), cell("1"), cell("2"))
        + row(cell("Help"), cell("3"), cell("4"))
    )
    table = only(ods(rows), "p.ods")
    assert [c.header for c in table.columns] == ["Org", "Reached / Girls", "Reached / Boys"]


def test_a_locked_or_broken_spreadsheet_is_refused() -> None:
    locked = ods(more={"META-INF/manifest.xml": "<m><encryption-data/></m>"})
    assert refusal(locked, "p.ods") == "workbook.password"
    assert refusal(ods("<table:table-row>"), "p.ods") == "workbook.broken"
    assert refusal(ods("<!DOCTYPE a>"), "p.ods") == "workbook.xml-entities"


def test_a_workbook_of_1995_has_texts_in_its_code_page() -> None:
    begin = record(0x809, struct.pack("<HH12x", 0x500, 5)) + record(0x42, struct.pack("<H", 1256))
    format_code = record(0x41E, struct.pack("<HB", 170, 4) + b"yyyy")

    def start(at: int) -> bytes:
        return begin + format_code + record(0x85, struct.pack("<IBB", at, 0, 0) + b"\x024W") + END

    names = ("منظمة", "قطاع")
    cells = b"".join(
        record(0x204, struct.pack("<HHHH", row, column, 0, len(name)) + name.encode("windows-1256"))
        for row in (0, 1)
        for column, name in enumerate(names)
    )
    sheet = (
        record(0x809, struct.pack("<HH12x", 0x500, 16))
        + cells
        + record(0x207, b"\x00\x00\x00")
        + END
    )
    content = ole({"Book": start(len(start(0))) + sheet})
    assert [column.header for column in only(content, "p.xls").columns] == list(names)


def test_a_list_of_sectors_may_go_on_outside_the_head() -> None:
    content = bytearray(xls())
    n_sectors = len(content) // 512 - 1
    struct.pack_into("<I", content, 68, n_sectors)
    content += b"\xff" * 508 + b"\xfe\xff\xff\xff"
    assert only(bytes(content), "p.xls").cells.rows() == only(xls(), "p.xls").cells.rows()


def test_a_chart_is_no_sheet() -> None:
    chart = record(0x85, struct.pack("<IBB", 0, 0, 2) + b"\x01\x00C")
    book = read_book(xls(extra=chart), "p.xls")
    assert [table.sheet for table in book.tables] == ["4W"]
    assert book.skipped == ()


def in_short_sectors(chain: list[int]) -> bytes:
    """Return the usual workbook in sectors of 64 bytes, which follow each other by a chain."""
    content = bytearray(xls())
    n_sectors = len(content) // 512 - 1
    struct.pack_into("<III", content, 56, 1_000_000, n_sectors, 1)  # up to a million: short
    table = 512 * (struct.unpack_from("<I", content, 76)[0] + 1)
    struct.pack_into("<I", content, table + 4 * n_sectors, 0xFFFFFFFE)
    directory = 512 * (struct.unpack_from("<I", content, 48)[0] + 1)
    struct.pack_into("<II", content, directory + 116, 0, 4096)
    return bytes(content) + struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")


def test_a_short_stream_is_read_and_one_that_leads_in_a_circle_refused() -> None:
    table = only(in_short_sectors([*range(1, 64), 0xFFFFFFFE]), "p.xls")
    assert table.cells.rows() == only(xls(), "p.xls").cells.rows()
    assert refusal(in_short_sectors([*range(1, 64), 0]), "p.xls") == "workbook.broken"


def test_a_hidden_sheet_of_an_old_workbook_is_named() -> None:
    hidden = record(0x85, struct.pack("<IBB", 0, 1, 0) + b"\x01\x00H")
    book = read_book(xls(extra=hidden), "p.xls")
    assert [table.sheet for table in book.tables] == ["4W"]
    assert [problem.code for problem in book.skipped] == ["workbook.hidden-sheet"]


def test_a_directory_whose_entries_share_what_follows_is_refused() -> None:
    content = bytearray(ole({"Workbook": b"", "More": b""}))
    directory = 512 * (struct.unpack_from("<I", content, 48)[0] + 1)
    struct.pack_into("<I", content, directory + 128 + 68, 2)  # left and right lead to one entry
    assert refusal(bytes(content), "p.xls") == "workbook.broken"
