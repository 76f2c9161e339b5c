"""Which rows of an activity frame stand behind a figure, grouped by who sent them.

The frame is the one that the register gives: a row for each reported activity. Blank is
not zero: a row counts for a figure only where it says something of it.
"""

import polars as pl

from takatuf.formats.writers.sitrep.content import SourceRows

ORGANISATION, FILE, ROW = "reporting_organisation", "source_file", "row"
SECTOR, PLACE = "sector_word", "place_label"
SECTORS = "sectors_of_row"  # a list: a row can name several

_PLACE_COLUMNS = (PLACE, "place_name", "adm4_name", "adm3_name", "adm2_name", "adm1_name")
_SECTOR_COLUMNS = ("sector", "sector_code")
_TEXT_COLUMNS = ("activity", "report", ORGANISATION, "reporting_organisation_id", FILE)


def with_needed_columns(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with every column that a report needs; those it lacks are blank.

    A place is called by its finest name, a sector by our words, else as it was entered; an
    organisation is itself by its identity, else by its name; a row without an activity is one.
    """
    absent = [pl.lit(None, pl.String).alias(c) for c in _TEXT_COLUMNS if c not in frame.columns]
    if ROW not in frame.columns:
        absent.append(pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).alias(ROW))
    full = frame.with_columns(absent)
    names = [name for name in ("reporting_organisation_id", ORGANISATION) if name in full.columns]
    return full.with_columns(
        _first_of(full, _PLACE_COLUMNS).alias(PLACE),
        _sectors(full).alias(SECTORS),
        pl.coalesce(names).alias("organisation_key"),
        pl.coalesce("activity", pl.concat_str(pl.lit("row/"), ROW)).alias("activity_key"),
    )


def source_rows(frame: pl.DataFrame, keep: pl.Expr | None = None) -> tuple[SourceRows, ...]:
    """Return the rows of a frame that count, by organisation and file, most rows first."""
    kept = frame if keep is None else frame.filter(keep)
    groups = (
        kept.sort(ROW, "activity", "report", nulls_last=True)
        .group_by(pl.col(ORGANISATION).fill_null(""), pl.col(FILE).fill_null(""))
        .agg(
            pl.col(ROW),
            pl.col("activity").fill_null(""),
            pl.col("report").fill_null(""),
            pl.len().alias("n_rows"),
        )
        .sort("n_rows", ORGANISATION, FILE, descending=[True, False, False])
    )
    return tuple(
        SourceRows(
            organisation=group[ORGANISATION],
            file=group[FILE],
            rows=tuple(group[ROW]),
            activities=tuple(group["activity"]),
            reports=tuple(group["report"]),
        )
        for group in groups.iter_rows(named=True)
    )


def _sectors(frame: pl.DataFrame) -> pl.Expr:
    entered = _first_of(frame, _SECTOR_COLUMNS)
    as_list = pl.when(entered.is_not_null()).then(pl.concat_list(entered))
    if SECTOR not in frame.columns:
        return as_list
    return pl.coalesce(pl.col(SECTOR).str.split(" "), as_list)


def _first_of(frame: pl.DataFrame, columns: tuple[str, ...]) -> pl.Expr:
    there = [
        pl.when(pl.col(name).str.strip_chars() != "").then(pl.col(name).str.strip_chars())
        for name in columns
        if name in frame.columns
    ]
    return pl.coalesce(there) if there else pl.lit(None, pl.String)
