"""The earliest day of everything if there were enough teams: the longest chain decides.

No plan can be earlier: it keeps every wait that is kept here. A second use of the same walk: if
one event were to happen on a day far away, each event that cannot do without it happens after
that day, and by how much is the least time between the two.
"""

from heapq import heapify, heappop, heappush

import numpy as np

from takatuf.planning.bounding.events import Events
from takatuf.planning.problem import NONE, Floats, PlanningProblem

ROUNDING_DAYS = 1e-6


def first_arrival_days(problem: PlanningProblem) -> Floats:
    """Return when each team can first be at each node; shape ``(n_teams, n_nodes)``.

    A team may come by way of other tasks, so a detour counts where it is shorter than the table
    says.
    """
    teams, travel_days = problem.teams, problem.roads.travel_days
    bases, row = np.unique(teams.base, return_inverse=True)
    days = travel_days[bases]
    days[np.arange(len(bases)), bases] = 0.0
    while True:
        by_detour = np.array([(days_to[:, None] + travel_days).min(axis=0) for days_to in days])
        nearer = np.minimum(days, by_detour.reshape(days.shape))
        if np.array_equal(nearer, days):
            return np.asarray(np.maximum(teams.free_from_day, 0.0)[:, None] + days[row])
        days = nearer


def first_start_days(problem: PlanningProblem, arrival_days: Floats) -> Floats:
    """Return for each task when the first team that may do it can be there; or infinity."""
    at_task = np.where(problem.may_do(), arrival_days[:, problem.tasks.node], np.inf)
    return np.asarray(at_task.min(axis=0, initial=np.inf))


class Chains:
    """The walk through the events, from the first to the last."""

    def __init__(self, events: Events) -> None:
        """Turn the lists of the events round, once for all walks."""
        self.events = events
        self.n_waits = [
            len(after) + (first is not None)
            for after, first in zip(events.after_all, events.after_first, strict=True)
        ]
        self.next: list[list[tuple[int, float, bool]]] = [[] for _ in range(len(events))]
        for event in range(len(events)):
            for before, days in events.after_all[event]:
                self.next[before].append((event, days, False))
            for before, days in events.after_first[event] or ():
                self.next[before].append((event, days, True))
        finite = [day for day in events.release if np.isfinite(day)]
        days_between = [days for after in self.next for _, days, _ in after]
        # Later than any chain, and not so late that a second of a day would be lost.
        self.far_day = 1.0 + max(finite, default=0.0) + sum(days_between)

    def days(self, late: int = NONE) -> list[float]:
        """Return the earliest day of each event, or infinity; one may be late on the far day."""
        earliest = self.events.release.copy()
        if late != NONE:
            earliest[late] = max(earliest[late], self.far_day)
        n_waits = self.n_waits.copy()
        is_known, has_first = [False] * len(earliest), [False] * len(earliest)
        queue = [(day, event) for event, day in enumerate(earliest) if n_waits[event] == 0]
        heapify(queue)
        while queue:
            day, event = heappop(queue)
            is_known[event] = True
            for after, days, any_will_do in self.next[event]:
                # All waits of such a list are of one length, so the first to come decides.
                if any_will_do and has_first[after]:
                    continue
                has_first[after] = has_first[after] or any_will_do
                earliest[after] = max(earliest[after], day + days)
                n_waits[after] -= 1
                if n_waits[after] == 0:
                    heappush(queue, (earliest[after], after))
        return [day if known else np.inf for day, known in zip(earliest, is_known, strict=True)]

    def tails(self, event: int) -> dict[int, float]:
        """Return the events that cannot do without this one and the least days from it to them.

        The event itself is one of them; an event that never happens is not.
        """
        return {
            after: max(day - self.far_day - ROUNDING_DAYS, 0.0)
            for after, day in enumerate(self.days(event))
            if self.far_day <= day < np.inf
        }
