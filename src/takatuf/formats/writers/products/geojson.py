"""The rows as GeoJSON (RFC 7946): a feature for each row, with a point where there is one.

A row without a position has a null geometry: the map shows as many features as the table rows.
"""

import json
from typing import Any

import polars as pl

from takatuf.formats.writers.products.about import about_json
from takatuf.formats.writers.products.content import Products
from takatuf.formats.writers.products.shown import ROW_ID, shown_columns, shown_frame

N_DECIMALS = 6  # a tenth of a metre
POSITION = ("lat", "lon")
_PLACED = {"place_label": pl.String, "lat": pl.Float64, "lon": pl.Float64}


def write_geojson(products: Products) -> bytes:
    """Return a FeatureCollection in UTF-8; longitude before latitude, WGS 84.

    The collection also says what stands around the rows, and the HXL tag of each property. A
    column that is blank in every row is left out.
    """
    frame = with_places(products)
    said = [word for word in frame.columns if word in _PLACED or _says_something(frame[word])]
    frame = frame.select(said)
    columns = shown_columns(frame.drop(_PLACED), "en")
    document = {
        "type": "FeatureCollection",
        "name": "activities",
        "about": about_json(products),
        "hxl": {column.word: column.hxl for column in columns},
        "features": [_feature(row) for row in frame.iter_rows(named=True)],
    }
    return (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _says_something(values: pl.Series) -> bool:
    return values.null_count() < len(values)


def with_places(products: Products) -> pl.DataFrame:
    """Return the rows as shown, with `place_label`, `lat` and `lon`.

    A position that is not given, not whole or not on the globe is null.
    """
    frame = products.frame
    given = frame.select(
        (pl.col(word) if word in frame.columns else pl.lit(None)).cast(dtype).alias(word)
        for word, dtype in _PLACED.items()
    )
    is_placed = pl.col("lat").is_between(-90, 90) & pl.col("lon").is_between(-180, 180)
    placed = given.select(
        "place_label", *(pl.when(is_placed).then(pl.col(w).round(N_DECIMALS)) for w in POSITION)
    )
    return shown_frame(products).hstack(placed)


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    lat, lon = row.pop("lat"), row.pop("lon")
    identity = {"id": row[ROW_ID]} if row.get(ROW_ID) else {}
    return {
        "type": "Feature",
        **identity,
        "geometry": None if lat is None else {"type": "Point", "coordinates": [lon, lat]},
        "properties": {word: value for word, value in row.items() if word != ROW_ID},
    }
