"""All checks of a table's places by themselves, level by level."""

from collections.abc import Mapping

import polars as pl

from takatuf.activities.places.alone.levels import level_of
from takatuf.activities.places.alone.namesakes import check_namesakes
from takatuf.activities.places.alone.near_names import check_near_names
from takatuf.activities.places.alone.parents import check_parents
from takatuf.activities.places.alone.schemes import check_schemes
from takatuf.activities.places.alone.spellings import check_spellings
from takatuf.activities.places.alone.unusual_areas import check_unusual_areas
from takatuf.activities.places.checks import Checked, code_word, name_word
from takatuf.activities.questions import Answers


def check_alone(
    frame: pl.DataFrame,
    entered: pl.DataFrame,
    columns: Mapping[str, str],
    levels: tuple[int, ...],
    answers: Answers,
) -> tuple[Checked, ...]:
    """Return where a table's codes and names of places contradict each other.

    Args:
        frame: An activity frame, without error cells.
        entered: The same as it was entered, row by row.
        columns: The letter of each of its words.
        levels: Those that no gazetteer covers.
        answers: Given so far; what was answered is no fault any more.
    """
    found = [check_schemes(frame, columns, levels, answers)]
    for number in levels:
        words = {code_word(number), name_word(number)} & set(frame.columns)
        if not words:
            continue
        level = level_of(frame, columns, number)
        found += [
            check_spellings(level, answers),
            check_near_names(level, answers),
            check_parents(frame, level, columns),
            check_unusual_areas(level),
        ]
        if len(words) > 1:
            raw = entered if name_word(number) in entered.columns else frame
            found.append(check_namesakes(level, raw[name_word(number)], answers))
    return tuple(found)
