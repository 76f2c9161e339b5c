"""A linear program whose answer is checked: any prices of its rows prove a limit.

Wanted is the most of ``gain * x`` with ``rows * x <= limits`` and ``0 <= x <= most``. For any
prices, 0 or more, of the rows, ``gain * x`` is at most ``prices * limits`` plus, for each
column, ``most`` times what its gain is above the price of its entries. The solver is only asked
for good prices; the limit is reckoned here, so a wrong answer of the solver cannot make it wrong.

Source: weak duality, as in A. M. Geoffrion (1974), Lagrangean relaxation for integer
programming, Mathematical Programming Study 2, 82-114.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from takatuf.planning.problem import Floats

ROUNDING_SHARE = 1e-8  # of all that is added up: sums are not exact

Entries = Iterable[tuple[int, float]]


class Solved(NamedTuple):
    """What is known about the most that can be gained."""

    limit: float  # proven: no choice of columns gains more
    columns: Floats  # the solver's choice


class Program:
    """Columns and rows, added one after the other."""

    def __init__(self) -> None:
        """Begin with no column and no row."""
        self.most: list[Floats] = []
        self.gain: list[Floats] = []
        self.n_columns = 0
        self.limits: list[float] = []
        self.row_start = [0]
        self.column: list[int] = []
        self.value: list[float] = []

    def add(self, most: Floats, gain: Floats) -> int:
        """Add columns, from 0 to the most of each; return the number of the first."""
        first = self.n_columns
        self.most.append(most)
        self.gain.append(gain)
        self.n_columns += len(most)
        return first

    def limit(self, entries: Entries, limit: float = 0.0) -> None:
        """Add a row: the sum of the entries is at most the limit; entries of a column add up."""
        for column, value in entries:
            self.column.append(column)
            self.value.append(value)
        self.row_start.append(len(self.column))
        self.limits.append(limit)

    def solved(
        self, seconds: float | None = None, *, by_interior_points: bool = False
    ) -> Solved | None:
        """Return the best that was found; None if the solver gave up.

        Args:
            seconds: Of the wall clock, for the solver; None: as long as it takes.
            by_interior_points: And not by the simplex method; what is proven is the same.
        """
        # Both take longer to import than most commands that never prove anything.
        from scipy.optimize import linprog  # noqa: PLC0415
        from scipy.sparse import csr_array  # noqa: PLC0415

        most, gain = np.concatenate(self.most), np.concatenate(self.gain)
        shape = len(self.limits), self.n_columns
        rows = csr_array((self.value, self.column, self.row_start), shape=shape)
        limits, scale = np.array(self.limits), float(np.abs(gain).max())
        answer = linprog(
            -gain / scale,
            A_ub=rows,
            b_ub=limits,
            bounds=np.stack([np.zeros_like(most), most], axis=1),
            method="highs-ipm" if by_interior_points else "highs-ds",
            options={} if seconds is None else {"time_limit": seconds},
        )
        if answer.status != 0:
            return None
        prices = np.maximum(-scale * answer.ineqlin.marginals, 0.0)
        over = np.maximum(gain - rows.T @ prices, 0.0) * most
        charged = prices * limits
        doubt = ROUNDING_SHARE * (np.abs(charged).sum() + over.sum())
        return Solved(float(charged.sum() + over.sum() + doubt), np.asarray(answer.x))
