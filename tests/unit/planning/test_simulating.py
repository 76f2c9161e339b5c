import numpy as np
import pytest

from takatuf.planning.checking import problems_of
from takatuf.planning.plan import Assignment, Plan, Served
from takatuf.planning.problem import (
    ACCESS,
    HEALTH,
    HOME,
    POWER,
    WATER,
    Flags,
    Floats,
    PlanningProblem,
)
from takatuf.planning.simulating import city_of, crews_of, setting_of, simulate
from tests.builders_planning import (
    CLEARANCE,
    WATER_WORKS,
    Crew,
    Home,
    Job,
    Plant,
    Street,
    Town,
    random_town,
    two_banks,
)


def values(problem: PlanningProblem, keys: Floats, is_done: Flags) -> list[float]:
    """The value and all days of a plan for which some tasks are taken as done."""
    setting = setting_of(problem, is_done=is_done)
    plan, served = simulate(city_of(problem), crews_of(problem, len(keys)), setting, keys)
    starts_and_ends = [day for work in plan.assignments for day in (work.start_day, work.end_day)]
    return [served.person_days, *starts_and_ends, *served.service_day.reshape(-1).tolist()]


def run(problem: PlanningProblem, *rows: list[float]) -> tuple[Plan, Served]:
    keys = np.array(rows or [list(range(problem.n_tasks))], dtype=np.float64)
    plan, served = simulate(
        city_of(problem), crews_of(problem, len(keys)), setting_of(problem), keys
    )
    assert problems_of(problem, plan, served) == ()
    return plan, served


def starts(plan: Plan) -> dict[int, float]:
    return {work.task: work.start_day for work in plan.assignments}


def test_the_ready_task_with_the_smallest_key_is_done_first() -> None:
    town = Town(jobs=(Job(days=2.0), Job(days=3.0)))

    assert starts(run(town.problem(), [1.0, 0.0])[0]) == {1: 0.0, 0: 3.0}


def test_equal_keys_are_taken_in_the_order_of_tasks_and_teams() -> None:
    town = Town(jobs=(Job(), Job(), Job()), crews=(Crew(), Crew()))

    plan, _ = run(town.problem(), [0.0, 0.0, 0.0])

    assert [(work.task, work.team) for work in plan.assignments] == [(0, 0), (1, 1), (2, 0)]


def test_a_task_waits_for_those_before_it() -> None:
    town = Town(jobs=(Job(days=2.0), Job(before=(0, 0))), crews=(Crew(), Crew()))

    assert starts(run(town.problem())[0]) == {0: 0.0, 1: 2.0}


def test_a_blocked_road_is_opened_from_its_near_end_and_then_people_are_reached() -> None:
    town = Town(
        jobs=(Job(days=2.0, node=1, other=0), Job(node=1)),
        streets=(Street(ends=(0, 1), blocked_by=(0,)),),
        homes=(Home(node=1),),
        n_nodes=2,
    )

    plan, served = run(town.problem(), [5.0, 0.0])

    assert starts(plan) == {0: 0.0, 1: 2.0}
    assert served.service_day[0, ACCESS] == 2.0


def test_the_way_is_travelled_before_the_work() -> None:
    town = Town(
        jobs=(Job(node=1), Job(node=0)),
        streets=(Street(ends=(0, 1)),),
        n_nodes=2,
        day_per_street=0.5,
    )

    assert starts(run(town.problem())[0]) == {0: 0.5, 1: 2.0}


def test_the_nearest_free_team_goes() -> None:
    town = Town(
        jobs=(Job(node=1),),
        crews=(Crew(base=0), Crew(base=1)),
        streets=(Street(ends=(0, 1)),),
        n_nodes=2,
        day_per_street=0.5,
    )

    plan, _ = run(town.problem())

    assert plan.assignments == (Assignment(0.0, 1.0, 0, 1),)


def test_a_team_begins_when_it_is_there() -> None:
    town = Town(jobs=(Job(),), crews=(Crew(free_from_day=3.0),))

    assert starts(run(town.problem())[0]) == {0: 3.0}


def test_what_nobody_may_do_stays_undone_and_what_hangs_on_it_never_comes() -> None:
    town = Town(
        jobs=(Job(skill=WATER_WORKS), Job(before=(0,))),
        crews=(Crew(skills=(CLEARANCE,)),),
        homes=(Home(people=10.0, water=(1,)),),
        weights=(0.0, 2.0, 0.0, 0.0, 0.0),
    )

    plan, served = run(town.problem())

    assert plan.assignments == ()
    assert np.isinf(served.service_day[0, WATER])
    assert served.person_days == 10.0 * 2.0 * 100.0


def test_each_organisation_follows_its_own_row_of_keys() -> None:
    crews = (Crew(organisation=0, areas=(0,)), Crew(organisation=1, areas=(1,)))
    jobs = (Job(area=0), Job(area=0), Job(area=1), Job(area=1))

    plan, _ = run(Town(jobs=jobs, crews=crews).problem(), [1, 0, 0, 0], [0, 0, 0, 1])

    assert starts(plan) == {1: 0.0, 2: 0.0, 0: 1.0, 3: 1.0}


def test_a_task_that_two_organisations_want_is_done_once() -> None:
    crews = (Crew(organisation=0), Crew(organisation=1))

    plan, _ = run(Town(jobs=(Job(), Job()), crews=crews).problem(), [0, 1], [0, 1])

    assert sorted(starts(plan)) == [0, 1]


def test_a_facility_stands_after_its_tasks_and_after_what_it_depends_on() -> None:
    town = Town(
        jobs=(Job(days=3.0), Job(days=1.0)),
        crews=(Crew(), Crew()),
        plants=(Plant(tasks=(0,)), Plant(tasks=(1,), depends_on=(0,)), Plant(never_works=True)),
        homes=(Home(power_from=0, water_from=1), Home(clinics=(2,)), Home(clinics=(2, 1))),
        home_needs=(WATER, POWER, HEALTH),
    )

    _, served = run(town.problem())

    assert served.service_day[0, [POWER, WATER]].tolist() == [3.0, 3.0]
    assert served.service_day[1:, HEALTH].tolist() == [np.inf, 3.0]
    assert served.service_day[:, HOME].tolist() == [np.inf, np.inf, 3.0]


def test_what_people_have_now_counts_from_day_0() -> None:
    town = Town(
        jobs=(Job(days=3.0),), homes=(Home(water=(0,), has_now=(WATER,)),), home_needs=(WATER,)
    )

    _, served = run(town.problem())

    assert served.service_day[0, [WATER, HOME]].tolist() == [0.0, 0.0]


def test_done_tasks_are_finished_on_day_0_without_a_team() -> None:
    problem = Town(jobs=(Job(days=9.0), Job(before=(0,)))).problem()
    setting = setting_of(problem, is_done=np.array([True, False]))

    plan, _ = simulate(city_of(problem), crews_of(problem, 1), setting, np.zeros((1, 2)))

    assert starts(plan) == {1: 0.0}


def test_a_city_without_tasks_has_a_plan_without_assignments() -> None:
    plan, served = run(Town(homes=(Home(clinics=()),)).problem(), [])

    assert plan.assignments == ()
    assert served.service_day[0].tolist() == [0.0, 0.0, 0.0, np.inf, 0.0]


def test_keys_have_one_row_or_one_for_each_organisation() -> None:
    with pytest.raises(ValueError, match="1 row or one for each"):
        crews_of(two_banks().problem(), 2)


def test_compiled_and_plain_code_give_the_same_plan(request: pytest.FixtureRequest) -> None:
    rng = np.random.default_rng(1)
    cases = []
    for _ in range(12):
        problem = random_town(rng, 12).problem()
        is_done = rng.random(12) < 0.3
        rows = (1, len(problem.organisations))
        cases += [(problem, rng.random((n_rows, 12)), is_done) for n_rows in rows]
    compiled = [values(*case) for case in cases]

    request.getfixturevalue("plain_python")

    assert [values(*case) for case in cases] == compiled


def test_names_are_only_labels() -> None:
    town = two_banks()
    renamed = Town(**{**town.__dict__, "label": "Another body"})

    assert run(town.problem())[0] == run(renamed.problem())[0]
