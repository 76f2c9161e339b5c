"""Read one cell as a value of its property: exactly one reading, or a problem."""

from collections.abc import Callable

from takatuf.vocabulary.errors import InputError, Problem, cut
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.place import parse_point
from takatuf.vocabulary.quantity import find_unit, parse_amount, unit_words
from takatuf.vocabulary.spelling import nearest
from takatuf.vocabulary.things import Property
from takatuf.vocabulary.things.schema import ValueType
from takatuf.vocabulary.time import PartialDate, parse_date
from takatuf.vocabulary.value import Reference, Text, Token, Value

FindThing = Callable[[str, str], ThingId]  # (name or identity, where) -> identity, or InputError


def read_value(
    text: str, unit: str, declared: Property, where: str, find_thing: FindThing
) -> Value:
    """Return the value that a cell states.

    Args:
        text: The cell, not blank: a blank cell states nothing and never comes here.
        unit: The unit as written; "" for the property's own unit.
        declared: The property.
        where: What the sender calls the cell.
        find_thing: Finds the thing that a name means.

    Raises:
        InputError: The cell has no reading, or more than one.
    """
    match declared.type:
        case ValueType.AMOUNT:
            return _amount(text, unit or declared.unit, where)
        case ValueType.TOKEN:
            return Token(_word(text, declared))
        case ValueType.DATE:
            return read_date(text, where)
        case ValueType.POINT:
            return _point(text, where)
        case ValueType.THING:
            return Reference(find_thing(text, where))
    return Text(text)


def read_date(text: str, where: str) -> PartialDate:
    """Return the date that a cell states.

    Raises:
        InputError: As `read_value`.
    """
    try:
        return parse_date(text)
    except ValueError:
        hint = "Which number is the month?" if text.count("/") == len("//") else ""
        raise refused(
            "cell.not-a-date", where, text, "a date such as 2017-06-14, 2017-06 or 2017", hint
        ) from None


def refused(code: str, where: str, text: str, expected: str, hint: str = "") -> InputError:
    """Return the error of one cell that has no reading."""
    return InputError(
        [Problem(code=code, where=where, found=cut(text), expected=expected, hint=hint)]
    )


def _amount(text: str, unit: str, where: str) -> Value:
    try:
        find_unit(unit)
    except KeyError:
        hint = nearest(unit, unit_words())
        expected = "a unit of the conversion table (docs/reference/units.md)"
        raise refused("cell.unknown-unit", f"{where}, unit", unit, expected, hint) from None
    try:
        return parse_amount(text, unit)
    except ValueError:
        expected = "a number such as 1,300, 2.9, more than 2000, 50-70 or about 3 million"
        hint = "Is the comma a decimal or between thousands?" if "," in text else ""
        raise refused("cell.not-a-number", where, text, expected, hint) from None


def _word(text: str, declared: Property) -> str:
    """Return the stable word of an allowed value; its label in any language will do."""
    plain = text.strip().casefold()
    for value in declared.values:
        label = value.label
        names = (value.word, value.word.replace("_", " "), label.en, label.ar, label.fr, label.ru)
        if plain in {name.casefold() for name in names}:
            return value.word
    return text.strip()


def _point(text: str, where: str) -> Value:
    try:
        return parse_point(text)
    except ValueError:
        expected = "latitude, longitude in degrees, such as 36.1993, 37.1629"
        hint = "0, 0 is what an empty device sends." if text.strip().startswith("0") else ""
        raise refused("cell.not-a-point", where, text, expected, hint) from None
