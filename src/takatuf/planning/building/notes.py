"""What a plan could not take in, and why: each a note with its reason and its place.

None of these stops a plan. The rest is planned, and whoever reads it sees what is missing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from takatuf.city.city import City
from takatuf.city.facilities import TYPES
from takatuf.planning.building.teams import teams_left_out
from takatuf.planning.problem import PlanningProblem
from takatuf.vocabulary.errors import Problem, cut
from takatuf.vocabulary.identity import ThingId


def notes_of(city: City, problem: PlanningProblem) -> tuple[Problem, ...]:
    """Return everything that was left out, or that nobody can do; nothing if all is planned.

    Args:
        city: The city on the day.
        problem: As it was built from this city.
    """
    return (
        *teams_left_out(city.situation, city.roads.places),
        *_circles_of_facilities(city),
        *_circles_of_tasks(problem),
        *_cut_off(city, problem),
        *_without_people(city),
        *_nobody_may_do(city, problem),
    )


def circles_in(after: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """Return one way round each knot of things that wait for each other, smallest number first.

    Args:
        after: For each thing the things it waits for.
    """
    size = len(after)
    pairs = [(one, other) for one, others in enumerate(after) for other in others]
    if not pairs:
        return ()
    rows, columns = np.array(pairs).T
    graph = coo_array((np.ones(len(pairs)), (rows, columns)), shape=(size, size))
    _, knot = connected_components(graph, directed=True, connection="strong")
    n_in_knot = np.bincount(knot)
    inside = [
        [other for other in sorted(others) if knot[other] == knot[one]]
        for one, others in enumerate(after)
    ]
    starts = {int(knot[one]): one for one in reversed(range(size))}.values()
    return tuple(
        _way_round(inside, one)
        for one in sorted(starts)
        if n_in_knot[knot[one]] > 1 or one in after[one]
    )


def _way_round(inside: Sequence[Sequence[int]], start: int) -> tuple[int, ...]:
    way = [start]
    while (following := inside[way[-1]][0]) not in way:
        way.append(following)
    circle = way[way.index(following) :]
    smallest = circle.index(min(circle))
    return tuple(circle[smallest:] + circle[:smallest])


def _circles_of_facilities(city: City) -> Iterator[Problem]:
    situation = city.situation
    things = situation.things(*TYPES)
    number = {thing: at for at, thing in enumerate(things)}
    after = [
        [number[before] for before in situation.referred(thing, "depends_on") if before in number]
        for thing in things
    ]
    for circle in circles_in(after):
        names = [situation.names.of(things[at]) for at in circle]
        yield _circle(names, "One of these dependencies is not followed.")


def _circles_of_tasks(problem: PlanningProblem) -> Iterator[Problem]:
    before = problem.tasks.before
    for circle in circles_in([before.row(task) for task in range(problem.n_tasks)]):
        yield _circle([problem.tasks.names[task] for task in circle], "None of them is planned.")


def _circle(names: Sequence[str], hint: str) -> Problem:
    return Problem(
        code="plan.circle",
        where=cut(names[0]),
        found=cut(" waits for ".join([*names, names[0]])),
        expected="dependencies that end somewhere",
        hint=hint,
    )


def _cut_off(city: City, problem: PlanningProblem) -> Iterator[Problem]:
    roads = problem.roads
    size = len(roads.node_ids)
    graph = coo_array((np.ones(len(roads.start)), (roads.start, roads.end)), shape=(size, size))
    _, island = connected_components(graph, directed=False)
    with_entry = set(island[roads.hubs].tolist())
    for node, place in enumerate(roads.node_ids):
        if island[node] not in with_entry:
            yield Problem(
                code="plan.cut-off",
                where=city.situation.names.of(place),
                found="no road that leads there from an entry, open or blocked",
                expected="a road of the road model",
                hint="Nothing there is planned, as nobody gets there.",
            )


def _without_people(city: City) -> Iterator[Problem]:
    for neighbourhood in city.neighbourhoods:
        if neighbourhood.people == 0:
            yield Problem(
                code="plan.nobody-lives-there",
                where=neighbourhood.name,
                found="0 residents",
                expected="people whom services would reach",
                hint="It is planned for as a way to others, and counts nothing itself.",
            )


def _nobody_may_do(city: City, problem: PlanningProblem) -> Iterator[Problem]:
    """Find tasks that no team may do, told together by skill, area and reason."""
    nobody = np.flatnonzero(~problem.may_do().any(axis=0))
    counts = Counter((_reason(problem, task), _area(problem, task)) for task in nobody.tolist())
    first: Mapping[tuple[str, ThingId], int] = {
        (_reason(problem, task), _area(problem, task)): task for task in reversed(nobody.tolist())
    }
    for (reason, area), count in sorted(counts.items()):
        name = problem.tasks.names[first[reason, area]]
        yield Problem(
            code="plan.nobody-may-do",
            where=cut(f"{count} tasks in {city.situation.names.of(area)}, such as {name}"),
            found=reason,
            expected="a team with the skill and a mandate for the place",
        )


def _area(problem: PlanningProblem, task: int) -> ThingId:
    return problem.areas[int(problem.tasks.area[task])]


def _reason(problem: PlanningProblem, task: int) -> str:
    tasks, teams = problem.tasks, problem.teams
    has_skill = teams.has_skill[:, tasks.skill[task]]
    if not has_skill.any():
        return f"no team has the skill {problem.skills[tasks.skill[task]]}"
    if not (has_skill & teams.may_work_in[:, tasks.area[task]]).any():
        return f"no team with the skill {problem.skills[tasks.skill[task]]} may work there"
    return f"no team with the skill {problem.skills[tasks.skill[task]]} may do trunk works there"
