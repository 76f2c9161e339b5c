"""Which tasks the picture asks for: hazards, debris, networks, clinics, homes.

A task stands only for something that the picture says is open: an unreleased hazard, a link
with debris, a facility that does not work and could be repaired, a network or housing repair
somebody has put a figure on. Its effort is that figure; its reports come with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from takatuf.city.city import City, Neighbourhood
from takatuf.city.facilities import WORKING, Facility
from takatuf.city.hazards import Hazard
from takatuf.city.roads import Link
from takatuf.city.situation import Situation
from takatuf.vocabulary.identity import ReportId, ThingId

SKILLS = ("survey", "clearance", "debris", "power", "water", "health", "housing")
SHORTEST_TASK_DAYS = 0.25  # nothing is planned in less than a quarter of a day
KIND_OF_FACILITY = {
    "power_facility": "power", "water_facility": "water", "health_facility": "health",
}  # fmt: skip
_VERB = {
    "water": "repair the water network of",
    "power": "repair the power network of",
    "home": "repair homes in",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A task before it is numbered."""

    id: ThingId
    name: str
    kind: str
    skill: str
    duration_days: float
    place: ThingId
    other_place: ThingId | None = None  # the other end, for work on a link
    is_trunk: bool = False
    after: tuple[ThingId, ...] = ()  # tasks that must be finished first
    because_of: tuple[ReportId, ...] = ()
    is_assumption: bool  # its effort, or what it stands for, is assumed


def work_of(city: City, clearance_m2_per_day: float) -> tuple[Work, ...]:
    """Return all tasks, in a fixed order.

    Args:
        city: The city on the day.
        clearance_m2_per_day: What one clearance team does in a day: area becomes time by it.
    """
    links = {link.id: link for link in city.roads.links}
    places = frozenset(city.roads.places)
    found = [
        *(w for h in city.hazards for w in _of_hazard(h, city, links, clearance_m2_per_day)),
        *(work for link in city.roads.links for work in _of_link(link, city.situation)),
        *(work for f in city.facilities for work in _of_facility(f, city.situation)),
        *(work for n in city.neighbourhoods for work in _of_neighbourhood(n, city.situation)),
    ]
    return tuple(work for work in found if work.place in places)


def clear_id(hazard: ThingId) -> ThingId:
    """Return the identity of the task that ends with the hazard released."""
    return _task_id("clear", hazard)


def debris_id(link: ThingId) -> ThingId:
    """Return the identity of the task that clears a link of debris."""
    return _task_id("debris", link)


def repair_id(thing: ThingId, kind: str) -> ThingId:
    """Return the identity of a repair: of a facility, or of a neighbourhood's network."""
    return _task_id(kind, thing)


def _task_id(kind: str, thing: ThingId) -> ThingId:
    return ThingId(f"task/{kind}-{thing.replace('/', '-').replace('_', '-')}")


def _of_hazard(
    hazard: Hazard, city: City, links: Mapping[ThingId, Link], clearance_m2_per_day: float
) -> Iterator[Work]:
    place, other = _place_of_hazard(hazard, city, links)
    if place is None:
        return
    survey = _task_id("survey", hazard.id)
    yield Work(
        id=survey,
        name=f"survey {hazard.name}",
        kind="survey",
        skill="survey",
        duration_days=_days(hazard.survey_effort_team_days),
        place=place,
        other_place=other,
        because_of=hazard.because_of,
        is_assumption=hazard.is_assumption,
    )
    yield Work(
        id=clear_id(hazard.id),
        name=f"clear {hazard.name}",
        kind="clear",
        skill="clearance",
        duration_days=_days(hazard.area_to_clear_m2 / clearance_m2_per_day),
        after=(survey,),
        place=place,
        other_place=other,
        because_of=hazard.because_of,
        is_assumption=hazard.is_assumption,
    )


def _place_of_hazard(
    hazard: Hazard, city: City, links: Mapping[ThingId, Link]
) -> tuple[ThingId | None, ThingId | None]:
    """Return where the work on a hazard is: on the first link it touches, else at its place."""
    for thing in hazard.threatens:
        if thing in links:
            return links[thing].start, links[thing].end
    facilities = {facility.id: facility.place for facility in city.facilities}
    for thing in hazard.threatens:
        if thing in city.roads.places:
            return thing, None
        if facilities.get(thing):
            return facilities[thing], None
    return hazard.located_in, None


def _of_link(link: Link, situation: Situation) -> Iterator[Work]:
    if link.debris_effort_team_days > 0:
        yield Work(
            id=debris_id(link.id),
            name=f"remove debris on {link.name}",
            kind="debris",
            skill="debris",
            duration_days=_days(link.debris_effort_team_days),
            place=link.start,
            other_place=link.end,
            after=tuple(clear_id(hazard) for hazard in link.hazards),
            is_assumption=situation.belief(link.id, "debris_effort").is_assumption,
        )


def _of_facility(facility: Facility, situation: Situation) -> Iterator[Work]:
    effort = facility.repair_effort_team_days
    if facility.place is not None and effort and facility.status not in WORKING:
        kind = KIND_OF_FACILITY[facility.type]
        yield Work(
            id=repair_id(facility.id, kind),
            name=f"repair {facility.name}",
            kind=kind,
            skill=kind,
            duration_days=_days(effort),
            place=facility.place,
            is_trunk=kind != "health",
            after=tuple(clear_id(hazard) for hazard in facility.hazards),
            is_assumption=situation.belief(facility.id, "repair_effort").is_assumption,
        )


def _of_neighbourhood(neighbourhood: Neighbourhood, situation: Situation) -> Iterator[Work]:
    efforts = (
        ("water", "water_network_effort", neighbourhood.water_network_team_days),
        ("power", "power_network_effort", neighbourhood.power_network_team_days),
        ("home", "housing_effort", neighbourhood.housing_team_days),
    )
    for kind, name, effort in efforts:
        if effort > 0 and not neighbourhood.has_now[kind]:
            yield Work(
                id=repair_id(neighbourhood.id, kind),
                name=f"{_VERB[kind]} {neighbourhood.name}",
                kind=kind,
                skill="housing" if kind == "home" else kind,
                duration_days=_days(effort),
                place=neighbourhood.id,
                after=tuple(clear_id(hazard) for hazard in neighbourhood.hazards),
                is_assumption=situation.belief(neighbourhood.id, name).is_assumption,
            )


def _days(effort_team_days: float) -> float:
    return max(effort_team_days, SHORTEST_TASK_DAYS)
