"""A town of three quarters behind one entry, as tables that people send in: tests/data/town."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from takatuf.actions.import_reports import Intake, Submission, import_reports
from takatuf.city.city import City, city_of
from takatuf.city.situation import Situation
from takatuf.picture.fold import fold
from takatuf.picture.weighing import Weigher
from takatuf.reports.memory import MemoryRegister
from takatuf.reports.register import Arrival
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.things import load_vocabulary
from tests.builders import NOW, OFFICER

DAY = date(2017, 6, 14)
BOARD = ThingId("organisation/board")
TABLES = sorted((Path(__file__).parent / "data/town").glob("*.csv"))


def a_register(*more: str) -> MemoryRegister:
    """A register with the town, and with further tables; every row must be good."""
    register = MemoryRegister()
    register.append(_town())
    return _sent(register, more)


@cache
def _town() -> tuple[Arrival, ...]:
    """The town's reports, imported once: the tables never change."""
    register = _sent(MemoryRegister(), [path.read_text("utf-8") for path in TABLES])
    return tuple(Arrival(entry.report, entry.received_at) for entry in register.entries())


def _sent(register: MemoryRegister, tables: Iterable[str]) -> MemoryRegister:
    intake = Intake(register=register, vocabulary=load_vocabulary(), actor=OFFICER, now=NOW)
    for table in tables:
        sent = Submission(name="town.csv", content=table.encode(), organisation=BOARD)
        receipt = import_reports(sent, intake)
        assert receipt.problems == (), receipt.problems
    return register


def a_town(*more: str) -> City:
    """The town on its day."""
    weigher = Weigher(fold(a_register(*more).entries()), load_vocabulary())
    return city_of(Situation.of(weigher, DAY))


def said(thing: str, name: str, value: str, by: str = BOARD, on: str = "2017-06-10") -> str:
    """One more statement, as a table."""
    return (
        "thing,property,value,observed_at,organisation,source_type\n"
        f"{thing},{name},{value},{on},{by},government\n"
    )


def accredited(organisation: str = BOARD, by: str = "organisation/authority") -> str:
    """Another body, which accredits this one for land release."""
    return (
        "thing,name,organisation_type,accredited_for,organisation,source_type\n"
        f"{by},Authority,government,,{by},government\n"
        f"{organisation},,,land_release,{by},government\n"
    )
