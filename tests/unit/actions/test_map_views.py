import pytest

from takatuf.actions.city_pages.map_views import link_views, place_views, plane_of, site_views
from takatuf.actions.city_pages.plan_views import organisation_views, way_views
from takatuf.actions.make_plan import PlanMade, make_plan
from takatuf.actions.read_picture import Reading, read_picture
from takatuf.planning.request import PlanRequest
from takatuf.reports.memory import MemoryRegister
from takatuf.safeguards.actor import ANYBODY
from takatuf.storage.plan_files import PlanFiles
from takatuf.vocabulary.things import load_vocabulary
from tests.builders import OFFICER
from tests.builders_town import DAY, a_register


@pytest.fixture(scope="module")
def register() -> MemoryRegister:
    return a_register()


@pytest.fixture(scope="module")
def made(register: MemoryRegister, tmp_path_factory: pytest.TempPathFactory) -> PlanMade:
    plans = PlanFiles(tmp_path_factory.mktemp("plans"))
    return make_plan(register, plans, OFFICER, PlanRequest(at=DAY, evaluations=5))


@pytest.fixture(scope="module")
def reading(register: MemoryRegister) -> Reading:
    return read_picture(register, load_vocabulary(), ANYBODY)


def test_a_site_is_drawn_in_the_middle_of_its_quarter(made: PlanMade, reading: Reading) -> None:
    plane = plane_of(made)
    sites = {site.name.en: site for site in site_views(made, reading, plane)}

    assert set(sites) == {"Station", "Pump"}  # a clinic is not among them
    pump = sites["Pump"]
    middle = next(p for p in place_views(made, reading, plane) if p.name.en == "Middle")
    assert (pump.east_m, pump.north_m) == (middle.east_m, middle.north_m)
    assert pump.works_on_day is not None
    assert sites["Station"].works_on_day is not None
    assert pump.works_on_day >= sites["Station"].works_on_day


def test_entries_come_last_and_nobody_lives_there(made: PlanMade, reading: Reading) -> None:
    *homes, gate = place_views(made, reading, plane_of(made))

    assert [home.is_entry for home in homes] == [False, False, False]
    assert (gate.name.en, gate.is_entry, gate.people) == ("Gate", True, 0)


def test_a_link_opens_on_the_day_its_last_blockage_is_gone(
    made: PlanMade, reading: Reading
) -> None:
    links = link_views(made, place_views(made, reading, plane_of(made)))
    ends = {made.problem.tasks.names[w.task]: w.end_day
            for w in made.comparison.together.outcome.plan.assignments}  # fmt: skip

    assert sorted(link.opens_on_day or 0 for link in links) == sorted(
        [0.0, ends["remove debris on Near - Middle"], ends["clear Road"]]
    )
    assert {link.hazard for link in links} == {"", "suspected hazardous area"}


def test_the_public_sees_every_team_and_no_health_site(made: PlanMade, reading: Reading) -> None:
    (board,) = organisation_views(made, reading)

    assert [team.name for team in board.teams] == ["One", "Two"]
    tasks = [task for team in board.teams for task in team.tasks]
    assert "Clinic" not in repr(tasks)
    assert {t.place.en for t in tasks if t.kind == "health"} == {"Sector A"}
    assert not any(task.rests_on_assumption for task in tasks)


def test_the_three_ways_are_shown_with_their_effort(made: PlanMade) -> None:
    assert [way.key for way in way_views(made)] == ["alone", "shared", "together"]
    assert {way.evaluations for way in way_views(made)} == {5}
