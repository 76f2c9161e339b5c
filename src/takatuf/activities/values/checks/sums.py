"""Figures of one row that must fit each other: parts and wholes, starts and ends.

A blank part is no zero: where parts are missing, only a sum that is too large is a fault.
"""

from collections.abc import Iterable, Mapping
from datetime import date

import polars as pl

from takatuf.activities.values.checks.rules import letter_of_period
from takatuf.activities.values.faulting import faults_by

_SLACK = 0.5  # of a person, for averages
_ADULTS_AND_CHILDREN = ("girls", "boys", "women", "men")
_OLDER = ("older_women", "older_men")


def faults_between(
    frame: pl.DataFrame, letters: Mapping[str, str], today: date | None
) -> Iterable[pl.DataFrame]:
    """Yield the faults between columns of one row, as fault frames.

    Args:
        frame: The activity frame.
        letters: The letter of each of its columns.
        today: To find periods that have not begun; None leaves that out.
    """
    for figure in ("targeted", "reached"):
        yield from _parts(frame, letters, figure)
    for less, more, code in (
        ("reached", "targeted", "cell.more-than-targeted"),
        ("reached_new", "reached_total", "cell.new-over-total"),
        ("reached_new", "reached", "cell.new-over-total"),
        ("reached_households", "reached", "cell.households-over-people"),
        ("targeted_households", "targeted", "cell.households-over-people"),
        ("reached_disability", "reached", "cell.part-over-total"),
        ("targeted_disability", "targeted", "cell.part-over-total"),
    ):
        if {less, more} <= set(frame.columns):
            yield _at_most(frame, letters, less, more, code)
    if {"start", "end"} <= set(frame.columns):
        yield _ends(frame, letters)
    if today is not None:
        yield from _future(frame, letters, today)


def _parts(frame: pl.DataFrame, letters: Mapping[str, str], figure: str) -> Iterable[pl.DataFrame]:
    groups = [f"{figure}_{name}" for name in _ADULTS_AND_CHILDREN]
    older = [f"{figure}_{name}" for name in _OLDER]
    wholes: tuple[tuple[str, list[str], list[str]], ...] = (
        (_whole_of(frame, figure), groups, older),
        (figure, [f"{figure}_female", f"{figure}_male"], []),
        (f"{figure}_female", [groups[0], groups[2]], older[:1]),
        (f"{figure}_male", [groups[1], groups[3]], older[1:]),
        (f"{figure}_children", groups[:2], []),
    )
    for whole, parts, extra in wholes:
        held = [name for name in parts if name in frame.columns]
        if whole in frame.columns and len(held) > 1:
            more = [name for name in extra if name in frame.columns]
            yield _sum(frame, letters, whole, (held, more, len(held) == len(parts)))


def _whole_of(frame: pl.DataFrame, figure: str) -> str:
    return figure if figure in frame.columns else f"{figure}_new"


def _sum(
    frame: pl.DataFrame,
    letters: Mapping[str, str],
    whole: str,
    made_of: tuple[list[str], list[str], bool],
) -> pl.DataFrame:
    parts, more, is_all = made_of
    total = pl.col(whole)
    plain = pl.sum_horizontal(parts)
    full = pl.sum_horizontal([*parts, *more])
    stated = pl.all_horizontal(pl.col(parts).is_not_null()) & pl.lit(value=is_all)
    differs = ((total - plain).abs() > _SLACK) & ((total - full).abs() > _SLACK)
    if whole == "reached" and "reached_new" in frame.columns:  # groups may count new people only
        new = pl.col("reached_new")
        differs = differs & ((new - plain).abs().fill_null(2 * _SLACK) > _SLACK)
    any_stated = pl.any_horizontal(pl.col(parts).is_not_null())
    is_wrong = pl.when(stated).then(differs).otherwise(any_stated & (plain - total > _SLACK))
    found = pl.format("{}, and its parts make {}", _shown(total), _shown(plain))
    listed = ", ".join(letters[name] for name in (*parts, *more) if name in letters)
    says = ("cell.sum-differs", "the sum of its parts", f"The parts stand in columns {listed}.")
    return faults_by(frame, is_wrong, letters.get(whole, ""), found, says)


def _at_most(
    frame: pl.DataFrame, letters: Mapping[str, str], less: str, more: str, code: str
) -> pl.DataFrame:
    is_wrong = pl.col(less) > pl.col(more) + _SLACK
    says_more = pl.lit(f", and column {letters.get(more, more)} says ")
    found = pl.concat_str(_shown(pl.col(less)), says_more, _shown(pl.col(more)))
    hint = "More than planned may be true; it is only noted." if code.endswith("targeted") else ""
    says = (code, f"at most the figure of column {letters.get(more, more)}", hint)
    return faults_by(frame, is_wrong, letters.get(less, ""), found, says)


def _shown(figure: pl.Expr) -> pl.Expr:
    return figure.cast(pl.String).str.replace(r"\.0$", "")


def _ends(frame: pl.DataFrame, letters: Mapping[str, str]) -> pl.DataFrame:
    start, end = pl.col("start"), pl.col("end")
    known = pl.min_horizontal(start.str.len_bytes(), end.str.len_bytes())
    plain = start.str.contains(r"^[\d-]+$") & end.str.contains(r"^[\d-]+$")
    is_wrong = plain & (end.str.slice(0, known) < start.str.slice(0, known))
    found = pl.format("{} after a start on {}", end, start)
    says = ("cell.end-before-start", "an end on or after the start", "")
    return faults_by(frame, is_wrong, letters.get("end", ""), found, says)


def _future(frame: pl.DataFrame, letters: Mapping[str, str], today: date) -> Iterable[pl.DataFrame]:
    for name in ("period", "updated_on"):
        if name in frame.columns:
            column = pl.col(name)
            now = pl.lit(today.isoformat()).str.slice(0, column.str.len_bytes())
            is_wrong = column.str.contains(r"^[\d-]+$") & (column > now)
            says = ("cell.in-the-future", f"no later than {today.isoformat()}", "")
            letter = letters.get(name) or letter_of_period(letters)
            yield faults_by(frame, is_wrong, letter, column, says)
