"""Sentences of a text in either script, and the quotations that may go across them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from takatuf.formats.readers.text.documents import Block, Document, Kind

LONGEST = 1_200  # characters; a longer one is cut at a space, so that work stays in proportion
_END = re.compile(r"[.!?؟…]+[\"”»’)\]]*(?=\s|$)|\n[ \t]*\n")
_WORD_BEFORE = re.compile(r"([^\s(\"“«]+)$")
_SHORTENED = {
    "mr", "mrs", "ms", "dr", "st", "no", "nos", "gen", "lt", "col", "maj", "sgt", "capt", "brig",
    "prof", "rev", "hon", "gov", "sen", "rep", "amb", "jan", "feb", "mar", "apr", "jun", "jul",
    "aug", "sep", "sept", "oct", "nov", "dec", "approx", "vs", "e.g", "i.e", "cf", "al", "fig",
    "inc", "ltd", "co", "u.n", "u.s", "u.k", "e.u", "a.m", "p.m", "km", "sq", "د", "أ", "م", "ص",
}  # fmt: skip
_LONGEST_SHORTENED = 12
_OPENING, _CLOSING, _EITHER = "“«„", "”»", '"'


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, the block it stands in, and the quotations that touch it."""

    begin: int
    end: int
    block: int
    kind: Kind
    quotes: tuple[tuple[int, int], ...]  # with their marks; cut to the sentence

    @property
    def begins_in_quote(self) -> bool:
        """Whether the sentence opens inside quotation marks, or with one."""
        return bool(self.quotes) and self.quotes[0][0] <= self.begin

    @property
    def is_quoted(self) -> bool:
        """Whether nothing of it stands outside one quotation."""
        return self.begins_in_quote and self.quotes[0][1] >= self.end


def sentences_of(document: Document) -> Iterator[Sentence]:
    """Give every sentence in its order; a headline and a bullet are one or more of their own."""
    for number, block in enumerate(document.blocks):
        quotes = tuple(_quotes(document.text, block))
        first = 0
        for begin, end in _spans(document.text, block):
            while first < len(quotes) and quotes[first][1] <= begin:
                first += 1
            inside = _inside(quotes, first, begin, end)
            yield Sentence(begin, end, number, block.kind, inside)


def _inside(
    quotes: tuple[tuple[int, int], ...], first: int, begin: int, end: int
) -> tuple[tuple[int, int], ...]:
    found = []
    while first < len(quotes) and quotes[first][0] < end:
        found.append((max(quotes[first][0], begin), min(quotes[first][1], end)))
        first += 1
    return tuple(found)


def _quotes(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Give the outermost quotations; one that is not closed goes on to the end of its block."""
    depth, opened = 0, 0
    is_straight = False  # opened by a mark that looks the same at both ends
    for mark in re.finditer(r"[“”«»„\"]", text[block.begin : block.end]):
        place, letter = block.begin + mark.start(), mark[0]
        opens = letter in _OPENING or (letter == _EITHER and not is_straight)
        if opens:
            opened = place if depth == 0 else opened
            depth += 1
            is_straight = is_straight or letter == _EITHER
        elif depth:
            depth -= 1
            is_straight = is_straight and letter != _EITHER
            if depth == 0:
                yield opened, place + 1
    if depth:
        yield opened, block.end


def _spans(text: str, block: Block) -> Iterator[tuple[int, int]]:
    begin = block.begin
    for mark in _END.finditer(text, block.begin, block.end):
        if not mark[0].strip() or _ends(text, begin, mark, block.end):
            yield from _cut(text, begin, mark.end())
            begin = mark.end()
    yield from _cut(text, begin, block.end)


def _ends(text: str, begin: int, mark: re.Match[str], block_end: int) -> bool:
    if mark[0] == ".":
        head = text[max(begin, mark.start() - _LONGEST_SHORTENED) : mark.start()]
        word = _WORD_BEFORE.search(head)
        if word and (word[1].lower() in _SHORTENED or _is_initial(word[1])):
            return False
    after = text[mark.end() : min(block_end, mark.end() + 3)].lstrip()
    return not (after[:1].isascii() and after[:1].islower())


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


def _cut(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    while end - begin > LONGEST:
        space = text.rfind(" ", begin + 1, begin + LONGEST)
        middle = space if space > begin else begin + LONGEST
        yield begin, middle
        begin = middle + (text[middle] == " ")
    if begin < end:
        yield begin, end
