"""Rows of activities as reports: one row, one report, with what each cell was taken for.

The identity of an activity comes from the row's own number where it has one, else from what the
row says apart from its figures, its state and its remarks; so the same row next month, or with a
corrected figure, is the same activity. Of rows that say the same, the first is the first again
in the next file.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import polars as pl

from takatuf.activities.columns.meanings import ValueKind, base_word, meanings
from takatuf.formats.writers.products import split_row_id
from takatuf.reports.report import Claim, Report, Source
from takatuf.vocabulary.identity import ReportId, ThingId, is_thing_id, slug_of
from takatuf.vocabulary.place import Point
from takatuf.vocabulary.quantity import Amount
from takatuf.vocabulary.things import Vocabulary
from takatuf.vocabulary.time import PartialDate, parse_date
from takatuf.vocabulary.value import Text, Value

METHOD = "4W table"
PREFIX = "row_"
NAME_PARTS = ("sector", "activity_type", "activity_description")
_PLACES = ("place_name", "adm4_name", "adm3_name", "adm2_name", "adm1_name", "adm0_name")
_NOT_IDENTITY = {"status", "end", "comments", "updated_on", "row_id", "source_file"}
_NOT_STORED = {"row_id", "source_file", "updated_on", "latitude", "longitude"}
_MADE_OF_PARTS = {"period_month", "period_year"}  # `period` says it
_SLUG_CHARACTERS = 32
_DIGITS = 16  # hexadecimal, of the hash in an identity


class RowId(NamedTuple):
    """Which activity a row is about, and what the sender had before."""

    activity: ThingId
    bases: tuple[ReportId, ...]  # the reports it was exported from; none where it was not


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReport:
    """A row and the report that it makes."""

    row: int
    id: RowId
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSources:
    """Who says what the rows say."""

    sender: ThingId  # where a row names no reporting organisation
    types: Mapping[ThingId, str]  # of organisations, a word of `organisation_type`


def row_ids(
    frame: pl.DataFrame,
    sender: ThingId,
    periods: Mapping[ThingId, str],
    seen: Counter[str] | None = None,
) -> list[RowId]:
    """Return which activity each row is about, in the order of the rows.

    A row that names an activity of an earlier period, as in a form that was filled in for a new
    one, is about the same work in the new period: an activity of its own.

    Args:
        frame: The activity frame.
        sender: Whose file it is; numbers of rows are their own.
        periods: Of the activities that are known.
        seen: How often each identity was met in earlier tables of the file; it is counted on.
    """
    seen = Counter() if seen is None else seen
    own = frame["row_id"] if "row_id" in frame.columns else pl.Series([None] * frame.height)
    told = own.is_not_null() & own.is_unique()
    words = [word for word in frame.columns if _is_identity(word)]
    who = _who(frame, sender)
    rows = zip(own, told, who, frame.select(sorted(words)).iter_rows(), strict=True)
    found = [_row_id(row, is_told, said, whose, sender, seen) for row, is_told, whose, said in rows]
    if "period" not in frame.columns:
        return found
    return [_of_period(*each, periods) for each in zip(found, frame["period"], strict=True)]


def row_reports(
    frame: pl.DataFrame,
    entered: pl.DataFrame,
    ids: list[RowId],
    sources: RowSources,
    vocabulary: Vocabulary,
) -> Iterator[RowReport]:
    """Give the report of each row; a row that says nothing has none.

    Args:
        frame: The activity frame after matching.
        entered: The same cells as they were entered.
        ids: Of the rows, as `row_ids` gives them.
        sources: Who says it.
        vocabulary: Units of amounts.
    """
    words = [w for w in frame.columns if _is_stored(w, vocabulary)]
    raw = [entered[w] if w in entered.columns else pl.Series([None] * frame.height) for w in words]
    who = _who(frame, sources.sender)
    places = _points(frame)
    periods = frame["period"] if "period" in frame.columns else [None] * frame.height
    made_of = zip(
        frame["row"],
        ids,
        who,
        periods,
        frame.select(words).iter_rows(),
        zip(*raw, strict=True) if raw else ([()] * frame.height),
        places,
        strict=True,
    )
    for row, identity, organisation, period, said, written, point in made_of:
        on = _observed(period)
        cells = zip(words, said, written, strict=True)
        claims = [
            _claim(identity.activity, *cell, on, vocabulary)
            for cell in cells
            if cell[1] is not None
        ]
        if point is not None:
            claims.append(
                Claim(
                    thing=identity.activity,
                    property=f"{PREFIX}position",
                    value=point,
                    observed_at=on,
                )
            )
        if not claims:
            continue
        name = _name(dict(zip(words, said, strict=True)), identity.activity)
        claims.insert(0, Claim(thing=identity.activity, property="name", value=Text(name)))
        source = Source(
            organisation=organisation,
            organisation_type=sources.types.get(organisation, ""),
            method=METHOD,
        )
        yield RowReport(row=row, id=identity, report=Report(source=source, claims=tuple(claims)))


def properties_of(words: Iterable[str]) -> frozenset[str]:
    """Return the properties that the columns of a frame can state."""
    stated = {f"{PREFIX}{base_word(word)}" for word in words}
    has_point = {"latitude", "longitude"} <= set(words)
    return frozenset(stated | ({f"{PREFIX}position"} if has_point else set()))


def _is_identity(word: str) -> bool:
    meaning = meanings().get(base_word(word))
    if meaning is None or word in _NOT_IDENTITY or word in _MADE_OF_PARTS:
        return False
    return meaning.value not in {ValueKind.AMOUNT, ValueKind.PERSON}


def _is_stored(word: str, vocabulary: Vocabulary) -> bool:
    name = f"{PREFIX}{base_word(word)}"
    return word not in _NOT_STORED | _MADE_OF_PARTS and name in vocabulary.properties


def _who(frame: pl.DataFrame, sender: ThingId) -> list[ThingId]:
    if "reporting_organisation_id" not in frame.columns:
        return [sender] * frame.height
    named = frame["reporting_organisation_id"].str.split(" ").list.first()
    return [ThingId(one) for one in named.fill_null(sender)]


def _row_id(
    own: str | None,
    is_told: bool,  # noqa: FBT001 - the columns of one row
    said: tuple[Any, ...],
    whose: ThingId,
    sender: ThingId,
    seen: Counter[str],
) -> RowId:
    activity, bases = split_row_id(own) if own and own.startswith("activity/") else ("", ())
    if is_told and is_thing_id(activity):
        return RowId(ThingId(activity), tuple(ReportId(base) for base in bases))
    key = (
        f"{sender}\n{own}"
        if is_told
        else "\n".join([whose, *("" if s is None else str(s) for s in said)])
    )
    seen[key] += 1
    digest = hashlib.sha256(f"{key}\n{seen[key]}".encode()).hexdigest()[:_DIGITS]
    slug = slug_of(whose.partition("/")[2])[:_SLUG_CHARACTERS].strip("-")
    return RowId(ThingId(f"activity/{slug}-{digest}"), ())


def _of_period(one: RowId, period: str | None, periods: Mapping[ThingId, str]) -> RowId:
    known = periods.get(one.activity)
    if not period or known in {None, period}:
        return one
    digest = hashlib.sha256(f"{one.activity}\n{period}".encode()).hexdigest()[:_DIGITS]
    return RowId(ThingId(f"{one.activity.rpartition('-')[0]}-{digest}"), ())


def _points(frame: pl.DataFrame) -> Iterator[Point | None]:
    if not {"latitude", "longitude"} <= set(frame.columns):
        yield from (None for _ in range(frame.height))
        return
    for lat, lon in frame.select("latitude", "longitude").iter_rows():
        try:
            yield None if lat is None or lon is None else Point(lat, lon)
        except ValueError:  # named as a fault where the places are matched
            yield None


def _observed(period: str | None) -> PartialDate | None:
    try:
        return parse_date(period) if period else None
    except ValueError:  # a quarter: the row's own text says it
        return None


def _claim(
    activity: ThingId,
    word: str,
    said: Any,  # noqa: ANN401 - a cell of a frame
    written: str | None,
    on: PartialDate | None,
    vocabulary: Vocabulary,
) -> Claim:
    name = f"{PREFIX}{base_word(word)}"
    value = _value(said, base_word(word), vocabulary.properties[name].unit)
    wording = written if written is not None and written != str(said) else ""
    return Claim(thing=activity, property=name, value=value, observed_at=on, wording=wording)


def _value(said: Any, word: str, unit: str) -> Value:  # noqa: ANN401 - a cell of a frame
    kind = meanings()[word].value
    if kind is ValueKind.AMOUNT:
        return Amount(low=float(said), high=float(said), unit=unit)
    if kind is ValueKind.DATE:
        return parse_date(said)
    return Text(said)


def _name(said: Mapping[str, Any], activity: ThingId) -> str:
    parts = [str(said[word]) for word in NAME_PARTS if said.get(word)]
    place = next((str(said[word]) for word in _PLACES if said.get(word)), "")
    period = str(said.get("period") or "")
    named = ", ".join(part for part in (*parts[:2], place, period) if part)
    return named or activity
