"""Codes that are missing beside a name: error cells, which are not blank, and blank cells.

Where other rows give a code for the same name in the same area, it is told as a hint; no code
is filled in by it.
"""

from collections.abc import Mapping

import polars as pl

from takatuf.activities.places.checks import Checked, code_word, counted, name_word
from takatuf.activities.places.faults import FAULTS, as_faults
from takatuf.activities.tables import ERROR_CELLS
from takatuf.vocabulary.errors import Problem

_LEAST_FILLED = 0.5  # of a column; below it a blank code says nothing


def check_gaps(
    frame: pl.DataFrame, entered: pl.DataFrame, columns: Mapping[str, str], levels: tuple[int, ...]
) -> Checked:
    """Return the cells without a code in rows that name the place.

    Args:
        frame: An activity frame, without error cells.
        entered: The same as it was entered, row by row.
        columns: The letter of each of its words.
        levels: Those to look at.
    """
    found = [
        _of_level(frame, entered[code_word(level)], columns, level)
        for level in levels
        if code_word(level) in frame.columns and code_word(level) in entered.columns
    ]
    return Checked(
        faults=pl.concat([FAULTS.to_frame(), *(each.faults for each in found)]),
        notes=tuple(note for each in found for note in each.notes),
    )


def _of_level(
    frame: pl.DataFrame, entered: pl.Series, columns: Mapping[str, str], level: int
) -> Checked:
    code, name = code_word(level), name_word(level)
    as_entered = entered.str.strip_chars()
    named = pl.col(name) if name in frame.columns else pl.lit(None, pl.String)
    above = [word for n in range(1, level) for word in _present(frame, n)]
    rows = frame.select("row", *above, code=pl.col(code), name=named).with_columns(
        entered=as_entered, is_error=as_entered.is_in(ERROR_CELLS)
    )
    is_filled = rows["code"].is_not_null()
    blank = pl.col("code").is_null() & pl.col("entered").is_null() & pl.col("name").is_not_null()
    is_gap = pl.col("is_error") | (
        blank & pl.lit(bool(is_filled.sum() > _LEAST_FILLED * rows.height))
    )
    gaps = rows.filter(is_gap)
    if gaps.is_empty():
        return Checked()
    known = gaps.join(_known(rows, above), on=[*above, "name"], how="left", nulls_equal=True)
    cells = known.with_columns(found=pl.col("entered").fill_null("blank"), hint=_hint())
    letter, expected = columns.get(code, ""), f"the code of a place of level {level}"
    hint = pl.col("hint")
    errors, blanks = cells.filter("is_error"), cells.filter(pl.col("entered").is_null())
    faults = [
        as_faults(errors, code="place.code-is-error", column=letter, expected=expected, hint=hint),
        as_faults(blanks, code="place.code-missing", column=letter, expected=expected, hint=hint),
    ]
    return Checked(faults=pl.concat(faults), notes=_notes(rows, letter, level))


def _present(frame: pl.DataFrame, level: int) -> list[str]:
    return [word for word in (code_word(level), name_word(level)) if word in frame.columns]


def _known(rows: pl.DataFrame, above: list[str]) -> pl.DataFrame:
    """Return the code that other rows give for a name in an area, where they give only one."""
    codes = rows.drop_nulls(["code", "name"]).group_by([*above, "name"]).agg(
        pl.col("code").unique(), n_rows=pl.len()
    )  # fmt: skip
    sole = codes.filter(pl.col("code").list.len() == 1)
    return sole.with_columns(pl.col("code").list.first().alias("other")).drop("code")


def _hint() -> pl.Expr:
    elsewhere = pl.format("“{}” has the code {} in other rows ({}).", "name", "other", "n_rows")
    named = pl.format("The name is there: “{}”.", "name")
    return pl.coalesce(elsewhere, named, pl.lit("The name is not there either."))


def _notes(rows: pl.DataFrame, letter: str, level: int) -> tuple[Problem, ...]:
    errors = rows.filter("is_error")
    if errors.is_empty():
        return ()
    blank = rows.filter(~pl.col("is_error").fill_null(value=False), pl.col("code").is_null())
    n_named, n_blank = (int(some["name"].is_not_null().sum()) for some in (errors, blank))
    beside = f", and in {counted(n_blank, 'row')} with a blank code" if n_blank else ""
    return (
        Problem(
            code="place.code-is-error",
            where=f"column {letter}",
            found=counted(errors.height, "error cell"),
            expected=f"codes of places of level {level}",
            hint=f"In {counted(n_named, 'row')} of these{beside}, the name is there. "
            "An error cell is not a blank one.",
        ),
    )
