"""Spellings of one word in a column of few words: asked once per column, never merged by count."""

from collections.abc import Mapping

import polars as pl

from takatuf.activities.columns.keys import key_of
from takatuf.activities.questions import AS_ENTERED, Kind, Option
from takatuf.activities.values.asking import Asked, Doubt

# Organisations, sectors, activities and places have registers and questions of their own.
_KINDS = {
    "subsector": Kind.SECTOR,
    "organisation_type": Kind.ORGANISATION,
    "operation_type": Kind.ACTIVITY,
    "response_type": Kind.ACTIVITY,
    "modality": Kind.ACTIVITY,
    "delivery_mechanism": Kind.ACTIVITY,
    "status": Kind.ACTIVITY,
    "plan_flag": Kind.ACTIVITY,
    "population_group": Kind.ACTIVITY,
    "output_unit": Kind.ACTIVITY,
    "place_type": Kind.PLACE,
}
SAME = "same"  # the answer that all spellings mean one thing
_MOST_SHOWN = 3
_MOST_WORDS = 2000  # a column with more different texts is no column of few words


def ask_spellings(frame: pl.DataFrame, letters: Mapping[str, str], asked: Asked) -> pl.DataFrame:
    """Return the frame with spellings joined where a person said that they mean the same.

    The spelling kept is the one that stands first in the table.
    """
    for name in [name for name in _KINDS if name in letters and name in frame.columns]:
        variants = _variants(frame[name])
        if variants:
            answer = asked.answer(*_doubt(name, variants, frame, letters[name]))
            if answer == SAME:
                frame = frame.with_columns(pl.col(name).replace(_first(variants)))
    return frame


def _variants(texts: pl.Series) -> dict[str, list[str]]:
    different = texts.drop_nulls().unique(maintain_order=True)
    if len(different) > _MOST_WORDS:
        return {}
    by_key: dict[str, list[str]] = {}
    for text in different:
        by_key.setdefault(key_of(text), []).append(text)
    return {key: found for key, found in by_key.items() if key and len(found) > 1}


def _doubt(
    name: str, variants: Mapping[str, list[str]], frame: pl.DataFrame, letter: str
) -> tuple[Doubt, list[int], str]:
    texts = [text for found in variants.values() for text in found]
    rows = frame.filter(pl.col(name).is_in(texts))["row"].to_list()
    counted = dict(frame[name].drop_nulls().value_counts().iter_rows())
    shown = "; ".join(
        " / ".join(f"{text!r} ({counted[text]})" for text in found)
        for found in list(variants.values())[:_MOST_SHOWN]
    )
    doubt = Doubt(
        kind=_KINDS[name],
        code="ask.spellings",
        about=f"spellings|{name}|" + "|".join(sorted(variants)),
        text=f"Column {letter} writes {_counted(len(variants))} in several ways: {shown}. Does "
        "each mean one thing?",
        options=(
            Option(SAME, "Yes: each is one word, shown as it stands first"),
            Option(AS_ENTERED, "No: they are different words"),
        ),
    )
    return doubt, rows, letter


def _counted(n_words: int) -> str:
    return "one word" if n_words == 1 else f"{n_words} words"


def _first(variants: Mapping[str, list[str]]) -> dict[str, str]:
    return {text: found[0] for found in variants.values() for text in found[1:]}
