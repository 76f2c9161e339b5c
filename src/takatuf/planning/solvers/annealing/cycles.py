"""A cooling down, and how a search spends its effort on many of them.

Where a walk ends is decided early: of walks from the same start, the one that is ahead after a
few changes for each task is, nearly always, ahead at the end. So the effort goes to many short
walks first, the better half of them is gone on with, and so on until one is left; that one is
refined. Heats are shares of what one neighbourhood counts in the mean, so that they fit cities
of any size.

Source: the halving is that of Z. Karnin, T. Koren, O. Somekh (2013), Almost optimal exploration
in multi-armed bandits, ICML 28(3), 1238-1246, https://proceedings.mlr.press/v28/karnin13.html.
"""

from dataclasses import dataclass

COLD = 5e-4  # the last heat of a cycle, or less if it began colder
COOLED_SHARE = 0.1  # of its first heat is then the last

FIRST_HEAT = 6e-3  # of walks from the start (measured on cities of 117 to 2,185 tasks)
HALVING_SHARE = 0.7  # of the effort goes to the walks that are halved, alike to each round
MOST_STARTERS = 512
CHANGES_PER_TASK = 2.0  # at least, of each walk of the first round
NEAR_HEAT = 1.8e-3  # of walks that are gone on with
REFINING_HEATS = (1.8e-3, 6e-4, 6e-4, 1.8e-4, 1.8e-4)  # ever colder around the best
HOLD_SHARE = 0.05  # of the moves: a task is held back
SKILL_ROUNDS = 2  # through all skills, in a cycle of the refining that goes skill by skill


@dataclass(frozen=True, slots=True)
class Cycle:
    """One cooling down."""

    heat: float  # a loss of this share of one neighbourhood is often accepted at the beginning
    skill_rounds: int = 0  # skill after skill, with everybody's goals in view; 0: all at once
    hold_share: float = 0.0  # of the moves: a task is held back

    def heat_at(self, done: float) -> float:
        """Return the heat after a share of the cycle, from its own down to cold."""
        last = min(COLD, self.heat * COOLED_SHARE)
        return float(self.heat * (last / self.heat) ** done)


def n_rounds(n_walks: int) -> int:
    """Return how often walks can be halved until one is left; at least one round is walked."""
    return max(n_walks.bit_length() - 1, 1)


def n_starters(one_share: float, n_walkers: int) -> int:
    """Return how many walks to begin with: a power of two.

    Args:
        one_share: Of one walker's effort, that a change for each task takes. Each walk gets
            at least `CHANGES_PER_TASK` times as much in the first round, and twice that in
            the second.
        n_walkers: How many walk side by side.
    """
    number = 1
    while number < MOST_STARTERS:
        more = 2 * number
        if more * n_rounds(more) * CHANGES_PER_TASK * one_share > HALVING_SHARE * n_walkers:
            break
        number = more
    return number
