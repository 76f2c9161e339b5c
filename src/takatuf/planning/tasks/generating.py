"""Which tasks the picture asks for, each with how much work it is.

A task stands only for something that the picture says is open: an unreleased hazard, a link
that is blocked, a facility that is said not to work, a network or housing repair somebody has
put a figure on, people who would come back to a place with hazards. Its effort is the figure
that was given; where there is none a rule in data gives a range, and where no rule fits there
is no task.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from takatuf.city.city import City, Neighbourhood
from takatuf.city.facilities import WORKING, Facility
from takatuf.city.hazards import Hazard
from takatuf.city.roads import Link
from takatuf.planning.efforts import Effort, Estimator
from takatuf.planning.tasks.work import (
    KIND_OF_FACILITY,
    Work,
    clear_id,
    debris_id,
    educate_id,
    repair_id,
    survey_id,
)
from takatuf.vocabulary.identity import ThingId

_VERB = {
    "water": "repair the water network of",
    "power": "repair the power network of",
    "home": "repair homes in",
}


def works_by(
    city: City, estimator: Estimator, clearance_m2_per_day: float | None
) -> tuple[Work, ...]:
    """Return all tasks, in a fixed order.

    Args:
        city: The city on the day.
        estimator: Says how much work each is.
        clearance_m2_per_day: What one clearance team says it does in a day: area becomes time
            by it. None: nobody says, and the rule's rate counts.
    """
    asked = _Asked(city, estimator, clearance_m2_per_day)
    places = frozenset(city.roads.places)
    found = [
        *(work for hazard in city.hazards for work in asked.by_hazard(hazard)),
        *(work for link in city.roads.links for work in asked.by_link(link)),
        *(work for facility in city.facilities for work in asked.by_facility(facility)),
        *(work for place in city.neighbourhoods for work in asked.by_neighbourhood(place)),
        *(work for place in city.neighbourhoods for work in asked.by_returns(place)),
    ]
    return tuple(work for work in found if work.place in places)


@dataclass(frozen=True)
class _Asked:
    """What each thing of a city asks for."""

    city: City
    estimator: Estimator
    clearance_m2_per_day: float | None

    @cached_property
    def links(self) -> Mapping[ThingId, Link]:
        return {link.id: link for link in self.city.roads.links}

    @cached_property
    def place_of_facility(self) -> Mapping[ThingId, ThingId | None]:
        return {facility.id: facility.place for facility in self.city.facilities}

    def by_hazard(self, hazard: Hazard) -> Iterator[Work]:
        place, other = self._place_of_hazard(hazard)
        if place is None:
            return
        survey = survey_id(hazard.id)
        steps: tuple[tuple[str, str, ThingId, Effort, tuple[ThingId, ...]], ...] = (
            ("survey", "survey", survey, self._survey(hazard), ()),
            ("clear", "clearance", clear_id(hazard.id), self._clearance(hazard), (survey,)),
        )
        for kind, skill, task, effort, after in steps:
            yield Work(
                id=task,
                name=f"{kind} {hazard.name}",
                kind=kind,
                skill=skill,
                effort=effort,
                after=after,
                place=place,
                other_place=other,
                because_of=hazard.because_of,
                is_thing_assumed=hazard.is_assumption,
            )

    def by_link(self, link: Link) -> Iterator[Work]:
        situation, days = self.city.situation, link.debris_effort_team_days
        belief = situation.belief(link.id, "debris_effort")
        effort = self._figure("debris", days, is_assumption=belief.is_assumption)
        if effort is None and not link.hazards and belief.act_on is None:
            word = situation.word(link.id, "passability")
            effort = self._rule("debris", "road_segment", word, "km", link.length_km)
        if effort is not None:
            yield Work(
                id=debris_id(link.id),
                name=f"remove debris on {link.name}",
                kind="debris",
                skill="debris",
                effort=effort,
                place=link.start,
                other_place=link.end,
                after=tuple(clear_id(hazard) for hazard in link.hazards),
            )

    def by_facility(self, facility: Facility) -> Iterator[Work]:
        if facility.place is None or facility.status in WORKING:
            return
        kind = KIND_OF_FACILITY[facility.type]
        effort = self._repair(facility, kind)
        if effort is not None:
            yield Work(
                id=repair_id(facility.id, kind),
                name=f"repair {facility.name}",
                kind=kind,
                skill=kind,
                effort=effort,
                place=facility.place,
                is_trunk=kind != "health",
                after=tuple(clear_id(hazard) for hazard in facility.hazards),
            )

    def by_neighbourhood(self, neighbourhood: Neighbourhood) -> Iterator[Work]:
        efforts = (
            ("water", "water", "water_network_effort", neighbourhood.water_network_team_days),
            ("power", "power", "power_network_effort", neighbourhood.power_network_team_days),
            ("home", "housing", "housing_effort", neighbourhood.housing_team_days),
        )
        for kind, skill, name, days in efforts:
            belief = self.city.situation.belief(neighbourhood.id, name)
            effort = self._figure(skill, days, is_assumption=belief.is_assumption)
            if effort is not None and not neighbourhood.has_now[kind]:
                yield Work(
                    id=repair_id(neighbourhood.id, kind),
                    name=f"{_VERB[kind]} {neighbourhood.name}",
                    kind=kind,
                    skill=skill,
                    effort=effort,
                    place=neighbourhood.id,
                    after=tuple(clear_id(hazard) for hazard in neighbourhood.hazards),
                )

    def by_returns(self, neighbourhood: Neighbourhood) -> Iterator[Work]:
        """Risk education where people would come back to a place with hazards."""
        people = self.city.situation.number(neighbourhood.id, "people_expected_to_return")
        rule = self.estimator.rules.find("risk_education", "place", per="1000 people")
        if people and neighbourhood.hazards and rule is not None:
            yield Work(
                id=educate_id(neighbourhood.id),
                name=f"risk education for those who come back to {neighbourhood.name}",
                kind="risk_education",
                skill=rule.skill,
                effort=self.estimator.by_rule(rule, people),
                place=neighbourhood.id,
            )

    def _place_of_hazard(self, hazard: Hazard) -> tuple[ThingId | None, ThingId | None]:
        """Return where the work is: on the first link it touches, else at its place."""
        for thing in hazard.threatens:
            if thing in self.links:
                return self.links[thing].start, self.links[thing].end
        for thing in hazard.threatens:
            if thing in self.city.roads.places:
                return thing, None
            if self.place_of_facility.get(thing):
                return self.place_of_facility[thing], None
        return hazard.located_in, None

    def _survey(self, hazard: Hazard) -> Effort:
        said = self.city.situation.belief(hazard.id, "survey_effort")
        days = hazard.survey_effort_team_days
        figure = self._figure("survey", days, is_assumption=said.is_assumption)
        rules = self.estimator.rules
        return figure or self.estimator.by_rule(rules.of_hazard("survey", hazard.state))

    def _clearance(self, hazard: Hazard) -> Effort:
        area_m2, rate, rules = (
            hazard.area_to_clear_m2,
            self.clearance_m2_per_day,
            self.estimator.rules,
        )
        if not area_m2:
            return self.estimator.by_rule(rules.of_hazard("clear", hazard.state))
        if rate is None:
            return self.estimator.by_rule(
                rules.of_hazard("clear", hazard.state, "1000 m2"), area_m2
            )
        said = self.city.situation.belief(hazard.id, "area_to_clear")
        return self.estimator.by_figure(
            "clearance", area_m2 / rate, is_assumption=said.is_assumption
        )

    def _repair(self, facility: Facility, kind: str) -> Effort | None:
        said = self.city.situation.belief(facility.id, "repair_effort")
        days = facility.repair_effort_team_days
        if days is not None:
            return self._figure(kind, days, is_assumption=said.is_assumption)
        return self._rule(kind, facility.type, facility.status, "thing")

    def _figure(self, skill: str, team_days: float, *, is_assumption: bool) -> Effort | None:
        if team_days <= 0:
            return None
        return self.estimator.by_figure(skill, team_days, is_assumption=is_assumption)

    def _rule(self, kind: str, of: str, grade: str, per: str, amount: float = 1.0) -> Effort | None:
        rule = self.estimator.rules.find(kind, of, grade, per)
        return None if rule is None else self.estimator.by_rule(rule, amount)
