"""Did a count that can only grow become lower?

Only readings are compared: who retells a count has not read it. A correction, another area and
another way to count look the same from here, so all that is said is that the figure is lower.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from takatuf.picture.plausibility.doubt import Doubt, DoubtKind
from takatuf.picture.plausibility.record import Figure, Record, in_order, when
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.quantity import overlap
from takatuf.vocabulary.things.schema import Series

_MAX_FALLS_IN_A_SENTENCE = 3


@dataclass(slots=True)
class _Fall:
    """A height, by all who read it, and the later readings below it."""

    heights: list[Figure]
    below: list[Figure] = field(default_factory=list)

    @property
    def height(self) -> Figure:
        """The first reading of the height."""
        return self.heights[0]


def fall_doubts(record: Record) -> Iterator[Doubt]:
    """Give a doubt for each counter that was later read lower."""
    counters = [p.name for p in record.vocabulary.properties.values() if p.series is Series.COUNTER]
    for (thing, name), statements in record.topics(counters):
        read = record.figures(s for s in statements if s.claim.observed_at and not s.origin)
        falls = _falls(read)
        if falls:
            yield _doubt(thing, name, falls)


def _falls(read: tuple[Figure, ...]) -> list[_Fall]:
    """Return each height with what was read below it before the next height, in order of time."""
    found: list[_Fall] = []
    highest: _Fall | None = None
    for figure in read:
        if highest is None or figure.size > highest.height.size:
            highest = _Fall([figure])
        elif _reads_lower(highest.height, figure):
            if not highest.below:
                found.append(highest)
            highest.below.append(figure)
        elif figure.size == highest.height.size and not highest.below:
            highest.heights.append(figure)
    return found


def _reads_lower(height: Figure, figure: Figure) -> bool:
    """Say whether a counter fell, or is later said to be only more than a lower figure."""
    if not _is_later(figure, height):
        return False
    has_lower_floor = figure.amount.high is None
    return figure.size < height.size and (
        has_lower_floor or not overlap(height.amount, figure.amount)
    )


def _is_later(one: Figure, other: Figure) -> bool:
    return bool(one.day and other.day and one.day.earliest > other.day.latest)


def _doubt(thing: ThingId, name: str, falls: list[_Fall]) -> Doubt:
    used = [figure.statement for fall in falls for figure in (*fall.heights, *fall.below)]
    more = len(falls) - _MAX_FALLS_IN_A_SENTENCE
    and_more = f"; and {more} falls more" if more > 0 else ""
    return Doubt(
        kind=DoubtKind.FALL,
        thing=thing,
        property=name,
        statements=tuple(sorted(used, key=in_order)),
        sentence=f"{'; '.join(map(_told, falls[:_MAX_FALLS_IN_A_SENTENCE]))}{and_more}.",
    )


def _told(fall: _Fall) -> str:
    height, last = fall.height, fall.below[-1]
    before = f"{height.amount} on {when(height.statement)}"
    return f"{before}, then {last.amount} on {when(last.statement)}"
