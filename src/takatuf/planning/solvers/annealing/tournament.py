"""Many short walks, the better half gone on with again and again, and the last one refined."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from takatuf.planning.solvers.annealing.cycles import (
    FIRST_HEAT,
    HALVING_SHARE,
    HOLD_SHARE,
    NEAR_HEAT,
    REFINING_HEATS,
    SKILL_ROUNDS,
    Cycle,
    n_rounds,
    n_starters,
)
from takatuf.planning.solvers.annealing.walker import Point, Walker


class Tournament:
    """Walkers that share the walks of each round among them; each keeps its own clock.

    With rules that count evaluations the outcome is the same on any machine.
    """

    def __init__(self, walkers: Sequence[Walker], *, may_hold: bool) -> None:
        """Take the walkers, which have not walked yet."""
        self.walkers = walkers
        self.hold_share = HOLD_SHARE if may_hold else 0.0
        self.start = min((walker.start for walker in walkers), key=_value)

    def run(self) -> None:
        """Walk until all effort is used up; each walker knows the best that it has met."""
        points, number = self._measured()
        rounds = n_rounds(number)
        began = self._used()
        ends = [began + (HALVING_SHARE - began) * (k + 1) / rounds for k in range(rounds)]
        points += self._first_round(number, ends[0])
        for end in ends[1:]:
            number //= 2
            points = sorted(points, key=_value)[:number]
            points = self._gone_on_with(points, end)
        self._refine(min(points, key=_value))

    def _measured(self) -> tuple[list[Point], int]:
        """Return the first points, and how many walks there is effort for."""
        n_tasks = max(len(self.walkers[0].pool), 1)
        cycle = Cycle(FIRST_HEAT, hold_share=self.hold_share)
        points = self._all(lambda walker: [walker.walk_for(n_tasks, self.start, cycle)])
        return points, n_starters(max(w.used for w in self.walkers), len(self.walkers))

    def _first_round(self, number: int, end: float) -> list[Point]:
        cycle = Cycle(FIRST_HEAT, hold_share=self.hold_share)
        return self._shared([(self.start, cycle)] * number, end)

    def _gone_on_with(self, points: list[Point], end: float) -> list[Point]:
        cycle = Cycle(NEAR_HEAT, 1, self.hold_share)
        return self._shared([(point, cycle) for point in points], end)

    def _refine(self, best: Point) -> None:
        begun = self._used()
        for number, heat in enumerate(REFINING_HEATS):
            end = begun + (1.0 - begun) * (number + 1) / len(REFINING_HEATS)
            cycle = Cycle(heat, SKILL_ROUNDS if number % 2 else 0, self.hold_share)
            tried = self._shared([(best, cycle)] * len(self.walkers), end)
            best = min([best, *tried], key=_value)

    def _used(self) -> float:
        return max(walker.used for walker in self.walkers)

    def _shared(self, walks: list[tuple[Point, Cycle]], end: float) -> list[Point]:
        """Return what the walks come to; together they use the effort up to `end`."""
        n_walkers = len(self.walkers)

        def of_one(walker: Walker) -> list[Point]:
            own = walks[self.walkers.index(walker) :: n_walkers]
            points = []
            for left, (begin, cycle) in zip(range(len(own), 0, -1), own, strict=True):
                used = walker.used
                points.append(walker.walk_until(used + (end - used) / left, begin, cycle))
            return points

        return self._all(of_one)

    def _all(self, walks: Callable[[Walker], list[Point]]) -> list[Point]:
        if len(self.walkers) == 1:
            return walks(self.walkers[0])
        with ThreadPoolExecutor(len(self.walkers)) as pool:
            each = [pool.submit(walks, walker) for walker in self.walkers]
            return [point for done in each for point in done.result()]


def _value(point: Point) -> float:
    return point.value
