import csv
import io

import pytest

from takatuf.formats.readers.plan_file import is_plan, read_plan
from takatuf.formats.writers.tables import write_csv
from takatuf.vocabulary.errors import InputError


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_run_as_a_formula(text: str) -> None:
    written = write_csv([{"a": text}]).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(written, newline=""))
    assert row["a"] == f"'{text}"


def test_numbers_stay_numbers_and_missing_cells_blank() -> None:
    written = write_csv([{"a": -1.5, "b": True}, {"c": None, "b": False, "d": "حلب"}])

    assert written.startswith(b"\xef\xbb\xbf")
    assert written.decode("utf-8-sig") == "a,b,c,d\r\n-1.5,yes,,\r\n,no,,حلب\r\n"


def test_nothing_is_written_as_a_blank_line() -> None:
    assert write_csv([]).decode("utf-8-sig").strip() == ""


def test_a_plan_is_told_from_a_table() -> None:
    assert is_plan(b' \n{"format": 1}')
    assert not is_plan(b"thing,name\n")


@pytest.mark.parametrize("content", [b"{", b'{"format": "another"}', b'["takatuf plan 1"]'])
def test_a_file_that_is_no_plan_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match=r"plan\.unreadable"):
        read_plan(content, "x.json")
