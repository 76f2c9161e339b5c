"""Combinations of places that are right as they stand: found by columns, all at once.

Every level has a code that is known there, each lies in the one above it, and the name beside
each is one of its names, letter by letter. The slower way would decide the same of them.
"""

import polars as pl

from takatuf.activities.places.checks import LEVELS, code_word, name_word, pcode_word
from takatuf.activities.places.gazetteers.index import PlaceIndex
from takatuf.activities.places.spelling.names import is_whole_area

MATCHED = pl.Schema(
    {"combination": pl.UInt32()}
    | {pcode_word(level): pl.String() for level in LEVELS}
    | {"place_label": pl.String()}
)


def exact_of(texts: pl.DataFrame, index: PlaceIndex) -> pl.DataFrame:
    """Return the codes of the combinations that are right as they stand.

    Args:
        texts: `combination`, and what rows say of each level; "" where they say nothing.
        index: The places of the gazetteer.

    Returns:
        As `MATCHED`; the other combinations are left out. Without any known place there is
        nothing to decide: all combinations, labelled as they were entered.
    """
    if not index.places:
        return _unlisted(texts)
    stated = [level for level in (0, *LEVELS) if _words(level) & set(texts.columns)]
    coded = [level for level in stated if code_word(level) in texts.columns]
    if not stated or stated[0] == 0 or coded != stated or not set(stated) <= index.levels:
        return MATCHED.to_frame()
    chains = index.chains.filter(pl.col("level") == stated[-1])
    found = texts.join(chains, left_on=code_word(stated[-1]), right_on="code")
    is_chain = (pl.col(code_word(level)) == pl.col(pcode_word(level)) for level in stated[:-1])
    found = found.filter(pl.all_horizontal(pl.lit(value=True), *is_chain))
    for level in stated:
        if name_word(level) in texts.columns:
            found = _named(found, level, index.names)
    return found.select(list(MATCHED)).cast(MATCHED)


def _unlisted(texts: pl.DataFrame) -> pl.DataFrame:
    stated = [level for level in reversed(LEVELS) if _words(level) & set(texts.columns)]
    labels = [_stated(texts, level) for level in stated]
    label = pl.concat_str(labels, separator=", ", ignore_nulls=True) if labels else pl.lit("")
    none = {pcode_word(level): pl.lit(None, pl.String) for level in LEVELS}
    unlisted = texts.select("combination", **none, place_label=label.replace("", None))
    return unlisted.cast(MATCHED)


def _stated(texts: pl.DataFrame, level: int) -> pl.Expr:
    words = [word for word in (name_word(level), code_word(level)) if word in texts.columns]
    wholes = [text for word in words for text in texts[word].unique() if is_whole_area(text)]
    return pl.coalesce(pl.col(word).replace("", None) for word in words).replace(wholes, None)


def _words(level: int) -> set[str]:
    return {code_word(level), name_word(level)}


def _named(found: pl.DataFrame, level: int, names: pl.DataFrame) -> pl.DataFrame:
    """Return those whose name of a level is one of the place's names, or blank."""
    known = names.rename({"code": pcode_word(level), "name": name_word(level)})
    code = {pcode_word(level): pl.col(code_word(level))}
    right = found.select("combination", name_word(level), **code).join(
        known, on=[pcode_word(level), name_word(level)], how="semi"
    )
    is_blank = pl.col(name_word(level)) == ""
    return found.filter(is_blank | pl.col("combination").is_in(right["combination"].implode()))
