"""Values that a claim can state, and their one form in JSON.

The form says its own kind (``{"token": "restored"}``), so a stored report can be read for
ever, whatever becomes of the vocabulary.
"""

from dataclasses import dataclass
from typing import Any

from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.place import Point
from takatuf.vocabulary.quantity import Amount
from takatuf.vocabulary.time import PartialDate, parse_date


@dataclass(frozen=True, slots=True, order=True)
class Token:
    """One of the values that a property allows, by its stable word."""

    word: str

    def __str__(self) -> str:
        """Return the word with spaces, as it reads."""
        return self.word.replace("_", " ")


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """Free text, as it was said; never compared but for being the same."""

    text: str

    def __str__(self) -> str:
        """Return the text."""
        return self.text


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """Another thing, by its identity."""

    thing: ThingId

    def __str__(self) -> str:
        """Return the identity; pages show the thing's name."""
        return self.thing


Value = Amount | PartialDate | Point | Token | Text | Reference
Json = Any  # what json.loads gives; the shapes are checked where they are read


def value_to_json(value: Value) -> dict[str, Json]:
    """Return the one JSON form of a value, as it is hashed and stored."""
    match value:
        case Amount():
            fields = {
                "low": value.low, "high": value.high, "unit": value.unit,
                "is_about": value.is_about or None, "out_of": value.out_of,
                "is_strict": value.is_strict or None,
            }  # fmt: skip
            return {"amount": {name: field for name, field in fields.items() if field is not None}}
        case PartialDate():
            return {"date": value.text}
        case Point():
            return {"point": [value.lat, value.lon]}
        case Token():
            return {"token": value.word}
        case Text():
            return {"text": value.text}
    return {"thing": value.thing}


def value_from_json(form: dict[str, Json]) -> Value:
    """Read the form that `value_to_json` writes.

    Raises:
        ValueError: The form is none of ours; a register holds no such thing, so it is damaged.
    """
    match form:
        case {"amount": fields}:
            return Amount(
                fields.get("low"),
                fields.get("high"),
                fields["unit"],
                fields.get("is_about", False),
                fields.get("out_of"),
                fields.get("is_strict", False),
            )
        case {"date": str(text)}:
            return parse_date(text)
        case {"point": [lat, lon]}:
            return Point(lat, lon)
        case {"token": str(word)}:
            return Token(word)
        case {"text": str(text)}:
            return Text(text)
        case {"thing": str(thing)}:
            return Reference(ThingId(thing))
        case _:
            raise ValueError(form)
