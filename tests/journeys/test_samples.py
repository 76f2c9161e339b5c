"""A plan over samples from the command line, and on a cluster of which a worker is killed."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.planning.ensembles import Assassin, a_cluster
from takatuf.cli import exits
from takatuf.cli.main import run
from takatuf.planning.ensembles.cluster import Cluster
from takatuf.planning.ensembles.following import Trials, trials_of
from takatuf.planning.ensembles.local import LocalProcesses
from takatuf.planning.ensembles.sampling import Ranges
from takatuf.planning.request import PlanRequest
from takatuf.workspace import open_workspace
from takatuf.workspace.demonstration import DemoMade
from takatuf.workspace.samples import plan_workspaces
from tests.builders_planning import two_banks
from tests.builders_town import DAY, TABLES
from tests.unit.planning.ensembles.test_samples_of_a_plan import a_plan, the_ranges

SEED = 1
PLAN = ["plan", "--at", "2017-06-14", "--evaluations", "20"]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("samples") / "town")
    assert run(["init", folder, "--name", "Town"]) == 0
    for table in TABLES:
        by = "" if table.name.startswith("1") else "Board"
        assert run(["-w", folder, "import", str(table), "--as", by]) == 0
    return folder


def test_the_command_prints_samples_beside_the_plan_and_as_json(
    town: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    samples = ["--samples", "4", "--workers", "1"]

    assert run(["-w", town, *PLAN, *samples]) == 0
    assert "The joint plan over 4 samples" in capsys.readouterr().out
    assert run(["-w", town, "--json", *PLAN, *samples]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["samples"]["n_samples"] == 4
    assert document["notes"] == []
    assert run(["-w", town, "--json", *PLAN]) == 0
    assert "samples" not in json.loads(capsys.readouterr().out)


def test_a_plan_can_be_gone_on_with_and_proven_further(
    town: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    more = ["--seconds", "0.2", "--gap", "1", "--windows", "1", "--bound-seconds", "0.2"]

    assert run(["-w", town, *PLAN, *more]) == 0
    assert "every plan passed the independent checker" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [
        ("--evaluations", "0", 10),
        ("--horizon-days", "0.5", 10),
        ("--dask", "nowhere", 14),
    ],
)
def test_what_cannot_be_asked_for_is_refused_with_its_reason(
    town: str, capsys: pytest.CaptureFixture[str], option: str, value: str, code: int
) -> None:
    assert run(["-w", town, *PLAN, "--samples", "2", option, value]) == code
    assert capsys.readouterr().err
    assert code in exits.BY_FAMILY.values()


def test_workspaces_are_planned_together_and_each_keeps_its_own_plan(town: str) -> None:
    workspace = open_workspace(town)

    made = plan_workspaces(
        [workspace, workspace], PlanRequest(at=DAY, evaluations=20), LocalProcesses(1)
    )

    assert len({one.kept_in for one in made}) == 1
    assert Path(made[0].kept_in).parent.parent == Path(town)
    workspace.close()


def assert_same_with_a_worker_killed(trials: Trials, n_samples: int, n_workers: int) -> None:
    here = LocalProcesses(1).run(trials, range(n_samples))
    with a_cluster(n_workers) as (address, pids):
        assassin = Assassin(pids[0], n_samples // 2)
        there = Cluster(address).run(trials, range(n_samples), lambda done, _: assassin.told(done))
    assert assassin.killed_at is not None
    assert assassin.killed_at < n_samples
    assert len(there) == n_samples
    for one, other in zip(here, there, strict=True):
        assert one.person_days == other.person_days
        assert np.array_equal(one.start_day, other.start_day)
        assert np.array_equal(one.service_day, other.service_day)


@pytest.mark.slow
@pytest.mark.enable_socket
@pytest.mark.filterwarnings("ignore")
def test_twelve_samples_arrive_though_one_of_two_workers_is_killed() -> None:
    problem = two_banks().problem()
    plan, _ = a_plan(problem)
    assert_same_with_a_worker_killed(trials_of(problem, plan, the_ranges(problem), SEED), 12, 2)


@pytest.mark.slow
@pytest.mark.enable_socket
@pytest.mark.filterwarnings("ignore")  # the library warns of the worker that we kill
def test_two_hundred_samples_arrive_though_one_of_four_workers_is_killed(
    aleppo: DemoMade,
) -> None:
    problem = aleppo.plan.problem
    days = problem.tasks.duration_days
    ranges = Ranges(low=0.5 * days, likely=days, high=2.0 * days, shared=0.3)
    plan = aleppo.plan.comparison.together.outcome.plan
    assert_same_with_a_worker_killed(trials_of(problem, plan, ranges, SEED), 200, 4)
