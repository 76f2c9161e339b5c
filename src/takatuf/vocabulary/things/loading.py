"""Read the vocabulary from its TOML files, and refuse it whole if anything is wrong.

A mistake in the vocabulary is ours (or of whoever extends it), and would otherwise show
only when somebody's report meets it; so all mistakes are raised at once, at load.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from takatuf.vocabulary.errors import InputError, Problem
from takatuf.vocabulary.quantity import find_unit
from takatuf.vocabulary.sensitivity import Sensitivity
from takatuf.vocabulary.things.schema import (
    LANGUAGES,
    AllowedValue,
    Labels,
    Property,
    Series,
    ThingType,
    ValueType,
    Weighing,
)

_PROPERTY_KEYS = {
    "of", "topic", "label", "type", "unit", "values", "minimum", "maximum", "hxl", "sensitivity",
    "fresh_days", "series", "weighing", "window_days", "holds_for_parts", "implied_by",
    "tolerance", "nearest_methods",
}  # fmt: skip
_REQUIRED = {"of", "topic", "label", "type", "sensitivity", "series"}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All types, topics and properties, by name."""

    types: Mapping[str, ThingType]
    topics: Mapping[str, Labels]
    properties: Mapping[str, Property]


@cache
def load_vocabulary() -> Vocabulary:
    """Return the vocabulary that the package ships.

    Raises:
        InputError: The files contradict themselves; every mistake is listed.
    """
    folder = files("takatuf.vocabulary.things")
    return read_vocabulary(sorted(_toml_files(folder), key=lambda file: file.name))


def read_vocabulary(sources: Iterable[Traversable]) -> Vocabulary:
    """Return the vocabulary of these TOML files.

    Raises:
        InputError: As `load_vocabulary`.
    """
    types: dict[str, ThingType] = {}
    topics: dict[str, Labels] = {}
    tables: dict[str, tuple[str, dict[str, Any]]] = {}
    problems: list[Problem] = []
    for source in sources:
        table = tomllib.loads(source.read_text("utf-8"))
        types |= {
            k: ThingType(k, _labels(v, k, problems)) for k, v in table.get("type", {}).items()
        }
        topics |= {k: _labels(v, k, problems) for k, v in table.get("topic", {}).items()}
        for name, entry in table.get("property", {}).items():
            if name in tables:
                problems.append(_wrong(name, "declared twice", "each property once"))
            tables[name] = (source.name, entry)
    for name, (where, entry) in tables.items():
        problems += _problems_of(f"{where}, {name}", entry, types, topics, tables)
    if problems:
        raise InputError(problems)
    return Vocabulary(
        types, topics, {name: _property(name, entry) for name, (_, entry) in tables.items()}
    )


def _toml_files(folder: Traversable) -> Iterable[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _toml_files(entry)
        elif entry.name.endswith(".toml"):
            yield entry


def _problems_of(
    where: str,
    entry: Mapping[str, Any],
    types: Mapping[str, ThingType],
    topics: Mapping[str, Labels],
    properties: Mapping[str, object],
) -> Iterable[Problem]:
    yield from (_wrong(where, key, "a known key") for key in sorted(entry.keys() - _PROPERTY_KEYS))
    missing = sorted(_REQUIRED - entry.keys())
    if missing:
        yield _wrong(where, f"no {', '.join(missing)}", "all required keys")
        return
    yield from (_wrong(where, name, "a declared type") for name in entry["of"] if name not in types)
    yield from (
        _wrong(where, name, "a declared property")
        for name in entry.get("implied_by", [])
        if name not in properties
    )
    if entry["topic"] not in topics:
        yield _wrong(where, entry["topic"], "a declared topic")
    yield from _problems_of_type(where, entry)
    labels = [entry["label"], *(value.get("label", {}) for value in entry.get("values", []))]
    yield from (
        _wrong(where, f"label {label}", "en, ar, fr and ru")
        for label in labels
        if set(label) != set(LANGUAGES)
    )


def _problems_of_type(where: str, entry: Mapping[str, Any]) -> Iterable[Problem]:
    for key, allowed in (("type", ValueType), ("series", Series), ("weighing", Weighing)):
        word = entry.get(key, Weighing.PLAIN)
        if word not in {member.value for member in allowed}:
            yield _wrong(where, f"{key} {word}", ", ".join(member.value for member in allowed))
    if entry["sensitivity"].upper() not in Sensitivity.__members__:
        yield _wrong(where, entry["sensitivity"], "public, restricted, confidential or severe")
    if (entry["type"] == ValueType.TOKEN) != bool(entry.get("values")):
        yield _wrong(where, "values", "values for a token, and only for a token")
    words = {value["word"] for value in entry.get("values", ())}
    yield from (
        _wrong(where, f"within {value['within']}", "another word of the same property")
        for value in entry.get("values", ())
        if value.get("within", value["word"]) not in words - {value["word"]} and "within" in value
    )
    if entry["type"] == ValueType.AMOUNT:
        try:
            find_unit(entry.get("unit", ""))
        except KeyError:
            yield _wrong(where, entry.get("unit", ""), "a unit of units.toml")


def _wrong(where: str, found: str, expected: str) -> Problem:
    return Problem(code="vocabulary.invalid", where=where, found=found, expected=expected)


def _labels(entry: Mapping[str, str], where: str, problems: list[Problem]) -> Labels:
    if set(entry) != set(LANGUAGES):
        problems.append(_wrong(where, f"label {dict(entry)}", "en, ar, fr and ru"))
        return Labels(where, where, where, where)
    return Labels(**entry)


def _property(name: str, entry: Mapping[str, Any]) -> Property:
    return Property(
        name=name,
        of=frozenset(entry["of"]),
        topic=entry["topic"],
        label=Labels(**entry["label"]),
        type=ValueType(entry["type"]),
        unit=entry.get("unit", ""),
        values=tuple(
            AllowedValue(value["word"], Labels(**value["label"]), value.get("within", ""))
            for value in entry.get("values", [])
        ),
        minimum=entry.get("minimum"),
        maximum=entry.get("maximum"),
        hxl=entry.get("hxl", ""),
        sensitivity=Sensitivity.from_word(entry["sensitivity"]),
        fresh_days=entry.get("fresh_days"),
        series=Series(entry["series"]),
        weighing=Weighing(entry.get("weighing", Weighing.PLAIN)),
        window_days=entry.get("window_days", 0),
        holds_for_parts=entry.get("holds_for_parts", False),
        implied_by=tuple(entry.get("implied_by", ())),
        tolerance=entry.get("tolerance", 0.0),
        nearest_methods=tuple(entry.get("nearest_methods", ())),
    )
