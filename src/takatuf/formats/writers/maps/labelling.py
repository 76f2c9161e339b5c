"""Put labels beside their points so that none covers another.

Greedy: the most important first, each in the first free spot around its point, nearest
spots first. A label without room shrinks to its next smaller form, at last to a number
that a list explains; nothing is ever printed over something else.

Source: the eight spots and their order follow E. Imhof (1975), Positioning names on maps,
The American Cartographer 2, 128-144.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from takatuf.formats.writers.maps.ground import Box

# How far off, in gaps; from the second ring on, a thin line leads to the point.
_RINGS = np.array([1.0, 3.2, 6.0])[:, np.newaxis, np.newaxis]
_AREA_RINGS = np.array([1.0, 4.0, 8.0])[:, np.newaxis, np.newaxis]  # of labels on their area
_GAP = 12.0
_N_LINE_POINTS = 12
# Right, left, above, below, then the corners: each as a share of the label's size.
_SPOTS = (
    (1.0, 0.0), (-1.0, 0.0), (0.0, -1.0), (0.0, 1.0),
    (1.0, -1.0), (1.0, 1.0), (-1.0, -1.0), (-1.0, 1.0),
)  # fmt: skip
_DIRECTIONS = np.array(_SPOTS)[np.newaxis, :, :]


@dataclass(frozen=True, slots=True)
class Wish:
    """A label that wants to stand near a point."""

    x: float
    y: float
    keep_off: float  # how far from the point it starts; 0 for a label that lies on its area
    sizes: tuple[tuple[float, float], ...]  # width and height of each form, the fullest first


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a label stands: its box, which of its forms fitted, and whether a line leads to it."""

    box: Box
    form: int
    needs_line: bool


def place_labels(
    wishes: Sequence[Wish], taken: Sequence[Box], within: Box
) -> tuple[Spot | None, ...]:
    """Return a spot for each wish, in their order, which is that of their importance.

    Args:
        wishes: The labels.
        taken: What no label may cover.
        within: Where labels may stand.

    Returns:
        A spot for each wish, or None where not even the smallest form has room.
    """
    boxes = np.zeros((len(taken) + len(wishes), 4))
    for number, box in enumerate(taken):
        boxes[number] = _sides(box)
    n_taken = len(taken)
    spots: list[Spot | None] = []
    for wish in wishes:
        spot = _first_free(wish, boxes[:n_taken], within)
        if spot is not None:
            boxes[n_taken] = _sides(spot.box)
            n_taken += 1
        spots.append(spot)
    return tuple(spots)


def _first_free(wish: Wish, taken: NDArray[np.float64], within: Box) -> Spot | None:
    for form, (width, height) in enumerate(wish.sizes):
        sides = _candidates(wish, width, height)
        near = taken[_overlapping(taken, _hull(sides))]
        free = _inside(sides, within) & ~_overlapping(sides, near)
        for number in np.flatnonzero(free).tolist():
            box = Box(float(sides[number, 0]), float(sides[number, 1]), width, height)
            needs_line = wish.keep_off > 0 and number >= len(_SPOTS)
            if not needs_line or _is_line_free(wish, box, near):
                return Spot(box, form, needs_line)
    return None


def _hull(sides: NDArray[np.float64]) -> NDArray[np.float64]:
    low, high = sides.min(axis=0), sides.max(axis=0)
    return np.array([[low[0], low[1], high[2], high[3]]])


def _is_line_free(wish: Wish, box: Box, taken: NDArray[np.float64]) -> bool:
    # Some points of the line from the label's box to its point, as boxes without a size.
    end_x = min(max(wish.x, box.left), box.right)
    end_y = min(max(wish.y, box.top), box.bottom)
    along = np.linspace(0, 1, _N_LINE_POINTS)[:, np.newaxis]
    points = np.array([[wish.x, wish.y]]) * (1 - along) + np.array([[end_x, end_y]]) * along
    own = _overlapping(taken, np.array([[wish.x, wish.y, wish.x, wish.y]]))
    return not _overlapping(np.hstack([points, points]), taken[~own]).any()


def _candidates(wish: Wish, width: float, height: float) -> NDArray[np.float64]:
    """Return the sides of the spots to try, best first. Shape ``(n_spots, 4)``."""
    if wish.keep_off > 0:
        off = wish.keep_off + _RINGS * _GAP
        shifts = (_DIRECTIONS * (np.array([width, height]) / 2 + off)).reshape(-1, 2)
    else:
        shifts = (_DIRECTIONS * (np.array([width, height]) / 2 + _AREA_RINGS * _GAP)).reshape(-1, 2)
        shifts = np.vstack([np.zeros((1, 2)), shifts])
    low = np.array([wish.x - width / 2, wish.y - height / 2]) + shifts
    return np.hstack([low, low + np.array([width, height])])


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom


def _inside(sides: NDArray[np.float64], within: Box) -> NDArray[np.bool_]:
    left, top, right, bottom = _sides(within)
    lies: NDArray[np.bool_] = (
        (sides[:, 0] >= left)
        & (sides[:, 1] >= top)
        & (sides[:, 2] <= right)
        & (sides[:, 3] <= bottom)
    )
    return lies


def _overlapping(sides: NDArray[np.float64], taken: NDArray[np.float64]) -> NDArray[np.bool_]:
    # Shape (candidates, taken): two boxes overlap where they do in both directions.
    one, other = sides[:, np.newaxis, :], taken[np.newaxis, :, :]
    overlap = (
        (one[..., 0] < other[..., 2])
        & (other[..., 0] < one[..., 2])
        & (one[..., 1] < other[..., 3])
        & (other[..., 1] < one[..., 3])
    )
    return np.asarray(overlap.any(axis=1), np.bool_)
