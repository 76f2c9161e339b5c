"""A text as it came: decoded, freed of marks that cannot be seen, and cut into blocks.

Places in a text count its letters after that; what is shown of it is otherwise letter by
letter what somebody wrote.
"""

import codecs
import re
from dataclasses import dataclass
from enum import StrEnum

from takatuf.formats.readers.text.html_text import text_of_html
from takatuf.vocabulary.errors import InputError, Problem

MAX_BYTES = 16 * 1024 * 1024
_HTML_NAMES = (".html", ".htm", ".xhtml")
_HTML_BEGINNING = re.compile(r"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
# Marks of direction, joiners and controls: they would hide a word from the rules, and could
# show a reader another order of letters than the one that is stored.
_UNSEEN = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u3000]")
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\u0085")
_BULLET = re.compile(r"[ \t]*(?:[-*+•·●▪◦‣–—]|\d{1,2}[.)](?=\s)|[a-z]\)(?=\s))[ \t]+")
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]+")
_ENDS_A_SENTENCE = (".", "!", "?", "؟", "…", ":", ";", "؛", ",", "،", '"', "”", "»")
# Place, day and agency before the first sentence of a news item.
_DATELINE = re.compile(r"[^\n.]{2,60}?\([^()\n]{2,40}\)\s*[-–—]\s+|[A-Z][A-Z ,]{2,40}\s*[-–—]\s+")
_LONGEST_HEADLINE = 160


class Kind(StrEnum):
    """What a block is."""

    HEADLINE = "headline"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that is read together."""

    begin: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its blocks in their order."""

    text: str
    blocks: tuple[Block, ...]
    title: str = ""  # where the file itself gives one


def read_document(content: bytes, name: str, encoding: str = "utf-8") -> Document:
    """Return the text of a file: plain text, Markdown or HTML.

    Raises:
        InputError: The file is empty, too large, not text, or not in the encoding.
    """
    text = _decoded(content, name, encoding)
    title = ""
    if name.lower().endswith(_HTML_NAMES) or _HTML_BEGINNING.match(text):
        text, title = text_of_html(text)
    text = _SPACES.sub(" ", _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)))
    blocks = tuple(_blocks(text))
    if not blocks:
        raise _refused("file.empty", name, "a file without words", "a text")
    return Document(text, blocks, " ".join(_UNSEEN.sub("", title).split()))


def _decoded(content: bytes, name: str, encoding: str) -> str:
    if len(content) > MAX_BYTES:
        size, most = f"{len(content) / 1024**2:,.0f} MiB", f"up to {MAX_BYTES // 1024**2} MiB"
        raise _refused("file.too-large", name, size, most, "Send each article as a file.")
    try:
        codec = codecs.lookup(encoding).name
    except LookupError:
        expected = "an encoding such as utf-8, windows-1256 or utf-16"
        raise _refused("file.unknown-encoding", name, f"encoding {encoding}", expected) from None
    try:
        text = content.decode("utf-8-sig" if codec == "utf-8" else encoding)
    except UnicodeError:
        hint = "Name its encoding with --encoding, such as windows-1256."
        raise _refused("text.not-text", name, "other bytes", f"text in {codec}", hint) from None
    if "\x00" in text:
        raise _refused("text.not-text", name, "binary data", "plain text, Markdown or HTML")
    return text


def _refused(code: str, where: str, found: str, expected: str, hint: str = "") -> InputError:
    return InputError([Problem(code=code, where=where, found=found, expected=expected, hint=hint)])


@dataclass(slots=True)
class _Open:
    begin: int
    end: int
    n_lines: int = 1


def _blocks(text: str) -> list[Block]:
    blocks: list[Block] = []
    paragraph: _Open | None = None
    begin = 0
    for line in text.splitlines(keepends=True):
        end = begin + len(line.rstrip())
        mark = _HEADING.match(line) or _BULLET.match(line)
        if paragraph and (mark or not line.strip()):
            blocks += _closed(text, paragraph)
            paragraph = None
        if mark and begin + mark.end() < end:
            kind = Kind.HEADLINE if "#" in mark[0] else Kind.BULLET
            blocks.append(Block(begin + mark.end(), end, kind))
        elif line.strip():
            first = begin + len(line) - len(line.lstrip())
            paragraph = paragraph or _Open(first, end, 0)
            paragraph.end, paragraph.n_lines = end, paragraph.n_lines + 1
        begin += len(line)
    return [*blocks, *_closed(text, paragraph)] if paragraph else blocks


def _closed(text: str, paragraph: _Open) -> list[Block]:
    said = text[paragraph.begin : paragraph.end]
    is_headline = (
        paragraph.n_lines == 1
        and len(said) <= _LONGEST_HEADLINE
        and not said.endswith(_ENDS_A_SENTENCE)
    )
    if is_headline:
        return [Block(paragraph.begin, paragraph.end, Kind.HEADLINE)]
    dateline = _DATELINE.match(text, paragraph.begin, paragraph.end)
    if dateline is None:
        return [Block(paragraph.begin, paragraph.end, Kind.PARAGRAPH)]
    return [
        Block(paragraph.begin, dateline.end(), Kind.HEADLINE),
        Block(dateline.end(), paragraph.end, Kind.PARAGRAPH),
    ]
