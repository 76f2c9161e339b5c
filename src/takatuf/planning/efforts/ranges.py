"""The work of one task as a range: low, likely and high, in team-days.

A range is read as a triangular distribution. A figure that somebody gave is planned with as it
is, and its range says how far such figures tend to be off; a prior is planned with at a
quantile of its range, as nobody has looked at the place.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from takatuf.planning.problem import Floats


class Basis(StrEnum):
    """What the figure of an effort rests on."""

    REPORTED = "reported"
    ASSUMED = "assumed"  # somebody's figure that stands in for a report
    PRIOR = "prior"  # a rule: nobody said anything of this place


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How much work a task is, and who says so."""

    low: float  # team-days, as are all below
    likely: float
    high: float
    planned_days: float  # what a plan reckons with
    basis: Basis
    source: str  # of the range


def quantile_of(low: Floats, likely: Floats, high: Floats, share: Floats) -> Floats:
    """Return the quantiles of triangular distributions; where low is high, that figure.

    Args:
        low: Lowest figures. All arguments have one shape, or broadcast to one.
        likely: Most likely ones, from low to high.
        high: Highest ones.
        share: From 0 to 1.

    Source:
        The inverse of the distribution function, as in S. Kotz and J. R. van Dorp (2004),
        Beyond Beta, chapter 1.
    """
    width = high - low
    rising = np.sqrt(share * width * (likely - low))
    falling = np.sqrt((1.0 - share) * width * (high - likely))
    is_below = share * width <= likely - low
    return np.asarray(np.where(is_below, low + rising, high - falling), dtype=np.float64)
