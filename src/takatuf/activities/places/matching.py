"""Match the places of a table: every distinct combination once, joined back to all its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from takatuf.activities.places.asking import Group, questions_of
from takatuf.activities.places.checks import LEVELS, name_word
from takatuf.activities.places.combining import OPEN, Combination, combine, words_of
from takatuf.activities.places.deciding import Asked, Decider, Decision, Entry, How
from takatuf.activities.places.exact import MATCHED, exact_of
from takatuf.activities.places.gazetteers.index import PlaceIndex
from takatuf.activities.questions import Question
from takatuf.activities.tables import ERROR_CELLS
from takatuf.vocabulary.errors import cut

_NOT_SHOWN = OPEN | {How.CODE, How.BLANK, How.OTHER_COUNTRY, How.NOT_COVERED}


@dataclass(frozen=True, slots=True)
class Matched:
    """What matching a table against a gazetteer gave."""

    frame: pl.DataFrame  # `admN_pcode` and `place_label`, in the order of the table
    faults: pl.DataFrame
    mapping: pl.DataFrame
    questions: tuple[Question, ...]
    n_rows_elsewhere: int  # in countries that the gazetteer does not have


def match_table(
    frame: pl.DataFrame, columns: Mapping[str, str], index: PlaceIndex, decider: Decider
) -> Matched:
    """Return the matched codes of a table, and what could not be matched.

    Args:
        frame: An activity frame.
        columns: The letter of each of its words.
        index: The places of the gazetteer.
        decider: Decides one entry after the other.
    """
    texts, which = combinations_of(frame)
    exact = exact_of(texts, index)
    rest = texts.join(exact, on="combination", how="anti", maintain_order="left")
    combinations = combine(rest, decider, index)
    found = pl.DataFrame({"combination": which, "row": frame["row"]})
    n_rows = dict(found.group_by("combination").len().iter_rows())
    matched = pl.concat([exact, _matched_columns(combinations)]).sort("combination")
    elsewhere = (each for each in combinations if each.decisions[0].how is How.OTHER_COUNTRY)
    return Matched(
        frame=matched.drop("combination")[which],
        faults=_faults(combinations, found, columns),
        mapping=_mapping(combinations, n_rows),
        questions=_questions(combinations, found, frame, columns, index),
        n_rows_elsewhere=sum(n_rows[each.at] for each in elsewhere),
    )


def combinations_of(frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
    """Return what rows say of their places: each `combination` once, and which each row has.

    Blank cells and error cells are "".
    """
    words = [word for level in (0, *LEVELS) for word in words_of(level)]
    present = [word for word in words if word in frame.columns]
    keys = present or [name_word(LEVELS[0])]
    blank = frame.with_columns(pl.lit("").alias(word) for word in keys if word not in present)
    texts = blank.select(map(_text, keys)).with_row_index("at")
    each = texts.group_by(keys).agg("at").sort(keys).with_row_index("combination")
    which = each.select("combination", "at").explode("at").sort("at")["combination"]
    return each.select("combination", *keys), which


def _text(word: str) -> pl.Expr:
    text = pl.col(word).cast(pl.String).str.strip_chars()
    return pl.when(~text.is_in(ERROR_CELLS)).then(text).fill_null("").alias(word)


def _matched_columns(combinations: Sequence[Combination]) -> pl.DataFrame:
    listed = [(each.at, *each.codes, each.label or None) for each in combinations]
    return pl.DataFrame(listed, schema=MATCHED, orient="row")


def _faults(
    combinations: Sequence[Combination], found: pl.DataFrame, columns: Mapping[str, str]
) -> pl.DataFrame:
    listed = [
        (each.at, _letter(entry, columns, in_name=fault.in_name), fault.code,
         cut(entry.name if fault.in_name else entry.code), fault.expected, fault.hint)
        for each in combinations
        for entry, fault in zip(each.entries, (one.fault for one in each.decisions), strict=True)
        if fault is not None
    ]  # fmt: skip
    names = ("combination", "column", "code", "found", "expected", "hint")
    faults = pl.DataFrame(
        listed, schema=dict.fromkeys(names, pl.String) | {"combination": pl.UInt32}, orient="row"
    )
    return found.join(faults, on="combination").drop("combination")


def _letter(entry: Entry, columns: Mapping[str, str], *, in_name: bool) -> str:
    code, name = words_of(entry.level)
    first, second = (name, code) if in_name else (code, name)
    return columns.get(first, columns.get(second, ""))


def _mapping(combinations: Sequence[Combination], n_rows: Mapping[int, int]) -> pl.DataFrame:
    listed = [
        (*_read(entry, decision), entry.level, n_rows[each.at], decision.how.value)
        for each in combinations
        for entry, decision in zip(each.entries[1:], each.decisions[1:], strict=True)
        if decision.how not in _NOT_SHOWN
    ]
    names = ("entered", "repaired", "level", "n_rows", "how")
    types = (pl.String, pl.String, pl.UInt8, pl.UInt32, pl.String)
    mapping = pl.DataFrame(listed, schema=dict(zip(names, types, strict=True)), orient="row")
    return mapping.group_by("entered", "repaired", "level", "how").agg(pl.col("n_rows").sum())


def _read(entry: Entry, decision: Decision) -> tuple[str, str]:
    is_repaired = decision.how is How.REPAIRED
    return entry.code if is_repaired else entry.name or entry.code, decision.code or ""


def _questions(
    combinations: Sequence[Combination],
    found: pl.DataFrame,
    frame: pl.DataFrame,
    columns: Mapping[str, str],
    index: PlaceIndex,
) -> tuple[Question, ...]:
    asked = [
        (each.at, decision.asked)
        for each in combinations
        for decision in each.decisions
        if decision.asked is not None
    ]
    by_about: dict[str, list[Asked]] = {}
    for _, each in asked:
        by_about.setdefault(each.about, []).append(each)
    where = pl.DataFrame(
        {"about": [each.about for _, each in asked], "combination": [at for at, _ in asked]},
        schema={"about": pl.String, "combination": pl.UInt32},
    )
    points = _points(frame)
    rows = (
        where.join(found.with_columns(points), on="combination")
        .group_by("about")
        .agg(pl.col("row").unique().sort(), pl.col("lat", "lon").median())
    )
    groups = [
        Group(
            asked=by_about[about][0],
            entries=tuple(dict.fromkeys(each.entry for each in by_about[about])),
            rows=tuple(numbers),
            letter=_letter(by_about[about][0].entry, columns, in_name=True),
            point=(lat, lon) if lat is not None and lon is not None else None,
        )
        for about, numbers, lat, lon in rows.sort("about").iter_rows()
    ]
    return questions_of(groups, index)


def _points(frame: pl.DataFrame) -> list[pl.Series]:
    none = pl.Series([None] * frame.height, dtype=pl.Float64)
    return [
        (frame[word] if word in frame.columns else none).cast(pl.Float64).alias(name)
        for word, name in (("latitude", "lat"), ("longitude", "lon"))
    ]
