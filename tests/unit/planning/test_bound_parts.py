"""The parts of a proof, each by itself."""

from dataclasses import replace

import numpy as np
import pytest

from takatuf.planning.bounding.bundles import bundles_of, merged_places
from takatuf.planning.bounding.case import case_of
from takatuf.planning.bounding.earliest import first_arrival_days, first_start_days
from takatuf.planning.bounding.grid import Grid
from takatuf.planning.bounding.pace import Stretch, last_days
from takatuf.planning.bounding.program import Program
from takatuf.planning.bounding.relaxation import value_by
from tests.builders_planning import Crew, Home, Job, Street, Town, two_banks

GRID = Grid((2.0, 4.0, 10.0))


def test_an_even_grid_has_one_long_step_to_the_horizon() -> None:
    assert Grid.even(4.0, 10.0, 2).ends == (2.0, 4.0, 10.0)
    assert Grid.even(9.0, 10.0, 2).ends == (4.5, 10.0)
    assert Grid.even(20.0, 10.0, 2).ends == (5.0, 10.0)


def test_whole_steps_are_limited_by_their_own_means() -> None:
    assert GRID.at_most(0.0, 4.0) == [(0, 2.0), (1, 2.0)]
    assert GRID.at_least(2.0, 4.0) == 1


def test_the_earlier_part_of_a_step_is_not_above_its_mean_nor_below_the_one_before() -> None:
    assert GRID.at_most(2.0, 3.0) == [(1, 1.0)]
    assert GRID.at_least(2.0, 3.0) == 0
    assert GRID.at_least(0.0, 1.0) == -1


def test_the_later_part_of_a_step_is_not_above_the_next_mean() -> None:
    assert GRID.at_most(1.0, 3.0) == [(1, 1.0), (1, 1.0)]
    assert GRID.at_least(1.0, 3.0) == 0


def test_before_day_0_nothing_has_happened_and_after_the_end_anything_may() -> None:
    assert GRID.at_most(-3.0, -1.0) == []
    assert GRID.at_most(-1.0, 2.0) == [(0, 2.0)]
    assert GRID.at_most(9.0, 12.0) == [(3, 1.0), (3, 2.0)]
    assert GRID.at_least(11.0, 12.0) == 2


def test_days_gone_by_are_averaged_over_each_step() -> None:
    np.testing.assert_allclose(GRID.mean_since(3.0), [0.0, 0.25, 4.0])
    np.testing.assert_allclose(GRID.mean_since(np.inf), [0.0, 0.0, 0.0])


def test_teams_limit_what_can_be_left_for_the_last_days() -> None:
    assert last_days([3.0, 2.0], [0.0, 0.0], n_teams=2) == [
        Stretch(0.0, 2.0, 2.0),
        Stretch(2.0, 3.0, 1.0),
    ]
    assert last_days([3.0, 2.0], [0.0, 0.0], n_teams=1) == [Stretch(0.0, 5.0, 1.0)]
    assert last_days([1.0, 1.0], [0.0, 4.0], n_teams=1) == [
        Stretch(0.0, 1.0, 1.0),
        Stretch(4.0, 5.0, 1.0),
    ]


@pytest.mark.parametrize("by_interior_points", [True, False])
def test_the_limit_of_a_program_is_reckoned_from_prices(*, by_interior_points: bool) -> None:
    program = Program()
    first = program.add(np.full(2, 2.0), np.array([3.0, 0.0]))
    program.limit([(first, 1.0), (first + 1, 1.0)], 1.5)

    solved = program.solved(by_interior_points=by_interior_points)

    assert solved is not None
    assert 4.5 <= solved.limit == pytest.approx(4.5)
    assert solved.columns[0] == pytest.approx(1.5)


def test_a_solver_without_time_proves_nothing() -> None:
    case = case_of(two_banks().problem())

    assert value_by(case, Grid.even(20.0, case.horizon_days, 40), seconds=0.0) is None


def test_finer_grids_prove_more() -> None:
    case = case_of(two_banks().problem())

    values = [value_by(case, Grid.even(20.0, case.horizon_days, steps)) for steps in (5, 20, 80)]

    assert values == sorted(values, key=lambda value: value or 0.0)


def test_free_roads_and_hubs_make_one_place() -> None:
    town = Town(
        jobs=(Job(),),
        streets=(
            Street(ends=(0, 1)),
            Street(ends=(1, 2), blocked_by=(0,)),
            Street(ends=(2, 3)),
            Street(ends=(3, 4), blocked_by=(0,)),
        ),
        n_nodes=5,
        hubs=(0, 4),
    )

    assert merged_places(town.problem()) == [0, 0, 1, 1, 0]


def test_a_detour_counts_where_it_is_shorter_than_the_table_says() -> None:
    problem = Town(n_nodes=3, crews=(Crew(free_from_day=2.0),)).problem()
    travel_days = np.array([[0.0, 1.0, 9.0], [1.0, 0.0, 1.0], [9.0, 1.0, 0.0]])
    roads = replace(problem.roads, travel_days=travel_days)

    arrival_days = first_arrival_days(replace(problem, roads=roads))

    np.testing.assert_allclose(arrival_days, [[2.0, 3.0, 4.0]])


def test_tasks_on_the_same_terms_and_needed_by_the_same_are_one_bundle() -> None:
    town = Town(
        jobs=(Job(days=2.0), Job(days=3.0), Job(days=4.0), Job(before=(2,)), Job(area=1)),
        crews=(Crew(), Crew(areas=(0,))),
        homes=(Home(water=(0, 1, 3, 4)),),
    )
    problem = town.problem()
    first_day = first_start_days(problem, first_arrival_days(problem))

    bundles, bundle_of = bundles_of(problem, merged_places(problem), first_day)

    assert bundle_of == [0, 0, 1, 2, 3]
    assert [bundle.days for bundle in bundles] == [(2.0, 3.0), (4.0,), (1.0,), (1.0,)]
    assert [bundle.before for bundle in bundles] == [(), (), (1,), ()]
    assert [bundle.teams for bundle in bundles] == [(0, 1), (0, 1), (0, 1), (0,)]


def test_work_is_followed_only_where_that_does_not_take_too_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem = two_banks().problem()
    assert case_of(problem).needed_by

    monkeypatch.setattr("takatuf.planning.bounding.case.WALKS_OF_EVENTS", 1)

    assert not case_of(problem).needed_by
