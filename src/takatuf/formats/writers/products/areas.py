"""The areas of a gazetteer as a list: one name for each code, in the language of the reader."""

import polars as pl

from takatuf.activities.places.gazetteers.gazetteer import Gazetteer

_NO_NAMES_TO_SHOW = ("alias",)


def areas_of(gazetteer: Gazetteer, day: str, language: str) -> pl.DataFrame:
    """Return code, level, parent and name of the areas of the first scheme on a day.

    The name is in the language where there is one, else the first that the gazetteer shows.
    """
    held = gazetteer.at(day)
    if not held.schemes:
        return held.places.select("code", "level", "parent", name=pl.lit(None, pl.String))
    held = held.of(held.schemes[0])
    names = (
        held.names.filter(~pl.col("language").is_in(_NO_NAMES_TO_SHOW))
        .sort(pl.col("language") != language, maintain_order=True)
        .unique("code", keep="first", maintain_order=True)
        .select("code", "name")
    )
    places = held.places.select("code", "level", "parent")
    return places.join(names, on="code", how="left", maintain_order="left")
