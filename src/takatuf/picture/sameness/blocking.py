"""Which names are worth comparing: those that share something, so that 50,000 take seconds.

Two names meet if they share a rare word by its sound, or if all that is heard of them is the
same but for one consonant, or if one can be made of the other's first letters. Whatever more
than `MOST_IN_A_BUCKET` names share says nothing, and brings nobody together.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from takatuf.picture.sameness.forms import NameForm

MOST_IN_A_BUCKET = 60
_LEAST_ALIKE = 72  # of 100: what is below is not looked at closely
_LEAST_ALIKE_IF_TOLD_APART = 95  # where only one name has a number or a direction
_CONSONANTS_OF_A_WORD = 3
_CONSONANTS_TO_SLIP_IN = range(4, 17)

Pairs = NDArray[np.int64]  # (n_pairs, 2): indices of names


def pairs_that_share(forms: Sequence[NameForm], things: Sequence[int]) -> Pairs:
    """Return the pairs of names, of two things each, that share enough to be compared.

    Args:
        forms: The names.
        things: The number of each name's thing; as many as `forms`.

    Returns:
        Shape ``(n_pairs, 2)``, indices into `forms`, each pair once, the lower index first.
    """
    keys = [(key, n) for n, form in enumerate(forms) for key in set(_keys_of(form))]
    frame = pl.DataFrame(keys, schema={"key": pl.String, "name": pl.Int64}, orient="row")
    shared = frame.filter(pl.len().over("key").is_between(2, MOST_IN_A_BUCKET))
    pairs = (
        shared.join(shared, on="key", suffix="_other")
        .filter(pl.col("name") < pl.col("name_other"))
        .select("name", "name_other")
        .unique()
        .sort("name", "name_other")
        .to_numpy()
        .astype(np.int64)
    )
    return _of_two_things(pairs, np.asarray(things))


def pairs_with(thing: int, things: Sequence[int]) -> Pairs:
    """Return every pair of a name of this thing and a name of any other; shape as above."""
    owner = np.asarray(things)
    own, others = np.flatnonzero(owner == thing), np.flatnonzero(owner != thing)
    pairs = np.stack(np.meshgrid(own, others), axis=-1).reshape(-1, 2)
    return np.sort(pairs, axis=1)


def alike_enough(pairs: Pairs, forms: Sequence[NameForm]) -> Pairs:
    """Return the pairs of names that a quick look does not rule out."""
    if not len(pairs):
        return pairs
    alike = np.zeros(len(pairs), dtype=np.uint8)
    for texts in (
        _column([form.spelled_text for form in forms]),
        _column([form.heard_text for form in forms]),
        _column([form.heard_as_one for form in forms]),
    ):
        one, other = texts[pairs[:, 0]], texts[pairs[:, 1]]
        scores = process.cpdist(one, other, scorer=fuzz.ratio, dtype=np.uint8)
        alike = np.maximum(alike, scores)
    telling = _column([" ".join(sorted(form.telling)) for form in forms])
    is_told_apart = telling[pairs[:, 0]] != telling[pairs[:, 1]]
    is_alike = alike >= np.where(is_told_apart, _LEAST_ALIKE_IF_TOLD_APART, _LEAST_ALIKE)
    initials = _column([form.initials for form in forms])
    acronyms = _column([form.acronym or "-" for form in forms])
    for short, long in ((0, 1), (1, 0)):
        is_alike |= acronyms[pairs[:, short]] == initials[pairs[:, long]]
    return pairs[is_alike]


def _column(texts: list[str]) -> NDArray[np.object_]:
    return np.array(texts, dtype=object)


def _of_two_things(pairs: Pairs, things: NDArray[np.int64]) -> Pairs:
    of_two: Pairs = pairs[things[pairs[:, 0]] != things[pairs[:, 1]]]
    return of_two


def _keys_of(form: NameForm) -> Iterator[str]:
    yield f"all {form.heard_text} {' '.join(sorted(form.telling))}"
    yield f"spelled {form.spelled_text}"
    yield from (f"word {word}" for word in form.heard if len(word) >= _CONSONANTS_OF_A_WORD)
    heard = form.heard_as_one
    if len(heard) in _CONSONANTS_TO_SLIP_IN:
        yield f"slip {heard}"
        yield from (f"slip {heard[:n]}{heard[n + 1 :]}" for n in range(len(heard)))
    if len(form.acronym or form.initials) >= _CONSONANTS_OF_A_WORD:
        yield f"letters {form.acronym or form.initials}"
