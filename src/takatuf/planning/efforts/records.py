"""Finished tasks in the picture, as records to learn from.

A record needs an expectation and what the task took, both said by somebody: an assumption is
no record, and neither is anything that is contested.
"""

from datetime import date

from takatuf.city.situation import Situation
from takatuf.planning.efforts.learning import Record
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.time import PartialDate

EFFORT_OF_THING = {
    "survey": "survey_effort",
    "debris": "debris_effort",
    "water": "repair_effort",
    "power": "repair_effort",
    "health": "repair_effort",
    "housing": "housing_effort",
}


def records_of(situation: Situation) -> tuple[Record, ...]:
    """Return a record of each task that is done and says what it took, in order."""
    found = (_record(situation, task) for task in situation.things("task"))
    return tuple(record for record in found if record is not None)


def _record(situation: Situation, task: ThingId) -> Record | None:
    if situation.word(task, "task_progress") != "done":
        return None
    skill, worker = situation.word(task, "task_kind"), situation.thing(task, "assigned_to")
    expected, actual = _expected(situation, task, skill), _actual(situation, task)
    if not skill or worker is None or not expected or not actual:
        return None
    return Record(
        task=task,
        skill=skill,
        worker=worker,
        expected_team_days=expected,
        actual_team_days=actual,
    )


def _expected(situation: Situation, task: ThingId, skill: str) -> float | None:
    said = _number(situation, task, "work_effort")
    things = situation.referred(task, "works_on")
    if said is not None or len(things) != 1 or skill not in EFFORT_OF_THING:
        return said
    return _number(situation, things[0], EFFORT_OF_THING[skill])


def _actual(situation: Situation, task: ThingId) -> float | None:
    said = _number(situation, task, "work_spent")
    if said is not None:
        return said
    start, end = _day(situation, task, "started_on"), _day(situation, task, "ended_on")
    if start is None or end is None or end < start:
        return None
    return float((end - start).days + 1)  # one team, every day of the calendar


def _number(situation: Situation, thing: ThingId, name: str) -> float | None:
    if situation.belief(thing, name).is_assumption:
        return None
    return situation.number(thing, name)


def _day(situation: Situation, thing: ThingId, name: str) -> date | None:
    value = situation.belief(thing, name).act_on
    if not isinstance(value, PartialDate) or value.earliest != value.latest or value.is_about:
        return None
    return value.earliest
