"""What the columns of a table of places mean: COD-AB and its kin, HXL tags, wide or long.

``ADM2_PCODE``, ``admin2Name_ar``, ``#adm2+code``, ``Admin 2``: a level and what stands there.
"""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from takatuf.activities.places.spelling.names import place_key
from takatuf.activities.tables import Column

LONG = -1  # the level of columns that say their level in another column
_LEVELLED = re.compile(r"^(?:adm|admin|administrative level|level|niveau)\s*([0-4])\s*(.*)$")
_TAG_LEVEL = re.compile(r"^#\s*adm([1-4])")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DIGITS_AT_END = re.compile(r"\d+$")
_LANGUAGES = {
    "en": "en", "eng": "en", "english": "en", "ar": "ar", "ara": "ar", "arabic": "ar", "fr": "fr",
    "fra": "fr", "fre": "fr", "french": "fr", "es": "es", "spa": "es", "pt": "pt", "uk": "uk",
    "ua": "uk", "ukr": "uk", "ru": "ru", "rus": "ru", "ku": "ku", "so": "so", "fa": "fa",
    "da": "fa", "prs": "fa", "ps": "ps", "ne": "ne", "my": "my", "mm": "my", "tr": "tr",
    "local": "local", "am": "am", "bn": "bn", "ht": "ht", "vi": "vi", "id": "id", "arabe": "ar",
}  # fmt: skip
_SOLE = {
    "valid_from": ("validon", "valid on", "valid from", "validfrom"),
    "valid_to": ("validto", "valid to"),
    "lat": ("latitude", "lat", "latitude y", "center lat", "centroid lat", "lat dd", "y"),
    "lon": ("longitude", "lon", "long", "lng", "longitude x", "center lon", "lon dd", "x"),
    "parent": ("parent", "parent code", "parent pcode", "parentcode", "parentpcode", "adm parent"),
    "level": ("level", "admin level", "adm level", "location type level", "adminlevel"),
    "scheme": ("scheme", "version", "source version"),
}


class Part(StrEnum):
    """What a column tells of a place."""

    CODE = "code"
    NAME = "name"
    PARENT = "parent"
    LEVEL = "level"
    SCHEME = "scheme"
    LAT = "lat"
    LON = "lon"
    VALID_FROM = "valid_from"
    VALID_TO = "valid_to"


@dataclass(frozen=True, slots=True)
class Heading:
    """What one column tells, and of places of which level."""

    letter: str
    part: Part
    level: int = LONG  # 0 to 5, or `LONG` where rows may be of any
    language: str = ""  # of a name


def headings_of(columns: tuple[Column, ...]) -> tuple[Heading, ...]:
    """Return what is understood of the columns of a table of places; the others are left out."""
    found = (_by_tag(column) or _by_header(column) for column in columns)
    return tuple(heading for heading in found if heading is not None)


def _by_tag(column: Column) -> Heading | None:
    tag = column.tag.lower().replace(" ", "")
    levelled = _TAG_LEVEL.match(tag)
    attributes = set(tag.split("+")[1:])
    if levelled or tag.startswith("#country"):
        level = int(levelled[1]) if levelled else 0
        if attributes & {"code", "pcode", "v_pcode"}:
            return Heading(column.letter, Part.CODE, level)
        return Heading(column.letter, Part.NAME, level, _tag_language(attributes))
    if tag.startswith("#geo"):
        for part in (Part.LAT, Part.LON):
            if part.value in attributes:
                return Heading(column.letter, part)
    return None


def _tag_language(attributes: set[str]) -> str:
    if attributes & {"alt", "alias"}:
        return "alias"
    said = (attribute.removeprefix("i_") for attribute in sorted(attributes))
    return next((_LANGUAGES[word] for word in said if word in _LANGUAGES), "")


def _by_header(column: Column) -> Heading | None:
    words = place_key(_CAMEL.sub(" ", column.header))
    levelled = _LEVELLED.match(words)
    if levelled:
        return _levelled(column.letter, int(levelled[1]), levelled[2].split())
    for part, spellings in _SOLE.items():
        if words in spellings or words.replace(" ", "") in spellings:
            return Heading(column.letter, Part(part))
    for level, spellings in _level_words().items():
        said = next((each for each in spellings if f"{words} ".startswith(f"{each} ")), None)
        if said is not None:
            return _levelled(column.letter, level, words.removeprefix(said).split())
    return _long(column.letter, words.split())


def _levelled(letter: str, level: int, words: list[str]) -> Heading | None:
    known = _header_words()
    joined = "".join(words)
    if joined in known["code"] or (words and words[0] in known["code"]):
        return Heading(letter, Part.CODE, level)
    bare = [_DIGITS_AT_END.sub("", word) for word in words]
    language = next((_LANGUAGES[word] for word in reversed(bare) if word in _LANGUAGES), "")
    if set(bare) & known["alias"]:
        language = "alias"
    unknown = set(bare) - known["name"] - known["alias"] - set(_LANGUAGES) - {""}
    return None if unknown else Heading(letter, Part.NAME, level, language)


def _long(letter: str, words: list[str]) -> Heading | None:
    known = _header_words()
    if "".join(words) in known["code"]:
        return Heading(letter, Part.CODE)
    if words and words[0] in known["name"] and set(words[1:]) <= set(_LANGUAGES):
        return Heading(letter, Part.NAME, LONG, _LANGUAGES[words[1]] if words[1:] else "")
    return None


@cache
def _header_words() -> dict[str, frozenset[str]]:
    file = files("takatuf.activities.places.spelling") / "words.toml"
    table = tomllib.loads(file.read_text("utf-8"))["headers"]
    kinds = ("code", "name", "alias")
    return {kind: frozenset(place_key(word) for word in table[kind]) for kind in kinds}


@cache
def _level_words() -> dict[int, tuple[str, ...]]:
    file = files("takatuf.activities.places.spelling") / "words.toml"
    table = tomllib.loads(file.read_text("utf-8"))["headers"]["levels"]
    return {int(level): tuple(map(place_key, words)) for level, words in table.items()}
