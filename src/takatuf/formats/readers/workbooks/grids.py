"""The filled cells of one sheet as text, each at its place, before any table is found in them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from takatuf.activities.tables import Visibility
from takatuf.formats.readers.workbooks.refusals import too_many_cells

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384
PLACES = {"row": pl.UInt32, "column": pl.UInt32}  # of cells, both from 1
SPARSE = {**PLACES, "text": pl.String}


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, both ends within; rows and columns from 1."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def is_one_cell(self) -> bool:
        """Whether it is a single cell."""
        return self.top == self.bottom and self.left == self.right


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One sheet: only rows and columns with at least one filled cell are in `cells`."""

    sheet: str  # "" in a text file
    cells: pl.DataFrame  # String columns named by letter, from left to right; null is blank
    rows: pl.Series  # UInt32, from 1, rising
    visibility: Visibility = Visibility.VISIBLE
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[Area, ...] = ()
    pivots: tuple[Area, ...] = ()
    unfilled: tuple[tuple[int, int], ...] = ()  # formulas that have no value yet
    formulas: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=PLACES))

    @property
    def is_empty(self) -> bool:
        """Whether no cell is filled."""
        return self.cells.width == 0 or self.cells.height == 0


@cache
def letter_of(column: int) -> str:
    """Return the letter of a column counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@cache
def column_of(letter: str) -> int:
    """Return the number of a column from 1, by its letter."""
    number = 0
    for sign in letter.upper():
        number = number * 26 + ord(sign) - 64
    return number


def sparse(rows: Iterable[tuple[int, int, str]]) -> pl.DataFrame:
    """Return single cells (row, column, text) as a frame that `laid_out` takes."""
    return pl.DataFrame(list(rows), schema=SPARSE, orient="row")


def laid_out(cells: pl.DataFrame, where: str, max_cells: int) -> tuple[pl.DataFrame, pl.Series]:
    """Return single cells as a grid, and the number of each of its rows.

    Args:
        cells: Columns `row`, `column` (from 1) and `text`; of two at one place the later holds.
        where: What the sender calls the sheet.
        max_cells: Of the grid, blank ones between filled ones too.

    Raises:
        InputError: The grid would be larger.
    """
    cells = cells.filter(pl.col("text").is_not_null() & ~is_blank(pl.col("text")))
    row_of = cells["row"].to_numpy()
    column_of_cell = cells["column"].to_numpy()
    rows, columns = _distinct(row_of), _distinct(column_of_cell)
    if len(rows) * len(columns) > max_cells:
        raise too_many_cells(where, f"{len(rows):,} rows x {len(columns):,} columns", max_cells)
    at = np.zeros(int(rows[-1]) + 1 if len(rows) else 1, dtype=np.uint32)
    at[rows] = np.arange(len(rows), dtype=np.uint32)
    order = np.argsort(column_of_cell, kind="stable")
    bounds = np.searchsorted(column_of_cell[order], columns)
    texts = cells["text"].append(pl.Series("text", [None], dtype=pl.String)).rechunk()
    laid: dict[str, pl.Series] = {}
    for column, mine in zip(columns.tolist(), np.split(order, bounds[1:]), strict=False):
        taken = np.full(len(rows), len(cells), dtype=np.uint32)
        taken[at[row_of[mine]]] = mine
        laid[letter_of(column)] = texts.gather(taken)
    return pl.DataFrame(laid), pl.Series("row", rows, dtype=pl.UInt32)


def is_blank(text: pl.Expr) -> pl.Expr:
    """Whether a cell holds nothing but white space."""
    return text.str.strip_chars() == ""


def without_blanks(cells: pl.DataFrame, first_row: int = 1) -> tuple[pl.DataFrame, pl.Series]:
    """Return a grid without its blank rows and columns, and the numbers of the rows that stay.

    Args:
        cells: String columns named by letter.
        first_row: The number of the first row.
    """
    cells = cells.with_columns(
        pl.when(~is_blank(pl.all())).then(pl.all())  # a cell of white space only is blank
    )
    cells = cells.select(name for name in cells.columns if cells[name].null_count() < cells.height)
    numbers = pl.int_range(first_row, first_row + cells.height, dtype=pl.UInt32, eager=True)
    if cells.width == 0:
        return cells, numbers.clear()
    filled = cells.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    return cells.filter(filled), numbers.filter(filled).alias("row")


def _distinct(numbers: NDArray[np.unsignedinteger]) -> NDArray[np.intp]:
    if not len(numbers):
        return np.zeros(0, dtype=np.intp)
    is_there = np.zeros(int(numbers.max()) + 1, dtype=bool)
    is_there[numbers] = True
    return np.flatnonzero(is_there)
