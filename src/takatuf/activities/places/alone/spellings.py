"""Names of one level that are written in several ways, asked once for the column."""

from collections.abc import Sequence

import polars as pl

from takatuf.activities.places.alone.levels import Level
from takatuf.activities.places.checks import AS_ONE, Checked, counted, name_word
from takatuf.activities.places.faults import as_faults
from takatuf.activities.questions import AS_ENTERED, Answers, Kind, Option, Question

HOW = "spelling"
_N_SHOWN = 4


def check_spellings(level: Level, answers: Answers) -> Checked:
    """Return the spellings of names that differ by case, accents, signs and spaces only.

    Args:
        level: One with names.
        answers: Given so far; by one, all are written as the most usual is.
    """
    names = level.places.drop_nulls("name").group_by("key", "name").agg(pl.col("n_rows").sum())
    several = names.filter(pl.col("name").n_unique().over("key") > 1)
    if several.is_empty():
        return Checked()
    rarer, shown = _rarer(several)
    cells = level.cells.join(rarer.select("name", "shown"), on="name").sort("row")
    question = _question(level, shown, tuple(cells["row"]))
    found = f"{counted(len(shown), 'name')} in several spellings"
    expected = "one spelling for each name"
    note = level.note(code="place.spelling-variant", found=found, expected=expected)
    if question.id in answers:
        taken = dict(rarer.select("name", "most").iter_rows())
        is_one = answers[question.id] == AS_ONE
        spellings = {name_word(level.number): taken} if is_one else {}
        return Checked(notes=(note,), spellings=spellings)
    return Checked(_faults(level, cells), _mapping(level, rarer), (question,), (note,))


def _rarer(several: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """Return the rarer spellings beside the most usual one, and all spellings of each name."""
    name = pl.col("name")
    is_plain = (name == name.str.to_uppercase()) | (name == name.str.to_lowercase())
    best = (
        several.with_columns(is_plain=is_plain)
        .sort("n_rows", "is_plain", "name", descending=[True, False, False])
        .group_by("key", maintain_order=True)
        .agg(
            most=pl.col("name").first(),
            shown=pl.format("“{}” ({})", "name", "n_rows").str.join(" / "),
        )
    )
    rarer = several.join(best, on="key").filter(pl.col("name") != pl.col("most"))
    return rarer, best["shown"].to_list()


def _question(level: Level, shown: Sequence[str], rows: tuple[int, ...]) -> Question:
    examples = "; ".join(shown[:_N_SHOWN])
    return Question(
        kind=Kind.PLACE,
        code="ask.place-spellings",
        about=f"adm{level.number}|spellings",
        text=(
            f"Several spellings of {counted(len(shown), 'name')} of admin {level.number} "
            f"({examples}): {counted(len(rows), 'row')}. Is each of them one place?"
        ),
        options=(
            Option(
                AS_ONE, "Write each as it is written most", "they differ by case, accents, signs"
            ),
            Option(AS_ENTERED, "Leave them as they were entered"),
        ),
        rows=rows,
        where=f"column {level.name}",
    )


def _mapping(level: Level, rarer: pl.DataFrame) -> pl.DataFrame:
    return rarer.select(
        entered="name",
        repaired="most",
        level=pl.lit(level.number, pl.UInt8),
        n_rows=pl.col("n_rows").cast(pl.UInt32),
        how=pl.lit(HOW),
    )


def _faults(level: Level, cells: pl.DataFrame) -> pl.DataFrame:
    return as_faults(
        cells.rename({"name": "found"}),
        code="place.spelling-variant",
        column=level.name,
        expected=pl.format("one spelling: {}", "shown"),
        hint="The spelling met most is not always the right one.",
    )
