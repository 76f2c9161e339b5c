"""A plan: who does what and when; and the outcome of asking for one."""

from dataclasses import dataclass, field
from enum import StrEnum

from takatuf.planning.problem import Floats


@dataclass(frozen=True, slots=True, order=True)
class Assignment:
    """One task of the problem, done by one team; days count from the start of the plan."""

    start_day: float  # the work begins, after travel
    end_day: float
    task: int
    team: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Assignments in the order of their start; a task without one stays undone."""

    assignments: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """When each neighbourhood has each service, and what all of it costs."""

    service_day: Floats  # shape (n_neighbourhoods, n_services): infinity where never
    person_days: float  # weighted person-days without service, up to the horizon


class Status(StrEnum):
    """How far a plan got; nothing in between is hidden."""

    COMPLETE = "complete"  # every task has its day
    PARTIAL = "partial"  # some tasks cannot be done: see `unmet`
    NOTHING_TO_DO = "nothing to do"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """A task that nobody can do, and why."""

    task: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a solver found, with a proven bound: no plan at all can be below it."""

    status: Status
    plan: Plan
    served: Served
    bound: float  # weighted person-days, proven: 0 or more, at most `served.person_days`
    seed: int
    evaluations: int
    unmet: tuple[Unmet, ...] = field(default=())

    @property
    def gap(self) -> float:
        """The share of the value that may still be gained, at the most: 0 to 1."""
        value = self.served.person_days
        return 0.0 if value == 0 else (value - self.bound) / value
