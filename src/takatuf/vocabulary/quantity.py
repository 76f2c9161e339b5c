"""Quantities: numbers with units as people write them, and the only conversions.

An `Amount` keeps what was said, in the unit it was said in; converting is done only to
compare. "More than", "up to", ranges and "about" are part of the value, not lost words.
"""

import math
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from takatuf.vocabulary.digits import latin_digits

ABOUT_SHARE = 0.1  # how far "about 100" may lie from 100, as a share, when amounts are compared

_MULTIPLES = {
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "ألف": 1e3, "آلاف": 1e3,
    "مليون": 1e6, "مليار": 1e9, "тыс": 1e3, "млн": 1e6,
}  # fmt: skip
_AT_LEAST = ("at least", ">=", "≥", "على الأقل", "لا يقل عن")
_MORE_THAN = ("more than", "over", "above", ">", "أكثر من")
_AT_MOST = ("at most", "up to", "<=", "≤", "على الأكثر")
_LESS_THAN = ("less than", "under", "below", "<", "أقل من")
_ABOUT = ("about", "around", "approximately", "nearly", "almost", "roughly", "~", "≈",
          "حوالي", "نحو", "قرابة")  # fmt: skip
_RANGE = re.compile(r"(?:between\s+)?(.+?)\s*(?:-|–|\bto\b|\band\b)\s*(.+)")
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
_GROUPED = re.compile(
    r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:\.\d+)?"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: what it measures and how many of that dimension's first unit it holds."""

    name: str
    dimension: str
    factor: float


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it was said: exact where `low` equals `high`, open where one is None.

    `out_of` keeps the whole of "18 of 21"; it is never divided by silently.
    """

    low: float | None
    high: float | None
    unit: str
    is_about: bool = False
    out_of: float | None = None
    is_strict: bool = False  # "more than" or "less than": the number itself is not meant

    def __str__(self) -> str:
        """Return the amount in words: ``more than 2,000 ha``, ``about 3 months``, ``18 of 21``."""
        return f"{self.figure} {self.unit}"

    @property
    def figure(self) -> str:
        """The amount in words without its unit, as `parse_amount` reads it back."""
        whole = "" if self.out_of is None else f" of {_written(self.out_of)}"
        about = "about " if self.is_about else ""
        return f"{about}{self._number()}{whole}"

    def _number(self) -> str:
        if self.low is None:
            return f"{'less than' if self.is_strict else 'up to'} {_written(self.high)}"
        if self.high is None:
            return f"{'more than' if self.is_strict else 'at least'} {_written(self.low)}"
        if self.low == self.high:
            return _written(self.low)
        return f"{_written(self.low)} to {_written(self.high)}"

    @property
    def number(self) -> float | None:
        """One number to calculate with, or None: the number said, or the middle of a range."""
        if self.low is None or self.high is None:
            return self.low if self.high is None else self.high
        return (self.low + self.high) / 2


def _written(number: float | None) -> str:
    if number is None:
        return "?"
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,}"


def parse_amount(text: str, unit: str) -> Amount:
    """Read a number as people write it, in Latin or Arabic-Indic digits.

    Accepts ``1,300,000``, ``1 300 000``, ``1.5 million``, ``more than 2000``, ``2000+``,
    ``up to 16,000``, ``about 3``, ``50-70``, ``between 50 and 70``, ``18 of 21`` and their
    Arabic words. ``2,9`` is refused: it may be 2.9 or 29.

    Args:
        text: The number with its words, without the unit.
        unit: The unit as written; any of its known words.

    Raises:
        ValueError: The text is no number that has one reading.
        KeyError: The unit is not in the table.
    """
    name = find_unit(unit).name
    body = " ".join(latin_digits(text).lower().replace("%", "").split())
    body, _, whole = body.partition(" of ")
    out_of = _number(whole) if whole else None
    body, is_about = _without(body, _ABOUT)
    body, is_at_least = _without(body, _AT_LEAST)
    body, is_more = _without(body, _MORE_THAN)
    body, is_at_most = _without(body, _AT_MOST)
    body, is_less = _without(body, _LESS_THAN)
    if body.endswith("+"):
        body, is_at_least = body[:-1].strip(), True
    low, high = _low_high(body)
    return Amount(
        None if is_at_most or is_less else low,
        None if is_at_least or is_more else high,
        name,
        is_about,
        out_of,
        is_strict=is_more or is_less,
    )


def _low_high(body: str) -> tuple[float, float]:
    try:
        number = _number(body)
    except ValueError:
        parts = _RANGE.fullmatch(body)
        if parts is None:
            raise
        low, high = _number(parts[1]), _number(parts[2])
        if low > high:
            raise ValueError(body) from None
        return low, high
    return number, number


def _without(body: str, words: tuple[str, ...]) -> tuple[str, bool]:
    for word in words:
        if body.startswith(word):
            return body[len(word) :].strip(), True
    return body, False


def _number(text: str) -> float:
    digits, multiple = text.strip(), 1.0
    head, _, last = digits.rpartition(" ")
    if last.rstrip(".") in _MULTIPLES:
        digits, multiple = head, _MULTIPLES[last.rstrip(".")]
    if _PLAIN.fullmatch(digits):
        number = float(digits)
    elif _GROUPED.fullmatch(digits):
        number = float(re.sub(r"[, \u00a0\u202f]", "", digits))
    else:
        raise ValueError(text)
    number *= multiple
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def overlap(one: Amount, other: Amount, tolerance: float = 0.0) -> bool:
    """Say whether two amounts could both be true of the same thing.

    Each is taken as the span it allows: "about" widens it by 10 %, `tolerance` (a share, 0
    or more) widens both further, "more than" is open above. Amounts of different dimensions
    never overlap.
    """
    if not is_same_dimension(one, other):
        return False
    (a, b), (c, d) = span(one, tolerance), span(other, tolerance)
    if one.is_strict or other.is_strict:
        return a < d and c < b
    return a <= d and c <= b


def span(amount: Amount, tolerance: float = 0.0) -> tuple[float, float]:
    """Return the least and the most that an amount allows, in its dimension's first unit."""
    factor = find_unit(amount.unit).factor
    slack = tolerance + (ABOUT_SHARE if amount.is_about else 0.0)
    low = -math.inf if amount.low is None else amount.low * factor
    high = math.inf if amount.high is None else amount.high * factor
    return low - slack * abs(low) if math.isfinite(low) else low, (
        high + slack * abs(high) if math.isfinite(high) else high
    )


def in_unit(amount: Amount, unit: str) -> float | None:
    """Return the amount as one number in another unit of the same dimension.

    Raises:
        ValueError: The units measure different things.
    """
    source, target = find_unit(amount.unit), find_unit(unit)
    if source.dimension != target.dimension:
        raise ValueError(f"{source.name} is not {target.name}")
    number = amount.number
    return None if number is None else number * source.factor / target.factor


def is_same_dimension(one: Amount, other: Amount) -> bool:
    """Say whether two amounts measure the same thing, so that they can be compared at all."""
    return find_unit(one.unit).dimension == find_unit(other.unit).dimension


def in_first_unit(amount: Amount) -> float | None:
    """Return the amount as one number in the first unit of its dimension."""
    number = amount.number
    return None if number is None else number * find_unit(amount.unit).factor


def find_unit(word: str) -> Unit:
    """Return the unit that people write with this word, in any letter case.

    Raises:
        KeyError: No unit has this word.
    """
    return _units()[word.strip().casefold()]


def unit_words() -> tuple[str, ...]:
    """Return the names of all units, in order, to be offered where one was not known."""
    return tuple(sorted({unit.name for unit in _units().values()}))


@cache
def _units() -> dict[str, Unit]:
    table = tomllib.loads((files("takatuf.vocabulary") / "units.toml").read_text("utf-8"))
    nouns = table.pop("count")["nouns"]
    units = {noun: Unit(noun, noun, 1.0) for noun in nouns}
    for dimension, members in table.items():
        for name, entry in members.items():
            unit = Unit(name, dimension, entry["factor"])
            units |= {word.casefold(): unit for word in (name, *entry["words"])}
    return units
