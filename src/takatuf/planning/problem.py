"""The planning problem: everything a solver may know, as arrays, checked once, then frozen.

Source: the formulation is that of `docs/explanation/planning.md`. A task is done by one team
without a break; it may start when the tasks before it are finished and its place is
reachable; services of a neighbourhood come back when the networks behind them do.

Sparse lists ("which tasks block edge e") are kept as `Lists`: two arrays, as a compressed
sparse row matrix has them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.services import SERVICES as SERVICES  # noqa: PLC0414 - for the solvers

ACCESS, WATER, POWER, HEALTH, HOME = range(len(SERVICES))
NONE = -1  # no such index: an edge end of a node task, a facility nobody depends on

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Lists:
    """A list of indices for each row: row r is ``index[start[r]:start[r + 1]]``."""

    start: Ints  # shape (n_rows + 1,)
    index: Ints  # shape (n_entries,)

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> "Lists":
        """Return the rows in compressed form, each row's entries in the order given."""
        start = np.cumsum([0, *(len(row) for row in rows)], dtype=np.int64)
        return cls(start, np.array([entry for row in rows for entry in row], dtype=np.int64))

    def row(self, row: int) -> list[int]:
        """Return one row's indices."""
        entries: list[int] = self.index[self.start[row] : self.start[row + 1]].tolist()
        return entries

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.start) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks:
    """Work to be done; every array has shape (n_tasks,)."""

    ids: tuple[ThingId, ...]
    names: tuple[str, ...]
    kinds: tuple[str, ...]  # "survey", "clear", "debris", "repair" ...
    skill: Ints  # index into `PlanningProblem.skills`
    duration_days: Floats  # team-days, above 0
    node: Ints  # where the work is; for work on an edge one of its ends
    other_node: Ints  # the edge's other end, or NONE
    area: Ints  # index into `PlanningProblem.areas`
    is_trunk: Flags  # serves more than one area: only some mandates cover it
    before: Lists  # tasks that must be finished first
    because_of: tuple[tuple[str, ...], ...]  # reports each task rests on; may be empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Teams:
    """Who works; every array has n_teams rows."""

    ids: tuple[ThingId, ...]
    names: tuple[str, ...]
    organisation: Ints  # index into `PlanningProblem.organisations`
    has_skill: Flags  # shape (n_teams, n_skills)
    may_work_in: Flags  # shape (n_teams, n_areas)
    may_do_trunk: Flags
    base: Ints  # the node where it is on day 0
    free_from_day: Floats  # 0 or more


@dataclass(frozen=True, slots=True, kw_only=True)
class Roads:
    """Links between places: nodes are 0 .. n_nodes - 1, edges may be passed both ways."""

    node_ids: tuple[ThingId, ...]
    hubs: Ints  # nodes that are reachable on day 0
    start: Ints  # shape (n_edges,): one end
    end: Ints  # the other end
    length_km: Floats
    blocked_by: Lists  # for each edge: the tasks that must be finished before it is passable
    travel_days: Floats  # shape (n_nodes, n_nodes): over all edges, blocked or not


@dataclass(frozen=True, slots=True, kw_only=True)
class Facilities:
    """Stations, substations, clinics; a facility stands after all it depends on."""

    ids: tuple[ThingId, ...]
    node: Ints
    tasks: Lists  # must be finished before it works
    depends_on: Lists  # facilities that must work; each has a smaller index
    never_works: Flags  # True: nothing in the problem can bring it back
    any_of: Lists | None = None  # facilities of which one must work, each of a smaller index


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhoods:
    """Where people are and what each service waits for; every array has n rows."""

    ids: tuple[ThingId, ...]
    node: Ints
    people: Floats
    water_tasks: Lists
    water_facility: Ints  # or NONE: own tasks only
    power_tasks: Lists
    power_facility: Ints  # or NONE
    clinics: Lists  # facilities, any one of which will do; empty: no health service ever
    home_tasks: Lists  # housing repairs and hazards on the site itself
    has_now: Flags  # shape (n, n_services): has the service on day 0, and keeps it
    home_needs: Flags  # shape (n_services,): services a home needs, as well as its own tasks
    displaced: Floats | None = None  # people who come back once there is a home; None: nobody
    returns_per_day: Floats | None = None  # at most so many; infinity: all at once


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningProblem:
    """One city's tasks, teams, roads and people, with the weights of the request."""

    skills: tuple[str, ...]
    areas: tuple[ThingId, ...]
    organisations: tuple[ThingId, ...]
    organisation_names: tuple[str, ...]
    serves: Flags  # shape (n_organisations, n_services): what each counts as its own goal
    tasks: Tasks
    teams: Teams
    roads: Roads
    facilities: Facilities
    neighbourhoods: Neighbourhoods
    weights: Floats  # shape (n_services,): 0 or more
    horizon_days: float
    return_weight: float = 0.0  # of a day that a displaced person waits for a home, 0 or more

    def __post_init__(self) -> None:
        """Check shapes and references once, so that no solver has to.

        Raises:
            ValueError: The problem contradicts itself; that is a bug of its builder.
        """
        _check(self)

    @property
    def n_tasks(self) -> int:
        """The number of tasks."""
        return len(self.tasks.ids)

    @property
    def n_teams(self) -> int:
        """The number of teams."""
        return len(self.teams.ids)

    def may_do(self) -> Flags:
        """Return who may do what, by skill and mandate; shape (n_teams, n_tasks)."""
        tasks, teams = self.tasks, self.teams
        allowed = teams.has_skill[:, tasks.skill] & teams.may_work_in[:, tasks.area]
        return np.asarray(allowed & (teams.may_do_trunk[:, None] | ~tasks.is_trunk[None, :]))


def _check(problem: PlanningProblem) -> None:
    tasks, teams, roads = problem.tasks, problem.teams, problem.roads
    n_tasks, n_nodes = problem.n_tasks, len(roads.node_ids)
    facilities, people = problem.facilities, problem.neighbourhoods
    rules = {
        "durations are above 0": bool(np.all(tasks.duration_days > 0)),
        "tasks are on nodes": _within(tasks.node, n_nodes),
        "the other end is a node": _within(tasks.other_node, n_nodes, lowest=NONE),
        "skills are known": _within(tasks.skill, len(problem.skills)),
        "areas are known": _within(tasks.area, len(problem.areas)),
        "predecessors are tasks": _within(tasks.before.index, n_tasks),
        "teams have organisations": _within(teams.organisation, len(problem.organisations)),
        "bases are nodes": _within(teams.base, n_nodes),
        "hubs are nodes": _within(roads.hubs, n_nodes) and len(roads.hubs) > 0,
        "edges join nodes": _within(roads.start, n_nodes) and _within(roads.end, n_nodes),
        "blockages are tasks": _within(roads.blocked_by.index, n_tasks),
        "travel times are a square": roads.travel_days.shape == (n_nodes, n_nodes),
        "facilities come after what they depend on": all(
            before < facility
            for facility in range(len(facilities.ids))
            for lists in (facilities.depends_on, facilities.any_of)
            if lists is not None
            for before in lists.row(facility)
        ),
        "neighbourhoods are on nodes": _within(people.node, n_nodes),
        "people are counted": bool(np.all(people.people >= 0)),
        "clinics are facilities": _within(people.clinics.index, len(facilities.ids)),
        "weights are 0 or more": bool(np.all(problem.weights >= 0)),
        "the weight of returns is 0 or more": problem.return_weight >= 0,
        "displaced people are counted": people.displaced is None
        or bool(np.all(people.displaced >= 0)),
        "people come back at a rate above 0": people.returns_per_day is None
        or bool(np.all(people.returns_per_day > 0)),
        "the horizon is above 0": problem.horizon_days > 0,
    }
    broken = [rule for rule, holds in rules.items() if not holds]
    if broken:
        raise ValueError("; ".join(broken))


def _within(indices: Ints, count: int, lowest: int = 0) -> bool:
    return bool(np.all((indices >= lowest) & (indices < count)))
