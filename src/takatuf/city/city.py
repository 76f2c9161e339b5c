"""The city on one day: who has which service, and on what each of them depends."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from takatuf.city.facilities import Facility, facilities_of
from takatuf.city.hazards import Hazard, open_hazards
from takatuf.city.roads import Roads, reach, roads_of
from takatuf.city.situation import Situation
from takatuf.vocabulary.identity import ThingId

HOME_NEEDS = ("access", "water")  # a home needs these, a site free of hazards, and repair


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """Where people live."""

    id: ThingId
    name: str
    area: ThingId | None  # its sector
    people: float
    is_people_assumed: bool
    water_fed_by: ThingId | None
    power_fed_by: ThingId | None
    clinics: tuple[ThingId, ...]
    hazards: tuple[ThingId, ...]  # open ones on the site
    water_network_team_days: float
    power_network_team_days: float
    housing_team_days: float
    has_now: Mapping[str, bool]
    why: Mapping[str, str]  # by service: the belief that the state of today rests on


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """Everything that a plan can be built from."""

    situation: Situation
    neighbourhoods: tuple[Neighbourhood, ...]
    hazards: tuple[Hazard, ...]
    roads: Roads
    facilities: tuple[Facility, ...]
    uncounted: tuple[ThingId, ...]  # neighbourhoods whose people nobody has counted: left out

    def without(self, service: str) -> float:
        """Return how many people do not have a service today."""
        return sum(n.people for n in self.neighbourhoods if not n.has_now[service])


def city_of(situation: Situation) -> City:
    """Return the city as the picture has it on the situation's day.

    What is unknown errs to safety: a service that nobody reports is not there, a hazard
    without a release document is open.
    """
    quarters = [p for p in situation.things("place") if _is_neighbourhood(situation, p)]
    counted = {p for p in quarters if situation.number(p, "residents") is not None}
    places = tuple(place for place in quarters if place in counted)
    hazards = open_hazards(situation)
    roads = roads_of(situation, places, hazards)
    facilities = facilities_of(situation, roads.places, hazards)
    reached = reach(roads)
    on_site = _on_site(hazards, places)
    working = frozenset(f.id for f in facilities if f.works_now and f.place in reached)
    return City(
        situation=situation,
        neighbourhoods=tuple(
            _neighbourhood(situation, place, on_site.get(place, ()), reached, working)
            for place in places
        ),
        hazards=hazards,
        roads=roads,
        facilities=facilities,
        uncounted=tuple(place for place in quarters if place not in counted),
    )


def _is_neighbourhood(situation: Situation, place: ThingId) -> bool:
    return situation.word(place, "kind") == "neighbourhood"


def _on_site(
    hazards: Collection[Hazard], places: Collection[ThingId]
) -> Mapping[ThingId, tuple[ThingId, ...]]:
    found: dict[ThingId, list[ThingId]] = defaultdict(list)
    for hazard in hazards:
        for thing in hazard.threatens:
            if thing in places:
                found[thing].append(hazard.id)
    return {place: tuple(ids) for place, ids in found.items()}


def _neighbourhood(
    situation: Situation,
    place: ThingId,
    hazards: tuple[ThingId, ...],
    reached: Collection[ThingId],
    working: Collection[ThingId],
) -> Neighbourhood:
    clinics = situation.referred(place, "may_use_clinic")
    housing = situation.number(place, "housing_effort") or 0.0
    has_now = {
        "access": place in reached,
        "water": situation.word(place, "network_supply_status") == "restored",
        "power": situation.word(place, "power_supply_status") == "restored",
        "health": place in reached and any(clinic in working for clinic in clinics),
    }
    needs_met = all(has_now[service] for service in HOME_NEEDS)
    has_now["home"] = needs_met and not hazards and housing == 0
    residents = situation.belief(place, "residents")
    return Neighbourhood(
        id=place,
        name=situation.names.of(place),
        area=_sector(situation, place),
        people=situation.number(place, "residents") or 0.0,
        is_people_assumed=residents.is_assumption,
        water_fed_by=situation.thing(place, "water_fed_by"),
        power_fed_by=situation.thing(place, "power_fed_by"),
        clinics=clinics,
        hazards=hazards,
        water_network_team_days=situation.number(place, "water_network_effort") or 0.0,
        power_network_team_days=situation.number(place, "power_network_effort") or 0.0,
        housing_team_days=housing,
        has_now=has_now,
        why=_why(situation, place, has_now, n_hazards=len(hazards), n_clinics=len(clinics)),
    )


def _sector(situation: Situation, place: ThingId) -> ThingId | None:
    for whole in situation.referred(place, "part_of"):
        if situation.word(whole, "kind") == "sector":
            return whole
    return None


def _why(
    situation: Situation,
    place: ThingId,
    has_now: Mapping[str, bool],
    *,
    n_hazards: int,
    n_clinics: int,
) -> Mapping[str, str]:
    way = "an open way" if has_now["access"] else "no way without an open hazard or debris"
    clinic = "one that works" if has_now["health"] else "none that works and can be reached"
    return {
        "access": f"{way} from an entry, in the road model",
        "water": _status_text(situation, place, "network_supply_status"),
        "power": _status_text(situation, place, "power_supply_status"),
        "health": f"{n_clinics} health points assigned, {clinic}",
        "home": f"{n_hazards} open hazards on the site",
    }


def _status_text(situation: Situation, place: ThingId, name: str) -> str:
    belief = situation.belief(place, name)
    assumed = ", assumed" if belief.is_assumption else ""
    acting = f", acting on {belief.act_on}" if belief.act_on and not belief.value else ""
    shown = f" {belief.value}" if belief.value else ""
    return f"{belief.status}:{shown}{acting}{assumed}".replace(":,", ":")
