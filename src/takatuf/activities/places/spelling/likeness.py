"""Which known places a name may mean, ranked; a suggestion is never taken by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from anyascii import anyascii
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from takatuf.activities.places.spelling.names import telling_words
from takatuf.picture.sameness.forms import form_of

LEAST_SHOWN = 55.0  # below it a suggestion only distracts
_N_SHOWN = 5
_WORTH_OF_SOUND = 0.92
_WORTH_OF_PARTS = 0.9
_LEAST_HEARD = 3  # consonants; fewer say little
_KEPT_NAMES = 200_000


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One place that a name may mean."""

    code: str
    per_cent: float  # how alike the names are, 0 to 100
    name: str  # the name of the place that is alike


def alike(name: str, others: Sequence[str]) -> float:
    """Return how like the likest of one or more names a name is, 0 to 100, in any scripts."""
    return float(_scores([name], others).max())


def suggestions_for(
    names: Sequence[str], known: Sequence[tuple[str, str]]
) -> list[list[Suggestion]]:
    """Return for each name the known places most like it, the best first.

    Args:
        names: As they were entered.
        known: Code and name of each known place; one with several names stands several times.
    """
    if not names or not known:
        return [[] for _ in names]
    scores = _scores(names, [name for _, name in known])
    return [_best(row, known) for row in scores]


def _best(scores: NDArray[np.float32], known: Sequence[tuple[str, str]]) -> list[Suggestion]:
    order = np.lexsort((np.arange(len(scores)), -scores))
    found: dict[str, Suggestion] = {}
    for place in order:
        if scores[place] < LEAST_SHOWN or len(found) == _N_SHOWN:
            break
        code, name = known[place]
        found.setdefault(code, Suggestion(code, float(scores[place]), name))
    return list(found.values())


def _scores(names: Sequence[str], known: Sequence[str]) -> NDArray[np.float32]:
    one, other = list(map(spelled, names)), list(map(spelled, known))
    letters = process.cdist(one, other, scorer=fuzz.ratio, dtype=np.float32)
    parts = process.cdist(one, other, scorer=fuzz.token_set_ratio, dtype=np.float32)
    heard, other_heard = list(map(_heard, names)), list(map(_heard, known))
    sound = process.cdist(heard, other_heard, scorer=fuzz.ratio, dtype=np.float32)
    lengths = np.minimum.outer(list(map(len, heard)), list(map(len, other_heard)))
    sound[lengths < _LEAST_HEARD] = 0
    by_letters = np.maximum(letters, _WORTH_OF_PARTS * parts)
    best: NDArray[np.float32] = np.maximum(by_letters, _WORTH_OF_SOUND * sound)
    return best


@lru_cache(maxsize=_KEPT_NAMES)
def spelled(name: str) -> str:
    """Return what tells a name from others, in small Latin letters."""
    return anyascii(" ".join(telling_words(name))).casefold()


@lru_cache(maxsize=_KEPT_NAMES)
def _heard(name: str) -> str:
    return form_of(name).heard_as_one
