"""What the record of Aleppo makes one ask, through the command line, with who says what."""

import io
import json
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from takatuf.cli import exits
from takatuf.cli.commands_doubts import print_doubts
from takatuf.cli.main import run
from takatuf.vocabulary.errors import NotFoundError
from takatuf.workspace import init, open_workspace
from takatuf.workspace.demonstration import DemoMade
from takatuf.workspace.doubts import DoubtDesk
from tests.builders_town import TABLES

COLUMNS = 80


@pytest.fixture(scope="module")
def asked(aleppo: DemoMade) -> list[dict[str, Any]]:
    out = io.StringIO()
    with redirect_stdout(out):
        assert run(["-w", str(aleppo.folder), "--json", "doubts"]) == 0
    found: list[dict[str, Any]] = json.loads(out.getvalue())
    return found


def of(asked: list[dict[str, Any]], code: str, name: str) -> dict[str, Any]:
    (found,) = [d for d in asked if d["code"] == f"doubt.{code}" and d["property"] == name]
    return found


def voices(doubt: dict[str, Any]) -> dict[str, str]:
    return {said["voice"]["said"]: said["voice"]["who"] for said in doubt["statements"]}


def test_output_far_above_any_clearance_is_asked_about(asked: list[dict[str, Any]]) -> None:
    in_all = of(asked, "rate-outside-envelope", "area_cleared")
    in_a_day = of(asked, "rate-outside-envelope", "area_cleared_in_24h")

    assert "524 to 2,143 m2 a person and day" in in_all["sentence"]
    assert "search (search of the surface" in in_all["sentence"]
    assert "300 to 800 m2 a person and day" in in_a_day["sentence"]
    assert voices(in_all)["966 ha"] == "Russian Reconciliation Centre"
    assert voices(in_all)["3,000 ha"] == "Channel One (Russia)"
    assert "more than 200 people" in voices(in_all)


def test_series_that_fall_are_asked_about(asked: list[dict[str, Any]]) -> None:
    items = of(asked, "falling-series", "items_destroyed")

    assert items["sentence"] == "36,000 items on 2017-02-20, then 26,395 items on 2017-06-14."
    assert voices(items) == {
        "36,000 items": "Channel One (Russia)",
        "26,395 items": "Russian Reconciliation Centre",
    }
    assert "more than 2,000 ha" in of(asked, "falling-series", "area_cleared")["sentence"]
    assert of(asked, "falling-series", "buildings_cleared")


def test_one_origin_with_three_values_is_asked_about(asked: list[dict[str, Any]]) -> None:
    area = of(asked, "variants-of-one-origin", "area_cleared")

    assert voices(area) == {
        "966 ha": "Russian Reconciliation Centre",
        "996 ha": "Press TV",
        "9,600 acre": "Proto Thema",
    }
    assert "3,885 ha" in area["sentence"]
    assert "1,000 times" in of(asked, "variants-of-one-origin", "people_helped_in_24h")["sentence"]


def test_headlines_that_differ_from_their_body_are_asked_about(
    asked: list[dict[str, Any]],
) -> None:
    items = of(asked, "headline-against-body", "items_destroyed")
    registered = of(asked, "headline-against-body", "registered_displaced_from_east")

    assert voices(items) == {
        "more than 20,000 items": "TASS",
        "more than 24,000 items": "Russian International Mine Action Centre",
    }
    assert voices(registered) == {"46,937 people": "OCHA", "52,088 people": "OCHA"}


def test_a_word_of_safety_before_a_casualty_is_asked_about(asked: list[dict[str, Any]]) -> None:
    safety = of(asked, "safe-before-casualty", "explosive_risk_status")

    assert safety["name"]["en"] == "Aleppo city"
    assert safety["name"]["ar"] == "مدينة حلب"
    assert voices(safety) == {
        "declared free of risk": "Russian Ministry of Defence",
        "3 people": "OCHA",
        "access hindered": "OCHA",
    }
    assert "release document" in safety["ask"]


def test_a_misprinted_unit_is_asked_about(asked: list[dict[str, Any]]) -> None:
    slip = of(asked, "unit-or-magnitude-slip", "power_planned")

    assert set(voices(slip)) == {"150 MW", "150 kW"}


def test_the_whole_record_raises_few_doubts_and_each_names_its_voices(
    asked: list[dict[str, Any]],
) -> None:
    assert len(asked) == 19
    assert len({doubt["code"] for doubt in asked}) == 6  # every total adds up
    for doubt in asked:
        assert doubt["ask"]
        assert doubt["label"]["en"]
        assert all(said["voice"]["who"] for said in doubt["statements"])


def test_only_what_had_been_heard_by_then_is_asked_about(city_folder: Path) -> None:
    then = DoubtDesk(open_workspace(city_folder)).doubts(known="2017-02-04")

    assert {doubt.kind for doubt in then} >= {"variants-of-one-origin", "safe-before-casualty"}
    assert "falling-series" not in {d.kind for d in then if "clearance" in d.thing}
    for doubt in then:
        assert all(said.voice.published <= "2017-02-04" for said in doubt.statements)


def test_one_thing_is_asked_about_with_its_parts_and_what_belongs_to_it(
    city_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = DoubtDesk(open_workspace(city_folder)).doubts("مدينة حلب", at="2017-02-28")

    things = {doubt.thing for doubt in found}
    assert {"place/west-aleppo", "activity/russian-clearance-aleppo"} <= things
    assert "power_facility/hama-aleppo-line" not in things
    assert "falling-series" not in {d.kind for d in found if "clearance" in d.thing}
    assert run(["-w", str(city_folder), "doubts", "Nowhere"]) == exits.BY_FAMILY[NotFoundError]
    assert "Nowhere" in capsys.readouterr().err


def test_doubts_are_printed_by_kind_in_eighty_columns(
    city_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(COLUMNS))
    assert run(["-w", str(city_folder), "doubts", "West Aleppo"]) == 0
    lines = capsys.readouterr().out.splitlines()

    assert max(map(len, lines)) <= COLUMNS
    text = " ".join(" ".join(lines).split())
    for word in ("One document gives two values doubt.headline-against-body", "West Aleppo غرب حلب",
                 "52,088 people: OCHA, 2017-02-04", "Ask: Which of the two is meant?"):  # fmt: skip
        assert word in text


def test_of_many_statements_the_first_are_printed_and_the_rest_counted(city_folder: Path) -> None:
    (doubt,) = DoubtDesk(open_workspace(city_folder)).doubts("West Aleppo")
    out = io.StringIO()

    print_doubts(Console(file=out), [replace(doubt, statements=doubt.statements * 10)])

    assert "and 8 statements more" in out.getvalue()


def test_a_town_without_such_claims_raises_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "town"
    workspace = init(folder)
    for table in TABLES:
        workspace.import_file(table, organisation="" if table.name[0] == "1" else "Board")
    workspace.close()

    assert run(["-w", str(folder), "doubts"]) == 0
    assert "Nothing in the record calls for a question" in capsys.readouterr().out
