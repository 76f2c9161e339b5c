"""Texts: what is between, around and inside the letters and should not be there.

The frame holds the cleaned text; each stray space and hidden character is named as a fault.
"""

import re
import unicodedata
from collections.abc import Iterable

import polars as pl

from takatuf.activities.tables import ERROR_CELLS

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_HIDDEN = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u180e\u061c"
_JOINERS = "\u200c\u200d"  # belong into Persian and Indic words
_CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_SUSPECT = (
    rf"^\s|\s$|\s\s|[{_SPACES}{_HIDDEN}{_JOINERS}{_CONTROL}\t\r\n\ufffd]|^[=@+-]|^#"
    r"|[ÃÐØ][\u0080-\u00bf]|â€"
    r"|\p{Latin}\p{M}*[\p{Cyrillic}\p{Greek}]|[\p{Cyrillic}\p{Greek}]\p{M}*\p{Latin}"
)
_JOINED = re.compile(rf"(?<![\u0600-\u0dff])[{_JOINERS}]|[{_JOINERS}](?![\u0600-\u0dff])")
_UNSEEN = re.compile(rf"[{_HIDDEN}{_CONTROL}]")
_ANY_SPACE = re.compile(rf"[\s{_SPACES}]+")
_ODD_SPACE = re.compile(rf"[{_SPACES}]")
_INNER = re.compile(rf"\S[\s{_SPACES}]{{2,}}\S")
_LOST = re.compile(r"\ufffd|[ÃÐØ][\u0080-\u00bf]|â€")
_FORMULA = re.compile(r"[=@]|[+-](?:\d|\$?[A-Za-z]{1,3}\$?\d|[A-Za-z.]+\()")
_SIGNED_NUMBER = re.compile(r"[+-][\d.,\s]+%?|\+?[\d\s().-]+")
_OF_UNITS = "μΩ"  # stand beside Latin letters in units
_SHOWN_AS = {
    "\u00a0": "a non-breaking space",
    "\u200b": "a zero-width space",
    "\ufeff": "a byte order mark",
}

CleanText = tuple[str, str, str, str]  # text, code, expected, hint


def suspects(texts: pl.Series) -> list[str]:
    """Return the different texts of a column that are worth a closer look."""
    return texts.filter(texts.str.contains(_SUSPECT)).to_list()


def clean(text: str) -> str:
    """Return a text without hidden characters and with single spaces, trimmed."""
    return _ANY_SPACE.sub(" ", _UNSEEN.sub("", _JOINED.sub("", text))).strip()


def faults_of_text(text: str) -> Iterable[CleanText]:
    """Yield what is wrong with one text: the text, a code, what was expected, a hint."""
    if text.strip() in ERROR_CELLS:
        hint = "The cell holds an error of the sheet; it is neither blank nor zero."
        yield text, "cell.error-value", "a value", hint
        return
    trimmed = clean(text)
    if not trimmed:
        yield text, "cell.only-spaces", "a value, or nothing at all", "It counts as blank."
        return
    if text[:1].isspace() or text[-1:].isspace():
        yield text, "cell.untrimmed", f"{trimmed!r} without spaces around it", ""
    if _INNER.search(text):
        yield text, "cell.several-spaces", f"{trimmed!r} with single spaces", ""
    yield from _hidden(text, trimmed)
    if _LOST.search(text):
        hint = "The file was saved in another encoding than it says."
        yield text, "cell.letters-lost", "the letters as they were typed", hint
    if _FORMULA.match(trimmed) and not _SIGNED_NUMBER.fullmatch(trimmed):
        hint = "It is kept as text and never computed."
        yield text, "cell.formula-text", "a text that no sheet takes for a formula", hint
    mixed = _mixed_word(trimmed)
    if mixed:
        yield text, "cell.mixed-scripts", "one script inside a word", mixed


def _hidden(text: str, trimmed: str) -> Iterable[CleanText]:
    odd = _ODD_SPACE.findall(text)
    unseen = _UNSEEN.findall(text) + _JOINED.findall(text)
    for code, found in (("cell.odd-space", odd), ("cell.hidden-character", unseen)):
        if found:
            first = str(found[0])
            shown = _SHOWN_AS.get(first, unicodedata.name(first, "a control character").lower())
            yield text, code, repr(trimmed), f"It holds {shown} (U+{ord(first):04X})."


def _mixed_word(text: str) -> str:
    for word in text.split():
        scripts = {name for c in word if c.isalpha() and (name := _script(c))}
        if len(scripts) > 1:
            other = next(c for c in word if c.isalpha() and _script(c) != _script(word[0]))
            return f"{word} holds {unicodedata.name(other, 'another letter').lower()}."
    return ""


def _script(letter: str) -> str:
    if letter in _OF_UNITS:
        return ""
    name = unicodedata.name(letter, "")
    return next((s for s in ("LATIN", "CYRILLIC", "GREEK") if name.startswith(s)), "")
