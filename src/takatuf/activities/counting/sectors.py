"""The sectors: our words, the codes of the global lists, and what files call them.

A cell is read only where its whole text is known, with a known word before or behind it, or
as a list of known names. Everything else is asked.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from rapidfuzz import fuzz

from takatuf.activities.organisations.spelling import folded, name_words, tidy

PREFIX_PERCENT = 85  # of its letters, for a prefix that is spelled wrong
_WORD = re.compile(r"[^\W_]+")
_LIST = re.compile(r"[;|\n،؛]")
_HEADED = re.compile(r"\s*[:–—/]\s*|\s+-\s+")
_BRACKET = re.compile(r"\(([^()]*)\)")
_REMEMBERED = 1 << 14  # cells
_COMMAS_IN_A_NAME = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """One sector of our list."""

    word: str
    labels: Mapping[str, str]  # by language
    names: tuple[str, ...]  # in files: codes, acronyms, names
    code: str = ""  # three letters of the global list, or the word of HAPI
    hrinfo: str = ""  # the number of the global list
    parent: str = ""  # the sector that it is a part of


@dataclass(frozen=True, slots=True)
class SectorReading:
    """What a cell says of the sector."""

    words: tuple[str, ...]  # ours, each once, in the order of the cell; empty where unknown
    repeated: tuple[str, ...] = ()  # words that stand in the cell under several names
    wrong_prefix: str = ""  # as it was entered
    right_prefix: str = ""


@cache
def sectors() -> Mapping[str, Sector]:
    """Return all sectors by our word."""
    return {
        word: Sector(
            word=word,
            labels=entry["label"],
            names=tuple(entry["names"]),
            code=entry.get("code", ""),
            hrinfo=entry.get("hrinfo", ""),
            parent=entry.get("parent", ""),
        )
        for word, entry in _table()["sector"].items()
    }


def sector_key(text: str) -> str:
    """Return what the spellings of one name of a sector share; small words do not count."""
    words = _WORD.findall(folded(text))
    kept = [word for word in words if word not in name_words().small]
    return " ".join(kept or words)


@lru_cache(maxsize=_REMEMBERED)
def sector_reading(text: str) -> SectorReading:
    """Return what a cell says of the sector, or no words where it is not known."""
    single = _single(text)
    if single is not None:
        return single
    for parts in (_LIST.split(text), _with_commas(text)):
        known = _all_known(parts)
        if len(parts) > 1 and known:
            return _joined(known)
    return SectorReading(())


@lru_cache(maxsize=_REMEMBERED)
def _single(text: str) -> SectorReading | None:
    word = _named(sector_key(text))
    if word:
        return SectorReading((word,))
    return _bracketed(text) or _headed(text)


def _named(key: str) -> str:
    """Return the word for a key, with known words before or behind it left out."""
    known = _word_by_key()
    if key in known:
        return known[key]
    before, behind = _around()
    for word in before:
        if key.startswith(f"{word} ") and key.removeprefix(f"{word} ") in known:
            return known[key.removeprefix(f"{word} ")]
    for word in behind:
        if key.endswith(f" {word}") and key.removesuffix(f" {word}") in known:
            return known[key.removesuffix(f" {word}")]
    return ""


def _bracketed(text: str) -> SectorReading | None:
    inside = _BRACKET.search(text)
    if inside is None:
        return None
    outer, inner = _named(sector_key(_BRACKET.sub(" ", text))), _named(sector_key(inside[1]))
    narrowed = _narrower(outer, inner) if outer and inner else outer
    return SectorReading((narrowed,)) if narrowed else None


def _headed(text: str) -> SectorReading | None:
    """Read "Protection: Mine Action" and "Operatioanl Presence: Health"."""
    parts = _HEADED.split(tidy(text), maxsplit=1)
    if len(parts) == 1:
        return None
    head, tail = parts
    inner = _named(sector_key(tail))
    outer = _named(sector_key(head))
    if inner and outer:
        narrowed = _narrower(outer, inner)
        return SectorReading((narrowed,)) if narrowed else None
    right = _prefix_like(sector_key(head))
    return SectorReading((inner,), (), head, right) if inner and right else None


def _narrower(outer: str, inner: str) -> str:
    """Return the part of the other, or the sector itself where both say the same."""
    if inner == outer or sectors()[inner].parent == outer:
        return inner
    return outer if sectors()[outer].parent == inner else ""


def _prefix_like(key: str) -> str:
    for prefix in _table()["around"]["before"]:
        percent = fuzz.ratio(key, sector_key(prefix))
        if percent >= PREFIX_PERCENT:
            return str(prefix)
    return ""


def _all_known(parts: Iterable[str]) -> dict[str, SectorReading]:
    """Return what each part says, or nothing where one part is not known."""
    found: dict[str, SectorReading] = {}
    for part in parts:
        reading = _single(part) if sector_key(part) else None
        if reading is not None:
            found[part] = reading
        elif sector_key(part):
            return {}
    return found


def _with_commas(text: str) -> list[str]:
    """Split at commas, but keep names together that have a comma themselves; [] if one is none."""
    parts, found = text.split(","), []
    while parts:
        lengths = range(min(len(parts), _COMMAS_IN_A_NAME + 1), 0, -1)
        length = next((n for n in lengths if _single(",".join(parts[:n])) is not None), 0)
        if length == 0 and sector_key(parts[0]):
            return []
        found.append(",".join(parts[: length or 1]))
        parts = parts[length or 1 :]
    return found


def _joined(readings: Mapping[str, SectorReading]) -> SectorReading:
    names: dict[str, set[str]] = {}
    for part, reading in readings.items():
        for word in reading.words:
            names.setdefault(word, set()).add(sector_key(part))
    return SectorReading(tuple(names), tuple(w for w, keys in names.items() if len(keys) > 1))


@cache
def _word_by_key() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for sector in sectors().values():
        own = (sector.word.replace("_", " "), sector.code, *sector.labels.values())
        for name in (*own, *sector.names):
            if sector_key(name):
                found.setdefault(sector_key(name), sector.word)
    return found


@cache
def _around() -> tuple[tuple[str, ...], tuple[str, ...]]:
    around = _table()["around"]
    before = sorted(map(sector_key, around["before"]), key=len, reverse=True)
    behind = sorted(map(sector_key, around["behind"]), key=len, reverse=True)
    return tuple(before), tuple(behind)


@cache
def _table() -> dict[str, Any]:
    file = files("takatuf.activities.counting").joinpath("sectors.toml")
    return tomllib.loads(file.read_text("utf-8"))
