"""Two lists name the same quarters in their own way: found, judged, joined, and taken back."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from takatuf.cli import exits
from takatuf.cli.main import run
from takatuf.picture.sameness import Judgement
from takatuf.safeguards.actor import Actor, Role
from takatuf.vocabulary.errors import InputError
from takatuf.vocabulary.identity import ThingId
from takatuf.workspace import open_workspace
from takatuf.workspace.demonstration import DemoMade
from takatuf.workspace.sameness import SamenessDesk

SECOND_LIST = """\
thing,name,organisation,kind
place/hayy-al-sukari,Hayy al-Sukkary,organisation/oxfam,neighbourhood
place/bustan-basha,بستان الباشا,organisation/oxfam,neighbourhood
place/sheikh-taha-quarter,Al-Shaikh Taha,organisation/oxfam,neighbourhood
place/karm-jazmati,كرم الجزماتي,organisation/oxfam,neighbourhood
"""
TOWN = """\
thing,name,organisation,source_type,organisation_type
organisation/board,Board,organisation/board,national_ngo,
organisation/union,Union,organisation/board,national_ngo,national_ngo
place/near,Near,organisation/board,national_ngo,
place/near-again,Near,organisation/board,national_ngo,
place/third,Bridge Head,organisation/board,national_ngo,
"""
TRUE_PAIRS = {
    ("place/hayy-al-sukari", "place/sukkari"),
    ("place/bustan-al-basha", "place/bustan-basha"),
    ("place/sheikh-taha", "place/sheikh-taha-quarter"),
    ("place/karm-al-jazmati", "place/karm-jazmati"),
}
BY = ("--by", "A. Nobody, GIS officer", "--why", "one quarter on the map", "--as", "OCHA")


@pytest.fixture
def city(aleppo: DemoMade, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    folder = tmp_path / "city"
    shutil.copytree(aleppo.folder, folder)
    table = tmp_path / "second-list.csv"
    table.write_text(SECOND_LIST, "utf-8")
    assert run(["-w", str(folder), "import", str(table)]) == 0
    capsys.readouterr()
    return str(folder)


def shown(city: str, capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert run(["-w", city, "--json", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def said(city: str, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["-w", city, *arguments]) == 0
    return " ".join(capsys.readouterr().out.split())


def test_candidates_are_judged_joined_and_taken_back(
    city: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = shown(city, capsys, "show", "place/sukkari")
    listed = shown(city, capsys, "same", "--limit", "0")
    pairs = [(pair["one"], pair["other"]) for pair in listed]
    assert set(pairs[:5]) >= TRUE_PAIRS

    logged = said(city, capsys, "judge", "place/sukkari", "place/hayy-al-sukari", "--same", *BY)
    assert "statements on place/sukkari are now read with place/hayy-al-sukari" in logged
    joined = shown(city, capsys, "show", "Sukkari")
    assert joined["thing"] == "place/hayy-al-sukari"
    names = {
        answer["value"]
        for belief in joined["beliefs"]
        if belief["property"] in {"name", "name_ar", "also_called"}
        for answer in belief["answers"]
    }
    assert {"Sukkari", "Hayy al-Sukkary"} <= names

    taken_back = said(
        city, capsys, "judge", "place/sukkari", "place/hayy-al-sukari", "--unsure", *BY
    )
    assert "statements on place/sukkari are now read by themselves again" in taken_back
    after = shown(city, capsys, "show", "place/sukkari")
    assert [b for b in after["beliefs"] if b["property"] != "same_as"] == before["beliefs"]


@pytest.fixture
def town(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    folder = str(tmp_path / "town")
    assert run(["init", folder]) == 0
    table = tmp_path / "town.csv"
    table.write_text(TOWN, "utf-8")
    assert run(["-w", folder, "import", str(table)]) == 0
    capsys.readouterr()
    return folder


def test_what_the_commands_say_to_people(town: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Nobody has judged anything yet." in said(town, capsys, "same", "--judged")
    listed = said(town, capsys, "same", "Near")  # two things are called so: both are meant
    assert listed.count("against") == 1
    assert "Nothing here may be one" in said(town, capsys, "same", "--type", "bakery")

    near, again, third = "place/near", "place/near-again", "place/third"
    by = ("--by", "A. Nobody", "--why", "seen there", "--as")
    judged = said(town, capsys, "judge", near, again, "--different", *by, "Board")
    assert "No statement is read otherwise" in judged
    assert "Contested" in said(town, capsys, "judge", near, again, "--same", *by, "Union")
    listed = said(town, capsys, "same", "--judged")
    assert "contested: one says same" in listed
    said(town, capsys, "judge", near, third, "--same", *by, "Board")
    assert "read as one" in said(town, capsys, "same", "--judged")
    assert "Nothing here may be one" in said(town, capsys, "same")
    logged = said(town, capsys, "judge", again, third, "--same", *by, "Board")
    assert "Not joined: place/near-again and place/third would, through others, join" in logged


def test_a_judgement_needs_one_word_and_somebody_to_speak_for(
    town: str, capsys: pytest.CaptureFixture[str]
) -> None:
    pair = ("judge", "place/near", "place/third", "--by", "A. Nobody", "--why", "seen there")

    assert run(["-w", town, *pair]) == exits.USAGE
    assert run(["-w", town, *pair, "--same", "--unsure"]) == exits.USAGE
    assert run(["-w", town, *pair, "--same"]) == exits.BY_FAMILY[InputError]
    assert "[judgement.for-nobody]" in capsys.readouterr().err
    judged = shown(town, capsys, *pair, "--same", "--as", "organisation/board")
    assert judged["pair"] == ["place/near", "place/third"]
    assert [view["is_joined"] for view in shown(town, capsys, "same", "--judged")] == [True]


def test_from_python_the_same_is_done_at_a_desk(town: str) -> None:
    board = Actor("an officer", Role.OFFICER, ThingId("organisation/board"))
    workspace = open_workspace(town, actor=board)
    desk = SamenessDesk(workspace)

    (pair,) = desk.candidates(of_type="place")
    result = desk.judge(pair.one, pair.other, Judgement.SAME, by="A. Nobody", why="seen there")

    assert result.receipt.n_new == 1
    assert [view.is_joined for view in desk.judged("Near")] == [True]
    with pytest.raises(InputError, match="for-nobody"):
        SamenessDesk(workspace.seen_by_anybody()).judge(
            "Near", "Bridge Head", Judgement.SAME, by="A. Nobody", why="seen there"
        )
    workspace.close()
