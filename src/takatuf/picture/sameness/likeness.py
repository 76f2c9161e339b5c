"""How alike two names are, in whatever script, and why; a likeness joins nothing by itself.

The words that carry a name are compared by spelling, by sound and by first letters; rare words
count more than those that half of the list has. What a name says of its own kind, and numbers
and directions, tell two names apart that are alike otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from takatuf.picture.sameness.forms import NameForm

_LEAST_WORD_LIKENESS = 75.0  # below it, two words are two words
_LEAST_WRITTEN_AS_ONE = 92.0  # for names whose words are parted elsewhere
_LETTERS_OF_A_SLIP = 2
# what equal sound is worth by the number of consonants heard: few say little
_WORTH_OF_SOUND = (0.0, 40.0, 58.0, 76.0, 86.0, 92.0)
_WORTH_OF_ACRONYM = (0.0, 0.0, 0.0, 80.0, 88.0, 92.0)
_OTHER_TELLING = 45.0
_OTHER_KIND = 30.0
_KIND_LEFT_OUT = 18.0
_PLAIN_KIND_LEFT_OUT = 4.0


Weighed = tuple[str, float]  # a word, or what is heard of it, and what it weighs


@dataclass(frozen=True, slots=True)
class Measure:
    """By what names of one type of thing are compared."""

    rarity: Mapping[str, float] = field(default_factory=dict)  # weights above 0; 1 if absent
    plain: frozenset[str] = frozenset()  # kinds that are often left out of such names


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are."""

    score: float  # 0 to 100
    reason: str  # in words
    against: tuple[str, ...] = ()  # what tells them apart, in words


def likeness_of(one: NameForm, other: NameForm, by: Measure) -> Likeness:
    """Return how alike two names are, and why.

    Args:
        one: A name.
        other: Another one; the order does not matter.
        by: What words weigh, and which kinds are often left out.
    """
    score, reason = max(_by_first_letters(one, other), _by_first_letters(other, one))
    if one.script == other.script:
        score, reason = max((score, reason), _by_spelling(one, other, by))
    if score < _WORTH_OF_SOUND[-1]:
        score, reason = max((score, reason), _by_sound(one, other, by))
    costs = _costs(one, other, by) if score else []
    left = max(score - sum(cost for cost, _ in costs), 0.0)
    quoted = " and ".join(sorted((_quoted(one), _quoted(other))))
    return Likeness(left, f"{quoted} {reason}", tuple(why for _, why in costs if why))


def _quoted(form: NameForm) -> str:
    return f"“{form.text}”"


def _by_spelling(one: NameForm, other: NameForm, by: Measure) -> tuple[float, str]:
    if one.acronym and other.acronym:
        return (100.0, "are one acronym") if one.acronym == other.acronym else (0.0, "")
    if one.spelled_text == other.spelled_text:
        is_moved = one.words != other.words
        return 100.0, "are the same words in another order" if is_moved else "are one name"
    score = _alike(
        (one.spelled_text, one.spelled_as_one),
        (other.spelled_text, other.spelled_as_one),
        _aligned(_weighed(one.words, one, by), _weighed(other.words, other, by)),
    )
    return score, f"are spelled alike ({score:.0f} of 100)"


def _by_sound(one: NameForm, other: NameForm, by: Measure) -> tuple[float, str]:
    n_consonants = min(len(one.heard_as_one), len(other.heard_as_one))
    worth = _WORTH_OF_SOUND[min(n_consonants, len(_WORTH_OF_SOUND) - 1)]
    alike = _alike(
        (one.heard_text, one.heard_as_one),
        (other.heard_text, other.heard_as_one),
        _aligned(_weighed(one.heard, one, by), _weighed(other.heard, other, by)),
    )
    scripts = "" if one.script == other.script else ", one in Arabic script"
    return worth * alike / 100, f"sound alike{scripts}"


def _weighed(texts: tuple[str, ...], form: NameForm, by: Measure) -> list[Weighed]:
    words = zip(texts, form.words, strict=True)
    return [(text, by.rarity.get(word, 1.0)) for text, word in words if text]


def _alike(one: tuple[str, str], other: tuple[str, str], by_words: float) -> float:
    """Return how alike two names are as a whole and word by word, 0 to 100."""
    in_order, as_one = (fuzz.ratio(mine, theirs) for mine, theirs in zip(one, other, strict=True))
    both = (max(in_order, as_one) + 2 * by_words) / 3
    is_slip = abs(len(one[1]) - len(other[1])) <= _LETTERS_OF_A_SLIP
    return max(both, as_one if is_slip and as_one >= _LEAST_WRITTEN_AS_ONE else 0.0)


def _aligned(words: list[Weighed], others: list[Weighed]) -> float:
    """Return how much of both names' weight finds a word like it in the other name, 0 to 100."""
    total = sum(weight for _, weight in words) + sum(weight for _, weight in others)
    matched = 0.0
    for text, weight in words:
        scores = [fuzz.ratio(text, another) for another, _ in others]
        best = max(scores, default=0.0)
        if best >= _LEAST_WORD_LIKENESS:
            matched += best * (weight + others.pop(scores.index(best))[1])
    return matched / total if total else 0.0


def _by_first_letters(short: NameForm, long: NameForm) -> tuple[float, str]:
    is_made_of = short.acronym and short.acronym == long.initials != long.spelled_text
    worth = _WORTH_OF_ACRONYM[min(len(short.acronym), len(_WORTH_OF_ACRONYM) - 1)]
    return (worth, f"match: {short.text} is made of first letters") if is_made_of else (0.0, "")


def _costs(one: NameForm, other: NameForm, by: Measure) -> list[tuple[float, str]]:
    if one.acronym or other.acronym:
        return []
    costs: list[tuple[float, str]] = []
    if one.telling != other.telling:
        costs.append((_OTHER_TELLING, _told_apart(one.telling, other.telling)))
    only_one, only_other = one.kinds - other.kinds, other.kinds - one.kinds
    if only_one and only_other:
        costs.append((_OTHER_KIND, _told_apart(only_one, only_other)))
    elif (only_one | only_other) - by.plain:
        costs.append((_KIND_LEFT_OUT, _told_apart(only_one, only_other)))
    elif only_one or only_other:
        costs.append((_PLAIN_KIND_LEFT_OUT, ""))
    return costs


def _told_apart(one: frozenset[str], other: frozenset[str]) -> str:
    said, other_said = sorted(
        " and ".join(sorted(word.replace("_", " ") for word in words))
        for words in (one - other, other - one)
    )
    if said:
        return f"one name says {said}, the other {other_said}"
    return f"only one name says {other_said}"
