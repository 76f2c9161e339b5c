"""The words by which a text shows who speaks, as data; loaded once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from takatuf.formats.readers.text.language.phrases import PhraseBook, alternatives


class Way(StrEnum):
    """How a verb of saying stands to its speaker and to what is said."""

    SAYS = "says"
    GOES_ON = "goes_on"  # the same speaker as before
    ACCUSES = "accuses"
    TOLD_BY = "told_by"  # the speaker follows
    WEAK = "weak"  # only of a known body, or before "that"
    ACCORDING = "according"


@dataclass(frozen=True, slots=True)
class Verb:
    """What a verb of saying tells of what is said."""

    way: Way
    modality: str


@dataclass(frozen=True, slots=True)
class SpeechRules:
    """Verbs by their phrase, and the phrases of each kind of further word."""

    verbs: Mapping[str, Verb]
    words: Mapping[str, frozenset[str]]
    book: PhraseBook


@cache
def speech_rules() -> SpeechRules:
    """Return the rules that the package ships."""
    folder = files("takatuf.formats.readers.text") / "rules"
    table = tomllib.loads((folder / "speech.toml").read_text("utf-8"))
    verbs = {
        phrase: Verb(Way(entry["way"]), entry["modality"])
        for entry in table["verb"]
        for language in ("en", "ar")
        for phrase in alternatives(entry.get(language, ""))
    }
    according = table["according"]
    verbs |= {
        phrase: Verb(Way.ACCORDING, "asserted")
        for language in ("en", "ar")
        for phrase in alternatives(according[language])
    }
    words = {name: frozenset(alternatives(written)) for name, written in table["words"].items()}
    return SpeechRules(verbs, words, PhraseBook([*verbs, *(p for s in words.values() for p in s)]))
