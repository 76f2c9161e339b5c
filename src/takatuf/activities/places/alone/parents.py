"""Codes that do not begin with the code of the area in which their row puts them."""

from collections.abc import Mapping

import polars as pl

from takatuf.activities.places.alone.levels import Level, value_of_each
from takatuf.activities.places.checks import Checked, code_word, counted
from takatuf.activities.places.faults import as_faults
from takatuf.activities.places.spelling.codes import plain_code

_LEAST_NESTED = 0.5  # of the rows; below it, codes are not made of the code above


def check_parents(frame: pl.DataFrame, level: Level, columns: Mapping[str, str]) -> Checked:
    """Return the codes outside the area that is coded beside them.

    Args:
        frame: An activity frame, without error cells.
        level: The level of the smaller areas.
        columns: The letter of each word of the frame.
    """
    words = map(code_word, range(level.number - 1, 0, -1))
    above = next((word for word in words if word in frame.columns), "")
    if not above or not level.code:
        return Checked()
    cells = frame.select("row", above=above, code=code_word(level.number)).drop_nulls()
    wrong = _wrong(cells.group_by("above", "code").len("n_rows"))
    faults = cells.join(wrong, on=["above", "code"])
    if faults.is_empty():
        return Checked()
    letter = columns.get(above, "")
    note = level.note(
        code="place.outside-parent",
        found=f"{counted(faults.height, 'row')} outside the area of column {letter}",
        expected=f"codes that begin as those in column {letter}",
    )
    told = as_faults(
        faults.rename({"code": "found"}),
        code=note.code,
        column=level.code,
        expected=pl.format("a code that begins as {}", "above"),
        hint=f"Either this code or that in column {letter} is another place's.",
    )
    return Checked(faults=told, notes=(note,))


def _wrong(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs of codes of which one is not in the other, where most others are."""
    inner, outer = (value_of_each(pairs[word], plain_code) for word in ("code", "above"))
    wrong = pairs.with_columns(inner=inner, outer=outer).filter(
        ~pl.col("inner").str.starts_with(pl.col("outer"))
    )
    n_wrong, n_rows = int(wrong["n_rows"].sum()), int(pairs["n_rows"].sum())
    kept = wrong if n_wrong <= (1 - _LEAST_NESTED) * n_rows else wrong.clear()
    return kept.select("above", "code")
