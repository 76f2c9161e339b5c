"""Turn a city and its plan into what the map shows: places, links, and sites by their quarter.

Health facilities are not among the sites, and no site is drawn closer than its quarter: the
map shows who has a service, not where to hit it.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from takatuf.actions.city_pages.plan_views import day_or_none
from takatuf.actions.make_plan import PlanMade
from takatuf.actions.read_picture import Reading
from takatuf.actions.views import name_of
from takatuf.city.city import City
from takatuf.formats.city_report import LinkView, PlaceView, SiteView
from takatuf.planning.problem import Floats
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.place import Point, centre_of, to_metres
from takatuf.vocabulary.services import SERVICES

_SITE_KINDS = {"water_facility": "water", "power_facility": "power"}

Plane = Mapping[ThingId, tuple[float, float]]


def plane_of(made: PlanMade) -> Plane:
    """Return every place of the road model in metres east and north of the city's middle."""
    situation = made.city.situation
    points = {place: situation.point(place) for place in made.city.roads.places}
    known = {place: point for place, point in points.items() if isinstance(point, Point)}
    if not known:
        return {}
    metres = to_metres(tuple(known.values()), centre_of(tuple(known.values())))
    return {
        place: (float(east), float(north))
        for place, (east, north) in zip(known, metres, strict=True)
    }


def place_views(made: PlanMade, reading: Reading, plane: Plane) -> tuple[PlaceView, ...]:
    """Return the neighbourhoods, then the entries, that have a position."""
    service_day = made.comparison.together.outcome.served.service_day
    hazard_of = _hazard_by_place(made.city)
    views = [
        PlaceView(
            thing=n.id,
            name=name_of(n.id, reading),
            east_m=plane[n.id][0],
            north_m=plane[n.id][1],
            people=n.people,
            hazard=hazard_of.get(n.id, ""),
            has_now=dict(n.has_now),
            service_day=_days(service_day, row, made.request.horizon_days),
            why=dict(n.why),
        )
        for row, n in enumerate(made.city.neighbourhoods)
        if n.id in plane
    ]
    return (*views, *_entry_views(made, reading, plane))


def _days(service_day: Floats, row: int, horizon_days: float) -> dict[str, float | None]:
    return {
        service: day_or_none(service_day[row, column], horizon_days)
        for column, service in enumerate(SERVICES)
    }


def _entry_views(made: PlanMade, reading: Reading, plane: Plane) -> Iterator[PlaceView]:
    for entry in made.city.roads.entries:
        if entry in plane:
            yield PlaceView(
                thing=entry,
                name=name_of(entry, reading),
                east_m=plane[entry][0],
                north_m=plane[entry][1],
                people=0.0,
                hazard="",
                has_now=dict.fromkeys(SERVICES, True),
                service_day=dict.fromkeys(SERVICES, 0.0),
                why={"access": "an entry to the city"},
                is_entry=True,
            )


def _hazard_by_place(city: City) -> dict[ThingId, str]:
    return {
        thing: hazard.state.replace("_", " ")
        for hazard in city.hazards
        for thing in hazard.threatens
    }


def link_views(made: PlanMade, places: tuple[PlaceView, ...]) -> tuple[LinkView, ...]:
    """Return the links between places of the map, with the day each opens in the joint plan."""
    number = {place.thing: n for n, place in enumerate(places)}
    hazard_of = _hazard_by_place(made.city)
    opens = _opening_days(made)
    return tuple(
        LinkView(
            start=number[link.start],
            end=number[link.end],
            is_main=link.is_main,
            opens_on_day=day_or_none(opens[row], made.request.horizon_days),
            hazard=hazard_of.get(link.id, ""),
        )
        for row, link in enumerate(made.city.roads.links)
        if link.start in number and link.end in number
    )


def _opening_days(made: PlanMade) -> list[float]:
    end_day = np.full(made.problem.n_tasks, np.inf)
    for work in made.comparison.together.outcome.plan.assignments:
        end_day[work.task] = work.end_day
    blocked_by = made.problem.roads.blocked_by
    return [
        max((float(end_day[task]) for task in blocked_by.row(edge)), default=0.0)
        for edge in range(len(blocked_by))
    ]


def site_views(made: PlanMade, reading: Reading, plane: Plane) -> tuple[SiteView, ...]:
    """Return water and power sites in the middle of their quarter, and nowhere closer."""
    works = _working_days(made)
    middle = {f.id: plane.get(f.place) for f in made.city.facilities if f.place}
    return tuple(
        SiteView(
            kind=_SITE_KINDS[facility.type],
            name=name_of(facility.id, reading),
            east_m=at[0],
            north_m=at[1],
            status=facility.status.replace("_", " ") or "unknown",
            works_on_day=day_or_none(works[row], made.request.horizon_days),
        )
        for row, facility in enumerate(made.city.facilities)
        if facility.type in _SITE_KINDS and (at := middle.get(facility.id))
    )


def _working_days(made: PlanMade) -> list[float]:
    facilities = made.problem.facilities
    end_day = np.full(made.problem.n_tasks, np.inf)
    for work in made.comparison.together.outcome.plan.assignments:
        end_day[work.task] = work.end_day
    days: list[float] = []
    for row in range(len(facilities.ids)):
        own = [float(end_day[task]) for task in facilities.tasks.row(row)]
        before = [days[facility] for facility in facilities.depends_on.row(row)]
        never = [np.inf] if facilities.never_works[row] else []
        days.append(max([0.0, *own, *before, *never]))
    return days
