"""Names of organisations in the form in which they are compared; nobody is ever shown it.

Two spellings of one key differ only in case, accents, white space, punctuation, the forms of
Arabic letters or a legal form at the end. More is never taken for the same.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from takatuf.vocabulary.digits import latin_digits

_APOSTROPHES = re.compile("['’‘`´ʿʾʼ]")
_DOTTED = re.compile(r"\b((?:\w\.){2,})(?=\W|$)")  # "U.N." is one word
_WORD = re.compile(r"[^\W_]+")
_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك"}
)
_KEPT_APART = {"й": "\ue000", "ї": "\ue001", "ё": "е"}  # a letter of its own, not an accent
_GIVEN_BACK = str.maketrans({"\ue000": "й", "\ue001": "ї"})
_REMEMBERED = 1 << 17  # spellings


@dataclass(frozen=True, slots=True)
class NameWords:
    """The words of `words.toml`."""

    legal: frozenset[str]
    small: frozenset[str]
    nobody: frozenset[str]
    between: tuple[str, ...]
    perhaps_between: tuple[str, ...]


@lru_cache(maxsize=_REMEMBERED)
def tidy(text: str) -> str:
    """Return a name as it is shown: no white space around it, one space between words."""
    if text.isascii():
        return " ".join(text.split())
    kept = (letter for letter in text if unicodedata.category(letter) != "Cf")
    return " ".join("".join(kept).split())


@lru_cache(maxsize=_REMEMBERED)
def name_words_of(text: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared, legal forms at the end left out."""
    words = tuple(_WORD.findall(folded(text)))
    kept = words
    while len(kept) > 1 and kept[-1] in name_words().legal:
        kept = kept[:-1]
    return kept


@lru_cache(maxsize=_REMEMBERED)
def organisation_key(text: str) -> str:
    """Return what two spellings of one name share; "" for a text without a letter or digit."""
    return " ".join(name_words_of(text))


def acronym_key(text: str) -> str:
    """Return what two spellings of one acronym share: its letters and digits alone."""
    return "".join(_WORD.findall(folded(text)))


def folded(text: str) -> str:
    """Return a text without case, accents, marks and the variants of letters."""
    plain = latin_digits(unicodedata.normalize("NFKC", text)).casefold()
    for letter, kept in _KEPT_APART.items():
        plain = plain.replace(letter, kept)
    plain = _DOTTED.sub(lambda dotted: dotted[0].replace(".", ""), _APOSTROPHES.sub("", plain))
    if plain.isascii():
        return plain.replace("&", " and ")
    decomposed = unicodedata.normalize("NFKD", plain.replace("&", " and "))
    bare = "".join(
        letter
        for letter in decomposed
        if letter != "\u0640" and unicodedata.category(letter) not in {"Mn", "Cf"}
    )
    return bare.translate(_GIVEN_BACK).translate(_ARABIC)


@lru_cache(maxsize=_REMEMBERED)
def names_nobody(text: str) -> bool:
    """Say whether a cell says that there is no further organisation, or nothing at all."""
    return tidy(text).casefold() in name_words().nobody or (
        organisation_key(text) in _nobody_keys() or not organisation_key(text)
    )


@cache
def name_words() -> NameWords:
    """Return the words that the package ships."""
    text = files("takatuf.activities.organisations").joinpath("words.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return NameWords(
        legal=frozenset(table["legal"]),
        small=frozenset(table["small"]),
        nobody=frozenset(table["nobody"]),
        between=tuple(table["between"]),
        perhaps_between=tuple(table["perhaps_between"]),
    )


@cache
def _nobody_keys() -> frozenset[str]:
    return frozenset(" ".join(_WORD.findall(folded(word))) for word in name_words().nobody) - {""}
