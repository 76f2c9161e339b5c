"""Who is where: gaps, overlaps, and the look before one plans in a place.

A gap is a place and a sector in which no row names anybody. It says nothing of whether help
is needed there, and nothing of organisations that did not report.
"""

import polars as pl

from takatuf.activities.counting.components import IS_COUNTED, with_components
from takatuf.activities.counting.doubles import Doubles
from takatuf.activities.counting.ranges import GROUP, counts_of, in_groups, people_of
from takatuf.activities.counting.reached import PEOPLE, each_sector
from takatuf.activities.counting.works import (
    ACTIVITY,
    LEVELS,
    ORGANISATION,
    PERIOD,
    PLACES,
    hashed,
    with_works,
)

GAP, ONE, SEVERAL, OVERLAP = "gap", "one", "several", "overlap"
PLACE, LABEL, SECTOR_WORD = "place", "place_label", "sector_word"
DEFAULT_LEVEL = 2


def matrix_of(
    frame: pl.DataFrame,
    need: pl.DataFrame | None = None,
    level: int = DEFAULT_LEVEL,
    doubles: Doubles | None = None,
) -> pl.DataFrame:
    """Return for each place and sector who is there: nobody, one, several, or an overlap.

    Rows that name a larger area alone stand under a place of null: they may cover any place
    in it, and are never a gap.

    Args:
        frame: Rows in our words, matched, with `sector_word`.
        need: Places and sectors with need: place (code), sector_word, in_need (people) and,
            if there is one, place_label.
        level: The administrative level of the places; where the frame does not go so deep,
            the deepest that it has.
        doubles: Of `count_doubles`, for the range of people.

    Returns:
        place, place_label, sector_word, n_organisations, n_activities, reached_lowest,
        reached_highest, n_overlaps (activities that two or more tell of in one month), state,
        and in_need where `need` is given; all places by all sectors.
    """
    located = with_works(_located(frame, level))
    rows = each_sector(with_components(located, doubles))
    running = doubles.running_organisations if doubles else ()
    cells = _cells(in_groups(rows, [PLACE, SECTOR_WORD], running)).join(
        _overlaps(rows), on=[PLACE, SECTOR_WORD], how="left", nulls_equal=True
    )
    asked = pl.DataFrame(schema={PLACE: pl.String, SECTOR_WORD: pl.String})
    grid = _grid(located, asked if need is None else need)
    found = grid.join(cells, on=[PLACE, SECTOR_WORD], how="left", nulls_equal=True)
    if need is not None:
        found = found.join(
            need.select(PLACE, SECTOR_WORD, "in_need"), on=[PLACE, SECTOR_WORD], how="left"
        )
    return _with_state(found).sort(PLACE, SECTOR_WORD, nulls_last=True)


def who_is_there(frame: pl.DataFrame, place: str, sector: str = "") -> pl.DataFrame:
    """Return who tells of work in a place, for a look before one plans there.

    Rows for a larger area that the place is in are among them, with `is_wider` true: they may
    mean this place.

    Args:
        frame: Rows in our words, matched.
        place: The code of the place, at any level.
        sector: Our word, or "" for all sectors.

    Returns:
        organisation, sector_word, activity_type, is_wider, first_period, last_period, status,
        n_rows; the latest first.
    """
    works = with_works(frame)
    here = pl.any_horizontal(pl.col(name) == place for name in PLACES)
    chosen = works.with_columns(is_wider=~here.fill_null(value=False)).filter(
        here.fill_null(value=False) | _is_around(works, place)
    )
    if sector and SECTOR_WORD in works.columns:
        chosen = chosen.filter(pl.col(SECTOR_WORD).str.split(" ").list.contains(sector))
    shown = [c for c in (SECTOR_WORD, "activity_type") if c in works.columns]
    if "status" not in chosen.columns:
        chosen = chosen.with_columns(status=pl.lit(None, pl.String))
    order = ["last_period", "organisation", *shown, "is_wider"]
    return (
        chosen.group_by(pl.col(ORGANISATION).alias("organisation"), *shown, "is_wider")
        .agg(
            first_period=pl.col(PERIOD).min(),
            last_period=pl.col(PERIOD).max(),
            status=pl.col("status").sort_by(PERIOD).last(),
            n_rows=pl.len(),
        )
        .sort(order, descending=[name == "last_period" for name in order], nulls_last=True)
    )


def _located(frame: pl.DataFrame, level: int) -> pl.DataFrame:
    """Add the place of each row at a level, with the name it is shown by."""
    depth = _depth(frame, level)
    columns = [f"adm{depth}_pcode", f"adm{depth}_code", f"adm{depth}_name"]
    here = [c for c in columns if c in frame.columns]
    names = [c for c in (f"adm{depth}_name", *here) if c in frame.columns]
    text = pl.coalesce(pl.col(*here).str.strip_chars()) if here else pl.lit(None, pl.String)
    label = pl.coalesce(pl.col(*names).str.strip_chars()) if names else pl.lit(None, pl.String)
    sector = pl.col(SECTOR_WORD) if SECTOR_WORD in frame.columns else pl.lit(None, pl.String)
    return frame.with_columns(sector.alias(SECTOR_WORD), place=text, place_label=label)


def _depth(frame: pl.DataFrame, level: int) -> int:
    for depth in range(level, 0, -1):
        columns = [f"adm{depth}_{end}" for end in ("pcode", "code", "name")]
        if any(c in frame.columns and frame[c].null_count() < frame.height for c in columns):
            return depth
    return level


def _cells(works: pl.DataFrame) -> pl.DataFrame:
    new, totals = PEOPLE["reached"]
    new_here = new if new in works.columns else ""
    people = people_of(works, new_here, [c for c in totals if c in works.columns])
    organisations, activities = (counts_of(works, f) for f in ("organisations", "activities"))
    return (
        works.select(GROUP, PLACE, SECTOR_WORD)
        .unique(GROUP)
        .join(organisations.select(GROUP, n_organisations="lowest"), on=GROUP, how="left")
        .join(activities.select(GROUP, n_activities="lowest"), on=GROUP, how="left")
        .join(people, on=GROUP, how="left")
        .rename({"lowest": "reached_lowest", "highest": "reached_highest"})
        .drop(GROUP)
    )


def _overlaps(rows: pl.DataFrame) -> pl.DataFrame:
    works = rows.filter(
        pl.col(IS_COUNTED), pl.col(ACTIVITY).is_not_null(), pl.col(ORGANISATION).is_not_null()
    )
    who = pl.col(ORGANISATION).cast(pl.Categorical).to_physical()
    is_overlap = pl.col("who").min() < pl.col("who").max()
    return (
        works.select(PLACE, SECTOR_WORD, who=who)
        .with_columns(work=hashed(works, [SECTOR_WORD, ACTIVITY, PERIOD, PLACE, *PLACES]))
        .group_by("work")
        .agg(pl.col(PLACE, SECTOR_WORD).first(), is_overlap=is_overlap)
        .group_by(PLACE, SECTOR_WORD)
        .agg(n_overlaps=pl.col("is_overlap").sum().cast(pl.UInt32))
    )


def _grid(located: pl.DataFrame, need: pl.DataFrame) -> pl.DataFrame:
    labels = located.group_by(PLACE).agg(pl.col(LABEL).drop_nulls().min())
    needed = need.select(
        PLACE, pl.col(LABEL) if LABEL in need.columns else pl.col(PLACE).alias(LABEL)
    )
    places = pl.concat([labels, needed]).unique(PLACE, keep="first", maintain_order=True)
    here = located.select(pl.col(SECTOR_WORD).str.split(" ").explode())
    sectors = pl.concat([here, need.select(SECTOR_WORD)]).unique()
    return places.join(sectors, how="cross")


def _with_state(found: pl.DataFrame) -> pl.DataFrame:
    counted = found.with_columns(
        pl.col("n_organisations", "n_activities", "n_overlaps").fill_null(0)
    )
    state = (
        pl.when(pl.col("n_activities") == 0)
        .then(pl.when(pl.col(PLACE).is_not_null()).then(pl.lit(GAP)))
        .when(pl.col("n_overlaps") > 0)
        .then(pl.lit(OVERLAP))
        .when(pl.col("n_organisations") > 1)
        .then(pl.lit(SEVERAL))
        .otherwise(pl.lit(ONE))
    )
    return counted.with_columns(state=state)


def _is_around(works: pl.DataFrame, place: str) -> pl.Expr:
    """Say which rows name an area that the place is in, and nothing within it."""
    around = pl.lit(value=False)
    for level in LEVELS[1:]:
        outer = f"_place{level - 1}"
        within = works.filter(pl.col(f"_place{level}") == place)[outer].drop_nulls().unique()
        is_alone = pl.all_horizontal(pl.col(name).is_null() for name in PLACES[level - 1 :])
        around |= pl.col(outer).is_in(within.implode()) & is_alone
    return around.fill_null(value=False)
