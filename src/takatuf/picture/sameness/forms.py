"""A name in the form in which names are compared; nobody is ever shown it.

Whatever the script, a name comes down to: the words that carry it, the kind of thing that it
says it is, what tells it from its neighbours (numbers, directions), and the consonants that
are heard, so that an Arabic name meets its Latin spellings. Two names that differ only in
case, accents, articles, legal forms or white space have one form.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from anyascii import anyascii

from takatuf.vocabulary.digits import latin_digits
from takatuf.vocabulary.identity import name_key

ARABIC = "Arabic"
LATIN = "Latin"
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['’‘`´ʿʾʼ]")
_DOTTED = re.compile(r"\b((?:\w\.){2,})(?=\W|$)")  # "U.N." is one word
_ARABIC_LETTER = re.compile("[\u0600-\u06ff\u0750-\u077f]")
_LETTERS_OF_ONE = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"}
)
_SILENT_H = re.compile(r"(?<=[aeiou])h$")
_REPEATED = re.compile(r"(.)\1+")
_ACRONYM_LETTERS = range(2, 9)
_LETTERS_BEHIND_ARTICLE = 2
_LETTERS_OF_A_ROOT = 3


@dataclass(frozen=True, slots=True)
class NameForm:
    """One name as it is compared."""

    text: str  # as it was written
    script: str  # "Arabic", or "Latin": every other script is transliterated
    words: tuple[str, ...]  # that carry the name; all of them where nothing else is left
    kinds: frozenset[str]  # of which kind the name says its thing is
    telling: frozenset[str]  # numbers, directions, old or new
    heard: tuple[str, ...]  # the consonants of each of `words`
    spelled_text: str  # `words` in the order of the letters
    spelled_as_one: str  # `words` in their own order, without spaces
    heard_text: str  # the same of what is heard
    heard_as_one: str
    initials: str  # of all words that say something, in small letters
    acronym: str  # the name itself where it can be one, else ""


@dataclass(frozen=True, slots=True)
class _Words:
    empty: frozenset[str]
    plain: Mapping[str, frozenset[str]]  # kinds by type of thing
    kind: Mapping[str, str]  # by word
    telling: Mapping[str, str]  # by word
    arabic: Mapping[int, str]
    latin: Mapping[str, str]


def form_of(name: str) -> NameForm:
    """Return the form in which this name is compared with others."""
    is_arabic = _ARABIC_LETTER.search(name) is not None
    written = _arabic_words(name) if is_arabic else _latin_words(name)
    lists = _words()
    every = [word.casefold() for word in written]
    saying = [word for word in every if word not in lists.empty] or every
    own = [word for word in saying if word not in lists.kind and not _telling(word)]
    words = tuple(own or saying)
    heard = tuple(heard_in(word) for word in words)
    return NameForm(
        text=name,
        script=ARABIC if is_arabic else LATIN,
        words=words,
        kinds=frozenset(lists.kind[word] for word in saying if word in lists.kind),
        telling=frozenset(filter(None, map(_telling, saying))),
        heard=heard,
        spelled_text=" ".join(sorted(words)),
        spelled_as_one="".join(words),
        heard_text=" ".join(sorted(filter(None, heard))),
        heard_as_one="".join(heard),
        initials="" if is_arabic else _initials(written),
        acronym=written[0].casefold() if len(written) == 1 and _is_acronym(written[0]) else "",
    )


def plain_kinds(type_name: str) -> frozenset[str]:
    """Return the kinds that people often leave out of the name of a thing of this type."""
    return _words().plain.get(type_name, frozenset())


def heard_in(word: str) -> str:
    """Return the consonants of a word as one hears them: the same in every spelling, nearly.

    Digits stay. A word without any consonant gives an empty text.
    """
    lists = _words()
    if _ARABIC_LETTER.search(word):
        return _once(word).translate(lists.arabic)
    rest, found = _SILENT_H.sub("", _REPEATED.sub(r"\1", word)), ""
    while rest:
        length = 2 if rest[:2] in lists.latin else 1
        found += rest[0] if rest[0].isdigit() else lists.latin.get(rest[:length], "")
        rest = rest[length:]
    return found


def _once(word: str) -> str:
    # the feminine ending is written in several ways or left out; in a short word it is a root
    return word.removesuffix("ه") if len(word) > _LETTERS_OF_A_ROOT else word


def _latin_words(name: str) -> list[str]:
    joined = _DOTTED.sub(lambda dotted: dotted[0].replace(".", ""), _APOSTROPHES.sub("", name))
    plain = anyascii(joined.replace("&", " and "))
    return _WORD.findall(_APOSTROPHES.sub("", plain))


def _initials(written: list[str]) -> str:
    """Return the first letters of the words that say something, and acronyms in whole."""
    saying = [word for word in written if word.casefold() not in _words().empty]
    return "".join(word if _is_acronym(word) else word[0] for word in saying).casefold()


def _arabic_words(name: str) -> list[str]:
    key = latin_digits(name_key(name)).translate(_LETTERS_OF_ONE)
    return [_without_article(word) for word in _WORD.findall(key)]


def _without_article(word: str) -> str:
    for article in ("وال", "بال", "ال", "لل"):
        if word.startswith(article) and len(word) - len(article) >= _LETTERS_BEHIND_ARTICLE:
            return word.removeprefix(article)
    return word


def _telling(word: str) -> str:
    if word.isdecimal():
        return str(int(word))
    return _words().telling.get(word, "")


def _is_acronym(word: str) -> bool:
    return word.isupper() and len(word) in _ACRONYM_LETTERS


@cache
def _words() -> _Words:
    file = files("takatuf.picture.sameness") / "words.toml"
    table = tomllib.loads(file.read_text("utf-8"))
    arabic = {code: "" for code in range(0x0600, 0x0700) if _is_letter(chr(code))}
    return _Words(
        empty=frozenset(table["empty"]),
        plain={name: frozenset(kinds) for name, kinds in table["plain"].items()},
        kind=_by_word(table["kinds"]),
        telling=_by_word(table["telling"]),
        arabic=arabic | {ord(letter): heard for letter, heard in table["arabic"].items()},
        latin=table["latin"],
    )


def _is_letter(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "L"


def _by_word(table: Mapping[str, Any]) -> dict[str, str]:
    return {word: meaning for meaning, words in table.items() for word in words}
