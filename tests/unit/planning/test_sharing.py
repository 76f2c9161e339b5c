from dataclasses import replace

import numpy as np
import pytest

from takatuf.planning.comparing import Tried, blocs_of, shares_of, try_ways
from takatuf.planning.comparing.sharing import merged
from takatuf.planning.problem import PlanningProblem
from tests.builders_comparing import effort, two_roads
from tests.builders_planning import CLEARANCE, WATER_WORKS, Crew, Home, Job, Street, Town


def tried(problem: PlanningProblem) -> Tried:
    return try_ways(problem, 60, 1)


def many(n: int) -> Town:
    """Two roads, and further organisations with nothing to do."""
    town = two_roads()
    idle = tuple(Crew(organisation=2 + at, skills=()) for at in range(n - 2))
    return replace(town, crews=(*town.crews, *idle), serves=((0,), (1,), *[(at,) for at in [2]]))


def test_shares_add_up_to_the_gain_and_who_brings_nothing_gets_nothing() -> None:
    problem = replace(many(3)).problem()
    ways = tried(problem)

    found = shares_of(problem, ways, effort(problem), [(0,), (1,), (2,)])

    gain = ways.alone.served.person_days - ways.together.served.person_days
    assert found.gain == pytest.approx(gain)
    assert sum(share.person_days for share in found.shares) == pytest.approx(gain)
    assert found.shares[2].person_days == 0.0
    assert found.shares[0].person_days > 0
    assert (found.n_coalitions, found.n_orders) == (7, None)


def test_equal_blocs_get_equal_shares() -> None:
    # Two clearers, one on each side; each alone opens its larger but useless road first.
    town = Town(
        jobs=tuple(
            Job(days=days, node=0, other=1 + at, area=at // 2)
            for at, days in enumerate((4.0, 4.0, 4.0, 4.0))
        )
        + tuple(
            Job(days=40.0 if at % 2 == 0 else 1.0, node=1 + at, skill=WATER_WORKS, area=at // 2)
            for at in range(4)
        ),
        crews=(
            Crew(skills=(CLEARANCE,), areas=(0,)),
            Crew(skills=(CLEARANCE,), areas=(1,), organisation=1),
            Crew(skills=(WATER_WORKS,), areas=(0,), organisation=2),
            Crew(skills=(WATER_WORKS,), areas=(1,), organisation=2),
        ),
        streets=[Street(ends=(0, 1 + at), blocked_by=(at,)) for at in range(4)],
        homes=[
            Home(people=101.0 if at % 2 == 0 else 100.0, node=1 + at, water=(4 + at,))
            for at in range(4)
        ],
        n_nodes=5,
        weights=(1.0, 3.0, 0.0, 0.0, 0.0),
        serves=((0,), (0,), (1,)),
    )
    problem = town.problem()

    found = shares_of(problem, tried(problem), effort(problem, 300), [(0,), (1,), (2,)])

    left, right, plumber = (share.person_days for share in found.shares)
    assert found.gain > 0
    assert left == pytest.approx(right, rel=0.02)
    assert left + right + plumber == pytest.approx(found.gain)


def test_with_more_than_six_blocs_orders_are_drawn_and_the_error_is_given() -> None:
    problem = many(7).problem()
    ways = tried(problem)

    found = shares_of(
        problem, ways, effort(problem, 10), blocs=[(at,) for at in range(7)], n_orders=4
    )

    gain = ways.alone.served.person_days - ways.together.served.person_days
    assert sum(share.person_days for share in found.shares) == pytest.approx(gain)
    assert found.n_orders == 4
    assert found.shares[6].person_days == found.shares[6].standard_error == 0.0
    assert all(share.standard_error >= 0 for share in found.shares)


def test_up_to_six_organisations_are_blocs_and_more_are_grouped_by_their_goals() -> None:
    few, more = many(6).problem(), many(7).problem()

    assert blocs_of(few) == ((0,), (1,), (2,), (3,), (4,), (5,))
    assert blocs_of(more) == ((0,), (1,), (2,), (3, 4, 5, 6))


def test_a_coalition_is_one_organisation_with_all_its_teams() -> None:
    problem = many(4).problem()

    one = merged(problem, [1, 3])

    assert one.organisation_names == ("organisation 1", "organisation 0", "organisation 2")
    assert one.teams.organisation.tolist() == [1, 0, 2, 0]
    assert np.array_equal(one.may_do(), problem.may_do())
