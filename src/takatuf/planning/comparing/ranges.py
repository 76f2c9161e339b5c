"""Figures of several seeds: the lowest, the middle and the highest."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """How far a figure differs between seeds."""

    low: float
    middle: float  # the median
    high: float

    @property
    def width(self) -> float:
        """From the lowest to the highest."""
        return self.high - self.low


def range_of(values: Sequence[float]) -> Range:
    """Return the range of one or more values."""
    return Range(low=min(values), middle=median(values), high=max(values))
