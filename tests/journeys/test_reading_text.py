"""A text on its way into the register: what is proposed, what a person keeps, what is stored."""

import csv
import io
import json
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from takatuf.cli import exits
from takatuf.cli.main import run
from takatuf.formats.readers.text.documents import read_document
from takatuf.formats.readers.text.known import Known, known_things
from takatuf.formats.readers.text.proposal import Article, Proposal, Proposals, changed
from takatuf.formats.readers.text.proposing import propose
from takatuf.vocabulary.errors import InputError, NotFoundError
from takatuf.vocabulary.things import load_vocabulary
from takatuf.workspace import Workspace, open_workspace
from takatuf.workspace.demonstration import DemoMade
from takatuf.workspace.text import TextDesk
from tests.builders_town import TABLES

TEXTS = Path(__file__).parents[1] / "data/text"
FOUNDING_DAY = date(2017, 6, 14)
MISSION = "organisation/russian-mission-in-geneva"
CITY = "place/aleppo-city"
BATTLE = "event/battle-of-aleppo"
FOUNDING = [  # speaker, thing, property, value; the text of what was made possible is its own
    (MISSION, CITY, "explosive_risk_status", "clearance_finished"),
    (MISSION, "activity/russian-clearance-aleppo", "made_possible", ""),
    (MISSION, CITY, "network_supply_status", "restored"),
    (MISSION, "event/water-outage-2017", "cause", "cut_by_armed_group"),
    (MISSION, CITY, "military_medics_active", "yes"),
    (MISSION, "place/syria", "delivery_frequency", "daily"),
    (MISSION, CITY, "families_returning", "yes"),
    (MISSION, CITY, "christians_returned_since_dec_2016", "more than 25000"),
    (MISSION, CITY, "normalisation_effort_by", ""),
    (MISSION, CITY, "effect_on_aid", "hampers"),
    (MISSION, CITY, "residents_need_help", "yes"),
    ("organisation/sputnik", BATTLE, "took_place", "2012-2016"),
    ("organisation/sputnik", BATTLE, "ended_on", "late 2016"),
]
FREE = {"made_possible", "normalisation_effort_by"}  # their values are words of the text
ARTICLE = (
    "Board reports\n\n"
    '"Water was restored in Near," the Board said on Tuesday. It added that about 4,000 people'
    " live in Near. Boats were painted, the Board said.\n"
)


@pytest.fixture(scope="module")
def city(aleppo: DemoMade) -> Iterator[Workspace]:
    workspace = open_workspace(aleppo.folder)
    yield workspace
    workspace.close()


@pytest.fixture(scope="module")
def known(city: Workspace) -> Known:
    reading = city.reading()
    return known_things(reading.names, reading.weigher.picture)


def proposals_of(known: Known, name: str, article: Article) -> Proposals:
    document = read_document((TEXTS / name).read_bytes(), name)
    return propose(document, article, known, load_vocabulary(), name)


@pytest.mark.parametrize("name", ["founding-en.txt", "founding-ar.txt"])
def test_a_news_text_gives_the_thirteen_founding_statements_and_no_other(
    city: Workspace, name: str
) -> None:
    article = Article(published_on=FOUNDING_DAY, publisher="Sputnik")
    found = TextDesk(city).propose(TEXTS / name, article)

    said = [
        (one.organisation, one.thing, one.property, "" if one.property in FREE else one.value)
        for one in found.proposals
    ]
    assert sorted(said) == sorted(FOUNDING)
    assert {one.modality for one in found.proposals} == {"asserted"}
    assert found.n_without_statement == 0
    values = {one.property: one.value for one in found.proposals}
    assert values["made_possible"]
    assert values["normalisation_effort_by"]


def score(known: Known, names: str) -> dict[str, float]:
    """Return how much of what an officer would enter is proposed, and how much is right."""
    n_expected = n_found = n_whole = n_filled = 0
    for entry in tomllib.loads((TEXTS / names).read_text("utf-8")).values():
        article = Article(published_on=entry["published_on"], publisher=entry["publisher"])
        left = list(proposals_of(known, entry["file"], article).proposals)
        n_filled += sum(bool(one.property) for one in left)
        for expected in entry["statements"]:
            best = max((_match(one, expected) for one in left), default=0)
            if best:
                left.remove(next(one for one in left if _match(one, expected) == best))
                n_found += 1
                n_filled += not expected[2]
                n_whole += best == WHOLE
            n_expected += 1
    return {
        "found": n_found / n_expected,
        "whole": n_whole / n_expected,
        "right": n_found / n_filled,
    }


WHOLE = 4


def _match(one: Proposal, expected: list[str]) -> int:
    organisation, thing, name, value, modality = expected
    if (one.property, f"{one.value} {one.unit}".strip()) != (name, value):
        return 0
    if not name and one.organisation != organisation:
        return 0
    is_there = not name or one.thing == thing
    return 1 + is_there + (one.organisation == organisation) + (one.modality == modality)


@pytest.mark.parametrize(
    ("names", "found", "whole", "right"),
    [
        ("expected.toml", 0.94, 0.79, 0.96),
        ("expected-second.toml", 0.79, 0.45, 0.93),
        ("expected-third.toml", 0.68, 0.51, 0.86),
    ],
)
def test_other_bodies_texts_are_read_as_well_as_was_measured(
    known: Known, names: str, found: float, whole: float, right: float
) -> None:
    measured = score(known, names)
    assert measured["found"] >= found
    assert measured["whole"] >= whole
    assert measured["right"] >= right


@pytest.fixture
def town(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = tmp_path / "town"
    assert run(["init", str(folder), "--name", "Town"]) == 0
    for table in TABLES[:2]:
        board = "" if table.name.startswith("1") else "Board"
        assert run(["-w", str(folder), "import", str(table), "--as", board]) == 0
    (tmp_path / "article.txt").write_text(ARTICLE, "utf-8")
    capsys.readouterr()
    return folder


def n_stored(folder: Path) -> int:
    workspace = open_workspace(folder)
    try:
        return len(workspace.parts.register)
    finally:
        workspace.close()


def read(town: Path, *options: str) -> int:
    text = str(town.parent / "article.txt")
    return run(["-w", str(town), *options[:1], "read", text, *options[1:]])


def test_a_proposal_file_that_nobody_read_stores_nothing(
    town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "proposals.csv"
    command = ["-w", str(town), "read", str(tmp_path / "article.txt"), "--out", str(out)]
    assert run([*command, "--published-on", "2017-06-14"]) == 0
    assert "3 proposals (1 that no rule fits)" in " ".join(capsys.readouterr().out.split())
    before = n_stored(town)

    assert run(["-w", str(town), "--json", "import", str(out)]) == exits.FINDINGS
    codes = {problem["code"] for problem in json.loads(capsys.readouterr().out)["problems"]}
    assert codes == {"row.not-kept"}
    assert n_stored(town) == before

    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    rows[0]["keep"], rows[1]["keep"] = "Yes", "no"
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert run(["-w", str(town), "--json", "import", str(out)]) == exits.FINDINGS
    receipt = json.loads(capsys.readouterr().out)
    assert len(receipt["stored"]) == 1
    assert [problem["found"] for problem in receipt["problems"]] == ["no", "nothing"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def answer(
    town: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str
) -> tuple[int, str]:
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    text = str(town.parent / "article.txt")
    code = run(["-w", str(town), "read", text, "--published-on", "2017-06-14"])
    return code, " ".join(capsys.readouterr().out.split())


def test_a_person_keeps_skips_or_edits_each_statement(
    town: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = n_stored(town)
    typed = "what\nedit\ncolour\nedit\nmodality\nestimated\nkeep\ns\nkeep\nquit\nyes\n"

    code, shown = answer(town, monkeypatch, capsys, typed)

    assert code == 0
    assert "1 of 3 the Board" in shown
    assert "There is no field colour." in shown
    assert "modality: estimated" in shown
    assert "Fill in first: thing, property, value" in shown
    assert "1 rows, 1 stored" in shown
    assert n_stored(town) == before + 1


@pytest.mark.parametrize("typed", ["s\ns\ns\n", "k\nq\nn\n"])
def test_nothing_is_stored_that_nobody_kept_and_confirmed(
    town: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    before = n_stored(town)
    code, shown = answer(town, monkeypatch, capsys, typed)
    assert code == 0
    assert "othing is stored." in shown
    assert n_stored(town) == before


def test_a_kept_statement_passes_the_checks_of_every_import(
    town: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = n_stored(town)
    code, shown = answer(town, monkeypatch, capsys, "e\nvalue\nblue\nk\nq\ny\n")
    assert code == exits.FINDINGS
    assert "[claim.value-not-allowed]" in shown
    assert n_stored(town) == before


def test_without_a_terminal_the_proposals_are_written_as_a_table(
    town: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert run(["-w", str(town), "read", str(town.parent / "article.txt")]) == 0
    header = capsys.readouterr().out.splitlines()[0]
    assert header.lstrip("\ufeff").startswith("keep,thing,property,value,unit,modality")


def test_the_proposals_are_given_as_json(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-w", str(town), "--json", "read", str(town.parent / "article.txt")]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [one["property"] for one in document["proposals"]] == [
        "network_supply_status",
        "residents",
        "",
    ]


def test_a_program_keeps_what_it_chooses(town: Path) -> None:
    workspace = open_workspace(town)
    desk = TextDesk(workspace)
    found = desk.propose(town.parent / "article.txt", Article(published_on=FOUNDING_DAY))
    first = changed(found.proposals[0], "role", "spokesman")

    assert desk.keep(found, [first], is_dry_run=True).n_new == 0
    assert desk.keep(found, [first]).n_new == 1
    assert desk.keep(found, [first]).n_known == 1
    with pytest.raises(InputError, match=r"file\.empty"):
        desk.keep(found, [])
    with pytest.raises(NotFoundError):
        desk.propose(town / "nothing.txt")
    workspace.close()
