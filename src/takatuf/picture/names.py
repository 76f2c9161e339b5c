"""Names: what things are called, and which thing somebody means by a name.

A thing that was judged the same as another is found by its old identity and by every name of
either, and is given under the identity that both are read with.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from takatuf.picture.picture import Picture
from takatuf.picture.sameness.judgements import identities_of
from takatuf.vocabulary.errors import NotFoundError
from takatuf.vocabulary.identity import ThingId, is_thing_id, name_key
from takatuf.vocabulary.spelling import nearest
from takatuf.vocabulary.value import Text

_NAME_PROPERTIES = ("name", "name_ar", "also_called")


@dataclass(frozen=True, slots=True)
class Names:
    """Every name in the picture: from name to things, and from thing to its first name."""

    things: Mapping[str, tuple[ThingId, ...]]  # by `name_key`
    name: Mapping[ThingId, str]
    name_ar: Mapping[ThingId, str]
    others: Mapping[ThingId, tuple[str, ...]] = field(default_factory=dict)  # further names
    identities: Mapping[ThingId, ThingId] = field(default_factory=dict)  # of joined things

    def of(self, thing: ThingId) -> str:
        """Return the thing's name, or its identity where nobody named it."""
        return self.name.get(thing, thing)

    def arabic(self, thing: ThingId) -> str:
        """Return the thing's Arabic name, or ""."""
        return self.name_ar.get(thing, "")

    def also(self, thing: ThingId) -> tuple[str, ...]:
        """Return what else the thing is called, in any script, in the order of the letters."""
        return self.others.get(thing, ())

    def read_with(self, thing: ThingId) -> tuple[ThingId, ...]:
        """Return the further identities that were judged the same as this one."""
        return tuple(sorted(old for old, first in self.identities.items() if first == thing))

    def introduced(self) -> frozenset[ThingId]:
        """Return every thing that somebody has named, under each of its identities."""
        joined = (old for old, first in self.identities.items() if first in self.name)
        return frozenset(self.name).union(joined)

    def find(self, name: str) -> ThingId:
        """Return the thing of this name or identity; case and spaces do not count.

        Raises:
            NotFoundError: No thing has the name, or several have; the sentence lists them.
        """
        if is_thing_id(name):
            thing = self.identities.get(ThingId(name), ThingId(name))
            if thing in self.name:
                return thing
        found = self.things.get(name_key(name), ())
        if len(found) == 1:
            return found[0]
        read_with = {self.identities.get(thing, thing) for thing in found}
        if len(read_with) == 1:
            return read_with.pop()
        if found:
            raise NotFoundError(f"{name} is the name of {' and of '.join(found)}: say which.")
        hint = nearest(name_key(name), self.things)
        raise NotFoundError(f"Nothing here is called {name}. {hint}".strip())


def names_of(picture: Picture, identities: Mapping[ThingId, ThingId] | None = None) -> Names:
    """Return all names that the picture holds; the first in a fixed order is the one shown.

    Args:
        picture: What was said.
        identities: Under which identity each joined thing is read in this picture; None where
            its own judgements say so.
    """
    by_key: dict[str, set[ThingId]] = {}
    shown: dict[str, dict[ThingId, str]] = {"name": {}, "name_ar": {}}
    every: dict[ThingId, set[str]] = {}
    for thing, name, text in _named(picture):
        by_key.setdefault(name_key(text), set()).add(thing)
        every.setdefault(thing, set()).add(text)
        if name in shown:
            shown[name].setdefault(thing, text)
    return Names(
        things={key: tuple(sorted(found)) for key, found in by_key.items()},
        name=shown["name"],
        name_ar=shown["name_ar"],
        others={thing: _further(thing, texts, shown) for thing, texts in every.items()},
        identities=identities_of(picture) if identities is None else identities,
    )


def _further(
    thing: ThingId, texts: set[str], shown: Mapping[str, Mapping[ThingId, str]]
) -> tuple[str, ...]:
    main = {names[thing] for names in shown.values() if thing in names}
    return tuple(sorted(texts - main))


def _named(picture: Picture) -> Iterable[tuple[ThingId, str, str]]:
    for (thing, name), values in picture.values_of(_NAME_PROPERTIES):
        yield from ((thing, name, v.text) for v in values if isinstance(v, Text))
