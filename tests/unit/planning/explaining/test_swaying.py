"""What would change in the town behind one entry, if disputed beliefs fell otherwise."""

from dataclasses import replace

import numpy as np

from takatuf.city.city import city_of
from takatuf.picture.belief import BeliefStatus
from takatuf.planning.building import build_problem
from takatuf.planning.explaining.grounds import Firmness, firmness_of, grounds_of
from takatuf.planning.explaining.rerunning import rerun
from takatuf.planning.explaining.supposing import Supposing
from takatuf.planning.explaining.swaying import NO_PLAN, STAYS_SHUT, Effort, Sway, sways_of
from takatuf.planning.request import PlanRequest
from takatuf.planning.simulating import city_of as game_city_of
from takatuf.planning.simulating import crews_of, setting_of, simulate
from takatuf.planning.solvers.annealing import search, together
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.value import Token
from tests.builders_town import DAY, a_town, said

OTHER = "organisation/other"
REQUEST = PlanRequest(at=DAY, horizon_days=100.0)
EFFORT = Effort(60, 1)
ADDED = (
    "thing,name,organisation_type,organisation,source_type\n"
    "organisation/other,Other,government,organisation/other,government\n"
)


def asked(*more: str) -> Supposing:
    situation = Supposing.over(a_town(ADDED, *more).situation)
    build_problem(city_of(situation), REQUEST)
    return situation


def sways(*more: str) -> tuple[Sway, ...]:
    situation = asked(*more)
    problem = build_problem(city_of(situation), REQUEST)
    found = search(problem, together(problem), 60, 1)
    game = game_city_of(problem), crews_of(problem, 1), setting_of(problem)
    again = rerun(problem, *simulate(*game, found.keys, found.holds))
    return sways_of(again, situation, REQUEST, EFFORT)


def far_has_water() -> str:
    return said("place/far", "network_supply_status", "restored", OTHER, on="2017-06-01")


def test_without_disputes_nothing_sways_the_plan() -> None:
    assert sways() == ()


def test_an_answer_that_makes_work_needless_takes_its_task_away() -> None:
    (sway,) = sways(far_has_water())

    assert [(b.thing, b.property) for b in sway.beliefs] == [("place/far", "network_supply_status")]
    assert sway.value == Token("restored")
    assert (sway.appears, sway.disappears) == ((), ("task/water-place-far",))
    assert sway.change < 0
    assert sway.differs_from_day is not None
    assert sway.noise == 0.0


def test_supposing_writes_nothing_and_changes_nothing_else() -> None:
    situation = asked(far_has_water())
    topic = (ThingId("place/far"), "network_supply_status")
    before = situation.belief(*topic)

    supposed = situation.but({topic: Token("restored")})

    assert supposed.word(*topic) == "restored"
    assert supposed.belief(*topic).answers == before.answers
    assert situation.belief(*topic) == before
    assert situation.word(*topic) == "cut"


def test_what_one_statement_disputes_is_tried_together_first_of_all() -> None:
    whole = said("place/sector-a", "network_supply_status", "restored", OTHER, on="2017-06-01")
    found = sways(whole)

    assert sorted(len(sway.beliefs) for sway in found) == [1, 1, 2]
    joint = next(sway for sway in found if len(sway.beliefs) == 2)
    assert joint.disappears == ("task/water-place-far", "task/water-place-middle")
    assert joint.change == min(sway.change for sway in found)


def test_no_answer_lifts_a_hazard() -> None:
    road = ("hazard_area/road", "hazard_state")
    (sway,) = sways(said(*road, "suspected_hazardous_area"), said(*road, "released", OTHER))

    assert (sway.value, sway.note) == (None, STAYS_SHUT)
    assert (sway.change, sway.worth_knowing, sway.disappears) == (0.0, 0.0, ())


def test_a_figure_that_changes_no_task_may_still_change_what_waiting_costs() -> None:
    table = (
        "thing,residents [people],observed_at,organisation,source_type\n"
        "place/far,3000,2017-06-01,organisation/other,government\n"
    )
    (sway,) = sways(table)

    assert str(sway.value) == "300 people"  # the larger one is acted on: it errs to safety
    assert (sway.appears, sway.disappears, sway.differs_from_day) == ((), (), None)
    assert sway.change < 0


def test_an_answer_that_changes_nothing_says_so() -> None:
    (sway,) = sways(said("place/far", "power_supply_status", "rationed", OTHER, on="2017-06-01"))

    assert (sway.change, sway.lost_by_keeping, sway.differs_from_day) == (0.0, 0.0, None)


def test_an_answer_that_leaves_nothing_to_plan_with_says_so() -> None:
    situation = asked()
    problem = build_problem(city_of(situation), REQUEST)
    game = game_city_of(problem), crews_of(problem, 1), setting_of(problem)
    again = rerun(problem, *simulate(*game, np.zeros((1, problem.n_tasks))))
    gate = ThingId("place/gate"), "kind"
    belief = situation.belief(*gate)
    other = replace(belief.answers[0], value=Token("sector"))
    disputed = replace(belief, status=BeliefStatus.PREVAILING, answers=(*belief.answers, other))
    situation.heard[gate] = disputed

    (sway,) = sways_of(again, situation, REQUEST, EFFORT)

    assert (sway.value, sway.note) == (Token("sector"), NO_PLAN)


def test_of_many_figures_only_the_ends_are_tried() -> None:
    rows = [
        f"place/far,{people},2017-06-01,organisation/o{people},government\n"
        for people in (500, 900, 2000, 4000, 9000)
    ]
    table = "thing,residents [people],observed_at,organisation,source_type\n" + "".join(rows)
    names = "thing,name,organisation_type,organisation,source_type\n" + "".join(
        f"organisation/o{people},O{people},government,organisation/o{people},government\n"
        for people in (500, 900, 2000, 4000, 9000)
    )
    found = sways(names, table)

    assert sorted(str(sway.value) for sway in found) == ["300 people", "4,000 people"]


def test_a_task_rests_on_what_was_asked_of_its_own_thing() -> None:
    situation = asked(far_has_water())
    vocabulary = situation.weigher.vocabulary
    grounds = grounds_of(ThingId("task/water-place-far"), situation.heard, vocabulary)
    firmness = {ground.belief.property: ground.firmness for ground in grounds}

    assert grounds[0].belief.property == "network_supply_status"
    assert firmness["network_supply_status"] is Firmness.CONTESTED
    assert firmness["water_network_effort"] in {Firmness.SINGLE_SOURCE, Firmness.STALE}
    assert not {"power_network_effort", "housing_effort"} & firmness.keys()
    hazard = grounds_of(ThingId("task/clear-hazard-area-road"), situation.heard, vocabulary)
    assert "area_to_clear" in {ground.belief.property for ground in hazard}
    assert grounds_of(ThingId("task/of-nothing"), situation.heard, vocabulary) == ()


def test_what_is_assumed_is_the_least_firm() -> None:
    assumed = (
        "thing,housing_effort [team-days],observed_at,organisation,source_type,method\n"
        "place/far,3,2017-06-01,organisation/other,demo_assumptions,assumption\n"
    )
    situation = asked(assumed)
    belief = situation.belief(ThingId("place/far"), "housing_effort")
    nobody = situation.belief(ThingId("place/near"), "housing_effort")

    assert firmness_of(belief) is Firmness.ASSUMED
    assert firmness_of(nobody) is Firmness.UNKNOWN
    assert nobody.status is BeliefStatus.UNKNOWN


def test_a_situation_remembers_what_it_was_asked() -> None:
    situation = asked()

    assert situation.at == DAY
    assert (ThingId("place/far"), "residents") in situation.asked
    assert situation.asked <= situation.heard.keys()
