"""Figures that may count the same people again: running totals, and one figure in two sectors."""

import polars as pl

from takatuf.activities.counting.works import (
    ORGANISATION,
    PERIOD,
    PLACES,
    SECTOR,
    hashed,
    same_work,
)

FEWEST_PERIODS = 3  # of one series: two figures say nothing of a trend
FEWEST_SERIES = 2  # of one organisation
RUNNING_SHARE = 0.8  # of the series that never fall and grow at least once
RUNNING_SCHEMA = pl.Schema(
    {
        ORGANISATION: pl.String(),
        "n_series": pl.UInt32(),
        "n_running": pl.UInt32(),
        "rows": pl.List(pl.UInt32()),
    }
)


def running_totals(works: pl.DataFrame) -> pl.DataFrame:
    """Return organisations whose figures look like totals since the start of the year.

    A series is one organisation's figure for one activity in one place; it looks like a
    running total where it stands for three periods or more, never falls, and grows. Chance
    gives that to 1 series of 6 with three periods, so it takes 8 of 10 series.
    """
    figure = next((c for c in ("reached_total", "reached") if c in works.columns), "")
    if not figure:
        return pl.DataFrame(schema=RUNNING_SCHEMA)
    stated = works.filter(pl.col(figure).is_not_null() & pl.col(PERIOD).is_not_null())
    keyed_rows = stated.select("row", ORGANISATION, PERIOD, value=figure).with_columns(
        series=hashed(stated, same_work(but_for=[PERIOD]))
    )
    judged = _judged(keyed_rows)
    rows = keyed_rows.group_by(ORGANISATION).agg(rows=pl.col("row").sort())
    return (
        judged.group_by(ORGANISATION)
        .agg(n_series=pl.len(), n_running=pl.col("is_running").sum().cast(pl.UInt32))
        .filter(
            pl.col("n_series") >= FEWEST_SERIES,
            pl.col("n_running") >= RUNNING_SHARE * pl.col("n_series"),
        )
        .join(rows, on=ORGANISATION, nulls_equal=True)
        .select(*RUNNING_SCHEMA)
        .sort(ORGANISATION)
    )


def people_in_two_sectors(works: pl.DataFrame) -> pl.DataFrame:
    """Return rows with the same figure of people as a row of another sector.

    The organisation, the place and the period are the same too: likely the same people. The
    columns are row, same_as (the first of them) and reached.
    """
    figure = next(
        (c for c in ("reached", "reached_total", "reached_new") if c in works.columns), ""
    )
    if not figure:
        schema = {"row": pl.UInt32, "same_as": pl.UInt32, "reached": pl.Float64}
        return pl.DataFrame(schema=schema)
    stated = works.filter(pl.col(figure) > 0, pl.col(SECTOR).is_not_null())
    sector = pl.col(SECTOR).cast(pl.Categorical).to_physical()
    return (
        stated.select("row", figure, sector.alias(SECTOR))
        .with_columns(key=hashed(stated, [ORGANISATION, PERIOD, *PLACES, figure]))
        .with_columns(
            first=pl.col(SECTOR).min().over("key"),
            last=pl.col(SECTOR).max().over("key"),
            same_as=pl.col("row").min().over("key"),
        )
        .filter(pl.col("first") != pl.col("last"))
        .select("row", "same_as", reached=figure)
        .sort("row")
    )


def sectors_twice(works: pl.DataFrame) -> pl.DataFrame:
    """Return rows that stand under two codes of one sector and are equal but for the code.

    The columns are row, twin (the row under the first code), sector_word, code and twin_code.
    """
    schema = pl.Schema(
        {
            "row": pl.UInt32,
            "twin": pl.UInt32,
            "sector_word": pl.String,
            "code": pl.String,
            "twin_code": pl.String,
        }
    )
    columns = {"sector_word", "sector_code"}
    if not columns <= set(works.columns):
        return pl.DataFrame(schema=schema)
    key = [c for c in works.columns if c not in {"row", "sector", "sector_code", "row_id"}]
    key = [c for c in key if works[c].null_count() < works.height]
    coded = works.filter(pl.col("sector_word").is_not_null(), pl.col("sector_code").is_not_null())
    marked = coded.select("row", "sector_word", code="sector_code", key=hashed(coded, key))
    first = (
        marked.sort("code", "row")
        .group_by("key", maintain_order=True)
        .agg(twin=pl.col("row").first(), twin_code=pl.col("code").first())
    )
    return (
        marked.join(first, on="key")
        .filter(pl.col("code") != pl.col("twin_code"))
        .select(*schema)
        .cast(schema)
        .sort("row")
    )


def _judged(rows: pl.DataFrame) -> pl.DataFrame:
    """Return each series that is long enough, and whether it never falls and grows."""
    by_period = (
        rows.group_by("series", PERIOD)
        .agg(pl.col("value").sum(), pl.col(ORGANISATION).first())
        .sort("series", PERIOD)
    )
    is_next = pl.col("series") == pl.col("series").shift(1)
    step = pl.when(is_next).then(pl.col("value") - pl.col("value").shift(1))
    return (
        by_period.with_columns(step=step)
        .group_by("series")
        .agg(
            pl.col(ORGANISATION).first(),
            n_periods=pl.len(),
            is_running=(pl.col("step").min() >= 0) & (pl.col("step").max() > 0),
        )
        .filter(pl.col("n_periods") >= FEWEST_PERIODS)
    )
