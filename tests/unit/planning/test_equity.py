import numpy as np
import pytest

from takatuf.planning.comparing import Equity, Range, equity_of, range_of, waiting_days
from takatuf.planning.plan import Served
from takatuf.planning.problem import PlanningProblem
from tests.builders_planning import Home, Town


def waiting(people: tuple[float, ...], days: tuple[float, ...]) -> tuple[PlanningProblem, Served]:
    town = Town(homes=[Home(people=n) for n in people], weights=(1.0, 3.0, 0.0, 0.0, 0.0))
    table = np.repeat(np.array(days)[:, None], 5, axis=1)
    return town.problem(), Served(service_day=table, person_days=0.0)


def test_a_wait_is_the_mean_over_services_by_weight_and_ends_with_the_horizon() -> None:
    problem, _ = waiting((10.0, 10.0), (0.0, 0.0))
    days = np.array([[4.0, 8.0, 99.0, 99.0, 99.0], [0.0, np.inf, 0.0, 0.0, 0.0]])

    found = waiting_days(problem, Served(service_day=days, person_days=0.0))

    assert found.tolist() == [7.0, 75.0]


def test_the_worst_tenth_counts_a_part_of_a_neighbourhood() -> None:
    problem, served = waiting((50.0, 45.0, 5.0), (10.0, 20.0, 40.0))

    assert equity_of(problem, served).worst_decile_days == pytest.approx(30.0)


def test_gini_agrees_with_its_other_definition_the_mean_difference() -> None:
    rng = np.random.default_rng(2)
    people, days = tuple(rng.uniform(1, 9, 6)), tuple(rng.uniform(0, 90, 6))
    found = equity_of(*waiting(people, days))
    share = np.array(people) / sum(people)
    difference = np.abs(np.subtract.outer(days, days))

    expected = float(share @ difference @ share) / (2 * float(share @ np.array(days)))
    assert found.gini == pytest.approx(expected)
    assert found.mean_days == pytest.approx(float(share @ np.array(days)))


def test_where_all_wait_equally_or_nobody_waits_nothing_is_unequal() -> None:
    assert equity_of(*waiting((5.0, 7.0), (3.0, 3.0))).gini == pytest.approx(0.0)
    assert equity_of(*waiting((5.0, 7.0), (0.0, 0.0))) == Equity(
        mean_days=0.0, worst_decile_days=0.0, gini=0.0
    )


def test_without_people_or_weights_nobody_waits() -> None:
    nobody = Equity(mean_days=0.0, worst_decile_days=0.0, gini=0.0)
    assert equity_of(*waiting((0.0,), (9.0,))) == nobody
    problem = Town(weights=(0.0,) * 5).problem()
    served = Served(service_day=np.full((1, 5), 9.0), person_days=0.0)
    assert equity_of(problem, served) == nobody


def test_a_range_has_the_lowest_the_middle_and_the_highest() -> None:
    found = range_of([3.0, 1.0, 9.0])

    assert found == Range(low=1.0, middle=3.0, high=9.0)
    assert found.width == 8.0
