"""What a column can mean: the words of `columns.toml`, read once.

A word is the name of a column in the activity frame; it never changes its meaning.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from takatuf.vocabulary.sensitivity import Sensitivity
from takatuf.vocabulary.things.schema import Labels

HEADER_LANGUAGES = ("en", "ar", "fr", "es", "uk", "ru")


class ValueKind(StrEnum):
    """What kind of value a column holds."""

    TEXT = "text"
    AMOUNT = "amount"
    DATE = "date"
    MONTH = "month"  # a period: a month, a quarter, a year
    PERSON = "person"  # names and addresses of persons: never taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """One thing that a column can mean."""

    word: str  # its name in the activity frame
    value: ValueKind
    hxl: str  # the tag that we write
    tags: tuple[str, ...]  # other tags that say the same
    sensitivity: Sensitivity
    label: Labels
    made_of: tuple[frozenset[str], ...]  # words of a header that say it together
    headers: Mapping[str, tuple[str, ...]]  # whole headers, by language
    is_repeatable: bool = False  # may stand in several columns of one table
    is_essential: bool = False  # a doubt about it holds the rows back
    counts_people: bool = False  # neither a fraction nor less than none
    figure: str = ""  # "targeted" or "reached", where it is one
    group: str = ""  # of such a figure: "girls"; "" for everybody


@cache
def meanings() -> Mapping[str, Meaning]:
    """Return every meaning by its word, in the order of the file."""
    text = (files("takatuf.activities.columns") / "columns.toml").read_text("utf-8")
    return {word: _meaning(word, entry) for word, entry in tomllib.loads(text)["column"].items()}


def base_word(name: str) -> str:
    """Return the word of a frame's column: ``implementing_partner`` of ``implementing_partner_2``.

    A name that is no word of ours is returned as it is.
    """
    if name in meanings():
        return name
    base, _, number = name.rpartition("_")
    return base if number.isdigit() and base in meanings() else name


def _meaning(word: str, entry: Mapping[str, Any]) -> Meaning:
    return Meaning(
        word=word,
        value=ValueKind(entry["value"]),
        hxl=entry["hxl"],
        tags=tuple(entry.get("tags", ())),
        sensitivity=Sensitivity.from_word(entry["sensitivity"]),
        label=Labels(**entry["label"]),
        made_of=tuple(frozenset(words.split()) for words in entry["made_of"]),
        headers={language: tuple(found) for language, found in entry.get("headers", {}).items()},
        is_repeatable=entry.get("repeatable", False),
        is_essential=entry.get("essential", False),
        counts_people=entry.get("people", False),
        figure=entry.get("figure", ""),
        group=entry.get("group", ""),
    )
