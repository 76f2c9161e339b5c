"""A task before it is numbered, and the identities by which tasks are found again."""

from dataclasses import dataclass

from takatuf.planning.efforts import Basis, Effort
from takatuf.vocabulary.identity import ReportId, ThingId

SKILLS = ("survey", "clearance", "debris", "power", "water", "health", "housing")
SHORTEST_TASK_DAYS = 0.25  # nothing is planned in less than a quarter of a day
KIND_OF_FACILITY = {
    "power_facility": "power", "water_facility": "water", "health_facility": "health",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A task before it is numbered."""

    id: ThingId
    name: str
    kind: str
    skill: str
    effort: Effort
    place: ThingId
    other_place: ThingId | None = None  # the other end, for work on a link
    is_trunk: bool = False
    after: tuple[ThingId, ...] = ()  # tasks that must be finished first
    because_of: tuple[ReportId, ...] = ()
    is_thing_assumed: bool = False  # what it stands for is assumed

    @property
    def duration_days(self) -> float:
        """What a plan reckons with, in days of one team."""
        return max(self.effort.planned_days, SHORTEST_TASK_DAYS)

    @property
    def is_assumption(self) -> bool:
        """Whether its effort, or what it stands for, is assumed."""
        return self.is_thing_assumed or self.effort.basis is not Basis.REPORTED


def survey_id(hazard: ThingId) -> ThingId:
    """Return the identity of the survey that comes before a clearance."""
    return _task_id("survey", hazard)


def clear_id(hazard: ThingId) -> ThingId:
    """Return the identity of the task that ends with the hazard released."""
    return _task_id("clear", hazard)


def debris_id(link: ThingId) -> ThingId:
    """Return the identity of the task that clears a link of debris."""
    return _task_id("debris", link)


def educate_id(neighbourhood: ThingId) -> ThingId:
    """Return the identity of risk education for those who come back to a neighbourhood."""
    return _task_id("educate", neighbourhood)


def repair_id(thing: ThingId, kind: str) -> ThingId:
    """Return the identity of a repair: of a facility, or of a neighbourhood's network."""
    return _task_id(kind, thing)


def _task_id(kind: str, thing: ThingId) -> ThingId:
    return ThingId(f"task/{kind}-{thing.replace('/', '-').replace('_', '-')}")
