"""The rows below a header: data, and what is none: totals, notes, headers and tags once more.

Each row of the body is in exactly one of these; the rows of data keep their numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from takatuf.formats.readers.workbooks.finding.heads import Head, is_number
from takatuf.formats.readers.workbooks.finding.tags import is_tag_row
from takatuf.formats.readers.workbooks.finding.words import (
    is_note,
    is_sample_word,
    is_total,
    total_pattern,
)
from takatuf.formats.readers.workbooks.grids import Area, Grid, column_of

_N_NAMING_COLUMNS = 4  # a total is named in one of the first cells
_LAST_ROWS = 12  # among these a total may be named anywhere, and notes begin
_FIRST_ROWS = 5  # among these a template has its example
_NOTE_CHARACTERS = 40
_SAMPLE_ROWS = 100
_COMPARED_COLUMNS = 40  # so many tell whether a row is the header once more
_ALIKE = 0.8
_LEAST_TO_ADD = 3


@dataclass(frozen=True, slots=True)
class Body:
    """The rows below a header, by what they are."""

    cells: pl.DataFrame
    rows: pl.Series
    total_rows: tuple[int, ...] = ()
    notes: tuple[tuple[int, str], ...] = ()
    repeated_heads: tuple[int, ...] = ()
    formula_rows: tuple[int, ...] = ()  # nothing was entered: only results of formulas
    sample_rows: tuple[int, ...] = ()  # say of themselves that they are an example


def sort_rows(region: Grid, head: Head) -> Body:
    """Return the rows below a header, each as data or as what else it is."""
    below = region.rows > head.last_row
    cells, rows = region.cells.filter(below), region.rows.filter(below)
    worked_out = _only_formulas(cells, rows, region.formulas)
    formula_rows = tuple(rows.filter(worked_out).to_list())
    cells, rows = cells.filter(~worked_out), rows.filter(~worked_out)
    if cells.height == 0:
        return Body(cells, rows, (), (), head.other_tag_rows, formula_rows)
    repeated = _repeats(cells, head, rows)
    merged = _merged_notes(cells, rows, region.merges)
    totals = _named_totals(cells) & ~repeated
    ending = _ending_notes(cells, rows, totals)
    notes = (merged | ending) & ~totals & ~repeated
    samples = _samples(cells) & ~(totals | notes | repeated)
    is_data = ~(totals | notes | repeated | samples)
    unnamed = _unnamed_total(cells, is_data)
    totals, is_data = totals | unnamed, is_data & ~unnamed
    said = [
        (number, " | ".join(cell for cell in row if cell))
        for number, row in zip(
            rows.filter(notes).to_list(), cells.filter(notes).rows(), strict=True
        )
    ]
    return Body(
        cells.filter(is_data),
        rows.filter(is_data),
        tuple(rows.filter(totals).to_list()),
        tuple(said),
        tuple(sorted({*head.other_tag_rows, *rows.filter(repeated).to_list()})),
        formula_rows,
        tuple(rows.filter(samples).to_list()),
    )


def _samples(cells: pl.DataFrame) -> pl.Series:
    """Whether each of the first rows has a cell that says no more than "Example"."""
    first = cells.head(_FIRST_ROWS).rows()
    places = [n for n, row in enumerate(first) if any(map(is_sample_word, filter(None, row)))]
    return _marked(cells.height, places)


def _only_formulas(cells: pl.DataFrame, rows: pl.Series, formulas: pl.DataFrame) -> pl.Series:
    """Whether each row has nothing but results of formulas, while others have entries."""
    none = _marked(cells.height, [])
    columns = [column_of(letter) for letter in cells.columns]
    mine = formulas.filter(pl.col("column").is_in(columns) & pl.col("row").is_in(rows.implode()))
    if mine.is_empty():
        return none
    n_formulas = mine.unique().group_by("row").len("n")
    filled = cells.select(n_filled=pl.sum_horizontal(pl.all().is_not_null().cast(pl.UInt32)))
    counted = filled.with_columns(row=rows).join(
        n_formulas, on="row", how="left", maintain_order="left"
    )
    only = counted.select(
        (pl.col("n").fill_null(0) >= pl.col("n_filled")).alias("only")
    ).to_series()
    entered = counted.filter(~only)["n_filled"]
    if entered.is_empty():
        return none
    return only & (counted["n_filled"] * 2 <= entered.median())


def _repeats(cells: pl.DataFrame, head: Head, rows: pl.Series) -> pl.Series:
    """Whether each row is the header or the tags once more."""
    headed = [pair for pair in zip(cells.columns, head.headers, strict=True) if pair[1]]
    compared = headed[:_COMPARED_COLUMNS]
    again = _marked(cells.height, [])
    if compared:
        same = pl.sum_horizontal(
            (pl.col(letter) == header).fill_null(value=False).cast(pl.UInt32)
            for letter, header in compared
        )
        letters = [letter for letter, _ in compared]
        filled = pl.sum_horizontal(pl.col(letters).is_not_null().cast(pl.UInt32))
        is_again = (same >= min(2, len(compared))) & (same >= filled * _ALIKE)
        again = cells.select(is_again.alias("again")).to_series()
    tags = set(head.other_tag_rows)
    first = cells.to_series(0)
    has_tag = first.str.starts_with("#").fill_null(value=False)
    for place in has_tag.arg_true().head(_LAST_ROWS * 2).to_list():
        if is_tag_row(cells.row(place)):
            tags.add(int(rows[place]))
    return again | rows.is_in(sorted(tags)) if tags else again


def _named_totals(cells: pl.DataFrame) -> pl.Series:
    """Whether each row is named as a total, and has fewer texts than rows of data have."""
    places: set[int] = set()
    for letter in cells.columns[:_N_NAMING_COLUMNS]:
        different = cells[letter].unique()
        totals = different.filter(different.str.contains(f"(?i){total_pattern()}"))
        if len(totals):
            places |= set(cells[letter].is_in(totals.implode()).arg_true().to_list())
    start = max(cells.height - _LAST_ROWS, 0)
    last = [
        n
        for n, row in enumerate(cells.slice(start).rows(), start)
        if any(map(is_total, filter(None, row)))
    ]
    candidates = sorted({*places, *last})
    usual = _usual_texts(cells)
    rows = [place for place in candidates if _is_total_row(cells.row(place), usual)]
    return _marked(cells.height, rows)


def _usual_texts(cells: pl.DataFrame) -> float:
    sample = cells.head(_SAMPLE_ROWS).rows()
    counts = sorted(sum(bool(cell) and not is_number(cell) for cell in row) for row in sample)
    return counts[len(counts) // 2] if counts else 0


def _is_total_row(row: tuple[str | None, ...], usual: float) -> bool:
    filled = [cell for cell in row if cell]
    texts = [cell for cell in filled if not is_number(cell)]
    has_number = len(texts) < len(filled)
    return has_number and len(texts) <= max(1, usual / 2)


def _unnamed_total(cells: pl.DataFrame, is_data: pl.Series) -> pl.Series:
    """Whether the last row of data has numbers only, and each is the sum of those above it."""
    places = is_data.arg_true()
    none = _marked(cells.height, [])
    if len(places) < _LEAST_TO_ADD:
        return none
    last = int(places[-1])
    row = {name: cell for name, cell in zip(cells.columns, cells.row(last), strict=True) if cell}
    has_texts = _usual_texts(cells) > 0
    if not has_texts or not all(is_number(cell) for cell in row.values()):
        return none
    above = cells.filter(is_data).head(len(places) - 1)
    sums = above.select(pl.col(list(row)).cast(pl.Float64, strict=False).sum()).row(0, named=True)
    is_sum = all(_is_same(cell, sums[name]) for name, cell in row.items())
    return _marked(cells.height, [last]) if is_sum else none


def _is_same(cell: str, amount: float) -> bool:
    try:
        return amount != 0 and abs(float(cell) - amount) < 1e-6 * max(abs(amount), 1)
    except ValueError:
        return False


def _merged_notes(cells: pl.DataFrame, rows: pl.Series, merges: Sequence[Area]) -> pl.Series:
    """Whether each row is one text over merged cells, as a heading or a note is."""
    columns = [column_of(letter) for letter in cells.columns]
    first, last = columns[0], columns[-1]
    wide = {
        area.top
        for area in merges
        if area.right - area.left + 1 >= max(3, (last - first + 1) / 2)
        and area.left <= last and area.right >= first
    }  # fmt: skip
    if not wide:
        return _marked(cells.height, [])
    places = rows.is_in(sorted(wide)).arg_true().to_list()
    return _marked(cells.height, [n for n in places if _n_filled(cells.row(n)) == 1])


def _ending_notes(cells: pl.DataFrame, rows: pl.Series, totals: pl.Series) -> pl.Series:
    """Whether each row is one of the notes below the table."""
    if cells.width < 3:  # noqa: PLR2004
        return _marked(cells.height, [])
    places = _last_block(cells, rows)
    start = max(cells.height - _LAST_ROWS * 4, 0)
    for place in range(cells.height - 1 - len(places), start - 1, -1):
        if totals[place]:
            continue
        gap = place == 0 or int(rows[place]) > int(rows[place - 1]) + 1
        if not _is_note_row(cells.row(place), is_after_gap=gap):
            break
        places.append(place)
    return _marked(cells.height, places)


def _last_block(cells: pl.DataFrame, rows: pl.Series) -> list[int]:
    """Return the last rows, below a blank one, if each has far fewer cells than rows of data."""
    start = max(cells.height - _LAST_ROWS, 1)
    gaps = [n for n in range(start, cells.height) if int(rows[n]) > int(rows[n - 1]) + 1]
    if not gaps:
        return []
    filled = [_n_filled(row) for row in cells.head(min(gaps[0], _SAMPLE_ROWS)).rows()]
    usual = sorted(filled)[len(filled) // 2]
    last = list(range(gaps[-1], cells.height))
    return last if usual > 3 and all(_is_short(cells.row(n)) for n in last) else []  # noqa: PLR2004


def _is_short(row: tuple[str | None, ...]) -> bool:
    """Whether a row is a name and a value, or less."""
    filled = [cell for cell in row if cell]
    return len(filled) <= 2 and not is_number(filled[0])  # noqa: PLR2004


def _is_note_row(row: tuple[str | None, ...], *, is_after_gap: bool) -> bool:
    filled = [cell for cell in row if cell]
    if len(filled) > 2 or is_number(filled[0]):  # noqa: PLR2004
        return False
    if is_note(filled[0]):
        return True
    is_alone = len(filled) == 1 and row[0] is not None
    return is_alone and (is_after_gap or len(filled[0]) > _NOTE_CHARACTERS)


def _n_filled(row: tuple[str | None, ...]) -> int:
    return sum(cell is not None for cell in row)


def _marked(height: int, places: Sequence[int]) -> pl.Series:
    marked = pl.repeat(value=False, n=height, dtype=pl.Boolean, eager=True)
    return marked.scatter(list(places), True) if places else marked  # noqa: FBT003
