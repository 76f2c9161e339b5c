"""A small record that people judge: two sources on two questions, and who checked them."""

from collections.abc import Iterable

from takatuf.actions.import_reports import Intake, Submission, import_reports
from takatuf.actions.read_picture import Reading, read_picture
from takatuf.reports.memory import MemoryRegister
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.things import load_vocabulary
from tests.builders import NOW, OFFICER

WELL = ThingId("place/well")
INSPECTOR = ThingId("organisation/inspector")
BOARD = ThingId("organisation/board")
AGENCY = ThingId("organisation/agency")
NAMES = """\
thing,name,organisation,source_type,organisation_type
organisation/board,Board,organisation/board,public_utility,public_utility
organisation/agency,Agency,organisation/agency,un_agency,un_agency
organisation/inspector,Inspector,organisation/inspector,national_ngo,national_ngo
organisation/ministry,Ministry,organisation/ministry,government,government
place/well,Well quarter,organisation/board,public_utility,
place/town,Town,organisation/board,public_utility,
"""
HEADER = "thing,property,value,modality,observed_at,organisation,source_type,origin\n"


def row(
    value: str, by: str, name: str = "network_supply_status", on: str = "2017-06-01", **more: str
) -> str:
    """One statement as a row of a table."""
    kind = {"board": "public_utility", "agency": "un_agency", "inspector": "national_ngo"}
    thing, modality, origin = (
        more.get(key, fallback)
        for key, fallback in (("thing", WELL), ("modality", ""), ("origin", ""))
    )
    source = f"organisation/{by},{kind.get(by, 'government')}"
    return f"{thing},{name},{value},{modality},{on},{source},{origin}\n"


def a_record(*rows: str, names: str = NAMES) -> Intake:
    """A register with these rows, and the way into it."""
    intake = Intake(register=MemoryRegister(), vocabulary=load_vocabulary(), actor=OFFICER, now=NOW)
    send(intake, names)
    send(intake, HEADER + "".join(rows))
    return intake


def send(intake: Intake, table: str) -> None:
    """Import a table; every row must be good."""
    receipt = import_reports(Submission(name="t.csv", content=table.encode()), intake)
    assert receipt.problems == (), receipt.problems


def read(intake: Intake) -> Reading:
    """The picture of everything that was heard, as an officer sees it."""
    return read_picture(intake.register, intake.vocabulary, intake.actor)


def ids(reading: Reading, organisation: Iterable[ThingId] | ThingId) -> list[str]:
    """The identities of the reports of an organisation, in a fixed order."""
    said = (s for found in reading.weigher.picture.statements.values() for s in found)
    return sorted({s.report for s in said if s.source.organisation == organisation})
