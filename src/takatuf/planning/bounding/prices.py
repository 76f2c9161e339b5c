"""Prices of team time: what the limited number of teams adds to the longest chains.

All arrays are over a grid of ``n_steps`` days ``0, 1, 2 ...`` of equal length. The proof that
the value of any prices and shares is a lower bound stands in `takatuf.planning.bound`.
"""

from typing import NamedTuple

import numpy as np

from takatuf.planning.compiling import compiled
from takatuf.planning.problem import Floats, Ints

SHARE_STEP = 0.15  # how fast shares follow the services that need a task first


class Relaxed(NamedTuple):
    """Services that still count, what each needs and by when; all days in steps of the grid."""

    need_start: Ints  # service -> its entries below
    need_task: Ints
    need_tail: Ints  # the task ends at least so many steps before the service comes back
    weight: Floats  # person-days per step of waiting
    earliest: Floats  # the service's earliest step
    work: Floats  # of each task, in team-steps
    whole_steps: Ints  # the same, rounded down
    group_of_task: Floats  # shape (n_groups, n_tasks): 1 where the group's teams must do it
    capacity: Floats  # shape (n_groups, n_steps): team-steps up to then


class Prices(NamedTuple):
    """The multipliers; changed in place."""

    of_group: Floats  # shape (n_groups, n_steps), 0 or more
    pull: Floats  # shape (n_entries, n_steps): shares are its soft maximum
    share: Floats  # same shape; over all entries of a task they add up to 1 at each step


@compiled
def priced(relaxed: Relaxed, price_of_task: Floats, share: Floats, used: Floats) -> Floats:
    """Return the least cost of each service under the prices; adds work done to ``used``.

    Args:
        relaxed: What each service needs.
        price_of_task: Of a team-step of work done by each step; shape ``(n_tasks, n_steps)``.
        share: As in `Prices`.
        used: Shape ``(n_entries, n_steps)``; receives the work that the cheapest choice has
            done by each step, before it is shared out.
    """
    n_services, n_steps = len(relaxed.weight), share.shape[1]
    least = np.empty(n_services)
    for service in range(n_services):
        first, last = relaxed.need_start[service], relaxed.need_start[service + 1]
        pay = np.zeros(n_steps + 1)
        for entry in range(first, last):
            task = relaxed.need_task[entry]
            _add_payment(relaxed, entry, price_of_task[task], share[entry], pay)
        step, least[service] = _cheapest(relaxed.weight[service], relaxed.earliest[service], pay)
        for entry in range(first, last):
            _work_done(relaxed, entry, step, used[entry])
    return least


@compiled
def _add_payment(relaxed: Relaxed, entry: int, price: Floats, share: Floats, pay: Floats) -> None:
    # Payment for work done by each step b, if the service is back at step c, is summed over b
    # by suffix sums: `later[b]` of the prices, `area[b]` of `later`.
    n_steps = len(price)
    task, tail = relaxed.need_task[entry], relaxed.need_tail[entry]
    work, whole = relaxed.work[task], relaxed.whole_steps[task]
    later, area = np.zeros(n_steps + 2), np.zeros(n_steps + 2)
    for step in range(n_steps - 1, -1, -1):
        later[step] = later[step + 1] + price[step] * share[step]
        area[step] = area[step + 1] + later[step]
    for back in range(n_steps):
        due = back - tail
        if whole == 0:
            pay[back] += work * later[max(due + 1, 0)]
            continue
        low, high = due - whole + 1, due + 1
        above = area[high] if high >= 0 else area[0] - high * later[0]
        below = area[low] if low >= 0 else area[0] - low * later[0]
        pay[back] += work / whole * (below - above)


@compiled
def _cheapest(weight: float, earliest: float, pay: Floats) -> tuple[int, float]:
    # Never to come back within the horizon costs the horizon and pays for no work.
    n_steps = len(pay) - 1
    best, least = n_steps, weight * n_steps
    first = int(earliest)
    if first >= n_steps:
        return best, least
    cost = weight * earliest + pay[first + 1]
    if cost < least:
        best, least = first, cost
    for back in range(first + 1, n_steps):
        cost = weight * back + pay[back]
        if cost < least:
            best, least = back, cost
    return best, least


@compiled
def _work_done(relaxed: Relaxed, entry: int, back: int, used: Floats) -> None:
    n_steps = len(used)
    task = relaxed.need_task[entry]
    work, whole, due = (
        relaxed.work[task],
        relaxed.whole_steps[task],
        back - relaxed.need_tail[entry],
    )
    for step in range(n_steps):
        used[step] = 0.0
        if back < n_steps and whole == 0:
            used[step] = work if step > due else 0.0
        elif back < n_steps:
            used[step] = work * min(1.0, max(0.0, 1.0 - (due - step) / whole))


@compiled
def follow(relaxed: Relaxed, prices: Prices, used: Floats) -> None:
    """Shift shares of each task towards the services that need it done first."""
    n_entries, n_steps = used.shape
    n_tasks = len(relaxed.work)
    top, total = np.full((n_tasks, n_steps), -np.inf), np.zeros((n_tasks, n_steps))
    for entry in range(n_entries):
        task = relaxed.need_task[entry]
        for step in range(n_steps):
            prices.pull[entry, step] += SHARE_STEP * used[entry, step] / relaxed.work[task]
            top[task, step] = max(top[task, step], prices.pull[entry, step])
    for entry in range(n_entries):
        task = relaxed.need_task[entry]
        for step in range(n_steps):
            prices.share[entry, step] = np.exp(prices.pull[entry, step] - top[task, step])
            total[task, step] += prices.share[entry, step]
    for entry in range(n_entries):
        task = relaxed.need_task[entry]
        for step in range(n_steps):
            prices.share[entry, step] /= total[task, step]
