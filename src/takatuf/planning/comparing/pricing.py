"""What a rule or a delay costs: the same search with it and without, seed by seed.

Both searches start from the same joint plan and have the same effort, so that more searching is
not taken for a better rule. The difference is taken for each seed by itself. A difference below
0 says that the search did not find its way (the old plan is allowed under a wider rule, too),
and is left as it is: cut off at 0, noise alone would look like a price. Beside each price stands
the spread of the search on the unchanged problem; a price that is not above it, with every seed,
is not told from noise.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from takatuf.planning.comparing.keys import Planned, planned
from takatuf.planning.comparing.ranges import Range, range_of
from takatuf.planning.problem import Flags, Lists, PlanningProblem
from takatuf.planning.solvers.annealing import packages_of, search, together
from takatuf.vocabulary.identity import ThingId


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The problem with one thing changed; ``sign`` is 1 where the change can only cost."""

    name: str  # "any area", "trunk works", "30 days later" ...
    organisation: int
    problem: PlanningProblem
    sign: int  # -1: it lifts a restriction, so the price is what it saves


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What a restriction or a delay costs, in weighted person-days."""

    name: str
    organisation: int
    person_days: Range
    noise: float  # the spread over seeds of the search without the change

    @property
    def is_clear(self) -> bool:
        """With every seed it is more than the search differs between seeds."""
        return self.person_days.low > self.noise


class Reference:
    """The joint plan searched for once more with each seed: what changes are held against."""

    def __init__(
        self, problem: PlanningProblem, joint: Planned, evaluations: int, seeds: Sequence[int]
    ) -> None:
        """Search from the joint plan, which has one row of keys."""
        self.problem = problem
        self.joint = joint
        self.evaluations = evaluations
        self.seeds = tuple(seeds)
        self.found = self.again(problem)

    def again(self, problem: PlanningProblem) -> tuple[Planned, ...]:
        """Return the plans for a problem with the effort and the seeds of this reference.

        Args:
            problem: It may have more tasks, at the end; the search starts with these first.
        """
        new = np.zeros(problem.n_tasks - self.problem.n_tasks)
        start = (np.append(self.joint.keys[0], new), np.append(self.joint.holds, new))
        aim = together(problem, packages_of(problem))
        found = (search(problem, aim, self.evaluations, seed, (start,)) for seed in self.seeds)
        return tuple(planned(problem, one.keys, one.holds) for one in found)

    @property
    def noise(self) -> float:
        """From the lowest to the highest value, over seeds."""
        return range_of([one.served.person_days for one in self.found]).width


def price_of(reference: Reference, change: Change) -> Price:
    """Return what a restriction or delay costs; see the head of the module."""
    return priced(reference, change, reference.again(change.problem))


def priced(reference: Reference, change: Change, changed: Sequence[Planned]) -> Price:
    """Return the price, given the plans for the changed problem."""
    differences = [
        0.0 + change.sign * (after.served.person_days - before.served.person_days)
        for before, after in zip(reference.found, changed, strict=True)
    ]
    return Price(
        name=change.name,
        organisation=change.organisation,
        person_days=range_of(differences),
        noise=reference.noise,
    )


def changes_of(problem: PlanningProblem, late_days: float) -> tuple[Change, ...]:
    """Return every restriction that an organisation has, lifted, and every one delayed.

    Args:
        problem: Whose mandates are looked at, one organisation at a time.
        late_days: How much later its teams come, each delay for itself; above 0.
    """
    changes = []
    for organisation in np.unique(problem.teams.organisation).tolist():
        own = np.asarray(problem.teams.organisation == organisation)
        kinds: tuple[tuple[str, Callable[[PlanningProblem, Flags], PlanningProblem], int], ...] = (
            ("may not work in every area", anywhere, -1),
            ("may not do trunk works", trunk_allowed, -1),
            (f"comes {late_days:g} days later", lambda p, own: later(p, own, late_days), 1),
        )
        for name, changed, sign in kinds:
            after = changed(problem, own)
            if after is not problem:
                changes.append(
                    Change(name=name, organisation=organisation, problem=after, sign=sign)
                )
    return tuple(changes)


def anywhere(problem: PlanningProblem, teams: Flags) -> PlanningProblem:
    """Return the problem with these teams free to work in every area; itself if they are."""
    may_work_in = problem.teams.may_work_in | teams[:, None]
    if np.array_equal(may_work_in, problem.teams.may_work_in):
        return problem
    return replace(problem, teams=replace(problem.teams, may_work_in=may_work_in))


def trunk_allowed(problem: PlanningProblem, teams: Flags) -> PlanningProblem:
    """Return the problem with these teams free to do trunk works they have the skill for.

    It is the problem itself where that gives them no new task.
    """
    may_do_trunk = problem.teams.may_do_trunk | teams
    after = replace(problem, teams=replace(problem.teams, may_do_trunk=may_do_trunk))
    return problem if np.array_equal(after.may_do(), problem.may_do()) else after


def later(problem: PlanningProblem, teams: Flags, days: float) -> PlanningProblem:
    """Return the problem with these teams there so many days later."""
    free = problem.teams.free_from_day + np.where(teams, days, 0.0)
    return replace(problem, teams=replace(problem.teams, free_from_day=free))


def held_back(problem: PlanningProblem, tasks: Sequence[int], days: float) -> PlanningProblem:
    """Return the problem with these tasks not to be begun before a day, as without a licence.

    One more task comes before them: it takes so many days, and a stand-in that may do nothing
    else does it from day 0 at an entry. Its number is the last, as is that of the stand-in.
    """
    old, teams, waits = problem.tasks, problem.teams, problem.n_tasks
    held = set(tasks)
    before = [
        [*old.before.row(task), waits] if task in held else old.before.row(task)
        for task in range(waits)
    ]
    none = np.zeros((problem.n_teams, 1), dtype=np.bool_)
    no_other_area = np.zeros((1, len(problem.areas)), dtype=np.bool_)
    hub = problem.roads.hubs[0]
    return replace(
        problem,
        areas=(*problem.areas, ThingId("area/permission")),
        tasks=replace(
            old,
            ids=(*old.ids, ThingId("task/permission")),
            names=(*old.names, "permission"),
            kinds=(*old.kinds, "permission"),
            skill=np.append(old.skill, 0),
            duration_days=np.append(old.duration_days, days),
            node=np.append(old.node, hub),
            other_node=np.append(old.other_node, -1),
            area=np.append(old.area, len(problem.areas)),
            is_trunk=np.append(old.is_trunk, np.zeros(1, dtype=np.bool_)),
            before=Lists.of([*before, []]),
            because_of=(*old.because_of, ()),
        ),
        teams=replace(
            teams,
            ids=(*teams.ids, ThingId("team/permission")),
            names=(*teams.names, "permission"),
            organisation=np.append(teams.organisation, teams.organisation[:1]),
            has_skill=np.vstack([teams.has_skill, np.arange(len(problem.skills)) == 0]),
            may_work_in=np.block(
                [[teams.may_work_in, none], [no_other_area, np.ones((1, 1), dtype=np.bool_)]]
            ),
            may_do_trunk=np.append(teams.may_do_trunk, np.ones(1, dtype=np.bool_)),
            base=np.append(teams.base, hub),
            free_from_day=np.append(teams.free_from_day, 0.0),
        ),
    )
