"""The text of an HTML page: what a reader sees, without scripts, styles and menus."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,30})(?=[\s/>]|$)")
_REST_OF_TAG = re.compile(r"(?:[^>\"']|\"[^\"]*\"|'[^']*')*+>")
_LONGEST_TAG = 1_000  # characters of its attributes
_CODE = {"script", "style"}
_UNREAD = {"script", "style", "noscript", "template", "nav", "footer", "form", "svg", "head"}
_BLOCKS = {
    "p", "div", "section", "article", "header", "main", "aside", "ul", "ol", "table", "tr",
    "td", "th", "blockquote", "figure", "figcaption", "pre", "address", "dl", "dt", "dd",
}  # fmt: skip
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.title: list[str] = []
        self.unread: list[str] = []  # open elements whose text nobody reads
        self.is_in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag == "title":
            self.is_in_title = True
        elif tag in _UNREAD:
            self.unread.append(tag)
        elif tag == "body":
            self.unread.clear()  # whatever was left open in the head
        elif tag == "br":
            self.parts.append("\n")
        elif tag in _HEADINGS:
            self.parts.append("\n\n# ")
        elif tag == "li":
            self.parts.append("\n\n- ")
        elif tag in _BLOCKS:
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self.is_in_title = False
        elif tag in self.unread:
            del self.unread[self.unread.index(tag) :]
        elif tag in _BLOCKS or tag in _HEADINGS or tag == "li":
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if self.is_in_title:
            self.title.append(data)
        elif not self.unread:
            self.parts.append(" ".join(data.split()).join(_outer_spaces(data)))


def _outer_spaces(data: str) -> tuple[str, str]:
    return " " * data[:1].isspace(), " " * (data[-1:].isspace() and bool(data.strip()))


def text_of_html(page: str) -> tuple[str, str]:
    """Return the text of a page, headings and bullets marked as in Markdown, and its title."""
    reader = _Reader()
    reader.feed("".join(_bare(page)))
    reader.close()
    return "".join(reader.parts), "".join(reader.title)


def _bare(page: str) -> Iterator[str]:
    """Give a page without comments, scripts and attributes.

    The parser of the standard library takes time with the square of a page that opens what it
    never closes, and stops at some marks; of bare tags it reads every page in one go.
    """
    place = 0
    while (begin := page.find("<", place)) >= 0:
        yield page[place:begin]
        tag = _TAG.match(page, begin)
        if tag is not None:
            end = _end_of_tag(page, tag.end())
            place = _after_content(page, tag[2].lower(), end) if not tag[1] else end
            yield f"<{tag[1]}{tag[2]}>" if place == end else ""
        elif page.startswith("<!--", begin):
            place = _after(page, "-->", begin)
        elif page.startswith(("<!", "<?"), begin):
            place = _after(page, ">", begin)
        else:
            yield "&lt;"
            place = begin + 1
    yield page[place:]


def _after(page: str, mark: str, begin: int) -> int:
    """Return where a mark ends; what is never closed goes on to the end of the page."""
    found = page.find(mark, begin)
    return len(page) if found < 0 else found + len(mark)


def _end_of_tag(page: str, begin: int) -> int:
    rest = _REST_OF_TAG.match(page, begin, begin + _LONGEST_TAG)
    return rest.end() if rest else begin


def _after_content(page: str, name: str, end: int) -> int:
    """Return where the content of a script or style ends that begins here."""
    if name not in _CODE:
        return end
    close = re.compile(f"</{name}", re.IGNORECASE).search(page, end)
    return len(page) if close is None else _after(page, ">", close.start())
