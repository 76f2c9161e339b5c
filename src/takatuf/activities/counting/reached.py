"""Figures of people and of work, each with its rule and the lowest and highest honest count.

No figure stands alone: beside it are the rule in words, the range, and how many rows say
nothing, say that they do not know, or withhold their figure.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import polars as pl

from takatuf.activities.counting.components import with_components
from takatuf.activities.counting.doubles import Doubles
from takatuf.activities.counting.ranges import GROUP, counts_of, in_groups, people_of
from takatuf.activities.counting.works import (
    ACTIVITY,
    ORGANISATION,
    PERIOD,
    PLACES,
    with_works,
)
from takatuf.activities.organisations.sheet import UNKNOWN_SHEET, Sheet

PEOPLE: Mapping[str, tuple[str, tuple[str, ...]]] = {
    # figure: the column of new people, and columns of all people of a period
    "reached": ("reached_new", ("reached_total", "reached")),
    "reached_households": ("", ("reached_households",)),
    "targeted": ("", ("targeted",)),
    "targeted_households": ("", ("targeted_households",)),
}
COUNTS = ("organisations", "activities", "places")
SAID = ("n_rows", "n_stated", "n_blank", "n_unknown", "n_withheld")
_BLANK = (None, "not_applicable")  # what does not apply is no gap in the figure
_NAMED_BY = {"organisations": [ORGANISATION], "activities": [ACTIVITY], "places": PLACES}


@dataclass(frozen=True, slots=True)
class CountingRule:
    """How a figure is counted, in words that stand beside it."""

    word: str
    texts: Mapping[str, str]  # by language


def reached_of(
    frame: pl.DataFrame,
    by: Sequence[str] = (),
    doubles: Doubles | None = None,
    unstated: pl.DataFrame | None = None,
    sheet: Sheet = UNKNOWN_SHEET,
) -> pl.DataFrame:
    """Return each figure with its range, for each group of rows.

    The lowest honest count of people takes, in each place and group of people, only the
    largest activity in its largest period, as if all others reached the same people; places
    are added up, and a figure for a larger area counts only where it is larger than the sum of
    the places in it. New people are added over the periods of one activity. The highest adds
    all rows that no answer left out. Rows that answers made one count once: with the smallest
    of their figures in the lowest and the largest in the highest.

    Sources: CARE Emergency Toolkit 5.3, Food Security Cluster handbook 4.3.2, R4V reporting
    guidance (new people and all people).

    Args:
        frame: Rows in our words, matched.
        by: Columns of the frame; a row with several sectors counts in each of them.
        doubles: Of `count_doubles` for the same rows; None leaves nothing out.
        unstated: Cells with a word instead of a value: row, column (the letter, or the word),
            state. "Withheld" and "not applicable" stand for themselves; every other word counts
            as unknown.
        sheet: The letters of the columns, for `unstated`.

    Returns:
        A row for each group and figure: the columns of `by`, figure, lowest, highest, n_rows,
        n_stated, n_blank, n_unknown, n_withheld, rule, rule_en, rule_ar. A group in which
        nobody states a figure has null for it, never zero.
    """
    works = with_components(with_works(frame), doubles)
    if "sector_word" in by:
        works = each_sector(works)
    works = in_groups(works, by, doubles.running_organisations if doubles else ())
    instead = None if unstated is None else _by_word(unstated, sheet)
    tables = [
        *_people(works, instead),
        *(_count(works, figure) for figure in COUNTS),
    ]
    labels = works.select(GROUP, *by).unique(GROUP)
    found = pl.concat(tables).join(labels, on=GROUP, maintain_order="left")
    columns = [c for c in found.columns if c not in {GROUP, *by}]
    ordered = found.sort(by, maintain_order=True, nulls_last=True) if by else found
    return ordered.select(*by, *columns)


@cache
def counting_rules() -> Mapping[str, CountingRule]:
    """Return the rules by their word."""
    file = files("takatuf.activities.counting").joinpath("rules.toml")
    table = tomllib.loads(file.read_text("utf-8"))["rule"]
    return {word: CountingRule(word, texts) for word, texts in table.items()}


def each_sector(works: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with one sector in each: a row of several sectors stands several times."""
    has_several = pl.col("sector_word").str.contains(" ", literal=True).fill_null(value=False)
    several = works.filter(has_several)
    if several.is_empty():
        return works
    split = several.with_columns(pl.col("sector_word").str.split(" ")).explode("sector_word")
    return pl.concat([works.filter(~has_several), split])


def _people(works: pl.DataFrame, unstated: pl.DataFrame | None) -> Iterator[pl.DataFrame]:
    for figure, (new, totals) in PEOPLE.items():
        columns = tuple(c for c in (new, *totals) if c in works.columns)
        if columns:
            new_here = new if new in columns else ""
            counted = people_of(works, new_here, [c for c in totals if c in columns])
            said = _said(works, columns, unstated)
            yield _table(counted.join(said, on=GROUP), figure, _rule_of(works, new_here))


def _count(works: pl.DataFrame, figure: str) -> pl.DataFrame:
    is_named = pl.any_horizontal(pl.col(*_NAMED_BY[figure]).is_not_null())
    said = works.group_by(GROUP).agg(
        n_rows=pl.len(),
        n_stated=is_named.sum(),
        n_blank=(~is_named).sum(),
        n_unknown=pl.lit(0),
        n_withheld=pl.lit(0),
    )
    return _table(said.join(counts_of(works, figure), on=GROUP, how="left"), figure, figure)


def _said(
    works: pl.DataFrame, columns: Sequence[str], unstated: pl.DataFrame | None
) -> pl.DataFrame:
    """Count the rows of each group by what they say of a figure."""
    states = pl.DataFrame(schema={"row": works["row"].dtype, "state": pl.String})
    if unstated is not None:
        some = unstated.filter(pl.col("column").is_in(list(columns)))
        states = some.group_by(pl.col("row").cast(works["row"].dtype)).agg(pl.col("state").min())
    stated = pl.any_horizontal(pl.col(*columns).is_not_null())
    return (
        works.join(states, on="row", how="left")
        .group_by(GROUP)
        .agg(
            n_rows=pl.len(),
            n_stated=stated.sum(),
            n_blank=(~stated & pl.col("state").is_in(_BLANK, nulls_equal=True)).sum(),
            n_unknown=(~stated & ~pl.col("state").is_in([*_BLANK, "withheld"])).sum(),
            n_withheld=(~stated & (pl.col("state") == "withheld")).sum(),
        )
    )


def _by_word(unstated: pl.DataFrame, sheet: Sheet) -> pl.DataFrame:
    words = {letter: word for word, letter in sheet.letters.items()}
    return unstated.with_columns(pl.col("column").replace(words))


def _rule_of(works: pl.DataFrame, new: str) -> str:
    if new and works[new].null_count() < works.height:
        return "new_people"
    several = works[PERIOD].drop_nulls().n_unique() > 1
    return "people_over_periods" if several else "people_of_one_period"


def _table(counted: pl.DataFrame, figure: str, rule: str) -> pl.DataFrame:
    texts = counting_rules()[rule].texts
    return counted.select(
        GROUP,
        figure=pl.lit(figure),
        lowest=pl.col("lowest").cast(pl.Float64),
        highest=pl.col("highest").cast(pl.Float64),
        **{name: pl.col(name).cast(pl.UInt32) for name in SAID},
        rule=pl.lit(rule),
        rule_en=pl.lit(texts["en"]),
        rule_ar=pl.lit(texts["ar"]),
    )
