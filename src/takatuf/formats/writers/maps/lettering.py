"""Draw the names of the map where they were given room, with their symbols above them."""

from takatuf.formats.writers.maps.ground import Box
from takatuf.formats.writers.maps.labelling import Spot
from takatuf.formats.writers.maps.names import (
    MARK_SIZE,
    MAX_MARKS,
    PADDING,
    Named,
    Placing,
    line_size,
)
from takatuf.formats.writers.maps.sheet import LINE, SMALL_SIZE, svg_text
from takatuf.formats.writers.maps.symbols import sector_symbol

_HALO = ' paint-order="stroke" stroke="#fff" stroke-width="7" stroke-linejoin="round"'
_RISE = 0.35  # of a line: how far the letters stand above its lower edge


def draw_names(placing: Placing, n_listed: int) -> str:
    """Return the labels as SVG.

    Args:
        placing: Where they stand.
        n_listed: How many numbers the list beside the map explains; further ones would tell
            nobody anything and are left out.
    """
    labels: list[str] = []
    n_numbers = 0
    for one, spot in zip(placing.named, placing.spots, strict=True):
        if spot is None:
            continue
        if spot.form < len(one.forms):
            labels.append(_label(one, spot, placing.share))
        elif n_numbers < n_listed:
            n_numbers += 1
            labels.append(_number(n_numbers, one, spot, placing.share))
    return "".join(labels)


def _label(one: Named, spot: Spot, share: float) -> str:
    box, shown, mark_size = spot.box, one.marks[:MAX_MARKS], MARK_SIZE * share
    x, anchor, part_left = _side(one, box)
    y = box.top + PADDING
    left = x - part_left * len(shown) * mark_size
    parts = [_leader(one, box) if spot.needs_line else ""]
    parts += [
        sector_symbol(mark.sector, left + number * mark_size, y, mark_size)
        for number, mark in enumerate(shown)
    ]
    y += mark_size if shown else 0.0
    for number, line in enumerate(one.forms[spot.form]):
        size, weight = line_size(number, share), "400" if number else "600"
        y += size * LINE
        style = f'text-anchor="{anchor}" font-weight="{weight}" fill="{one.colour}"{_HALO}'
        parts.append(svg_text(line, (x, y - size * _RISE), size, style))
    return "".join(parts)


def _side(one: Named, box: Box) -> tuple[float, str, float]:
    # A label starts at its point: where it lines up, which end, which part of it lies left of x.
    if box.left >= one.x:
        return box.left + PADDING, "start", 0.0
    if box.right <= one.x:
        return box.right - PADDING, "end", 1.0
    return box.left + box.width / 2, "middle", 0.5


def _number(number: int, one: Named, spot: Spot, share: float) -> str:
    size = share * SMALL_SIZE
    at = (spot.box.left + spot.box.width / 2, spot.box.bottom - size * _RISE)
    style = f'text-anchor="middle" font-weight="600" fill="#1b5a8a"{_HALO}'
    leader = _leader(one, spot.box) if spot.needs_line else ""
    return leader + svg_text(str(number), at, size, style)


def _leader(one: Named, box: Box) -> str:
    x = min(max(one.x, box.left), box.right)
    y = min(max(one.y, box.top), box.bottom)
    return (
        f'<line x1="{one.x:.1f}" y1="{one.y:.1f}" x2="{x:.1f}" y2="{y:.1f}" '
        'stroke="#535e6b" stroke-width="1.5"/>'
    )
