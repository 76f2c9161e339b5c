"""What services are worth: who has them for how long, and which tasks that hangs on.

A *cell* is one service of one neighbourhood; the last cell of each neighbourhood is coming
home, for the people who were driven out. Person-days in cells are not weighted: the weights
of a request come in by a product, so that other weights cost no new reckoning.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from takatuf.planning.causes import Causes
from takatuf.planning.explaining.waiting import chain_of
from takatuf.planning.plan import Served
from takatuf.planning.problem import HOME, SERVICES, Floats, PlanningProblem

N_CELLS = len(SERVICES) + 1  # of a neighbourhood
COMING_HOME = len(SERVICES)


class Weights(NamedTuple):
    """How much a person-day counts, by service, and by neighbourhood."""

    of_cells: Floats  # shape (N_CELLS,): services, then coming home
    of_neighbourhoods: Floats  # shape (n_neighbourhoods,): 1 where nobody comes first

    @property
    def by_cell(self) -> Floats:
        """Every cell's weight; shape (n_neighbourhoods * N_CELLS,)."""
        return np.outer(self.of_neighbourhoods, self.of_cells).ravel()


def weights_of(problem: PlanningProblem) -> Weights:
    """Return the weights of the request."""
    cells = np.append(problem.weights, problem.return_weight)
    return Weights(cells, np.ones(len(problem.neighbourhoods.ids)))


def won(problem: PlanningProblem, served: Served) -> Floats:
    """Return the person-days won up to the horizon; shape (n_neighbourhoods, N_CELLS).

    They are won against never having the service, and for who comes home against never
    coming home. Those who come home win days with a service from then on.
    """
    people, horizon = problem.neighbourhoods, problem.horizon_days
    days = np.minimum(served.service_day, horizon)
    found = np.zeros((len(people.ids), N_CELLS))
    found[:, :COMING_HOME] = people.people[:, None] * (horizon - days)
    if people.displaced is not None and problem.return_weight > 0:
        back = _days_at_home(problem, people.displaced, days)
        found[:, :COMING_HOME] += back[:, COMING_HOME:] - back[:, :COMING_HOME]
        found[:, COMING_HOME] = back[:, COMING_HOME]
    return found


def lost(problem: PlanningProblem, before: Served, after: Served) -> Floats:
    """Return the weighted person-days that a change costs; shape (n_neighbourhoods,).

    Negative where it saves some. They add up to the difference of `Served.person_days`, save
    for the last digits.
    """
    return _costs(problem, after) - _costs(problem, before)


def hanging_on(
    problem: PlanningProblem, served: Served, causes: Causes, earlier: Mapping[int, int]
) -> csr_array:
    """Return the person-days won with the chains that each task is a link of.

    The chain of a service begins with the task whose end brings it back and goes on with what
    came earlier, back to day 0. Chains share links: sums over tasks mean nothing.

    Args:
        problem: The rules.
        served: Service days of a plan.
        causes: As `causes_of` gives them for that plan.
        earlier: For each of its tasks the one that the chain goes on with, or NONE.

    Returns:
        Shape (n_tasks, n_neighbourhoods * N_CELLS), person-days.
    """
    in_cells = won(problem, served)
    rows, columns, values = [], [], []
    for n, cell in zip(*np.nonzero(in_cells > 0), strict=True):
        cause = causes.services[n][HOME if cell == COMING_HOME else cell]
        for task in chain_of(cause.task, earlier):
            rows.append(task)
            columns.append(int(n) * N_CELLS + int(cell))
            values.append(float(in_cells[n, cell]))
    shape = (problem.n_tasks, in_cells.size)
    return csr_array((values, (rows, columns)), shape=shape, dtype=np.float64)


def people_days_of(
    problem: PlanningProblem, served: Served, causes: Causes, earlier: Mapping[int, int]
) -> Floats:
    """Return the same by the weights of the request, all cells together; shape (n_tasks,)."""
    cells = hanging_on(problem, served, causes, earlier)
    return np.asarray(cells @ weights_of(problem).by_cell)


def _costs(problem: PlanningProblem, served: Served) -> Floats:
    # Without what displaced people wait before they are back: that is the same for all plans.
    people = problem.neighbourhoods
    days = np.minimum(served.service_day, problem.horizon_days)
    costs = people.people * (days @ problem.weights)
    if people.displaced is not None and problem.return_weight > 0:
        back = _days_at_home(problem, people.displaced, days)
        costs += back[:, :COMING_HOME] @ problem.weights
        costs -= back[:, COMING_HOME] * problem.return_weight
    return np.asarray(costs)


def _days_at_home(problem: PlanningProblem, displaced: Floats, days: Floats) -> Floats:
    """Return the person-days lived at home up to each service's day, and to the horizon."""
    people, home = problem.neighbourhoods, days[:, HOME, None]
    rate = people.returns_per_day
    until = np.append(days, np.full((len(days), 1), problem.horizon_days), axis=1)
    lived = np.maximum(until - home, 0.0)
    whole = np.zeros(len(days)) if rate is None else displaced / rate
    coming = np.minimum(whole[:, None], lived)
    per_day = np.zeros(len(days)) if rate is None else np.where(np.isinf(rate), 0.0, rate)
    steady = displaced[:, None] * (lived - coming)
    return np.asarray(0.5 * per_day[:, None] * coming**2 + steady)
