"""Countries by the codes of ISO 3166-1, with names in six languages and a rough frame.

The frame is drawn from a coarse map and misses small islands, so a point is called outside
only with grace. Names: Unicode CLDR. Frames: Natural Earth 1:110 million, public domain.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from takatuf.activities.places.spelling.names import place_key

_LANGUAGES = ("en", "ar", "fr", "es", "uk", "ru")
_SIDES = ("south", "west", "north", "east")
GRACE_DEGREES = 5.0  # islands that the coarse map leaves out lie within


@dataclass(frozen=True, slots=True)
class Frame:
    """An area between two parallels and two meridians, in degrees, WGS 84."""

    south: float
    west: float
    north: float
    east: float

    def widened(self, degrees: float) -> "Frame":
        """Return the frame, so many degrees larger on every side."""
        return Frame(
            self.south - degrees, self.west - degrees, self.north + degrees, self.east + degrees
        )


@dataclass(frozen=True, slots=True)
class Country:
    """One country or territory."""

    alpha_2: str
    alpha_3: str
    names: Mapping[str, str]  # by language
    frame: Frame | None  # None where the coarse map does not have it


def country_of(text: str) -> Country | None:
    """Return the country of a code of two or three letters, or of a name, or None."""
    found = _by_code().get(text.strip().upper())
    return found or _by_name().get(place_key(text))


def countries() -> Mapping[str, Country]:
    """Return all countries by their code of two letters."""
    return {country.alpha_2: country for country in _countries()}


def alpha_2_of(letters: str) -> str:
    """Return the code of two letters for one of three; "" where that is no country's."""
    found = _by_code().get(letters)
    return found.alpha_2 if found is not None else ""


@cache
def _countries() -> tuple[Country, ...]:
    file = files("takatuf.activities.places.spelling") / "countries.csv"
    return tuple(map(_country, csv.DictReader(file.read_text("utf-8").splitlines())))


def _country(row: Mapping[str, str]) -> Country:
    sides = [row[side] for side in _SIDES]
    return Country(
        alpha_2=row["alpha_2"],
        alpha_3=row["alpha_3"],
        names={language: row[language] for language in _LANGUAGES},
        frame=Frame(*map(float, sides)) if all(sides) else None,
    )


@cache
def _by_code() -> dict[str, Country]:
    both = [(country.alpha_2, country) for country in _countries()]
    return dict(both + [(country.alpha_3, country) for country in _countries()])


@cache
def _by_name() -> dict[str, Country]:
    return {place_key(name): land for land in _countries() for name in land.names.values()}
