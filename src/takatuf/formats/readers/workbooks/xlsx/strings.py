"""The texts that the cells of a workbook share, by number.

A text in several fonts is one text; the reading aid above it (ruby) is no part of it.
"""

import polars as pl
from lxml import etree

from takatuf.formats.readers.workbooks.markup import in_utf8, parsed, plain, unescaped

_SIMPLE = r"^<t(?: [^<>]*)?>([^<]*)</t></si>\s*$"
_CLOSE = "</sst>"


def read_strings(content: bytes, where: str) -> pl.Series:
    """Return the shared texts in their order.

    Raises:
        InputError: The part is broken.
    """
    text = in_utf8(content, where).decode("utf-8", "replace")
    head, _, body = text.partition("<si>")
    if "<si/>" in text or "<si " in text or not text.rstrip().endswith(_CLOSE) or "<!" in text:
        return _slowly(content, where)
    if not body:
        return pl.Series("text", [], dtype=pl.String)
    pieces = pl.Series(body.rstrip().removesuffix(_CLOSE).split("<si>"))
    texts = pieces.str.extract(_SIMPLE)
    is_rich = texts.is_null()
    if is_rich.any():
        rich = "".join(f"<si>{piece}" for piece in pieces.filter(is_rich).to_list())
        again = _slowly(f"{head}{rich}{_CLOSE}".encode(), where)
        if len(again) != int(is_rich.sum()):
            return _slowly(content, where)
        texts = texts.scatter(is_rich.arg_true(), again)
    return readable(texts)


def readable(texts: pl.Series) -> pl.Series:
    """Return texts of XML with every escaped sign as the letter that it is."""
    for sign, read in (("&", unescaped), ("_x", plain)):
        marked = texts.str.contains(sign, literal=True).fill_null(value=False)
        if marked.any():
            read_again = [read(text) for text in texts.filter(marked).to_list()]
            texts = texts.scatter(marked.arg_true(), read_again)
    return texts


def rich_text(element: etree._Element) -> str:
    """Return the text of an element in several fonts, as it is still escaped by the program."""
    return "".join(
        piece.text or ""
        for piece in element.iter("{*}t")
        if (above := piece.getparent()) is None or not str(above.tag).endswith("}rPh")
    )


def _slowly(content: bytes, where: str) -> pl.Series:
    root = parsed(content, where)
    texts = [plain(rich_text(element)) for element in root.iterfind("{*}si")]
    return pl.Series("text", texts, dtype=pl.String)
