import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from takatuf.actions.export_data import Audience, Export, Format, What, export_data
from takatuf.actions.import_reports import Intake, Submission, import_reports
from takatuf.actions.make_plan import make_plan
from takatuf.picture.fold import fold
from takatuf.planning.request import PlanRequest
from takatuf.reports.memory import MemoryRegister
from takatuf.safeguards.actor import Actor, Role
from takatuf.storage.plan_files import PlanFiles
from takatuf.vocabulary.errors import InputError, NotAllowedError, NotFoundError
from takatuf.vocabulary.things import load_vocabulary
from tests.builders import NOW, OFFICER
from tests.builders_town import DAY, a_register

STATEMENTS = Export(what=What.STATEMENTS, format=Format.CSV)


@pytest.fixture
def plans(tmp_path: Path) -> PlanFiles:
    return PlanFiles(tmp_path)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_what_is_exported_can_be_imported_again(plans: PlanFiles) -> None:
    register = a_register()
    wanted = replace(STATEMENTS, audience=Audience.PARTNERS)
    content = export_data(register, plans, OFFICER, wanted)

    again = MemoryRegister()
    intake = Intake(register=again, vocabulary=load_vocabulary(), actor=OFFICER, now=NOW)
    receipt = import_reports(Submission(name="again.csv", content=content), intake)

    assert receipt.problems == ()
    assert receipt.n_new == len(rows_of(content))
    before, after = fold(register.entries()), fold(again.entries())
    for topic, statements in after.statements.items():
        assert {s.claim.value for s in statements} == {
            s.claim.value for s in before.statements[topic]
        }


def test_the_public_gets_nothing_above_public(plans: PlanFiles) -> None:
    rows = rows_of(export_data(a_register(), plans, OFFICER, STATEMENTS))

    assert not [row for row in rows if row["property"] in {"health_site_in", "may_use_clinic"}]
    assert [row for row in rows if row["property"] == "residents"]


def test_statements_and_pictures_come_as_json_and_csv(plans: PlanFiles) -> None:
    register = a_register()
    as_json = json.loads(
        export_data(register, plans, OFFICER, replace(STATEMENTS, format=Format.JSON))
    )
    assert {"thing", "property", "value", "organisation"} <= set(as_json[0])
    picture = Export(what=What.PICTURE, format=Format.JSON, at=DAY)
    beliefs = json.loads(export_data(register, plans, OFFICER, picture))["beliefs"]
    assert {"status", "value", "answers"} <= set(beliefs[0])
    rows = rows_of(export_data(register, plans, OFFICER, replace(picture, format=Format.CSV)))
    withheld = [row for row in rows if row["status"] == "withheld"]
    assert {row["status"] for row in rows} >= {"single source"}
    assert withheld == []


def test_places_come_as_points_with_what_is_believed(plans: PlanFiles) -> None:
    wanted = Export(what=What.PLACES, format=Format.GEOJSON, at=DAY, known=DAY)
    collection = json.loads(export_data(a_register(), plans, OFFICER, wanted))

    near = next(f for f in collection["features"] if f["id"] == "place/near")
    assert near["geometry"] == {"type": "Point", "coordinates": [37.11, 36.2]}
    assert near["properties"]["network_supply_status"] == "single source"
    rows = rows_of(export_data(a_register(), plans, OFFICER, replace(wanted, format=Format.CSV)))
    assert {row["thing"] for row in rows} >= {"place/near", "place/gate"}


def test_a_plan_goes_to_partners_and_not_to_the_public(plans: PlanFiles) -> None:
    wanted = Export(what=What.PLAN, format=Format.JSON, audience=Audience.PARTNERS)
    register = a_register()
    with pytest.raises(NotFoundError, match="takatuf plan"):
        export_data(register, plans, OFFICER, wanted)
    make_plan(register, plans, OFFICER, PlanRequest(at=DAY, evaluations=5))

    assert json.loads(export_data(register, plans, OFFICER, wanted))["assignments"]
    assert rows_of(export_data(register, plans, OFFICER, replace(wanted, format=Format.CSV)))
    with pytest.raises(NotAllowedError):
        export_data(register, plans, OFFICER, replace(wanted, audience=Audience.PUBLIC))


def test_a_form_that_is_not_made_is_refused_with_those_that_are(plans: PlanFiles) -> None:
    wanted = Export(what=What.PLAN, format=Format.GEOJSON)
    with pytest.raises(InputError, match="json or csv"):
        export_data(a_register(), plans, Actor("x", Role.OFFICER), wanted)
