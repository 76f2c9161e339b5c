"""The 4W by place and sector: counted elsewhere where it was, else from the rows themselves."""

from collections.abc import Mapping

import polars as pl

from takatuf.formats.writers.maps.texts import Texts
from takatuf.formats.writers.sitrep.content import Cell, SourceRows, Summary
from takatuf.formats.writers.sitrep.rows import PLACE, SECTORS, source_rows

_KEY = "matrix_place"
_LEVELS = (4, 3, 2, 1)
_ENDS = ("pcode", "code", "name")

_Place = tuple[str | None, str | None]  # place and sector, either may be unknown


def summary_of(
    full: pl.DataFrame, matrix: pl.DataFrame | None, labels: Mapping[str, str], words: Texts
) -> Summary | None:
    """Return who works where in what, or None where no row names both place and sector.

    Args:
        full: The rows, with the columns of a report.
        matrix: Of `matrix_of`; None to count the rows by their finest place.
        labels: The names of the sectors by our word.
        words: The texts.
    """
    cells = (
        _counted_here(full, labels)
        if matrix is None
        else _counted_elsewhere(full, matrix, labels, words)
    )
    if not cells:
        return None
    return Summary(
        sectors=tuple(sorted({cell.sector for cell in cells})),
        places=tuple(dict.fromkeys(cell.place for cell in cells)),
        cells=cells,
        rule=words("built.summary_rule"),
        not_included=_left_out(full, words) if matrix is None else (),
    )


def _counted_here(full: pl.DataFrame, labels: Mapping[str, str]) -> tuple[Cell, ...]:
    named = full.filter(pl.col(PLACE).is_not_null() & pl.col(SECTORS).is_not_null())
    return tuple(
        Cell(
            place=str(place),
            sector=labels[str(sector)],
            n_organisations=rows["organisation_key"].drop_nulls().n_unique(),
            n_activities=rows["activity_key"].n_unique(),
            rows=source_rows(rows),
        )
        for (place, sector), rows in _by_place(named, PLACE).items()
    )


def _counted_elsewhere(
    full: pl.DataFrame, matrix: pl.DataFrame, labels: Mapping[str, str], words: Texts
) -> tuple[Cell, ...]:
    rows_of = {
        key: source_rows(rows) for key, rows in _by_place(_with_key(full, matrix), _KEY).items()
    }
    at_work = matrix.filter(pl.col("n_activities") > 0).sort(
        "place_label", "sector_word", nulls_last=True
    )
    return tuple(_cell(row, rows_of, labels, words) for row in at_work.iter_rows(named=True))


def _cell(
    row: Mapping[str, object],
    rows_of: Mapping[_Place, tuple[SourceRows, ...]],
    labels: Mapping[str, str],
    words: Texts,
) -> Cell:
    place, sector = row["place"], row["sector_word"]
    key = (None if place is None else str(place), None if sector is None else str(sector))
    return Cell(
        place=str(row["place_label"] or place or words("summary.wider")),
        sector=labels.get(key[1] or "", key[1] or words("built.no_sector_name")),
        n_organisations=_count(row["n_organisations"]),
        n_activities=_count(row["n_activities"]),
        lowest=_amount(row["reached_lowest"]),
        highest=_amount(row["reached_highest"]),
        n_overlaps=_count(row.get("n_overlaps")),
        rows=rows_of.get(key, ()),
    )


def _by_place(full: pl.DataFrame, place: str) -> dict[_Place, pl.DataFrame]:
    single = full.explode(SECTORS, empty_as_null=True).sort(place, SECTORS, nulls_last=True)
    parts = single.partition_by(place, SECTORS, as_dict=True, maintain_order=True)
    return {(key[0], key[1]): rows for key, rows in parts.items()}


def _with_key(full: pl.DataFrame, matrix: pl.DataFrame) -> pl.DataFrame:
    # The matrix names places of one level by code, else by name: find the level that fits.
    wanted = matrix["place"].drop_nulls().unique()
    best, n_best = pl.lit(None, pl.String), 0
    for level in _LEVELS:
        columns = [f"adm{level}_{end}" for end in _ENDS if f"adm{level}_{end}" in full.columns]
        if columns:
            key = pl.coalesce(pl.col(*columns).str.strip_chars())
            n_found = full.select(key.is_in(wanted.implode()).sum()).item()
            if n_found > n_best:
                best, n_best = key, n_found
    return full.with_columns(best.alias(_KEY))


def _left_out(full: pl.DataFrame, words: Texts) -> tuple[str, ...]:
    counts = (
        ("no_place", full[PLACE].null_count()),
        ("no_sector", full[SECTORS].null_count()),
    )
    return tuple(
        words(f"built.{word}", count=words.number(count)) for word, count in counts if count
    )


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0


def _amount(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
