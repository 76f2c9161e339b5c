"""A planning problem from the layers of a city, with notes on what nobody will ever reach.

Efforts come from the rules of `planning/efforts` and of `works.toml`; every figure there is a
prior. No figure of that kind stands in the code.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from takatuf.city.city import HOME_NEEDS
from takatuf.planning.efforts import Estimator, load_rules
from takatuf.planning.layers.city_layers import (
    CityLayers,
    HazardArea,
    Plant,
    Quarter,
    Rubble,
    problems_of_layers,
)
from takatuf.planning.layers.ground import Ground, ground_of
from takatuf.planning.layers.rules import LayerRules, load_layer_rules
from takatuf.planning.layers.works import Works, works_of
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
from takatuf.planning.request import PlanRequest, problems_of_request
from takatuf.planning.tasks import SKILLS
from takatuf.vocabulary.errors import InputError, Problem
from takatuf.vocabulary.identity import ThingId

_Named = Quarter | Plant | HazardArea | Rubble


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LayeredProblem:
    """The problem, what is never reached, and which node of the streets stands for a place."""

    problem: PlanningProblem
    notes: tuple[Problem, ...]
    own_water_tasks: tuple[tuple[int, ...], ...]  # of each quarter, without those it needs beyond


def layered_problem(
    layers: CityLayers, request: PlanRequest, rules: LayerRules | None = None
) -> LayeredProblem:
    """Return the problem of a city's layers.

    Args:
        layers: The city on the day of the plan.
        request: Weights, horizon, pace and quantile of efforts.
        rules: None: those that the package ships.

    Raises:
        InputError: The layers or the request cannot be planned for; all problems are listed.
    """
    rules = rules or load_layer_rules()
    problems = (*problems_of_request(request), *problems_of_layers(layers, rules))
    if problems:
        raise InputError(problems)
    ground = ground_of(layers, rules, request.travel_km_per_day)
    estimator = Estimator(rules=load_rules(), learnt=(), quantile=request.effort_quantile)
    works = works_of(layers, ground, estimator, rules)
    problem = PlanningProblem(
        skills=SKILLS,
        areas=tuple(quarter.id for quarter in layers.quarters),
        organisations=tuple(body.id for body in layers.organisations),
        organisation_names=tuple(body.name for body in layers.organisations),
        serves=_serves(layers),
        tasks=_tasks(works),
        teams=_teams(layers, ground),
        roads=_roads(works, ground),
        facilities=_facilities(layers, works, ground),
        neighbourhoods=_neighbourhoods(layers, works, ground),
        weights=np.array([request.weights[service] for service in SERVICES], dtype=np.float64),
        horizon_days=request.horizon_days,
    )
    return LayeredProblem(
        problem=problem,
        notes=tuple(_cut_off(layers, ground)),
        own_water_tasks=tuple(tuple(row) for row in works.water),
    )


def _serves(layers: CityLayers) -> Flags:
    return np.array([[name in body.serves for name in SERVICES] for body in layers.organisations])


def _tasks(works: Works) -> Tasks:
    jobs = works.jobs
    return Tasks(
        ids=tuple(job.id for job in jobs),
        names=tuple(job.name for job in jobs),
        kinds=tuple(job.kind for job in jobs),
        skill=np.array([SKILLS.index(job.skill) for job in jobs], dtype=np.int64),
        duration_days=np.array([job.days for job in jobs], dtype=np.float64),
        node=np.array([job.node for job in jobs], dtype=np.int64),
        other_node=np.array([job.other_node for job in jobs], dtype=np.int64),
        area=np.array([job.quarter for job in jobs], dtype=np.int64),
        is_trunk=np.array([job.is_trunk for job in jobs], dtype=np.bool_),
        before=Lists.of([job.after for job in jobs]),
        because_of=tuple(() for _ in jobs),
    )


def _teams(layers: CityLayers, ground: Ground) -> Teams:
    crews = layers.crews
    number = {body.id: at for at, body in enumerate(layers.organisations)}
    return Teams(
        ids=tuple(crew.id for crew in crews),
        names=tuple(crew.name for crew in crews),
        organisation=np.array([number[crew.organisation] for crew in crews], dtype=np.int64),
        has_skill=np.array([[skill in crew.skills for skill in SKILLS] for crew in crews]),
        may_work_in=np.array(
            [[quarter.id in crew.quarters for quarter in layers.quarters] for crew in crews]
        ),
        may_do_trunk=np.array([crew.may_do_trunk for crew in crews]),
        base=ground.crew_node,
        free_from_day=np.zeros(len(crews)),
    )


def _roads(works: Works, ground: Ground) -> Roads:
    roads, tasks = ground.roads, [*works.clear, *works.debris]
    rows = [
        [tasks[blocker] for blocker in roads.blocked_by.row(e)] for e in range(len(roads.start))
    ]
    return Roads(
        node_ids=tuple(ThingId(f"place/node-{at}") for at in range(roads.n_nodes)),
        hubs=roads.hubs,
        start=roads.start,
        end=roads.end,
        length_km=roads.length_km,
        blocked_by=Lists.of(rows),
        travel_days=ground.travel_days,
    )


def _facilities(layers: CityLayers, works: Works, ground: Ground) -> Facilities:
    number = {plant.id: at for at, plant in enumerate(layers.plants)}
    return Facilities(
        ids=tuple(plant.id for plant in layers.plants),
        node=ground.plant_node,
        tasks=Lists.of(works.plant),
        depends_on=Lists.of([[number[one] for one in each.depends_on] for each in layers.plants]),
        never_works=np.zeros(len(layers.plants), dtype=np.bool_),
    )


def _neighbourhoods(layers: CityLayers, works: Works, ground: Ground) -> Neighbourhoods:
    quarters = layers.quarters
    plant: dict[ThingId | None, int] = {each.id: at for at, each in enumerate(layers.plants)}
    number = {quarter.id: at for at, quarter in enumerate(quarters)}
    through = [[number[other] for other in quarter.water_through] for quarter in quarters]
    water = [
        sorted({task for quarter in {at, *others} for task in works.water[quarter]})
        for at, others in enumerate(through)
    ]
    return Neighbourhoods(
        ids=tuple(quarter.id for quarter in quarters),
        node=ground.quarter_node,
        people=np.array([quarter.people for quarter in quarters], dtype=np.float64),
        water_tasks=Lists.of(water),
        water_facility=np.array([plant.get(q.water_from, NONE) for q in quarters], dtype=np.int64),
        power_tasks=Lists.of(works.power),
        power_facility=np.array([plant.get(q.power_from, NONE) for q in quarters], dtype=np.int64),
        clinics=Lists.of([[plant[clinic] for clinic in q.clinics] for q in quarters]),
        home_tasks=Lists.of(
            [[*own, *site] for own, site in zip(works.housing, works.site, strict=True)]
        ),
        has_now=np.zeros((len(quarters), len(SERVICES)), dtype=np.bool_),
        home_needs=np.array([service in HOME_NEEDS for service in SERVICES]),
    )


def _cut_off(layers: CityLayers, ground: Ground) -> Iterator[Problem]:
    """What no hub is connected with, even when everything is cleared."""
    roads, n_nodes = ground.roads, ground.roads.n_nodes
    ones = np.ones(len(roads.start))
    matrix = csr_array((ones, (roads.start, roads.end)), shape=(n_nodes, n_nodes))
    _, part = connected_components(matrix, directed=False)
    is_reached = np.isin(part, part[roads.hubs])
    named: tuple[tuple[Sequence[_Named], Ints], ...] = (
        (layers.quarters, ground.quarter_node),
        (layers.plants, ground.plant_node),
        (layers.hazards, ground.near[: len(layers.hazards)]),
        (layers.rubble, ground.near[len(layers.hazards) :]),
    )
    for things, nodes in named:
        for thing, node in zip(things, nodes.tolist(), strict=True):
            if not is_reached[node]:
                yield Problem(
                    code="layers.cut-off",
                    where=thing.name,
                    found="no street leads to it from a hub",
                    expected="a street, if only a blocked one",
                    hint="Its tasks stay undone.",
                )
