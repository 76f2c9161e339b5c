"""Many short walks, the better half gone on with again and again, and the last one refined."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from takatuf.planning.solvers.annealing.cycles import (
    HALVING_SHARE,
    HEATS,
    HOLD_SHARE,
    NEAR_SHARE,
    REFINING_SHARES,
    SKILL_ROUNDS,
    Cycle,
    n_rounds,
    n_starters,
)
from takatuf.planning.solvers.annealing.walker import Point, Walker

TRIES = 3  # walks at each heat before one heat is chosen for all others


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
        began = max(walker.used for walker in self.walkers)
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
        cycle = Cycle(HEATS[0])
        points = self._all(lambda walker: [walker.walk_for(n_tasks, self.start, cycle)])
        return points, n_starters(max(w.used for w in self.walkers), len(self.walkers))

    def _first_round(self, number: int, end: float) -> list[Point]:
        heats = (HEATS * TRIES)[:number]
        share = len(heats) / number
        begun = max(walker.used for walker in self.walkers)
        tries = self._shared([(self.start, self._first(heat)) for heat in heats], begun, end, share)
        rest = [(self.start, self._first(_best_heat(tries)))] * (number - len(heats))
        return tries + self._shared(rest, begun, end, 1.0)

    def _first(self, heat: float) -> Cycle:
        return Cycle(heat, hold_share=self.hold_share)

    def _gone_on_with(self, points: list[Point], end: float) -> list[Point]:
        walks = [(p, Cycle(NEAR_SHARE * p.heat, 1, self.hold_share)) for p in points]
        return self._shared(walks, max(walker.used for walker in self.walkers), end, 1.0)

    def _refine(self, best: Point) -> None:
        begun = max(walker.used for walker in self.walkers)
        for number, share in enumerate(REFINING_SHARES):
            end = begun + (1.0 - begun) * (number + 1) / len(REFINING_SHARES)
            rounds = SKILL_ROUNDS if number % 2 else 0
            cycle = Cycle(share * best.heat, rounds, self.hold_share)
            tried = self._shared([(best, cycle)] * len(self.walkers), begun, end, 1.0)
            best = min([best, *tried], key=_value)

    def _shared(
        self, walks: list[tuple[Point, Cycle]], begun: float, end: float, share: float
    ) -> list[Point]:
        """Return what the walks come to; they use effort up to a share of the way to `end`."""
        until = begun + (end - begun) * share
        n_walkers = len(self.walkers)

        def of_one(walker: Walker) -> list[Point]:
            own = walks[self.walkers.index(walker) :: n_walkers]
            points = []
            for left, (begin, cycle) in zip(range(len(own), 0, -1), own, strict=True):
                used = walker.used
                points.append(walker.walk_until(used + (until - used) / left, begin, cycle))
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


def _best_heat(points: list[Point]) -> float:
    # The mean of few walks says more than the luckiest of them; of equal heats the warmer one
    # leads further away.
    values: dict[float, list[float]] = {}
    for point in points:
        values.setdefault(point.heat, []).append(point.value)
    return min(values, key=lambda heat: (sum(values[heat]) / len(values[heat]), -heat))
