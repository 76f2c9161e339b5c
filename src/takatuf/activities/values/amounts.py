"""Amounts as people write them: read where they have one reading, asked where they have two.

What is decimal and what parts thousands is told by the column's other values; nothing is told
by a country or a language.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from takatuf.activities.values.cleaning import clean
from takatuf.vocabulary.digits import latin_digits

_PLAIN = r"^[-+]?\d+(?:\.\d+)?$"
_ONE_DOT = r"^\d{1,3}\.\d{3}$"  # 1.300: thirteen hundred, or one and three tenths
_ONE_COMMA = r"^\d{1,3},\d{3}$"
_COMMAS = r"^\d{1,3}(?:,\d{3}){2,}$"
_PROOFS = {
    "comma_decimal": r"^-?\d+,(?:\d{1,2}|\d{4,})$|^\d{1,3}(?:\.\d{3})+,\d+$",
    "dot_decimal": r"^-?\d+\.(?:\d{1,2}|\d{4,})$|^\d{1,3}(?:,\d{3})+\.\d+$",
    "dot_thousands": r"^\d{1,3}(?:\.\d{3}){2,}$|^\d{1,3}(?:\.\d{3})+,\d+$",
    "comma_thousands": r"^\d{1,3}(?:,\d{3}){2,}$|^\d{1,3}(?:,\d{3})+\.\d+$",
}
_FORMS = (  # what it looks like, what parts its thousands, its decimal mark
    (r"[-+]?\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?", r"[ '’]", ","),
    (_PROOFS["comma_thousands"], ",", "."),
    (_PROOFS["dot_thousands"], r"\.", ","),
    (_PROOFS["comma_decimal"], r"\.", ","),
)
_SCIENTIFIC = re.compile(r"[-+]?\d+(?:\.\d+)?e[-+]?\d{1,2}", re.IGNORECASE)
_UNSIGNED = r"(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
_NEGATIVE = re.compile(rf"\({_UNSIGNED}\)|[-−–]\s?{_UNSIGNED}|{_UNSIGNED}-")
_RANGE = re.compile(r"\d[\d,. ]*\s*(?:-|–|—|to|à|a|до|إلى|الى|\.\.)\s*\d[\d,. ]*", re.IGNORECASE)
_PERCENT = re.compile(r"([-+]?\d+(?:[.,]\d+)?)\s*%")
_NUMBER_INSIDE = re.compile(r"\d[\d,.]*")
_MOST_LETTERS = 60
_WHOLE = 100  # per cent
_POINT = "a point for decimals, as in the rest of the column"
_READ_AS_DECIMAL = "It is read with the comma as a decimal mark."

Fault = tuple[str, str, str, str]  # text, code, expected, hint


@dataclass(frozen=True, slots=True)
class Marks:
    """How a column writes its numbers: what is proven, or was answered."""

    is_dot_thousands: bool | None = False  # of "1.300"; None: nobody knows
    is_comma_thousands: bool | None = True  # of "1,300"


@dataclass(frozen=True, slots=True)
class Amounts:
    """The readings of one column."""

    values: pl.Series  # Float64, by row; null where there is none
    faults: tuple[Fault, ...]  # by text
    unclear: tuple[str, ...]  # texts with two readings


def marks_of(texts: pl.Series, answer: str | None, *, is_whole: bool) -> Marks:
    """Return how a column writes its numbers.

    Args:
        texts: The column, cleaned.
        answer: "thousands" or "decimal", where a person said so.
        is_whole: Whether it counts what has no parts, so that 1,300 can't be a fraction.
    """
    marked = _marked(texts)
    proofs = {name: bool(marked.str.contains(form).any()) for name, form in _PROOFS.items()}
    dot = _told(proofs["dot_thousands"], proofs["dot_decimal"], otherwise=None)
    comma = _told(
        proofs["comma_thousands"], proofs["comma_decimal"], otherwise=True if is_whole else None
    )
    if answer in {"thousands", "decimal"}:
        said = answer == "thousands"
        return Marks(said if dot is None else dot, said if comma is None else comma)
    return Marks(dot, comma)


def read_amounts(texts: pl.Series, marks: Marks) -> Amounts:
    """Return the numbers that the texts of a column stand for.

    Args:
        texts: The column, cleaned; null where it is blank or holds a word instead of a value.
        marks: How the column writes its numbers.
    """
    numbers = texts.cast(pl.Float64, strict=False)
    marked = _marked(texts)
    two_readings = marked.filter(marked.str.contains(_ONE_DOT))
    is_plain = numbers.is_finite() & ~texts.is_in(two_readings.implode())
    odd = texts.is_not_null() & ~is_plain.fill_null(value=False)
    others = texts.filter(odd).unique(maintain_order=True)
    known, faults, unclear = _read_all(others, marks)
    if others.is_empty():
        return Amounts(numbers, (), ())
    read = texts.replace_strict(
        list(known), list(known.values()), default=None, return_dtype=pl.Float64
    )
    values = pl.select(pl.when(is_plain).then(numbers).otherwise(read)).to_series()
    return Amounts(values, (*faults, *_odd_commas(texts, marks)), unclear)


def _read_all(
    others: pl.Series, marks: Marks
) -> tuple[dict[str, float], tuple[Fault, ...], tuple[str, ...]]:
    known: dict[str, float] = {}
    faults: list[Fault] = []
    unclear: list[str] = []
    for text in others:
        reading = _read(clean(latin_digits(text)), marks)
        if isinstance(reading, float):
            known[text] = reading
        elif reading is None:
            unclear.append(text)
        else:
            faults.append((text, *reading))
    return known, tuple(faults), tuple(unclear)


def _marked(texts: pl.Series) -> pl.Series:
    return texts.filter(texts.str.contains("[.,]")).unique(maintain_order=True)


def _told(yes: bool, no: bool, *, otherwise: bool | None) -> bool | None:  # noqa: FBT001 - two proofs
    if yes and no:
        return None
    return True if yes else (False if no else otherwise)


def _odd_commas(texts: pl.Series, marks: Marks) -> Iterable[Fault]:
    """Yield decimal commas in a column that writes most of its numbers otherwise."""
    different = texts.drop_nulls().unique(maintain_order=True)
    commas = different.filter(different.str.contains(r"^-?\d+,(?:\d{1,2}|\d{4,})$"))
    if marks.is_dot_thousands or len(commas) * 2 > len(different):
        return
    for text in commas:
        yield text, "cell.decimal-comma", _POINT, _READ_AS_DECIMAL


_Refused = tuple[str, str, str]  # code, expected, hint


def _read(text: str, marks: Marks) -> float | _Refused | None:
    if re.match(_ONE_DOT, text):
        return _either(text, ".", marks.is_dot_thousands)
    if re.match(_ONE_COMMA, text):
        return _either(text, ",", marks.is_comma_thousands)
    number = _number(text)
    return number if number is not None else _refused(text)


def _either(text: str, mark: str, is_thousands: bool | None) -> float | None:  # noqa: FBT001
    if is_thousands is None:
        return None
    return float(text.replace(mark, "" if is_thousands else "."))


def _number(text: str) -> float | None:
    if len(text) > _MOST_LETTERS:
        return None
    if re.match(_PLAIN, text) or _SCIENTIFIC.fullmatch(text):
        return float(text)
    for form, parts, decimal in _FORMS:
        if re.fullmatch(form, text):
            return float(re.sub(parts, "", text).replace(decimal, "."))
    negative = _NEGATIVE.fullmatch(text)
    if negative is None:
        return None
    return -float(next(found for found in negative.groups() if found).replace(",", ""))


def _refused(text: str) -> _Refused:
    if len(text) > _MOST_LETTERS:
        return "cell.not-a-number", "a number such as 1,300 or 2.9", ""
    percent = _PERCENT.fullmatch(text)
    if percent:
        is_over = float(percent[1].replace(",", ".")) > _WHOLE
        code = "cell.over-hundred-percent" if is_over else "cell.percent"
        return code, "a number and not a share", "Of how many?"
    if _RANGE.fullmatch(text):
        return "cell.range", "one number", "Is it the lower or the higher one?"
    if _NUMBER_INSIDE.search(text):
        return "cell.text-in-number", "a number without words", "The unit belongs into the header."
    return "cell.not-a-number", "a number such as 1,300 or 2.9", ""
