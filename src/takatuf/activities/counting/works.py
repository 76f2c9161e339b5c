"""What tells one piece of work from another: who, what, where and when, as keys by columns.

A key says nothing to a person. Two rows of one key may be the same work; a blank is a value
of its own in every key and is named in the counts.
"""

from collections.abc import Callable, Iterable

import polars as pl

from takatuf.activities.counting.sectors import sector_key
from takatuf.activities.organisations.spelling import names_nobody, organisation_key, tidy

LEVELS = (1, 2, 3, 4)
PLACES = tuple(f"_place{level}" for level in (*LEVELS, 5))  # from the province to the site
ORGANISATION, SECTOR, ACTIVITY, PERIOD = "_organisation", "_sector", "_activity", "_period"
LINES = (  # what tells two lines of one report apart
    "activity_code",
    "activity_description",
    "indicator",
    "indicator_code",
    "indicator_type",
    "item",
    "modality",
    "output_unit",
    "population_group",
    "project_code",
    "project_title",
)
BOOKKEEPING = frozenset(
    (
        "row",
        "row_id",
        "source_file",
        "updated_on",
        "activity",
        "report",
        "received_at",
        "attested_by",
    )
)
ROLES = ("reporting_organisation", "lead_organisation", "implementing_partner")

Key = Callable[[str], str]


def with_works(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with its keys of who, what, when and where (`_organisation`, `_place1` ...).

    Rows without a number get their place in the frame, from 1, as `row`; so do rows of several
    sheets, whose numbers repeat.
    """
    if "row" not in frame.columns or frame["row"].n_unique() < frame.height:
        numbers = pl.Series("row", range(1, frame.height + 1), dtype=pl.UInt32)
        frame = frame.with_columns(numbers)
    sector = (("sector_word", str), ("sector", sector_key), ("sector_code", sector_key))
    # spellings of an activity are asked about, so only white space is left out here
    activity = ((c, tidy) for c in ("activity_type", "activity_description", "indicator"))
    period = (("period", str), ("start", _month))
    return frame.with_columns(
        organisation_of(frame, ROLES[0], ROLES[1]).alias(ORGANISATION),
        _first(frame, sector).alias(SECTOR),
        _first(frame, activity).alias(ACTIVITY),
        _first(frame, period).alias(PERIOD),
        *(_first(frame, _area_columns(level)).alias(f"_place{level}") for level in LEVELS),
        pl.coalesce(_first(frame, _site_columns()), _point(frame)).alias(PLACES[-1]),
    )


def organisation_of(frame: pl.DataFrame, *roles: str) -> pl.Series:
    """Return who is named in the first of these roles: the identity, else the key of the name.

    Where no cell says who reports, it is whoever sent the row (`organisation`).
    """
    columns: list[tuple[str, Key]] = []
    for role in roles:
        acronym = role.replace("_organisation", "_acronym").replace("_partner", "_acronym")
        columns += [(f"{role}_id", str), (role, _who), (acronym, _who)]
    if ROLES[0] in roles:
        columns.append(("organisation", str))
    return _first(frame, columns)


def each_of(column: str) -> pl.Expr:
    """Return the organisations of a cell as a list: several identities stand with a space."""
    is_known = pl.col(column).str.starts_with("organisation/")
    return pl.when(is_known).then(pl.col(column).str.split(" ")).otherwise(pl.concat_list(column))


def same_work(*, but_for: Iterable[str] = ()) -> list[str]:
    """Return the columns of `with_works` that say the same work in the same place and month."""
    without = set(but_for)
    return [c for c in (ORGANISATION, SECTOR, ACTIVITY, PERIOD, *PLACES) if c not in without]


def hashed(frame: pl.DataFrame, columns: Iterable[str]) -> pl.Series:
    """Return one number of 64 bits for each row: equal where all these columns are equal.

    Two different rows of a million share one by chance in 1 of 40 million tables.
    """
    return frame.select(*columns).hash_rows(seed=0)


def keyed(column: pl.Series, key: Key) -> pl.Series:
    """Return the key of each text, made once for each text; null for blank and an empty key."""
    texts = column.unique().drop_nulls()
    keys = pl.Series([key(text) or None for text in texts], dtype=pl.String)
    return column.replace_strict(texts, keys, default=None, return_dtype=pl.String)


def _first(frame: pl.DataFrame, columns: Iterable[tuple[str, Key]]) -> pl.Series:
    found = [
        frame[column] if key is str else keyed(frame[column], key)
        for column, key in columns
        if column in frame.columns and frame[column].null_count() < frame.height
    ]
    if not found:
        return pl.Series([None] * frame.height, dtype=pl.String)
    return pl.select(pl.coalesce(found)).to_series()


def _area_columns(level: int) -> list[tuple[str, Key]]:
    return [
        (f"adm{level}_pcode", str),
        (f"adm{level}_code", _code),
        (f"adm{level}_name", organisation_key),
        (f"adm{level}_name_local", organisation_key),
    ]


def _site_columns() -> list[tuple[str, Key]]:
    words = ("place_code", "place_name", "place_name_local", "neighbourhood_name_local")
    return [(word, organisation_key) for word in (*words, "place_other")]


def _point(frame: pl.DataFrame) -> pl.Expr:
    """Return the position as a key, for rows that name no site."""
    for lat, lon in (("latitude", "longitude"), ("lat", "lon")):
        if lat in frame.columns and lon in frame.columns:
            return pl.concat_str(pl.col(lat, lon).cast(pl.String), separator=" ")
    return pl.lit(None, pl.String)


def _who(text: str) -> str:
    return "" if names_nobody(text) else organisation_key(text)


def _code(text: str) -> str:
    return "" if text.startswith("#") else text.strip().upper()  # an error cell is no code


def _month(text: str) -> str:
    return text[:7]
