from dataclasses import replace

import numpy as np
import pytest

from takatuf.city.water.capacity import carried_m3_per_h
from takatuf.city.water.correcting import correct
from takatuf.city.water.hydraulics import HydraulicRun, run_state
from takatuf.city.water.network import WaterNetwork
from takatuf.city.water.rules import load_hydraulic_rules
from takatuf.city.water.verifying import Verification, WaterState, states_of, verify
from takatuf.city.water.zones import service_zones
from takatuf.formats.readers.networks.water_file import read_water
from tests.builders_networks import WATER_INP

RULES = load_hydraulic_rules()
INTACT: frozenset[str] = frozenset()


def network(*changes: tuple[bytes, bytes]) -> WaterNetwork:
    content = WATER_INP.read_bytes()
    for before, after in changes:
        assert before in content
        content = content.replace(before, after)
    return read_water(content, "water.inp")


NETWORK = network()
ZONES = service_zones(NETWORK, mains_from_mm=200, least_demand_m3_per_h=0)
NO_ANSWER = network((b"[OPTIONS]", b"[OPTIONS]\n Trials 2\n Unbalanced Stop"))


def share(run: HydraulicRun, node: str) -> float:
    at = NETWORK.node_ids.index(node)
    return float(run.delivered_m3[at] / run.asked_m3[at])


def test_an_intact_network_delivers_all_that_is_asked_for() -> None:
    run = run_state(NETWORK, INTACT, RULES)

    assert run.failure == ""
    assert run.asked_m3.sum() == pytest.approx(60 * 24)
    assert run.delivered_m3.sum() == pytest.approx(60 * 24, rel=1e-3)
    assert run.least_pressure_m[NETWORK.node_ids.index("North")] > RULES.required_pressure_m


def test_nobody_behind_a_broken_main_gets_water() -> None:
    run = run_state(NETWORK, frozenset({"ToSouth"}), RULES)

    assert share(run, "North") == pytest.approx(1, abs=1e-3)
    assert share(run, "South") == pytest.approx(0, abs=1e-3)
    assert share(run, "Beyond") == pytest.approx(0, abs=1e-3)


def test_a_broken_check_valve_pipe_and_a_broken_junction_carry_nothing() -> None:
    pipe = run_state(NETWORK, frozenset({"Check"}), RULES)
    junction = run_state(NETWORK, frozenset({"South"}), RULES)

    assert share(pipe, "South") == pytest.approx(1, abs=1e-3)
    assert share(pipe, "Beyond") == pytest.approx(0, abs=1e-3)
    assert share(junction, "Beyond") == pytest.approx(0, abs=1e-3)


def test_a_tower_without_a_pump_runs_dry_before_the_day_that_counts() -> None:
    patterned = network((b"HEAD Curve", b"HEAD Curve PATTERN Day"))

    for each in (NETWORK, patterned):
        run = run_state(each, frozenset({"Pump"}), RULES)
        assert run.failure == ""
        assert run.delivered_m3.sum() < 0.02 * run.asked_m3.sum()


def test_what_is_cut_off_from_all_water_still_counts_as_asking() -> None:
    run = run_state(NETWORK, frozenset({"ToSouth"}), RULES)

    assert run.asked_m3[NETWORK.node_ids.index("South")] == pytest.approx(30 * 24)
    assert NETWORK.is_cut_off(frozenset({"ToSouth"})).sum() == 0  # a closed pipe might be opened
    is_cut_off = NETWORK.is_cut_off(frozenset({"ToSouth", "Across"}))
    assert is_cut_off.sum() == 2
    torn = run_state(NETWORK, frozenset({"ToSouth", "Across"}), RULES)
    assert torn.asked_m3.tolist() == pytest.approx(run.asked_m3.tolist())
    assert torn.delivered_m3[is_cut_off].tolist() == [0, 0]


def test_controls_and_rules_open_nothing_that_is_broken() -> None:
    run = run_state(NETWORK, frozenset({"ToNorth", "ToSouth"}), RULES)

    assert run.delivered_m3.sum() == pytest.approx(0, abs=1)


def test_an_unsolved_state_is_a_failure_that_says_where_and_not_an_error() -> None:
    run = run_state(NO_ANSWER, INTACT, RULES)
    hopeless = run_state(network((b"[OPTIONS]", b"[OPTIONS]\n Trials 1")), INTACT, RULES)

    assert run.failure == "unbalanced, worst at link Rise"
    assert run.named() == ("Rise",)
    assert hopeless.failure == "unbalanced"


def test_a_run_that_ends_early_is_a_failure() -> None:
    never = network(
        (b"[RULES]", b"[RULES]\nRULE 0\nIF SYSTEM TIME > 200\nTHEN PUMP Pump STATUS = OPEN\n")
    )

    run = run_state(never, INTACT, replace(RULES, counted_hours=24.0001))

    assert run.failure.startswith("only 24 of 24.0001 hours")


def test_what_epanet_refuses_to_run_is_a_failure() -> None:
    run = run_state(replace(NETWORK, content=b"[JUNCTIONS]\n A x"), INTACT, RULES)

    assert "200" in run.failure


def test_the_states_of_a_plan_are_the_days_on_which_something_begins_to_work() -> None:
    states = states_of({"Main": 4.0, "Pump": 9.0, "Rise": 4.0, "Check": np.inf, "x": 99.0}, 60.0)

    assert [state.from_day for state in states] == [0, 4, 9]
    assert states[0].broken == {"Main", "Pump", "Rise", "Check", "x"}
    assert states[2].broken == {"Check", "x"}
    assert states_of({}, 60.0) == (WaterState(0.0, INTACT),)


def test_each_set_of_broken_parts_is_run_once() -> None:
    broken = frozenset({"ToSouth"})
    states = [WaterState(0.0, broken), WaterState(3.0, INTACT), WaterState(5.0, broken)]

    told: list[tuple[int, int]] = []
    found = verify(NETWORK, ZONES, states, RULES, lambda done, of: told.append((done, of)))

    assert found.n_runs == 2
    assert told == [(1, 2), (2, 2)]
    assert [found.state_on(day) for day in (0.0, 2.9, 3.0, 99.0)] == [0, 0, 1, 2]
    assert found.share == pytest.approx(np.array([[1, 0], [1, 1], [1, 0]]), abs=1e-3)
    assert found.is_verified.all()
    assert found.under_pressure == (("South", "Beyond"), (), ("South", "Beyond"))
    assert found.share_when_intact == pytest.approx([1, 1], abs=1e-3)
    assert found.problems == ()


def test_a_state_without_an_answer_is_named_and_capacity_stands_in() -> None:
    states = [WaterState(0.0, frozenset({"ToSouth"}))]

    found = verify(NO_ANSWER, ZONES, states, RULES)

    assert not found.is_verified.any()
    assert found.share == pytest.approx(np.array([[1, 0]]), abs=1e-6)
    assert [problem.code for problem in found.problems] == ["network.not-verified"] * 2
    assert found.problems[0].where.startswith("everything working")
    assert found.problems[1].where.startswith("from day 0")


def test_a_warning_of_epanet_is_passed_on_with_what_it_names() -> None:
    weak = network((b"Curve   100     60", b"Curve   100     10"))

    found = verify(weak, ZONES, [WaterState(0.0, INTACT)], RULES)

    (problem,) = found.problems
    assert problem.code == "network.hydraulic-warning"
    assert "Pump" in problem.where


def test_a_pipe_carries_what_its_bore_allows() -> None:
    narrow = network((b"North   400   200 ", b"North   400   10  "))

    carried = carried_m3_per_h(narrow, INTACT, RULES)

    by_node = dict(zip(NETWORK.node_ids, carried.tolist(), strict=True))
    assert by_node["North"] == pytest.approx(0.424, abs=0.01)
    assert by_node["South"] == pytest.approx(30, rel=1e-3)


def test_nothing_is_carried_where_the_source_is_broken_or_nobody_asks() -> None:
    quiet = replace(NETWORK, demand_m3_per_h=np.zeros(NETWORK.n_nodes))

    assert carried_m3_per_h(NETWORK, frozenset({"River"}), RULES).sum() == 0
    assert carried_m3_per_h(quiet, INTACT, RULES).sum() == 0


def verification(*shares: tuple[float, float], verified: bool = True) -> Verification:
    n_states = len(shares)
    return Verification(
        from_day=np.linspace(0.0, 10.0 * (n_states - 1), n_states),
        share=np.array(shares),
        is_verified=np.full(n_states, verified),
        under_pressure=((),) * n_states,
        share_when_intact=np.array([1.0, 0.6]),
        problems=(),
        n_runs=n_states,
    )


def test_a_zone_has_water_from_the_day_hydraulics_say_and_never_earlier_than_planned() -> None:
    found = verification((0.2, 0.1), (0.9, 0.5), (1.0, 0.6))

    corrected = correct(np.array([3.0, 25.0]), found, RULES)

    assert corrected.days.tolist() == [10.0, 25.0]
    (correction,) = corrected.corrections
    assert str(correction) == (
        "zone 0: on day 3 the network gives 20.0% of the demand, 80.0% is needed: from day 10"
    )
    assert corrected.not_verified == ()


def test_water_that_goes_away_again_does_not_count() -> None:
    found = verification((0.9, 0.6), (0.1, 0.6), (0.2, 0.6))

    corrected = correct(np.array([0.0, 0.0]), found, RULES)

    assert corrected.days.tolist() == [np.inf, 0.0]
    assert str(corrected.corrections[0]).endswith("not within this plan")


def test_days_that_hydraulics_did_not_confirm_are_named() -> None:
    found = verification((0.2, 0.6), (1.0, 0.6), verified=False)

    corrected = correct(np.array([0.0, 0.0]), found, RULES)

    assert corrected.not_verified == (0, 1)
    assert "(by maximum flow: not verified)" in str(corrected.corrections[0])


def test_a_zone_that_asks_for_nothing_or_never_gets_water_keeps_its_day() -> None:
    found = verification((float("nan"), 0.0))

    assert correct(np.array([4.0, np.inf]), found, RULES).days.tolist() == [4.0, np.inf]
