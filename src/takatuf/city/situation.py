"""A picture on one day, asked in the words that networks need: one value, or none.

Every answer remembers the beliefs behind it, so that a task can say what it rests on.
Where a belief is contested only a cautious property has an answer; for all others None
comes back, and whoever asked must do without, not choose.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from takatuf.picture.belief import Belief
from takatuf.picture.names import Names, names_of
from takatuf.picture.weighing import Weigher
from takatuf.vocabulary.identity import ThingId, type_of
from takatuf.vocabulary.place import Point
from takatuf.vocabulary.quantity import Amount, in_unit
from takatuf.vocabulary.value import Reference, Text, Token, Value


@dataclass(frozen=True)
class Situation:
    """One day of a picture."""

    weigher: Weigher
    names: Names
    at: date

    @classmethod
    def of(cls, weigher: Weigher, at: date) -> "Situation":
        """Return the situation of that day."""
        return cls(weigher, names_of(weigher.picture), at)

    def things(self, *types: str) -> tuple[ThingId, ...]:
        """Return every named thing of these types, in order."""
        return tuple(sorted(t for t in self.names.introduced() if type_of(t) in types))

    def belief(self, thing: ThingId, name: str) -> Belief:
        """Return what can be believed on the day."""
        return self.weigher.belief(thing, name, self.at)

    def word(self, thing: ThingId, name: str) -> str:
        """Return the allowed value to act on, or ""."""
        value = self._value(thing, name)
        return value.word if isinstance(value, Token) else ""

    def words(self, thing: ThingId, name: str) -> tuple[str, ...]:
        """Return every value of a property that holds several."""
        return tuple(v.word for v in self.belief(thing, name).values if isinstance(v, Token))

    def text(self, thing: ThingId, name: str) -> str:
        """Return the text, or ""."""
        value = self._value(thing, name)
        return value.text if isinstance(value, Text) else ""

    def number(self, thing: ThingId, name: str) -> float | None:
        """Return the amount in the property's unit, or None where nobody said it."""
        value = self._value(thing, name)
        unit = self.weigher.vocabulary.properties[name].unit
        return in_unit(value, unit) if isinstance(value, Amount) else None

    def point(self, thing: ThingId, name: str = "position") -> Point | None:
        """Return the position, or None."""
        value = self._value(thing, name)
        return value if isinstance(value, Point) else None

    def thing(self, thing: ThingId, name: str) -> ThingId | None:
        """Return the thing that is referred to, or None."""
        value = self._value(thing, name)
        return value.thing if isinstance(value, Reference) else None

    def referred(self, thing: ThingId, name: str) -> tuple[ThingId, ...]:
        """Return every thing that a property with several values refers to, in order."""
        values: Iterable[Value] = self.belief(thing, name).values
        return tuple(sorted({v.thing for v in values if isinstance(v, Reference)}))

    def _value(self, thing: ThingId, name: str) -> Value | None:
        return self.belief(thing, name).act_on
