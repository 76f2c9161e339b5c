"""Days cut into steps, and what means over steps say about means over other stretches.

A share that only grows (of an event that has happened) is known by its mean over each step.
Both questions asked here have answers for any such share: by which means its mean over another
stretch of days is limited, from above and from below.
"""

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from takatuf.planning.problem import Floats, Ints

SAME_DAY = 1e-10  # sums of durations differ in their last digits, by their order


class View(NamedTuple):
    """A step moved to later days: by how many, and which means limit its mean there from below."""

    turns: Floats  # from 0 to infinity
    steps: Ints  # one for each two turns that follow each other; -1: none


@dataclass(frozen=True, slots=True)
class Grid:
    """Steps from day 0 to the last of the ends."""

    ends: tuple[float, ...]  # growing, above 0

    @classmethod
    def even(cls, until_day: float, last_day: float, n_steps: int) -> "Grid":
        """Return steps of one length until a day, and one more from there to the last day."""
        ends = np.linspace(0.0, min(until_day, last_day), n_steps + 1)[1:]
        if last_day - ends[-1] > ends[0]:
            ends = np.append(ends, last_day)
        ends[-1] = last_day
        return cls(tuple(ends.tolist()))

    @property
    def starts(self) -> tuple[float, ...]:
        """The first day of each step."""
        return (0.0, *self.ends[:-1])

    @property
    def days(self) -> Floats:
        """The length of each step."""
        return np.diff(np.array((0.0, *self.ends)))

    def __len__(self) -> int:
        """Return the number of steps."""
        return len(self.ends)

    def step_of(self, day: float) -> int:
        """Return the step that the day lies in, or begins; from the end on, their number."""
        return bisect_right(self.ends, day + SAME_DAY)

    def at_most(self, first_day: float, last_day: float) -> list[tuple[int, float]]:
        """Return steps and days of them that limit the sum of a share over a stretch of days.

        Days before day 0 add nothing. The step after the last one stands for a share of 1.
        """
        starts, parts = self.starts, []
        day = max(first_day, 0.0)
        while day < last_day - SAME_DAY:
            step = self.step_of(day)
            end = min(last_day, self.ends[step]) if step < len(self) else last_day
            # The later part of a step may lie above its mean, but not above the next mean.
            is_later = step < len(self) and day > starts[step] + SAME_DAY
            parts.append((step + is_later, end - day))
            day = end
        return parts

    def at_least(self, first_day: float, last_day: float) -> int:
        """Return the step whose mean is not above the mean over the days; -1: no step is."""
        step = self.step_of(first_day)
        if step >= len(self):
            return len(self) - 1
        # The earlier part of a step may lie below its mean, but not below the mean before.
        return step if last_day >= self.ends[step] - SAME_DAY else step - 1

    def views(self) -> list[View]:
        """Return for each step how the days after all its days are seen from it."""
        return [self._view(*step) for step in zip(self.starts, self.ends, strict=True)]

    def _view(self, start: float, end: float) -> View:
        ends = np.array(self.ends)
        turns = np.unique([0.0, *(ends - start)[ends > start], *(ends - end)[ends > end]])
        steps = [self.at_least(start + turn, end + turn) for turn in turns.tolist()]
        return View(np.append(turns, np.inf), np.array(steps, dtype=np.int64))

    def mean_since(self, first_day: float) -> Floats:
        """Return for each step the mean number of days that have gone by since the day."""
        gone = np.maximum(np.array((0.0, *self.ends)) - first_day, 0.0) ** 2 / 2.0
        return np.asarray(np.diff(gone) / self.days)
