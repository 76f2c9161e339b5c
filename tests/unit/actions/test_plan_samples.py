"""A plan over samples, several cities with one runner, and how both are printed."""

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from takatuf.actions.make_plan import PlanMade, make_plan
from takatuf.actions.plan_samples import CityToPlan, Waiting, plan_cities, plan_samples
from takatuf.cli.printing.samples import MAX_NOTES, print_notes, print_samples
from takatuf.planning.comparing import compare
from takatuf.planning.ensembles.local import LocalProcesses
from takatuf.planning.request import PlanRequest
from takatuf.safeguards.actor import ANYBODY
from takatuf.storage.plan_files import PlanFiles
from takatuf.vocabulary.errors import NotAllowedError, Problem
from tests.builders import OFFICER
from tests.builders_ensembles import in_a_thread
from tests.builders_town import DAY, a_register, said

REQUEST = PlanRequest(at=DAY, evaluations=20)
HERE = LocalProcesses(1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> PlanMade:
    plans = PlanFiles(tmp_path_factory.mktemp("plans"))
    return make_plan(a_register(), plans, OFFICER, REQUEST)


def test_the_samples_stand_beside_the_plan_and_are_the_same_each_time(made: PlanMade) -> None:
    samples = plan_samples(made, 30, HERE)

    assert samples.n_samples == 30
    assert samples.person_days.p10 < samples.person_days.p50 < samples.person_days.p90
    joint = made.comparison.together.outcome
    assert samples.planned_person_days == joint.served.person_days
    assert samples.planned_finish_day == max(w.end_day for w in joint.plan.assignments)
    assert samples.efforts == {"reported": 14}
    assert [task.planned_day for task in samples.tasks] == sorted(
        work.start_day for work in joint.plan.assignments
    )
    assert 0.0 < samples.mean_on_time < 1.0
    assert {waiting.service for waiting in samples.waiting} >= {"access", "water", "home"}
    assert plan_samples(made, 30, HERE) == samples


def test_who_runs_the_samples_changes_nothing(
    made: PlanMade, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signal.signal", lambda *_: None)
    told: list[tuple[int, int]] = []

    found = plan_samples(made, 9, LocalProcesses(2, in_a_thread), lambda *done: told.append(done))

    assert found == plan_samples(made, 9, HERE)
    assert told[-1] == (9, 9)


def test_several_cities_are_planned_with_one_runner_as_each_would_be(
    made: PlanMade, tmp_path: Path
) -> None:
    cities = [
        CityToPlan(
            register=a_register(*more),
            plans=PlanFiles(tmp_path / str(number)),
            actor=OFFICER,
            request=REQUEST,
        )
        for number, more in enumerate([(), (said("power_facility/station", "depends_on",
                                                 "water_facility/pump"),)])
    ]  # fmt: skip

    same, other = plan_cities(cities, HERE)

    joint = made.comparison.together.outcome
    assert same.comparison.together.outcome.plan == joint.plan
    assert Path(same.kept_in).name == Path(made.kept_in).name
    assert (tmp_path / "1").is_dir()
    assert [note.code for note in other.notes] == ["plan.circle"]


def test_who_may_not_plan_one_of_the_cities_plans_none(tmp_path: Path) -> None:
    city = CityToPlan(
        register=a_register(), plans=PlanFiles(tmp_path), actor=ANYBODY, request=REQUEST
    )
    with pytest.raises(NotAllowedError):
        plan_cities([replace(city, actor=OFFICER), city], HERE)
    assert list(tmp_path.iterdir()) == []


def printed(made: PlanMade, waiting: tuple[Waiting, ...] = ()) -> str:
    console = Console(file=io.StringIO(), width=110)
    samples = plan_samples(made, 5, HERE)
    print_samples(console, replace(samples, waiting=waiting) if waiting else samples)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_the_printed_samples_name_figures_places_and_what_they_rest_on(made: PlanMade) -> None:
    text = printed(made)

    assert "over 5 samples" in text
    assert "million weighted person-days" in text
    assert "14 reported" in text
    assert "day of water in Far" in text


def test_what_may_never_come_is_printed_first_and_what_never_comes_last(made: PlanMade) -> None:
    def waits(name: str, p10: float | None, p90: float | None) -> Waiting:
        return Waiting(
            neighbourhood=name, service="water", planned_day=3.0, p10=p10, p50=p10, p90=p90
        )

    lines = [
        line
        for line in printed(
            made, (waits("Never", None, None), waits("Wide", 1.0, 9.0), waits("Maybe", 2.0, None))
        ).splitlines()
        if "day of water" in line
    ]

    assert ["Maybe" in lines[0], "Wide" in lines[1], "Never" in lines[2]] == [True] * 3
    assert lines[2].count("never") == 3


def test_notes_are_printed_up_to_a_number(made: PlanMade) -> None:
    note = Problem(code="plan.cut-off", where="Island", found="no road", expected="a road")
    console = Console(file=io.StringIO(), width=110)

    print_notes(console, [note] * (MAX_NOTES + 2))
    print_notes(console, made.notes)

    assert isinstance(console.file, io.StringIO)
    text = console.file.getvalue()
    assert text.count("note: Island: found no road") == MAX_NOTES
    assert "and 2 more notes" in text


ISLAND = (
    "thing,name,kind,position,residents [people],part_of,observed_at\n"
    'place/island,Island,neighbourhood,"36.3, 37.3",{},place/sector-a,2017-06-01\n'
)
UNSKILLED = "thing,name,located_in,operational_status\nbakery/oven,Oven,place/near,destroyed\n"


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        (ISLAND.format(70), {"plan.cut-off"}),
        (ISLAND.format(0), {"plan.cut-off", "plan.nobody-lives-there"}),
        (said("power_facility/station", "depends_on", "water_facility/pump"), {"plan.circle"}),
        (UNSKILLED, set()),
    ],
)
def test_what_cannot_be_taken_in_costs_the_rest_nothing(
    more: str, codes: set[str], tmp_path: Path
) -> None:
    made = make_plan(a_register(more), PlanFiles(tmp_path), OFFICER, REQUEST)

    assert {note.code for note in made.notes} == codes
    assert len(made.comparison.together.outcome.plan.assignments) == 14
    assert plan_samples(made, 2, HERE).n_samples == 2


def test_a_city_where_nobody_lives_is_planned_and_counts_nothing(made: PlanMade) -> None:
    people = made.problem.neighbourhoods
    empty = replace(
        made.problem, neighbourhoods=replace(people, people=np.zeros_like(people.people))
    )

    found = compare(empty, 20, 1)

    assert found.together.outcome.served.person_days == 0.0
    assert found.together.outcome.gap == found.gain_over_alone_percent == 0.0
    assert len(found.together.outcome.plan.assignments) == 14
