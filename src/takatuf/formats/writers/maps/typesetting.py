"""Typeset a document as PDF, the same bytes for the same content, without the network.

The document is one of our Typst templates; what it shows comes in as JSON and is never run
as Typst code. Its letters are IBM Plex Sans Arabic (OFL 1.1: Arabic, Kurdish, Persian and
Latin), then the Libertinus Serif that Typst carries (Cyrillic, Greek); fonts of the machine
are left out, so that a page looks the same everywhere.
"""

import json
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from takatuf.vocabulary.errors import UnavailableError

if TYPE_CHECKING:
    from typst import Compiler, Fonts, PDFStandard

FONT_FAMILIES = ("IBM Plex Sans Arabic", "Libertinus Serif")
FONT_PACKAGE = "fontpkg_ibm_plex_sans_arabic"
# The strictest that the letters allow: to keep and for screen readers; to keep only.
_STANDARDS: "tuple[tuple[PDFStandard, ...], ...]" = (("a-2a", "ua-1"), ("a-2b",))
_NOON_HOUR = 12


def typeset_pdf(template: tuple[str, str], content: object, made_on: str) -> bytes:
    """Return the document as a tagged PDF.

    It keeps to PDF/A-2a and PDF/UA-1 where it can. Drawn text with some combined Arabic
    letters allows PDF/A-2b only; where the content has a letter that no font of ours holds,
    it is an ordinary PDF, and the letter is drawn as an empty box.

    Args:
        template: The package and the file name of a Typst template in its `templates`.
        content: What the template shows; anything that JSON can say.
        made_on: An ISO day, written into the file as its date, so that the same content
            gives the same bytes; any other text gives the first day of 1970.

    Raises:
        UnavailableError: Typst or the font is not installed.
    """
    at = _instant(made_on)
    for standards in _STANDARDS:
        pdf = _kept_to(standards, _compiler(template, content), at)
        if pdf is not None:
            return pdf
    return _joined(_compiler(template, content).compile(format="pdf", timestamp=at))


def typeset_pictures(template: tuple[str, str], content: object, ppi: float) -> list[bytes]:
    """Return the pages of the document as PNG pictures, to look at.

    Raises:
        UnavailableError: Typst or the font is not installed.
    """
    pictures = _compiler(template, content).compile(format="png", ppi=ppi)
    return pictures if isinstance(pictures, list) else [_joined(pictures)]


def _kept_to(
    standards: "tuple[PDFStandard, ...]", compiler: "Compiler", at: datetime
) -> bytes | None:
    from typst import TypstError  # noqa: PLC0415 - an optional part, here by now

    try:
        return _joined(compiler.compile(format="pdf", pdf_standards=list(standards), timestamp=at))
    except TypstError:
        return None  # the content does not allow it; a mistake of ours shows without a standard


def _compiler(template: tuple[str, str], content: object) -> "Compiler":
    try:
        from typst import Compiler  # noqa: PLC0415 - an optional part
    except ImportError:
        raise UnavailableError("Printing as PDF needs Typst: install takatuf[pdf].") from None
    package, name = template
    source = (files(package) / "templates" / name).read_bytes()
    content_json = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return Compiler(
        source,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"content": content_json, "fonts": json.dumps(FONT_FAMILIES)},
    )


def _fonts() -> "Fonts":
    found = find_spec(FONT_PACKAGE)
    if found is None or found.origin is None:
        raise UnavailableError("Printing as PDF needs the Arabic font: install takatuf[pdf].")
    return _fonts_in(str(Path(found.origin).parent / "files"))


@cache
def _fonts_in(folder: str) -> "Fonts":
    from typst import Fonts  # noqa: PLC0415 - an optional part, here by now

    return Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


def _instant(made_on: str) -> datetime:
    try:
        day = datetime.fromisoformat(made_on[:10]).replace(tzinfo=UTC)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)
    return day.replace(hour=_NOON_HOUR)


def _joined(pages: Any) -> bytes:  # noqa: ANN401 - one file, a list of pages, or nothing
    return bytes(pages) if isinstance(pages, bytes) else b"".join(pages or [])
