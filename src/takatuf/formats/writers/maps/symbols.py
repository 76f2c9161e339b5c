"""Symbols that are told apart by their sign and not by their colour alone.

Sectors have a white sign on a disc. Hazards follow one convention: suspected hatched,
confirmed solid red, under clearance solid orange, completed but not released an orange
dashed outline, released a green outline and never a green fill.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from xml.sax.saxutils import escape, quoteattr

from takatuf.formats.writers.city_page.map_drawing import hazard_class
from takatuf.formats.writers.maps.sheet import printable

HAZARD_STATES = ("confirmed", "suspected", "work", "completed", "released")
HATCH = (
    '<pattern id="hatch" width="12" height="12" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="12" height="12" fill="#fff"/>'
    '<rect width="4.5" height="12" fill="#c62f26"/></pattern>'
)

_HAZARD_STYLES = {
    "suspected": 'fill="url(#hatch)" stroke="#c62f26" stroke-width="4"',
    "confirmed": 'fill="#c62f26" stroke="#7d1610" stroke-width="4"',
    "work": 'fill="#ef8a17" stroke="#8a4a00" stroke-width="4"',
    "completed": 'fill="none" stroke="#b35c00" stroke-width="7" stroke-dasharray="18 10"',
    "released": 'fill="none" stroke="#1d7a45" stroke-width="7"',
}
_SIGN_BOX = 24.0
_SIGN_SHARE = 0.68  # of the disc
_UNKNOWN_COLOUR = "#3d4650"


@dataclass(frozen=True, slots=True)
class _Symbol:
    colour: str
    sign: str


def hazard_style(state: str) -> str:
    """Return how a hazard of this state is drawn, as SVG attributes.

    Words that are not known are drawn as suspected, and so are hazards without a state.
    """
    return _HAZARD_STYLES[drawn_state(state)]


def drawn_state(state: str) -> str:
    """Return the word of `HAZARD_STATES` as which a hazard is drawn, given the words for it."""
    if state in _HAZARD_STYLES:
        return state
    found = hazard_class(state)
    return found if found in _HAZARD_STYLES else "suspected"


def sector_symbol(sector: str, x: float, y: float, size: float) -> str:
    """Return the symbol of a sector as SVG, with its upper left corner at the given point."""
    symbol = _symbols().get(_plain(sector))
    colour = symbol.colour if symbol else _UNKNOWN_COLOUR
    middle_x, middle_y, radius = x + size / 2, y + size / 2, size / 2 - 1
    disc = (
        f'<circle cx="{middle_x:g}" cy="{middle_y:g}" r="{radius:g}" '
        f'fill={quoteattr(colour)} stroke="#fff" stroke-width="2"/>'
    )
    if symbol is None:
        letters = escape("".join(printable(sector).split())[:2].upper())
        return disc + (
            f'<text x="{middle_x:g}" y="{middle_y + size * 0.14:g}" text-anchor="middle" '
            f'font-size="{size * 0.42:g}" font-weight="600" fill="#fff">{letters}</text>'
        )
    scale = size * _SIGN_SHARE / _SIGN_BOX
    off = size * (1 - _SIGN_SHARE) / 2
    return disc + (
        f'<path transform="translate({x + off:g} {y + off:g}) scale({scale:g})" '
        f'd="{symbol.sign}" fill="#fff" fill-rule="evenodd"/>'
    )


def _plain(word: str) -> str:
    letters = (letter if letter.isalnum() else " " for letter in word.casefold())
    return "_".join("".join(letters).split())


@cache
def _symbols() -> Mapping[str, _Symbol]:
    source = files("takatuf.formats.writers.maps") / "symbols.toml"
    declared = tomllib.loads(source.read_text("utf-8"))["symbol"]
    return {
        word: _Symbol(entry["colour"], entry["sign"])
        for name, entry in declared.items()
        for word in (name, *entry["words"])
    }
