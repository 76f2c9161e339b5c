"""The command line as an officer meets it: a new workspace, a bad file, a plan, an export."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from takatuf.actions.showing import show_thing
from takatuf.cli import exits, main, session
from takatuf.cli.main import run
from takatuf.cli.printing.summary import print_summary
from takatuf.settings import FILE_NAME
from takatuf.workspace.demonstration import DemoMade, demo
from tests.builders_town import TABLES

BAD = (
    "thing,property,value,unit,observed_at,organisation\n"
    "Near,residents,120,people,2017-06-10,Board\n"
    "Neer,residents,many,people,2017-06-10,Board\n"
)


@pytest.fixture
def town(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    folder = str(tmp_path / "town")
    assert run(["init", folder, "--name", "Town"]) == 0
    for table in TABLES:
        assert run(["-w", folder, "import", str(table), "--as", as_board(table)]) == 0
    capsys.readouterr()
    return folder


def as_board(table: Path) -> str:
    return "" if table.name.startswith("1") else "Board"


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())


def test_good_rows_are_stored_and_bad_ones_explained(
    town: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(BAD, "utf-8")

    assert run(["-w", town, "check", str(file)]) == exits.FINDINGS
    assert "nothing was stored" in printed(capsys)
    assert run(["-w", town, "import", str(file)]) == exits.FINDINGS
    said = printed(capsys)
    assert "2 rows, 1 stored, 0 here already" in said
    assert "row 3, thing: found Neer" in said
    assert "Did you mean near?" in said
    assert "[cell.not-a-number]" in said
    assert run(["-w", town, "--json", "import", str(file)]) == exits.FINDINGS
    receipt = json.loads(capsys.readouterr().out)
    assert receipt["stored"][0]["is_new"] is False
    assert [problem["code"] for problem in receipt["problems"]] == [
        "claim.unknown-thing",
        "cell.not-a-number",
    ]


def test_a_thing_its_history_and_its_contradictions_are_shown(
    town: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "more.csv"
    file.write_text(
        "thing,property,value,observed_at,organisation,wording\n"
        "Near,network_supply_status,intermittent,2017-06-02,organisation/other,two hours a day\n",
        "utf-8",
    )
    other = tmp_path / "other.csv"
    other.write_text(
        "thing,name,organisation,source_type,organisation_type\n"
        "organisation/other,Other,organisation/other,national_ngo,national_ngo\n",
        "utf-8",
    )
    assert run(["-w", town, "import", str(other)]) == 0
    assert run(["-w", town, "import", str(file)]) == 0
    capsys.readouterr()

    assert run(["-w", town, "show", "near", "--at", "2017-06-14"]) == 0
    shown = printed(capsys)
    assert "contested Supply of the water network" in shown
    assert "plans act on: intermittent" in shown
    assert run(["-w", town, "history", "Near"]) == 0
    assert "“two hours a day”" in printed(capsys)
    assert run(["-w", town, "contested"]) == 0
    assert "Near: Supply of the water network" in printed(capsys)
    for command in (["show", "Near"], ["history", "Near"], ["contested", "--at", "2017-06-14"]):
        assert run(["-w", town, "--json", *command]) == 0
        assert json.loads(capsys.readouterr().out)


def test_of_what_nobody_spoke_nothing_is_shown(
    town: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-w", town, "show", "Near", "--known", "2001-01-01"]) == 0
    assert "Nobody has said anything of it by then." in printed(capsys)


def test_a_plan_is_made_kept_checked_and_exported(
    town: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-w", town, "plan", "--at", "2017-06-14", "--evaluations", "20"]) == 0
    said = printed(capsys)
    assert "each organisation alone" in said
    assert "every plan passed the independent checker" in said
    (kept,) = (Path(town) / "plans").glob("*.json")
    assert run(["-w", town, "--json", "check", str(kept)]) == 0
    assert json.loads(capsys.readouterr().out)["problems"] == []
    out = tmp_path / "plan.csv"
    partners = ["--audience", "partners", "--out", str(out)]
    assert run(["-w", town, "export", "plan", *partners]) == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbftask,")
    assert run(["-w", town, "export", "places", "--format", "geojson"]) == 0
    assert json.loads(capsys.readouterr().out)["type"] == "FeatureCollection"
    planned = ["--json", "plan", "--at", "2017-06-14", "--known", "2030-01-01"]
    assert run(["-w", town, *planned, "--evaluations", "5"]) == 0
    assert json.loads(capsys.readouterr().out)["tasks"]


def test_what_cannot_be_planned_is_named(town: str, tmp_path: Path) -> None:
    file = tmp_path / "new.csv"
    file.write_text("thing,name,kind\nplace/new,New,neighbourhood\n", "utf-8")
    assert run(["-w", town, "import", str(file), "--as", "Board"]) == 0
    assert run(["-w", town, "plan", "--at", "2017-06-14", "--evaluations", "5"]) == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], exits.USAGE),
        (["nosuch"], exits.USAGE),
        (["show"], exits.USAGE),
        (["plan", "--at", "2017-06-14", "--workers", "0"], exits.USAGE),
        (["plan", "--at", "2017-06-14", "--evaluations", "0"], 10),
        (["show", "Nowhere"], 12),
        (["import", "nosuch.csv"], 12),
        (["show", "Near", "--at", "yesterday"], 10),
        (["export", "plan", "--format", "geojson"], 10),
        (["export", "plan", "--audience", "partners"], 12),
        (["export", "plan"], 11),
        (["export", "statements", "--out", "no/such/folder/x.csv"], 14),
        (["init", "."], 0),
        (["--help"], 0),
    ],
)
def test_the_exit_code_says_who_can_help(
    town: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert run(["-w", town, *arguments] if arguments else []) == code


def test_a_workspace_is_not_made_twice_and_errors_come_as_json(
    town: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--json", "init", town]) == 10
    error = json.loads(capsys.readouterr().out)
    assert (error["error"], error["problems"][0]["code"]) == ("InputError", "workspace.exists")


def test_a_new_workspace_is_said_in_json_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--json", "init", str(tmp_path / "new"), "--replay"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "new"


def test_where_there_is_no_workspace_it_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-w", str(tmp_path), "contested"]) == 12
    assert "takatuf init" in capsys.readouterr().err


def test_what_nobody_foresaw_is_our_fault_and_says_so(
    town: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(show_thing, "_related", broken)
    assert run(["-w", town, "show", "Near"]) == exits.OUR_FAULT
    assert "This is our fault" in capsys.readouterr().err


def test_an_interruption_leaves_nothing_half_done(
    town: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(show_thing, "_related", interrupted)
    assert run(["-w", town, "show", "Near"]) == exits.INTERRUPTED
    assert "nothing is half done" in capsys.readouterr().err


def test_the_program_ends_with_the_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["takatuf", "--help"])
    with pytest.raises(SystemExit) as end:
        main.main()
    assert end.value.code == 0


def test_the_demonstration_never_touches_what_is_no_demonstration(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")

    assert run(["demo", "--into", str(tmp_path)]) == 10
    assert "[demo.folder-in-use]" in capsys.readouterr().err
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_the_demonstration_replaces_an_earlier_one_and_prints_its_summary(
    aleppo: DemoMade,
) -> None:
    console = Console(record=True, width=100, file=io.StringIO())

    print_summary(console, aleppo)

    said = " ".join(console.export_text().split())
    assert "349 statements by" in said
    assert "people without water" in said
    assert "no plan at all can be below" in said
    assert all(str(page) in said.replace(" ", "") for page in aleppo.pages)
    names = {path.name for path in aleppo.folder.iterdir()}
    assert {"report.html", "report.ar.html", "register.sqlite", "plans", FILE_NAME} <= names


def test_the_demonstration_can_be_read_by_a_program(aleppo: DemoMade) -> None:
    plain = session.plain(aleppo.summary)
    assert json.loads(json.dumps(plain))["statements"] == 349


def test_an_interrupted_demonstration_leaves_what_was_there(tmp_path: Path) -> None:
    folder = tmp_path / "aleppo"
    folder.mkdir()
    (folder / FILE_NAME).write_text('name = "an earlier one"', "utf-8")

    def interrupt(what: str, done: int, total: int) -> None:
        if done > total / 2:
            raise KeyboardInterrupt(what)

    with pytest.raises(KeyboardInterrupt, match="importing"):
        demo(folder, evaluations=1, on_progress=interrupt)
    assert (folder / FILE_NAME).read_text("utf-8") == 'name = "an earlier one"'
    assert [path.name for path in tmp_path.iterdir()] == ["aleppo"]
