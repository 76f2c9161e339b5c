"""The tasks of a city from its layers, in the order in which work follows work.

Survey, clearance and debris come first, then plants, then the works of each quarter. A
quarter's works are cut into strips from south to north; each strip waits for the hazards and
the debris that lie in it.
"""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from takatuf.city.streets.graph import NONE
from takatuf.city.streets.plane import Plane
from takatuf.planning.efforts import Estimator
from takatuf.planning.layers.city_layers import CityLayers
from takatuf.planning.layers.ground import Ground
from takatuf.planning.layers.rules import LayerRules, QuarterWork
from takatuf.planning.tasks import (
    KIND_OF_FACILITY,
    SHORTEST_TASK_DAYS,
    clear_id,
    debris_id,
    repair_id,
)
from takatuf.planning.tasks.work import survey_id
from takatuf.vocabulary.errors import InputError, Problem
from takatuf.vocabulary.identity import ThingId

_METRES_PER_KM = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A task; other tasks are known by their numbers in the list."""

    id: ThingId
    name: str
    kind: str
    skill: str
    days: float
    node: int
    other_node: int = NONE
    quarter: int
    is_trunk: bool = False
    after: tuple[int, ...] = ()


@dataclass(slots=True)
class Works:
    """All tasks, and which of them each thing waits for."""

    jobs: list[Job] = field(default_factory=list)
    clear: list[int] = field(default_factory=list)  # of each hazard
    debris: list[int] = field(default_factory=list)  # of each rubble
    plant: list[list[int]] = field(default_factory=list)  # of each plant: none, or its repair
    water: list[list[int]] = field(default_factory=list)  # of each quarter, as are all below
    power: list[list[int]] = field(default_factory=list)
    housing: list[list[int]] = field(default_factory=list)
    site: list[list[int]] = field(default_factory=list)  # clearances within it

    def add(self, job: Job) -> int:
        """Append a task and return its number."""
        self.jobs.append(job)
        return len(self.jobs) - 1


def works_of(layers: CityLayers, ground: Ground, estimator: Estimator, rules: LayerRules) -> Works:
    """Return the tasks of layers on their ground.

    Raises:
        InputError: There is no rule of effort for the grade of a plant.
    """
    works = Works()
    _add_hazards(works, layers, ground, estimator)
    _add_rubble(works, layers, ground, estimator)
    _add_plants(works, layers, ground, estimator, rules.plant_site_m)
    in_the_way = _in_the_way(works, ground)
    for number in range(len(layers.quarters)):
        works.site.append([clear for _, clear, is_site in in_the_way[number] if is_site])
        obstacles = [task for _, task, _ in in_the_way[number]]
        for work, rows in (
            (rules.water, works.water),
            (rules.power, works.power),
            (rules.housing, works.housing),
        ):
            rows.append(_quarter_jobs(works, layers, ground, (number, work, obstacles)))
    return works


def _add_hazards(works: Works, layers: CityLayers, ground: Ground, estimator: Estimator) -> None:
    for number, hazard in enumerate(layers.hazards):
        survey = estimator.by_rule(estimator.rules.of_hazard("survey", hazard.state))
        rule = estimator.rules.of_hazard("clear", hazard.state, "1000 m2")
        clear = estimator.by_rule(rule, hazard.area_m2)
        where = int(ground.near[number]), int(ground.far[number])
        quarter = int(ground.hazard_quarter[number])
        before = works.add(
            Job(
                id=survey_id(hazard.id),
                name=f"survey {hazard.name}",
                kind="survey",
                skill="survey",
                days=max(survey.planned_days, SHORTEST_TASK_DAYS),
                node=where[0],
                other_node=where[1],
                quarter=quarter,
            )
        )
        works.clear.append(
            works.add(
                Job(
                    id=clear_id(hazard.id),
                    name=f"clear {hazard.name}",
                    kind="clear",
                    skill="clearance",
                    days=max(clear.planned_days, SHORTEST_TASK_DAYS),
                    node=where[0],
                    other_node=where[1],
                    quarter=quarter,
                    after=(before,),
                )
            )
        )


def _add_rubble(works: Works, layers: CityLayers, ground: Ground, estimator: Estimator) -> None:
    rule = estimator.rules.find("debris", "road_segment", "blocked", "km")
    for number, rubble in enumerate(layers.rubble):
        blocker = len(layers.hazards) + number
        km = float(layers.streets.length_m[list(rubble.edges)].sum()) / _METRES_PER_KM
        days = estimator.by_rule(rule, km).planned_days if rule else 0.0
        works.debris.append(
            works.add(
                Job(
                    id=debris_id(rubble.id),
                    name=rubble.name,
                    kind="debris",
                    skill="debris",
                    days=max(days, SHORTEST_TASK_DAYS),
                    node=int(ground.near[blocker]),
                    other_node=int(ground.far[blocker]),
                    quarter=int(ground.rubble_quarter[number]),
                    after=tuple(works.clear[at] for at in ground.rubble_waits[number]),
                )
            )
        )


def _add_plants(
    works: Works, layers: CityLayers, ground: Ground, estimator: Estimator, site_m: float
) -> None:
    plane = Plane.of(layers.streets)
    lon = np.array([plant.point.lon for plant in layers.plants], dtype=np.float64)
    lat = np.array([plant.point.lat for plant in layers.plants], dtype=np.float64)
    sites, hazards = plane.metres(lon, lat), plane.metres(*ground.hazard_place.T)
    problems = []
    for number, plant in enumerate(layers.plants):
        kind = KIND_OF_FACILITY[plant.kind]
        rule = estimator.rules.find(kind, plant.kind, plant.grade)
        if plant.grade and rule is None:
            problems.append(_no_rule(plant.name, plant.grade))
        if not plant.grade or rule is None:
            works.plant.append([])
            continue
        reach = site_m + np.array([hazard.radius_m for hazard in layers.hazards])
        near = np.flatnonzero(np.hypot(*(hazards - sites[number]).T) <= reach)
        job = Job(
            id=repair_id(plant.id, kind),
            name=f"repair {plant.name}",
            kind=kind,
            skill=rule.skill,
            days=max(estimator.by_rule(rule).planned_days, SHORTEST_TASK_DAYS),
            node=int(ground.plant_node[number]),
            quarter=_nearest_quarter(ground, int(ground.plant_node[number])),
            is_trunk=plant.kind != "health_facility",
            after=tuple(works.clear[at] for at in near.tolist()),
        )
        works.plant.append([works.add(job)])
    if problems:
        raise InputError(problems)


def _nearest_quarter(ground: Ground, node: int) -> int:
    return int(np.argmin(ground.travel_days[ground.quarter_node, node]))


def _no_rule(where: str, grade: str) -> Problem:
    return Problem(
        code="layers.unknown-name", where=where, found=grade, expected="a grade with an effort"
    )


def _in_the_way(works: Works, ground: Ground) -> dict[int, list[tuple[float, int, bool]]]:
    """Return for each quarter what is to be cleared there from south to north."""
    found: defaultdict[int, list[tuple[float, int, bool]]] = defaultdict(list)
    for at, quarter in enumerate(ground.hazard_quarter.tolist()):
        found[quarter].append((float(ground.hazard_place[at, 1]), works.clear[at], True))
    for at, quarter in enumerate(ground.rubble_quarter.tolist()):
        found[quarter].append((float(ground.rubble_place[at, 1]), works.debris[at], False))
    for rows in found.values():
        rows.sort()
    return found


def _quarter_jobs(
    works: Works, layers: CityLayers, ground: Ground, what: tuple[int, QuarterWork, list[int]]
) -> list[int]:
    number, work, obstacles = what
    quarter = layers.quarters[number]
    parts = work.parts(quarter.damaged)
    strips = np.array_split(np.array(obstacles, dtype=np.int64), len(parts)) if parts else []
    return [
        works.add(
            Job(
                id=ThingId(f"{repair_id(quarter.id, work.skill)}-{part + 1}"),
                name=f"{work.skill}, {quarter.name}, part {part + 1} of {len(parts)}",
                kind=work.skill,
                skill=work.skill,
                days=max(days, SHORTEST_TASK_DAYS),
                node=int(ground.quarter_node[number]),
                quarter=number,
                after=tuple(strip.tolist()),
            )
        )
        for part, (days, strip) in enumerate(zip(parts, strips, strict=True))
    ]
