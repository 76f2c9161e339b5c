"""What many trials of a plan say together: how good it likely is, and who waits how long."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from takatuf.planning.ensembles.following import Trial
from takatuf.planning.plan import Plan
from takatuf.planning.problem import Floats

SHARES = (0.1, 0.5, 0.9)
SAME_DAY = 1e-9  # days: sums of durations differ in their last digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """A figure that is at most `p10` in a tenth of the trials, `p50` in half, `p90` in nine."""

    p10: float
    p50: float
    p90: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The trials of one plan; days are infinity where something never happens."""

    n_trials: int
    person_days: Likely  # weighted, without service
    finish_day: Likely  # of the last task
    service_day: Floats  # shape (3, n_neighbourhoods, n_services): p10, p50, p90
    on_time: Floats  # shape (n_tasks,): share of trials in which it starts by its planned day


def outlook_of(plan: Plan, trials: Sequence[Trial]) -> Outlook:
    """Return what the trials say; the same trials in any order say the same.

    A task that the plan leaves undone is late in every trial.

    Args:
        plan: Its days are those that tasks are held to; a day lasts until its end.
        trials: One or more.
    """
    starts = np.array([trial.start_day for trial in trials])
    planned = np.full(starts.shape[1], -1.0)
    for work in plan.assignments:
        planned[work.task] = np.floor(work.start_day + SAME_DAY)
    return Outlook(
        n_trials=len(trials),
        person_days=_likely([trial.person_days for trial in trials]),
        finish_day=_likely([trial.finish_day for trial in trials]),
        service_day=_quantiles(np.array([trial.service_day for trial in trials])),
        on_time=np.asarray((np.floor(starts + SAME_DAY) <= planned).mean(axis=0)),
    )


def _likely(values: Sequence[float]) -> Likely:
    p10, p50, p90 = _quantiles(np.array(values)).tolist()
    return Likely(p10=p10, p50=p50, p90=p90)


def _quantiles(values: Floats) -> Floats:
    # One of the values itself, never between two: between a day and never there is no day.
    return np.asarray(np.quantile(values, SHARES, axis=0, method="inverted_cdf"))
