"""A partner's workbook, walked through on the command line: in, questions, back, and out again."""

import json
from pathlib import Path
from typing import Any

import pytest

from takatuf.cli.main import run
from tests.builders_activities import a_row, a_table

ROWS = [
    a_row(),
    a_row(District="Hillside", Organisation="Hope  Relief "),
    a_row(District="Hillside", Reached="many"),
    a_row(),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert run(["init", str(tmp_path / "cluster"), "--name", "Cluster"]) == 0
    (tmp_path / "march.csv").write_bytes(a_table(*ROWS))
    return tmp_path


def call(folder: Path, *arguments: str) -> int:
    return run(["-w", str(folder / "cluster"), *arguments])


def told(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_a_file_is_shown_first_and_stored_when_confirmed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(folder / "march.csv")

    assert call(folder, "import", file, "--as", "The desk") == 1
    shown = capsys.readouterr().out
    assert "Nothing was stored." in shown
    assert "4 rows of data" in shown

    assert call(folder, "--json", "import", file, "--as", "The desk", "--yes") == 1
    stored = told(capsys)
    assert len(stored["receipt"]["stored"]) == 4
    assert sum(stored["preview"]["rows"].values()) == 4

    call(folder, "--json", "import", file, "--as", "The desk", "--yes")
    assert told(capsys)["preview"]["rows"]["same"] == 4


def test_questions_are_written_to_a_file_answered_and_remembered(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, questions = str(folder / "march.csv"), folder / "questions.json"
    call(folder, "import", file, "--as", "The desk", "--questions", str(questions))
    asked = json.loads(questions.read_text("utf-8"))
    copies = next(q for q in asked["questions"] if q["code"] == "ask.exact-copies")
    copies["answer"] = "keep_one"
    questions.write_text(json.dumps(asked), "utf-8")
    capsys.readouterr()

    call(folder, "--json", "import", file, "--as", "The desk", "--answers", str(questions), "--yes")

    assert told(capsys)["preview"]["rows"]["copy"] == 1


def test_what_the_columns_mean_can_be_saved_and_used_for_another_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, saved = str(folder / "march.csv"), folder / "map.json"
    call(folder, "import", file, "--as", "The desk", "--save-map", str(saved))
    capsys.readouterr()

    call(folder, "--json", "check", file, "--map", str(saved))

    columns = told(capsys)["preview"]["tables"][0]["columns"]
    assert {column["how"] for column in columns} == {"layout"}
    assert call(folder, "check", file, "--map", "none.json") == 12


def test_the_senders_own_file_comes_back_marked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marked = folder / "marked.xlsx"

    code = call(folder, "check", str(folder / "march.csv"), "--report", str(marked))

    assert code == 1
    assert "cells marked" in capsys.readouterr().out
    assert marked.read_bytes().startswith(b"PK")
    call(folder, "import", str(folder / "march.csv"), "--as", "The desk", "--answers", str(marked))


def test_products_come_out_of_what_was_stored(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(folder, "import", str(folder / "march.csv"), "--as", "The desk", "--yes")
    out = folder / "4w.csv"

    assert call(folder, "export", "4w", "--format", "csv", "--out", str(out)) == 0
    assert "Hope Relief" in out.read_text("utf-8-sig")
    assert call(folder, "export", "matrix", "--format", "pdf", "--out", str(out)) == 10
    assert call(folder, "export", "4w", "--format", "docx", "--out", str(out)) == 2
    assert call(folder, "export", "nothing", "--out", str(out)) == 2
    capsys.readouterr()


def test_the_officer_sees_who_is_late_and_a_partner_says_that_nothing_changed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(folder, "import", str(folder / "march.csv"), "--as", "The desk", "--yes")
    capsys.readouterr()

    assert call(folder, "due", "--day", "2024-05-20") == 0
    assert "hope-relief: late, 15 days late" in capsys.readouterr().out
    assert call(folder, "unchanged", "2024-04", "--as", "Hope Relief") == 0
    assert "stand in 2024-04 too" in capsys.readouterr().out
    assert call(folder, "--json", "due", "--day", "2024-05-20") == 0
    states = {(row["organisation"], row["period"]): row["state"] for row in told(capsys)}
    assert states["organisation/hope-relief", "2024-04"] == "reported"


def test_a_list_of_places_is_loaded(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    places = folder / "places.csv"
    places.write_text("ADM1_EN,ADM1_PCODE\nNorthland,XX01\n", "utf-8")

    assert call(folder, "places", str(places), "--scheme", "COD-AB 2024") == 0
    assert "1 of admin 1" in capsys.readouterr().out
    assert call(folder, "--json", "places", str(places), "--new") == 0
    assert told(capsys)["places"] == {"admin 1": 1}


def test_answers_that_are_none_are_explained(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = folder / "answers.json"
    broken.write_text("[]", "utf-8")
    file = str(folder / "march.csv")

    assert call(folder, "import", file, "--as", "The desk", "--answers", str(broken)) == 10
    assert "ask.answers-unreadable" in capsys.readouterr().err
    assert call(folder, "import", file, "--as", "The desk", "--answers", "none.json") == 12
