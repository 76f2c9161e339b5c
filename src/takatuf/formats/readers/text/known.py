"""What a text may speak of: the places, bodies and deeds that the register knows by name."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from takatuf.formats.readers.text.language.days import days_of
from takatuf.formats.readers.text.language.phrases import PhraseBook, alternatives
from takatuf.formats.readers.text.language.words import Word, key_of, words_of
from takatuf.picture.names import Names
from takatuf.picture.picture import Picture
from takatuf.picture.places import Places, places_of
from takatuf.vocabulary.identity import ThingId, type_of
from takatuf.vocabulary.time import PartialDate
from takatuf.vocabulary.value import Reference, Token

_DEEDS = ("event", "activity")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name that stands in a text: its first word, the one after its last, whose it may be."""

    first: int
    past: int
    things: tuple[ThingId, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Deed:
    """An event or an activity, by its names and by where, whose and when it is."""

    thing: ThingId
    names: tuple[tuple[Word, ...], ...]
    places: frozenset[ThingId]
    organisations: frozenset[ThingId]
    days: tuple[PartialDate, ...]  # its dates, and those in its name


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that the register names, ready to be found in a text."""

    places: "NameBook"  # places and facilities
    organisations: "NameBook"
    bodies: Mapping[ThingId, tuple[frozenset[str], ...]]  # the telling words of each name
    organisation_types: Mapping[ThingId, str]
    deeds: tuple[Deed, ...]
    lies_in: Places
    located: Mapping[ThingId, frozenset[ThingId]]  # facility -> places
    kinds: Mapping[ThingId, str]  # of places

    def is_large(self, place: ThingId) -> bool:
        """Say whether a place is a city or more, so that a whole text may speak of it."""
        return self.kinds.get(place, "") in _rules()["large_kinds"]

    def is_in(self, thing: ThingId, place: ThingId) -> bool:
        """Say whether a thing is a place, or lies in it at any remove."""
        around = {thing, *self.located.get(thing, ())}
        return any(place == one or place in self.lies_in.wholes_of(one) for one in around)


class NameBook:
    """Names as rows of words, the longest found first."""

    def __init__(self, names: Mapping[str, tuple[ThingId, ...]], bare: frozenset[ThingId]) -> None:
        """Take names by their lookup form.

        Args:
            names: The things of each name.
            bare: Things that may be found by one Arabic word with nothing before it.
        """
        self._things: dict[tuple[str, ...], tuple[ThingId, ...]] = {}
        self._longest: dict[str, int] = defaultdict(int)
        self._bare = bare
        whole = {key_of(name): things for name, things in names.items()}
        for name, things in names.items():
            key = _bare_key(name)
            known = whole.get(key) or (*self._things.get(key, ()), *things)
            for one, its in ((key_of(name), things), (key, known)):
                if one:
                    self._things[one] = tuple(sorted(set(its)))
                    self._longest[one[0]] = max(self._longest[one[0]], len(one))

    def find(self, words: Sequence[Word]) -> tuple[Mention, ...]:
        """Return the names in these words, none inside another."""
        found: list[Mention] = []
        place = 0
        while place < len(words):
            mention = self._at(words, place)
            if mention is None:
                place += 1
            else:
                found.append(mention)
                place = mention.past
        return tuple(found)

    def named(self, key: tuple[str, ...]) -> tuple[ThingId, ...]:
        """Return the things of a name that is given as folded words."""
        return self._things.get(key, ())

    def _at(self, words: Sequence[Word], first: int) -> Mention | None:
        for form in words[first].forms:
            for length in range(self._longest.get(form, 0), 0, -1):
                key = (form, *(word.norm for word in words[first + 1 : first + length]))
                things = self._things.get(key, ()) if len(key) == length else ()
                if things and self._is_meant(words, first, length, things):
                    return Mention(first, first + length, things)
        return None

    def _is_meant(
        self, words: Sequence[Word], first: int, length: int, things: tuple[ThingId, ...]
    ) -> bool:
        word = words[first]
        if word.text.isascii():
            return any(w.is_capital for w in words[first : first + length])
        if length > 1 or any(thing in self._bare for thing in things):
            return True
        rules = _rules()
        before = words[max(0, first - rules["introduced_within"]) : first]
        return any(form in rules["introduced_by"] for w in before for form in w.forms)


def _bare(name: str) -> str:
    """Return a name without what stands in brackets or after a comma, such as a branch."""
    return re.split(r"[(,،]", name)[0] or name


def _bare_key(name: str) -> tuple[str, ...]:
    return key_of(_bare(name)) or key_of(name)


@cache
def _table() -> dict[str, Any]:
    folder = files("takatuf.formats.readers.text") / "rules"
    return tomllib.loads((folder / "names.toml").read_text("utf-8"))


@cache
def _rules() -> dict[str, Any]:
    place: dict[str, Any] = _table()["place"]
    return place | {"introduced_by": frozenset(alternatives(place["introduced_by"]))}


@cache
def empty_words() -> frozenset[str]:
    """Return the words that tell no body from another."""
    return frozenset(alternatives(_table()["words"]["empty"]))


@cache
def office_words() -> Mapping[str, str]:
    """Return for the word of an office the word of the body it speaks for."""
    return {
        alternatives(word)[0]: " ".join(alternatives(body))
        for word, body in _table()["office"].items()
    }


@cache
def name_rules() -> Mapping[str, Any]:
    """Return the rules on names in a text, their phrases folded."""
    words = _table()["words"]
    return {
        "pronouns": frozenset(alternatives(words["pronouns"])),
        "carried": frozenset(alternatives(words["carried"])),
        "possessive": frozenset(alternatives(words["possessive"])),
        "offices": PhraseBook(alternatives(words["offices"])),
        "share": words["share"],
        "least": words["least"],
        "wider": _table()["place"]["wider"],
        "meant": {
            kind: PhraseBook(alternatives(written))
            for kind, written in _table()["place"]["meant"].items()
        },
        "wider_before": frozenset(alternatives(_table()["place"]["wider_before"])),
    }


def known_things(names: Names, picture: Picture) -> Known:
    """Return what the register names, from its names and what the picture says of them."""
    types = _tokens(picture, "organisation_type")
    kinds = _tokens(picture, "kind")
    large = frozenset(thing for thing, kind in kinds.items() if kind in _rules()["large_kinds"])
    places = _of_types(names, lambda kind: kind not in {"organisation", *_DEEDS})
    organisations = _of_types(names, lambda kind: kind == "organisation")
    return Known(
        places=NameBook(places, large),
        organisations=NameBook(organisations, frozenset(types)),
        bodies=_bodies(organisations),
        organisation_types=types,
        deeds=tuple(_deeds(names, picture)),
        lies_in=places_of(picture),
        located=_references(picture, ("located_in", "health_site_in")),
        kinds=kinds,
    )


def _of_types(names: Names, is_wanted: Callable[[str], bool]) -> Mapping[str, tuple[ThingId, ...]]:
    found = {
        name: tuple(thing for thing in things if is_wanted(type_of(thing)))
        for name, things in names.things.items()
    }
    return {name: things for name, things in found.items() if things}


def _tokens(picture: Picture, name: str) -> Mapping[ThingId, str]:
    return {
        thing: statement.claim.value.word
        for (thing, _), statements in picture.of_properties([name])
        for statement in statements
        if isinstance(statement.claim.value, Token)
    }


def _references(picture: Picture, names: Iterable[str]) -> Mapping[ThingId, frozenset[ThingId]]:
    found: dict[ThingId, set[ThingId]] = defaultdict(set)
    for (thing, _), statements in picture.of_properties(tuple(names)):
        values = (statement.claim.value for statement in statements)
        found[thing] |= {value.thing for value in values if isinstance(value, Reference)}
    return {thing: frozenset(others) for thing, others in found.items()}


def _bodies(
    organisations: Mapping[str, tuple[ThingId, ...]],
) -> Mapping[ThingId, tuple[frozenset[str], ...]]:
    found: dict[ThingId, list[frozenset[str]]] = defaultdict(list)
    for name, things in organisations.items():
        telling = telling_words(words_of(_bare(name)))
        for thing in things:
            found[thing].append(telling)
    return {thing: tuple(names) for thing, names in found.items()}


def telling_words(words: Iterable[Word]) -> frozenset[str]:
    """Return the words that tell one body from another, an office as the word of its body."""
    found = set()
    for word in words:
        if not empty_words().intersection(word.forms[:1]):
            bodies = (office_words()[form] for form in word.forms if form in office_words())
            found.add(next(bodies, word.forms[-1]))
    return frozenset(found - {""})


def _deeds(names: Names, picture: Picture) -> Iterator[Deed]:
    called: dict[ThingId, list[str]] = defaultdict(list)
    for name, things in names.things.items():
        for thing in things:
            if type_of(thing) in _DEEDS:
                called[thing].append(name)
    where = _references(picture, ("affects", "takes_place_in"))
    whose = _references(picture, ["carried_out_by"])
    days = _days(picture)
    for thing, its_names in sorted(called.items()):
        rows = tuple(words_of(name) for name in its_names)
        in_names = {d.on for name in its_names for d in days_of(name, 0, len(name), None) if d.on}
        yield Deed(
            thing,
            rows,
            where.get(thing, frozenset()),
            whose.get(thing, frozenset()),
            tuple(sorted(in_names | days.get(thing, set()))),
        )


def _days(picture: Picture) -> Mapping[ThingId, set[PartialDate]]:
    found: dict[ThingId, set[PartialDate]] = defaultdict(set)
    for (thing, _), statements in picture.of_properties(("started_on", "ended_on", "took_place")):
        values = (statement.claim.value for statement in statements)
        found[thing] |= {value for value in values if isinstance(value, PartialDate)}
    return found
