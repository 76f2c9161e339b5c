"""Gazetteers: places by code, each with its level, parent and names, and when this held.

A p-code names one place only together with its scheme and period: codes are used again. So a
gazetteer may hold several versions side by side, and matching goes by one of them.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from takatuf.activities.places.gazetteers.index import PlaceIndex

PLACES = pl.Schema(
    {
        "code": pl.String(),
        "level": pl.UInt8(),  # 0 country, 1 to 4 areas, 5 a place in one of these
        "parent": pl.String(),  # "" for none
        "scheme": pl.String(),  # "COD-AB 2023"; "" where nobody said
        "valid_from": pl.String(),  # ISO day; null: for ever
        "valid_to": pl.String(),  # the first day on which it no longer held; null: it still does
        "lat": pl.Float64(),
        "lon": pl.Float64(),
    }
)
NAMES = pl.Schema(
    {
        "code": pl.String(),
        "scheme": pl.String(),
        "language": pl.String(),  # "en", "ar", ..., "local", "alias"; "" where nobody said
        "name": pl.String(),
    }
)
_WRITTEN = [*PLACES, "language", "name"]


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Places of one or several schemes; its frames are never changed."""

    places: pl.DataFrame  # as `PLACES`, one row for each code of a scheme
    names: pl.DataFrame  # as `NAMES`, the name to show first

    @property
    def schemes(self) -> tuple[str, ...]:
        """Return the schemes in it, the one to match by first: the latest, then the largest."""
        order = self.places.group_by("scheme").agg(
            pl.len(), pl.col("valid_from").fill_null("").max()
        )
        best = order.sort("valid_from", "len", "scheme", descending=[True, True, False])
        return tuple(best["scheme"])

    @property
    def levels(self) -> tuple[int, ...]:
        """Return the levels of which it has places."""
        return tuple(sorted(self.places["level"].unique()))

    def of(self, scheme: str) -> "Gazetteer":
        """Return the places of one scheme."""
        mine = pl.col("scheme") == scheme
        return Gazetteer(self.places.filter(mine), self.names.filter(mine))

    def at(self, day: str) -> "Gazetteer":
        """Return the places that held on a day.

        Args:
            day: As ``2024-03-01``; a month or a year stands for its first day.
        """
        begun = pl.col("valid_from").is_null() | (pl.col("valid_from") <= day)
        lasting = pl.col("valid_to").is_null() | (pl.col("valid_to") > day)
        places = self.places.filter(begun & lasting)
        return Gazetteer(places, self.names.join(places, on=["code", "scheme"], how="semi"))

    @cached_property
    def index(self) -> PlaceIndex:
        """Return its first scheme, ready to look up in; made once."""
        return self._index_of(self.schemes[0]) if self.schemes else PlaceIndex((), ())

    @cached_property
    def older(self) -> tuple[PlaceIndex, ...]:
        """Return its other schemes likewise, each of which may explain a code."""
        return tuple(map(self._index_of, self.schemes[1:]))

    @cached_property
    def reused(self) -> pl.DataFrame:
        """Return the codes that stood for another place in an older scheme.

        Returns:
            `code`, `level`, `since` (the first day of the newer meaning, null for unknown), and
            `now` and `then`, the names; of places that share no name.
        """
        listed = [
            (code, place.level, place.name, older.places[code].name)
            for older in self.older
            for code, place in self.index.places.items()
            if code in older.places
            and not any(older.has_name(code, name) for name in (*place.names, code))
        ]
        names = ("code", "level", "now", "then")
        types = (pl.String, pl.UInt8, pl.String, pl.String)
        schema = dict(zip(names, types, strict=True))
        since = self.of(self.schemes[0]).places if self.schemes else self.places
        return (
            pl.DataFrame(listed, schema=schema, orient="row")
            .unique("code", keep="first", maintain_order=True)
            .join(since.select("code", since="valid_from"), on="code", maintain_order="left")
        )

    def _index_of(self, scheme: str) -> PlaceIndex:
        mine = self.of(scheme)
        places = mine.places.select("code", "level", "parent", "lat", "lon").sort("level", "code")
        return PlaceIndex(places.iter_rows(), mine.names.select("code", "name").iter_rows())


def merged(gazetteers: Iterable[Gazetteer]) -> Gazetteer:
    """Return all places of several gazetteers.

    Of a place that several have under one scheme the first is taken, with the names of all.
    """
    given = list(gazetteers)
    places = pl.concat([each.places for each in given] or [PLACES.to_frame()])
    names = pl.concat([each.names for each in given] or [NAMES.to_frame()])
    return Gazetteer(
        places.unique(["code", "scheme"], keep="first", maintain_order=True),
        names.unique(maintain_order=True),
    )


def to_csv(gazetteer: Gazetteer) -> str:
    """Return a gazetteer as CSV: a row for each name, with the facts of its place."""
    rows = gazetteer.places.join(
        gazetteer.names, on=["code", "scheme"], how="left", maintain_order="left_right"
    )
    return rows.select(_WRITTEN).write_csv()


def from_csv(text: str) -> Gazetteer:
    """Read what `to_csv` writes.

    Raises:
        polars.exceptions.PolarsError: It is not such a text; `to_csv` never writes another.
    """
    schema = {**PLACES, "language": pl.String(), "name": pl.String()}
    rows = pl.read_csv(io.StringIO(text), schema=schema)
    blank = pl.col("parent", "scheme", "language").fill_null("")
    rows = rows.with_columns(blank)
    names = rows.filter(pl.col("name").is_not_null()).select(list(NAMES))
    return Gazetteer(rows.select(list(PLACES)).unique(maintain_order=True), names)
