"""Sets of teams, and the work that nobody else may do."""

from dataclasses import dataclass

import numpy as np

from takatuf.planning.bounding.bundles import Bundle
from takatuf.planning.bounding.grid import Grid
from takatuf.planning.problem import Floats, PlanningProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A set of teams and the bundles that only teams of the set may do."""

    bundles: tuple[int, ...]
    first_days: tuple[float, ...]  # of each team: not at any task of the bundles before

    @property
    def n_teams(self) -> int:
        """The number of teams."""
        return len(self.first_days)

    def mean_team_days(self, grid: Grid) -> Floats:
        """Return the mean over each step of the days that the teams have had by then."""
        return np.asarray(sum(grid.mean_since(day) for day in self.first_days))


def groups_of(
    problem: PlanningProblem, bundles: list[Bundle], arrival_days: Floats
) -> tuple[Group, ...]:
    """Return a group for all who may do one bundle, and for all who have one skill.

    Args:
        problem: Whose teams and mandates count.
        bundles: The work.
        arrival_days: When each team can first be at each node; shape ``(n_teams, n_nodes)``.
    """
    sets = {bundle.teams for bundle in bundles}
    may_do = problem.may_do()
    for skill in np.unique(problem.tasks.skill):
        able = may_do[:, problem.tasks.skill == skill].any(axis=1)
        sets.add(tuple(np.flatnonzero(able).tolist()))
    groups = []
    for teams in sorted(sets - {()}):
        within = {others for others in sets - {()} if {*others} <= {*teams}}
        own = [at for at, bundle in enumerate(bundles) if bundle.teams in within]
        nodes = sorted({node for at in own for node in bundles[at].nodes})
        first_days = arrival_days[list(teams)][:, nodes].min(axis=1, initial=np.inf)
        groups.append(Group(bundles=tuple(own), first_days=tuple(first_days.tolist())))
    return tuple(groups)
