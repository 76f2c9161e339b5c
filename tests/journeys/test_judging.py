"""Check on the ground, grade, look at the records and at what changed: through the commands."""

import json
from pathlib import Path

import pytest

from takatuf.cli.main import run
from tests.builders_judging import HEADER, NAMES, row


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    where = tmp_path / "town"
    assert run(["init", str(where)]) == 0
    table = tmp_path / "table.csv"
    table.write_text(NAMES, "utf-8")
    assert run(["-w", str(where), "import", str(table)]) == 0
    table.write_text(HEADER + row("restored", "board") + row("cut", "agency"), "utf-8")
    assert run(["-w", str(where), "import", str(table)]) == 0
    return where


def report_of(folder: Path, who: str, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert run(["-w", str(folder), "--json", "history", "Well quarter"]) == 0
    rows = json.loads(capsys.readouterr().out)
    voices = [voice for entry in rows for voice in entry["statements"]]
    found: str = next(v["report"] for v in voices if v["who"] == who and v["said"] == "cut")
    return found


def test_a_check_on_the_ground_is_logged_and_shown_in_the_record(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = report_of(folder, "Agency", capsys)[:12]
    call = ["-w", str(folder), "checked", report, "--outcome", "confirmed",
            "--by", "A. Person, engineer", "--as", "Inspector", "--why", "dry taps"]  # fmt: skip

    assert run(["-w", str(folder), "records"]) == 0
    assert "Nothing was checked" in capsys.readouterr().out
    assert run(call) == 0
    assert "confirmed: place/well network supply status cut (logged)" in capsys.readouterr().out
    assert run(["-w", str(folder), "records"]) == 0
    assert "Agency" in capsys.readouterr().out
    assert run(["-w", str(folder), "--json", "records", "Agency"]) == 0
    (record,) = json.loads(capsys.readouterr().out)
    assert (record["topic"], record["n_checked"]) == ("water", 1)


def test_a_check_by_the_source_itself_is_refused_with_its_reason(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = report_of(folder, "Agency", capsys)[:12]
    own = ["checked", report, "--outcome", "confirmed", "--by", "A. Person", "--as", "Agency"]

    assert run(["-w", str(folder), *own]) == 10
    assert "[check.not-independent]" in capsys.readouterr().err
    assert run(["-w", str(folder), *own[:-2]]) == 10
    assert "[judgement.for-nobody]" in capsys.readouterr().err


def test_a_grade_is_suggested_then_set_and_shown(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = report_of(folder, "Agency", capsys)[:12]

    assert run(["-w", str(folder), "grade", report]) == 0
    assert "The record suggests F4" in capsys.readouterr().out
    assert run(["-w", str(folder), "--json", "grade", report]) == 0
    assert json.loads(capsys.readouterr().out)["letter"] == "F"
    given = ["grade", report, "--letter", "b", "--digit", "3", "--by", "A. Person", "--as", "Board"]
    assert run(["-w", str(folder), *given]) == 0
    assert run(["-w", str(folder), "--json", *given]) == 0
    capsys.readouterr()
    assert run(["-w", str(folder), "show", "Well quarter"]) == 0
    shown = capsys.readouterr().out
    assert "graded B3" in shown
    assert "Safety is at stake" in " ".join(shown.split())


def test_what_changed_between_two_days_of_knowing_is_shown_with_its_reports(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()

    assert run(["-w", str(folder), "diff", "--known", "2017-01-01"]) == 0
    shown = capsys.readouterr().out
    assert "Well quarter: " in shown
    assert "was unknown" in shown
    assert "is  contested: " in shown
    assert "heard: cut, Agency" in shown
    both = ["diff", "--known", "2017-01-01", "--known", "2017-01-02", "--at", "2017-01-01"]
    assert run(["-w", str(folder), "--json", *both]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert run(["-w", str(folder), "diff", *["--known", "2017-01-01"] * 3]) == 2
