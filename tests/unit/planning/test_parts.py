import numpy as np

from takatuf.planning.simulating import Game, city_of, crews_of, setting_of, value_of
from takatuf.planning.simulating.parts import CORE, parts_of
from takatuf.planning.simulating.ranks import lowest_bit, ranks_of, set_key
from tests.builders_planning import CLEARANCE, WATER_WORKS, Crew, Home, Job, Town, two_banks


def test_work_that_opens_other_work_is_the_core_and_the_rest_are_leaves() -> None:
    town = Town(
        jobs=(Job(), Job(skill=WATER_WORKS, before=(0,)), Job(skill=WATER_WORKS)),
        crews=(Crew(skills=(CLEARANCE,)), Crew(skills=(WATER_WORKS,))),
    )

    parts = parts_of(town.problem())

    assert parts.part_of_task.tolist() == [CORE, 1, 1]
    assert parts.part_of_team.tolist() == [CORE, 1]


def test_what_nobody_may_do_belongs_to_the_core() -> None:
    town = Town(jobs=(Job(skill=WATER_WORKS),), crews=(Crew(skills=(CLEARANCE,)),))

    assert parts_of(town.problem()).part_of_task.tolist() == [CORE]


def test_places_follow_the_keys() -> None:
    problem = two_banks().problem()
    crews = crews_of(problem, 1)
    rng = np.random.default_rng(1)
    keys = rng.random((1, problem.n_tasks))
    ranks = ranks_of(crews, keys)

    for _ in range(50):
        task, key = int(rng.integers(problem.n_tasks)), float(rng.integers(4))
        set_key(keys, ranks, 0, task, key)

        anew = ranks_of(crews, keys)
        np.testing.assert_array_equal(ranks.rank, anew.rank)
        np.testing.assert_array_equal(ranks.by_rank, anew.by_rank)


def test_the_lowest_bit_of_a_word_is_found() -> None:
    assert [lowest_bit(1 << bit) for bit in range(32)] == list(range(32))
    assert lowest_bit(0b1011000) == 3


def test_displaced_people_wait_come_back_and_wait_for_the_rest() -> None:
    # Ten people a day come back from day 4; the clinic never works; the horizon is day 20.
    home = Home(people=0.0, housing=(0,), displaced=100.0, returns_per_day=10.0)
    town = Town(
        jobs=(Job(days=4.0),),
        homes=(home,),
        weights=(0.0, 0.0, 0.0, 1.0, 1.0),
        return_weight=2.0,
        horizon_days=20.0,
    )
    problem = town.problem()
    game = Game(city_of(problem), crews_of(problem, 1), setting_of(problem))

    value = value_of(game, np.zeros((1, 1)), np.zeros(1))

    waiting = 100 * 4 + 10 * 100 / 2  # until day 4, then a triangle of ten days
    without_clinic = 10 * 100 / 2 + 6 * 100  # another triangle, then all of them to day 20
    assert value == 2.0 * waiting + 1.0 * without_clinic
