"""Decide all levels of one combination of places, from the country down."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import polars as pl

from takatuf.activities.places.checks import LEVELS, code_word, name_word
from takatuf.activities.places.deciding import Above, Decider, Decision, Entry, How
from takatuf.activities.places.gazetteers.index import PlaceIndex
from takatuf.activities.places.spelling.names import is_whole_area

OPEN = {How.ASKED, How.WAITS, How.AS_ENTERED, How.SEVERAL}  # stated, and no place is known
_COUNTRY_LEVEL = 0
_Decide = Callable[[Entry, Above], Decision]


@dataclass(frozen=True, slots=True)
class Combination:
    """One distinct combination of what rows say of their places, decided level by level."""

    at: int  # the number of the combination
    entries: tuple[Entry, ...]  # the country first
    decisions: tuple[Decision, ...]  # for each entry
    codes: tuple[str | None, ...]  # for each of `LEVELS`
    label: str


def combine(texts: pl.DataFrame, decider: Decider, index: PlaceIndex) -> list[Combination]:
    """Return each combination with its levels decided.

    Args:
        texts: `combination`, and what rows say of each level; "" where they say nothing.
        decider: Decides one entry after the other.
        index: The places of the gazetteer.
    """
    decide = cache(decider.decide)
    return [
        _combined(at, entries, decider, decide, index)
        for at, entries in zip(texts["combination"], _entries(texts), strict=True)
    ]


def words_of(level: int) -> tuple[str, str]:
    """Return the columns of a level: its codes and its names as they were entered."""
    return code_word(level), name_word(level)


def _entries(texts: pl.DataFrame) -> Iterator[tuple[Entry, ...]]:
    """Return for each combination the country's entry, and those of the levels it speaks of."""
    entry = cache(Entry)
    blank = [""] * texts.height
    by_level = [
        [
            entry(level, code, name)
            for code, name in zip(
                *(texts[word].to_list() if word in texts.columns else blank for word in words),
                strict=True,
            )
        ]
        for level in (_COUNTRY_LEVEL, *LEVELS)
        for words in [words_of(level)]
        if level == _COUNTRY_LEVEL or set(words) & set(texts.columns)
    ]
    return zip(*by_level, strict=True)


def _combined(
    at: int, entries: tuple[Entry, ...], decider: Decider, decide: _Decide, index: PlaceIndex
) -> Combination:
    country = decider.decide_country(entries[0].code, entries[0].name)
    decisions = [country]
    above = Above(country.code or "")
    for entry in entries[1:]:
        if country.how is How.OTHER_COUNTRY:
            decisions.append(country)
            continue
        decision = decide(entry, above)
        decisions.append(decision)
        if decision.code is not None:
            above = _above(decision.code)
        elif decision.how in OPEN:
            above = Above(above.code, is_open=True)
    codes = _codes(entries, decisions, above.code, index)
    return Combination(at, entries, tuple(decisions), codes, _label(entries, codes, index))


@cache
def _above(code: str) -> Above:
    return Above(code)


def _codes(
    entries: Sequence[Entry], decisions: Sequence[Decision], deepest: str, index: PlaceIndex
) -> tuple[str | None, ...]:
    """Return the code of each level: the deepest decided place, and those above it.

    A level that is asked stays without a code until it is answered; a place that a person
    chose puts those above it right.
    """
    by_level = {index.places[code].level: code for code in index.above(deepest)}
    for entry, decision in zip(entries, decisions, strict=True):
        if decision.how in OPEN:
            by_level.pop(entry.level, None)
    return tuple(map(by_level.get, LEVELS))


def _label(entries: Sequence[Entry], codes: Sequence[str | None], index: PlaceIndex) -> str:
    deepest = next((code for code in reversed(codes) if code), None)
    level = index.places[deepest].level if deepest else _COUNTRY_LEVEL
    stated = [entry.name or entry.code for entry in reversed(entries) if entry.level > level]
    own = [text for text in stated if text and not is_whole_area(text)]
    return ", ".join([*own, index.label(deepest)] if deepest else own)
