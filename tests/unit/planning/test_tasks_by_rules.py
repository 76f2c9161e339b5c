"""Tasks by rules where nobody put a figure on the work, and notes on what cannot be planned."""

from dataclasses import replace

import numpy as np
import pytest

from takatuf.city.city import City
from takatuf.planning.building import build_problem, notes_of, teams_of, works_of
from takatuf.planning.building.notes import circles_in
from takatuf.planning.building.teams import clearance_m2_per_day
from takatuf.planning.efforts import Basis, estimator_for
from takatuf.planning.problem import HOME, Lists, Teams
from takatuf.planning.request import PlanRequest
from takatuf.planning.simulating import city_of, crews_of, setting_of, simulate
from takatuf.planning.tasks import Work, works_by
from takatuf.vocabulary.errors import InputError
from tests.builders_town import DAY, a_town, said

REQUEST = PlanRequest(at=DAY, evaluations=20)
NO_FIGURES = (
    "thing,name,hazard_state,hazard_threatens,located_in\n"
    "hazard_area/field,Field,confirmed_hazardous_area,place/far,place/far\n"
)


def figure(thing: str, name: str, value: float, unit: str) -> str:
    """One more figure, as a table."""
    return (
        "thing,property,value,unit,observed_at,organisation,source_type\n"
        f"{thing},{name},{value},{unit},2017-06-10,organisation/board,government\n"
    )


def works(city: City, quantile: float = 0.8) -> dict[str, Work]:
    return {work.name: work for work in works_of(city, quantile)}


def notes(city: City) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for note in notes_of(city, build_problem(city, REQUEST)):
        found.setdefault(note.code, []).append(f"{note.where}: {note.found}")
    return found


def test_a_hazard_without_figures_gets_a_range_and_still_blocks() -> None:
    city = a_town(NO_FIGURES)
    found = works(city)

    for name in ("survey Field", "clear Field"):
        assert found[name].effort.basis is Basis.PRIOR
        assert found[name].is_assumption
        assert found[name].effort.low < found[name].duration_days < found[name].effort.high
    assert works(city, 0.5)["clear Field"].duration_days < found["clear Field"].duration_days
    assert found["clear Road"].effort.basis is Basis.REPORTED


def test_an_area_without_a_team_that_says_its_output_is_cleared_at_the_rate_of_the_rule() -> None:
    city = a_town()
    silent = [
        replace(team, daily_output_m2=None) for team in teams_of(city.situation, city.roads.places)
    ]
    rate = clearance_m2_per_day(silent)
    assert rate is None
    found = {w.name: w.effort for w in works_by(city, estimator_for(city.situation, 0.8), rate)}

    effort = found["clear Road"]  # 1000 m2
    assert (effort.low, effort.likely, effort.high) == (2.5, 3.1, 12.5)
    assert found["clear Homes"].high == 6.25


def test_a_link_that_is_said_to_be_blocked_is_cleared_by_its_length() -> None:
    blocked = a_town(said("road_segment/gate-near", "passability", "blocked"))
    work = works(blocked)["remove debris on Gate - Near"]

    assert (work.effort.low, work.effort.likely, work.effort.high) == (2.0, 4.0, 12.0)
    assert work.is_assumption
    three = figure("road_segment/gate-near", "debris_effort", 3, "team-days")
    with_figure = a_town(said("road_segment/gate-near", "passability", "blocked"), three)
    assert works(with_figure)["remove debris on Gate - Near"].duration_days == 3.0
    nothing = figure("road_segment/gate-near", "debris_effort", 0, "team-days")
    assert "remove debris on Gate - Near" not in works(
        a_town(said("road_segment/gate-near", "passability", "blocked"), nothing)
    )


def test_a_facility_is_repaired_by_its_grade_where_nobody_said_what_it_takes() -> None:
    table = (
        "thing,name,located_in,operational_status\n"
        "water_facility/weir,Weir,place/far,{}\nwater_facility/well,Well,place/far,\n"
    )
    destroyed, broken = (
        works(a_town(table.format(word))) for word in ("destroyed", "out_of_service")
    )

    assert destroyed["repair Weir"].duration_days > broken["repair Weir"].duration_days
    assert "repair Well" not in broken  # nobody said that it does not work
    zero = figure("water_facility/weir", "repair_effort", 0, "team-days")
    assert "repair Weir" not in works(a_town(table.format("destroyed"), zero))


EXPECTED = figure("place/middle", "people_expected_to_return", 400, "people")


def test_people_come_back_to_a_home_after_risk_education_where_there_are_hazards() -> None:
    city = a_town(EXPECTED, figure("place/far", "people_expected_to_return", 50, "people"))
    problem = build_problem(city, replace(REQUEST, return_weight=2.0))
    people, names = problem.neighbourhoods, problem.tasks.names

    assert people.displaced is not None
    assert people.returns_per_day is not None
    assert dict(zip(people.ids, people.displaced.tolist(), strict=True)) == {
        "place/near": 0.0,
        "place/middle": 400.0,
        "place/far": 50.0,
    }
    assert people.returns_per_day.tolist() == pytest.approx([1.0, 4.0, 1.0])
    assert problem.return_weight == 2.0
    lesson = names.index("risk education for those who come back to Middle")
    middle = people.ids.index("place/middle")
    assert lesson in people.home_tasks.row(middle)
    assert problem.skills[problem.tasks.skill[lesson]] == "survey"
    assert [n for n in names if n.startswith("risk")] == [names[lesson]]  # Far has no hazard
    keys = np.zeros((1, problem.n_tasks))
    plan, served = simulate(city_of(problem), crews_of(problem, 1), setting_of(problem), keys)
    (end,) = [work.end_day for work in plan.assignments if work.task == lesson]
    assert served.service_day[middle, HOME] >= end


def test_without_anybody_to_come_back_there_is_no_term_for_it() -> None:
    problem = build_problem(a_town(), REQUEST)
    assert problem.neighbourhoods.displaced is None
    assert problem.neighbourhoods.returns_per_day is None


def test_a_plan_of_a_whole_town_has_nothing_to_note() -> None:
    assert notes(a_town()) == {}


def test_a_team_that_lacks_something_is_named_and_left_out() -> None:
    more = (
        "thing,name,works_for,skill,based_at\n"
        "team/lost,Lost,organisation/board,water,place/town\n"
        "team/nobody,Nobody's,,water,place/near\n"
        "team/idle,Idle,organisation/board,,place/near\n"
    )
    assert notes(a_town(more)) == {
        "plan.team-left-out": [f"team {name}: none, or one that is contested" for name in
                               ("Idle", "Lost", "Nobody's")],
    }  # fmt: skip
    ids = build_problem(a_town(more), REQUEST).teams.ids
    assert not {"team/lost", "team/nobody"} & set(ids)


def test_a_place_that_no_road_leads_to_is_named_and_the_rest_is_planned() -> None:
    island = (
        "thing,name,kind,position,residents [people],part_of,observed_at\n"
        'place/island,Island,neighbourhood,"36.3, 37.3",0,place/sector-a,2017-06-01\n'
    )
    found = notes(a_town(island))

    assert found["plan.cut-off"] == [
        "Island: no road that leads there from an entry, open or blocked"
    ]
    assert found["plan.nobody-lives-there"] == ["Island: 0 residents"]


def test_facilities_that_wait_for_each_other_are_named_and_the_rest_is_planned() -> None:
    found = notes(a_town(said("power_facility/station", "depends_on", "water_facility/pump")))
    assert found == {"plan.circle": ["Station: Station waits for Pump waits for Station"]}


def test_tasks_that_wait_for_each_other_are_named() -> None:
    city = a_town()
    problem = build_problem(city, REQUEST)
    rows = [problem.tasks.before.row(task) for task in range(problem.n_tasks)]
    rows[0] = [1]  # the survey waits for the clearance that waits for it
    broken = replace(problem, tasks=replace(problem.tasks, before=Lists.of(rows)))

    (note,) = notes_of(city, broken)
    assert note.code == "plan.circle"
    assert note.where == problem.tasks.names[0]


@pytest.mark.parametrize(
    ("after", "circles"),
    [
        ([], ()),
        ([[], [0], [0, 1]], ()),
        ([[0]], ((0,),)),
        ([[1], [2], [0], [2]], ((0, 1, 2),)),
        ([[1], [0], [3], [2], []], ((0, 1), (2, 3))),
        ([[1], [2], [1, 0]], ((0, 1, 2),)),
        ([[1], [2], [1, 3], [0]], ((1, 2),)),
    ],
)
def test_each_knot_has_one_way_round(
    after: list[list[int]], circles: tuple[tuple[int, ...], ...]
) -> None:
    assert circles_in(after) == circles


def test_a_task_that_nobody_may_do_says_why() -> None:
    city = a_town()
    problem = build_problem(city, REQUEST)
    teams = problem.teams
    water = problem.skills.index("water")
    no_skill = teams.has_skill.copy()
    no_skill[:, water] = False

    def reasons(changed: Teams) -> set[str]:
        other = replace(problem, teams=changed)
        found = notes_of(city, other)
        assert {note.code for note in found} == {"plan.nobody-may-do"}
        return {note.found for note in found}

    assert reasons(replace(teams, has_skill=no_skill)) == {"no team has the skill water"}
    assert "no team with the skill water may work there" in reasons(
        replace(teams, may_work_in=np.zeros_like(teams.may_work_in))
    )
    assert "no team with the skill power may do trunk works there" in reasons(
        replace(teams, may_do_trunk=np.zeros_like(teams.may_do_trunk))
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("horizon_days", 0.5),
        ("evaluations", 0),
        ("travel_km_per_day", 0.0),
        ("effort_quantile", 1.0),
        ("return_weight", -1.0),
        ("weights", {"water": -3.0}),
    ],
)
def test_a_request_for_nothing_is_refused_with_the_field(name: str, value: object) -> None:
    with pytest.raises(InputError) as raised:
        build_problem(a_town(), replace(REQUEST, **{name: value}))  # type: ignore[arg-type]
    (problem,) = raised.value.problems
    assert (problem.code, problem.where) == ("plan.bad-request", name)


def test_the_work_on_a_hazard_is_where_what_it_threatens_is_and_none_if_nobody_knows() -> None:
    table = (
        "thing,name,hazard_state,hazard_threatens,located_in\n"
        "hazard_area/a,A,suspected_hazardous_area,water_facility/nowhere,place/far\n"
        "hazard_area/b,B,suspected_hazardous_area,,\n"
    )
    nowhere = "thing,name,operational_status\nwater_facility/nowhere,Nowhere,destroyed\n"
    found = works(a_town(nowhere, table))

    assert found["clear A"].place == "place/far"
    assert "clear B" not in found
    assert found["clear Pump site"].place == "place/middle"
