"""What a header says: a whole header that is known, or the meaning that its words make up.

A header that says a figure of people without saying which (``Girls``) gives both figures; a
header with a kind of place (``District``) needs the level of that kind, which the table tells.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from takatuf.activities.columns.header_words import PLACE, said_in
from takatuf.activities.columns.keys import key_of
from takatuf.activities.columns.meanings import ValueKind, meanings

MOST_LETTERS = 300  # of a header; what follows is an instruction
FIGURES = ("reached", "targeted")
_SOFT = (
    "filler",
    "young",
    "name",
    "number",
    "people",
    "total",
    "yes_no",
    "type",
)  # least telling first
_HANDED_DOWN = frozenset(
    {"targeted", "reached", "new", "in_need", "implementing", "reporting", "donor"}
)
_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_LEAST_SHARE = 0.5  # of the words of a header, for a meaning that is only near


@dataclass(frozen=True, slots=True)
class HeaderSays:
    """What a header says: the words that fit, and whether it says so in full."""

    words: tuple[str, ...] = ()
    is_firm: bool = False
    lacks_figure: bool = False  # a group of people, and not whether targeted or reached


def words_of_header(header: str, levels: Mapping[str, tuple[str, ...]]) -> HeaderSays:
    """Return what a header says.

    Args:
        header: As written, several levels parted by " / ".
        levels: For each kind of place the words of the level it stands on in this table
            ("adm2", "region"), several where the table does not settle it.
    """
    header = header[:MOST_LETTERS]
    whole = _whole_headers().get(key_of(header.strip(" *")))
    if whole:
        return HeaderSays(whole, is_firm=True)
    for text in _shorter(header):
        found = _said(text, levels)
        if found.is_firm:
            return found
    return _said(header, levels)


def kinds_of_place(header: str) -> frozenset[str]:
    """Return the kinds of place that a header names: "district"."""
    last = header[:MOST_LETTERS].rpartition(" / ")[2]
    named: set[str] = set()
    for reading in said_in(_BRACKETS.sub(" ", last)).readings:
        if not any(word.startswith("adm") or word == "place" for word in reading):
            named |= {word.removeprefix(PLACE) for word in reading if word.startswith(PLACE)}
    return frozenset(named)


def _shorter(header: str) -> Iterable[str]:
    yield header
    without = _BRACKETS.sub(" ", header)
    if without.strip(" /*") and without != header:
        yield without
    if " / " in header:
        yield header.rpartition(" / ")[2]


def _said(header: str, levels: Mapping[str, tuple[str, ...]]) -> HeaderSays:
    *upper, last = header.split(" / ")
    handed = {word for text in upper for r in said_in(text).readings for word in r} & _HANDED_DOWN
    said = said_in(last)
    near: dict[str, float] = {}
    firm: dict[str, None] = {}
    lacks = False
    for reading in _readings(said.readings, levels):
        words, lacks_figure = _words_made(reading, frozenset(handed))
        if words and not said.unknown:
            firm |= dict.fromkeys(words)
            lacks = lacks or lacks_figure
        for word, share in _nearest(reading | handed, len(said.unknown)).items():
            near[word] = max(near.get(word, 0.0), share)
    if firm:
        return HeaderSays(tuple(firm), is_firm=True, lacks_figure=lacks)
    best = sorted(near, key=lambda word: -near[word])
    return HeaderSays(tuple(word for word in best if near[word] == near[best[0]]))


def _readings(
    readings: Iterable[frozenset[str]], levels: Mapping[str, tuple[str, ...]]
) -> Iterable[frozenset[str]]:
    for reading in readings:
        kinds = [word for word in reading if word.startswith(PLACE)]
        rest = reading - set(kinds)
        if any(word.startswith("adm") or word == "place" for word in rest):
            yield rest  # the level is said outright
            continue
        if not kinds:
            yield rest
        for kind in kinds:
            for level in levels.get(kind.removeprefix(PLACE), ()):
                yield rest | {level}


def _words_made(reading: frozenset[str], handed: frozenset[str]) -> tuple[tuple[str, ...], bool]:
    for said in dict.fromkeys((reading | handed, reading)):
        found = _exactly(said)
        if found:
            return found, False
        if not said & set(FIGURES):
            either = [word for figure in FIGURES for word in _exactly(said | {figure})]
            if either and _is_group(said):
                return tuple(either), True
    return (), False


def _is_group(said: frozenset[str]) -> bool:
    return bool(said - set(_SOFT) or "people" in said)


def _exactly(said: frozenset[str]) -> tuple[str, ...]:
    soft = [word for word in _SOFT if word in said]
    for n_left_out in range(len(soft) + 1):
        for left_out in combinations(soft, n_left_out):
            found = _made().get(said - set(left_out), ())
            if "number" in left_out:  # "number of schools" is no name of a school
                found = tuple(word for word in found if _is_counted(word))
            if found:
                return found
    return ()


def _is_counted(word: str) -> bool:
    return meanings()[word].value in {ValueKind.AMOUNT, ValueKind.PERSON}


def _nearest(said: frozenset[str], n_unknown: int) -> Mapping[str, float]:
    telling = said - set(_SOFT)
    if "breakdown" in telling:
        return {}
    every = len(telling) + n_unknown
    scores: dict[str, float] = {}
    for made, words in _made().items():
        lacks = made - said
        held = made & telling
        if held and (not lacks or (lacks <= set(FIGURES) and not said & set(FIGURES))):
            share = len(held) / every
            scores |= {word: share for word in words if share >= _LEAST_SHARE}
    return scores


@cache
def _made() -> Mapping[frozenset[str], tuple[str, ...]]:
    found: dict[frozenset[str], list[str]] = {}
    for word, meaning in meanings().items():
        for made in meaning.made_of:
            found.setdefault(made, []).append(word)
    return {made: tuple(words) for made, words in found.items()}


@cache
def _whole_headers() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for word, meaning in meanings().items():
        for headers in meaning.headers.values():
            for header in headers:
                found.setdefault(key_of(header), {})[word] = None
    return {key: tuple(words) for key, words in found.items()}
