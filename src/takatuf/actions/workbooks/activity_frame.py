"""The activities that a register holds, as one frame: a row for each row that somebody reported."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from takatuf.actions.read_picture import Reading
from takatuf.actions.workbooks.row_reports import PREFIX
from takatuf.actions.workbooks.understanding import Known
from takatuf.activities.columns.meanings import ValueKind, meanings
from takatuf.activities.counting import match_activities, match_sectors
from takatuf.activities.organisations import match_organisations
from takatuf.activities.places import match_places
from takatuf.picture.columns import ColumnPicture
from takatuf.picture.columns.whole import SeenReport, seen_reports
from takatuf.vocabulary.identity import ThingId
from takatuf.vocabulary.place import Point
from takatuf.vocabulary.quantity import Amount
from takatuf.vocabulary.value import value_from_json

OURS = ("activity", "report", "received_at", "organisation", "n_withheld")


def reported_rows(reading: Reading) -> Iterator[tuple[ThingId, SeenReport]]:
    """Give each row in force with the activity that it is about, as the reader may see it."""
    picture = reading.weigher.picture
    names = [name for name in reading.weigher.vocabulary.properties if name.startswith(PREFIX)]
    if isinstance(picture, ColumnPicture):
        for report in seen_reports(picture, names):
            yield ThingId(report.form["claims"][report.seen[0]]["thing"]), report


def activity_frame(reading: Reading, known: Known) -> pl.DataFrame:
    """Return every row in force, matched with places, organisations and sectors as known now.

    What a row says is as it was reported; what it is matched with is computed anew each time,
    so an alias or a p-code that was settled later holds for old rows too.

    Returns:
        The activity frame, by activity and report: `row` counts from 1; further columns
        `activity`, `report`, `received_at`, `organisation` (who reports), `n_withheld` (cells that
        this reader may not see), `place_label`, `lat`, `lon`.
    """
    rows = sorted(
        (_row(activity, report) for activity, report in reported_rows(reading)),
        key=lambda row: (row["activity"], row["report"]),
    )
    frame = pl.DataFrame(rows, schema=_schema(rows)).with_row_index("row", offset=1)
    return _matched(frame, known)


def _schema(rows: list[dict[str, Any]]) -> dict[str, pl.DataType]:
    words = {word for row in rows for word in row} - set(OURS)
    inner = {"latitude": pl.Float64(), "longitude": pl.Float64()}
    found: dict[str, pl.DataType] = {name: pl.String() for name in OURS}
    found["n_withheld"] = pl.UInt32()
    for word in (*meanings(), *sorted(words - set(meanings()))):
        if word in words:
            is_amount = word in meanings() and meanings()[word].value is ValueKind.AMOUNT
            found[word] = inner.get(word, pl.Float64() if is_amount else pl.String())
    return found


def _row(activity: ThingId, report: SeenReport) -> dict[str, Any]:
    row: dict[str, Any] = {
        "activity": activity,
        "report": report.id,
        "received_at": report.received_at,
        "organisation": report.form["source"]["organisation"],
        "n_withheld": report.n_hidden,
    }
    claims = report.form["claims"]
    for number in report.seen:
        claim = claims[number]
        word = claim["property"].removeprefix(PREFIX)
        value = _value(claim["value"])
        if isinstance(value, Point):
            row["latitude"], row["longitude"] = value.lat, value.lon
            continue
        name, times = word, 1
        while name in row:
            times += 1
            name = f"{word}_{times}"
        row[name] = value
    return row


def _value(form: Mapping[str, Any]) -> str | float | Point | None:
    value = value_from_json(dict(form))
    if isinstance(value, Amount):
        return value.number
    return value if isinstance(value, Point) else str(value)


def _matched(frame: pl.DataFrame, known: Known) -> pl.DataFrame:
    words = [name for name in frame.columns if name not in {"row", *OURS}]
    said = frame.select("row", *words)
    entered = said.with_columns(pl.exclude("row").cast(pl.String))
    letters = {word: word for word in words}
    places = match_places(said, entered, letters, known.gazetteer, answers=known.answers)
    members = match_organisations(places.frame, known.organisations, answers=known.answers)
    sectors = match_sectors(members.frame, known.answers)
    activities = match_activities(sectors.frame, known.answers)
    positions = [_position("latitude", "lat", frame), _position("longitude", "lon", frame)]
    return activities.frame.with_columns(frame.select(OURS)).with_columns(positions)


def _position(word: str, name: str, frame: pl.DataFrame) -> pl.Series:
    if word in frame.columns:
        return frame[word].alias(name)
    return pl.Series(name, [None] * frame.height, dtype=pl.Float64)
