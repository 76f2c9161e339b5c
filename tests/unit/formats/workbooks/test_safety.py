"""What a file may not do: it is refused with the reason, at once, whatever it is called."""

import io
import zipfile

import pytest

from takatuf.formats.readers.workbooks import Limits, read_book
from takatuf.formats.readers.workbooks.archive import Archive
from takatuf.vocabulary.errors import InputError
from tests.builders_workbooks import ROWS, a_square, ods, sheet_xml, shp, xls, xlsx, zipped
from tests.fuzz.formats import run

LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def refusal(content: bytes, name: str = "p.xlsx", limits: Limits | None = None) -> str:
    with pytest.raises(InputError) as caught:
        read_book(content, name, limits=limits or Limits())
    assert all(str(problem) for problem in caught.value.problems)
    return caught.value.problems[0].code


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = xlsx({"4W": "<worksheet>" + " " * 40_000_000})
    assert len(bomb) < 50_000
    assert refusal(bomb) == "workbook.zip-bomb"
    assert refusal(xlsx(), limits=Limits(max_unpacked_bytes=1_000)) == "workbook.zip-bomb"
    assert refusal(xlsx(), limits=Limits(max_entries=2)) == "workbook.zip-bomb"
    assert refusal(
        xlsx(more={"xl/sharedStrings.xml": "<sst>"}), limits=Limits(max_part_bytes=100)
    ) == ("workbook.too-large")


@pytest.mark.parametrize(
    "content",
    [
        xlsx({"4W": sheet_xml(ROWS).replace("<worksheet", LAUGHS + "<worksheet")}),
        xlsx({"4W": LAUGHS}),
        xlsx(more={"xl/sharedStrings.xml": LAUGHS + "<sst><si><t>&b;</t></si></sst>"}),
        xlsx(more={"xl/styles.xml": LAUGHS + "<styleSheet/>"}),
        xlsx(more={"xl/styles.xml": (LAUGHS + "<styleSheet/>").encode("utf-16")}),
        xlsx(workbook='<!DOCTYPE x SYSTEM "file:///etc/passwd">'),
    ],
)
def test_entities_and_document_types_are_refused(content: bytes) -> None:
    assert refusal(content) == "workbook.xml-entities"


@pytest.mark.parametrize("entry", ["../evil.txt", "/etc/cron.d/x", "a\\..\\..\\b", "C:evil"])
def test_entries_that_lead_outside_are_refused(entry: str) -> None:
    assert refusal(xlsx(more={entry: "x"})) == "workbook.path-traversal"


def test_a_password_is_named() -> None:
    held = bytearray(zipped({"a.shp": shp([a_square(1, 1, 1)])}))
    held[held.find(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(held), "p.zip") == "workbook.password"


def test_a_method_that_is_not_known_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/workbook.xml", "x")
    assert refusal(packed.getvalue()) == "workbook.broken"


def test_parts_that_are_damaged_or_missing_are_refused() -> None:
    content = bytearray(zipped({"a": b"x" * 50, "b": b"y"}))
    content[35] ^= 0xFF
    archive = Archive(bytes(content), "p", Limits())
    with pytest.raises(InputError, match="damaged entry"):
        archive.read("a")
    with pytest.raises(InputError, match="damaged entry"):
        archive.open("a").read(99)
    with pytest.raises(InputError, match="no such part"):
        archive.read("c")
    with pytest.raises(InputError, match="no such part"):
        archive.open("c")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "workbook.empty"),
        (b"\xef\xbb\xbf", "workbook.empty"),
        (b" \r\n\t", "workbook.empty"),
        (zipped({"a.txt": "x", "a.shp": shp()}), "workbook.no-table"),
        (zipped({"a.txt": "x", "a.shp": "x"}), "workbook.broken"),
        (b"%PDF-1.7", "workbook.not-a-workbook"),
        (b"\x89PNG\r\n\x1a\n", "workbook.not-a-workbook"),
        (b"<html><table>", "workbook.not-a-workbook"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><Workbook>", "workbook.not-a-workbook"),
        (b"\x09\x04\x06\x00\x00\x04", "workbook.not-a-workbook"),
        (xlsx()[:400], "workbook.broken"),
        (xlsx()[200:], "workbook.not-a-table"),
        (zipped({"word/document.xml": "x", "_rels/.rels": "x"}), "workbook.not-a-workbook"),
        (zipped({"xl/workbook.bin": "x"}), "workbook.not-a-workbook"),
        (zipped({"xl/other.xml": "x"}), "workbook.not-a-workbook"),
        (zipped({"xl/workbook.xml": "<workbook"}), "workbook.broken"),
        (zipped({"xl/workbook.xml": ""}), "workbook.broken"),
        (zipped({"readme.txt": "x"}), "workbook.not-a-workbook"),
        (zipped({"content.xml": "<x/>"}), "workbook.no-table"),
        (zipped({}), "workbook.not-a-workbook"),
        (b"SQLite format 3\x00" + b"x" * 90, "workbook.broken"),
    ],
)
def test_what_is_no_workbook_is_refused_with_the_reason(content: bytes, code: str) -> None:
    assert refusal(content) == code


def test_a_file_that_is_too_large_is_refused() -> None:
    assert refusal(b"a,b\n1,2\n", "p.csv", Limits(max_bytes=3)) == "workbook.too-large"


def test_the_kind_is_found_from_the_content_and_a_wrong_name_is_named() -> None:
    for content, name in (
        (xlsx(), "p.xls"),
        (xls(), "p.xlsx"),
        (ods(), "p.csv"),
        (b"a,b\nx,1\ny,2\n", "p.xlsx"),
    ):
        book = read_book(content, name)
        assert [note.code for note in book.notes] == ["workbook.wrong-extension"], name
    assert read_book(xlsx(), "without an ending").notes == ()
    assert read_book(zipped_workbook_without_links(), "p.xlsx").tables[0].cells.height == 3


def zipped_workbook_without_links() -> bytes:
    """Return a workbook whose first part is found by its usual place only."""
    with zipfile.ZipFile(io.BytesIO(xlsx())) as archive:
        return zipped({n: archive.read(n) for n in archive.namelist() if n != "_rels/.rels"})


def test_two_cells_at_the_far_ends_of_a_sheet_do_not_fill_the_memory() -> None:
    corners = "".join(
        f'<row r="{row}"><c r="{letters}{row}"><v>1</v></c></row>'
        for row, letters in ((1, "A"), (1_048_576, "XFD"))
    )
    sheet = sheet_xml([]).replace("</sheetData>", corners + "</sheetData>")
    assert read_book(xlsx({"4W": sheet}), "p.xlsx").tables[0].cells.shape == (2, 2)
    diagonal = [("x",) * 3, *[(None,) * n + (n,) for n in range(40)]]
    assert refusal(xlsx(diagonal), limits=Limits(max_cells=900)) == "workbook.too-many-cells"


@pytest.mark.parametrize(
    "sheet",
    [
        "<sheetData" + " " * 2_000_000,
        "<cols><col " + "a" * 2_000_000 + "/></cols><sheetData><row>",
        "<sheetData>" + "<row " * 300_000,
        "<sheetData>" + "<!--" * 300_000,
    ],
)
def test_markup_made_to_be_slow_is_refused_in_time(sheet: str) -> None:
    assert refusal(xlsx({"4W": f"<worksheet>{sheet}"})) in {"workbook.broken", "workbook.zip-bomb"}


@pytest.mark.parametrize("cell", ["1" * 1_000_000 + "x", " " * 1_000_000 + '"', "a" * 3_000_000])
def test_long_cells_are_read_in_time(cell: str) -> None:
    book = read_book(f"Org,Sector,Reached\nAid,{cell},1\nHelp,WASH,2\n".encode(), "p.csv")
    assert book.tables[0].cells.height == 2


def test_tricks_in_names_and_texts_are_kept_as_they_are() -> None:
    names = ("\u202egro", "p\u200baypal", "раypal", "=HYPERLINK(1)", "+1", "@x")
    rows = [
        ("Organisation", "Sector", "Reached"),
        *[(name, "WASH", n) for n, name in enumerate(names)],
    ]
    content = "\n".join(",".join(map(str, row)) for row in rows).encode()
    assert tuple(read_book(content, "p.csv").tables[0].cells["A"].to_list()) == names


def test_the_properties_of_a_file_are_never_opened() -> None:
    book = read_book(
        xlsx(more={"docProps/core.xml": "<broken", "docProps/app.xml": LAUGHS}), "p.xlsx"
    )
    assert book.tables[0].cells.height == 3


def test_more_sheets_or_columns_than_make_sense_are_refused() -> None:
    content = xlsx({"one": ROWS, "two": ROWS})
    assert refusal(content, limits=Limits(max_sheets=1)) == "workbook.too-many-sheets"
    assert refusal(content, limits=Limits(max_columns=4)) == "workbook.too-many-columns"
    wide = ",".join(f"column {n}" for n in range(3_000))
    assert refusal(f"{wide}\n{wide}\n".encode(), "p.csv") == "workbook.too-many-columns"


def test_hundreds_of_columns_are_read() -> None:
    header = ",".join(f"Reached in place {n}" for n in range(1_500))
    rows = "".join(",".join(str(n) for n in range(1_500)) + "\n" for _ in range(3))
    assert read_book(f"{header}\n{rows}".encode(), "p.csv").tables[0].cells.shape == (3, 1_500)


def test_damaged_files_give_a_book_or_a_reason() -> None:
    outcome = run(150, seed=7)
    assert outcome.faults == []
    assert outcome.counts["a book"] > 10
