"""Words of a text in either script, with the forms under which rules look for them.

Every word knows where it stands, so that whatever is found can be shown in the exact words.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from takatuf.vocabulary.digits import latin_digits

_WORD = re.compile(r"\d+(?:[.,٫٬]\d+)*|(?:[^\W\d_]|[\u064b-\u0652\u0670])+(?:['’ʼ][^\W\d_]+)*[’ʼ]?")
_ALIKE = str.maketrans("أإآٱىة’ʼ", "اااايه''")
_DROPPED = {ord(letter): None for letter in "ـ'"} | dict.fromkeys((*range(1611, 1619), 1648))
_CACHED_WORDS = 1 << 16
_ARTICLES = ("بال", "كال", "لل", "ال")  # with the preposition that is written on them
_SHORTEST = 3  # letters that must be left of an Arabic word when a particle is taken off
_PRESENT = "يتن"
_PRONOUNS = ("ها", "هم", "هما", "نا")
_FUTURE = ("سي", "ست", "سن")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is written, and its forms: folded, then without particles written on it."""

    begin: int
    end: int
    text: str
    forms: tuple[str, ...]

    @property
    def norm(self) -> str:
        """The folded word itself."""
        return self.forms[0]

    @property
    def is_number(self) -> bool:
        """Whether it is written in digits."""
        return self.text[0].isdigit()

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


def words_of(text: str, begin: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """Return the words of a stretch of text in their order."""
    found = _WORD.finditer(text, begin, len(text) if end is None else end)
    return tuple(Word(m.start(), m.end(), m[0], forms_of(m[0])) for m in found)


def fold(text: str) -> str:
    """Return the text in small letters with letters that are written alike made one.

    Its length stays, so that a place in it is a place in the text.
    """
    small = text.lower()
    return latin_digits(small if len(small) == len(text) else text).translate(_ALIKE)


@lru_cache(maxsize=_CACHED_WORDS)
def forms_of(word: str) -> tuple[str, ...]:
    """Return the forms of a word, the folded word first."""
    norm = fold(unicodedata.normalize("NFKC", word)).removesuffix("'s").translate(_DROPPED)
    if not "\u0621" <= norm[:1] <= "\u064a":
        return (norm or word,)
    forms = [norm]
    if norm[0] in "وف" and len(norm) >= _SHORTEST:
        forms.append(norm[1:])
    for form in tuple(forms):
        forms += _without_article(form)
    return tuple(dict.fromkeys(forms))


def _without_article(form: str) -> list[str]:
    for article in _ARTICLES:
        if form.startswith(article) and len(form) - len(article) >= _SHORTEST - 1:
            return [form[len(article) :]]
    if form[0] in "بلك" and len(form) > _SHORTEST:
        return [form[1:]]
    return []


def future_forms(forms: tuple[str, ...]) -> tuple[str, ...]:
    """Return Arabic forms without the letter that puts them into the future."""
    later = [f[1:] for f in forms if f.startswith(_FUTURE) and len(f) > _SHORTEST]
    return tuple(stem for form in later for stem in (form, form[1:]))


def stems_of(forms: tuple[str, ...]) -> tuple[str, ...]:
    """Return Arabic forms without the letters of the present tense and of "her", "their"."""
    found: list[str] = []
    for form in forms:
        if "\u0621" <= form[:1] <= "\u064a":
            found += _stems(form)
    return tuple(dict.fromkeys(found))


def _stems(form: str) -> list[str]:
    found = [form[1:]] if form[0] in _PRESENT and len(form) > _SHORTEST else []
    for ending in _PRONOUNS:
        if form.endswith(ending) and len(form) - len(ending) >= _SHORTEST:
            stem = form[: -len(ending)]
            found += [stem, f"{stem[:-1]}ه"] if stem.endswith("ت") else [stem]
    return found


def key_of(text: str) -> tuple[str, ...]:
    """Return the folded words of a name or a phrase, as they are looked up."""
    return tuple(word.norm for word in words_of(text))


def text_between(words: Sequence[Word], text: str) -> str:
    """Return the text from the first word to the last."""
    return text[words[0].begin : words[-1].end] if words else ""
