"""Rows that answers made one: each set of them is counted once."""

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from takatuf.activities.counting.doubles import Doubles

WORK, IS_COUNTED = "_work", "_is_counted"


def with_components(works: pl.DataFrame, doubles: Doubles | None) -> pl.DataFrame:
    """Add `_work`, the same for rows that are one, and `_is_counted`, true for one row of each."""
    left_out = doubles.left_out if doubles else pl.DataFrame()
    if left_out.is_empty():
        place = pl.int_range(pl.len(), dtype=pl.Int32)
        return works.with_columns(place.alias(WORK), pl.lit(value=True).alias(IS_COUNTED))
    places = works.select("row", place=pl.int_range(pl.len(), dtype=pl.Int32))
    edges = (
        left_out.join(places, on="row")
        .join(places, left_on="same_as", right_on="row")
        .select("place", "place_right")
        .to_numpy()
    )
    ones = np.ones(len(edges), dtype=np.int8)
    graph = coo_array((ones, (edges[:, 0], edges[:, 1])), shape=(works.height, works.height))
    _, label = connected_components(graph, directed=False)
    labelled = works.with_columns(pl.Series(WORK, label, dtype=pl.Int32))
    left = pl.col("row").is_in(left_out["row"].implode())
    counted = (
        labelled.select("row", WORK, _left=left)
        .sort("_left", "row")
        .unique(WORK, keep="first", maintain_order=True)
        .select("row", pl.lit(value=True).alias(IS_COUNTED))
    )
    joined = labelled.join(counted, on="row", how="left", maintain_order="left")
    return joined.with_columns(pl.col(IS_COUNTED).fill_null(value=False))
