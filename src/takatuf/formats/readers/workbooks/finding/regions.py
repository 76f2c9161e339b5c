"""Part a sheet into regions that hold one table each: side by side, or one below the other.

A blank column parts two tables only where both sides begin or end in other rows, or are headed
alike; a blank row only where a header follows it. Otherwise it is a gap in one table.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import polars as pl

from takatuf.formats.readers.workbooks.finding.heads import (
    HEAD_ROWS,
    head_rows,
    is_number,
    n_known_headers,
    reads_as_header,
)
from takatuf.formats.readers.workbooks.finding.tags import MAX_TAG_ROW, is_tag_row
from takatuf.formats.readers.workbooks.grids import Grid, column_of

_MAX_GAPS = 400  # beyond, blank rows part nothing: the sheet is one table with gaps
_MAX_BANDS = 60


def regions(grid: Grid) -> Iterator[Grid]:
    """Give the parts of a sheet, from left to right and from top to bottom."""
    for band in _side_by_side(grid):
        yield from _one_below_the_other(band)


def without_pivots(grid: Grid) -> Grid:
    """Return a sheet without the cells of its pivot tables."""
    if not grid.pivots:
        return grid
    rows = grid.rows.to_numpy()
    kept = []
    for letter in grid.cells.columns:
        column = column_of(letter)
        inside = np.zeros(len(rows), dtype=bool)
        for area in grid.pivots:
            if area.left <= column <= area.right:
                inside |= (rows >= area.top) & (rows <= area.bottom)
        kept.append(pl.when(~pl.Series(inside)).then(pl.col(letter)).alias(letter))
    return _trimmed(grid, grid.cells.select(kept), grid.rows)


def _trimmed(grid: Grid, cells: pl.DataFrame, rows: pl.Series) -> Grid:
    """Return a part of a grid without rows and columns that are blank in it."""
    kept = [name for name in cells.columns if cells[name].null_count() < cells.height]
    cells = cells.select(kept)
    if not kept:
        return replace(grid, cells=cells, rows=rows.clear())
    filled = cells.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    if filled.all():
        return replace(grid, cells=cells, rows=rows)
    return replace(grid, cells=cells.filter(filled), rows=rows.filter(filled))


def _side_by_side(grid: Grid) -> list[Grid]:
    bands = _bands(grid.cells.columns)
    if not 1 < len(bands) <= _MAX_BANDS or _has_wide_tags(grid, bands):
        return [grid]
    parts = [_trimmed(grid, grid.cells.select(band), grid.rows) for band in bands]
    groups = [[bands[0]]]
    for before, part, band in zip(parts, parts[1:], bands[1:], strict=False):
        if _are_apart(before, part):
            groups.append([band])
        else:
            groups[-1].append(band)
    return [
        _trimmed(grid, grid.cells.select(name for band in group for name in band), grid.rows)
        for group in groups
    ]


def _bands(letters: list[str]) -> list[list[str]]:
    bands: list[list[str]] = []
    last = -1
    for letter in letters:
        column = column_of(letter)
        if column != last + 1:
            bands.append([])
        bands[-1].append(letter)
        last = column
    return bands


def _has_wide_tags(grid: Grid, bands: list[list[str]]) -> bool:
    """Whether one row of tags goes over several bands."""
    band_by_place = [n for n, band in enumerate(bands) for _ in band]
    for row in grid.cells.head(MAX_TAG_ROW).rows():
        tagged = {
            band_by_place[n] for n, cell in enumerate(row) if cell and cell.lstrip()[:1] == "#"
        }
        if len(tagged) > 1 and is_tag_row(row):
            return True
    return False


def _are_apart(one: Grid, other: Grid) -> bool:
    if min(one.cells.width, other.cells.width) < 2:  # noqa: PLR2004
        return False
    first, second = _span(one), _span(other)
    if first is None or second is None:
        return False
    if first[0] != second[0]:
        return True
    if _header_cells(one, first[0]) & _header_cells(other, second[0]):
        return True
    lengths = sorted((first[1] - first[0] + 1, second[1] - second[0] + 1))
    return lengths[0] * 2 < lengths[1]


def _span(part: Grid) -> tuple[int, int] | None:
    """Return the first and the last row with at least two filled cells."""
    n_filled = part.cells.select(
        pl.sum_horizontal(pl.all().is_not_null().cast(pl.Int32))
    ).to_series()
    dense = part.rows.filter(n_filled > 1)
    return (int(dense[0]), int(dense[-1])) if len(dense) else None


def _header_cells(part: Grid, row: int) -> set[str]:
    cells = part.cells.filter(part.rows == row).row(0)
    return {cell for cell in cells if cell and not is_number(cell)}


def _one_below_the_other(grid: Grid) -> Iterator[Grid]:
    numbers = grid.rows
    gaps = ((numbers.diff() > 1).fill_null(value=False)).arg_true().to_list()
    starts = [0]
    if len(gaps) <= _MAX_GAPS:
        starts += [place for place in gaps if _begins_a_table(grid, place)]
    starts = _without_prefaces(grid, starts)
    for start, end in zip(starts, [*starts[1:], len(numbers)], strict=True):
        yield _trimmed(
            grid, grid.cells.slice(start, end - start), numbers.slice(start, end - start)
        )


def _begins_a_table(grid: Grid, place: int) -> bool:
    """Whether a header stands at a row after a gap, or below one line of title there."""
    part = replace(
        grid,
        cells=grid.cells.slice(place, HEAD_ROWS // 2),
        rows=grid.rows.slice(place, HEAD_ROWS // 2),
    )
    rows = head_rows(part)
    for n, row in enumerate(rows[:3]):
        if is_tag_row(row.cells):
            return True
        if row.n_filled > 1 and n + 1 < len(rows) and reads_as_header(rows, n):
            return n_known_headers(row.filled) > 1 or _is_unlike_above(grid, place, row.cells)
        if row.n_filled > 1:
            return False
    return False


def _is_unlike_above(grid: Grid, place: int, cells: tuple[str | None, ...]) -> bool:
    """Whether texts stand in the columns that hold numbers above."""
    above = grid.cells.slice(max(place - 20, 0), min(place, 20))
    n_unlike = 0
    for cell, letter in zip(cells, above.columns, strict=True):
        under = above[letter].drop_nulls().to_list()
        n_numbers = sum(map(is_number, under))
        n_unlike += bool(cell) and not is_number(cell) and n_numbers * 2 > len(under)
    return n_unlike > 0


def _without_prefaces(grid: Grid, starts: list[int]) -> list[int]:
    """Return where tables start, with titles and notes left to the table that they precede."""
    kept = [0]
    for start in starts[1:]:
        before = grid.cells.slice(kept[-1], start - kept[-1])
        widest = _widest(before)
        is_sheet_head = widest <= 2 and _widest(grid.cells.slice(start)) > 2 * widest  # noqa: PLR2004
        has_table = widest > 1 and before.height > 2 and not is_sheet_head  # noqa: PLR2004
        if has_table or any(is_tag_row(row) for row in before.head(HEAD_ROWS).rows()):
            kept.append(start)
    return kept


def _widest(cells: pl.DataFrame) -> int:
    """Return how many cells of a row are filled at most, among the first rows."""
    rows = cells.head(HEAD_ROWS).rows()
    return max((sum(cell is not None for cell in row) for row in rows), default=0)
