from dataclasses import replace

import numpy as np
import pytest

from takatuf.planning.checking import problems_of
from takatuf.planning.comparing import (
    Change,
    Reference,
    changes_of,
    planned,
    price_of,
    refusal_of,
)
from takatuf.planning.comparing.pricing import anywhere, held_back, later, trunk_allowed
from takatuf.planning.problem import PlanningProblem
from tests.builders_planning import CLEARANCE, WATER_WORKS, Crew, Home, Job, Town, two_banks

MAY_NOT_HELP = Town(
    jobs=(Job(days=4.0, area=0), Job(days=4.0, area=0)),
    crews=(Crew(areas=(0,)), Crew(areas=(1,), organisation=1)),
    homes=(Home(people=10.0, water=(0,)), Home(people=10.0, water=(1,))),
    weights=(0.0, 1.0, 0.0, 0.0, 0.0),
)


def reference(problem: PlanningProblem) -> Reference:
    return Reference(problem, planned(problem, np.zeros((1, problem.n_tasks))), 30, (1, 2))


def test_a_restriction_costs_what_lifting_it_saves() -> None:
    problem = MAY_NOT_HELP.problem()
    changes = {(one.organisation, one.name): one for one in changes_of(problem, 5.0)}

    price = price_of(reference(problem), changes[1, "may not work in every area"])

    assert price.person_days.low == price.person_days.high == 10 * 4
    assert price.noise == 0
    assert price.is_clear


def test_a_delay_costs_what_it_makes_later() -> None:
    problem = MAY_NOT_HELP.problem()
    changes = {(one.organisation, one.name): one for one in changes_of(problem, 5.0)}

    price = price_of(reference(problem), changes[0, "comes 5 days later"])

    assert price.person_days.middle == 2 * 10 * 5
    nobody = price_of(reference(problem), changes[1, "comes 5 days later"])
    assert (nobody.person_days.high, nobody.is_clear) == (0.0, False)


def test_only_restrictions_that_there_are_have_a_price() -> None:
    found = [(one.organisation, one.name) for one in changes_of(two_banks().problem(), 30.0)]

    late = "comes 30 days later"
    assert found == [
        (0, late),
        (1, late),
        (2, "may not work in every area"),
        (2, "may not do trunk works"),
        (2, late),
    ]


def test_what_is_lifted_is_lifted_for_these_teams_only() -> None:
    problem = two_banks().problem()
    last = np.array([False, False, True])

    assert anywhere(problem, last).teams.may_work_in.all()
    assert trunk_allowed(problem, last).may_do()[2, 2]
    assert trunk_allowed(problem, ~last) is problem
    assert anywhere(problem, ~last) is problem
    assert later(problem, last, 4.0).teams.free_from_day.tolist() == [0.0, 1.0, 4.0]


def test_tasks_without_a_licence_wait_for_it() -> None:
    problem = MAY_NOT_HELP.problem()
    held = held_back(problem, [1], 6.0)

    plan, served, _, _ = planned(held, np.zeros((1, held.n_tasks)))

    assert problems_of(held, plan, served) == ()
    assert {work.task: work.start_day for work in plan.assignments} == {0: 0.0, 1: 6.0, 2: 0.0}
    change = Change(name="licence", organisation=0, problem=held, sign=1)
    assert price_of(reference(problem), change).person_days.middle == 10 * 2


def test_a_refusal_names_what_nobody_can_do_and_who_waits() -> None:
    town = replace(
        MAY_NOT_HELP,
        jobs=(Job(days=4.0, skill=WATER_WORKS), Job(days=2.0), Job(skill=2)),
        crews=(
            Crew(skills=(WATER_WORKS,)),
            Crew(skills=(CLEARANCE,), organisation=1),
            Crew(skills=(CLEARANCE,), organisation=2, free_from_day=7.0),
        ),
    )
    problem = town.problem()

    plumber, clearer = (refusal_of(reference(problem), one) for one in (0, 1))

    assert [unmet.task for unmet in plumber.undone] == [0]
    assert plumber.price.person_days.middle == 10 * 96
    first = plumber.waits[0]
    assert (first.neighbourhood, first.days.low, first.person_days.middle) == (0, 96.0, 960.0)
    assert clearer.undone == ()
    assert clearer.waits[0].neighbourhood == 1
    assert sum(wait.person_days.middle for wait in clearer.waits) == pytest.approx(
        clearer.price.person_days.middle
    )
    assert clearer.price.person_days.middle == 10 * 7
