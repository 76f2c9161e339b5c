"""Who waits: the days of those who wait longest, and how unequally waiting is spread.

A neighbourhood's *waiting days* are the mean over services, by their weights, of the days until
each is back, up to the horizon. Everybody in it is taken to wait as long.

*Worst decile*: the mean waiting days of the tenth of all people who wait longest.

*Gini*, by the Lorenz curve, weighted by people: with neighbourhoods in the order of their
waiting days, p_k the share of all people in the k-th and L_k the share of all waiting of the
first k together (L_0 = 0), ``G = 1 - sum over k of p_k (L_k + L_(k-1))``. It is 0 where all wait
equally long, or nobody waits, and nears 1 where few people do all the waiting. Other definitions
exist and can order plans differently.
"""

from dataclasses import dataclass

import numpy as np

from takatuf.planning.plan import Served
from takatuf.planning.problem import Floats, PlanningProblem

WORST_SHARE = 0.1  # of all people


@dataclass(frozen=True, slots=True, kw_only=True)
class Equity:
    """How waiting is spread over people."""

    mean_days: float
    worst_decile_days: float
    gini: float  # 0 to 1


def waiting_days(problem: PlanningProblem, served: Served) -> Floats:
    """Return the waiting days of each neighbourhood; shape ``(n_neighbourhoods,)``."""
    days = np.minimum(served.service_day, problem.horizon_days)
    total = float(problem.weights.sum())
    return np.asarray(days @ problem.weights / total) if total > 0 else np.zeros(len(days))


def equity_of(problem: PlanningProblem, served: Served) -> Equity:
    """Return how waiting is spread; all figures are 0 where there are no people."""
    people, days = problem.neighbourhoods.people, waiting_days(problem, served)
    total = float(people.sum())
    if total == 0:
        return Equity(mean_days=0.0, worst_decile_days=0.0, gini=0.0)
    order = np.argsort(days, kind="stable")
    share, days = people[order] / total, days[order]
    mean = float(share @ days)
    return Equity(
        mean_days=mean, worst_decile_days=_worst(share, days), gini=_gini(share, days, mean)
    )


def _worst(share: Floats, days: Floats) -> float:
    # Of the neighbourhood where the tenth begins only a part of the people counts.
    above = np.concatenate([np.cumsum(share[::-1])[::-1][1:], [0.0]])
    counted = np.clip(WORST_SHARE - above, 0.0, share)
    return float(counted @ days) / float(counted.sum())


def _gini(share: Floats, days: Floats, mean: float) -> float:
    if mean == 0:
        return 0.0
    curve = np.concatenate([[0.0], np.cumsum(share * days) / mean])
    return max(0.0, 1.0 - float(share @ (curve[1:] + curve[:-1])))
