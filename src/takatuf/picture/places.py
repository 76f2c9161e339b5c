"""Parts and wholes: which place lies in which, as the picture has it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from takatuf.picture.picture import Picture
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.value import Reference


@dataclass(frozen=True, slots=True)
class Places:
    """The wholes each place is part of, and the parts it has, at any remove."""

    wholes: Mapping[ThingId, frozenset[ThingId]]
    parts: Mapping[ThingId, frozenset[ThingId]]

    def wholes_of(self, place: ThingId) -> frozenset[ThingId]:
        """Return every place that this one lies in."""
        return self.wholes.get(place, frozenset())

    def parts_of(self, place: ThingId) -> frozenset[ThingId]:
        """Return every place that lies in this one."""
        return self.parts.get(place, frozenset())


def places_of(picture: Picture) -> Places:
    """Return the parts and wholes that the picture's `part_of` statements make."""
    above: dict[ThingId, set[ThingId]] = {}
    for (thing, _), values in picture.values_of(["part_of"]):
        above[thing] = {value.thing for value in values if isinstance(value, Reference)}
    wholes = {place: frozenset(_reached(place, above)) for place in above}
    parts: dict[ThingId, set[ThingId]] = {}
    for place, larger in wholes.items():
        for whole in larger:
            parts.setdefault(whole, set()).add(place)
    return Places(wholes, {whole: frozenset(found) for whole, found in parts.items()})


def _reached(start: ThingId, above: Mapping[ThingId, Iterable[ThingId]]) -> set[ThingId]:
    found: set[ThingId] = set()
    waiting = list(above[start])
    while waiting:
        place = waiting.pop()
        if place not in found and place != start:
            found.add(place)
            waiting.extend(above.get(place, ()))
    return found
