"""Find many phrases in words at once: the time grows with the text, not with the phrases.

A phrase is one or more words; a star at the end of a word stands for any ending.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from takatuf.formats.readers.text.language.words import Word, future_forms, key_of, stems_of

_CACHED_FORMS = 1 << 16


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """Where a phrase stands: the first word and the one after the last."""

    first: int
    past: int
    is_future: bool = False  # found under the Arabic letter of the future


class Finds:
    """The phrases that were found in a row of words, by phrase and by place."""

    def __init__(self, hits: Mapping[str, tuple[Hit, ...]]) -> None:
        """Take the hits of each phrase."""
        self.hits = hits
        self._by_first: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self._by_past: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for phrase, found in hits.items():
            for hit in found:
                self._by_first[hit.first].append((hit.past, phrase))
                self._by_past[hit.past].append((hit.first, phrase))

    def of(self, phrases: Iterable[str]) -> list[Hit]:
        """Return every hit of these phrases, in their order."""
        return sorted(hit for phrase in phrases for hit in self.hits.get(phrase, ()))

    def longest_at(self, first: int, phrases: Container[str]) -> tuple[int, str]:
        """Return where the longest of the phrases that begins here ends; `first` for none."""
        found = (one for one in self._by_first.get(first, ()) if one[1] in phrases)
        return max(found, default=(first, ""))

    def longest_before(self, past: int, phrases: Container[str]) -> tuple[int, str]:
        """Return where the longest of the phrases that ends here begins; `past` for none."""
        found = (one for one in self._by_past.get(past, ()) if one[1] in phrases)
        return min(found, default=(past, ""))


def alternatives(written: str) -> tuple[str, ...]:
    """Return the phrases of a text such as ``cut off|switched off|stop*``, folded."""
    return tuple(filter(None, (_folded(phrase) for phrase in written.split("|"))))


def _folded(phrase: str) -> str:
    parts = (
        " ".join(key_of(word.removesuffix("*"))) + "*" * word.endswith("*")
        for word in phrase.split()
    )
    return " ".join(parts)


class PhraseBook:
    """Phrases by their first word."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Take the phrases, as `alternatives` folds them."""
        self._exact: dict[str, list[str]] = defaultdict(list)
        self._beginning: dict[str, list[str]] = defaultdict(list)
        for phrase in sorted(set(phrases)):
            first = phrase.split()[0]
            of = self._beginning if first.endswith("*") else self._exact
            of[first.removesuffix("*")].append(phrase)
        self._parts = {phrase: tuple(phrase.split()) for phrase in sorted(set(phrases))}
        self._lengths = sorted({len(beginning) for beginning in self._beginning})
        self._begun_by = lru_cache(maxsize=_CACHED_FORMS)(self._phrases_begun_by)

    def _opened_by(self, form: str) -> tuple[str, ...]:
        found = list(self._exact.get(form, ()))
        for length in self._lengths:
            if length <= len(form):
                found += self._beginning.get(form[:length], ())
        return tuple(found)

    def find(self, words: Sequence[Word]) -> Finds:
        """Return where each phrase stands."""
        found: dict[str, list[Hit]] = defaultdict(list)
        for first, word in enumerate(words):
            for phrase, is_future in self._begun_by(word.forms):
                past = first + len(self._parts[phrase])
                if self._goes_on(phrase, words[first + 1 : past]):
                    found[phrase].append(Hit(first, past, is_future))
        return Finds({phrase: tuple(hits) for phrase, hits in found.items()})

    def _phrases_begun_by(self, forms: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
        """Return the phrases that a word of these forms begins, and whether in the future."""
        now = {p for form in (*forms, *stems_of(forms)) for p in self._opened_by(form)}
        later = {p for form in future_forms(forms) for p in self._opened_by(form)}
        return (*((p, False) for p in sorted(now)), *((p, True) for p in sorted(later - now)))

    def _goes_on(self, phrase: str, words: Sequence[Word]) -> bool:
        rest = self._parts[phrase][1:]
        return len(rest) == len(words) and all(map(is_word, rest, words))


def is_word(pattern: str, word: Word) -> bool:
    """Say whether one word of a phrase stands for this word."""
    if pattern.endswith("*"):
        return any(form.startswith(pattern[:-1]) for form in word.forms)
    return pattern in word.forms
