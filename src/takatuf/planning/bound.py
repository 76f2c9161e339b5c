"""How good any plan could be at best: a value that no plan can be below, with its proof.

The bound is a Lagrangian relaxation. In any plan, let service i come back on day C_i.

1. *Chains.* C_i is at least e_i, the day of the longest chain with unlimited teams, each of
   which has to be there first. If a task j cannot be done without, it ends by C_i - t_ij, where
   t_ij is the least time from its end to the service.
2. *Work.* A task that ends by day D has, by day b, had at least p_j - max(0, D - b) of its p_j
   team-days, and not less than 0, as one team does it without a break. Call this w_ij(b), with
   D = C_i - t_ij. It holds for every service that needs j, so also for any mixture of them with
   shares x_ij(b) that add up to 1.
3. *Capacity.* If only teams of a set may do the tasks of a group, these have by day b had at
   most the days that the teams of the set have been there: K(b).
4. *Prices.* For any prices l(b), 0 or more, for each group and day, the value of the plan is at
   least its value plus price times (work had - capacity), as the bracket is never positive. With
   the mixtures of 2 this falls apart into one small question for each service: the day C_i that
   costs least in people waiting and priced work. The sum of the answers less the priced
   capacity is the bound, whatever the prices and shares are; better ones only raise it.

Rounding is always downwards: tails to whole steps of the grid, work to what steps show, and
between two steps of the grid a cost is replaced by something that is not above it.

Source: A. M. Geoffrion (1974), Lagrangean relaxation for integer programming, Mathematical
Programming Study 2, 82-114; steps after B. T. Polyak (1969), Minimization of unsmooth
functionals, https://doi.org/10.1016/0041-5553(69)90061-5.
"""

import numpy as np

from takatuf.planning.bounding.earliest import (
    Earliest,
    earliest_of,
    first_start_days,
    shortest_travel_days,
)
from takatuf.planning.bounding.prices import Prices, Relaxed, follow, priced
from takatuf.planning.problem import Flags, Floats, Lists, PlanningProblem
from takatuf.planning.simulating import city_of, setting_of

N_STEPS = 120  # of the grid, up to the horizon
ROUNDS = 200
MAX_EFFORT = 200_000_000  # entries x steps x rounds: about 10 CPU seconds; large cities get fewer
PATIENCE = 10  # rounds without a better bound before the steps get smaller
NO_SLOPE = 1e-12  # team-steps squared: what is left are rounding errors
ROUNDING_SHARE = 1e-9  # taken off the result: sums are not exact


def bound_of(problem: PlanningProblem, near: float | None = None) -> float:
    """Return a value in weighted person-days that no plan can be below; 0 or more.

    Args:
        problem: What is to be done.
        near: The value of some plan. It sets the size of the steps with which prices are
            sought; the bound holds whatever it is.
    """
    city, people_weight = city_of(problem), setting_of(problem).people_weight
    travel_days = shortest_travel_days(problem)
    earliest = earliest_of(city, first_start_days(problem, travel_days))
    waits = np.minimum(earliest.service_day, problem.horizon_days)
    chains = float((people_weight * waits).sum())
    relaxed = _relaxed(problem, earliest, people_weight.reshape(-1), travel_days)
    fixed = chains - float((relaxed.weight * relaxed.earliest).sum())
    near = 2.0 * chains if near is None else near
    best = fixed + _raised(relaxed, near - fixed) if len(relaxed.need_task) else chains
    return max(chains, best, 0.0) * (1.0 - ROUNDING_SHARE)


def _raised(relaxed: Relaxed, near: float) -> float:
    n_groups, n_steps = relaxed.capacity.shape
    n_entries = len(relaxed.need_task)
    counts = np.bincount(relaxed.need_task, minlength=len(relaxed.work))
    share = np.repeat(1.0 / counts[relaxed.need_task][:, None], n_steps, axis=1)
    prices = Prices(np.zeros((n_groups, n_steps)), np.zeros((n_entries, n_steps)), share)
    used = np.empty((n_entries, n_steps))
    best, since, pace = -np.inf, 0, 1.0
    for _ in range(min(ROUNDS, MAX_EFFORT // used.size)):
        price_of_task = relaxed.group_of_task.T @ prices.of_group
        least = priced(relaxed, price_of_task, prices.share, used)
        value = float(least.sum() - (prices.of_group * relaxed.capacity).sum())
        since = 0 if value > best else since + 1
        best = max(best, value)
        if since >= PATIENCE:
            pace, since = pace / 2, 0
        work_by = np.zeros((len(relaxed.work), n_steps))
        np.add.at(work_by, relaxed.need_task, prices.share * used)
        excess = relaxed.group_of_task @ work_by - relaxed.capacity
        slope = np.where((prices.of_group > 0) | (excess > 0), excess, 0.0)
        length = float((slope**2).sum())
        if length < NO_SLOPE or value >= near:
            break
        step = pace * (near - value) / length
        np.maximum(prices.of_group + step * slope, 0.0, out=prices.of_group)
        follow(relaxed, prices, used)
    return best


def _relaxed(
    problem: PlanningProblem, earliest: Earliest, people_weight: Floats, travel_days: Floats
) -> Relaxed:
    # Only services that some plan can bring back within the horizon are priced.
    step_days = problem.horizon_days / N_STEPS
    days = earliest.service_day.reshape(-1)
    counts = np.flatnonzero((people_weight > 0) & (days > 0) & (days < problem.horizon_days))
    needs = [np.flatnonzero(earliest.tail_days[:, service] >= 0) for service in counts]
    entries = Lists.of([list(tasks) for tasks in needs])
    tails = [
        earliest.tail_days[tasks, service] for tasks, service in zip(needs, counts, strict=True)
    ]
    teams_of_groups, tasks_of_groups = _groups(problem)
    work = problem.tasks.duration_days / step_days
    return Relaxed(
        entries.start,
        entries.index,
        np.floor(np.concatenate([*tails, np.zeros(0)]) / step_days).astype(np.int64),
        people_weight[counts] * step_days,
        days[counts] / step_days,
        work,
        np.floor(work).astype(np.int64),
        tasks_of_groups.astype(np.float64),
        _capacity(problem, teams_of_groups, tasks_of_groups, travel_days) / step_days,
    )


def _groups(problem: PlanningProblem) -> tuple[Flags, Flags]:
    # For each set of teams that is "all who may do task j", or all with one skill: the set, and
    # the tasks that nobody outside it may do.
    may_do = problem.may_do()
    sets = {tuple(column) for column in may_do.T.tolist()}
    for skill in np.unique(problem.tasks.skill):
        column = np.asarray(may_do[:, problem.tasks.skill == skill].any(axis=1))
        sets.add(tuple(column.tolist()))
    teams = np.array(sorted(group for group in sets if any(group)), dtype=np.bool_)
    teams = teams.reshape(-1, problem.n_teams)
    tasks = [~(may_do & ~group[:, None]).any(axis=0) & may_do.any(axis=0) for group in teams]
    return teams, np.array(tasks, dtype=np.bool_).reshape(len(teams), problem.n_tasks)


def _capacity(problem: PlanningProblem, teams: Flags, tasks: Flags, travel_days: Floats) -> Floats:
    # Team-days up to each step, from when each team can first be at a task of the group.
    grid = np.arange(N_STEPS) * problem.horizon_days / N_STEPS
    rows = []
    for members, own in zip(teams, tasks, strict=True):
        arrives = travel_days[problem.teams.base[members]][:, problem.tasks.node[own]]
        first = problem.teams.free_from_day[members] + arrives.min(axis=1, initial=np.inf)
        rows.append(np.maximum(grid[None, :] - first[:, None], 0.0).sum(axis=0))
    return np.array(rows).reshape(len(teams), N_STEPS)
