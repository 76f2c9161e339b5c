"""What weighing gives: a belief, its status, its answers and everybody who gives them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from takatuf.picture.picture import Statement
from takatuf.vocabulary.identity import ReportId, ThingId
from takatuf.vocabulary.time import PartialDate
from takatuf.vocabulary.value import Value


class BeliefStatus(StrEnum):
    """What can be said of a belief; zero, blank, unknown and withheld are four things."""

    AGREED = "agreed"  # two or more independent origins, and none against
    SINGLE_SOURCE = "single source"
    PREVAILING = "prevailing"  # others disagree, and one answer is past the bars of margin
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
    n_origins: int  # independent ones: who retell one another or act under one body count once
    chance: float | None = None  # that it is right, 0 to 1; only where words are contested


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What contradicting figures come to: their middle and range, and never their mean."""

    middle: float  # the median over origins, weighted by how near each source comes to others
    low: float
    high: float
    unit: str  # of all three
    n_origins: int
    is_split: bool  # two figures share the middle; this is the lower of them


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
    answers: tuple[Answer, ...]  # that compete now, likeliest first, then most origins
    earlier: tuple[Statement, ...]  # the history behind them
    notes: tuple[str, ...]  # what a reader should know: a falling counter, a single assumption
    is_assumption: bool  # nobody reported it
    n_withheld: int
    reason: str = ""  # why it counts as it does, in one sentence
    estimate: Estimate | None = None  # where figures contradict each other
    counted_with: Mapping[tuple[str, int], str] = field(default_factory=dict)  # why not by itself
    because_of: tuple[ReportId, ...]  # the reports that give the value
    disputed_by: tuple[ReportId, ...]  # reports that give another answer; all, where contested
