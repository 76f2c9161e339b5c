"""The form in which names of places are compared; nobody is ever shown it.

Two names have one key when they differ only in case, accents, punctuation, white space, signs
that are not seen, digits of another script or the several forms of one Arabic letter. Their
plain key also leaves out the words that say what kind of area it is, and the Arabic article.
"""

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_APOSTROPHES = "'’‘`´ʿʾʼʹʻ′ˈ"
_LETTERS = {
    "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ڪ": "ك", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه",
    "ٱ": "ا", "ء": "", "ـ": "",
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "ə": "e", "þ": "th",
}  # fmt: skip
# marks that carry no meaning in names; in other scripts a mark is a vowel
_MARKS = ((0x0300, 0x036F), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x06D6, 0x06ED))
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN = {numeral: str(number) for number, numeral in enumerate(_NUMERALS, start=1)}
_LETTERS_BEHIND_ARTICLE = 2
_ARABIC_ARTICLE = "ال"
_KEPT_NAMES = 200_000


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Words in names of places, as keys."""

    articles: frozenset[str]
    types: frozenset[str]
    whole: frozenset[str]
    fillers: frozenset[str]
    nationwide: frozenset[str]
    several: frozenset[str]


@lru_cache(maxsize=_KEPT_NAMES)
def place_key(name: str) -> str:
    """Return the form under which names are one: "Ségou", "SEGOU" and " Segou" are."""
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(_FOLD)
    return " ".join(plain.split())


@lru_cache(maxsize=_KEPT_NAMES)
def plain_key(name: str) -> str:
    """Return the key without type words, articles and spaces: "Al-Bab District" is "bab"."""
    return "".join(telling_words(name))


def telling_words(name: str) -> list[str]:
    """Return the words of the key that tell one place from another; all where none is left."""
    words = place_key(name).split()
    known = place_words()
    kept = [word for word in words if word not in known.types and word not in known.articles]
    return [_ROMAN.get(word, _without_article(word)) for word in kept or words]


@lru_cache(maxsize=_KEPT_NAMES)
def is_whole_area(name: str) -> bool:
    """Say whether a name stands for all of the area above it: "all districts", "national"."""
    known = place_words()
    key = place_key(name)
    words = set(key.split())
    says_all = not words.isdisjoint(known.whole)
    return key in known.nationwide or (
        says_all and words <= known.whole | known.types | known.fillers
    )


@lru_cache(maxsize=_KEPT_NAMES)
def is_several_areas(name: str) -> bool:
    """Say whether a name stands for areas that it does not name: "various locations"."""
    known = place_words()
    words = place_key(name).split()
    is_plural = bool(words) and words[0] in known.several
    return is_plural and set(words) <= known.several | known.types | known.fillers


@cache
def place_words() -> PlaceWords:
    """Return the words in names of places that are no names themselves."""
    file = files("takatuf.activities.places.spelling") / "words.toml"
    table = tomllib.loads(file.read_text("utf-8"))
    return PlaceWords(
        **{
            kind: frozenset(place_key(word) for word in table[kind])
            for kind in ("articles", "types", "whole", "fillers", "nationwide", "several")
        }
    )


def _without_article(word: str) -> str:
    bare = word.removeprefix(_ARABIC_ARTICLE)
    return bare if len(bare) >= _LETTERS_BEHIND_ARTICLE else word


class _Fold(dict[int, str]):
    # what each letter becomes; worked out when a letter is first met
    def __missing__(self, code: int) -> str:
        self[code] = _folded(chr(code))
        return self[code]


def _folded(letter: str) -> str:
    if letter in _APOSTROPHES:
        return ""
    if letter in _LETTERS:
        return _LETTERS[letter]
    category = unicodedata.category(letter)
    if category == "Cf" or any(first <= ord(letter) <= last for first, last in _MARKS):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    return " " if category[0] in "PSZC" else letter


_FOLD = _Fold()
