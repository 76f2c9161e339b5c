"""Build the planning problem of a city: tasks, teams, roads and people as arrays.

The problem is a pure function of the city on its day and of the request. Everything that
nobody reported comes from data: a mandate or a base from statements of the source "Takatuf demo
assumptions" or of whoever replaces them, an effort from the rules of `planning/efforts`. No
figure of that kind stands here.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from takatuf.city.city import HOME_NEEDS, City
from takatuf.city.facilities import WORKING, Facility
from takatuf.city.situation import Situation
from takatuf.planning.building.teams import Team, clearance_m2_per_day, teams_of
from takatuf.planning.efforts import estimator_for, load_rules
from takatuf.planning.problem import (
    NONE,
    SERVICES,
    Facilities,
    Flags,
    Floats,
    Ints,
    Lists,
    Neighbourhoods,
    PlanningProblem,
    Roads,
    Tasks,
    Teams,
)
from takatuf.planning.request import DEFAULT_QUANTILE, PlanRequest, problems_of_request
from takatuf.planning.tasks import (
    KIND_OF_FACILITY,
    SKILLS,
    Work,
    clear_id,
    debris_id,
    educate_id,
    repair_id,
    works_by,
)
from takatuf.vocabulary.errors import InputError, Problem
from takatuf.vocabulary.identity import ThingId


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The number of each place, task and facility."""

    place: Mapping[ThingId, int]
    task: Mapping[ThingId, int]
    facility: Mapping[ThingId, int]
    area: Mapping[ThingId, int]

    def tasks(self, ids: Collection[ThingId]) -> list[int]:
        """Return the numbers of those of these tasks that exist."""
        return [self.task[task] for task in ids if task in self.task]


def build_problem(city: City, request: PlanRequest) -> PlanningProblem:
    """Return the problem of this city and request.

    Raises:
        InputError: The picture cannot be planned for: no teams, no entry, no people; or the
            request asks for nothing: no time, no evaluations.
    """
    _refuse_what_is_no_request(request)
    situation = city.situation
    teams = teams_of(situation, city.roads.places)
    _refuse_what_is_empty(city, teams)
    works = works_of(city, request.effort_quantile)
    areas = _areas(situation, city)
    numbers = _Numbers(
        place={place: n for n, place in enumerate(city.roads.places)},
        task={work.id: n for n, work in enumerate(works)},
        facility={facility.id: n for n, facility in enumerate(city.facilities)},
        area={area: n for n, area in enumerate(areas)},
    )
    organisations = tuple(sorted({team.organisation for team in teams}))
    return PlanningProblem(
        skills=SKILLS,
        areas=areas,
        organisations=organisations,
        organisation_names=tuple(situation.names.of(o) for o in organisations),
        serves=_serves(situation, organisations),
        tasks=_tasks(works, city, numbers),
        teams=_teams(teams, organisations, situation, areas, numbers),
        roads=_roads(city, numbers, request),
        facilities=_facilities(city.facilities, numbers),
        neighbourhoods=_neighbourhoods(city, numbers),
        return_weight=request.return_weight,
        weights=np.array([request.weights[service] for service in SERVICES], float),
        horizon_days=request.horizon_days,
    )


def works_of(city: City, effort_quantile: float = DEFAULT_QUANTILE) -> tuple[Work, ...]:
    """Return the tasks of a city, numbered as in its problem.

    Args:
        city: The city on the day.
        effort_quantile: Of the range of work that nobody put a figure on: what is planned with.
    """
    situation = city.situation
    rate = clearance_m2_per_day(teams_of(situation, city.roads.places))
    return works_by(city, estimator_for(situation, effort_quantile), rate)


def _refuse_what_is_no_request(request: PlanRequest) -> None:
    problems = problems_of_request(request)
    if problems:
        raise InputError(problems)


def _refuse_what_is_empty(city: City, teams: Sequence[Team]) -> None:
    found = {
        "a team with an organisation, a skill and a base": teams,
        "an entry: a place of kind entry": city.roads.entries,
        "a neighbourhood with residents": city.neighbourhoods,
    }
    missing = [
        Problem(
            code="plan.nothing-to-plan-with",
            where="the picture",
            found="none",
            expected=expected,
            hint="Import them first; the layouts are in docs/reference/formats.md.",
        )
        for expected, things in found.items()
        if not things
    ]
    if missing:
        raise InputError(missing)


def _areas(situation: Situation, city: City) -> tuple[ThingId, ...]:
    """Return the sectors in use; a place without one is an area by itself."""
    return tuple(sorted({_area_of(situation, place) for place in city.roads.places}))


def _area_of(situation: Situation, place: ThingId) -> ThingId:
    for whole in situation.referred(place, "part_of"):
        if situation.word(whole, "kind") == "sector":
            return whole
    return place


def _serves(situation: Situation, organisations: Sequence[ThingId]) -> Flags:
    return np.array(
        [
            [service in situation.words(organisation, "serves") for service in SERVICES]
            for organisation in organisations
        ],
        bool,
    )


def _tasks(works: Sequence[Work], city: City, numbers: _Numbers) -> Tasks:
    area = [numbers.area[_area_of(city.situation, work.place)] for work in works]
    other = [numbers.place.get(work.other_place or ThingId(""), NONE) for work in works]
    return Tasks(
        ids=tuple(work.id for work in works),
        names=tuple(work.name for work in works),
        kinds=tuple(work.kind for work in works),
        skill=np.array([SKILLS.index(work.skill) for work in works], np.int64),
        duration_days=np.array([work.duration_days for work in works], float),
        node=np.array([numbers.place[work.place] for work in works], np.int64),
        other_node=np.array(other, np.int64),
        area=np.array(area, np.int64),
        is_trunk=np.array([work.is_trunk for work in works], bool),
        before=Lists.of([numbers.tasks(work.after) for work in works]),
        because_of=tuple(work.because_of for work in works),
    )


def _teams(
    teams: Sequence[Team],
    organisations: Sequence[ThingId],
    situation: Situation,
    areas: Sequence[ThingId],
    numbers: _Numbers,
) -> Teams:
    wholes = {a: {a, *situation.weigher.gatherer.places.wholes_of(a)} for a in areas}
    return Teams(
        ids=tuple(team.id for team in teams),
        names=tuple(team.name for team in teams),
        organisation=np.array([organisations.index(t.organisation) for t in teams], np.int64),
        has_skill=np.array([[skill in t.skills for skill in SKILLS] for t in teams], bool),
        may_work_in=np.array(
            [[bool(wholes[area] & set(team.may_work_in)) for area in areas] for team in teams], bool
        ),
        may_do_trunk=np.array([team.may_do_trunk_works for team in teams], bool),
        base=np.array([numbers.place[team.base] for team in teams], np.int64),
        free_from_day=np.zeros(len(teams)),
    )


def _roads(city: City, numbers: _Numbers, request: PlanRequest) -> Roads:
    links = city.roads.links
    start = np.array([numbers.place[link.start] for link in links], np.int64)
    end = np.array([numbers.place[link.end] for link in links], np.int64)
    length_km = np.array([link.length_km for link in links], float)
    blocked_by = [
        numbers.tasks([*(clear_id(hazard) for hazard in link.hazards), debris_id(link.id)])
        for link in links
    ]
    return Roads(
        node_ids=city.roads.places,
        hubs=np.array([numbers.place[entry] for entry in city.roads.entries], np.int64),
        start=start,
        end=end,
        length_km=length_km,
        blocked_by=Lists.of(blocked_by),
        travel_days=_travel_days(start, end, length_km, len(city.roads.places), request),
    )


def _travel_days(
    start: Ints, end: Ints, length_km: Floats, n_places: int, request: PlanRequest
) -> Floats:
    """Return shortest times between all places, blocked links included (Floyd 1962)."""
    km = np.full((n_places, n_places), np.inf)
    np.fill_diagonal(km, 0.0)
    np.minimum.at(km, (start, end), length_km)
    np.minimum.at(km, (end, start), length_km)
    for middle in range(n_places):
        np.minimum(km, km[:, middle, None] + km[None, middle, :], out=km)
    return np.where(np.isfinite(km), km / request.travel_km_per_day, request.horizon_days)


def _facilities(facilities: Sequence[Facility], numbers: _Numbers) -> Facilities:
    tasks = [numbers.tasks([repair_id(f.id, KIND_OF_FACILITY[f.type])]) for f in facilities]
    nowhere = 0  # a facility without a place never works, so its node is not looked at
    return Facilities(
        ids=tuple(facility.id for facility in facilities),
        node=np.array([numbers.place.get(f.place or ThingId(""), nowhere) for f in facilities]),
        tasks=Lists.of(tasks),
        depends_on=Lists.of([[numbers.facility[d] for d in f.depends_on] for f in facilities]),
        never_works=np.array(
            [
                facility.place is None or not (tasks[n] or facility.status in WORKING)
                for n, facility in enumerate(facilities)
            ],
            bool,
        ),
    )


def _neighbourhoods(city: City, numbers: _Numbers) -> Neighbourhoods:
    people = city.neighbourhoods

    def own(kind: str) -> Lists:
        return Lists.of([numbers.tasks([repair_id(n.id, kind)]) for n in people])

    def feeding(fed_by: Sequence[ThingId | None]) -> Ints:
        return np.array([numbers.facility.get(f or ThingId(""), NONE) for f in fed_by], np.int64)

    homes = [
        numbers.tasks(
            [repair_id(n.id, "home"), *(clear_id(h) for h in n.hazards), educate_id(n.id)]
        )
        for n in people
    ]
    displaced = np.array(
        [city.situation.number(n.id, "people_expected_to_return") or 0.0 for n in people], float
    )
    return Neighbourhoods(
        ids=tuple(n.id for n in people),
        node=np.array([numbers.place[n.id] for n in people], np.int64),
        people=np.array([n.people for n in people], float),
        water_tasks=own("water"),
        water_facility=feeding([n.water_fed_by for n in people]),
        power_tasks=own("power"),
        power_facility=feeding([n.power_fed_by for n in people]),
        clinics=Lists.of(
            [[numbers.facility[c] for c in n.clinics if c in numbers.facility] for n in people]
        ),
        home_tasks=Lists.of(homes),
        has_now=np.array([[n.has_now[service] for service in SERVICES] for n in people], bool),
        home_needs=np.array([service in HOME_NEEDS for service in SERVICES], bool),
        displaced=displaced if displaced.any() else None,
        returns_per_day=_returns_per_day(displaced) if displaced.any() else None,
    )


def _returns_per_day(displaced: Floats) -> Floats:
    # Never nobody at all, so that whoever is left comes back on some day.
    return np.maximum(load_rules().return_share_per_day * displaced, 1.0)
