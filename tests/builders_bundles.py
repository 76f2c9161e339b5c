"""Towns whose tasks go together: several on the same terms, needed by the same."""

from dataclasses import replace

import numpy as np

from tests.builders_planning import Home, Job, Plant, Street, Town, random_town


def random_bundles(rng: np.random.Generator, n_kinds: int, n_jobs: int) -> Town:
    """A small town of any kind in which each job of it stands for one or more jobs."""
    town = random_town(rng, n_kinds)
    kinds = [*range(n_kinds), *rng.integers(n_kinds, size=n_jobs - n_kinds).tolist()]
    jobs_of = [tuple(at for at in range(n_jobs) if kinds[at] == kind) for kind in range(n_kinds)]

    def all_of(tasks: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(job for kind in tasks for job in jobs_of[kind])

    def job(kind: int) -> Job:
        days = float(rng.integers(1, 9)) / 2
        return replace(town.jobs[kind], days=days, before=all_of(town.jobs[kind].before))

    def home(one: Home) -> Home:
        housing, water, power = all_of(one.housing), all_of(one.water), all_of(one.power)
        return replace(one, water=water, power=power, housing=housing)

    def street(one: Street) -> Street:
        return replace(one, blocked_by=all_of(one.blocked_by))

    def plant(one: Plant) -> Plant:
        return replace(one, tasks=all_of(one.tasks))

    return replace(
        town,
        jobs=[job(kind) for kind in kinds],
        streets=[street(one) for one in town.streets],
        plants=[plant(one) for one in town.plants],
        homes=[home(one) for one in town.homes],
    )
