from dataclasses import replace

import numpy as np
import pytest

from takatuf.planning.checking import problems_of
from takatuf.planning.plan import Assignment, Plan
from takatuf.planning.replanning import Follower, ReplanRequest, Wish, replan, wishes_of
from tests.builders_comparing import in_order, two_roads
from tests.builders_planning import WATER_WORKS, Crew, Home, Job, Street, Town


def request(
    share: float, day: float = 1.0, tolerance_days: float = 0.5, evaluations: int = 200
) -> ReplanRequest:
    return ReplanRequest(
        day=day, max_moved_share=share, tolerance_days=tolerance_days, evaluations=evaluations
    )


def test_who_follows_waits_for_what_is_late_and_never_comes_early() -> None:
    town = Town(
        jobs=(Job(days=5.0), Job(days=1.0, before=(0,)), Job(days=1.0)),
        crews=(Crew(), Crew()),
    )
    plan = Plan(
        assignments=(
            Assignment(0.0, 2.0, 0, 0),
            Assignment(2.0, 3.0, 1, 1),
            Assignment(9.0, 10.0, 2, 1),
        )
    )

    followed = Follower(town.problem()).follow(wishes_of(plan))

    assert [(work.task, work.start_day) for work in followed.assignments] == [
        (0, 0.0), (1, 5.0), (2, 9.0),
    ]  # fmt: skip


def test_what_can_never_begin_is_left_out_and_its_team_goes_on() -> None:
    town = Town(
        jobs=(Job(node=1), Job(), Job(before=(0,))),
        streets=(Street(ends=(0, 1), blocked_by=(2,)),),
        crews=(Crew(), Crew()),
        n_nodes=2,
    )
    wishes = {0: Wish(0.0, 0, 0.0), 1: Wish(1.0, 0, 1.0), 2: Wish(0.5, 1, 0.5)}

    followed = Follower(town.problem()).follow(wishes)

    assert [work.task for work in followed.assignments] == [1]


def test_what_ends_on_one_day_counts_together() -> None:
    town = Town(
        jobs=(Job(days=2.0), Job(days=2.0), Job(days=1.0, before=(0, 1))),
        crews=(Crew(), Crew()),
    )
    plan = in_order(town.problem(), 0, 1, 2).plan

    assert Follower(town.problem()).follow(wishes_of(plan)) == plan


def test_nothing_moves_where_nothing_may_and_everything_where_all_may() -> None:
    problem = two_roads().problem()
    accepted = in_order(problem, 0, 1, 2, 3).plan

    kept, free = (replan(problem, accepted, request(share, day=0.0)) for share in (0.0, 1.0))

    assert kept.plan == accepted
    assert (kept.moved, kept.moved_share, kept.n_open) == ((), 0.0, 4)
    assert kept.served.person_days == kept.accepted.person_days
    assert free.served.person_days == free.free.person_days < kept.served.person_days
    assert problems_of(problem, free.plan, free.served) == ()


def test_as_much_moves_as_may_and_what_is_begun_stays() -> None:
    # The second order of the repairs is better; two of four open tasks have to move for it.
    town = Town(
        jobs=(Job(days=2.0), *(Job(days=d, skill=WATER_WORKS) for d in (9.0, 2.0, 1.0, 1.0))),
        crews=(Crew(skills=(0,)), Crew(skills=(WATER_WORKS,), free_from_day=2.0),
               Crew(skills=(WATER_WORKS,), free_from_day=30.0)),
        homes=(Home(people=10.0, water=(1,)), Home(people=900.0, water=(2,))),
    )  # fmt: skip
    problem = town.problem()
    accepted = Plan(
        assignments=(
            Assignment(0.0, 2.0, 0, 0),
            Assignment(2.0, 11.0, 1, 1),
            Assignment(11.0, 13.0, 2, 1),
            Assignment(30.0, 31.0, 3, 2),
            Assignment(31.0, 32.0, 4, 2),
        )
    )

    half = replan(problem, accepted, request(0.5, tolerance_days=3.0))
    none = replan(problem, accepted, request(0.2, tolerance_days=1.0))

    assert half.moved == (2,)
    assert half.served.service_day[1, 1] == 4.0
    assert half.plan.assignments[0] == accepted.assignments[0]
    assert none.served.person_days == none.accepted.person_days


def test_where_the_best_change_moves_too_much_a_smaller_one_is_made() -> None:
    # The first team would have to turn round all it does, the second only two tasks, of which
    # one moves by less than the tolerance.
    days = (9.0, 2.0, 2.0, 2.0, 9.0, 2.0)
    town = Town(
        jobs=tuple(Job(days=each, skill=WATER_WORKS) for each in days),
        crews=(Crew(free_from_day=2.0), Crew(free_from_day=2.0)),
        homes=(
            Home(people=10.0, water=(0,)),
            Home(people=900.0, water=(1, 2, 3)),
            Home(people=10.0, water=(4,)),
            Home(people=300.0, water=(5,)),
        ),
    )
    accepted = Plan(
        assignments=(
            Assignment(2.0, 11.0, 0, 0),
            Assignment(2.0, 11.0, 4, 1),
            Assignment(11.0, 13.0, 1, 0),
            Assignment(11.0, 13.0, 5, 1),
            Assignment(13.0, 15.0, 2, 0),
            Assignment(15.0, 17.0, 3, 0),
        )
    )

    made = replan(town.problem(), accepted, request(0.2, tolerance_days=3.0, evaluations=500))

    assert made.moved == (5,)
    assert made.free.person_days < made.served.person_days < made.accepted.person_days


def test_work_of_a_lost_team_is_given_to_others_and_does_not_count_as_moved() -> None:
    town = Town(
        jobs=(Job(days=2.0), Job(days=2.0), Job(days=2.0)),
        crews=(Crew(), Crew()),
        homes=(Home(water=(1,)),),
    )
    accepted = Plan(assignments=(Assignment(0.0, 2.0, 0, 0), Assignment(2.0, 4.0, 2, 0),
                                 Assignment(0.0, 2.0, 1, 1)))  # fmt: skip
    problem = town.problem()
    lost = replace(problem, teams=replace(problem.teams, free_from_day=np.array([0.0, np.inf])))

    made = replan(lost, accepted, request(1.0))

    assert {work.task for work in made.plan.assignments} == {0, 1, 2}
    assert made.n_open == 1
    assert made.served.person_days < made.accepted.person_days


def test_where_all_is_begun_nothing_can_move() -> None:
    problem = Town(jobs=(Job(days=2.0),)).problem()

    made = replan(problem, in_order(problem, 0).plan, request(1.0))

    assert (made.n_open, made.moved_share) == (0, 0.0)


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_share_is_from_0_to_1(share: float) -> None:
    problem = two_roads().problem()
    with pytest.raises(ValueError, match="a share is from 0 to 1"):
        replan(problem, Plan(assignments=()), request(share))
