"""Other weights than those of the request: how they are drawn, from data beside this module."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from takatuf.planning.explaining.worth import COMING_HOME, Weights, weights_of
from takatuf.planning.problem import HOME, Floats, PlanningProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightingRules:
    """All that `weightings.toml` holds."""

    n: int
    first: tuple[int, ...]  # "among the first so many", smallest first
    services_concentration: float
    neighbourhoods_shape: float
    n_checks: int
    n_tau: int
    evaluations: int


@dataclass(frozen=True, slots=True)
class Weightings:
    """Weights that were drawn, a row for each draw."""

    of_cells: Floats  # shape (n, N_CELLS)
    of_neighbourhoods: Floats  # shape (n, n_neighbourhoods)

    def __len__(self) -> int:
        """Return the number of draws."""
        return len(self.of_cells)

    def __getitem__(self, draw: int) -> Weights:
        """Return the weights of one draw."""
        return Weights(self.of_cells[draw], self.of_neighbourhoods[draw])

    def by_cell(self, first: int, last: int) -> Floats:
        """Return every cell's weight in some of the draws; shape (n_cells, last - first)."""
        cells = self.of_cells[first:last, None, :] * self.of_neighbourhoods[first:last, :, None]
        return np.asarray(cells.reshape(last - first, -1).T)


@lru_cache(maxsize=1)
def weighting_rules() -> WeightingRules:
    """Return the rules that are shipped, read once."""
    text = (files("takatuf.planning.explaining") / "weightings.toml").read_text("utf-8")
    return read_weighting_rules(tomllib.loads(text))


def read_weighting_rules(table: Mapping[str, Any]) -> WeightingRules:
    """Return the rules of a table that is laid out as `weightings.toml` is."""
    draws, checks = table["draws"], table["checks"]
    return WeightingRules(
        n=int(draws["n"]),
        first=tuple(sorted(int(n) for n in draws["first"])),
        services_concentration=float(table["services"]["concentration"]),
        neighbourhoods_shape=float(table["neighbourhoods"]["shape"]),
        n_checks=int(checks["n"]),
        n_tau=int(checks["n_tau"]),
        evaluations=int(checks["evaluations"]),
    )


def draw_weightings(problem: PlanningProblem, rules: WeightingRules, seed: int) -> Weightings:
    """Return weights around those of the request; the same seed gives the same weights.

    A service that counts nothing keeps counting nothing. Coming home goes up and down with
    the weight of a home.
    """
    rng = np.random.default_rng(seed)
    asked = weights_of(problem).of_cells
    services = asked[:COMING_HOME]
    counts = services > 0
    drawn = np.zeros((rules.n, len(asked)))
    if counts.any():
        alpha = rules.services_concentration * services[counts] / services.sum()
        shares = rng.dirichlet(alpha, size=rules.n)
        drawn[:, :COMING_HOME][:, counts] = shares * services.sum()
    times = drawn[:, HOME] / services[HOME] if counts[HOME] else np.ones(rules.n)
    drawn[:, COMING_HOME] = asked[COMING_HOME] * times
    shape = rules.neighbourhoods_shape
    size = (rules.n, len(problem.neighbourhoods.ids))
    return Weightings(drawn, rng.gamma(shape, 1.0 / shape, size=size))
