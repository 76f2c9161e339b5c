"""Choose the parts that are worth most together; every choice is priced, none is guessed.

A set of parts is a flag for each. Trials start from the same tree of the cheapest flow, so
that each is a few exchanges away from it.
"""

import numpy as np

from takatuf.planning.compiling import compiled
from takatuf.planning.flows.cheapest import kept, put_back
from takatuf.planning.flows.network import Wreck, cost_of
from takatuf.planning.problem import Flags, Floats, Ints

NEAR = 2  # times what a step takes: so many more parts come into question for it
NOTICEABLE = 1e-6  # share of a cost below which a difference is rounding


def choose(wreck: Wreck, done: Flags, n_more: int) -> Flags:
    """Return the parts done and up to `n_more` further ones, the cheapest state found.

    Args:
        wreck: The damaged network.
        done: Parts that are repaired already, and stay so.
        n_more: How many to add.
    """
    size = min(int(done.sum()) + n_more, len(done))
    unknown = np.where(done, np.inf, 0.0)
    near = np.ones(len(done), dtype=np.bool_)
    shrink(wreck, near, unknown.copy(), size + NEAR * n_more, np.inf)
    best = near.copy()
    least = shrink(wreck, best, unknown.copy(), size, np.inf)
    grown = done.copy()
    cost = grow(wreck, grown, size)
    both = best | grown
    if cost < least:
        best, least = grown, cost
    if shrink(wreck, both, unknown, size, least) < least:
        best = both
    while _let_wait(wreck, done, best, near | best):
        pass
    return best


def divide_anew(wreck: Wreck, step: Ints, now: int) -> bool:
    """Exchange parts of a step with those of the next if that is cheaper; say whether it was."""
    done, both = step < now, step <= now + 1
    parts = step <= now
    has_improved = _let_first(wreck, done, parts, both) or _let_wait(wreck, done, parts, both)
    if has_improved:
        step[both & ~done] = np.where(parts, now, now + 1)[both & ~done]
    return has_improved


@compiled
def _let_first(wreck: Wreck, done: Flags, parts: Flags, both: Flags) -> bool:
    """Take in one or two of the next step, and leave the least missed of this one to it."""
    size, cost = int(parts.sum()), cost_of(wreck, parts)
    limit = cost * (1.0 - NOTICEABLE)
    missed = _missed(wreck, done, parts)
    next_parts = np.flatnonzero(both & ~parts)
    saved = np.zeros(len(parts))
    for i in range(len(next_parts)):
        for j in range(i, -1, -1):  # alone, then with another
            one, other = next_parts[i], next_parts[j]
            trial = parts.copy()
            trial[one] = trial[other] = True
            saving = cost - cost_of(wreck, trial)
            if one == other:
                saved[one] = saving
            # Two that save no more together than alone can come in one after the other.
            elif saving <= (saved[one] + saved[other]) * (1.0 + NOTICEABLE):
                continue
            if saving > NOTICEABLE * cost and (
                shrink(wreck, trial, missed.copy(), size, limit) < limit
            ):
                parts[:] = trial
                return True
    return False


def _let_wait(wreck: Wreck, done: Flags, parts: Flags, both: Flags) -> bool:
    """Leave one of this step to the next, and whatever is then least missed of both."""
    size, limit = int(parts.sum()), cost_of(wreck, parts) * (1.0 - NOTICEABLE)
    missed = np.where(done, np.inf, 0.0)
    for part in np.flatnonzero(parts & ~done):
        trial = both.copy()
        trial[part] = False
        if shrink(wreck, trial, missed.copy(), size, limit) < limit:
            parts[:] = trial
            return True
    return False


@compiled
def _missed(wreck: Wreck, done: Flags, parts: Flags) -> Floats:
    """Return by how much a state costs more without each part; infinity: not to be taken away."""
    cost = cost_of(wreck, parts)
    tree = kept(wreck.tree)
    missed = np.where(done, np.inf, 0.0)
    for part in np.flatnonzero(parts & ~done):
        parts[part] = False
        missed[part] = cost_of(wreck, parts) - cost
        parts[part] = True
        put_back(tree, wreck.tree)
    return missed


@compiled
def shrink(wreck: Wreck, parts: Flags, missed: Floats, size: int, limit: float) -> float:
    """Take away the least missed part until so many are left; return the cost then, or limit.

    How much a part is missed is looked at anew when it is the least missed so far; a part that
    carries nothing is looked at first. Where parts replace one another this is the least
    missed; where they need one another it is a good guess.

    Args:
        wreck: The damaged network.
        parts: The set; changed in place.
        missed: A first guess, 0 or more; infinity: to be kept. Changed in place.
        size: How many are to be left.
        limit: Nothing more is taken away once the cost must become as high.
    """
    cost, left = cost_of(wreck, parts), int(parts.sum())
    missed[~parts] = np.inf
    while left > size and cost < limit:
        tree, is_fresh = kept(wreck.tree), np.zeros(len(parts), dtype=np.bool_)
        _doubt_idle(wreck, missed)
        if np.sum(missed < limit - cost) < left - size:
            return limit  # too few can be spared
        out, last = int(np.argmin(missed)), -1
        while not is_fresh[out]:
            if last >= 0:
                put_back(tree, wreck.tree)
            parts[out] = False
            missed[out] = cost_of(wreck, parts) - cost
            parts[out] = is_fresh[out] = True
            last = out
            if missed[out] > NOTICEABLE * cost:
                out = int(np.argmin(missed))
        parts[out], left = False, left - 1
        if out != last:
            put_back(tree, wreck.tree)
            cost_of(wreck, parts)
        cost += missed[out]
        missed[out] = np.inf
    return cost


@compiled
def _doubt_idle(wreck: Wreck, missed: Floats) -> None:
    arcs, flow, works = wreck.arcs, wreck.tree.flow, wreck.works
    works[:] = False  # here: something comes or goes
    for one_way in range(len(arcs.tail) - 2 * len(works)):
        if flow[one_way] > 0.0:
            works[arcs.tail[one_way]] = works[arcs.head[one_way]] = True
    for part in range(len(missed)):
        node, arc = wreck.node[part], wreck.arc[part]
        is_used = works[node] if node >= 0 else flow[2 * arc] + flow[2 * arc + 1] > 0.0
        if not is_used and missed[part] < np.inf:
            missed[part] = 0.0


@compiled
def grow(wreck: Wreck, parts: Flags, size: int) -> float:
    """Add the part that saves most until there are so many; return the cost then."""
    cost = cost_of(wreck, parts)
    for _ in range(size - int(parts.sum())):
        tree, least, best = kept(wreck.tree), np.inf, -1
        for part in range(len(parts)):
            if parts[part]:
                continue
            parts[part] = True
            put_back(tree, wreck.tree)
            trial = cost_of(wreck, parts)
            parts[part] = False
            if trial < least:
                least, best = trial, part
        parts[best] = True
        put_back(tree, wreck.tree)
        cost = cost_of(wreck, parts)
    return cost
