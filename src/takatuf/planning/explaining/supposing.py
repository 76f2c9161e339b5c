"""A picture in which one thing is supposed to be otherwise; nothing is written to the register.

A situation is asked belief by belief, so a layer over it is enough: it remembers what it was
asked, which is what a plan rests on, and gives another value where that is supposed. Only the
value changes, never who said what. What opens on documents stays shut: a hazard is released
by the statements behind a release document, and no supposing adds one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from takatuf.city.situation import Situation
from takatuf.picture.belief import Belief
from takatuf.picture.picture import Topic
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.value import Value

# beliefs that open a hazard area, or could be thought to: no other answer to them is tried
NEVER_LIFTS = frozenset({"hazard_state", "release_document", "accredited_for"})


@dataclass(frozen=True)
class Supposing(Situation):
    """A situation that remembers what it was asked, and may answer otherwise."""

    instead: Mapping[Topic, Value] = field(default_factory=dict)
    heard: dict[Topic, Belief] = field(default_factory=dict)  # as believed, whoever asked
    asked: set[Topic] = field(default_factory=set)

    @classmethod
    def over(cls, situation: Situation) -> "Supposing":
        """Return a layer over a situation that supposes nothing yet."""
        return cls(situation.weigher, situation.names, situation.at)

    def but(self, instead: Mapping[Topic, Value]) -> "Supposing":
        """Return a layer in which these beliefs have these values; what was heard is shared."""
        return Supposing(self.weigher, self.names, self.at, instead, self.heard)

    def belief(self, thing: ThingId, name: str) -> Belief:
        """Return what can be believed on the day, or what is supposed."""
        topic = (thing, name)
        self.asked.add(topic)
        if topic not in self.heard:
            self.heard[topic] = super().belief(thing, name)
        belief, value = self.heard[topic], self.instead.get(topic)
        if value is None:
            return belief
        return replace(belief, value=value, act_on=value, values=(value,))
