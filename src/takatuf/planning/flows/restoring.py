"""Restore damaged networks so that little is missing, step by step, for the least in sum.

Each step takes the parts with which the networks work best at once: those that remain when the
least missed of all damaged parts are taken away one by one, or those that save most when added
one by one, the better of both; then each chosen part is in turn forced to wait. In the end
neighbouring steps divide their parts anew. All states are priced by the cheapest flow, so the
values are exact; the order is a good one and not proven to be the best.
"""

from dataclasses import dataclass

import numpy as np

from takatuf.planning.flows.choosing import choose, divide_anew
from takatuf.planning.flows.network import Damage, FlowNetwork, Wreck, cost_of, wreck_of
from takatuf.planning.problem import NONE, Floats, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Restoration:
    """When each damaged part is repaired, and what that costs."""

    step: Ints  # shape (n_parts,), from 1; NONE: the repair would cost more than it saves
    cost: Floats  # shape (n_steps,), of the cheapest flow in each step, the first unrepaired
    repair_cost: float

    @property
    def total(self) -> float:
        """Return flows and repairs together."""
        return float(self.cost.sum()) + self.repair_cost


def restore(network: FlowNetwork, damage: Damage, per_step: int, n_steps: int) -> Restoration:
    """Return in which step to repair each part; the same input gives the same answer.

    Args:
        network: What flows where.
        damage: What must be repaired.
        per_step: At most so many parts are repaired in a step, 1 or more. They work within it.
        n_steps: Steps that are counted, 1 or more; nothing is repaired in the first, step 0.
    """
    wreck = wreck_of(network, damage)
    step = _choose_all(wreck, per_step, n_steps)
    _divide_all(wreck, step, n_steps)
    _leave_out(wreck, damage.repair_cost, step, n_steps)
    cost = np.array([cost_of(wreck, step <= now) for now in range(n_steps)])
    is_repaired = step < n_steps
    return Restoration(
        step=np.where(is_repaired, step, NONE),
        cost=cost,
        repair_cost=float(damage.repair_cost[is_repaired].sum()),
    )


def _choose_all(wreck: Wreck, per_step: int, n_steps: int) -> Ints:
    step = np.full(len(wreck.node), n_steps)
    for now in range(1, n_steps):
        chosen = choose(wreck, step < now, per_step)
        step[chosen & (step > now)] = now
    return step


def _divide_all(wreck: Wreck, step: Ints, n_steps: int) -> None:
    waiting = list(range(1, n_steps - 1))
    while waiting:
        now = waiting.pop(0)
        if divide_anew(wreck, step, now):
            near = {now - 1, now, now + 1} & set(range(1, n_steps - 1))
            waiting += sorted(near - set(waiting))


def _leave_out(wreck: Wreck, repair_cost: Floats, step: Ints, n_steps: int) -> None:
    """Take out the parts, from the last to the first, that do not save their own cost."""
    for part in np.argsort(-step, kind="stable"):
        saved, first = 0.0, step[part]
        for now in range(n_steps - 1, first - 1, -1):
            whole = step <= now
            saved -= cost_of(wreck, whole)
            whole[part] = False
            saved += cost_of(wreck, whole)
            if saved >= repair_cost[part]:
                break
        else:
            step[part] = n_steps
