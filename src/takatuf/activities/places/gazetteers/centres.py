"""The middle of each place of a gazetteer, and how far from it a point may lie."""

from collections.abc import Callable, Iterable

import numpy as np
import polars as pl
from numpy.typing import NDArray

CENTRES = pl.Schema(
    {"place": pl.String(), "lat": pl.Float64(), "lon": pl.Float64(), "reach_km": pl.Float64()}
)
_EARTH_KM = 6371.0
_LEAST_REACH_KM = 10.0
_LEAST_POINTS = 4
_N_USUAL = 5
_N_SPACINGS = 3
_MOST_FOR_SPACING = 100  # places of a level: their usual distance is known from so many


def centres_of(
    places: Iterable[tuple[str, int, float | None, float | None]],
    above: Callable[[str], Iterable[str]],
) -> pl.DataFrame:
    """Return the middle of each place, and how far from it a point may lie.

    A place without a point of its own lies in the middle of those in it. A point may lie as far
    as the farthest of these, and further by three times the usual distance between neighbours
    of that level; never less than 10 km.

    Args:
        places: Code, level, latitude and longitude of each.
        above: Gives the codes above a code, itself first.

    Returns:
        As `CENTRES`, for each place with a point in it.
    """
    schema = {"code": pl.String, "level": pl.UInt8, "lat": pl.Float64, "lon": pl.Float64}
    listed = pl.DataFrame(list(places), schema=schema, orient="row")
    points = listed.drop_nulls(["lat", "lon"])
    pairs = [(code, outer) for code in points["code"] for outer in above(code)]
    chains = pl.DataFrame(
        {"code": [code for code, _ in pairs], "place": [outer for _, outer in pairs]},
        schema={"code": pl.String, "place": pl.String},
    )
    inner = points.join(chains, on="code")
    middle = inner.group_by("place").agg(
        pl.col("lat").mean().alias("middle_lat"), pl.col("lon").mean().alias("middle_lon")
    )
    apart = inner.join(middle, on="place")
    sides = (apart[word].to_numpy() for word in ("lat", "lon", "middle_lat", "middle_lon"))
    reach = apart.with_columns(km=distance_km(*sides)).group_by("place").agg(pl.col("km").max())
    spacing = pl.DataFrame(
        [(level, _spacing(points.filter(pl.col("level") == level))) for level in range(6)],
        schema={"level": pl.UInt8, "spacing": pl.Float64},
        orient="row",
    )
    return (
        middle.join(reach, on="place")
        .join(listed.select("level", place="code"), on="place")
        .join(spacing, on="level")
        .select(
            "place",
            lat="middle_lat",
            lon="middle_lon",
            reach_km=pl.max_horizontal(pl.col("km") + pl.col("spacing"), pl.lit(_LEAST_REACH_KM)),
        )
    )


def usual_points(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the middle of a table's own points of each place that has four or more.

    A point may lie five times as far from it as half of them do, and always 10 km.

    Args:
        rows: `place`, and `latitude` and `longitude` in degrees.

    Returns:
        As `CENTRES`.
    """
    points = rows.select("place", lat="latitude", lon="longitude").drop_nulls()
    middle = points.group_by("place").agg(
        middle_lat=pl.col("lat").median(), middle_lon=pl.col("lon").median(), n_points=pl.len()
    )
    apart = points.join(middle.filter(pl.col("n_points") >= _LEAST_POINTS), on="place")
    sides = (apart[word].to_numpy() for word in ("lat", "lon", "middle_lat", "middle_lon"))
    reach = pl.max_horizontal(_N_USUAL * pl.col("km").median(), pl.lit(_LEAST_REACH_KM))
    found = apart.with_columns(km=distance_km(*sides)).group_by("place")
    return found.agg(
        lat=pl.col("middle_lat").first(), lon=pl.col("middle_lon").first(), reach_km=reach
    ).cast(CENTRES)


def distance_km(
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    other_lat: NDArray[np.float64],
    other_lon: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return great-circle distances in km between points in degrees, on a sphere (to 0.5 %)."""
    one, other = np.radians(lat), np.radians(other_lat)
    across = np.sin(np.radians(other_lon - lon) / 2) ** 2
    half = np.sin((other - one) / 2) ** 2 + np.cos(one) * np.cos(other) * across
    kilometres: NDArray[np.float64] = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return kilometres


def _spacing(points: pl.DataFrame) -> float:
    """Return three times the usual distance of a place to its nearest neighbour, in km."""
    at = points.select("lat", "lon").unique(maintain_order=True).to_numpy()
    some = at[:: max(1, len(at) // _MOST_FOR_SPACING)]
    if len(at) < 2:  # noqa: PLR2004 - one point has no neighbour
        return 0.0
    apart = distance_km(some[:, None, 0], some[:, None, 1], at[None, :, 0], at[None, :, 1])
    apart[apart == 0] = np.inf
    return _N_SPACINGS * float(np.median(apart.min(axis=1)))
