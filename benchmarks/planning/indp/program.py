"""A mixed-integer programme as its columns and rows are added, and the answer of HiGHS."""

from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csc_array

Terms = list[tuple[int, float]]  # column and factor


@dataclass(slots=True)
class Program:
    """Columns and rows as they are added."""

    cost: list[float] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    is_whole: list[int] = field(default_factory=list)
    rows: list[tuple[Terms, float, float]] = field(default_factory=list)

    def column(self, cost: float, most: float, *, is_whole: bool = False) -> int:
        """Add a column from 0 to `most`; return its number."""
        self.cost.append(cost)
        self.least.append(0.0)
        self.most.append(most)
        self.is_whole.append(int(is_whole))
        return len(self.cost) - 1

    def fix(self, column: int, value: float) -> None:
        """Decide a column."""
        self.least[column] = self.most[column] = value

    def row(self, terms: Terms, most: float, least: float = -np.inf) -> None:
        """Add a row: the sum of the terms is between the two."""
        self.rows.append((terms, least, most))

    def solve(self, gap: float, seconds: float) -> OptimizeResult:
        """Return the answer of HiGHS."""
        entries = [
            (number, column, factor)
            for number, (terms, _, _) in enumerate(self.rows)
            for column, factor in terms
        ]
        numbers, columns, factors = zip(*entries, strict=True)
        shape = len(self.rows), len(self.cost)
        return milp(
            self.cost,
            integrality=self.is_whole,
            bounds=Bounds(self.least, self.most),
            constraints=LinearConstraint(
                csc_array((factors, (numbers, columns)), shape=shape),
                [least for _, least, _ in self.rows],
                [most for _, _, most in self.rows],
            ),
            options={"mip_rel_gap": gap, "time_limit": seconds},
        )
