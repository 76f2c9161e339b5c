"""Small planning problems: what a test does not name is the simplest that can be."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from takatuf.planning.problem import (
    NONE,
    SERVICES,
    Facilities,
    Lists,
    Neighbourhoods,
    PlanningProblem,
    Roads,
    Tasks,
    Teams,
)
from takatuf.vocabulary.identity import ThingId

SKILLS = ("clearance", "water", "power")
CLEARANCE, WATER_WORKS, POWER_WORKS = range(3)


@dataclass(frozen=True, kw_only=True)
class Job:
    days: float = 1.0
    skill: int = CLEARANCE
    node: int = 0
    other: int = NONE
    area: int = 0
    is_trunk: bool = False
    before: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Crew:
    organisation: int = 0
    skills: tuple[int, ...] = (CLEARANCE, WATER_WORKS, POWER_WORKS)
    areas: tuple[int, ...] = (0, 1)
    may_do_trunk: bool = True
    base: int = 0
    free_from_day: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Street:
    ends: tuple[int, int]
    blocked_by: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Plant:
    node: int = 0
    tasks: tuple[int, ...] = ()
    depends_on: tuple[int, ...] = ()
    any_of: tuple[int, ...] = ()
    never_works: bool = False


@dataclass(frozen=True, kw_only=True)
class Home:
    people: float = 100.0
    node: int = 0
    water: tuple[int, ...] = ()
    water_from: int = NONE
    power: tuple[int, ...] = ()
    power_from: int = NONE
    clinics: tuple[int, ...] = ()
    housing: tuple[int, ...] = ()
    has_now: tuple[int, ...] = ()
    displaced: float = 0.0
    returns_per_day: float = np.inf


@dataclass(frozen=True, kw_only=True)
class Town:
    jobs: Sequence[Job] = ()
    crews: Sequence[Crew] = (Crew(),)
    streets: Sequence[Street] = ()
    plants: Sequence[Plant] = ()
    homes: Sequence[Home] = (Home(),)
    n_nodes: int = 1
    hubs: tuple[int, ...] = (0,)
    day_per_street: float = 0.0
    weights: tuple[float, ...] = (1.0, 1.0, 1.0, 1.0, 1.0)
    home_needs: tuple[int, ...] = ()
    serves: Sequence[Sequence[int]] = field(default=())
    horizon_days: float = 100.0
    return_weight: float = 0.0
    label: str = "organisation"

    def problem(self) -> PlanningProblem:
        n_organisations = 1 + max(crew.organisation for crew in self.crews)
        serves = np.ones((n_organisations, len(SERVICES)), dtype=np.bool_)
        for row, services in enumerate(self.serves):
            serves[row] = [service in services for service in range(len(SERVICES))]
        return PlanningProblem(
            skills=SKILLS,
            areas=(ThingId("place/north"), ThingId("place/south")),
            organisations=tuple(ThingId(f"organisation/{at}") for at in range(n_organisations)),
            organisation_names=tuple(f"{self.label} {at}" for at in range(n_organisations)),
            serves=serves,
            tasks=self._tasks(),
            teams=self._teams(),
            roads=self._roads(),
            facilities=self._facilities(),
            neighbourhoods=self._neighbourhoods(),
            weights=np.array(self.weights),
            horizon_days=self.horizon_days,
            return_weight=self.return_weight,
        )

    def _tasks(self) -> Tasks:
        jobs = self.jobs
        return Tasks(
            ids=tuple(ThingId(f"task/{at}") for at in range(len(jobs))),
            names=tuple(f"job {at}" for at in range(len(jobs))),
            kinds=tuple(SKILLS[job.skill] for job in jobs),
            skill=np.array([job.skill for job in jobs], dtype=np.int64),
            duration_days=np.array([job.days for job in jobs], dtype=np.float64),
            node=np.array([job.node for job in jobs], dtype=np.int64),
            other_node=np.array([job.other for job in jobs], dtype=np.int64),
            area=np.array([job.area for job in jobs], dtype=np.int64),
            is_trunk=np.array([job.is_trunk for job in jobs], dtype=np.bool_),
            before=Lists.of([job.before for job in jobs]),
            because_of=tuple(() for _ in jobs),
        )

    def _teams(self) -> Teams:
        crews = self.crews
        return Teams(
            ids=tuple(ThingId(f"team/{at}") for at in range(len(crews))),
            names=tuple(f"crew {at}" for at in range(len(crews))),
            organisation=np.array([crew.organisation for crew in crews], dtype=np.int64),
            has_skill=np.array([[at in crew.skills for at in range(3)] for crew in crews]),
            may_work_in=np.array([[at in crew.areas for at in range(2)] for crew in crews]),
            may_do_trunk=np.array([crew.may_do_trunk for crew in crews]),
            base=np.array([crew.base for crew in crews], dtype=np.int64),
            free_from_day=np.array([crew.free_from_day for crew in crews], dtype=np.float64),
        )

    def _roads(self) -> Roads:
        travel = np.full((self.n_nodes, self.n_nodes), np.inf)
        np.fill_diagonal(travel, 0.0)
        for street in self.streets:
            one, other = street.ends
            travel[one, other] = travel[other, one] = self.day_per_street
        for via in range(self.n_nodes):
            travel = np.minimum(travel, travel[:, via, None] + travel[None, via, :])
        return Roads(
            node_ids=tuple(ThingId(f"place/node-{at}") for at in range(self.n_nodes)),
            hubs=np.array(self.hubs, dtype=np.int64),
            start=np.array([street.ends[0] for street in self.streets], dtype=np.int64),
            end=np.array([street.ends[1] for street in self.streets], dtype=np.int64),
            length_km=np.ones(len(self.streets)),
            blocked_by=Lists.of([street.blocked_by for street in self.streets]),
            travel_days=travel,
        )

    def _facilities(self) -> Facilities:
        plants = self.plants
        return Facilities(
            ids=tuple(ThingId(f"facility/plant-{at}") for at in range(len(plants))),
            node=np.array([plant.node for plant in plants], dtype=np.int64),
            tasks=Lists.of([plant.tasks for plant in plants]),
            depends_on=Lists.of([plant.depends_on for plant in plants]),
            never_works=np.array([plant.never_works for plant in plants], dtype=np.bool_),
            any_of=Lists.of([plant.any_of for plant in plants]),
        )

    def _neighbourhoods(self) -> Neighbourhoods:
        homes = self.homes
        services = range(len(SERVICES))
        return Neighbourhoods(
            ids=tuple(ThingId(f"place/quarter-{at}") for at in range(len(homes))),
            node=np.array([home.node for home in homes], dtype=np.int64),
            people=np.array([home.people for home in homes], dtype=np.float64),
            water_tasks=Lists.of([home.water for home in homes]),
            water_facility=np.array([home.water_from for home in homes], dtype=np.int64),
            power_tasks=Lists.of([home.power for home in homes]),
            power_facility=np.array([home.power_from for home in homes], dtype=np.int64),
            clinics=Lists.of([home.clinics for home in homes]),
            home_tasks=Lists.of([home.housing for home in homes]),
            has_now=np.array([[at in home.has_now for at in services] for home in homes]),
            home_needs=np.array([at in self.home_needs for at in services]),
            displaced=np.array([home.displaced for home in homes]),
            returns_per_day=np.array([home.returns_per_day for home in homes]),
        )


def two_banks() -> Town:
    """A town on two banks: a mined bridge, a pump behind it, two quarters, three crews."""
    return Town(
        jobs=(
            Job(days=4.0, node=0, other=1),  # 0: the bridge
            Job(days=2.0, node=1),  # 1: mines at the pump
            Job(days=3.0, skill=WATER_WORKS, node=1, area=1, is_trunk=True, before=(1,)),
            Job(days=1.0, skill=WATER_WORKS, node=1, area=1),  # 3: pipes beyond
            Job(days=2.0, skill=WATER_WORKS, node=0),  # 4: pipes here
            Job(days=2.5, skill=POWER_WORKS, node=1, area=1),  # 5: the line beyond
            Job(days=1.5, node=1, area=1),  # 6: mines in the houses beyond
        ),
        crews=(
            Crew(skills=(CLEARANCE,), organisation=0),
            Crew(skills=(WATER_WORKS,), organisation=1, free_from_day=1.0),
            Crew(skills=(POWER_WORKS, WATER_WORKS), organisation=2, may_do_trunk=False, areas=(1,)),
        ),
        streets=(Street(ends=(0, 1), blocked_by=(0,)),),
        plants=(Plant(node=1, tasks=(5,)), Plant(node=1, tasks=(2,), depends_on=(0,))),
        homes=(
            Home(people=900.0, node=0, water=(4,), water_from=1, has_now=(2,), clinics=(0,)),
            Home(people=400.0, node=1, water=(3,), water_from=1, power_from=0, housing=(6,)),
        ),
        n_nodes=2,
        day_per_street=0.5,
        home_needs=(1, 2),
        serves=((0, 4), (1,), (2,)),
    )


def random_town(rng: np.random.Generator, n_jobs: int) -> Town:
    """A small town of any kind; some of its tasks may be impossible."""
    n_nodes = int(rng.integers(1, 4))

    def some(count: int, share: float) -> tuple[int, ...]:
        return tuple(at for at in range(count) if rng.random() < share)

    def job(number: int) -> Job:
        return Job(
            days=float(rng.integers(1, 9)) / 2,
            skill=int(rng.integers(2)),
            node=int(rng.integers(n_nodes)),
            other=int(rng.integers(-1, n_nodes)),
            area=int(rng.integers(2)),
            is_trunk=bool(rng.random() < 0.2),
            before=some(number, 0.2),
        )

    def crew(number: int) -> Crew:
        return Crew(
            organisation=number,
            skills=(number % 2, *some(2, 0.5)),
            areas=(0, 1) if rng.random() < 0.8 else (1,),
            may_do_trunk=bool(rng.random() < 0.8),
            base=int(rng.integers(n_nodes)),
            free_from_day=float(rng.integers(3)) if rng.random() < 0.5 else 0.0,
        )

    def home(_: int) -> Home:
        return Home(
            people=float(rng.integers(1, 1000)),
            node=int(rng.integers(n_nodes)),
            water=some(n_jobs, 0.3),
            water_from=int(rng.integers(-1, 3)),
            power=some(n_jobs, 0.2),
            power_from=int(rng.integers(-1, 2)),
            clinics=some(2, 0.6),
            housing=some(n_jobs, 0.2),
            has_now=some(5, 0.1),
            displaced=float(rng.integers(500)) if rng.random() < 0.5 else 0.0,
            returns_per_day=float(rng.integers(1, 100)) if rng.random() < 0.7 else np.inf,
        )

    streets = [Street(ends=(at, at + 1), blocked_by=some(n_jobs, 0.2)) for at in range(n_nodes - 1)]
    streets += [Street(ends=(0, n_nodes - 1), blocked_by=some(n_jobs, 0.3))] * (n_nodes > 1)
    return Town(
        jobs=[job(number) for number in range(n_jobs)],
        crews=[crew(number) for number in range(int(rng.integers(2, 4)))],
        streets=streets,
        plants=(
            Plant(node=int(rng.integers(n_nodes)), tasks=some(n_jobs, 0.3)),
            Plant(tasks=some(n_jobs, 0.2), depends_on=(0,), never_works=bool(rng.random() < 0.1)),
            Plant(tasks=some(n_jobs, 0.3), any_of=some(2, 0.5)),
        ),
        homes=[home(number) for number in range(2)],
        n_nodes=n_nodes,
        day_per_street=float(rng.integers(3)) / 4,
        weights=tuple(float(rng.integers(4)) for _ in SERVICES),
        home_needs=some(4, 0.5),
        horizon_days=float(rng.integers(8, 40)),
        return_weight=float(rng.integers(3)),
    )
