"""The properties nearest to a clause that no cue fits: offered to a person, never taken."""

from collections import Counter
from collections.abc import Iterable, Mapping

from takatuf.formats.readers.text.language.words import Word, words_of
from takatuf.vocabulary.things import Vocabulary

_STEM = 5  # letters that two words must share
_SHORTEST = 4  # letters of a word that tells anything
_MOST = 3  # hints
_APART = frozenset({"identity", "judgements", "questions", "organisations", "work"})


class Hints:
    """The labels of a vocabulary by the stems of their words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Take the labels in English and Arabic of what a text may speak of."""
        self._stems: Mapping[str, frozenset[str]] = {
            name: frozenset(_stems(words_of(f"{declared.label.en} {declared.label.ar}")))
            for name, declared in vocabulary.properties.items()
            if declared.topic not in _APART
        }
        self._common = Counter(stem for stems in self._stems.values() for stem in stems)

    def nearest(self, words: Iterable[Word]) -> tuple[str, ...]:
        """Return up to three properties whose labels share the rarest words with these."""
        said = frozenset(_stems(words))
        scored = (
            (-sum(1 / self._common[stem] for stem in said & stems), name)
            for name, stems in self._stems.items()
        )
        return tuple(name for score, name in sorted(scored)[:_MOST] if score < 0)


def _stems(words: Iterable[Word]) -> Iterable[str]:
    for word in words:
        form = min(word.forms, key=len)
        if len(form) >= _SHORTEST and not word.is_number:
            yield form[:_STEM]
