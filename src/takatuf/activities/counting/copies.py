"""Rows that stand more than once: exact copies, and rows that tell of the same work.

Whether a copy is a double entry or real work nobody can see in the table; so it is asked, once.
"""

import polars as pl

from takatuf.activities.counting.works import BOOKKEEPING, LINES, ORGANISATION, hashed, same_work
from takatuf.activities.organisations.sheet import Sheet
from takatuf.activities.tables import ERROR_CELLS

COPY_SCHEMA = pl.Schema({"row": pl.UInt32(), "same_as": pl.UInt32(), "n_same": pl.UInt32()})


def exact_copies(works: pl.DataFrame, cells: pl.DataFrame | None, sheet: Sheet) -> pl.DataFrame:
    """Return each row that repeats an earlier one in every cell: row, same_as, n_same.

    An error cell (``#N/A``) tells two rows apart as little as a blank one.

    Args:
        works: Of `with_works`.
        cells: The cells of the table as they stand, in the same order; None takes the columns
            that were understood.
        sheet: The letters of the columns; a row's own identity and date of entry do not count.
    """
    own = {sheet.letters.get(word, "") for word in BOOKKEEPING}
    content = (
        works.select(pl.exclude("^_.*$")).drop(BOOKKEEPING, strict=False)
        if cells is None
        else cells.drop(own, strict=False)
    )
    texts = [name for name, dtype in content.schema.items() if dtype == pl.String]
    wrong = [name for name in texts if content[name].str.starts_with("#").any()]
    said = content.with_columns(pl.col(wrong).replace(dict.fromkeys(ERROR_CELLS)))
    return _repeats(works["row"], hashed(said, said.columns))


def near_copies(works: pl.DataFrame, exact: pl.DataFrame) -> pl.DataFrame:
    """Return rows that repeat organisation, sector, activity, area and month of an earlier one.

    Rows for another indicator, group of people or project are other lines of a report and no
    copies. Exact copies are left out.
    """
    lines = [column for column in LINES if column in works.columns]
    rest = works.join(exact, on="row", how="anti")
    return _repeats(rest["row"], hashed(rest, [*same_work(), *lines]))


def share_by_organisation(works: pl.DataFrame, copies: pl.DataFrame) -> pl.DataFrame:
    """Return by organisation how many of its rows are copies, the most first."""
    marked = works.select("row", ORGANISATION, shown_name(works)).join(
        copies.select("row", is_copy=True), on="row", how="left"
    )
    return (
        marked.group_by(ORGANISATION)
        .agg(
            shown=pl.col("shown").min(),
            n_copies=pl.col("is_copy").sum().cast(pl.UInt32),
            n_rows=pl.len(),
        )
        .filter(pl.col("n_copies") > 0)
        .sort("n_copies", "shown", descending=[True, False], nulls_last=True)
    )


def shown_name(works: pl.DataFrame) -> pl.Expr:
    """Return how the organisation of a row is shown: the shorter of what there is."""
    columns = ("reporting_acronym", "reporting_organisation", "lead_acronym", "lead_organisation")
    return pl.coalesce([*(c for c in columns if c in works.columns), pl.lit("")]).alias("shown")


def _repeats(rows: pl.Series, key: pl.Series) -> pl.DataFrame:
    first = pl.col("row").min().over("key")
    return (
        pl.DataFrame({"row": rows, "key": key})
        .with_columns(same_as=first, n_same=pl.len().over("key"))
        .filter(pl.col("row") != pl.col("same_as"))
        .select("row", "same_as", "n_same")
        .cast(COPY_SCHEMA)
        .sort("row")
    )
