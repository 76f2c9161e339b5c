"""Which encoding a text file is in, so that no letter is lost; where two can be, both are named.

Unicode is known for certain: by its mark, by its zeros, or because every byte sequence of the
file is UTF-8. Any other encoding is judged by the words it makes: letters of one script in one
word, in their usual order of frequency, and no signs that nobody types.
"""

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from takatuf.formats.readers.workbooks.refusals import refused

CANDIDATES = (
    "windows-1252", "windows-1256", "windows-1251", "mac-arabic", "iso8859-6", "koi8-u",
    "windows-1250", "windows-1254", "mac-roman", "cp437", "cp866", "iso8859-5", "mac-cyrillic",
)  # fmt: skip  # the usual ones first: between equals the first is taken
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_SAMPLE_BYTES = 200_000
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
_NEAR = 0.04  # of a whole: two readings this near are both plausible
_MOSTLY = 0.9
_TAB = 9  # the first byte that stands in texts
_USUAL = {  # letters by how usual they are in running text, the most usual first
    "arabic": "اليمنرتبةسعدوفهقكحجأشطصخىذضئإزغثءظآؤ",
    "cyrillic": "оеаинтсрвлкмдпуяыьгзбчйжхшюцщэфъіїєґё",
    "latin": "éèàçôêîûâëïœùóáíñúãõüöäßćčšžłąęńśźżğşıåøæýřěůőűÉÈÀÇÔÎÂÓÁÍÑÚÖÜÄŠŽČ’–—“”«»°…‘€",
}  # fmt: skip
_SCRIPTS = {letter: script for script, letters in _USUAL.items() for letter in letters}
_SCRIPTS |= dict.fromkeys(_USUAL["cyrillic"].upper(), "cyrillic")
_ODD = -0.6


@dataclass(frozen=True, slots=True)
class Reading:
    """A text file as text."""

    text: str
    encoding: str
    rivals: tuple[str, ...] = ()  # encodings that read it nearly as well, in other words
    is_guess: bool = False  # it is no Unicode, and the sender has not said what it is
    odd_lines: tuple[int, ...] = ()  # not in the encoding of the rest: read by `odd_encoding`
    odd_encoding: str = ""


def decoded(content: bytes, name: str, encoding: str = "") -> Reading:
    """Return a text file as text.

    Args:
        content: Its bytes.
        name: What the sender calls it.
        encoding: What the sender says it is in; "" to find it.

    Raises:
        InputError: It is no text, the encoding is unknown, or bytes are not in the encoding.
    """
    if encoding:
        return _as_said(content, name, encoding)
    for mark, known in _MARKS:
        if content.startswith(mark):
            return _certain(content, name, known)
    if b"\x00" in content:
        return _certain(content, name, _by_zeros(content, name))
    try:
        return Reading(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _mostly_utf8(content) or _by_words(content, name)


def _as_said(content: bytes, name: str, encoding: str) -> Reading:
    try:
        codec = codecs.lookup(encoding).name
        if codec == "utf-8":
            codec = "utf-8-sig"
        return Reading(content.decode(codec), encoding)
    except (LookupError, ValueError) as error:
        is_known = isinstance(error, UnicodeError)
        found = f"bytes that are not {encoding}" if is_known else f"encoding {encoding}"
        expected = "text in the encoding named, such as utf-8, windows-1256 or utf-16"
        raise refused("workbook.not-in-encoding", name, found, expected) from None


def _certain(content: bytes, name: str, encoding: str) -> Reading:
    try:
        return Reading(content.decode(encoding).removeprefix("\ufeff"), encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8-sig":
            body = content[len(codecs.BOM_UTF8) :]
            return _mostly_utf8(body) or _by_words(body, name)
        found = f"bytes that are not {encoding}, from byte {error.start:,} on"
        expected = "a whole text file"
        raise refused("workbook.not-in-encoding", name, found, expected) from None


def _by_zeros(content: bytes, name: str) -> str:
    """Return which Unicode without a mark a file with zeros is in: the one that makes text."""
    sample = content[: _SAMPLE_BYTES - _SAMPLE_BYTES % 4]
    share, encoding = max((_share_of_text(sample, known), known) for known in _WIDE)
    if share < _MOSTLY:
        expected = "a table as text, a workbook, JSON or a map layer"
        raise refused("workbook.not-a-table", name, "binary data", expected)
    return encoding


def _share_of_text(sample: bytes, encoding: str) -> float:
    text = sample.decode(encoding, "replace")
    n_signs = sum("\t" <= sign < "\u0900" and (sign >= " " or sign in "\r\n\t") for sign in text)
    return n_signs / max(len(text), 1)


def _mostly_utf8(content: bytes) -> Reading | None:
    """Return a UTF-8 file in which some lines are not, those read by the words they make."""
    lines = content.split(b"\n")
    broken = [n for n, line in enumerate(lines) if not _is_utf8(line)]
    n_marked = sum(not line.isascii() for line in lines)
    if len(broken) > n_marked * (1 - _MOSTLY):
        return None
    encoding = _ranked(b"\n".join(lines[n] for n in broken))[0][1]
    odd = set(broken)
    texts = [
        line.decode(encoding, "replace") if n in odd else line.decode("utf-8")
        for n, line in enumerate(lines)
    ]
    numbers = tuple(n + 1 for n in broken)
    return Reading("\n".join(texts), "utf-8", odd_lines=numbers, odd_encoding=encoding)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _by_words(content: bytes, name: str) -> Reading:
    ranked = [pair for pair in _ranked(content) if _can_read(content, pair[1])]
    sample = content[:_SAMPLE_BYTES]
    if sum(byte < _TAB for byte in sample) > len(sample) // 100:
        expected = "a table as text, a workbook, JSON or a map layer"
        raise refused("workbook.not-a-table", name, "binary data", expected)
    best, taken = ranked[0]
    marked = _marked_words(content)
    shown = marked.decode(taken, "replace")
    rivals = tuple(
        encoding
        for score, encoding in ranked[1:]
        if best - score < _NEAR and marked.decode(encoding, "replace") != shown
    )
    return Reading(content.decode(taken), taken, rivals, is_guess=True)


def _can_read(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _ranked(content: bytes) -> list[tuple[float, str]]:
    marked = _marked_words(content)
    scores = [(_score(marked.decode(codec, "replace")), codec) for codec in CANDIDATES]
    return sorted(scores, key=lambda pair: -pair[0])


def _marked_words(content: bytes) -> bytes:
    words = (word for word in _WORD.findall(content[: _SAMPLE_BYTES * 10]) if not word.isascii())
    return b" ".join(list(dict.fromkeys(words))[: _SAMPLE_BYTES // 10])


def _score(text: str) -> float:
    """Return how likely a text of words with marked letters is, from about -1 to 1."""
    words = text.split(" ")
    n_signs = sum(not sign.isascii() for sign in text) or 1
    return sum(map(_word_score, words)) / n_signs


def _word_score(word: str) -> float:
    scripts = [_SCRIPTS.get(sign, "") if not sign.isascii() else "latin" for sign in word]
    score = sum(_sign_score(sign) for sign in word if not sign.isascii())
    return score - 1.5 * _n_changes(scripts) - 0.3 * _n_case_faults(word)


def _sign_score(sign: str) -> float:
    script = _SCRIPTS.get(sign)
    if script is None:
        return 0.1 if sign.isalpha() else _ODD
    letters = _USUAL[script]
    place = letters.find(sign) if sign in letters else letters.find(sign.lower())
    return 1 - 0.6 * place / len(letters)


def _n_changes(scripts: Sequence[str]) -> int:
    return sum(one != other for one, other in pairwise(scripts) if one and other)


def _n_case_faults(word: str) -> int:
    return sum(one.islower() and other.isupper() for one, other in pairwise(word))
