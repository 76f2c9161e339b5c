from takatuf.planning.checking import problems_of
from takatuf.planning.comparing import compare
from takatuf.planning.comparing.improving import improved, proven_longer
from takatuf.planning.solvers.annealing import after_evaluations
from tests.builders_planning import CLEARANCE, WATER_WORKS, Crew, Home, Job, Town, two_banks

TWICE = (after_evaluations(3_000), after_evaluations(3_000))

WAITING_PAYS = Town(
    jobs=(
        Job(days=0.5),
        Job(days=1.0, skill=WATER_WORKS, before=(0,)),
        Job(days=10.0, skill=WATER_WORKS),
    ),
    crews=(Crew(skills=(CLEARANCE,)), Crew(skills=(WATER_WORKS,))),
    homes=(Home(people=1000.0, water=(1,)), Home(people=1.0, water=(2,))),
    weights=(0.0, 1.0, 0.0, 0.0, 0.0),
)


def test_more_effort_finds_a_better_joint_plan_and_says_how_much_it_was() -> None:
    problem = WAITING_PAYS.problem()
    made = compare(problem, 4, seed=1)

    better = improved(problem, made, TWICE).together.outcome

    assert better.served.person_days < made.together.outcome.served.person_days
    assert better.evaluations > 6_000
    assert problems_of(problem, better.plan, better.served) == ()


def test_a_plan_that_cannot_be_bettered_stays_what_it_is() -> None:
    problem = two_banks().problem()
    made = compare(problem, 400, seed=1)

    assert improved(problem, made, TWICE, windows=1) is made


def test_looking_longer_never_lowers_the_proven_bound() -> None:
    problem = two_banks().problem()
    made = compare(problem, 400, seed=1)

    longer = proven_longer(problem, made, seconds=1.0)

    for before, after in ((made.alone, longer.alone), (made.together, longer.together)):
        assert before.outcome.bound <= after.outcome.bound
        assert after.outcome.bound <= after.outcome.served.person_days
