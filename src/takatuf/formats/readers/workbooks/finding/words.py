"""The words by which totals, notes, pivots, samples and headers are known: data, not code."""

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

_DATA = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))
_MARKS = "Mn"
_MAX_CHARACTERS = 500  # whoever needs more than that to tell a header is reading a text
_LATIN_END = "\u0250"
GROUPS = ("who", "what", "where", "when", "whom")


def simple(text: str) -> str:
    """Return the beginning of a text in lower case, spaces single, no marks on Latin letters."""
    spaced = " ".join(text[:_MAX_CHARACTERS].replace("_", " ").split()).lower()
    apart = unicodedata.normalize("NFD", spaced)
    kept = (
        sign
        for place, sign in enumerate(apart)
        if unicodedata.category(sign) != _MARKS or not _is_on_latin(apart, place)
    )
    return unicodedata.normalize("NFC", "".join(kept))


@cache
def total_pattern() -> str:
    """Return the pattern (without case) of a cell that names a total."""
    return _beginning(_DATA["totals"], r"(?:[\s:：.\-–(/].*)?$")


def is_total(text: str) -> bool:
    """Whether a cell names a total."""
    return bool(re.match(total_pattern(), simple(text), re.IGNORECASE))


def is_note(text: str) -> bool:
    """Whether a cell begins as a note does."""
    plain = simple(text)
    return any(
        plain == word
        or (plain.startswith(word) and (word == "*" or not plain[len(word)].isalnum()))
        for word in _DATA["notes"]
    )


def is_pivot_word(text: str) -> bool:
    """Whether a cell is what a spreadsheet program writes into a pivot table."""
    return simple(text) in _DATA["pivots"]


def is_sample_word(text: str) -> bool:
    """Whether a cell says that its row is an example, and no more."""
    return simple(text).strip(" .:()[]*") in _DATA["samples"]


@cache
def group_of(header: str) -> str:
    """Return which of the five questions of a 4W a header answers; "" for none known."""
    plain = simple(header)
    words = re.split(r"[^\w\-]+", plain)
    for group in GROUPS:
        for word in _DATA["headers"][group]:
            if any(part == word or (len(word) > 3 and part.startswith(word)) for part in words):  # noqa: PLR2004
                return group
    return ""


def _beginning(words: list[str], ending: str) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return rf"^\s*(?:{'|'.join(re.escape(word) for word in longest_first)}){ending}"


def _is_on_latin(apart: str, place: int) -> bool:
    before = place - 1
    while before >= 0 and unicodedata.category(apart[before]) == _MARKS:
        before -= 1
    return before >= 0 and apart[before] < _LATIN_END
