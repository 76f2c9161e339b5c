"""What happens in a plan and what each of it waits for, as a graph.

An event waits for all events of one list and, if it has a second list, for the first of those;
each with the least days that lie between. The day on which an event happens in a plan that
keeps all rules is never earlier than these waits say.
"""

from dataclasses import dataclass, field

from takatuf.planning.bounding.bundles import Bundle, bundles_of, merged_places
from takatuf.planning.problem import (
    ACCESS,
    HEALTH,
    HOME,
    NONE,
    POWER,
    WATER,
    Floats,
    Lists,
    PlanningProblem,
)

Wait = tuple[int, float]  # an event, and the least days from it to the one that waits


@dataclass(slots=True)
class Events:
    """All events; the lists have one entry for each."""

    release: list[float] = field(default_factory=list)  # not before this day
    after_all: list[list[Wait]] = field(default_factory=list)
    after_first: list[list[Wait] | None] = field(default_factory=list)  # None: nothing such
    weight: list[float] = field(default_factory=list)  # people that wait for it, weighted
    bundles: list[Bundle] = field(default_factory=list)
    bundle_event: list[int] = field(default_factory=list)  # its last task is finished
    # Two ways along one road and the work that opens it: only one of them can be the way by
    # which a place is reached first.
    opposite: list[tuple[int, int, int]] = field(default_factory=list)

    def add(self, release: float = 0.0, weight: float = 0.0) -> int:
        """Return the number of a new event that waits for nothing yet."""
        self.release.append(release)
        self.weight.append(weight)
        self.after_all.append([])
        self.after_first.append(None)
        return len(self.release) - 1

    def __len__(self) -> int:
        """Return the number of events."""
        return len(self.release)


def events_of(problem: PlanningProblem, people_weight: Floats, first_day: Floats) -> Events:
    """Return what can happen; an event with a weight is the return of a service.

    Args:
        problem: What is to be done.
        people_weight: Of each service; shape ``(n_services, n_neighbourhoods)``.
        first_day: When the first team can be at each task; infinity: none may do it.
    """
    return _Builder(problem, first_day).built(people_weight)


class _Builder:
    def __init__(self, problem: PlanningProblem, first_day: Floats) -> None:
        self.problem = problem
        self.events = Events()
        self.place_of = merged_places(problem)
        bundles, self.bundle_of = bundles_of(problem, self.place_of, first_day)
        self.events.bundles = bundles
        self.reached = [self.events.add() for _ in range(1 + max(self.place_of))]
        self.ways_in: list[list[Wait]] = [[] for _ in self.reached]

    def built(self, people_weight: Floats) -> Events:
        self._work()
        self._roads()
        facilities, clinics = self._facilities()
        for n in range(len(self.problem.neighbourhoods.ids)):
            self._services(n, people_weight[:, n].tolist(), facilities, clinics)
        return self.events

    def _work(self) -> None:
        events, bundles = self.events, self.events.bundles
        lags = [bundle.least_days for bundle in bundles]
        events.bundle_event = [
            events.add(bundle.first_day + lag) for bundle, lag in zip(bundles, lags, strict=True)
        ]
        for bundle, event, lag in zip(bundles, events.bundle_event, lags, strict=True):
            events.after_all[event] = [(events.bundle_event[it], lag) for it in bundle.before]
            ways = [(self.reached[place], lag) for place in bundle.places]
            if len(ways) == 1:
                events.after_all[event] += ways
            elif ways:
                events.after_first[event] = ways

    def _roads(self) -> None:
        roads, events = self.problem.roads, self.events
        for place, reached in enumerate(self.reached):
            events.after_first[reached] = self.ways_in[place] if place else None
        for edge, ends in enumerate(zip(roads.start, roads.end, strict=True)):
            one, other = (self.place_of[end] for end in ends)
            if one == other:
                continue
            blocks = sorted({self.bundle_of[task] for task in roads.blocked_by.row(edge)})
            days = max(self._days_along(block, blocks, {one, other}) for block in blocks)
            to_other = self._way(one, other, blocks, days) if other else NONE
            to_one = self._way(other, one, blocks, days) if one else NONE
            if NONE not in (to_other, to_one):
                opened = [events.bundle_event[block] for block in blocks]
                events.opposite += [(to_other, to_one, event) for event in opened]

    def _way(self, start: int, end: int, blocks: list[int], days: float) -> int:
        # The place at its end is reached by this road first, so the other was reached before,
        # and all work on the road lies between.
        events = self.events
        way = events.add()
        events.after_all[way] = [(events.bundle_event[block], 0.0) for block in blocks]
        if start:
            events.after_all[way].append((self.reached[start], days))
        self.ways_in[end].append((way, 0.0))
        return way

    def _days_along(self, block: int, blocks: list[int], ends: set[int]) -> float:
        # The longest chain of work that can only be begun at one of the ends.
        bundle = self.events.bundles[block]
        if not bundle.places or not set(bundle.places) <= ends:
            return 0.0
        earlier = [self._days_along(it, blocks, ends) for it in bundle.before if it in blocks]
        return bundle.least_days + max(earlier, default=0.0)

    def _facilities(self) -> tuple[list[int], list[int]]:
        # The events of each facility: it works; it works and is reached.
        facilities, events = self.problem.facilities, self.events
        works: list[int] = []
        for facility, never in enumerate(facilities.never_works.tolist()):
            works.append(events.add(float("inf") if never else 0.0))
            events.after_all[works[-1]] = self._finished(facilities.tasks, facility)
            depends_on = facilities.depends_on.row(facility)
            events.after_all[works[-1]] += [(works[other], 0.0) for other in depends_on]
        open_clinics = []
        for facility, node in enumerate(facilities.node):
            open_clinics.append(events.add())
            reached = self.reached[self.place_of[node]]
            events.after_all[open_clinics[-1]] = [(works[facility], 0.0), (reached, 0.0)]
        return works, open_clinics

    def _finished(self, lists: Lists, row: int) -> list[Wait]:
        bundles = sorted({self.bundle_of[task] for task in lists.row(row)})
        return [(self.events.bundle_event[bundle], 0.0) for bundle in bundles]

    def _services(
        self, n: int, weight: list[float], facilities: list[int], clinics: list[int]
    ) -> None:
        people, events = self.problem.neighbourhoods, self.events
        has_now = people.has_now[n].tolist()
        reached = self.reached[self.place_of[people.node[n]]]
        events.weight[reached] += 0.0 if has_now[ACCESS] else weight[ACCESS]
        access = [] if has_now[ACCESS] else [(reached, 0.0)]
        waits: dict[int, list[Wait]] = {
            WATER: self._supplied(people.water_tasks, int(people.water_facility[n]), n, facilities),
            POWER: self._supplied(people.power_tasks, int(people.power_facility[n]), n, facilities),
            HEALTH: access,
        }
        home = self._finished(people.home_tasks, n) + access
        for service, after in waits.items():
            if not has_now[service]:
                event = events.add(weight=weight[service])
                events.after_all[event] = after
                home += [(event, 0.0)] if people.home_needs[service] else []
                if service == HEALTH:
                    near = sorted(set(people.clinics.row(n)))
                    events.after_first[event] = [(clinics[clinic], 0.0) for clinic in near]
        if not has_now[HOME]:
            events.after_all[events.add(weight=weight[HOME])] = home

    def _supplied(self, tasks: Lists, facility: int, n: int, works: list[int]) -> list[Wait]:
        source = [] if facility == NONE else [(works[facility], 0.0)]
        return self._finished(tasks, n) + source
