"""Names of months and quarters in the languages of our files.

A name is compared by its key: case, accents and the forms of one Arabic letter do not count.
"""

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from takatuf.activities.columns.keys import key_of


@lru_cache(maxsize=8192)
def month_of(text: str) -> int | None:
    """Return the number of a month by its name, 1 to 12, or None."""
    return _names().get(key_of(text))


@lru_cache(maxsize=2048)
def quarter_of(text: str) -> int | None:
    """Return the number of a quarter without its year, as in ``Q4`` or ``1er trimestre``."""
    words = key_of(text).split()
    rest = [word for word in words if word not in _quarter_words() | _ordinal_ends()]
    if len(rest) != 1 or not _quarter_words() & set(words):
        return None
    return _ordinals().get(rest[0])


def is_week_word(word: str) -> bool:
    """Say whether a word, as a key, means a week."""
    return word in _week_words()


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads((files("takatuf.activities.values") / "months.toml").read_text("utf-8"))


@cache
def _names() -> Mapping[str, int]:
    return {
        key_of(name): number
        for number, names in enumerate(_table()["months"], start=1)
        for name in names
    }


@cache
def _quarter_words() -> frozenset[str]:
    return frozenset(map(key_of, _table()["quarter_words"]))


@cache
def _week_words() -> frozenset[str]:
    return frozenset(map(key_of, _table()["week_words"]))


@cache
def _ordinals() -> Mapping[str, int]:
    return {
        key_of(word).split()[0]: number
        for number, words in enumerate(_table()["ordinals"], start=1)
        for word in words
    }


@cache
def _ordinal_ends() -> frozenset[str]:
    """Letters that follow the number of a quarter: ``1er`` is the key ``1 er``."""
    return frozenset({"st", "nd", "rd", "th", "er", "re", "e", "eme", "o"})
