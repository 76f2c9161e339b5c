import numpy as np
import pytest

from takatuf.planning.solvers.annealing import search, together
from takatuf.planning.solvers.windows import polish
from tests.builders_planning import Home, Job, Town, two_banks

pytest.importorskip("ortools", reason="needs the extra windows")


def test_a_window_puts_a_bad_order_right() -> None:
    town = Town(
        jobs=tuple(Job(days=1.0) for _ in range(6)),
        homes=tuple(Home(people=10.0 ** (at + 1), water=(at,)) for at in range(6)),
    )
    worst_first = (np.array([[0.0, 0.1, 0.2, 0.3, 0.4, 0.5]]), np.zeros(6))

    polished = polish(town.problem(), worst_first, 3, seed=1)

    assert np.argsort(polished.keys[0]).tolist() == [5, 4, 3, 2, 1, 0]
    assert polished.better == 1


def test_polishing_never_makes_a_plan_worse_and_tells_how_far_it_is() -> None:
    problem = two_banks().problem()
    found = search(problem, together(problem), 400, 1)
    told: list[tuple[int, int, float]] = []

    polished = polish(problem, (found.keys, found.holds), 4, 1, lambda *now: told.append(now))

    assert polished.value == found.value  # it is the best there is
    assert [done for done, _, _ in told] == [1, 2, 3, 4]
