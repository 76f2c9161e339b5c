"""Random small towns: what was and what remains add up to the whole, whatever comes next."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from takatuf.planning.checking import problems_of, served_by
from takatuf.planning.comparing import planned
from takatuf.planning.plan import Plan
from takatuf.planning.remaining import remaining
from takatuf.planning.replanning import Follower, ReplanRequest, replan, wishes_of
from tests.builders_planning import Crew, random_town

seeds = st.integers(0, 2**32 - 1)


def start_days(plan: Plan) -> list[float]:
    return [work.start_day for work in plan.assignments]


@given(seeds)
def test_a_plan_cut_on_any_day_and_planned_anew_keeps_all_rules_and_adds_up(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = random_town(rng, int(rng.integers(1, 12))).problem()
    n_rows = int(rng.choice([1, len(problem.organisations)]))
    plan = planned(problem, rng.random((n_rows, problem.n_tasks))).plan
    now = remaining(problem, plan, float(rng.uniform(0, problem.horizon_days)))

    coming = planned(now.problem, rng.random((n_rows, now.problem.n_tasks)))

    whole = now.stitched(coming.plan)
    assert problems_of(now.problem, coming.plan, coming.served) == ()
    assert problems_of(problem, whole, now.served(coming.served)) == ()
    value = served_by(problem, whole).person_days
    assert np.isclose(now.value(coming.served.person_days), value, rtol=1e-9)


@given(seeds)
def test_with_teams_of_one_kind_the_same_priorities_lead_on_to_the_same_plan(seed: int) -> None:
    # Where teams may do different things, who chooses first hangs on what is left to do.
    rng = np.random.default_rng(seed)
    town = random_town(rng, int(rng.integers(1, 12)))
    crews = tuple(Crew(base=crew.base, free_from_day=crew.free_from_day) for crew in town.crews)
    problem = type(town)(**{**vars(town), "crews": crews}).problem()
    keys = rng.random((1, problem.n_tasks))
    whole = planned(problem, keys).plan
    now = remaining(problem, whole, float(rng.integers(0, int(2 * problem.horizon_days))) / 2)

    stitched = now.stitched(planned(now.problem, keys[:, now.task_of]).plan)

    assert [(work.task, work.team) for work in stitched.assignments] == [
        (work.task, work.team) for work in whole.assignments
    ]
    assert np.allclose(start_days(stitched), start_days(whole))


@given(seeds)
def test_a_plan_that_is_followed_where_nothing_has_changed_stays_as_it_was(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = random_town(rng, int(rng.integers(1, 12))).problem()
    plan = planned(problem, rng.random((1, problem.n_tasks))).plan

    followed = Follower(problem).follow(wishes_of(plan))

    assert [work.task for work in followed.assignments] == [work.task for work in plan.assignments]
    assert np.allclose(start_days(followed), start_days(plan))


@given(seeds, st.sampled_from([0.0, 0.3, 1.0]))
def test_a_plan_made_anew_moves_no_more_than_it_may_and_is_never_worse(
    seed: int, share: float
) -> None:
    rng = np.random.default_rng(seed)
    town = random_town(rng, int(rng.integers(1, 6)))
    accepted = planned(town.problem(), rng.random((1, len(town.jobs)))).plan
    longer = [float(rng.choice([1.0, 1.0, 2.0])) * job.days for job in town.jobs]
    jobs = [type(job)(**{**vars(job), "days": d}) for job, d in zip(town.jobs, longer, strict=True)]
    problem = type(town)(**{**vars(town), "jobs": jobs}).problem()
    request = ReplanRequest(day=1.5, max_moved_share=share, tolerance_days=1.0, evaluations=5)

    made = replan(problem, accepted, request)

    assert problems_of(problem, made.plan, made.served) == ()
    assert made.moved_share <= share
    assert made.served.person_days <= made.accepted.person_days * (1 + 1e-12)
