"""From layers to a problem: what waits for what, who may, and what layers may not be."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from takatuf.planning.checking import problems_of
from takatuf.planning.comparing import planned
from takatuf.planning.layers import (
    CityLayers,
    LayeredProblem,
    Rubble,
    layered_problem,
    load_layer_rules,
)
from takatuf.planning.problem import NONE, WATER, PlanningProblem
from takatuf.planning.request import PlanRequest
from takatuf.vocabulary.errors import InputError
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.place import Point
from tests.builders_layers import (
    LEFT,
    SUBSTATION,
    crew,
    hazard,
    plants,
    quarters,
    small_city,
)
from tests.builders_networks import Way, edge_between, ladder, streets

REQUEST = PlanRequest(at=date(2017, 6, 14))


def built(layers: CityLayers) -> LayeredProblem:
    return layered_problem(layers, REQUEST)


def numbers(problem: PlanningProblem, kind: str) -> list[int]:
    return [task for task, its in enumerate(problem.tasks.kinds) if its == kind]


def codes(layers: CityLayers) -> list[str]:
    with pytest.raises(InputError) as refused:
        built(layers)
    return [problem.code for problem in refused.value.problems]


def test_survey_comes_before_clearance_before_debris_before_repair() -> None:
    graph = ladder()
    edge = edge_between(graph, (2, 0), (3, 0))
    rubble = Rubble(id=ThingId("road_segment/r"), name="debris", edges=(edge,))
    city = small_city(graph, hazards=[hazard(1, 2.5, 0)], rubble=(rubble,))

    problem = built(city).problem

    (survey,), (clear,) = numbers(problem, "survey"), numbers(problem, "clear")
    (debris,) = numbers(problem, "debris")
    assert problem.tasks.before.row(clear) == [survey]
    assert problem.tasks.before.row(debris) == [clear]
    right = [task for task in numbers(problem, "water") if problem.tasks.area[task] == 1]
    waits_for = {before for task in right for before in problem.tasks.before.row(task)}
    assert {clear, debris} <= waits_for


def test_hazards_and_rubble_block_the_streets_they_lie_on() -> None:
    road = streets(Way(at=[(0, 0), (1, 0), (2, 0), (3, 0)]))
    city = small_city(road, hazards=[hazard(1, 1.5, 0)])

    problem = built(city).problem

    (clear,) = numbers(problem, "clear")
    blocked = [problem.roads.blocked_by.row(e) for e in range(len(problem.roads.start))]
    assert [clear] in blocked
    left, right = problem.neighbourhoods.node
    assert left != right


def test_a_quarter_waits_for_water_works_of_those_it_is_fed_through() -> None:
    made = built(small_city())

    left, right = (made.problem.neighbourhoods.water_tasks.row(n) for n in range(2))
    assert left == sorted(made.own_water_tasks[0])
    assert right == sorted([*made.own_water_tasks[0], *made.own_water_tasks[1]])


def test_more_damage_is_more_parts_each_with_its_own_strip_of_hazards() -> None:
    spread = [hazard(n, 2.5, n / 8) for n in range(8)]

    problem = built(small_city(hazards=spread)).problem

    housing = [task for task in numbers(problem, "housing") if problem.tasks.area[task] == 1]
    rows = [problem.tasks.before.row(task) for task in housing]
    assert len(housing) == 3  # 200 severely damaged buildings: 30 team-days, 10 at the most each
    assert problem.tasks.duration_days[housing] == pytest.approx([10.0] * 3)
    assert sum(len(row) for row in rows) == len({task for row in rows for task in row}) == 8
    assert problem.neighbourhoods.home_tasks.row(1) == [*housing, *numbers(problem, "clear")]


def test_a_hazard_on_the_grounds_of_a_plant_is_cleared_first() -> None:
    problem = built(small_city(hazards=[hazard(1, 0.3, 1), hazard(2, 3, 1)])).problem

    repair = problem.facilities.tasks.row(0)[0]
    assert problem.tasks.before.row(repair) == numbers(problem, "clear")[:1]
    assert problem.tasks.is_trunk[repair]
    assert problem.facilities.depends_on.row(1) == [0]
    assert problem.facilities.tasks.row(2) == []  # the clinic is in order


def test_a_hazard_off_the_streets_is_worked_on_from_its_own_place() -> None:
    problem = built(small_city(hazards=[hazard(1, 1.5, 0.5, radius_m=1.0)])).problem

    (clear,) = numbers(problem, "clear")
    assert problem.tasks.other_node[clear] == NONE
    assert not len(problem.roads.blocked_by.index)


def test_rubble_on_streets_that_nobody_uses_is_still_a_task() -> None:
    graph = ladder()
    edge = edge_between(graph, (3, 0), (3, 1))
    usable = np.arange(graph.n_edges) != edge
    rubble = Rubble(id=ThingId("road_segment/r"), name="debris", edges=(edge,))

    problem = built(small_city(graph, usable=usable, rubble=(rubble,))).problem

    assert len(numbers(problem, "debris")) == 1
    assert not len(problem.roads.blocked_by.index)


def test_mandates_and_goals_are_kept() -> None:
    only_left = replace(crew("five", ("water",)), quarters=frozenset({LEFT}), may_do_trunk=False)

    problem = built(small_city(crews=(crew("one", ("power",)), only_left))).problem

    assert problem.teams.may_work_in.tolist() == [[True, True], [True, False]]
    assert problem.teams.may_do_trunk.tolist() == [True, False]
    assert problem.serves[0].tolist() == [True, False, False, False, True]


def test_what_no_street_leads_to_is_named() -> None:
    island = streets(
        Way(at=[(0, 0), (1, 0)]), Way(at=[(0, 1), (1, 1)]), Way(at=[(2, 0), (2, 1), (3, 1)])
    )

    made = built(small_city(island))

    assert {note.code for note in made.notes} == {"layers.cut-off"}
    assert {note.where for note in made.notes} == {"right", "station", "substation"}


def test_the_plan_that_is_made_of_it_keeps_all_rules() -> None:
    graph = ladder()
    rubble = Rubble(id=ThingId("road_segment/r"), name="debris", edges=(0, 1))
    city = small_city(graph, hazards=[hazard(1, 1.5, 0), hazard(2, 1.5, 1)], rubble=(rubble,))
    problem = built(city).problem

    made = planned(problem, np.linspace(0, 1, problem.n_tasks)[None, :])

    assert len(made.plan.assignments) == problem.n_tasks
    assert problems_of(problem, made.plan, made.served) == ()
    assert np.isfinite(made.served.service_day[:, WATER]).all()


def test_a_place_too_far_from_any_street_is_refused() -> None:
    far = (replace(plants()[0], point=Point(11.0, 20.0)), *plants()[1:])

    assert codes(small_city(plants=far)) == ["network.too-far-from-roads"]


def test_a_hazard_too_far_from_any_street_belongs_to_its_quarter() -> None:
    problem = built(small_city(hazards=[hazard(1, 100, 0)])).problem

    (clear,) = numbers(problem, "clear")
    assert problem.tasks.node[clear] == problem.neighbourhoods.node[1]


@pytest.mark.parametrize(
    "city", [small_city(hubs=()), small_city(quarters=()), small_city(crews=())]
)
def test_an_empty_layer_is_refused(city: CityLayers) -> None:
    assert "layers.empty" in codes(city)


def test_a_city_where_nobody_lives_is_refused() -> None:
    empty = tuple(replace(quarter, people=0.0) for quarter in quarters())

    assert codes(small_city(quarters=empty)) == ["layers.empty"]


def test_every_name_that_nothing_has_is_listed_at_once() -> None:
    first, second = quarters()
    city = small_city(
        quarters=(
            replace(first, water_from=ThingId("water_facility/none"), damaged={"bent": 1.0}),
            replace(second, water_through=(ThingId("place/none"),)),
        ),
        plants=(plants()[1], replace(plants()[0], kind="castle"), plants()[2]),
        crews=(crew("one", ("singing",), ThingId("organisation/none")),),
        rubble=(Rubble(id=ThingId("road_segment/r"), name="debris", edges=(999,)),),
        organisations=(replace(small_city().organisations[0], serves=("fun",)),),
    )

    with pytest.raises(InputError) as refused:
        built(city)

    found = {problem.found for problem in refused.value.problems}
    assert {problem.code for problem in refused.value.problems} == {"layers.unknown-name"}
    assert found == {
        SUBSTATION, "water_facility/none", "place/none", "castle", "bent", "singing",
        "organisation/none", "edge 999", "fun",
    }  # fmt: skip


def test_a_grade_without_an_effort_is_refused() -> None:
    bent = (replace(plants()[0], grade="bent"), *plants()[1:])

    assert codes(small_city(plants=bent)) == ["layers.unknown-name"]


def test_a_request_that_no_plan_can_answer_is_refused() -> None:
    with pytest.raises(InputError, match="horizon_days"):
        layered_problem(small_city(), replace(REQUEST, horizon_days=0.0))


def test_journeys_take_their_share_of_a_day() -> None:
    slow, fast = (
        layered_problem(small_city(), replace(REQUEST, travel_km_per_day=km)).problem.roads
        for km in (1.0, 10.0)
    )

    assert slow.travel_days == pytest.approx(10 * fast.travel_days)
    assert slow.travel_days.max() > 0.3


def test_every_figure_of_the_rules_has_a_source() -> None:
    rules = load_layer_rules()

    assert rules.note
    assert all(work.source for work in (rules.water, rules.power, rules.housing))
    assert rules.water.parts({}) == ()
