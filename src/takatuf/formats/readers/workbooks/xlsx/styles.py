"""What the number format of a cell makes of its number: a date, a time, a code with zeros."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import IntEnum

from lxml import etree

from takatuf.formats.readers.workbooks.markup import parsed, whole_number

_DATES = frozenset((*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)))
_TIMES = frozenset((*range(18, 22), *range(32, 36), 45, 47))
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_ZEROS = re.compile(r"^(?:0+|0+;.*|0+\\?-?@?)$")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's days have no zone
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_FALSE_LEAP_DAY = 60  # 29 February 1900, which never was
_MAX_SERIAL = 2_958_466  # the end of the year 9999
_MAX_CODE = 255  # characters, as the format has it
_SECONDS = 86_400
_EXACT = 1e15  # up to here a whole number is exact
_SIGNIFICANT = 15
_MAX_ZEROS = 30  # beyond, a number is shown with its exponent


class Shown(IntEnum):
    """How a number is shown."""

    NUMBER = 0
    DATE = 1
    TIME = 2
    ZEROS = 3  # padded with zeros to a length


@dataclass(frozen=True, slots=True)
class Format:
    """A number format, as far as it changes what the sender sees."""

    shown: Shown = Shown.NUMBER
    n_digits: int = 0  # of padded ones


NUMBER = Format()


def read_formats(content: bytes, where: str) -> tuple[Format, ...]:
    """Return the format of each cell style of a workbook, by its number.

    Raises:
        InputError: The part is broken.
    """
    root = parsed(content, where)
    codes = {
        element.get("numFmtId", ""): element.get("formatCode", "")
        for element in root.iterfind("{*}numFmts/{*}numFmt")
    }
    styles = root.iterfind("{*}cellXfs/{*}xf")
    return tuple(_format(style, codes) for style in styles)


def format_of_code(code: str) -> Format:
    """Return what a format code such as ``dd/mm/yyyy`` or ``00000`` makes of a number."""
    code = code[:_MAX_CODE]
    if _ELAPSED.search(code):
        return NUMBER
    signs = _QUOTED.sub("", code.split(";")[0]).lower().replace("general", "")
    if _ZEROS.match(signs) and len(signs) > 1:
        return Format(Shown.ZEROS, signs.count("0"))
    letters = set(signs)
    if "#" in letters or "0" in letters - set("s.0"):
        return Format(Shown.DATE) if letters & set("yd") else NUMBER
    if letters & set("yd") or ("m" in letters and not letters & set("hs")):
        return Format(Shown.DATE)
    return Format(Shown.TIME) if letters & set("hs") else NUMBER


def format_of_builtin(number: int) -> Format:
    """Return what a format that every program has built in makes of a number."""
    if number in _DATES:
        return Format(Shown.DATE)
    return Format(Shown.TIME) if number in _TIMES else NUMBER


def shown_text(raw: str, known: Format, *, is_from_1904: bool) -> str:
    """Return a stored number as its sender sees it in a format."""
    match known.shown:
        case Shown.DATE:
            return date_text(raw, is_from_1904=is_from_1904)
        case Shown.TIME:
            return time_text(raw)
        case Shown.ZEROS:
            text = number_text(raw)
            return text.zfill(known.n_digits) if text.isdecimal() else text
    return number_text(raw)


def number_text(raw: str) -> str:
    """Return a stored number as its sender sees it: no noise of the last bits, no exponent."""
    try:
        number = float(raw)
    except ValueError:
        return raw
    if number != number or number in (float("inf"), float("-inf")):  # noqa: PLR0124 - not a number
        return raw
    if number == int(number) and abs(number) < _EXACT:
        return str(int(number))
    text = f"{number:.{_SIGNIFICANT}g}"
    is_short = "e" in text and abs(int(text.split("e")[1])) < _MAX_ZEROS
    return format(Decimal(text), "f") if is_short else text


def date_text(raw: str, *, is_from_1904: bool) -> str:
    """Return the day, and the time where there is one, of a date stored as a number."""
    try:
        serial = float(raw)
    except ValueError:
        return raw
    is_none = not 0 <= serial < _MAX_SERIAL or int(serial) == _FALSE_LEAP_DAY
    if is_none and not is_from_1904:
        return number_text(raw)
    if not 0 <= serial < _MAX_SERIAL - 1_462:
        return number_text(raw)
    if serial < 1 and not is_from_1904:
        return time_text(raw)
    if serial < _FALSE_LEAP_DAY and not is_from_1904:
        serial += 1
    at = (_EPOCH_1904 if is_from_1904 else _EPOCH) + timedelta(seconds=round(serial * _SECONDS))
    is_day = not (at.hour or at.minute or at.second)
    return at.date().isoformat() if is_day else at.isoformat()


def time_text(raw: str) -> str:
    """Return a part of a day as a time; a number of whole days and more stays a number."""
    try:
        serial = float(raw)
    except ValueError:
        return raw
    seconds = round(serial * _SECONDS) if 0 <= serial < 1 else _SECONDS
    if seconds == _SECONDS:
        return number_text(raw)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _format(style: etree._Element, codes: Mapping[str, str]) -> Format:
    number = style.get("numFmtId", "0")
    if number in codes:
        return format_of_code(codes[number])
    return format_of_builtin(whole_number(number, 0))
