"""Write a situation report as one self-contained HTML page, for screens and for printers.

Nothing in it is fetched and nothing in it runs: a content security policy forbids both.
Every text that came with the data is escaped.
"""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from takatuf.formats.writers.maps import map_svg
from takatuf.formats.writers.maps.texts import Texts
from takatuf.formats.writers.sitrep.content import SitrepContent
from takatuf.formats.writers.sitrep.footnotes import DETAILS, Detail
from takatuf.formats.writers.sitrep.view import PACKAGE, view_of

MAX_BYTES = 50 * 1024  # without the map: what a line of the second generation loads in seconds

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_MAP_PLACE = Markup("<!-- map -->")  # no text of the data can hold it unescaped


def write_sitrep_page(content: SitrepContent) -> str:
    """Return the report as HTML, the same text for the same content.

    It lists as many of the rows behind its figures as fit into `MAX_BYTES`, the map aside, and
    says how many it leaves out; in the table of places and sectors the busiest places are
    kept. Other figures and rules are never cut, so that a report with very many can be larger.

    Raises:
        ValueError: There are no texts in the content's language.
    """
    page = ""
    for detail in DETAILS:
        page = _rendered(content, detail)
        if len(page.encode()) <= MAX_BYTES:
            break
    # The map goes in last, as it is not part of what must fit.
    return page.replace(_MAP_PLACE, _drawn(content))


def _rendered(content: SitrepContent, detail: Detail) -> str:
    return (
        _environment()
        .get_template("sitrep.html.j2")
        .render(
            v=view_of(content, detail),
            w=Texts(PACKAGE, content.language),
            policy=_POLICY,
            style=_style(),
            map=_MAP_PLACE,
        )
        .lstrip()
    )


def _drawn(content: SitrepContent) -> str:
    if content.map is None:
        return ""
    return map_svg(content.map, page="A4", language=content.language)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader(PACKAGE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style() -> Markup:
    text = (files(PACKAGE) / "templates" / "sitrep.css").read_text("utf-8")
    return Markup(text)  # noqa: S704 - our own file, nothing of the data is in it
