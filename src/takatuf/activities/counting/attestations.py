"""Rows that tell of one activity from two sides: who leads it and who carries it out.

The pairing is a function of the rows: their order does not change it. A pair is certain only
where one row stands on each side; otherwise who worked with whom is not in the table.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import polars as pl

from takatuf.activities.counting.works import (
    ACTIVITY,
    ORGANISATION,
    each_of,
    hashed,
    keyed,
    organisation_of,
    same_work,
)
from takatuf.activities.organisations.mentions import roles_in
from takatuf.activities.organisations.spelling import organisation_key

REPORTING, IMPLEMENTING = "reporting", "implementing"
BY_TYPE, BY_NAME = "both sides report", "the partner is named"
_WHERE = "_where"  # the work but for who does it
PAIR_SCHEMA = pl.Schema(
    {
        "row": pl.UInt32(),
        "twin": pl.UInt32(),
        "by": pl.String(),
        "is_certain": pl.Boolean(),
        "says_activity": pl.Boolean(),  # false: the activity is blank in both rows
    }
)


def pairs_of(works: pl.DataFrame) -> pl.DataFrame:
    """Return each row from the leading side with a row from the other side: its `twin`.

    Rows are paired within the same sector, activity, area and month: by the column of the
    operation's type, and where a row names another organisation as its partner that tells of
    the same work itself. A row has at most one twin; a twin may have several.

    Args:
        works: Of `with_works`, also of several partners' files together.
    """
    named = _named_pairs(works)
    typed = _typed_pairs(works.join(named, on="row", how="anti"))
    return pl.concat([named, typed]).sort("row", "twin")


def sides(works: pl.DataFrame) -> pl.DataFrame:
    """Return the rows whose operation type says a side: row, `side`."""
    if "operation_type" not in works.columns:
        return pl.DataFrame(schema={"row": pl.UInt32, "side": pl.String})
    side = keyed(works["operation_type"], lambda text: _sides().get(organisation_key(text), ""))
    return works.select("row").with_columns(side=side).drop_nulls("side")


def _typed_pairs(works: pl.DataFrame) -> pl.DataFrame:
    sided = _with_where(works.join(sides(works), on="row"))
    leading, carrying = (sided.filter(side=side) for side in (REPORTING, IMPLEMENTING))
    own = _paired(leading, carrying, [_WHERE, ORGANISATION])
    rest = leading.join(own, on="row", how="anti")
    free = carrying.join(own, left_on="row", right_on="twin", how="anti")
    others = _paired(rest, free, [_WHERE])
    shared = _paired(rest.join(others, on="row", how="anti"), carrying, [_WHERE])
    counted = (
        leading.with_columns(n_leading=pl.len().over(_WHERE))
        .join(carrying.group_by(_WHERE).agg(n_carrying=pl.len()), on=_WHERE)
        .select(
            "row",
            by=pl.lit(BY_TYPE),
            is_certain=(pl.col("n_leading") == 1) & (pl.col("n_carrying") == 1),
            says_activity=pl.col(ACTIVITY).is_not_null(),
        )
    )
    return pl.concat([own, others, shared]).join(counted, on="row").select(*PAIR_SCHEMA)


def _paired(leading: pl.DataFrame, carrying: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """Pair the rows of a key in the order of organisation and row, the last side round again."""
    place = pl.int_range(pl.len(), dtype=pl.UInt32).over(key)
    ones = leading.sort(ORGANISATION, "row").with_columns(place=place)
    others = carrying.sort(ORGANISATION, "row").with_columns(place=place)
    counts = others.group_by(key).agg(n_twins=pl.len())
    return (
        ones.join(counts, on=key, nulls_equal=True)
        .with_columns(pl.col("place") % pl.col("n_twins"))
        .join(others.select(*key, "place", twin="row"), on=[*key, "place"], nulls_equal=True)
        .select("row", "twin")
    )


def _named_pairs(works: pl.DataFrame) -> pl.DataFrame:
    """Pair a row that names a partner with the partner's own row of the same work."""
    named = works.with_columns(_lead=organisation_of(works, "lead_organisation"))
    leading = _with_partners(works).filter(pl.col("_partner").ne_missing(pl.col(ORGANISATION)))
    if leading.is_empty():
        return pl.DataFrame(schema=PAIR_SCHEMA)
    # rows of one partner for one work are brought together first: the join stays small
    twins = (
        _with_where(named)
        .group_by(_WHERE, _partner=pl.col(ORGANISATION), _other="_lead")
        .agg(twin=pl.col("row").min(), n_rows=pl.len())
    )
    found = _with_where(leading).join(twins, on=[_WHERE, "_partner"])
    other = pl.col("_other")
    agrees = other.is_null() | (other == pl.col(ORGANISATION)) | (other == pl.col("_partner"))
    return (
        found.filter(agrees)
        .group_by("row")
        .agg(
            twin=pl.col("twin").min(),
            n_twins=pl.col("n_rows").sum(),
            says_activity=pl.col(ACTIVITY).first().is_not_null(),
        )
        .with_columns(
            by=pl.lit(BY_NAME),
            is_certain=(pl.col("n_twins") == 1) & (pl.len().over("twin") == 1),
        )
        .select(*PAIR_SCHEMA)
        .cast(PAIR_SCHEMA)
    )


def _with_partners(works: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each partner that a row names, in all columns of partners."""
    roles = [role for role in roles_in(works) if role.startswith("implementing_partner")]
    told = [works.with_columns(_partner=organisation_of(works, role)) for role in roles]
    empty = works.clear().with_columns(_partner=pl.lit(None, pl.String))
    return (
        pl.concat([empty, *told])
        .drop_nulls("_partner")
        .with_columns(_partner=each_of("_partner"))
        .explode("_partner")
    )


def _with_where(works: pl.DataFrame) -> pl.DataFrame:
    key = hashed(works, same_work(but_for=[ORGANISATION]))
    return works.with_columns(key.alias(_WHERE))


@cache
def _sides() -> Mapping[str, str]:
    file = files("takatuf.activities.counting").joinpath("roles.toml")
    table = tomllib.loads(file.read_text("utf-8"))
    return {organisation_key(word): side for side, words in table.items() for word in words}
