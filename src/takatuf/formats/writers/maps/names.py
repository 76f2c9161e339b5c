"""The names on the map: in both scripts where there is room, else in one, else by a number.

Hazards are named before anything else. Where many names find no room, all are set smaller.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from takatuf.formats.city_report import Name
from takatuf.formats.writers.maps.content import MapContent, Mark
from takatuf.formats.writers.maps.ground import Box, Ground
from takatuf.formats.writers.maps.labelling import Spot, Wish, place_labels
from takatuf.formats.writers.maps.sheet import LINE, SMALL_SIZE, text_width
from takatuf.formats.writers.maps.symbols import drawn_state
from takatuf.formats.writers.maps.texts import Texts

DOT_RADIUS = 7.0
HAZARD_DOT_RADIUS = 22.0
MARK_SIZE = 40.0
MAX_MARKS = 5
PADDING = 3.0

# Of the usual size, the largest that has room: a large sheet is read from farther away, and
# below the last print is hard to read.
LETTER_SHARES = {"A4": (1.0, 0.8), "A3": (1.3, 1.0, 0.8)}

_CROWDED_SHARE = 0.1  # of the names without their own label, from which all are set smaller
_SECOND_SHARE = 0.88  # the size of the name in the other script
_SMALL_SHARE = 0.03  # of the map: a hazard up to this size is never written over


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name on the map; its lines, the first of which is the most important."""

    x: float
    y: float
    keep_off: float
    lines: tuple[str, ...]
    marks: tuple[Mark, ...] = ()
    colour: str = "#1c2630"
    is_hazard: bool = False

    @property
    def forms(self) -> tuple[tuple[str, ...], ...]:
        """Its lines from the fullest form to the shortest; after the last comes a number."""
        return (self.lines, self.lines[:1]) if len(self.lines) > 1 else (self.lines,)


@dataclass(frozen=True, slots=True)
class Placing:
    """Where each name stands, None for those without room."""

    named: tuple[Named, ...]
    spots: tuple[Spot | None, ...]
    share: float  # of the usual size of letters and symbols

    @property
    def numbered(self) -> tuple[Named, ...]:
        """The things with room for a number only, the most important first."""
        return tuple(
            one
            for one, spot in zip(self.named, self.spots, strict=True)
            if spot and spot.form == len(one.forms)
        )

    @property
    def n_without_room(self) -> int:
        """How many stand without a name and without a number."""
        return sum(spot is None for spot in self.spots)


def line_size(number: int, share: float) -> float:
    """Return the size of the letters in a line of a label, counted from 0."""
    return share * SMALL_SIZE * (_SECOND_SHARE if number else 1.0)


def named_things(content: MapContent, ground: Ground, words: Texts) -> tuple[Named, ...]:
    """Return everything that wants a name, the most important first: hazards, places, areas."""
    hazards = []
    for hazard in content.hazards:
        at = ground.shape(hazard.shape).representative_point()
        state = drawn_state(hazard.state)
        lines = _filled((words.of("hazard_short", state), hazard.name))
        off = HAZARD_DOT_RADIUS if hazard.shape.geom_type == "Point" else 0.0
        colour = "#14663a" if state == "released" else "#7d1610"
        hazards.append(Named(at.x, at.y, off, lines, colour=colour, is_hazard=True))
    heaviest = sorted(content.places, key=lambda place: (-place.weight, place.name.en))
    where = ground.points(np.array([[p.lon, p.lat] for p in heaviest]).reshape(-1, 2))
    places = [
        Named(x, y, DOT_RADIUS, _both(place.name, words), place.marks)
        for place, (x, y) in zip(heaviest, where.tolist(), strict=True)
    ]
    areas = []
    for area in content.areas:
        shape = ground.shape(area.shape)
        at = shape.representative_point()
        lines = _both(area.name, words)
        areas.append((shape.area, Named(at.x, at.y, 0.0, lines, colour="#5b5547")))
    largest = [named for _, named in sorted(areas, key=lambda pair: -pair[0])]
    return tuple(hazards + places + largest)


def place_names(
    named: tuple[Named, ...],
    dots: Sequence[Box],
    hazards: Sequence[Box],
    within: Box,
    shares: Sequence[float],
) -> Placing:
    """Return where the names have room.

    Args:
        named: What wants a name, hazards first.
        dots: The places' points, which no name may cover.
        hazards: The boxes around the hazards: only their own names may stand on them, but
            for those that take up much of the map.
        within: The map's frame.
        shares: The sizes of letters to try, as shares of the usual one.
    """
    kept_free = [box for box in hazards if _is_small(box, within)]
    placing = Placing(named, (), 1.0)
    for share in shares:
        spots = _spots(named, (dots, kept_free), within, share)
        placing = Placing(named, spots, share)
        n_poor = len(placing.numbered) + placing.n_without_room
        if n_poor <= _CROWDED_SHARE * len(named):
            break
    return placing


def _spots(
    named: Sequence[Named],
    kept_free: tuple[Sequence[Box], Sequence[Box]],
    within: Box,
    share: float,
) -> tuple[Spot | None, ...]:
    dots, hazards = kept_free
    digits = len(str(len(named)))
    wishes = [Wish(one.x, one.y, one.keep_off, _sizes(one, digits, share)) for one in named]
    n_hazards = sum(one.is_hazard for one in named)
    first = place_labels(wishes[:n_hazards], dots, within)
    taken = [*dots, *hazards, *(spot.box for spot in first if spot)]
    return (*first, *place_labels(wishes[n_hazards:], taken, within))


def _sizes(one: Named, digits: int, share: float) -> tuple[tuple[float, float], ...]:
    number = text_width("0" * digits, share * SMALL_SIZE) + 2 * PADDING, share * SMALL_SIZE * LINE
    return (*(_size(lines, one.marks, share) for lines in one.forms), number)


def _size(lines: tuple[str, ...], marks: tuple[Mark, ...], share: float) -> tuple[float, float]:
    width = min(len(marks), MAX_MARKS) * MARK_SIZE * share
    height = MARK_SIZE * share if marks else 0.0
    for number, line in enumerate(lines):
        size = line_size(number, share)
        width = max(width, text_width(line, size))
        height += size * LINE
    return width + 2 * PADDING, height + 2 * PADDING


def _both(name: Name, words: Texts) -> tuple[str, ...]:
    own, other = (name.ar, name.en) if words.language == "ar" else (name.en, name.ar)
    return _filled((own, other if other != own else ""))


def _filled(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def _is_small(box: Box, within: Box) -> bool:
    return box.width * box.height <= _SMALL_SHARE * within.width * within.height
