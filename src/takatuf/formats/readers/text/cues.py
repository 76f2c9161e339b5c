"""Cues: words that stand together in a clause, and the property and value they speak of.

The cues are data (`rules/cues/*.toml`), in English and Arabic. A cue has groups of phrases;
one phrase of each group must stand in the clause, near the others.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from takatuf.formats.readers.text.language.phrases import Finds, Hit, PhraseBook, alternatives

Segment = Callable[[int, int], tuple[int, int]]
WITHIN = 12  # words that a cue may stretch over, unless it says otherwise
_LANGUAGES = ("en", "ar")
_KEYS = {
    "property", "value", "take", "en", "ar", "unless_en", "unless_ar", "context_en",
    "context_ar", "named_en", "named_ar", "within", "note", "is_negative", "is_dated", "of", "rank",
}  # fmt: skip
_TAKES = ("", "amount", "after", "before", "date")


@dataclass(frozen=True, slots=True)
class Cue:
    """A rule in one language."""

    property: str
    value: str  # a token or an amount that the cue itself states; "" where it is taken
    take: str  # whence the value is taken: the amount near it, the words after, before, a date
    groups: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...]
    context: tuple[str, ...]  # one of these in the sentence or the one before it
    named: tuple[tuple[tuple[str, ...], ...], ...]  # of a deed: groups of its name, by language
    of: str  # the type of thing, where the property allows several
    within: int
    rank: int  # of two cues that would take the same amount the higher one does
    is_negative: bool  # holds its own "not": a negation beside it says nothing more
    is_dated: bool  # its event must be of a day that the clause names
    note: str  # what a person must check


@dataclass(frozen=True, slots=True)
class Found:
    """A cue that was found: the words it stretches over, by number."""

    cue: Cue
    first: int
    past: int
    hits: tuple[Hit, ...]  # one for each group

    @property
    def is_future(self) -> bool:
        """Whether one of its words is a verb of the future."""
        return any(hit.is_future for hit in self.hits)


@dataclass(frozen=True, slots=True)
class CueBook:
    """All cues, and the words that turn what is said: not, will, about."""

    cues: tuple[Cue, ...]
    turning: Mapping[str, tuple[str, ...]]
    book: PhraseBook


@cache
def cue_book() -> CueBook:
    """Return the cues that the package ships."""
    folder = files("takatuf.formats.readers.text") / "rules" / "cues"
    sources = sorted(folder.iterdir(), key=lambda file: file.name)
    return read_cues(source for source in sources if source.name.endswith(".toml"))


def read_cues(sources: Iterable[Traversable]) -> CueBook:
    """Return the cues of these files.

    Raises:
        ValueError: A cue has an unknown key, no groups, or no value; the mistake is ours.
    """
    cues: list[Cue] = []
    turning: dict[str, tuple[str, ...]] = {}
    for source in sources:
        table = tomllib.loads(source.read_text("utf-8"))
        turning |= {name: alternatives(text) for name, text in table.get("turning", {}).items()}
        for entry in table.get("cue", ()):
            cues += _cues_of(entry, source.name)
    phrases = (p for cue in cues for group in _groups(cue) for p in group)
    return CueBook(
        tuple(cues), turning, PhraseBook([*phrases, *(p for t in turning.values() for p in t)])
    )


def _groups(cue: Cue) -> Iterator[tuple[str, ...]]:
    yield from cue.groups
    yield cue.unless
    yield cue.context


def _cues_of(entry: Mapping[str, Any], where: str) -> Iterator[Cue]:
    unknown = sorted(entry.keys() - _KEYS)
    take = entry.get("take", "")
    if unknown or take not in _TAKES or bool(take) == bool(entry.get("value")):
        raise ValueError(f"{where}, {entry.get('property')}: {unknown or 'value or take'}")
    for language in _LANGUAGES:
        if entry.get(language):
            yield Cue(
                property=entry["property"],
                value=entry.get("value", ""),
                take=take,
                groups=tuple(alternatives(group) for group in entry[language]),
                unless=alternatives(entry.get(f"unless_{language}", "")),
                context=alternatives(entry.get(f"context_{language}", "")),
                named=tuple(
                    tuple(alternatives(group) for group in entry[f"named_{side}"])
                    for side in _LANGUAGES
                    if entry.get(f"named_{side}")
                ),
                of=entry.get("of", ""),
                within=entry.get("within", WITHIN),
                rank=entry.get("rank", 0),
                is_negative=entry.get("is_negative", False),
                is_dated=entry.get("is_dated", False),
                note=entry.get("note", ""),
            )


def cues_in(finds: Finds, context: Finds, segment: Segment) -> Iterator[Found]:
    """Give every cue that stands in a clause, once for each place.

    Args:
        finds: The phrases of the clause.
        context: Those of its sentence and of the one before.
        segment: Returns the words between the stops around a stretch of words.
    """
    for cue in _candidates(finds):
        if cue.context and not context.of(cue.context):
            continue
        unless = finds.of(cue.unless)
        for found in _places(cue, [finds.of(group) for group in cue.groups], segment):
            first, past = segment(found.first, found.past)
            if not any(first <= hit.first < past for hit in unless):
                yield found


def _candidates(finds: Finds) -> Iterator[Cue]:
    numbers = {n for phrase in finds.hits for n in _by_phrase().get(phrase, ())}
    cues = cue_book().cues
    for number in sorted(numbers):
        cue = cues[number]
        if all(any(phrase in finds.hits for phrase in group) for group in cue.groups):
            yield cue


@cache
def _by_phrase() -> Mapping[str, tuple[int, ...]]:
    """Return for each phrase of a first group the numbers of its cues."""
    found: dict[str, list[int]] = {}
    for number, cue in enumerate(cue_book().cues):
        for phrase in cue.groups[0]:
            found.setdefault(phrase, []).append(number)
    return {phrase: tuple(numbers) for phrase, numbers in found.items()}


def _places(cue: Cue, hits: Sequence[Sequence[Hit]], segment: Segment) -> Iterator[Found]:
    rarest = min(hits, key=len)
    seen: list[Found] = []
    for anchor in rarest:
        around = segment(anchor.first, anchor.past)
        chosen = tuple(min(group, key=partial(_distance, anchor, around)) for group in hits)
        first = min(hit.first for hit in chosen)
        past = max(hit.past for hit in chosen)
        is_apart = all(past <= other.first or first >= other.past for other in seen)
        if past - first <= cue.within and is_apart:
            seen.append(Found(cue, first, past, chosen))
            yield seen[-1]


def _distance(anchor: Hit, around: tuple[int, int], hit: Hit) -> tuple[bool, int]:
    """Return how far a hit is from the anchor: in another segment is farther than any."""
    return not around[0] <= hit.first < around[1], abs(hit.first - anchor.first)
