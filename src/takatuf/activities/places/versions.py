"""Codes that were used again: a p-code names a place only together with its period."""

from collections.abc import Mapping

import polars as pl

from takatuf.activities.places.checks import LEVELS, Checked, code_word, counted
from takatuf.activities.places.faults import FAULTS, as_faults
from takatuf.activities.places.gazetteers.gazetteer import Gazetteer
from takatuf.vocabulary.errors import Problem, cut

_N_SHOWN = 3


def check_versions(
    frame: pl.DataFrame, columns: Mapping[str, str], gazetteer: Gazetteer | None
) -> Checked:
    """Return the codes of a table that stood for another place in an older version.

    A row is a fault where its period, or its start, is before the code got its present meaning.

    Args:
        frame: An activity frame, without error cells.
        columns: The letter of each of its words.
        gazetteer: What the table is matched against.
    """
    if gazetteer is None or gazetteer.reused.is_empty():
        return Checked()
    dates = [pl.col(word) for word in ("period", "start") if word in frame.columns]
    when = pl.coalesce(*dates, pl.lit(None, pl.String))
    faults, notes = [FAULTS.to_frame()], []
    for level in LEVELS:
        word = code_word(level)
        if word not in frame.columns:
            continue
        cells = frame.select("row", code=word, when=when).join(gazetteer.reused, on="code")
        if not cells.is_empty():
            faults.append(_faults(cells, columns.get(word, "")))
            notes.append(_note(cells, columns.get(word, "")))
    return Checked(faults=pl.concat(faults), notes=tuple(notes))


def _faults(cells: pl.DataFrame, letter: str) -> pl.DataFrame:
    since = pl.col("since").str.head(pl.col("when").str.len_chars())
    older = cells.filter(pl.col("when") < since)
    return as_faults(
        older.rename({"code": "found"}),
        code="place.code-reused",
        column=letter,
        expected=pl.format("a code as it was used before {}", "since"),
        hint=pl.format("The code was {}, and is {} since {}.", "then", "now", "since"),
    )


def _note(cells: pl.DataFrame, letter: str) -> Problem:
    codes = cells.unique("code").sort("code")
    shown = [f"{code} was {then}, is {now}" for code, then, now in codes.head(_N_SHOWN).select(
        "code", "then", "now").iter_rows()]  # fmt: skip
    return Problem(
        code="place.code-reused",
        where=f"column {letter}",
        found=cut(f"{counted(codes.height, 'code')} used again ({'; '.join(shown)})"),
        expected="codes that always meant one place",
        hint="Rows about older times are matched by the version of that time.",
    )
