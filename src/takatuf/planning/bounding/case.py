"""Everything that a proof knows about a problem before it chooses a grid."""

from dataclasses import dataclass

from takatuf.planning.bounding.earliest import Chains, first_arrival_days, first_start_days
from takatuf.planning.bounding.events import Events, events_of
from takatuf.planning.bounding.groups import Group, groups_of
from takatuf.planning.problem import PlanningProblem
from takatuf.planning.simulating import setting_of

WALKS_OF_EVENTS = 1_000_000  # above this, work is not followed to all who need it: it takes long
SPAN_SHARE = 1.15  # of the days that all work takes: the part of the horizon with fine steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A problem as a graph of events, with the longest chains to each."""

    events: Events
    earliest: tuple[float, ...]  # of each event; infinity: never
    groups: tuple[Group, ...]
    needed_by: dict[int, dict[int, float]]  # event -> bundles it needs -> least days between
    open_events: tuple[int, ...]  # whose day a plan decides, and somebody waits for
    horizon_days: float

    @property
    def weights(self) -> dict[int, float]:
        """Return the weight of each event that somebody waits for."""
        return {event: weight for event, weight in enumerate(self.events.weight) if weight > 0}

    @property
    def chains_value(self) -> float:
        """The value if everything came as early as the longest chain to it allows."""
        horizon = self.horizon_days
        return sum(
            weight * min(self.earliest[event], horizon) for event, weight in self.weights.items()
        )

    @property
    def busy_days(self) -> float:
        """About so long the teams are at work, at most the horizon; nothing rests on it."""
        bundles = self.events.bundles
        ends = [self.earliest[event] for event in self.open_events]
        for group in self.groups:
            work = sum(sum(bundles[bundle].days) for bundle in group.bundles)
            ends.append(work / group.n_teams)
        return min(SPAN_SHARE * max(ends, default=0.0), self.horizon_days)

    @property
    def open_bundles(self) -> tuple[int, ...]:
        """The bundles among the open events."""
        is_open = set(self.open_events)
        return tuple(
            bundle for bundle, event in enumerate(self.events.bundle_event) if event in is_open
        )


def case_of(problem: PlanningProblem) -> Case:
    """Return the case, with the weights of the request."""
    arrival_days = first_arrival_days(problem)
    people_weight = setting_of(problem).people_weight
    events = events_of(problem, people_weight, first_start_days(problem, arrival_days))
    chains = Chains(events)
    earliest = chains.days()
    open_events = _open_events(events, earliest, problem.horizon_days)
    return Case(
        events=events,
        earliest=tuple(earliest),
        groups=groups_of(problem, events.bundles, arrival_days),
        needed_by=_needed_by(chains, open_events),
        open_events=open_events,
        horizon_days=problem.horizon_days,
    )


def _open_events(events: Events, earliest: list[float], horizon_days: float) -> tuple[int, ...]:
    # Only services that some plan can bring back within the horizon, and what they wait for.
    def is_open(event: int) -> bool:
        return 0.0 < earliest[event] < horizon_days

    waiting = [event for event, weight in enumerate(events.weight) if weight > 0 and is_open(event)]
    found = set(waiting)
    while waiting:
        event = waiting.pop()
        for before, _ in [*events.after_all[event], *(events.after_first[event] or ())]:
            if before not in found and is_open(before):
                found.add(before)
                waiting.append(before)
    return tuple(sorted(found))


def _needed_by(chains: Chains, open_events: tuple[int, ...]) -> dict[int, dict[int, float]]:
    found: dict[int, dict[int, float]] = {}
    if len(chains.events.bundles) * len(chains.events) > WALKS_OF_EVENTS:
        return found
    is_open = set(open_events)
    for bundle, event in enumerate(chains.events.bundle_event):
        if event in is_open:
            for after, days in chains.tails(event).items():
                if after in is_open:
                    found.setdefault(after, {})[bundle] = days
    return found
