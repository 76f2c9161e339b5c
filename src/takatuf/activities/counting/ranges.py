"""The lowest and the highest honest count, group by group."""

from collections.abc import Sequence

import polars as pl

from takatuf.activities.counting.components import IS_COUNTED, WORK
from takatuf.activities.counting.works import (
    ACTIVITY,
    ORGANISATION,
    PERIOD,
    PLACES,
    ROLES,
    SECTOR,
    each_of,
    hashed,
    keyed,
    organisation_of,
)
from takatuf.activities.organisations.mentions import roles_in
from takatuf.activities.organisations.spelling import names_nobody, organisation_key, tidy

GROUP = "_group"  # of rows, as one number
IS_RUNNING = "_is_running"
PEOPLE_GROUP = "_people"  # displaced, returnees ...: other people
SERIES = (ORGANISATION, SECTOR, ACTIVITY)


def in_groups(works: pl.DataFrame, by: Sequence[str], running: Sequence[str]) -> pl.DataFrame:
    """Return the rows ready for counting: `_group`, and numbers in the place of their keys.

    Args:
        works: Of `with_components`.
        by: The columns of the groups.
        running: Organisations whose figures are totals since the start.
    """
    column = "population_group"
    people = keyed(works[column], organisation_key) if column in works.columns else None
    group = hashed(works, by) if by else pl.lit(0, pl.UInt64)
    keys = [_number(pl.col(c)) for c in (*PLACES, *SERIES, PERIOD)]
    return works.with_columns(
        group.alias(GROUP),
        _number(pl.lit(None, pl.String) if people is None else people).alias(PEOPLE_GROUP),
        pl.col(ORGANISATION).is_in(list(running)).fill_null(value=False).alias(IS_RUNNING),
        *keys,
    )


def people_of(works: pl.DataFrame, new: str, totals: Sequence[str]) -> pl.DataFrame:
    """Return `lowest` and `highest` count of people by `_group`, null where nobody says.

    Args:
        works: Of `in_groups`.
        new: The column of new people, "" for none.
        totals: The columns of all people of a period, the better one first.
    """
    rows = _values(works, new, totals)
    return _lowest(rows).join(_highest(rows), on=GROUP)


def counts_of(works: pl.DataFrame, figure: str) -> pl.DataFrame:
    """Return the lowest and highest number of organisations, activities or places by `_group`."""
    if figure == "organisations":
        return _organisations(works)
    if figure == "places":
        return _places(works)
    counted = works.filter(IS_COUNTED)
    same = hashed(counted, [SECTOR, ACTIVITY, PERIOD, *PLACES])
    return (
        counted.select(GROUP, same.alias("same"))
        .group_by(GROUP)
        .agg(lowest=pl.col("same").n_unique(), highest=pl.len())
    )


def _number(key: pl.Expr | pl.Series) -> pl.Expr:
    column = pl.lit(key) if isinstance(key, pl.Series) else key
    return column.cast(pl.Categorical).to_physical()


def _values(works: pl.DataFrame, new: str, totals: Sequence[str]) -> pl.DataFrame:
    """Return one row for each piece of work: new people and all, as lowest and highest."""
    nothing = pl.lit(None, pl.Float64)
    some, every = pl.col(new) if new else nothing, pl.coalesce(totals) if totals else nothing
    keys = (GROUP, *PLACES, *SERIES, PERIOD, PEOPLE_GROUP, IS_RUNNING)
    said = works.select(
        *keys,
        WORK,
        IS_COUNTED,
        new_low=_counted(some),
        new_high=_counted(some),
        all_low=_counted(every),
        all_high=_counted(every),
    )
    if works[IS_COUNTED].all():
        return said
    is_first = [pl.col(key).sort_by(IS_COUNTED, descending=True).first() for key in keys[1:]]
    # only rows that others are one with need to be brought together
    is_alone = pl.len().over(GROUP, WORK) == 1
    together = (
        said.filter(~is_alone)
        .group_by(GROUP, WORK)
        .agg(*is_first, pl.col("^.*_low$").min(), pl.col("^.*_high$").max())
    )
    return pl.concat([said.filter(is_alone).drop(IS_COUNTED), together], how="diagonal")


def _counted(value: pl.Expr) -> pl.Expr:
    return pl.when(value >= 0).then(value)  # fewer people than none is a fault, no figure


def _lowest(rows: pl.DataFrame) -> pl.DataFrame:
    levels = [*PLACES, PEOPLE_GROUP]
    place = [GROUP, *levels]
    numbered = rows.select(
        *place,
        "new_low",
        "all_low",
        _in_place=hashed(rows, place),
        _in_series=hashed(rows, [*place, *SERIES]),
        _in_period=hashed(rows, [*place, *SERIES, PERIOD]),
    )
    outer = pl.col("_in_place", "_in_series").first()
    value = (
        numbered.group_by("_in_period")
        .agg(pl.col("new_low", "all_low").max(), outer)
        .group_by("_in_series")
        .agg(_sum("new_low"), pl.col("all_low").max(), pl.col("_in_place").first())
        .group_by("_in_place")
        .agg(lowest=pl.max_horizontal("new_low", "all_low").max())
        .join(numbered.select(*place, "_in_place").unique("_in_place"), on="_in_place")
    )
    while levels:
        inner = levels.pop()
        is_part = pl.col(inner).is_not_null()
        value = (
            value.group_by(GROUP, *levels)
            .agg(
                parts=pl.col("lowest").filter(is_part).sum(),
                n_parts=pl.col("lowest").filter(is_part).count(),
                own=pl.col("lowest").filter(~is_part).max(),
            )
            .with_columns(lowest=pl.max_horizontal(_if_any("parts", "n_parts"), "own"))
        )
    return value.select(GROUP, "lowest")


def _highest(rows: pl.DataFrame) -> pl.DataFrame:
    said = rows.with_columns(value=pl.coalesce("new_high", "all_high"))
    if said[IS_RUNNING].any():
        series = [GROUP, *PLACES, *SERIES, PEOPLE_GROUP]
        last = (
            said.filter(IS_RUNNING)
            .group_by(*series, PERIOD)
            .agg(_sum("value"))
            .group_by(series)
            .agg(pl.col("value").max())
        )
        others = said.filter(~pl.col(IS_RUNNING))
        said = pl.concat([part.select(GROUP, "value") for part in (others, last)])
    return said.group_by(GROUP).agg(highest=_sum("value"))


def _if_any(column: str, count: str) -> pl.Expr:
    return pl.when(pl.col(count) > 0).then(pl.col(column))


def _sum(column: str) -> pl.Expr:
    return pl.when(pl.col(column).count() > 0).then(pl.col(column).sum()).alias(column)


def _organisations(works: pl.DataFrame) -> pl.DataFrame:
    named = pl.concat(
        works.select(GROUP, one=organisation_of(works, role), spelled=_spelled(works, role, short))
        .drop_nulls("one")
        .unique()
        for role, short in (roles_in(works) or {ROLES[0]: ""}).items()
    )
    lowest = (
        named.with_columns(one=each_of("one"))
        .explode("one")
        .group_by(GROUP)
        .agg(lowest=pl.col("one").n_unique())
    )
    spelled = named.group_by(GROUP).agg(highest=pl.col("spelled").drop_nulls().n_unique())
    found = lowest.join(spelled, on=GROUP)
    return found.with_columns(pl.max_horizontal("lowest", "highest").alias("highest"))


def _spelled(works: pl.DataFrame, role: str, acronym: str) -> pl.Series:
    texts = [keyed(works[c], _name) for c in (role, acronym) if c in works.columns]
    if not texts:
        return pl.Series([None] * works.height, dtype=pl.String)
    return pl.select(pl.coalesce(texts)).to_series()


def _name(text: str) -> str:
    return "" if names_nobody(text) else tidy(text)


def _places(works: pl.DataFrame) -> pl.DataFrame:
    named = works.select(GROUP, *PLACES).unique()
    located = named.filter(pl.any_horizontal(pl.col(*PLACES).is_not_null()))
    lowest = located
    for depth in range(1, len(PLACES)):
        outer, inner = list(PLACES[:depth]), list(PLACES[depth:])
        deeper = located.filter(pl.any_horizontal(pl.col(*inner).is_not_null()))
        is_outer = pl.all_horizontal(pl.col(*inner).is_null())
        kept = lowest.filter(is_outer).join(
            deeper.select(GROUP, *outer).unique(),
            on=[GROUP, *outer],
            how="anti",
            nulls_equal=True,
        )
        lowest = pl.concat([lowest.filter(~is_outer), kept])
    few = lowest.group_by(GROUP).agg(lowest=pl.len())
    many = located.group_by(GROUP).agg(highest=pl.len())
    return few.join(many, on=GROUP)
