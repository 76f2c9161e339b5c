"""A whole planning problem as one CP-SAT model, for cities without travel: a peer to compare with.

Which road reaches a place first, and which clinic serves a neighbourhood, are decisions; so is
the team of each task. Days are counted in halves, which is exact for the synthetic cities.
"""

from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from takatuf.planning.problem import (
    ACCESS,
    HEALTH,
    HOME,
    NONE,
    POWER,
    WATER,
    Floats,
    PlanningProblem,
)

TICKS_PER_DAY = 2
Var = Any  # of the solver, which ships no types


class _Model:
    def __init__(self, problem: PlanningProblem) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.length = np.rint(problem.tasks.duration_days * TICKS_PER_DAY).astype(int)
        self.last = int(problem.horizon_days * TICKS_PER_DAY)
        self.start = [self.day(f"s{task}") for task in range(problem.n_tasks)]
        self.end = [
            start + int(length) for start, length in zip(self.start, self.length, strict=True)
        ]

    def day(self, name: str) -> Var:
        return self.model.new_int_var(0, self.last, name)

    def after(self, name: str, days: list[Var]) -> Var:
        made = self.day(name)
        for day in days:
            self.model.add(made >= day)
        return made

    def any_of(self, ways: list[list[Var]], made: Var, name: str) -> list[Var]:
        chosen = [self.model.new_bool_var(f"{name}-{number}") for number in range(len(ways))]
        self.model.add_exactly_one(chosen)
        for literal, days in zip(chosen, ways, strict=True):
            for day in days:
                self.model.add(made >= day).only_enforce_if(literal)
        return chosen

    def teams(self) -> None:
        may_do = self.problem.may_do()
        of_team: list[list[Var]] = [[] for _ in range(self.problem.n_teams)]
        for task, start in enumerate(self.start):
            does = []
            for team in np.flatnonzero(may_do[:, task]):
                literal = self.model.new_bool_var(f"t{task}-{team}")
                of_team[team].append(
                    self.model.new_optional_fixed_size_interval_var(
                        start, int(self.length[task]), literal, f"i{task}-{team}"
                    )
                )
                does.append(literal)
            self.model.add_exactly_one(does)
        for intervals in of_team:
            self.model.add_no_overlap(intervals)

    def reach(self) -> list[Var]:
        roads = self.problem.roads
        n_nodes = len(roads.node_ids)
        reached = [self.day(f"r{node}") for node in range(n_nodes)]
        depth = [self.model.new_int_var(0, n_nodes, f"d{node}") for node in range(n_nodes)]
        into: list[list[tuple[int, int]]] = [[] for _ in range(n_nodes)]
        for edge, (one, other) in enumerate(zip(roads.start, roads.end, strict=True)):
            into[other].append((int(one), edge))
            into[one].append((int(other), edge))
        for node in set(range(n_nodes)) - set(roads.hubs.tolist()):
            ways = [
                [reached[near], *(self.end[task] for task in roads.blocked_by.row(edge))]
                for near, edge in into[node]
            ]
            chosen = self.any_of(ways, reached[node], f"w{node}")
            for literal, (near, _) in zip(chosen, into[node], strict=True):
                self.model.add(depth[node] >= depth[near] + 1).only_enforce_if(literal)
        return reached

    def tasks(self, reached: list[Var]) -> None:
        tasks = self.problem.tasks
        for task, start in enumerate(self.start):
            for before in tasks.before.row(task):
                self.model.add(start >= self.end[before])
            ends = [int(tasks.node[task]), int(tasks.other_node[task])]
            ways = [[reached[node]] for node in ends if node != NONE]
            self.any_of(ways, start, f"e{task}")

    def services(self, reached: list[Var]) -> list[tuple[float, Var]]:
        facilities, people = self.problem.facilities, self.problem.neighbourhoods
        works: list[Var] = []
        for facility in range(len(facilities.ids)):
            days = [self.end[task] for task in facilities.tasks.row(facility)]
            days += [works[before] for before in facilities.depends_on.row(facility)]
            works.append(self.after(f"x{facility}", days))
        terms = []
        for n in range(len(people.ids)):
            of: dict[int, Var] = {ACCESS: reached[people.node[n]]}
            for service, tasks, source in (
                (WATER, people.water_tasks, people.water_facility),
                (POWER, people.power_tasks, people.power_facility),
            ):
                days = [self.end[task] for task in tasks.row(n)]
                of[service] = self.after(
                    f"u{n}-{service}", days + ([works[source[n]]] if source[n] != NONE else [])
                )
            of[HEALTH] = self.after(f"h{n}", [of[ACCESS]])
            clinics = people.clinics.row(n)
            ways = [[works[c], reached[facilities.node[c]]] for c in clinics]
            self.any_of(ways, of[HEALTH], f"c{n}")
            own = [self.end[task] for task in people.home_tasks.row(n)]
            of[HOME] = self.after(f"o{n}", [*own, of[ACCESS], of[WATER], of[POWER]])
            terms += [
                (float(people.people[n] * self.problem.weights[service]), day)
                for service, day in of.items()
            ]
        return terms


def solved(problem: PlanningProblem, seconds: float, threads: int) -> tuple[Floats | None, float]:
    """Return the start day of each task, or None, and the bound that the solver proved."""
    made = _Model(problem)
    made.teams()
    reached = made.reach()
    made.tasks(reached)
    terms = made.services(reached)
    made.model.minimize(sum(round(weight) * day for weight, day in terms))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = threads
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(made.model)
    bound = solver.best_objective_bound / TICKS_PER_DAY
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return None, bound
    return np.array([solver.value(start) for start in made.start]) / TICKS_PER_DAY, bound
