"""What finished tasks teach: how much work there was for each team-day that was expected.

Ratios are compared on a log scale, where half and double are equally far, and drawn towards
the prior, a ratio of 1, which weighs as much as a few records. A team is drawn towards what the
*others* of its skill needed, so that no record counts twice in any figure.

Source: shrinkage of group means towards a common one after C. N. Morris (1983), Parametric
empirical Bayes inference, Journal of the American Statistical Association 78, 47-55,
https://doi.org/10.1080/01621459.1983.10477920, with the weight of the prior given as data.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from takatuf.vocabulary.identity import ThingId


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Record:
    """A finished task: what was expected of it, and what it took."""

    task: ThingId
    skill: str
    worker: ThingId  # the team, or the organisation where no team is named
    expected_team_days: float  # above 0
    actual_team_days: float  # above 0

    @property
    def log_ratio(self) -> float:
        """How far the work was off: 0 as expected, above 0 more."""
        return math.log(self.actual_team_days / self.expected_team_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What the records say of one skill, or of one worker in it."""

    skill: str
    worker: ThingId | None  # None: whoever has the skill
    ratio: float  # actual over expected work; 1 where there is no record
    n_records: int  # its own


def learn(records: Iterable[Record], prior_records: float) -> tuple[Learnt, ...]:
    """Return what can be expected of each skill, and of each worker in it; skills first.

    Args:
        records: Of one task that comes more than once the first in order counts.
        prior_records: How many records the prior weighs, 0 or more.
    """
    by_task = {record.task: record for record in sorted(records, reverse=True)}
    counted = sorted(by_task.values())
    skills = sorted({record.skill for record in counted})
    by_skill = [
        _learnt(skill, None, [r for r in counted if r.skill == skill], [], prior_records)
        for skill in skills
    ]
    workers = sorted({(record.skill, record.worker) for record in counted})
    by_worker = [
        _learnt(
            skill,
            worker,
            [r for r in counted if r.skill == skill and r.worker == worker],
            [r for r in counted if r.skill == skill and r.worker != worker],
            prior_records,
        )
        for skill, worker in workers
    ]
    return (*by_skill, *by_worker)


def _learnt(
    skill: str,
    worker: ThingId | None,
    own: Sequence[Record],
    others: Sequence[Record],
    prior_records: float,
) -> Learnt:
    middle = _drawn(others, 0.0, prior_records)
    ratio = math.exp(_drawn(own, middle, prior_records))
    return Learnt(skill=skill, worker=worker, ratio=ratio, n_records=len(own))


def _drawn(records: Sequence[Record], towards: float, weight: float) -> float:
    total = weight + len(records)
    if total == 0:
        return towards
    return (weight * towards + math.fsum(record.log_ratio for record in records)) / total
