"""Beside the map: dates, scale, north, legend, and the places that are only numbered."""

from collections.abc import Sequence

from takatuf.formats.writers.maps.content import MapContent
from takatuf.formats.writers.maps.ground import Box, Ground
from takatuf.formats.writers.maps.names import MARK_SIZE, Named, Placing
from takatuf.formats.writers.maps.sheet import (
    LINE,
    SMALL_SIZE,
    TEXT_SIZE,
    Sheet,
    shortened,
    svg_text,
    text_width,
    wrapped,
)
from takatuf.formats.writers.maps.symbols import (
    HAZARD_STATES,
    drawn_state,
    hazard_style,
    sector_symbol,
)
from takatuf.formats.writers.maps.texts import Texts

_INDENT = 14.0
_SWATCH = (58.0, 30.0)
_METRES_BELOW_KM = 1.0
_INK, _MUTED = 'fill="#1c2630"', 'fill="#535e6b"'
_BOLD = f'font-weight="600" {_INK}'
_N_BAR_PARTS = 4
_NORTH_WIDTH = 90.0  # of the arrow beside the dates


class Panel:
    """A column that is written from the top; what no longer fits is refused."""

    def __init__(self, sheet: Sheet, words: Texts) -> None:
        """Start at the top of the sheet's panel."""
        self.parts: list[str] = []
        self._sheet, self._words = sheet, words
        self._y = sheet.panel.top + _INDENT
        self._width = sheet.panel.width - 2 * _INDENT
        self._start = sheet.panel.right - _INDENT if sheet.is_rtl else sheet.panel.left + _INDENT
        self._sign = -1.0 if sheet.is_rtl else 1.0

    @property
    def room(self) -> float:
        """How much height is left."""
        return self._sheet.panel.bottom - self._y

    def gap(self, height: float) -> None:
        """Leave some height free."""
        self._y += height

    def line(
        self, text: str, size: float = SMALL_SIZE, style: str = _INK, leave: float = 0.0
    ) -> None:
        """Write a text over as many lines as it needs, and leave some width free beside it."""
        for part in wrapped(text, size, self._width - leave):
            self._text(part, 0.0, size, style)

    def item(self, drawing: str, text: str) -> None:
        """Write a line of the legend: a drawing made for the origin, and what it means."""
        indent = _SWATCH[0] + _INDENT
        left = self._start - (_SWATCH[0] if self._sheet.is_rtl else 0.0)
        self.parts.append(f'<g transform="translate({left:.1f} {self._y:.1f})">{drawing}</g>')
        top = self._y
        for part in wrapped(text, SMALL_SIZE, self._width - indent):
            self._text(part, indent, SMALL_SIZE, _INK)
        self._y = max(self._y, top + MARK_SIZE + 6)

    def entry(self, number: int, named: Named) -> None:
        """Write a line of the list of numbered places: number, symbols, names."""
        x = text_width("0000", SMALL_SIZE)
        self._text(str(number), 0.0, SMALL_SIZE, 'font-weight="600" fill="#1b5a8a"', stays=True)
        for mark in named.marks:
            at = self._start + self._sign * x - (SMALL_SIZE if self._sheet.is_rtl else 0.0)
            self.parts.append(sector_symbol(mark.sector, at, self._y + 4, SMALL_SIZE))
            x += SMALL_SIZE
        names = " · ".join(named.lines)
        room = self._width - x - _INDENT
        self._text(shortened(names, SMALL_SIZE, room), x + _INDENT / 2, SMALL_SIZE, _INK)

    def scale_bar(self, ground: Ground) -> None:
        """Draw the scale bar, dark and light by turns, with its ends named."""
        km = ground.bar_km()
        length = km * 1000 * ground.units_per_m
        left = self._start - (length if self._sheet.is_rtl else 0.0)
        left = max(left, self._sheet.panel.left + _INDENT)
        part = length / _N_BAR_PARTS
        for number in range(_N_BAR_PARTS):
            fill = "#1c2630" if number % 2 == 0 else "#fff"
            self.parts.append(
                f'<rect x="{left + number * part:.1f}" y="{self._y:.1f}" width="{part:.1f}" '
                f'height="12" fill="{fill}" stroke="#1c2630" stroke-width="2"/>'
            )
        below = self._y + 14 + SMALL_SIZE
        unit = "map.metres" if km < _METRES_BELOW_KM else "map.kilometres"
        shown = km * 1000 if km < _METRES_BELOW_KM else km
        far = f"{shown:g} {self._words(unit)}"
        self.parts.append(svg_text("0", (left, below), SMALL_SIZE, _INK))
        style = f'text-anchor="end" {_INK}'
        end = max(left + length, left + text_width(far, SMALL_SIZE) + 40)
        self.parts.append(svg_text(far, (end, below), SMALL_SIZE, style))
        self._y = below + 14

    def north(self) -> None:
        """Draw the arrow that shows where north is: up, as the grid is."""
        x = self._start + self._sign * (self._width - 40)
        y = self._sheet.panel.top + _INDENT
        self.parts.append(
            f'<path d="M{x:.1f} {y:.1f}l24 84-24-16-24 16Z" fill="#1c2630"/>'
            + svg_text(
                self._words("map.north"),
                (x, y + 84 + TEXT_SIZE),
                TEXT_SIZE,
                f'text-anchor="middle" {_BOLD}',
            )
        )

    def _text(
        self, text: str, indent: float, size: float, style: str, *, stays: bool = False
    ) -> None:
        anchor = 'text-anchor="end"' if self._sheet.is_rtl else 'text-anchor="start"'
        at = (self._start + self._sign * indent, self._y + size)
        self.parts.append(svg_text(text, at, size, f"{anchor} {style}"))
        self._y += 0.0 if stays else size * LINE


def draw_panel(
    content: MapContent, sheet: Sheet, ground: Ground, placing: Placing, words: Texts
) -> tuple[str, int]:
    """Return everything that stands beside the map, and how many numbered places are listed."""
    panel = Panel(sheet, words)
    panel.north()
    _dates(panel, content, words)
    panel.gap(16)
    ratio = f"1:{ground.scale_ratio:,.0f}"
    panel.line(words("map.scale", ratio=ratio, page=sheet.page), SMALL_SIZE, _BOLD)
    panel.gap(6)
    panel.scale_bar(ground)
    panel.line(words("map.grid", name=ground.name), SMALL_SIZE, _MUTED)
    if ground.is_utm:
        panel.line(words("map.grid_step", step=_step(ground, words)), SMALL_SIZE, _MUTED)
    panel.gap(18)
    _legend(panel, content, words)
    n_listed = _left_over(panel, content, placing, words)
    return "".join(panel.parts), n_listed


def _dates(panel: Panel, content: MapContent, words: Texts) -> None:
    for label, day in (("true_when", content.true_when), ("known_when", content.known_when)):
        panel.line(words(f"map.{label}"), SMALL_SIZE, _MUTED)
        panel.line(words.day(day), TEXT_SIZE, _BOLD, leave=_NORTH_WIDTH)


def _step(ground: Ground, words: Texts) -> str:
    step_m = ground.grid_step_m()
    if step_m < 1000 * _METRES_BELOW_KM:
        return f"{step_m:g} {words('map.metres')}"
    return f"{step_m / 1000:g} {words('map.kilometres')}"


def _legend(panel: Panel, content: MapContent, words: Texts) -> None:
    panel.line(words("map.legend"), TEXT_SIZE, _BOLD)
    panel.gap(6)
    sectors = {mark.sector: mark.label for place in content.places for mark in place.marks}
    for sector, label in sorted(sectors.items(), key=lambda pair: pair[1]):
        panel.item(sector_symbol(sector, 8.0, 0.0, MARK_SIZE), label)
    if content.places:
        panel.item('<circle cx="29" cy="20" r="7" fill="#1c2630"/>', words("map.place"))
    if content.areas:
        box = f'<rect x="0" y="4" width="{_SWATCH[0]:g}" height="{_SWATCH[1]:g}" '
        panel.item(f'{box}fill="#f4f1e8" stroke="#8d8674" stroke-width="3"/>', words("map.area"))
    for is_main, key in ((True, "main_road"), (False, "road")):
        if any(line.is_main is is_main for line in content.lines):
            road = (
                f'<line x1="0" y1="19" x2="{_SWATCH[0]:g}" y2="19" {line_style(is_main=is_main)}/>'
            )
            panel.item(road, words(f"map.{key}"))
    if content.hazards:
        _hazard_legend(panel, content, words)


def line_style(*, is_main: bool) -> str:
    """Return how a road is drawn, as SVG attributes."""
    return f'stroke="#6f6a5f" stroke-width="{7 if is_main else 3}" fill="none"'


def _hazard_legend(panel: Panel, content: MapContent, words: Texts) -> None:
    panel.gap(10)
    panel.line(words("map.hazards"), SMALL_SIZE, _BOLD)
    used = {drawn_state(hazard.state) for hazard in content.hazards}
    for state in HAZARD_STATES:
        if state in used:
            box = f'<rect x="2" y="4" width="{_SWATCH[0] - 4:g}" height="{_SWATCH[1]:g}" '
            panel.item(f"{box}{hazard_style(state)}/>", words.of("hazard", state))
    panel.line(words("map.no_mark"), SMALL_SIZE, _INK)


def _left_over(panel: Panel, content: MapContent, placing: Placing, words: Texts) -> int:
    # The last two lines are kept free for what the map does not show.
    numbered = placing.numbered
    panel.gap(10)
    n_listed = 0
    if numbered:
        panel.line(words("map.numbered"), SMALL_SIZE, _BOLD)
        n_fit = max(int(panel.room / (SMALL_SIZE * LINE)) - 2, 0)
        n_listed = min(n_fit, len(numbered))
        for number, named in enumerate(numbered[:n_listed], 1):
            panel.entry(number, named)
    n_unlisted = placing.n_without_room + len(numbered) - n_listed
    for key, count in (
        ("unlisted", n_unlisted),
        ("no_position", content.n_places_without_position),
    ):
        if count:
            panel.line(words(f"map.{key}", count=words.number(count)), SMALL_SIZE, _INK)
    return n_listed


def obstacles(points: Sequence[tuple[float, float]], radius: float) -> list[Box]:
    """Return the boxes around points, which no label may cover."""
    return [Box(x - radius, y - radius, 2 * radius, 2 * radius) for x, y in points]
