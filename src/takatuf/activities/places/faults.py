"""Faults in cells as a frame: one row for each faulty cell, made into problems when shown."""

from collections.abc import Iterable

import polars as pl

FAULTS = pl.Schema(
    {
        "row": pl.UInt32(),  # in the sheet
        "column": pl.String(),  # its letter
        "code": pl.String(),
        "found": pl.String(),
        "expected": pl.String(),
        "hint": pl.String(),
    }
)
MAPPING = pl.Schema(
    {
        "entered": pl.String(),
        "repaired": pl.String(),  # the code, or the spelling, that it is read as
        "level": pl.UInt8(),
        "n_rows": pl.UInt32(),
        "how": pl.String(),  # a word of `How`
    }
)


def as_faults(
    cells: pl.DataFrame, *, code: str, column: str, expected: str | pl.Expr, hint: str | pl.Expr
) -> pl.DataFrame:
    """Return a fault of one kind for each of some cells of one column.

    Args:
        cells: With `row` and `found`.
        code: Of the fault.
        column: The letter of the column.
        expected: One text, or a text for each cell.
        hint: Likewise.
    """
    texts = {
        word: pl.lit(given) if isinstance(given, str) else given
        for word, given in (("expected", expected), ("hint", hint))
    }
    own = {"column": pl.lit(column), "code": pl.lit(code), **texts}
    return cells.select("row", "found", **own).select(list(FAULTS)).cast(FAULTS)


def fault_frame(parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Return the faults of several checks together, by row and column."""
    cast = [part.select(list(FAULTS)).cast(FAULTS) for part in parts]
    found = pl.concat([*cast, FAULTS.to_frame()])
    return found.sort("row", "column", "code", maintain_order=True)


def mapping_frame(parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Return what several steps read as something else, most rows first."""
    cast = [part.select(list(MAPPING)).cast(MAPPING) for part in parts]
    found = pl.concat([*cast, MAPPING.to_frame()])
    return found.sort("level", "n_rows", "entered", descending=[False, True, False])
