from takatuf.planning.comparing import Meanwhile, delays
from tests.builders_comparing import tried_in, two_roads
from tests.builders_planning import Home, Job, Town

ALONE_FIRST = (0, 1, 2, 3)  # the wrong road first: 28036 weighted person-days
TOGETHER = (1, 0, 2, 3)  # the right one: 17252


def test_each_idle_day_costs_everybody_a_day_until_the_gain_is_gone() -> None:
    problem = two_roads().problem()
    tried = tried_in(problem, ALONE_FIRST, ALONE_FIRST, TOGETHER, TOGETHER)
    alone, joint = (way.served.person_days for way in (tried.alone, tried.together))
    each_day = 201 * (1 + 3)

    found = delays(problem, tried, 20, 1)

    idle = {one.over: one.days for one in found.delays if one.meanwhile is Meanwhile.NOBODY_WORKS}
    assert idle["alone"] == -((joint - alone) // each_day)
    assert idle["shared"] == 0


def test_who_works_alone_meanwhile_loses_less() -> None:
    problem = two_roads().problem()
    tried = tried_in(problem, ALONE_FIRST, ALONE_FIRST, TOGETHER, TOGETHER)

    found = delays(problem, tried, 20, 1)

    alone = {one.over: one.days for one in found.delays if one.meanwhile is Meanwhile.EACH_ALONE}
    # The wrong road is begun on day 0 and cannot be broken off, so a day later all is lost.
    assert alone["shared"] == 0
    assert alone["observant"] == 1
    by_day = dict(found.values[Meanwhile.EACH_ALONE])
    assert by_day[0] == tried.together.served.person_days
    assert list(by_day.values()) == sorted(by_day.values())


def test_where_acting_together_saves_however_late_there_is_no_such_day() -> None:
    problem = two_roads().problem()
    tried = tried_in(problem, ALONE_FIRST, TOGETHER, TOGETHER, TOGETHER)

    found = delays(problem, tried, 20, 1)

    alone = {one.over: one.days for one in found.delays if one.meanwhile is Meanwhile.EACH_ALONE}
    assert alone["alone"] is None


def test_where_nothing_is_to_be_done_every_delay_is_too_long() -> None:
    problem = Town(jobs=(Job(),), homes=(Home(people=0.0),)).problem()
    tried = tried_in(problem, (0,), (0,), (0,), (0,))

    assert {one.days for one in delays(problem, tried, 5, 1).delays} == {0}
