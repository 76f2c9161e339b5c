"""Names without codes that stand in one area nearly always, and in another hardly ever."""

import polars as pl

from takatuf.activities.places.alone.levels import Level, value_of_each
from takatuf.activities.places.checks import Checked
from takatuf.activities.places.faults import as_faults
from takatuf.activities.places.spelling.names import is_whole_area, plain_key

_LEAST_ROWS = 10  # of a name; of fewer none is usual
_MOST_SHARE = 0.1  # of a name's rows; an area met less often is unusual


def check_unusual_areas(level: Level) -> Checked:
    """Return the rows in which a name stands in an area where it hardly ever does.

    Places in different areas may well have one name; so this is a fault to look at, and
    nothing follows from it. With codes, the codes themselves say more.
    """
    if not level.above or level.code:
        return Checked()
    named = level.places.drop_nulls("name").filter(pl.col("above") != "")
    wholes = [name for name in named["name"].unique() if is_whole_area(name)]
    areas = named.filter(~pl.col("name").is_in(wholes)).with_columns(
        area=value_of_each(named.filter(~pl.col("name").is_in(wholes))["above"], plain_key)
    )
    shares = areas.with_columns(
        here=pl.col("n_rows").sum().over("plain", "area"),
        all=pl.col("n_rows").sum().over("plain"),
    ).with_columns(most=pl.col("here").max().over("plain"))
    usual = shares.filter(pl.col("here") == pl.col("most")).sort("above")
    usual = usual.group_by("plain", maintain_order=True).agg(usually=pl.col("above").first())
    is_rare = (pl.col("here") < _MOST_SHARE * pl.col("all")) & (pl.col("all") >= _LEAST_ROWS)
    rare = shares.filter(is_rare).join(usual, on="plain")
    cells = level.cells.select("row", "name", "above").join(
        rare.select("name", "above", "usually", "most", "all"), on=["name", "above"]
    )
    return Checked(
        faults=as_faults(
            cells.with_columns(found=pl.format("{} in {}", "name", "above")),
            code="place.unusual-area",
            column=level.name,
            expected=pl.format("{}, as in {} of {} rows", "usually", "most", "all"),
            hint="Either it is another place of the same name, or one of the two is wrong.",
        )
    )
