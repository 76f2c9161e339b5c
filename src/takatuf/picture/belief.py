"""What weighing gives: a belief, its status, its answers and everybody who gives them."""

from dataclasses import dataclass
from enum import StrEnum

from takatuf.picture.picture import Statement
from takatuf.vocabulary.identity import ReportId, ThingId
from takatuf.vocabulary.time import PartialDate
from takatuf.vocabulary.value import Value


class BeliefStatus(StrEnum):
    """What can be said of a belief; zero, blank, unknown and withheld are four things."""

    AGREED = "agreed"  # two or more independent origins, and none against
    SINGLE_SOURCE = "single source"
    CONTESTED = "contested"  # answers that cannot all be true; nothing is chosen
    STALE = "stale"  # nobody has said anything for longer than such a value stays current
    UNKNOWN = "unknown"  # nobody has said anything
    WITHHELD = "withheld"  # somebody has, and this reader may not see it


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer to the question, and the statements that give it."""

    value: Value
    is_denial: bool  # the statements deny this value
    statements: tuple[Statement, ...]

    @property
    def n_origins(self) -> int:
        """How many independent origins give it; those who quote one another count once."""
        return len({statement.origin_group for statement in self.statements})


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """What can be believed of one property of one thing."""

    thing: ThingId
    property: str
    status: BeliefStatus
    value: Value | None  # None where contested, unknown or withheld: there is no silent winner
    act_on: Value | None  # what a plan may act on: the value, or the cautious answer, or None
    values: tuple[Value, ...]  # where all values hold at once: each of them
    since: PartialDate | None  # the earliest date from which the value has been said unbroken
    answers: tuple[Answer, ...]  # that compete now, most independent origins first
    earlier: tuple[Statement, ...]  # the history behind them
    notes: tuple[str, ...]  # what a reader should know: a falling counter, a single assumption
    is_assumption: bool  # nobody reported it
    n_withheld: int
    because_of: tuple[ReportId, ...]  # the reports that give the value
    disputed_by: tuple[ReportId, ...]  # reports that give another answer; all, where contested
