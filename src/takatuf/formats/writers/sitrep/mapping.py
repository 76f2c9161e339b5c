"""The places of an activity frame as the layers of a printed map."""

from collections.abc import Mapping

import polars as pl

from takatuf.activities.counting.sectors import sectors
from takatuf.formats.city_report import Name
from takatuf.formats.writers.maps import MapPlace, Mark
from takatuf.formats.writers.maps.ground import is_position
from takatuf.formats.writers.maps.sheet import is_right_to_left
from takatuf.formats.writers.sitrep.rows import PLACE, SECTORS, with_needed_columns


def map_places_of(
    frame: pl.DataFrame, language: str, names: Mapping[str, Name] | None = None
) -> tuple[tuple[MapPlace, ...], int]:
    """Return the places with the sectors at work in them, and how many have no position.

    A place stands in the middle of the positions that its rows give; the more activities,
    the earlier it is named on the map.

    Args:
        frame: An activity frame with ``lat`` and ``lon``, null where unknown or withheld.
        language: Of the sectors' labels.
        names: By the place's label, its names in both scripts, where known.
    """
    full = with_needed_columns(frame).filter(pl.col(PLACE).is_not_null())
    absent = [pl.lit(None, pl.Float64).alias(c) for c in ("lat", "lon") if c not in full.columns]
    places = (
        full.with_columns(absent)
        .group_by(PLACE)
        .agg(
            pl.col("lon").cast(pl.Float64, strict=False).mean(),
            pl.col("lat").cast(pl.Float64, strict=False).mean(),
            pl.col(SECTORS).explode(empty_as_null=True).drop_nulls().unique().sort(),
            pl.col("activity_key").n_unique().alias("n_activities"),
        )
        .sort(PLACE)
    )
    found, n_without = [], 0
    for label, lon, lat, words, n_activities in places.iter_rows():
        if not is_position(lon, lat):
            n_without += 1
            continue
        found.append(
            MapPlace(
                name=(names or {}).get(label) or _name(label),
                lon=lon,
                lat=lat,
                marks=tuple(Mark(sector=w, label=_label(w, language)) for w in words),
                weight=float(n_activities),
            )
        )
    return tuple(found), n_without


def _name(label: str) -> Name:
    return Name(en="", ar=label) if is_right_to_left(label) else Name(en=label)


def _label(word: str, language: str) -> str:
    known = sectors().get(word)
    return known.labels[language] if known else word
