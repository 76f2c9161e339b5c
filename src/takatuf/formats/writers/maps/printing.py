"""Print a map as PDF, at its true size; or as a picture, to look at."""

from takatuf.formats.writers.maps.content import MapContent
from takatuf.formats.writers.maps.drawing import PACKAGE, map_svg
from takatuf.formats.writers.maps.sheet import PAGES, printable
from takatuf.formats.writers.maps.texts import Texts
from takatuf.formats.writers.maps.typesetting import typeset_pdf, typeset_pictures

_TEMPLATE = (PACKAGE, "map.typ")


def map_pdf(content: MapContent, page: str = "A4", language: str = "en") -> bytes:
    """Return the map as PDF on one page that lies across; the arguments are as for `map_svg`.

    Raises:
        UnavailableError: The extra ``pdf`` is not installed.
        ValueError: As for `map_svg`.
    """
    return typeset_pdf(_TEMPLATE, _shown(content, page, language), content.known_when)


def map_picture(
    content: MapContent, page: str = "A4", language: str = "en", ppi: float = 100.0
) -> bytes:
    """Return the map as a PNG picture with so many points to the inch.

    Raises:
        UnavailableError: The extra ``pdf`` is not installed.
        ValueError: As for `map_svg`.
    """
    return typeset_pictures(_TEMPLATE, _shown(content, page, language), ppi)[0]


def _shown(content: MapContent, page: str, language: str) -> dict[str, object]:
    svg = map_svg(content, page, language)
    width, height = PAGES[page]
    return {
        "svg": svg,
        "title": printable(content.title),
        "language": language,
        "direction": Texts(PACKAGE, language).direction,
        "width_mm": width / 10,
        "height_mm": height / 10,
    }
