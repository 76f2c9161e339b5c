import pytest

from takatuf.formats.readers import tables
from takatuf.formats.readers.tables import Table, read_table
from takatuf.vocabulary.errors import InputError

HEADER = "thing,name\n"


def read(text: str | bytes, encoding: str = "utf-8") -> Table:
    content = text if isinstance(text, bytes) else text.encode(encoding)
    return read_table(content, "a.csv", encoding)


def refusal(content: bytes, encoding: str = "utf-8") -> str:
    with pytest.raises(InputError) as raised:
        read_table(content, "a.csv", encoding)
    return raised.value.problems[0].code


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_cells_may_be_divided_by_comma_semicolon_or_tab(delimiter: str) -> None:
    table = read(f"thing{delimiter}name\r\nplace/a{delimiter}A\r\n")

    assert [dict(row.cells) for row in table.rows] == [{"thing": "place/a", "name": "A"}]
    assert table.rows[0].where == "a.csv, row 2"


def test_a_byte_order_mark_and_outer_spaces_do_not_count() -> None:
    table = read("\ufeff" + HEADER + " place/a , حلب \n")
    assert dict(table.rows[0].cells) == {"thing": "place/a", "name": "حلب"}


def test_a_blank_row_says_nothing_and_is_no_problem() -> None:
    table = read(HEADER + ",\nplace/a,A\n")
    assert ([row.where for row in table.rows], table.problems) == (["a.csv, row 3"], ())


def test_a_row_of_the_wrong_length_does_not_cost_the_good_ones() -> None:
    table = read(HEADER + "place/a,A,B\nplace/b,B\n")

    assert [row.cells["thing"] for row in table.rows] == ["place/b"]
    assert [(p.code, p.where) for p in table.problems] == [("row.wrong-length", "a.csv, row 2")]


def test_windows_1256_is_recognised_shown_and_not_guessed() -> None:
    content = HEADER.encode() + "place/a,مدينة حلب\nplace/b,B\n".encode("windows-1256")

    table = read_table(content, "a.csv")

    assert [row.cells["thing"] for row in table.rows] == ["place/b"]
    (problem,) = table.problems
    assert problem.code == "row.not-in-encoding"
    assert "مدينة حلب" in problem.hint
    assert "--encoding windows-1256" in problem.hint
    again = read_table(content, "a.csv", "windows-1256")
    assert [row.cells["name"] for row in again.rows] == ["مدينة حلب", "B"]


def test_broken_utf8_is_shown_where_it_is() -> None:
    table = read_table(HEADER.encode() + b"place/a,caf\xe9 noir\n", "a.csv")

    (problem,) = table.problems
    assert (problem.where, problem.found) == ("a.csv, row 2, name", "caf\ufffd noir")
    assert problem.hint == "Save the table as CSV UTF-8."


def test_a_quotation_mark_that_never_ends_is_a_problem_of_its_row() -> None:
    table = read(HEADER + 'place/a,A\nplace/b,"B\n')

    assert [row.cells["thing"] for row in table.rows] == ["place/a"]
    assert [problem.code for problem in table.problems] == ["row.unreadable"]


def test_a_quoted_cell_may_hold_lines_and_commas() -> None:
    table = read(HEADER + 'place/a,"A,\nB"\n')
    assert table.rows[0].cells["name"] == "A,\nB"


def test_utf16_is_read_when_it_is_named() -> None:
    content = (HEADER + "place/a,حلب\n").encode("utf-16")
    assert read_table(content, "a.csv", "utf-16").rows[0].cells["name"] == "حلب"
    assert refusal(content) == "file.not-a-table"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b" \n\n", "file.empty"),
        (b"PK\x03\x04rest", "file.not-a-table"),
        (b"a\x00b", "file.not-a-table"),
        (b"thing,thing\n", "file.duplicate-column"),
        (b'"thing', "file.no-header"),
    ],
)
def test_a_file_that_cannot_be_read_at_all_is_refused_whole(content: bytes, code: str) -> None:
    assert refusal(content) == code


def test_an_unknown_encoding_is_refused() -> None:
    assert refusal(b"thing\n", "klingon") == "file.unknown-encoding"


def test_a_huge_file_is_refused_with_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_BYTES", 10)
    assert refusal(b"thing,name\nplace/a,A\n") == "file.too-large"
