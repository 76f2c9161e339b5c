"""What every plan has to keep, in shares of what has happened, as a linear program.

For each event the program has the share of it that has happened, as a mean over each step of a
grid; in a plan that is the part of the step for which it had happened. For each bundle it has
the team-days of work that have been done on it, again as a mean. Every plan gives such means,
and they keep all rows; so the program's best is at least as good as every plan.

1. *Waits.* What waits for something happens its least days later; what waits for the first of
   several things has happened at most as much as these have together.
2. *One way in.* Of the two ways along a road at most one is the first way to a place.
3. *Work.* Of a bundle, or of all bundles of a group of teams that an event cannot do without,
   only so much can be left for the last days before it happens.
4. *Teams.* Between any two days a group does no more work than its teams have days.
"""

from collections.abc import Sequence

import numpy as np

from takatuf.planning.bounding.bundles import Bundle
from takatuf.planning.bounding.case import Case
from takatuf.planning.bounding.events import Wait
from takatuf.planning.bounding.grid import Grid
from takatuf.planning.bounding.groups import Group
from takatuf.planning.bounding.pace import NOTHING, Stretch, last_days, left_by
from takatuf.planning.bounding.program import Program
from takatuf.planning.problem import Floats

# With more columns and more steps interior points were faster than the simplex (measured).
LARGE, COARSE_STEPS = 20_000, 13


def value_by(case: Case, grid: Grid, seconds: float | None = None) -> float | None:
    """Return a value in weighted person-days that no plan can be below; None if time ran out.

    Args:
        case: What is to be done.
        grid: Up to the horizon; finer steps raise the value and take longer.
        seconds: For the solver, of the wall clock; None: as long as it takes.
    """
    program = _Rows(case, grid).program
    is_large = program.n_columns > LARGE and len(grid) > COARSE_STEPS
    solved = program.solved(seconds, by_interior_points=is_large)
    if solved is None:
        return None
    is_open = set(case.open_events)
    waits = [
        weight * (case.horizon_days if event in is_open else min(days, case.horizon_days))
        for event, weight in case.weights.items()
        for days in (case.earliest[event],)
    ]
    return sum(waits) - solved.limit


class _Rows:
    def __init__(self, case: Case, grid: Grid) -> None:
        self.case, self.grid, self.program = case, grid, Program()
        self.views = grid.views()
        self.share: dict[int, int] = {}  # event -> the column of its share in the first step
        self.work: dict[int, int] = {}  # bundle -> the same of its team-days
        self.most_share: dict[int, Floats] = {}
        for event in case.open_events:
            self._add_share(event)
        for bundle in case.open_bundles:
            self._add_work(bundle)
        for event in case.open_events:
            self._waits(event)
            self._grows(self.share[event], self.most_share[event])
        for one, other, both in case.events.opposite:
            self._one_way_in(one, other, both)
        for bundle in case.open_bundles:
            self._left_for(case.events.bundle_event[bundle], (bundle,), _pace_of(case, bundle))
        for group in case.groups:
            self._teams(group)
            self._needed(group)

    def _add_share(self, event: int) -> None:
        grid, day = self.grid, self.case.earliest[event]
        most = np.clip((np.array(grid.ends) - day) / grid.days, 0.0, 1.0)
        self.most_share[event] = most
        weight = self.case.events.weight[event]
        self.share[event] = self.program.add(most, weight * grid.days)

    def _add_work(self, number: int) -> None:
        case, since = self.case, self.grid.mean_since
        bundle = case.events.bundles[number]
        start = case.earliest[case.events.bundle_event[number]] - bundle.least_days
        each = np.sum([since(start) - since(start + days) for days in bundle.days], axis=0)
        most = np.maximum(np.minimum(each, bundle.at_once * since(start)), 0.0)
        self.work[number] = self.program.add(most, np.zeros_like(most))
        self._grows(self.work[number], most)

    def _grows(self, column: int, most: Floats) -> None:
        for step in np.flatnonzero(most[:-1]).tolist():
            self.program.limit([(column + step, 1.0), (column + step + 1, -1.0)])

    def _waits(self, event: int) -> None:
        for wait in self.case.events.after_all[event]:
            self._wait(event, [wait])
        first = self.case.events.after_first[event]
        if first is not None:
            self._wait(event, first)

    def _wait(self, event: int, waits: Sequence[Wait]) -> None:
        # The share after a wait, summed over a step, was there the wait earlier.
        if any(self.case.earliest[before] <= 0.0 for before, _ in waits):
            return
        for step in np.flatnonzero(self.most_share[event]).tolist():
            start, end = self.grid.starts[step], self.grid.ends[step]
            entries, surely = [(self.share[event] + step, end - start)], 0.0
            for before, days in waits:
                if before in self.share:
                    column, parts = self.share[before], self.grid.at_most(start - days, end - days)
                    surely += sum(part for at, part in parts if at == len(self.grid))
                    entries += [(column + at, -part) for at, part in parts if at < len(self.grid)]
            self.program.limit(entries, surely)

    def _one_way_in(self, one: int, other: int, both: int) -> None:
        if not {one, other, both} <= self.share.keys():
            return
        for step in range(len(self.grid)):
            signs = ((one, 1.0), (other, 1.0), (both, -1.0))
            self.program.limit([(self.share[event] + step, sign) for event, sign in signs])

    def _left_for(self, event: int, bundles: Sequence[int], pace: list[Stretch]) -> None:
        # What is not left for the last days has been done: days before the event, seen from
        # all days of a step, are means of its share over later steps.
        days, work = left_by(pace)
        for step, (turns, steps) in enumerate(self.views):
            left = np.diff(np.interp(turns, days, work))
            is_seen = (steps >= 0) & (left > NOTHING)
            done = np.bincount(steps[is_seen], left[is_seen], minlength=len(self.grid))
            done[self.most_share[event] <= 0.0] = 0.0
            entries = [(self.share[event] + at, done[at]) for at in np.flatnonzero(done).tolist()]
            if entries:
                entries += [(self.work[bundle] + step, -1.0) for bundle in bundles]
                self.program.limit(entries)

    def _teams(self, group: Group) -> None:
        columns = [self.work[bundle] for bundle in group.bundles if bundle in self.work]
        team_days = group.mean_team_days(self.grid)
        for step, more in enumerate(np.diff(team_days, prepend=0.0).tolist()):
            entries = [(column + step, 1.0) for column in columns]
            if step:
                entries += [(column + step - 1, -1.0) for column in columns]
            self.program.limit(entries, more)

    def _needed(self, group: Group) -> None:
        own = set(group.bundles)
        for event, needs in self.case.needed_by.items():
            bundles = [bundle for bundle in needs if bundle in own]
            if len(bundles) > 1:
                days, tails = _tasks_of(self.case, needs, bundles)
                pace = last_days(days, tails, group.n_teams)
                # With teams enough for all at once, the rows of the single bundles say it all.
                if max(stretch.teams for stretch in pace) >= group.n_teams:
                    self._left_for(event, bundles, pace)


def _pace_of(case: Case, number: int) -> list[Stretch]:
    bundle: Bundle = case.events.bundles[number]
    return last_days(bundle.days, [0.0] * len(bundle.days), len(bundle.teams))


def _tasks_of(
    case: Case, needs: dict[int, float], bundles: Sequence[int]
) -> tuple[list[float], list[float]]:
    tasks = [
        (days, needs[bundle]) for bundle in bundles for days in case.events.bundles[bundle].days
    ]
    return [days for days, _ in tasks], [tail for _, tail in tasks]
