"""Words that stand instead of a value: unknown, withheld, not applicable. None of them is blank."""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files

import polars as pl

from takatuf.activities.tables import ERROR_CELLS


class State(StrEnum):
    """Why a cell that is not blank holds no value."""

    UNKNOWN = "unknown"
    WITHHELD = "withheld"
    NOT_APPLICABLE = "not_applicable"
    UNCLEAR = "unclear"  # "-" and "none": zero, unknown or nothing to say
    OPEN_ENDED = "open_ended"  # of an end: not ended yet
    ERROR = "error"  # an error value of the sheet
    UNREADABLE = "unreadable"  # no reading, or several; a fault or a question says so


UNSTATED = {"row": pl.UInt32, "column": pl.String, "state": pl.String}


def states_of(cells: pl.Series, *, is_end: bool = False) -> pl.DataFrame:
    """Return the texts of a column that stand instead of a value, with the state of each.

    Args:
        cells: Different texts, cleaned.
        is_end: Whether "ongoing" is one of them.

    Returns:
        A frame of `text` and `state`.
    """
    known = _states(is_end=is_end)
    frame = pl.DataFrame({"text": cells})
    state = pl.col("text").str.to_lowercase().replace_strict(
        list(known), list(known.values()), default=None, return_dtype=pl.String
    )  # fmt: skip
    return frame.with_columns(state.alias("state")).drop_nulls("state")


def is_instead_of_value(text: str) -> bool:
    """Say whether a text stands instead of a value, in any of the languages."""
    return text.lower() in _states(is_end=True)


@cache
def _states(*, is_end: bool) -> Mapping[str, str]:
    text = (files("takatuf.activities.values") / "words.toml").read_text("utf-8")
    known = {error.lower(): State.ERROR.value for error in ERROR_CELLS}
    for name, by_language in tomllib.loads(text).items():
        if name != State.OPEN_ENDED or is_end:
            for words in by_language.values():
                known |= {word.lower(): State(name).value for word in words if word not in known}
    return known
