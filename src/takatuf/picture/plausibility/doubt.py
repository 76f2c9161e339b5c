"""A doubt: a question to a reader about what was said, and never a verdict on who said it.

A doubt names no organisation in its own words; at most it quotes the title of a document. Who
spoke stands in the statements it rests on, so the same figures raise the same doubt whoever
gives them.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from takatuf.picture.picture import Statement
from takatuf.vocabulary.identity import ThingId


class DoubtKind(StrEnum):
    """The rules that raise doubts, in the order in which they are shown."""

    RATE = "rate-outside-envelope"
    FALL = "falling-series"
    VARIANTS = "variants-of-one-origin"
    DOCUMENT = "headline-against-body"
    SAFETY = "safe-before-casualty"
    SLIP = "unit-or-magnitude-slip"
    TOTAL = "total-does-not-add-up"

    @property
    def code(self) -> str:
        """The stable code of the rule, as in ``doubt.falling-series``."""
        return f"doubt.{self.value}"


_ORDER = {kind: place for place, kind in enumerate(DoubtKind)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One question, and everything it rests on."""

    kind: DoubtKind
    thing: ThingId
    property: str
    statements: tuple[Statement, ...]  # all it rests on, by the day they speak of
    sentence: str  # what is seen, with the figures

    def sort_key(self) -> tuple[int, str, str, date, str]:
        """Return what orders doubts the same way on every machine."""
        observed = self.statements[0].claim.observed_at
        first = observed.earliest if observed else date.min
        return _ORDER[self.kind], self.thing, self.property, first, self.sentence
