"""One version of a gazetteer, ready to look up in: by code, and by name below a place."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from takatuf.activities.places.gazetteers.centres import centres_of
from takatuf.activities.places.spelling.codes import CodeReader, readings_of, segments_of
from takatuf.activities.places.spelling.names import place_key, plain_key

COUNTRY = ""  # the parent of what has none: everything lies in it
_AREA_LEVELS = (1, 2, 3, 4)
PlaceRow = tuple[str, int, str, float | None, float | None]  # code, level, parent, lat, lon


@dataclass(slots=True)
class Place:
    """One place of an index."""

    code: str
    level: int
    parent: str  # "" for none
    lat: float | None
    lon: float | None
    names: list[str] = field(default_factory=list)  # the one to show first

    @property
    def name(self) -> str:
        """Return the name to show, or the code where it has none."""
        return self.names[0] if self.names else self.code


class PlaceIndex:
    """Places by code and by name; a name is looked up only below a place."""

    def __init__(self, places: Iterable[PlaceRow], names: Iterable[tuple[str, str]]) -> None:
        """Keep the places, each with its names; those of unknown places are left out."""
        self.places = {row[0]: Place(*row) for row in places}
        for code, name in names:
            if code in self.places and name not in self.places[code].names:
                self.places[code].names.append(name)
        self._above: dict[str, tuple[str, ...]] = {}
        self._labels: dict[str, str] = {}
        self._readers: dict[int, CodeReader] = {}
        self._by_key: dict[int, dict[str, list[str]]] = {}
        self._by_plain: dict[int, dict[str, list[str]]] = {}

    @cached_property
    def levels(self) -> frozenset[int]:
        """Return the levels of which there are places."""
        return frozenset(place.level for place in self.places.values())

    @cached_property
    def countries(self) -> frozenset[str]:
        """Return the countries of its codes, as two letters."""
        return frozenset(readings_of(code)[0][0] for code in self.places) - {""}

    @cached_property
    def centres(self) -> pl.DataFrame:
        """Return the middle of each place and how far from it a point may lie; made once."""
        return centres_of(
            [(place.code, place.level, place.lat, place.lon) for place in self.places.values()],
            self.above,
        )

    @cached_property
    def chains(self) -> pl.DataFrame:
        """Return for each place its level, the code of each level above, and its label."""
        levels = {code: place.level for code, place in self.places.items()}
        above = [{levels[up]: up for up in self.above(code)} for code in self.places]
        codes = {
            f"adm{level}_pcode": pl.Series([each.get(level) for each in above], dtype=pl.String)
            for level in _AREA_LEVELS
        }
        own = {"code": list(self.places), "place_label": list(map(self.label, self.places))}
        return pl.DataFrame(own | {"level": list(levels.values())}).with_columns(**codes)

    @cached_property
    def names(self) -> pl.DataFrame:
        """Return code and name of each name."""
        pairs = [(code, name) for code, place in self.places.items() for name in place.names]
        return pl.DataFrame(pairs, schema=["code", "name"], orient="row").cast(pl.String)

    @cached_property
    def of_level(self) -> dict[int, list[str]]:
        """Return the codes of each level."""
        found: dict[int, list[str]] = defaultdict(list)
        for code, place in self.places.items():
            found[place.level].append(code)
        return found

    @cached_property
    def _inside(self) -> dict[tuple[int, str], list[str]]:
        found: dict[tuple[int, str], list[str]] = defaultdict(list)
        for code, place in self.places.items():
            for outer in (*self.above(code)[1:], COUNTRY):
                found[place.level, outer].append(code)
        return found

    def reader(self, level: int) -> CodeReader:
        """Return what reads miswritten codes of a level; made once."""
        if level not in self._readers:
            codes = self.of_level.get(level, [])
            self._readers[level] = CodeReader(
                {code: segments_of(code, reversed(self.above(code)[1:])) for code in codes}
            )
        return self._readers[level]

    def above(self, code: str) -> tuple[str, ...]:
        """Return a code and those above it, the nearest first."""
        known = self._above.get(code)
        if known is None:
            chain: list[str] = []
            at = code
            while at in self.places and at not in chain:
                chain.append(at)
                at = self.places[at].parent
            known = self._above[code] = tuple(chain)
        return known

    def is_below(self, code: str, parent: str) -> bool:
        """Say whether a place lies in another, at any depth; everything lies in `COUNTRY`."""
        return parent == COUNTRY or parent in self.above(code)[1:]

    def below(self, level: int, parent: str) -> list[str]:
        """Return the codes of a level that lie in a place."""
        return self._inside.get((level, parent), [])

    def named(self, level: int, parent: str, name: str) -> list[str]:
        """Return the places of a level in a parent that have this name in any language.

        Those with the name as a whole; only where there are none, those whose names are one
        without type words and articles.
        """
        if level not in self._by_key:
            self._by_key[level], self._by_plain[level] = self._keys_of(level)
        for codes in (
            self._by_key[level].get(place_key(name), ()),
            self._by_plain[level].get(plain_key(name), ()),
        ):
            found = [code for code in codes if self.is_below(code, parent)]
            if found:
                return found
        return []

    def has_name(self, code: str, name: str) -> bool:
        """Say whether a place has this name in any language."""
        names = self.places[code].names
        key, plain = place_key(name), plain_key(name)
        return any(place_key(own) == key or plain_key(own) == plain for own in names)

    def label(self, code: str) -> str:
        """Return the names of a place and those above it: "Koro, Mopti"."""
        if code not in self._labels:
            chain = map(self.places.__getitem__, self.above(code))
            shown = ", ".join(place.name for place in chain if place.level)
            self._labels[code] = shown or self.places[code].name
        return self._labels[code]

    def _keys_of(self, level: int) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        by_key: dict[str, list[str]] = defaultdict(list)
        by_plain: dict[str, list[str]] = defaultdict(list)
        for code in self.of_level.get(level, []):
            names = self.places[code].names
            for key in dict.fromkeys(map(place_key, names)):
                by_key[key].append(code)
            for key in dict.fromkeys(map(plain_key, names)):
                by_plain[key].append(code)
        return by_key, by_plain
