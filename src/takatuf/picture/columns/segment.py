"""A segment: claims in the order of their topics, with the reports they come from.

It never changes. Within a topic its claims stand in the order of `Statement.sort_key`, and
each report is there once, as first received. So a topic is a slice, found by one search.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from takatuf.picture.columns.decoding import Decoded

Rows = NDArray[np.int64]
Flags = NDArray[np.bool_]

N_FORMS_KEPT = 2_048  # reports whose JSON stays decoded, for the next question about them


@dataclass(frozen=True)
class Segment:
    """Claims by topic and reports by id.

    `reports` is sorted by id: id, received_at, form (the row in `forms` of its JSON text),
    organisation, supersedes. `claims` has of each claim: report (the row of its report),
    number (its place there), sensitivity, text, reference. Topic `t` is thing
    `topics[t] // n_properties` with property `topics[t] % n_properties`, each in the order of
    their names, and its claims are `starts[t] .. starts[t + 1]`.
    """

    reports: pl.DataFrame
    forms: pl.Series
    claims: pl.DataFrame
    things: pl.Series
    properties: tuple[str, ...]
    topics: Rows
    starts: Rows

    @property
    def n_reports(self) -> int:
        """The number of reports."""
        return self.reports.height

    @property
    def n_claims(self) -> int:
        """The number of claims."""
        return self.claims.height

    def slice_of(self, thing: str, name: str) -> slice:
        """Return the claims of one topic; an empty slice where there are none."""
        place, number = self._place_of_thing.get(thing), self._place_of_property.get(name)
        if place is None or number is None:
            return slice(0, 0)
        key = place * len(self.properties) + number
        topic = int(self.topics.searchsorted(key))
        if topic == len(self.topics) or self.topics[topic] != key:
            return slice(0, 0)
        return slice(int(self.starts[topic]), int(self.starts[topic + 1]))

    def rows_of(self, reports: pl.Series) -> Rows:
        """Return the row of each of these reports, and -1 for one that is not here."""
        places = self.ids.search_sorted(reports).clip(upper_bound=self.ids.len() - 1)
        is_here = (self.ids.gather(places) == reports).to_numpy()
        return np.where(is_here, places.to_numpy().astype(np.int64), -1)

    def form_of(self, row: int) -> dict[str, Any]:
        """Return the JSON values of a report."""
        return self._form_of_row(row)

    @cached_property
    def ids(self) -> pl.Series:
        """The identities of the reports, in order."""
        return self.reports["id"]

    @cached_property
    def received_at(self) -> pl.Series:
        """When each report was received, as `instant_text`."""
        return self.reports["received_at"]

    @cached_property
    def report_rows(self) -> NDArray[np.uint32]:
        """The row of each claim's report."""
        return self.claims["report"].to_numpy()

    @cached_property
    def numbers(self) -> NDArray[np.uint32]:
        """Each claim's place in its report."""
        return self.claims["number"].to_numpy()

    @cached_property
    def superseding(self) -> pl.DataFrame:
        """Reports that replace another: row, supersedes, organisation."""
        columns = self.reports.select("supersedes", "organisation").with_row_index("row")
        return columns.filter(pl.col("supersedes").is_not_null())

    @cached_property
    def _place_of_thing(self) -> dict[str, int]:
        return {thing: place for place, thing in enumerate(self.things.to_list())}

    @cached_property
    def _place_of_property(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.properties)}

    @cached_property
    def _form_of_row(self) -> Callable[[int], dict[str, Any]]:
        forms, places = self.forms, self.reports["form"]  # not `self`, or it held itself for ever

        @lru_cache(N_FORMS_KEPT)
        def form_of(row: int) -> dict[str, Any]:
            form: dict[str, Any] = json.loads(forms[places[row]])
            return form

        return form_of


def segment_of(decoded: Decoded) -> Segment:
    """Return decoded rows as a segment; a report that comes twice counts as first received."""
    n_claims = decoded.reports["n_claims"].to_numpy()
    firsts = np.cumsum(n_claims, dtype=np.int64) - n_claims
    report = np.repeat(np.arange(len(n_claims)), n_claims)
    number = np.arange(len(report)) - np.repeat(firsts, n_claims)
    claims = decoded.claims.with_columns(report=report, number=number.astype(np.uint32))
    reports = decoded.reports.drop("form", "n_claims").with_row_index("form")
    return _in_order(reports, decoded.reports["form"], claims)


def merged(older: Segment, newer: Segment) -> Segment:
    """Return one segment of two that share no report."""
    moved = newer.reports.with_columns(pl.col("form") + older.forms.len())
    return _in_order(
        pl.concat([older.reports, moved]),
        pl.concat([older.forms, newer.forms], rechunk=False),
        pl.concat([_with_names(older, 0), _with_names(newer, older.n_reports)]),
    )


def named_topics(segment: Segment, topics: Rows) -> tuple[pl.Series, pl.Series]:
    """Return the things and the properties of these topics, by name."""
    things, names = np.divmod(segment.topics[topics], max(len(segment.properties), 1))
    properties = pl.Series("property", segment.properties, dtype=pl.String)
    return segment.things.gather(things), properties.gather(names)


def topic_of_claims(segment: Segment) -> Rows:
    """Return the topic of each claim."""
    return np.repeat(np.arange(len(segment.topics)), np.diff(segment.starts))


def _with_names(segment: Segment, n_reports_before: int) -> pl.DataFrame:
    things, properties = named_topics(segment, topic_of_claims(segment))
    return segment.claims.with_columns(
        things, properties, pl.col("report").cast(pl.Int64) + n_reports_before
    )


def _in_order(reports: pl.DataFrame, forms: pl.Series, claims: pl.DataFrame) -> Segment:
    reports, row_after = _first_by_id(reports)
    report = row_after[claims["report"].to_numpy()]
    claims = claims.with_columns(report=report)
    if len(row_after) > reports.height:
        claims = claims.filter(report >= 0)
    things, properties = (claims[name].unique().sort() for name in ("thing", "property"))
    topic = _codes(claims["thing"], things) * properties.len()
    ordered = claims.select(
        pl.col("report").cast(pl.UInt32),
        *("number", "sensitivity", "text", "reference"),
        topic=topic + _codes(claims["property"], properties),
    ).sort("topic", "report", "number")
    key = ordered["topic"].to_numpy()
    starts = np.flatnonzero(np.diff(key, prepend=-1))
    return Segment(
        reports=reports,
        forms=forms,
        claims=ordered.drop("topic"),
        things=things,
        properties=tuple(properties),
        topics=key[starts],
        starts=np.append(starts, len(key)),
    )


def _first_by_id(reports: pl.DataFrame) -> tuple[pl.DataFrame, Rows]:
    """Return reports by id, and by row where each went; -1 for a later receipt of another."""
    ordered = reports.with_row_index("row").sort("id", "received_at")
    ordered = ordered.filter(pl.col("id").is_first_distinct())
    row_after = np.full(reports.height, -1, dtype=np.int64)
    row_after[ordered["row"].to_numpy()] = np.arange(ordered.height)
    return ordered.drop("row"), row_after


def _codes(words: pl.Series, in_order: pl.Series) -> pl.Series:
    return words.cast(pl.Enum(in_order)).to_physical().cast(pl.Int64)
