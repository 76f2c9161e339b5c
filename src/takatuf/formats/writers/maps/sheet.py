"""How a sheet of paper is divided: title, map, panel, foot; and how text is set on it.

All lengths are tenths of a millimetre. The panel stands where the reading ends: on the
right in English, on the left in Arabic.
"""

from dataclasses import dataclass
from unicodedata import bidirectional, category
from xml.sax.saxutils import escape

from takatuf.formats.writers.maps.ground import Box

PAGES = {"A4": (2970.0, 2100.0), "A3": (4200.0, 2970.0)}  # across
FONTS = "'IBM Plex Sans Arabic','Noto Sans','Noto Sans Arabic','Segoe UI',Arial,sans-serif"
TITLE_SIZE, TEXT_SIZE, SMALL_SIZE = 62.0, 30.0, 25.0
LINE = 1.35  # of the size of the letters

_MARGIN = 90.0
_TITLE_HEIGHT, _FOOT_HEIGHT, _GAP = 125.0, 140.0, 36.0
_PANEL_WIDTHS = {"A4": 640.0, "A3": 800.0}
_WIDE, _NARROW, _USUAL = 1.05, 0.32, 0.58  # widths of letters over their size, rather too wide
_NARROW_LETTERS = frozenset(" .,:;'|!()-ijltfrI،اأإآل")
_UNSEEN = frozenset({"Cc", "Cs", "Cn", "Co"})  # what XML or a font cannot hold
_WITHOUT_WIDTH = _UNSEEN | {"Mn", "Me", "Cf"}
_RTL_MARK, _LTR_MARK, _END_MARK = "\u2067", "\u2066", "\u2069"  # isolates, Unicode Annex 9


@dataclass(frozen=True, slots=True)
class Sheet:
    """The parts of a page."""

    page: str
    width: float
    height: float
    is_rtl: bool
    title: Box
    map: Box
    panel: Box
    foot: Box


def sheet_of(page: str, *, is_rtl: bool) -> Sheet:
    """Return how a page is divided.

    Raises:
        ValueError: We do not print on that paper; that is the caller's mistake.
    """
    if page not in PAGES:
        raise ValueError(f"no page {page!r}, only {', '.join(PAGES)}")
    width, height = PAGES[page]
    inner = Box(_MARGIN, _MARGIN, width - 2 * _MARGIN, height - 2 * _MARGIN)
    top = inner.top + _TITLE_HEIGHT
    middle_height = inner.height - _TITLE_HEIGHT - _FOOT_HEIGHT
    panel_width = _PANEL_WIDTHS[page]
    map_width = inner.width - panel_width - _GAP
    map_left = inner.left + panel_width + _GAP if is_rtl else inner.left
    panel_left = inner.left if is_rtl else inner.right - panel_width
    return Sheet(
        page,
        width,
        height,
        is_rtl,
        title=Box(inner.left, inner.top, inner.width, _TITLE_HEIGHT),
        map=Box(map_left, top, map_width, middle_height),
        panel=Box(panel_left, top, panel_width, middle_height),
        foot=Box(inner.left, inner.bottom - _FOOT_HEIGHT + _GAP, inner.width, _FOOT_HEIGHT - _GAP),
    )


def text_width(text: str, size: float) -> float:
    """Return about how wide a text is, rather too wide than too narrow."""
    return size * sum(_letter_width(letter) for letter in text)


def is_right_to_left(text: str) -> bool:
    """Tell whether the first letter with a direction is written from the right."""
    for letter in text:
        side = bidirectional(letter)
        if side in {"R", "AL"}:
            return True
        if side == "L":
            return False
    return False


def printable(text: str) -> str:
    """Return a text without what neither XML nor a font can hold."""
    return "".join(letter for letter in text if category(letter) not in _UNSEEN)


def svg_text(text: str, at: tuple[float, float], size: float, style: str = "") -> str:
    """Return a line of text as SVG, in its own direction of writing.

    Args:
        text: A user's text or ours; it is escaped.
        at: Where its line begins, in the middle or at its end, as the style's anchor says.
        size: Of the letters.
        style: Further attributes, ours and never a user's.
    """
    mark = _RTL_MARK if is_right_to_left(text) else _LTR_MARK
    shown = escape(printable(text))
    return (
        f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" font-size="{size:g}"{" " if style else ""}{style}>'
        f"{mark}{shown}{_END_MARK}</text>"
    )


def wrapped(text: str, size: float, width: float) -> list[str]:
    """Return a text in lines that are at most so wide; a longer word stands alone."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def shortened(text: str, size: float, width: float) -> str:
    """Return a text cut to a width, visibly."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(f"{text}…", size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _letter_width(letter: str) -> float:
    if category(letter) in _WITHOUT_WIDTH:
        return 0.0
    if letter in _NARROW_LETTERS:
        return _NARROW
    return _WIDE if letter >= "\u2e80" and not "\ufb50" <= letter <= "\ufefc" else _USUAL
