"""Draw a map for printing as SVG: self-contained, and the same text for the same content."""

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

import numpy as np
from numpy.typing import NDArray
from shapely import Geometry, clip_by_rect, get_coordinates, get_parts

from takatuf.formats.writers.maps.content import MapContent
from takatuf.formats.writers.maps.ground import Box, GridLine, Ground, is_position
from takatuf.formats.writers.maps.lettering import draw_names
from takatuf.formats.writers.maps.names import (
    DOT_RADIUS,
    HAZARD_DOT_RADIUS,
    LETTER_SHARES,
    named_things,
    place_names,
)
from takatuf.formats.writers.maps.panel import draw_panel, line_style, obstacles
from takatuf.formats.writers.maps.sheet import (
    FONTS,
    LINE,
    SMALL_SIZE,
    TEXT_SIZE,
    TITLE_SIZE,
    Sheet,
    printable,
    sheet_of,
    shortened,
    svg_text,
    wrapped,
)
from takatuf.formats.writers.maps.symbols import HATCH, drawn_state, hazard_style
from takatuf.formats.writers.maps.texts import Texts

PACKAGE = "takatuf.formats.writers.maps"

_GRID_STYLE = 'stroke="#9db4c4" stroke-width="1.5" fill="none"'
_GRID_SIZE = 20.0


def map_svg(content: MapContent, page: str = "A4", language: str = "en") -> str:
    """Return the map as SVG, at its true size on paper that lies across.

    Args:
        content: The layers.
        page: "A4" or "A3".
        language: Of the map's own texts, "en" or "ar" (mirrored: the panel on the left).
            Names are shown in both scripts.

    Raises:
        ValueError: There is no such page or no texts in that language, or a position is none.
    """
    words = Texts(PACKAGE, language)
    sheet = sheet_of(page, is_rtl=words.direction == "rtl")
    ground = Ground(_all_positions(content), sheet.map)
    dots = ground.points(_positions(content))
    named = named_things(content, ground, words)
    taken = obstacles([(x, y) for x, y in dots.tolist()], DOT_RADIUS)
    grid = ground.grid()
    hazards = _hazard_boxes(content, ground)
    placing = place_names(named, taken, hazards, sheet.map, LETTER_SHARES[page])
    panel, n_listed = draw_panel(content, sheet, ground, placing, words)
    parts = (
        _head(sheet, content, words),
        f'<g clip-path="url(#frame)">{_ground(content, ground, grid)}',
        "".join(_dot(x, y) for x, y in dots.tolist()),
        f"{draw_names(placing, n_listed)}</g>",
        _frame(sheet, grid),
        _title(content, sheet),
        panel,
        _foot(content, sheet, words),
        "</svg>",
    )
    return "".join(parts)


def _positions(content: MapContent) -> NDArray[np.float64]:
    wrong = [p.name.en or p.name.ar for p in content.places if not is_position(p.lon, p.lat)]
    if wrong:
        raise ValueError(f"no longitude and latitude: {', '.join(wrong[:5])}")
    return np.array([[place.lon, place.lat] for place in content.places]).reshape(-1, 2)


def _all_positions(content: MapContent) -> NDArray[np.float64]:
    # Lines only help to find one's way: they are cut at the frame and do not widen it.
    shapes = [area.shape for area in content.areas] + [one.shape for one in content.hazards]
    for shape in shapes:
        west, south, east, north = shape.bounds
        if not (is_position(west, south) and is_position(east, north)):
            raise ValueError(f"no longitude and latitude: {shape.bounds}")
    found = [_positions(content), get_coordinates(shapes)]
    return np.concatenate(found) if shapes else found[0]


def _hazard_boxes(content: MapContent, ground: Ground) -> list[Box]:
    boxes = []
    for hazard in content.hazards:
        shape = ground.shape(hazard.shape)
        edge = HAZARD_DOT_RADIUS if shape.geom_type == "Point" else 0.0
        left, top, right, bottom = shape.bounds
        boxes.append(Box(left - edge, top - edge, right - left + 2 * edge, bottom - top + 2 * edge))
    return boxes


def _head(sheet: Sheet, content: MapContent, words: Texts) -> str:
    box = sheet.map
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{sheet.width / 10:g}mm" '
        f'height="{sheet.height / 10:g}mm" viewBox="0 0 {sheet.width:g} {sheet.height:g}" '
        f'direction="ltr" role="img" aria-label={quoteattr(printable(content.title))} '
        f'xml:lang="{words.language}" '
        f'font-family="{FONTS}"><defs>{HATCH}<clipPath id="frame">'
        f'<rect x="{box.left:g}" y="{box.top:g}" width="{box.width:g}" height="{box.height:g}"/>'
        '</clipPath></defs><rect width="100%" height="100%" fill="#fff"/>'
    )


def _ground(content: MapContent, ground: Ground, grid: Iterable[GridLine]) -> str:
    parts = [
        f'<path d="{_path(ground, area.shape)}" fill="#f4f1e8" stroke="#8d8674" '
        'stroke-width="3" fill-rule="evenodd"/>'
        for area in content.areas
    ]
    parts += [
        f'<path d="{_path(ground, ground.nearby(line.shape))}" {line_style(is_main=line.is_main)}/>'
        for line in content.lines
    ]
    parts += [f'<path d="{_line_path(line.points)}" {_GRID_STYLE}/>' for line in grid]
    # The cautious states are drawn last, so that a released area never covers another.
    order = ("released", "completed", "work", "suspected", "confirmed")
    hazards = sorted(content.hazards, key=lambda one: order.index(drawn_state(one.state)))
    parts += [_hazard(ground, one.shape, hazard_style(one.state)) for one in hazards]
    return "".join(parts)


def _hazard(ground: Ground, shape: Geometry, style: str) -> str:
    if shape.geom_type == "Point":
        x, y = get_coordinates(ground.shape(shape))[0].tolist()
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{HAZARD_DOT_RADIUS:g}" {style}/>'
    return f'<path d="{_path(ground, shape)}" fill-rule="evenodd" {style}/>'


def _path(ground: Ground, shape: Geometry) -> str:
    box = ground.box
    seen = clip_by_rect(
        ground.shape(shape), box.left - 50, box.top - 50, box.right + 50, box.bottom + 50
    )
    parts = []
    for part in get_parts(seen):
        if part.geom_type == "Polygon":
            rings = (part.exterior, *part.interiors)
            parts += [_line_path(get_coordinates(ring).tolist()) + "Z" for ring in rings]
        elif part.geom_type == "LineString":
            parts.append(_line_path(get_coordinates(part).tolist()))
    return "".join(parts)


def _line_path(points: Iterable[Iterable[float]]) -> str:
    pairs = [" ".join(f"{value:.1f}" for value in point) for point in points]
    return f"M{'L'.join(pairs)}" if pairs else ""


def _dot(x: float, y: float) -> str:
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{DOT_RADIUS:g}" fill="#1c2630" '
        'stroke="#fff" stroke-width="2"/>'
    )


def _frame(sheet: Sheet, grid: Iterable[GridLine]) -> str:
    box = sheet.map
    outline = (
        f'<rect x="{box.left:g}" y="{box.top:g}" width="{box.width:g}" height="{box.height:g}" '
        'fill="none" stroke="#1c2630" stroke-width="4"/>'
    )
    parts = [outline]
    for line in grid:
        x, y = line.points[0]
        if line.goes_up and box.left + 60 < x < box.right - 60:
            at, anchor = (x, box.bottom + _GRID_SIZE + 4), "middle"
            turn = ""
        elif not line.goes_up and box.top + 60 < y < box.bottom - 60:
            at, anchor = (box.left - 6, y), "middle"
            turn = f' transform="rotate(-90 {at[0]:.1f} {at[1]:.1f})"'
        else:
            continue
        style = f'text-anchor="{anchor}" fill="#3f5a6d"{turn}'
        parts.append(svg_text(line.label, at, _GRID_SIZE, style))
    return "".join(parts)


def _title(content: MapContent, sheet: Sheet) -> str:
    box = sheet.title
    x, anchor = (box.right, "end") if sheet.is_rtl else (box.left, "start")
    style = f'text-anchor="{anchor}" font-weight="700" fill="#17324a"'
    shown = shortened(content.title, TITLE_SIZE, box.width)
    return svg_text(shown, (x, box.top + TITLE_SIZE), TITLE_SIZE, style)


def _foot(content: MapContent, sheet: Sheet, words: Texts) -> str:
    box = sheet.foot
    x, anchor = (box.right, "end") if sheet.is_rtl else (box.left, "start")
    style = f'text-anchor="{anchor}" fill="#1c2630"'
    facts = (
        ("source", content.source),
        ("made_by", content.made_by),
        ("licence", content.licence),
    )
    said = " · ".join(f"{words(f'map.{key}')}: {value}" for key, value in facts if value)
    lines = [words("map.disclaimer"), *wrapped(said, SMALL_SIZE, box.width)[:2]]
    y, parts = box.top, []
    for line in lines:
        y += SMALL_SIZE * LINE
        parts.append(svg_text(shortened(line, SMALL_SIZE, box.width), (x, y), SMALL_SIZE, style))
    if not (content.places or content.areas or content.hazards):
        middle = (sheet.map.left + sheet.map.width / 2, sheet.map.top + sheet.map.height / 2)
        nothing = svg_text(words("map.nothing"), middle, TEXT_SIZE, 'text-anchor="middle"')
        parts.append(nothing)
    return "".join(parts)
