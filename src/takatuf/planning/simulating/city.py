"""The parts of a planning problem that do not depend on who plans, as compiled code wants them.

Every list of a `PlanningProblem` that is walked in the other direction ("which edges does this
task open") is turned round here once, so that the simulator never searches.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from takatuf.planning.problem import NONE, Flags, Floats, Ints, Lists, PlanningProblem


class Sites(NamedTuple):
    """Tasks and the roads to them; pairs ``x_start, x_index`` are compressed sparse rows."""

    duration_days: Floats
    place: Ints  # where a team stands when it works; one end of an edge task
    other_place: Ints  # the other end, or NONE
    task_class: Ints  # tasks of one class may be done by the same teams
    n_before: Ints
    after_start: Ints  # task -> tasks that wait for it
    after_index: Ints
    here_start: Ints  # node -> tasks that can be begun once it is reached
    here_index: Ints
    opens_start: Ints  # task -> edges that it blocks
    opens_index: Ints
    n_blocks: Ints
    edge_ends: Ints  # shape (n_edges, 2)
    road_start: Ints  # node -> edges that touch it
    road_index: Ints
    hubs: Ints
    travel_days: Floats


class Networks(NamedTuple):
    """What the services of each neighbourhood wait for; a row of ``own`` is service * n + it."""

    facility_node: Ints
    works_start: Ints  # facility -> tasks that must be finished before it works
    works_index: Ints
    depends_start: Ints
    depends_index: Ints
    any_start: Ints  # facility -> those of which one must work; an empty row asks for none
    any_index: Ints
    never_works: Flags
    node: Ints  # of each neighbourhood
    own_start: Ints  # row -> the neighbourhood's own tasks for the service
    own_index: Ints
    supplied_by: Ints  # row -> the facility the service comes from, or NONE
    clinics_start: Ints
    clinics_index: Ints
    has_now: Flags
    home_needs: Flags


class City(NamedTuple):
    """Everything a simulation needs to know besides who works and what counts."""

    sites: Sites
    networks: Networks


def task_classes(problem: PlanningProblem) -> Ints:
    """Return a class for each task, counted from 0: equal skill, area and trunk flag."""
    tasks = problem.tasks
    traits = np.stack([tasks.skill, tasks.area, tasks.is_trunk.astype(np.int64)], axis=1)
    if not len(traits):
        return np.zeros(0, dtype=np.int64)
    _, classes = np.unique(traits, axis=0, return_inverse=True)
    return np.asarray(classes, dtype=np.int64).reshape(-1)


def turned_round(lists: Lists, n_columns: int) -> Lists:
    """Return for each entry the rows it stands in: "b before a" becomes "a after b"."""
    rows: list[list[int]] = [[] for _ in range(n_columns)]
    for row in range(len(lists)):
        for entry in lists.row(row):
            rows[entry].append(row)
    return Lists.of(rows)


def city_of(problem: PlanningProblem) -> City:
    """Return the problem's tasks, roads and services in the form compiled code walks through."""
    return City(_sites(problem), _networks(problem))


def _sites(problem: PlanningProblem) -> Sites:
    tasks, roads = problem.tasks, problem.roads
    before, blocked_by = _distinct(tasks.before), _distinct(roads.blocked_by)
    after, opens = turned_round(before, problem.n_tasks), turned_round(blocked_by, problem.n_tasks)
    here, road = Lists.of(_begun_from(problem)), Lists.of(_edges_at(problem))
    return Sites(
        tasks.duration_days,
        tasks.node,
        tasks.other_node,
        task_classes(problem),
        np.diff(before.start),
        *(after.start, after.index),
        *(here.start, here.index),
        *(opens.start, opens.index),
        np.diff(blocked_by.start),
        np.stack([roads.start, roads.end], axis=1),
        *(road.start, road.index),
        roads.hubs,
        np.ascontiguousarray(roads.travel_days),
    )


def _networks(problem: PlanningProblem) -> Networks:
    facilities, people = problem.facilities, problem.neighbourhoods
    n = len(people.ids)
    nobody, nothing = np.full(n, NONE), Lists.of([[]] * n)
    any_of = facilities.any_of or Lists.of([[]] * len(facilities.ids))
    own = [nothing, people.water_tasks, people.power_tasks, nothing, people.home_tasks]
    own_rows = Lists.of([lists.row(row) for lists in own for row in range(n)])
    suppliers = [nobody, people.water_facility, people.power_facility, nobody, nobody]
    return Networks(
        facilities.node,
        *(facilities.tasks.start, facilities.tasks.index),
        *(facilities.depends_on.start, facilities.depends_on.index),
        *(any_of.start, any_of.index),
        facilities.never_works,
        people.node,
        *(own_rows.start, own_rows.index),
        np.concatenate(suppliers),
        *(people.clinics.start, people.clinics.index),
        people.has_now,
        people.home_needs,
    )


def _distinct(lists: Lists) -> Lists:
    # A task named twice in one list would be counted twice and never finish waiting.
    return Lists.of([sorted(set(lists.row(row))) for row in range(len(lists))])


def _begun_from(problem: PlanningProblem) -> Sequence[Sequence[int]]:
    rows: list[list[int]] = [[] for _ in problem.roads.node_ids]
    for task, (node, other) in enumerate(
        zip(problem.tasks.node, problem.tasks.other_node, strict=True)
    ):
        rows[node].append(task)
        if other not in (NONE, node):
            rows[other].append(task)
    return rows


def _edges_at(problem: PlanningProblem) -> Sequence[Sequence[int]]:
    rows: list[list[int]] = [[] for _ in problem.roads.node_ids]
    for edge, (start, end) in enumerate(zip(problem.roads.start, problem.roads.end, strict=True)):
        rows[start].append(edge)
        if start != end:
            rows[end].append(edge)
    return rows
