import math
from dataclasses import replace

import numpy as np
import pytest

from takatuf.planning.checking import problems_of, served_by
from takatuf.planning.plan import Assignment, Plan, Served
from tests.builders_planning import Town, two_banks

# A plan for the two banks that keeps every rule: (task, team, start, end).
GOOD = (
    (0, 0, 0.0, 4.0),
    (1, 0, 4.5, 6.5),
    (2, 1, 6.5, 9.5),
    (3, 2, 4.5, 5.5),
    (4, 1, 1.0, 3.0),
    (5, 2, 5.5, 8.0),
    (6, 0, 6.5, 8.0),
)


def plan_of(*changes: tuple[int, int, float, float]) -> Plan:
    rows = {row[0]: row for row in GOOD} | {row[0]: row for row in changes}
    return Plan(
        assignments=tuple(
            sorted(Assignment(start, end, task, team) for task, team, start, end in rows.values())
        )
    )


def codes(plan: Plan, town: Town | None = None) -> set[str]:
    problem = (town or two_banks()).problem()
    return {found.code for found in problems_of(problem, plan)}


def test_a_plan_that_keeps_all_rules_has_no_problems() -> None:
    problem = two_banks().problem()

    assert problems_of(problem, plan_of(), served_by(problem, plan_of())) == ()


def test_an_empty_plan_is_possible() -> None:
    assert codes(Plan(assignments=())) == set()


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("plan.unknown-task", (7, 0, 20.0, 21.0)),
        ("plan.unknown-task", (-1, 0, 20.0, 21.0)),
        ("plan.unknown-team", (6, 3, 20.0, 21.5)),
        ("plan.no-day", (6, 0, math.nan, 8.0)),
        ("plan.wrong-skill", (6, 2, 20.0, 21.5)),
        ("plan.outside-mandate", (4, 2, 20.0, 22.0)),
        ("plan.trunk-works", (2, 2, 20.0, 23.0)),
        ("plan.wrong-duration", (6, 0, 6.5, 7.5)),
        ("plan.before-available", (4, 1, 0.5, 2.5)),
        ("plan.before-available", (0, 0, -1.0, 3.0)),
        ("plan.before-predecessor", (2, 1, 6.0, 9.0)),
        ("plan.unreachable", (3, 2, 3.5, 4.5)),
        ("plan.double-booked", (5, 2, 5.0, 7.5)),
        ("plan.travel-too-short", (1, 0, 4.25, 6.25)),
        ("plan.travel-too-short", (3, 2, 0.25, 1.25)),
    ],
)
def test_breaking_one_rule_by_hand_is_found(
    code: str, change: tuple[int, int, float, float]
) -> None:
    assert code in codes(plan_of(change))


def test_a_broken_rule_is_told_in_names() -> None:
    problem = two_banks().problem()

    found = problems_of(problem, plan_of((2, 1, 6.0, 9.0)))

    (only,) = found
    assert str(only) == (
        'task "job 2" by team "crew 1": found a start on day 6.00, expected the end of "job 1" '
        "first, which is day 6.50. [plan.before-predecessor]"
    )


def test_a_team_without_any_skill_is_told_so() -> None:
    town = two_banks()
    crews = (*town.crews[:2], replace(town.crews[2], skills=()))
    problem = replace(town, crews=crews).problem()

    found = [one.found for one in problems_of(problem, plan_of())]

    assert found == ["a team for nothing", "a team for nothing"]


def test_a_task_that_waits_for_an_undone_one_is_too_early_whenever_it_starts() -> None:
    without = Plan(assignments=tuple(work for work in plan_of().assignments if work.task != 1))

    assert codes(without) == {"plan.before-predecessor"}


def test_a_place_whose_road_is_never_opened_cannot_be_worked_at() -> None:
    without = Plan(assignments=tuple(work for work in plan_of().assignments if work.task != 0))

    assert codes(without) == {"plan.unreachable"}


def test_a_task_is_not_done_twice() -> None:
    twice = Plan(assignments=(*plan_of().assignments, Assignment(20.0, 21.5, 6, 0)))

    assert codes(twice) == {"plan.twice"}


def test_a_service_day_that_does_not_come_out_is_found() -> None:
    problem = two_banks().problem()
    served = served_by(problem, plan_of())
    days = served.service_day.copy()
    days[1, 1] = 1.0
    said = Served(service_day=days, person_days=served.person_days)

    assert [str(one) for one in problems_of(problem, plan_of(), said)] == [
        "water in place/quarter-1: found day 1.00, expected day 9.50. [plan.service-differs]"
    ]


def test_a_service_that_is_said_to_come_and_never_does_is_found() -> None:
    problem = two_banks().problem()
    served = served_by(problem, plan_of())
    days = np.where(np.isinf(served.service_day), 50.0, served.service_day)
    said = Served(service_day=days, person_days=served.person_days)

    assert {one.code for one in problems_of(problem, plan_of(), said)} == {"plan.service-differs"}


def test_a_table_of_another_shape_is_found() -> None:
    problem = two_banks().problem()
    said = Served(service_day=np.zeros((1, 5)), person_days=0.0)

    assert [one.where for one in problems_of(problem, plan_of(), said)] == [
        "the table of service days"
    ]


@pytest.mark.parametrize("factor", [0.999, 1.001, math.nan])
def test_a_value_that_does_not_come_out_is_found(factor: float) -> None:
    problem = two_banks().problem()
    served = served_by(problem, plan_of())
    said = Served(service_day=served.service_day, person_days=served.person_days * factor)

    assert [one.code for one in problems_of(problem, plan_of(), said)] == ["plan.value-differs"]


def test_service_days_and_value_are_those_reckoned_by_hand() -> None:
    served = served_by(two_banks().problem(), plan_of())

    never = math.inf
    assert served.service_day.tolist() == [
        [0.0, 9.5, 0.0, 8.0, 9.5],
        [4.0, 9.5, 8.0, never, 9.5],
    ]
    assert served.person_days == 900 * (9.5 + 8.0 + 9.5) + 400 * (4.0 + 9.5 + 8.0 + 100.0 + 9.5)
