"""Say in words what a task waits for and what its end opens, with names its reader may see.

A health site that is withheld from the reader has no name and no quarter here: its task is
"repair a health point", somewhere in its sector.
"""

from dataclasses import dataclass, field

from takatuf.city.city import City
from takatuf.planning.explaining import Reason, WaitsFor
from takatuf.planning.problem import NONE, PlanningProblem
from takatuf.planning.tasks import repair_id
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.services import SERVICES

WITHHELD_SITE = "a health point"


@dataclass(frozen=True)
class PlanWords:
    """The names of tasks, places and facilities of one plan, for one reader."""

    city: City
    problem: PlanningProblem
    withheld: frozenset[ThingId] = field(default=frozenset())  # facilities not to be placed

    def task(self, task: int) -> str:
        """Return what a task is called."""
        if self._is_withheld(task):
            return f"repair {WITHHELD_SITE}"
        return self.problem.tasks.names[task]

    def key(self, task: int) -> str:
        """Return what a task can be referred to by."""
        return f"task/{task}" if self._is_withheld(task) else self.problem.tasks.ids[task]

    def place(self, task: int) -> ThingId:
        """Return where a task is; of a withheld site only the sector."""
        tasks = self.problem.tasks
        if self._is_withheld(task):
            return self.problem.areas[int(tasks.area[task])]
        return self.problem.roads.node_ids[int(tasks.node[task])]

    def thing(self, thing: ThingId) -> str:
        """Return the name of a place or facility."""
        return WITHHELD_SITE if thing in self.withheld else self.city.situation.names.of(thing)

    def waits_for(self, reason: Reason) -> str:
        """Return what had to happen before the task could start; "" where it starts at once."""
        if reason.waits_for is WaitsFor.NOTHING:
            return ""
        if reason.waits_for_task == NONE:
            return reason.waits_for.value
        return f"{reason.waits_for.value}: {self.task(reason.waits_for_task)}"

    def opens(self, reason: Reason) -> str:
        """Return what the end of the task opens: roads, facilities, services; "" for nothing."""
        people, facilities = self.problem.neighbourhoods, self.problem.facilities
        phrases: list[str] = []
        if reason.opens_nodes:
            places = [self.thing(self.problem.roads.node_ids[n]) for n in reason.opens_nodes]
            phrases.append(f"the road to {_some(places)}: {reason.opens_people:,.0f} people")
        phrases += [f"{self.thing(facilities.ids[f])} works" for f in reason.opens_facilities]
        for service, word in enumerate(SERVICES):
            back = [n for n, other in reason.opens_services if other == service]
            if back and word != "access":  # access is the road that is named already
                served = sum(float(people.people[n]) for n in back)
                homes = _some([self.thing(people.ids[n]) for n in back])
                phrases.append(f"{word} for {homes}: {served:,.0f} people")
        return "; ".join(phrases)

    def _is_withheld(self, task: int) -> bool:
        return self.problem.tasks.ids[task] in {repair_id(f, "health") for f in self.withheld}


def _some(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
