"""The distinct places of one level of a table, with how often they stand in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from takatuf.activities.places.checks import code_word, name_word
from takatuf.activities.places.spelling.names import place_key, plain_key
from takatuf.vocabulary.errors import Problem, cut


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a table."""

    number: int
    code: str  # letter of the column, "" where there is none
    name: str
    above: str  # the word of the nearest column above, "" for none
    places: pl.DataFrame  # code, name, above, key, plain, n_rows; `above` is "" where blank
    cells: pl.DataFrame  # row, code, name, above: of every row

    def note(self, *, code: str, found: str, expected: str) -> Problem:
        """Return a fact of the whole column."""
        letters = ", ".join(filter(None, (self.code, self.name)))
        where = f"columns {letters}" if "," in letters else f"column {letters}"
        return Problem(code=code, where=where, found=cut(found), expected=expected)


def level_of(frame: pl.DataFrame, columns: Mapping[str, str], number: int) -> Level:
    """Return one level of an activity frame that has no error cells."""
    code, name, above = code_word(number), name_word(number), _above(frame, number)
    none = pl.lit(None, pl.String)
    cells = frame.select(
        "row",
        code=pl.col(code) if code in frame.columns else none,
        name=pl.col(name) if name in frame.columns else none,
        above=pl.col(above).fill_null("") if above else pl.lit(""),
    )
    places = cells.group_by("code", "name", "above").len("n_rows").sort("code", "name", "above")
    return Level(
        number=number,
        code=columns.get(code, "") if code in frame.columns else "",
        name=columns.get(name, "") if name in frame.columns else "",
        above=above,
        places=places.with_columns(
            key=value_of_each(places["name"], place_key),
            plain=value_of_each(places["name"], plain_key),
        ),
        cells=cells,
    )


def value_of_each(texts: pl.Series, of: Callable[[str], str]) -> pl.Series:
    """Return a function's value for each text; null stays null."""
    values = [None if text is None else of(text) for text in texts]
    return pl.Series(values, dtype=pl.String)


def _above(frame: pl.DataFrame, number: int) -> str:
    words = (word for n in range(number - 1, 0, -1) for word in (code_word(n), name_word(n)))
    return next((word for word in words if word in frame.columns), "")
