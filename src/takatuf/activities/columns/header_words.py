"""What the words of a header say, in the languages of `header_words.toml`.

A header is cut into known words, the longest first. The same word may say two things: then every
reading is given, and the table decides. A misspelt word counts as the known one that it is
nearly, if both begin with the same letter.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product

from rapidfuzz import fuzz, process

from takatuf.activities.columns.keys import key_of
from takatuf.vocabulary.digits import latin_digits

PLACE = "place:"  # before a kind of place
_MOST_WORDS = 8  # in one known phrase
_MOST_READINGS = 24
_NEARLY = 88  # per cent alike, for a misspelt word
_NEARLY_MIN_LETTERS = 6
_SPLIT_MIN_LETTERS = 3
_CHILD_MOST_YEARS, _ADULT_LEAST_YEARS, _OLDER_LEAST_YEARS = 19, 15, 50
_SIGN_OF_NUMBER = re.compile(r"#|(?<![^\W\d_])[NnNº]\s?[°º]")
_NUMBER = r"(\d{1,2})(?!\d)"
_SPAN = re.compile(rf"(?<!\d){_NUMBER}\s*(?:-|–|to|à|a|до|إلى|الى)\s*{_NUMBER}")
_BELOW = re.compile(
    r"(?:<|≤|under|below|moins de|menor(?:es)? de|до|أقل من|اقل من)\s*=?\s*" + _NUMBER
)
_ABOVE = re.compile(
    r"(?:>|≥|over|above|plus de|más de|mayores? de|старше|أكثر من)\s*=?\s*" + _NUMBER
    + r"|(?<!\d)" + _NUMBER
    + r"\s*(?:\+|and above|and over|and older|et plus|y más|o más|فأكثر|فما فوق)"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What one stretch of a header says: one set of words per reading."""

    readings: tuple[frozenset[str], ...]
    unknown: tuple[str, ...]  # words that say nothing to us


@lru_cache(maxsize=8192)
def said_in(text: str) -> Said:
    """Return what a stretch of a header says, ages included."""
    text = _SIGN_OF_NUMBER.sub(" number ", text)
    ages, rest = _ages_of(latin_digits(text).casefold(), text)
    choices: list[tuple[str, ...]] = [(age,) for age in ages]
    unknown: list[str] = []
    words = [word for word in key_of(rest).split() if not (word.isdigit() and ages)]
    at = 0
    while at < len(words):
        n_words, found = _longest(words, at)
        if found:
            choices.append(found)
        elif not words[at].isdigit():
            unknown.append(words[at])
        at += n_words
    readings = dict.fromkeys(frozenset(" ".join(chosen).split()) for chosen in _some(choices))
    return Said(tuple(readings), tuple(unknown))


@cache
def chains() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return which kinds of place stand on which level, level 1 first, by practice."""
    return {
        name: tuple(tuple(kinds.split("|")) for kinds in levels)
        for name, levels in _table()["chains"].items()
    }


@cache
def sector_keys() -> frozenset[str]:
    """Return the keys of the usual names of sectors, to know them among values and headers."""
    return frozenset(map(key_of, _table()["values"]["sectors"]))


def _some(choices: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    found = []
    for chosen in product(*choices):
        found.append(chosen)
        if len(found) == _MOST_READINGS:
            break
    return found


def _longest(words: list[str], at: int) -> tuple[int, tuple[str, ...]]:
    for n_words in range(min(_MOST_WORDS, len(words) - at), 0, -1):
        found = _lexicon().get(" ".join(words[at : at + n_words]))
        if found:
            return n_words, found
    return 1, _near(words[at])


@lru_cache(maxsize=8192)
def _near(word: str) -> tuple[str, ...]:
    if len(word) < _NEARLY_MIN_LETTERS:
        return ()
    for cut in range(_SPLIT_MIN_LETTERS, len(word) - _SPLIT_MIN_LETTERS + 1):
        first, second = _lexicon().get(word[:cut]), _lexicon().get(word[cut:])
        if first and second:
            return (f"{first[0]} {second[0]}",)
    best = process.extractOne(word, _single_words(), scorer=fuzz.ratio, score_cutoff=_NEARLY)
    return _lexicon()[best[0]] if best and best[0][0] == word[0] else ()


def _ages_of(plain: str, text: str) -> tuple[list[str], str]:
    ages: list[str] = []
    if not any(character.isdigit() for character in plain):
        return ages, text
    for _, last in _SPAN.findall(plain):
        ages.append(_age(int(last), least=False))
    plain = _SPAN.sub(" ", plain)
    ages += [_age(int(most), least=False) for most in _BELOW.findall(plain)]
    ages += [_age(int(a or b), least=True) for a, b in _ABOVE.findall(plain)]
    found = [age for age in ages if age]
    rest = _ABOVE.sub(" ", _BELOW.sub(" ", plain)) if found else text
    return list(dict.fromkeys(found)), rest


def _age(years: int, *, least: bool) -> str:
    if least:
        if years >= _OLDER_LEAST_YEARS:
            return "older"
        return "adult" if years >= _ADULT_LEAST_YEARS else ""
    if years <= _CHILD_MOST_YEARS:
        return "children" if years >= _ADULT_LEAST_YEARS else "children young"
    return "adult"


@cache
def _table() -> Mapping[str, Mapping[str, Mapping[str, list[str]]]]:
    text = (files("takatuf.activities.columns") / "header_words.toml").read_text("utf-8")
    table: Mapping[str, Mapping[str, Mapping[str, list[str]]]] = tomllib.loads(text)
    return table


@cache
def _lexicon() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for prefix, part in (("", "word"), (PLACE, "place")):
        for name, by_language in _table()[part].items():
            for texts in by_language.values():
                for text in texts:
                    found.setdefault(key_of(text), {})[prefix + name] = None
    return {key: tuple(names) for key, names in found.items() if key}


@cache
def _single_words() -> tuple[str, ...]:
    return tuple(
        key for key in _lexicon() if " " not in key and len(key) >= _NEARLY_MIN_LETTERS - 1
    )
