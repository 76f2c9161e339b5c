"""Tables of text: encodings, signs between cells, rows of any length."""

import pytest

from takatuf.activities.questions import Kind
from takatuf.activities.tables import SheetTable
from takatuf.formats.readers.workbooks import FileKind, Limits, read_book
from takatuf.vocabulary.errors import InputError

ARABIC = (
    "المنظمة,القطاع,المحافظة,العدد\nالهلال الأحمر,المياه والصرف الصحي,حلب,12\n"
    "جمعية الإحسان,الصحة,إدلب,5\nالهلال الأحمر,الصحة,حلب,7\n"
)
FRENCH = (
    "Organisation,Secteur,Région,Atteints\nCroix-Rouge française,Santé,Ségou,12\n"
    "Humanité,Éducation à Gao,Ménaka,5\nHumanité,Santé,Ségou,8\n"
)
RUSSIAN = (
    "Организация,Сектор,Область,Охвачено\nКрасный Крест,Здравоохранение,Харьковская,12\n"
    "Помощь,Вода и санитария,Сумская,5\nПомощь,Образование,Сумская,5\n"
)
TURKISH = "Kuruluş,Sektör,İl\nKızılay,Sağlık,Şanlıurfa\nYardım,Eğitim,Diyarbakır\n"


def only(content: bytes, name: str = "p.csv", encoding: str = "") -> SheetTable:
    (table,) = read_book(content, name, encoding).tables
    return table


def rows_of(text: str) -> list[tuple[str, ...]]:
    return [tuple(line.split(",")) for line in text.strip().split("\n")[1:]]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *[(ARABIC, e) for e in ("utf-8", "utf-8-sig", "windows-1256", "mac-arabic", "iso8859-6")],
        *[
            (ARABIC, e)
            for e in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")
        ],
        *[(FRENCH, e) for e in ("windows-1252", "latin-1", "mac-roman", "cp437")],
        *[(RUSSIAN, e) for e in ("windows-1251", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic")],
        (TURKISH, "windows-1254"),
    ],
)
def test_no_letter_is_lost_in_any_encoding(text: str, encoding: str) -> None:
    assert only(text.encode(encoding)).cells.rows() == rows_of(text)


def test_an_encoding_that_was_found_is_named() -> None:
    book = read_book(ARABIC.encode("windows-1256"), "p.csv")
    assert (book.kind, book.encoding) == (FileKind.TEXT, "windows-1256")
    assert [note.code for note in book.notes] == ["workbook.encoding-found"]


def test_two_readings_that_are_both_plausible_are_asked() -> None:
    content = "Org,Sector,Place\nKızılay,WASH,Van\nYıldız,Health,Van\n".encode("windows-1254")
    book = read_book(content, "p.csv")
    (question,) = book.questions
    assert (question.kind, question.code) == (Kind.LAYOUT, "ask.encoding")
    assert book.encoding == question.options[0].word
    assert len({option.because for option in question.options}) > 1
    named = read_book(content, "p.csv", question.options[1].word)
    assert (named.encoding, named.questions) == (question.options[1].word, ())


def test_lines_in_another_encoding_are_read_and_named() -> None:
    good = "".join(f"جمعية {n},صحة,حلب\n" for n in range(30)).encode()
    content = b"Org,Sector,Place\n" + good + "Santé,Éducation,Ségou\n".encode("windows-1252")
    book = read_book(content, "p.csv")
    assert book.tables[0].cells.rows()[-1] == ("Santé", "Éducation", "Ségou")
    assert [note.code for note in book.notes] == ["workbook.mixed-encodings"]
    assert read_book(b"\xef\xbb\xbf" + content, "p.csv").notes[0].code == "workbook.mixed-encodings"
    other = read_book(b"\xef\xbb\xbf" + FRENCH.encode("windows-1252"), "p.csv")
    assert other.tables[0].cells.rows() == rows_of(FRENCH)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (ARABIC.encode(), "no-such"),
        (ARABIC.encode(), "ascii"),
        (ARABIC.encode("windows-1256"), "utf-8"),
        (b"\xff\xfea", ""),
    ],
)
def test_an_encoding_that_does_not_fit_is_refused(content: bytes, encoding: str) -> None:
    with pytest.raises(InputError) as caught:
        read_book(content, "p.csv", encoding)
    assert caught.value.problems[0].code == "workbook.not-in-encoding"


@pytest.mark.parametrize(
    "content", [bytes(range(256)) * 9, b"ab\x00\x01\x02" * 99, b"\x01\x02\xff" * 50]
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read_book(content, "p.csv")
    assert caught.value.problems[0].code == "workbook.not-a-table"


@pytest.mark.parametrize("sign", [",", ";", "\t", "|", "،", "؛", "^", "~"])
def test_any_usual_sign_may_stand_between_cells(sign: str) -> None:
    text = FRENCH.replace(",", sign)
    assert only(text.encode()).cells.rows() == rows_of(FRENCH)


def test_a_first_line_may_name_the_sign() -> None:
    table = only(b"sep=;\nOrg;Sector;Reached\nAid, Help;WASH;1\nAid;WASH;2\n")
    assert (table.header_row, table.rows.to_list()) == (2, [3, 4])
    assert table.cells.row(0)[0] == "Aid, Help"


def test_rows_are_counted_as_a_spreadsheet_program_counts_them() -> None:
    table = only(
        b'Org,Sector,Reached\r\n\r\n"two\nlines, one cell",WASH,1\r\n ,"",\r\n'
        b'Aid,"say ""yes""",2\r\n'
    )
    assert table.rows.to_list() == [3, 5]
    assert table.cells.rows() == [("two\nlines, one cell", "WASH", "1"), ("Aid", 'say "yes"', "2")]


def test_rows_that_are_longer_than_the_header_lose_nothing() -> None:
    table = only(b"Org,Sector,Reached\nAid,WASH,1,more\nAid,WASH\nHelp,WASH,3\n")
    assert [column.letter for column in table.columns] == ["A", "B", "C", "D"]
    assert table.cells["D"].to_list() == ["more", None, None]


@pytest.mark.parametrize("start", ['x,"a\nb"', 'x,"a\nb\nc"', '"one, two\nb",y'])
def test_a_row_of_several_lines_loses_no_cell_at_its_end(start: str) -> None:
    table = only(f"Org,Sector,Place,Reached\n{start},c,d,e\nAid,WASH,Hama,1\n".encode())
    assert table.cells.row(0)[-3:] == ("c", "d", "e")


@pytest.mark.parametrize("row", ['Aid 5" pipe,WASH,1', 'Aid,"WASH,1'])
def test_quotation_marks_that_do_not_match_are_named(row: str) -> None:
    book = read_book(f"Org,Sector,Reached\nHelp,WASH,2\n{row}\n".encode(), "p.csv")
    assert [note.code for note in book.notes] == ["workbook.uneven-quotes"]
    assert book.tables[0].cells.height == 2


def test_one_column_of_text_is_no_table() -> None:
    with pytest.raises(InputError, match="two columns"):
        read_book(b"hello\nthere\nfriend\n", "p.txt")


@pytest.mark.parametrize(
    "content",
    [b"a,b,c\n" + b"1,2,3\n" * 40, b"," * 20_000 + b"\na,b\n", (b"," * 5_000 + b"\n") * 9],
)
def test_a_table_that_is_too_large_is_refused(content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read_book(content, "p.csv", limits=Limits(max_cells=100))
    assert caught.value.problems[0].code == "workbook.too-many-cells"


def test_a_text_cell_with_many_signs_does_not_make_a_wide_table() -> None:
    listed = '"' + "," * 5_000 + '"'
    limits = Limits(max_cells=10_000)
    table = read_book(
        f"Org,Sector,Reached\nAid,{listed},1\n".encode(), "p.csv", limits=limits
    ).tables[0]
    assert len(table.columns) == 3
