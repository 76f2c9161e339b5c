"""A city as it is shipped: its files, its day, its founding statement; all of it data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources.abc import Traversable

from takatuf.picture.picture import Topic
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.things import Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class CityFile:
    """One table of the city, and since when its undated rows are known."""

    path: str
    known_from: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of the founding statement, in our words, and what it speaks of."""

    label: Labels
    asks: tuple[Topic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CityManifest:
    """What a city file says of itself."""

    folder: Traversable
    name: str
    thing: ThingId  # the city as a thing of the register
    at: date
    horizon_days: float
    seed: int
    weights: Mapping[str, float]
    files: tuple[CityFile, ...]
    founding_title: str
    founding: tuple[Sentence, ...]
    missing: tuple[str, ...]


def read_manifest(folder: Traversable) -> CityManifest:
    """Return the manifest of a city folder, ``city.toml``.

    Raises:
        KeyError, ValueError: The manifest is incomplete; that is its author's to mend.
    """
    table = tomllib.loads((folder / "city.toml").read_text("utf-8"))
    founding = table["founding"]
    return CityManifest(
        folder=folder,
        name=table["name"],
        thing=ThingId(table["thing"]),
        at=table["at"],
        horizon_days=float(table["horizon_days"]),
        seed=table["seed"],
        weights={name: float(weight) for name, weight in table["weights"].items()},
        files=tuple(
            CityFile(path=entry["path"], known_from=entry.get("known_from"))
            for entry in table["file"]
        ),
        founding_title=founding["title"],
        founding=tuple(
            Sentence(
                label=Labels(**entry["label"]),
                asks=tuple(_topic(text) for text in entry["asks"]),
            )
            for entry in founding["sentence"]
        ),
        missing=tuple(table["missing"]),
    )


def _topic(text: str) -> Topic:
    thing, name = text.split()
    return ThingId(thing), name
