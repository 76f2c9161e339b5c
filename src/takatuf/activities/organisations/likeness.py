"""Names that may be two spellings of one: offered to a person and never taken by themselves.

Two names are offered when what they do not share can be a slip of the keyboard, a small word
or another order of the words. Names that differ by a word of their own ("Spain" and "France")
are not alike, however long the rest is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from takatuf.activities.organisations.spelling import name_words, name_words_of
from takatuf.picture.sameness.forms import ARABIC, LATIN, NameForm, form_of

ALIKE_PERCENT = 85  # of all letters, the words in the order of the alphabet
SLIP_PERCENT = 75  # of the letters of one word
HEARD_PERCENT = 85  # across scripts, of the consonants
FEWEST_HEARD = 4  # consonants, for a likeness across scripts
FEWEST_LETTERS = 5  # shorter names are likelier two acronyms than two spellings
MOST_COMPARISONS = 10_000_000  # of all names with all: some tenths of a second
_BEGINNING = 3  # letters that names share where they are too many for that
_ARABIC_LETTER = re.compile("[\u0600-\u06ff]")


@dataclass(frozen=True, slots=True, order=True)
class Alike:
    """Two names of two lists, by their places, and how like they are."""

    left: int
    right: int
    percent: int
    is_reordered: bool = False  # the same words but for small ones, in another order
    across_scripts: bool = False


def alike_in(
    left: Sequence[str], right: Sequence[str], most: int = MOST_COMPARISONS
) -> tuple[Alike, ...]:
    """Return the pairs of names, one of each list, that may be two spellings of one.

    Args:
        left: Names as they were written.
        right: The same; names that are equal after folding are no pair.
        most: How many comparisons are made; with more, only names with the same beginning are
            compared, their words in the order of the alphabet.
    """
    words_left = [name_words_of(name) for name in left]
    words_right = [name_words_of(name) for name in right]
    found: dict[tuple[int, int], Alike] = {}
    for ones, others in _blocks(words_left, words_right, most):
        for i, j, percent in _near([words_left[i] for i in ones], [words_right[j] for j in others]):
            one, other = words_left[ones[i]], words_right[others[j]]
            if _differ_by_slips(one, other):
                pair = Alike(ones[i], others[j], percent, _is_reordered(one, other))
                found[pair.left, pair.right] = pair
    for pair in _across_scripts(left, right):
        found.setdefault((pair.left, pair.right), pair)
    return tuple(sorted(found.values()))


def _blocks(
    left: Sequence[Sequence[str]], right: Sequence[Sequence[str]], most: int
) -> Iterator[tuple[list[int], list[int]]]:
    """Yield what to compare: all with all, or names with the same beginning where they are many."""
    if len(left) * len(right) <= most:
        yield list(range(len(left))), list(range(len(right)))
        return
    ones, others = _by_beginning(left), _by_beginning(right)
    for beginning in sorted(ones.keys() & others.keys()):
        yield ones[beginning], others[beginning]


def _by_beginning(names: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, words in enumerate(names):
        found.setdefault(_sorted(_saying(words))[:_BEGINNING], []).append(place)
    return found


def _near(
    left: Sequence[Sequence[str]], right: Sequence[Sequence[str]]
) -> Iterator[tuple[int, int, int]]:
    """Yield the places of near names and their likeness in per cent, a part of them at a time."""
    others = [_sorted(words) for words in right]
    length = max(1, MOST_COMPARISONS // max(1, len(right)))
    for start in range(0, len(left), length):
        ones = [_sorted(words) for words in left[start : start + length]]
        near = process.cdist(
            ones, others, scorer=fuzz.ratio, score_cutoff=ALIKE_PERCENT, dtype=np.uint8
        )
        for i, j in np.argwhere(near):
            yield start + int(i), int(j), int(near[i, j])


def _sorted(words: Sequence[str]) -> str:
    return " ".join(sorted(words))


def _saying(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in name_words().small] or list(words)


def _is_reordered(one: Sequence[str], other: Sequence[str]) -> bool:
    return one != other and sorted(_saying(one)) == sorted(_saying(other))


def _differ_by_slips(one: Sequence[str], other: Sequence[str]) -> bool:
    if one == other or min(len("".join(one)), len("".join(other))) < FEWEST_LETTERS:
        return False
    lone = _without(_saying(one), _saying(other))
    rest = _without(_saying(other), _saying(one))
    if any(word.isdecimal() for word in (*lone, *rest)):
        return False
    return fuzz.ratio("".join(sorted(lone)), "".join(sorted(rest))) >= SLIP_PERCENT or (
        not lone and not rest
    )


def _without(words: Sequence[str], others: Sequence[str]) -> list[str]:
    left = list(others)
    kept = []
    for word in words:
        if word in left:
            left.remove(word)
        else:
            kept.append(word)
    return kept


def _across_scripts(left: Sequence[str], right: Sequence[str]) -> Iterator[Alike]:
    if not any(map(_ARABIC_LETTER.search, (*left, *right))):  # forms take their time
        return
    forms_left, forms_right = _forms(left), _forms(right)
    for script, other in ((ARABIC, LATIN), (LATIN, ARABIC)):
        ones = [(place, form) for place, form in forms_left if form.script == script]
        others = [(place, form) for place, form in forms_right if form.script == other]
        near = process.cdist(
            [form.heard_text for _, form in ones],
            [form.heard_text for _, form in others],
            scorer=fuzz.ratio,
            score_cutoff=HEARD_PERCENT,
            dtype=np.uint8,
        )
        for i, j in np.argwhere(near):
            percent = int(near[i, j])
            yield Alike(ones[int(i)][0], others[int(j)][0], percent, across_scripts=True)


def _forms(names: Sequence[str]) -> list[tuple[int, NameForm]]:
    forms = ((place, form_of(name)) for place, name in enumerate(names))
    return [(place, form) for place, form in forms if len(form.heard_text) >= FEWEST_HEARD]
