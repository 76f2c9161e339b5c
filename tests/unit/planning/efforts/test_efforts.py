"""Rules in data, ranges, and what finished tasks teach."""

import math
from importlib.resources import files

import numpy as np
import pytest

from takatuf.planning.building import works_of
from takatuf.planning.efforts import (
    Basis,
    Estimator,
    Record,
    learn,
    load_rules,
    quantile_of,
)
from takatuf.planning.efforts.records import records_of
from takatuf.planning.efforts.rules import FILE_NAME, read_rules
from takatuf.planning.tasks import SKILLS
from takatuf.vocabulary.errors import InputError
from takatuf.vocabulary.identity import ThingId
from tests.builders_town import a_town

TEXT = (files("takatuf.planning.efforts") / FILE_NAME).read_text("utf-8")


def quantile(low: float, likely: float, high: float, share: float) -> float:
    return float(quantile_of(*(np.array(figure) for figure in (low, likely, high, share))))


def a_record(
    task: str, *, actual: float, worker: str = "one", skill: str = "water", expected: float = 1.0
) -> Record:
    return Record(
        task=ThingId(f"task/{task}"),
        skill=skill,
        worker=ThingId(f"team/{worker}"),
        expected_team_days=expected,
        actual_team_days=actual,
    )


def an_estimator(*records: Record, quantile: float = 0.8) -> Estimator:
    return Estimator(rules=load_rules(), learnt=learn(records, 5.0), quantile=quantile)


def test_every_rule_names_its_source_and_a_skill_that_there_is() -> None:
    rules = load_rules()

    assert rules.note == "prior, replace by own records"
    assert rules.rules
    for rule in rules.rules:
        assert rule.source
        assert rule.skill in SKILLS


def test_a_rule_is_found_by_kind_thing_grade_and_unit() -> None:
    rules = load_rules()

    destroyed = rules.find("water", "water_facility", "destroyed")
    broken = rules.find("water", "water_facility", "out_of_service")
    assert destroyed is not None
    assert broken is not None
    assert destroyed.likely > broken.likely
    assert rules.find("water", "water_facility", "functioning") is None
    assert rules.of_hazard("clear", "under_clearance", "1000 m2").per == "1000 m2"
    with pytest.raises(LookupError):
        rules.of_hazard("clear", "under_clearance", "km")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('per = "km"', 'per = "mile"', "mile"),
        ("low = 2.5", "low = 99.0", "99.0, 3.1, 12.5"),
        ("shared = 0.3", "shared = 1.5", "-0.5"),
        ('source = "expert guess: a clinic, emptied', 'source = ""#', "no source"),
        ('grades = ["suspected_hazardous_area"]', 'grades = ["other"]', "none for survey"),
    ],
)
def test_rules_that_contradict_themselves_are_refused(old: str, new: str, found: str) -> None:
    with pytest.raises(InputError) as raised:
        read_rules(TEXT.replace(old, new, 1))
    assert any(found in problem.found for problem in raised.value.problems)
    assert {problem.code for problem in raised.value.problems} == {"efforts.invalid"}


def test_quantiles_of_a_triangle_run_from_its_lowest_to_its_highest_figure() -> None:
    assert quantile(2.0, 3.0, 8.0, 0.0) == 2.0
    assert quantile(2.0, 3.0, 8.0, 1.0) == 8.0
    assert quantile(2.0, 3.0, 8.0, 1 / 6) == pytest.approx(3.0)  # its share below the top
    assert quantile(0.0, 1.0, 2.0, 0.5) == pytest.approx(1.0)
    assert quantile(4.0, 4.0, 4.0, 0.3) == 4.0


def test_a_figure_is_planned_with_as_it_is_and_a_prior_at_its_quantile() -> None:
    estimator = an_estimator()
    rule = load_rules().find("debris", "road_segment", "blocked", "km")
    assert rule is not None

    reported = estimator.by_figure("water", 10.0, is_assumption=False)
    assumed = estimator.by_figure("water", 10.0, is_assumption=True)
    prior = estimator.by_rule(rule, 2.0)

    assert (reported.planned_days, assumed.planned_days) == (10.0, 10.0)
    assert (reported.basis, assumed.basis) == (Basis.REPORTED, Basis.ASSUMED)
    assert assumed.high > reported.high
    assert (prior.low, prior.likely, prior.high) == (4.0, 8.0, 24.0)
    assert prior.planned_days == pytest.approx(quantile(4.0, 8.0, 24.0, 0.8))
    assert prior.basis is Basis.PRIOR


def test_without_records_nothing_is_learnt() -> None:
    assert learn([], 5.0) == ()
    assert an_estimator().ratios == {}


def test_records_draw_a_skill_from_the_prior_towards_themselves() -> None:
    (skill, team) = learn([a_record(str(n), actual=2.0) for n in range(5)], 5.0)

    assert (skill.worker, skill.n_records) == (None, 5)
    assert skill.ratio == pytest.approx(math.sqrt(2))  # five records weigh as much as the prior
    assert team.ratio == pytest.approx(math.sqrt(2))
    estimator = an_estimator(*(a_record(str(n), actual=2.0) for n in range(5)))
    effort = estimator.by_figure("water", 10.0, is_assumption=False)
    assert effort.planned_days == pytest.approx(10 * math.sqrt(2))


def test_a_team_without_many_records_is_drawn_towards_the_others_of_its_skill() -> None:
    slow = [a_record(f"slow-{n}", actual=4.0, worker="slow") for n in range(20)]
    found = learn([*slow, a_record("new", actual=1.0, worker="new")], 5.0)

    ratio = {one.worker: one.ratio for one in found}
    assert 1.0 < ratio[ThingId("team/new")] < ratio[None] < ratio[ThingId("team/slow")] < 4.0
    others = 20 * math.log(4.0) / 25  # own record of ratio 1 adds nothing
    assert ratio[ThingId("team/new")] == pytest.approx(math.exp(5 * others / 6))


def test_a_record_counts_once_however_often_it_comes_and_in_whatever_order() -> None:
    records = [a_record("a", actual=2.0), a_record("b", actual=3.0, worker="two")]

    assert learn([*records, *reversed(records)], 5.0) == learn(records, 5.0)
    assert learn(records, 0.0)[0].ratio == pytest.approx(math.sqrt(6.0))
    assert learn([a_record("a", actual=1.0)], 0.0)[1].ratio == 1.0


DONE = (
    "thing,name,task_kind,task_progress,assigned_to,works_on,work_effort [team-days],"
    "work_spent [team-days],started_on,ended_on,observed_at\n"
    "task/a,A,water,done,team/two,,4,6,,,2017-06-10\n"
    "task/b,B,water,done,team/two,,4,,2017-05-01,2017-05-08,2017-06-10\n"
    "task/c,C,power,done,team/two,power_facility/station,,8,,,2017-06-10\n"
    "task/d,D,water,under_way,team/two,,4,6,,,2017-06-10\n"
    "task/e,E,water,done,,,4,6,,,2017-06-10\n"
    "task/f,F,water,done,team/two,,4,,2017-05,2017-05-08,2017-06-10\n"
    "task/g,G,water,done,team/two,,,6,,,2017-06-10\n"
    "task/h,H,clearance,done,team/one,hazard_area/road,,6,,,2017-06-10\n"
)


def test_a_finished_task_is_a_record_if_it_says_who_what_and_how_long() -> None:
    found = {r.task: r for r in records_of(a_town(DONE).situation)}

    assert list(found) == ["task/a", "task/b", "task/c"]
    assert found[ThingId("task/a")].log_ratio == pytest.approx(math.log(1.5))
    assert found[ThingId("task/b")].actual_team_days == 8.0
    assert found[ThingId("task/c")].expected_team_days == 4.0


def test_an_assumption_is_no_record() -> None:
    assumed = (
        "thing,property,value,unit,observed_at,organisation,method\n"
        "task/a,work_effort,4,team-days,2017-06-10,organisation/board,assumption\n"
    )
    table = DONE.replace("team/two,,4,6", "team/two,,,6", 1)
    assert "task/a" not in {r.task for r in records_of(a_town(table, assumed).situation)}


def test_what_was_learnt_changes_what_is_planned() -> None:
    before = {work.name: work.duration_days for work in works_of(a_town())}
    after = {work.name: work.duration_days for work in works_of(a_town(DONE))}

    assert after["repair Pump"] > before["repair Pump"] == 5.0
    assert after["repair Clinic"] == before["repair Clinic"]
