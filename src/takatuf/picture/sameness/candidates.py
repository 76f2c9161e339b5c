"""Pairs of things that may be one, for people to judge; best first, with what speaks for it.

A candidate is a question and no finding: nothing is joined until somebody says so, and what was
judged once, even as unsure, is not asked again.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import log

from takatuf.picture.identities import SAME_AS
from takatuf.picture.picture import Picture
from takatuf.picture.sameness.activities import ACTIVITY, reported_twice
from takatuf.picture.sameness.blocking import alike_enough, pairs_that_share, pairs_with
from takatuf.picture.sameness.forms import NameForm, form_of, plain_kinds
from takatuf.picture.sameness.judgements import Pair, pair_of, sameness_in
from takatuf.picture.sameness.likeness import Likeness, Measure, likeness_of
from takatuf.picture.sameness.traits import MOST_ADDED, Finding, surroundings_of
from takatuf.vocabulary.identity import ThingId, type_of
from takatuf.vocabulary.things import Vocabulary
from takatuf.vocabulary.value import Text

LEAST_SCORE = 60  # of 100
_NAMED_BY = ("name", "name_ar", "also_called")
_MOST_NAMES_IN_REASONS = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two things of one type that may be one."""

    one: ThingId
    other: ThingId
    score: int  # 0 to 100; it sorts, and decides nothing
    reasons: tuple[str, ...]  # what speaks for it, the strongest first
    against: tuple[str, ...]  # what speaks against it


@dataclass(frozen=True, slots=True)
class _Named:
    """All names of the things of one type, side by side."""

    things: list[ThingId]
    owner: list[int]  # of each form: the number of its thing in `things`
    forms: list[NameForm]
    measure: Measure


def candidates(
    picture: Picture, vocabulary: Vocabulary, of_type: str = "", near: ThingId | None = None
) -> tuple[Candidate, ...]:
    """Return the pairs of things that may be one, best first, without those judged already.

    Args:
        picture: What was said, as its reader may see it.
        vocabulary: Says of which types things can be judged the same.
        of_type: Only things of this type; "" for all types.
        near: Only pairs with this thing, which is compared with every other of its type.

    Returns:
        Pairs of at least `LEAST_SCORE`, the same in whatever order the reports came.
    """
    names = _names_by_thing(picture)
    first = {thing: texts[0] for thing, texts in names.items()}
    surroundings = surroundings_of(picture, vocabulary, first)
    judged = sameness_in(picture).judged_pairs()
    wanted = type_of(near) if near else of_type
    found = [
        _candidate(pair, likenesses, surroundings.findings(*pair))
        for type_name in sorted(vocabulary.properties[SAME_AS].of)
        if wanted in ("", type_name)
        for pair, likenesses in _alike_pairs(picture, vocabulary, names, type_name, near).items()
        if pair not in judged
    ]
    kept = (candidate for candidate in found if candidate.score >= LEAST_SCORE)
    return tuple(sorted(kept, key=lambda c: (-c.score, c.one, c.other)))


def _alike_pairs(
    picture: Picture,
    vocabulary: Vocabulary,
    names: Mapping[ThingId, list[str]],
    type_name: str,
    near: ThingId | None,
) -> dict[Pair, list[Likeness]]:
    of_type = {thing: texts for thing, texts in names.items() if type_of(thing) == type_name}
    alike = _alike_names(_named(of_type, type_name), near)
    if type_name == ACTIVITY:
        for pair, likeness in reported_twice(picture, vocabulary).items():
            if near is None or near in pair:
                alike.setdefault(pair, []).append(likeness)
    return {
        pair: likenesses
        for pair, likenesses in alike.items()
        if max(likeness.score for likeness in likenesses) + MOST_ADDED >= LEAST_SCORE
    }


def _names_by_thing(picture: Picture) -> dict[ThingId, list[str]]:
    """Return every name of every thing; what is called `name` stands first."""
    named: dict[ThingId, set[tuple[int, str]]] = {}
    for (thing, name), statements in picture.of_properties(_NAMED_BY):
        for statement in statements:
            if isinstance(statement.claim.value, Text):
                ranked = (_NAMED_BY.index(name), statement.claim.value.text)
                named.setdefault(thing, set()).add(ranked)
    return {
        thing: list(dict.fromkeys(text for _, text in sorted(ranked)))
        for thing, ranked in sorted(named.items())
    }


def _named(names: Mapping[ThingId, list[str]], type_name: str) -> _Named:
    things = list(names)
    owner, forms = [], []
    for number, thing in enumerate(things):
        for text in names[thing]:
            owner.append(number)
            forms.append(form_of(text))
    used = Counter(word for form in forms for word in set(form.words))
    rarity = {word: log(1 + len(forms) / count) for word, count in used.items()}
    return _Named(things, owner, forms, Measure(rarity, plain_kinds(type_name)))


def _alike_names(named: _Named, near: ThingId | None) -> dict[Pair, list[Likeness]]:
    if near is None:
        pairs = pairs_that_share(named.forms, named.owner)
    else:
        number = named.things.index(near) if near in named.things else -1
        pairs = pairs_with(number, named.owner)
    alike: dict[Pair, list[Likeness]] = {}
    for one, other in alike_enough(pairs, named.forms).tolist():
        likeness = likeness_of(named.forms[one], named.forms[other], named.measure)
        pair = pair_of(named.things[named.owner[one]], named.things[named.owner[other]])
        alike.setdefault(pair, []).append(likeness)
    return alike


def _candidate(pair: Pair, likenesses: list[Likeness], findings: tuple[Finding, ...]) -> Candidate:
    best_first = sorted(likenesses, key=lambda alike: (-alike.score, alike.reason))
    score = best_first[0].score + sum(weight for weight, _ in findings)
    reasons = (alike.reason for alike in best_first if alike.score >= LEAST_SCORE)
    return Candidate(
        *pair,
        score=round(min(max(score, 0.0), 100.0)),
        reasons=(
            *list(dict.fromkeys(reasons))[:_MOST_NAMES_IN_REASONS],
            *(why for weight, why in findings if weight > 0),
        ),
        against=(
            *best_first[0].against,
            *(why for weight, why in findings if weight < 0),
        ),
    )
