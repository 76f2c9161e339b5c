"""Which thing a clause speaks of: the place it names, or the event or work of its kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from takatuf.formats.readers.text.cues import Cue, Found
from takatuf.formats.readers.text.known import Deed, Known, Mention, name_rules
from takatuf.formats.readers.text.language.phrases import is_word
from takatuf.formats.readers.text.language.words import Word
from takatuf.vocabulary.identity import ThingId, type_of
from takatuf.vocabulary.things import Property
from takatuf.vocabulary.time import PartialDate

_CACHED_NAMES = 1 << 14
_DEEDS = frozenset({"event", "activity"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place or facility that a text names, by the words it is named with."""

    first: int
    past: int
    things: tuple[ThingId, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The thing that a proposal is about, "" for none, and what is in doubt."""

    thing: str
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a clause plays: the places it names, and those named before it."""

    here: tuple[Place, ...]  # in the clause
    around: tuple[Place, ...]  # in its sentence
    before: tuple[ThingId, ...]  # named before, the likeliest first
    speaker: str  # the organisation that speaks
    days: tuple[PartialDate, ...]  # the dates of the clause
    published_on: date | None


def places_in(words: Sequence[Word], known: Known) -> tuple[Place, ...]:
    """Return the places that a text names, a province never taken for its city."""
    found = (_place(mention, words, known) for mention in known.places.find(words))
    return tuple(place for place in found if place is not None)


def _place(mention: Mention, words: Sequence[Word], known: Known) -> Place | None:
    rules = name_rules()
    before = words[mention.first - 1].forms if mention.first else ()
    if any(form in rules["wider_before"] for form in before):
        return None
    after = words[mention.past].norm if mention.past < len(words) else ""
    wider = rules["wider"].get(after)
    if wider is None:
        return Place(mention.first, mention.past, mention.things)
    name = tuple(word.norm for word in words[mention.first : mention.past])
    things = known.places.named((*name, wider))
    return Place(mention.first, mention.past + 1, things) if things else None


def meant_before(
    words: Sequence[Word], named: Sequence[ThingId], known: Known
) -> tuple[ThingId, ...]:
    """Return the place that "the city" or "the governorate" means, of those named before."""
    kinds = [kind for kind, book in name_rules()["meant"].items() if book.find(words).hits]
    around = [(place, *sorted(known.lies_in.wholes_of(place))) for place in named]
    return tuple(
        place for kind in kinds for row in around for place in row if known.kinds.get(place) == kind
    )[:1]


def thing_of(found: Found, declared: Property, scene: Scene, known: Known) -> Chosen:
    """Return the thing that a cue speaks of."""
    types = frozenset({found.cue.of}) if found.cue.of else declared.of
    if found.cue.named or not types - _DEEDS:
        return _deed(found.cue, types & _DEEDS, scene, known)
    of = types - _DEEDS
    for places in (scene.here, scene.around):
        chosen = _nearest(places, of, found, known)
        if chosen is not None:
            return chosen
    for thing in scene.before:
        if type_of(thing) in of:
            return Chosen(thing, ("the place was named in an earlier sentence",))
    return Chosen("", (f"no {' or '.join(sorted(of))} that is known here is named",))


def _nearest(
    places: Sequence[Place], of: frozenset[str], found: Found, known: Known
) -> Chosen | None:
    fitting = [(place, tuple(t for t in place.things if type_of(t) in of)) for place in places]
    fitting = [(place, things) for place, things in fitting if things]
    if not fitting:
        return None
    _, things = min(fitting, key=lambda entry: _distance(entry[0], found))
    if len(things) > 1:
        return Chosen("", (f"the name may mean {' or '.join(things)}",))
    thing = things[0]
    others = {t for _, ts in fitting for t in ts if len(ts) == 1} - {thing}
    inner = sorted(t for t in others if known.is_in(t, thing))
    if inner:
        thing, others = inner[0], others - {inner[0]} | {thing}
    apart = sorted(t for t in others if not known.is_in(thing, t) and not known.is_in(t, thing))
    return Chosen(thing, (f"also named: {', '.join(apart)}",) if apart else ())


def _distance(place: Place, found: Found) -> int:
    if place.first >= found.past:
        return place.first - found.past
    return max(found.first - place.past, 0)


def _deed(cue: Cue, types: frozenset[str], scene: Scene, known: Known) -> Chosen:
    of = (deed for deed in known.deeds if type_of(deed.thing) in types)
    fitting = [deed for deed in of if _is_named(cue.named, deed)]
    if cue.is_dated:
        fitting = [d for d in fitting if any(a.overlaps(b) for a in d.days for b in scene.days)]
    where = _where(scene)
    ranked = sorted((_fit(deed, where, scene, known), deed.thing) for deed in fitting)
    best = [thing for fit, thing in ranked if fit == ranked[-1][0]] if ranked else []
    if not best or (where and ranked[-1][0][0] == 0):
        return Chosen("", (f"no {' or '.join(sorted(types))} of this kind is known here",))
    if len(best) > 1:
        return Chosen("", (f"it may be {' or '.join(best)}",))
    doubt = f"taken for {best[0]}: the text does not name it"
    return Chosen(best[0], (doubt,))


def _where(scene: Scene) -> tuple[ThingId, ...]:
    named = [thing for place in (*scene.here, *scene.around) for thing in place.things]
    return tuple(named) or scene.before[:1]


def _fit(
    deed: Deed, where: Sequence[ThingId], scene: Scene, known: Known
) -> tuple[int, int, int, date]:
    """Return how well a deed fits: by place, by who speaks, how narrowly, how late."""
    is_there = any(
        place == one or known.is_in(place, one) or known.is_in(one, place)
        for place in deed.places
        for one in where
    )
    is_exact = any(place in where for place in deed.places)
    depth = max((len(known.lies_in.wholes_of(place)) for place in deed.places), default=0)
    if not where:  # nothing says which of them
        return 0, int(scene.speaker in deed.organisations), 0, date.min
    latest = max((d.earliest for d in deed.days if _is_past(d, scene)), default=date.min)
    return is_there + is_exact, int(scene.speaker in deed.organisations), depth, latest


def _is_past(day: PartialDate, scene: Scene) -> bool:
    return scene.published_on is None or day.earliest <= scene.published_on


@lru_cache(maxsize=_CACHED_NAMES)
def _is_named(named: tuple[tuple[tuple[str, ...], ...], ...], deed: Deed) -> bool:
    """Say whether a deed is of the cue's kind by its names, in each script that names it."""
    if not named:
        return True
    fitting = {name: any(_fits_name(name, groups) for groups in named) for name in deed.names}
    scripts = {name: name[0].text.isascii() for name in deed.names if name}
    return all(
        any(fitting[name] for name, one in scripts.items() if one is script)
        for script in set(scripts.values())
    )


def _fits_name(name: tuple[Word, ...], groups: Sequence[Sequence[str]]) -> bool:
    return all(any(_stands(phrase, name) for phrase in group) for group in groups)


def _stands(phrase: str, name: tuple[Word, ...]) -> bool:
    parts = phrase.split()
    rows = zip(*(name[n:] for n in range(len(parts))), strict=False)
    return any(all(map(is_word, parts, row)) for row in rows)
