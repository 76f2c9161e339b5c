"""Names: what things are called, and which thing somebody means by a name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from takatuf.picture.picture import Picture
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

    def of(self, thing: ThingId) -> str:
        """Return the thing's name, or its identity where nobody named it."""
        return self.name.get(thing, thing)

    def arabic(self, thing: ThingId) -> str:
        """Return the thing's Arabic name, or ""."""
        return self.name_ar.get(thing, "")

    def introduced(self) -> frozenset[ThingId]:
        """Return every thing that somebody has named."""
        return frozenset(self.name)

    def find(self, name: str) -> ThingId:
        """Return the thing of this name or identity; case and spaces do not count.

        Raises:
            NotFoundError: No thing has the name, or several have; the sentence lists them.
        """
        if is_thing_id(name) and ThingId(name) in self.name:
            return ThingId(name)
        found = self.things.get(name_key(name), ())
        if len(found) == 1:
            return found[0]
        if found:
            raise NotFoundError(f"{name} is the name of {' and of '.join(found)}: say which.")
        hint = nearest(name_key(name), self.things)
        raise NotFoundError(f"Nothing here is called {name}. {hint}".strip())


def names_of(picture: Picture) -> Names:
    """Return all names that the picture holds; the first in a fixed order is the one shown."""
    by_key: dict[str, set[ThingId]] = {}
    shown: dict[str, dict[ThingId, str]] = {"name": {}, "name_ar": {}}
    for thing, name, text in _named(picture):
        by_key.setdefault(name_key(text), set()).add(thing)
        if name in shown:
            shown[name].setdefault(thing, text)
    things = {key: tuple(sorted(found)) for key, found in by_key.items()}
    return Names(things, shown["name"], shown["name_ar"])


def _named(picture: Picture) -> Iterable[tuple[ThingId, str, str]]:
    for (thing, name), statements in picture.of_properties(_NAME_PROPERTIES):
        values = (statement.claim.value for statement in statements)
        yield from ((thing, name, v.text) for v in values if isinstance(v, Text))
