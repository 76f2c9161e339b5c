"""Six joint-restoration problems of a synthetic city, with the best values known for them.

They are read from a directory that holds ``xs.json``, ``s.json`` and so on. The reference
values are this project's own: they compare ways of searching and bounding, they do not stand
for a published benchmark.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

from takatuf.planning.problem import (
    NONE,
    SERVICES,
    Facilities,
    Flags,
    Ints,
    Lists,
    Neighbourhoods,
    PlanningProblem,
    Roads,
    Tasks,
    Teams,
)
from takatuf.vocabulary.identity import ThingId

BEST_KNOWN = {  # million weighted person-days, before this engine
    "xs": 18.974,
    "s": 27.209,
    "m": 29.829,
    "full0": 33.300,
    "full1": 35.341,
    "full2": 36.074,
}
MILLION = 1e6

Json = dict[str, Any]  # the files are what `json` makes of them


def problem_of(city: Json) -> PlanningProblem:
    """Return one of the synthetic cities as a problem with the same schedules and values."""
    skills = sorted({task["skill"] for task in city["tasks"]})
    n_areas = 1 + max(task["district"] for task in city["tasks"])
    organisations = range(1 + max(team["org"] for team in city["teams"]))
    return PlanningProblem(
        skills=tuple(_SKILLS[skill][0] for skill in skills),
        areas=_ids("place", n_areas),
        organisations=_ids("organisation", len(organisations)),
        organisation_names=tuple(f"organisation {number}" for number in organisations),
        serves=_serves(city, len(organisations)),
        tasks=_tasks(city, skills),
        teams=_teams(city, skills, n_areas),
        roads=_roads(city),
        facilities=_facilities(city),
        neighbourhoods=_neighbourhoods(city),
        weights=np.array([city["service_weights"][service] for service in SERVICES]),
        horizon_days=float(city["horizon_days"]),
    )


def _ids(kind: str, count: int) -> tuple[ThingId, ...]:
    return tuple(ThingId(f"{kind}/{number}") for number in range(count))


def _ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)


_SKILLS = {  # in the files -> here, with the services that organisations with it count
    "clear_hazard": ("clearance", SERVICES),
    "clear_debris": ("debris", SERVICES),
    "repair_power": ("power", ("power",)),
    "repair_water": ("water", ("water",)),
    "repair_health": ("health", ("health",)),
    "repair_housing": ("housing", ("home",)),
}


def _serves(city: Json, n_organisations: int) -> Flags:
    serves = np.zeros((n_organisations, len(SERVICES)), dtype=np.bool_)
    for team in city["teams"]:
        for service in _SKILLS[team["skill"]][1]:
            serves[team["org"], SERVICES.index(service)] = True
    return serves


def _tasks(city: Json, skills: list[str]) -> Tasks:
    tasks, edges = city["tasks"], city["edges"]
    ends = [
        (task["node"], NONE)
        if task["edge"] is None
        else (edges[task["edge"]]["u"], edges[task["edge"]]["v"])
        for task in tasks
    ]
    return Tasks(
        ids=_ids("task", len(tasks)),
        names=tuple(f"{task['skill']} {task['id']}" for task in tasks),
        kinds=tuple(task["skill"] for task in tasks),
        skill=_ints([skills.index(task["skill"]) for task in tasks]),
        duration_days=np.array([float(task["days"]) for task in tasks]),
        node=_ints([node for node, _ in ends]),
        other_node=_ints([other for _, other in ends]),
        area=_ints([task["district"] for task in tasks]),
        is_trunk=np.array([bool(task["trunk"]) for task in tasks]),
        before=Lists.of([task["pred"] for task in tasks]),
        because_of=tuple(() for _ in tasks),
    )


def _teams(city: Json, skills: list[str], n_areas: int) -> Teams:
    teams = city["teams"]
    return Teams(
        ids=_ids("team", len(teams)),
        names=tuple(f"team {team['id']}" for team in teams),
        organisation=_ints([team["org"] for team in teams]),
        has_skill=np.array([[skill == team["skill"] for skill in skills] for team in teams]),
        may_work_in=np.array(
            [[area in team["districts"] for area in range(n_areas)] for team in teams]
        ),
        may_do_trunk=np.array([bool(team["trunk_allowed"]) for team in teams]),
        base=_ints([team["base"] for team in teams]),
        free_from_day=np.zeros(len(teams)),
    )


def _roads(city: Json) -> Roads:
    edges, n_nodes = city["edges"], len(city["nodes"])
    distance_km = np.full((n_nodes, n_nodes), np.inf)
    np.fill_diagonal(distance_km, 0.0)
    for edge in edges:
        for one, other in ((edge["u"], edge["v"]), (edge["v"], edge["u"])):
            distance_km[one, other] = min(distance_km[one, other], edge["km"])
    for via in range(n_nodes):
        distance_km = np.minimum(distance_km, distance_km[:, via, None] + distance_km[None, via, :])
    per_day = city["travel_km_per_day"]
    return Roads(
        node_ids=_ids("place", n_nodes),
        hubs=_ints(city["hubs"]),
        start=_ints([edge["u"] for edge in edges]),
        end=_ints([edge["v"] for edge in edges]),
        length_km=np.array([edge["km"] for edge in edges]),
        blocked_by=Lists.of([edge["blocked_by"] for edge in edges]),
        travel_days=distance_km / per_day if per_day else np.zeros((n_nodes, n_nodes)),
    )


def _facilities(city: Json) -> Facilities:
    substations, pumps, clinics = city["substations"], city["pumps"], city["clinics"]
    rows = [*substations, *pumps, *clinics]
    return Facilities(
        ids=_ids("facility", len(rows)),
        node=_ints([row["node"] for row in rows]),
        tasks=Lists.of([row["tasks"] for row in rows]),
        depends_on=Lists.of([[row["substation"]] if "substation" in row else [] for row in rows]),
        never_works=np.zeros(len(rows), dtype=np.bool_),
    )


def _neighbourhoods(city: Json) -> Neighbourhoods:
    rows = city["neighbourhoods"]
    first_pump = len(city["substations"])
    first_clinic = first_pump + len(city["pumps"])
    water, power = _lines(rows, "water"), _lines(rows, "power")
    needs = np.array([service in ("access", "water", "power") for service in SERVICES])
    return Neighbourhoods(
        ids=_ids("place", len(rows)),
        node=_ints([row["node"] for row in rows]),
        people=np.array([float(row["population"]) for row in rows]),
        water_tasks=Lists.of([tasks for tasks, _ in water]),
        water_facility=_ints([first_pump + rows[root]["water_pump"] for _, root in water]),
        power_tasks=Lists.of([tasks for tasks, _ in power]),
        power_facility=_ints([rows[root]["power_substation"] for _, root in power]),
        clinics=Lists.of([[first_clinic + clinic for clinic in row["clinics"]] for row in rows]),
        home_tasks=Lists.of([[*row["housing_tasks"], *row["site_hazards"]] for row in rows]),
        has_now=np.zeros((len(rows), len(SERVICES)), dtype=np.bool_),
        home_needs=needs,
    )


def _lines(rows: list[Json], service: str) -> list[tuple[list[int], int]]:
    # A neighbourhood waits for its own tasks and for those of all it is supplied through.
    lines = []
    for number in range(len(rows)):
        tasks, root = list(rows[number][f"{service}_tasks"]), number
        while rows[root][f"{service}_parent"] != NONE:
            root = rows[root][f"{service}_parent"]
            tasks += rows[root][f"{service}_tasks"]
        lines.append((tasks, root))
    return lines


def load(directory: Path, name: str) -> PlanningProblem:
    """Return the problem of one file of the directory."""
    return problem_of(json.loads((directory / f"{name}.json").read_text(encoding="utf-8")))
