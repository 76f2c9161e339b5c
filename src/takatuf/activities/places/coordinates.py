"""Coordinates that cannot be, or are not where the row says: each a fault, none changed.

Latitude and longitude in each other's column are asked about once, with both readings.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from takatuf.activities.places.checks import Checked, counted
from takatuf.activities.places.faults import FAULTS
from takatuf.activities.places.gazetteers.centres import CENTRES, distance_km
from takatuf.activities.places.spelling.countries import GRACE_DEGREES, Frame
from takatuf.activities.questions import AS_ENTERED, Answers, Kind, Option, Question
from takatuf.vocabulary.digits import latin_digits

LAT, LON = "latitude", "longitude"
SWAP = "swap"
_MOST_LAT, _MOST_LON = 90.0, 180.0
_EDGE_DEGREES = 0.5  # how roughly the frames of countries are drawn
_LEAST_METRES = 1000.0  # a number above it is no degree but metres
_LEAST_DECIMALS = 2  # of a degree: about 1 km
_DECIMAL_COMMA = re.compile(r"[-+]?\d{1,3},\d+")
_DEGREES = re.compile(
    r"""^\s*([NSEWnsew]?)\s*(-?\d{1,3})\s*[°ºd:\s]\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*['’′m:\s]*)?
        (?:(\d{1,2}(?:[.,]\d+)?)\s*(?:"|”|″|''|s)?)?\s*([NSEWOnsewo]?)\s*$""",
    re.VERBOSE,
)
_NEGATIVE = {"S", "W", "O"}
_KEPT_TEXTS = 50_000


@dataclass(frozen=True, slots=True)
class Around:
    """Where the points of a table are expected."""

    frame: Frame | None = None  # of the country
    country: str = ""  # its name
    centres: pl.DataFrame | None = None  # as `centres_of` gives them
    label: Callable[[str], str] = str  # of a code


def check_coordinates(
    frame: pl.DataFrame,
    entered: pl.DataFrame,
    columns: Mapping[str, str],
    around: Around,
    answers: Answers,
) -> tuple[pl.DataFrame, Checked]:
    """Return the coordinates to use, and what is wrong with them.

    Args:
        frame: With `latitude` and `longitude`, and `place` where a code is known.
        entered: The same as it was entered, row by row.
        columns: The letter of each word.
        around: Where points are expected.
        answers: Given so far: only by one are two columns swapped.

    Returns:
        `latitude` and `longitude` of each row, as they were unless a person said otherwise;
        and the faults and questions.
    """
    if LAT not in frame.columns or LON not in frame.columns:
        return frame.select(pl.col(word) for word in (LAT, LON) if word in frame.columns), Checked()
    rows = _rows(frame, entered)
    kinds = _kinds(rows, around)
    question = _question(rows.filter(pl.Series(kinds == "swapped")), columns, around)
    points = frame.select(LAT, LON)
    if question is not None and answers.get(question.id) == SWAP:
        is_swapped = pl.Series(kinds == "swapped")
        points = points.select(
            pl.when(is_swapped).then(LON).otherwise(LAT).alias(LAT),
            pl.when(is_swapped).then(LAT).otherwise(LON).alias(LON),
        )
    is_open = question is not None and question.id not in answers
    if not is_open:
        kinds = np.where(kinds == "swapped", "", kinds)
    faults = _faults(rows.with_columns(kind=pl.Series(kinds, dtype=pl.String)), columns, around)
    return points, Checked(faults, questions=(question,) if is_open and question else ())


@lru_cache(maxsize=_KEPT_TEXTS)
def degrees_in(text: str) -> float | None:
    """Return what degrees, minutes and seconds or a decimal comma stand for, or None.

    ``36°12'30"N`` is 36.2083; a plain decimal number is none of these.
    """
    plain = latin_digits(text).strip()
    if _DECIMAL_COMMA.fullmatch(plain):
        return float(plain.replace(",", "."))
    found = _DEGREES.match(plain)
    if not found or not (found[1] or found[3] or found[5]):
        return None
    parts = [float((part or "0").replace(",", ".")) for part in found.groups()[1:4]]
    if any(part >= 60 for part in parts[1:]):  # noqa: PLR2004 - minutes in a degree
        return None
    size = abs(parts[0]) + parts[1] / 60 + parts[2] / 3600
    side = (found[1] or found[5]).upper()
    return -size if side in _NEGATIVE or found[2].startswith("-") else size


def _rows(frame: pl.DataFrame, entered: pl.DataFrame) -> pl.DataFrame:
    texts = {
        f"{word}_text": entered[word].cast(pl.String).str.strip_chars()
        if word in entered.columns
        else frame[word].cast(pl.String)
        for word in (LAT, LON)
    }
    place = (
        frame["place"]
        if "place" in frame.columns
        else pl.Series([None] * frame.height, dtype=pl.String)
    )
    return frame.select("row", lat=pl.col(LAT), lon=pl.col(LON)).with_columns(place=place, **texts)


def _kinds(rows: pl.DataFrame, around: Around) -> NDArray[np.str_]:
    """Return what is wrong with each row's point, "" for nothing; the gravest first."""
    lat = rows["lat"].to_numpy().astype(np.float64)
    lon = rows["lon"].to_numpy().astype(np.float64)
    both = np.isfinite(lat) & np.isfinite(lon)
    with np.errstate(invalid="ignore"):
        is_in = _inside(lat, lon, around.frame, GRACE_DEGREES)
        is_far = _are_far(rows, lat, lon, around)
        too_large = (np.abs(lat) > _MOST_LAT) | (np.abs(lon) > _MOST_LON)
        conditions = {
            "text": _are_texts(rows),
            "half": np.isfinite(lat) ^ np.isfinite(lon),
            "zero": both & (lat == 0) & (lon == 0),
            "projected": both & ((np.abs(lat) >= _LEAST_METRES) | (np.abs(lon) >= _LEAST_METRES)),
            "swapped": both & _are_swapped(rows, lat, lon, around, is_far),
            "range": both & too_large,
            "same": both & (lat == lon),
            "outside": both & ~is_in,
            "far": both & is_far,
            "coarse": both & _are_coarse(rows),
        }
    return np.select(list(conditions.values()), list(conditions), default="")


def _are_swapped(
    rows: pl.DataFrame,
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    around: Around,
    is_far: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Return which points are where they should be only the other way round."""
    is_in = _inside(lat, lon, around.frame, _EDGE_DEGREES)
    is_in_swapped = _inside(lon, lat, around.frame, _EDGE_DEGREES)
    has_place = rows["place"].is_not_null().to_numpy()
    is_near_swapped = has_place & ~_are_far(rows, lon, lat, around)
    is_no_lat = (np.abs(lat) > _MOST_LAT) & _inside(lon, lat, around.frame, GRACE_DEGREES)
    return (~is_in & is_in_swapped) | (is_far & is_near_swapped & is_in_swapped) | is_no_lat


def _inside(
    lat: NDArray[np.float64], lon: NDArray[np.float64], frame: Frame | None, grace: float
) -> NDArray[np.bool_]:
    wide = frame.widened(grace) if frame else Frame(-_MOST_LAT, -_MOST_LON, _MOST_LAT, _MOST_LON)
    return (lat >= wide.south) & (lat <= wide.north) & (lon >= wide.west) & (lon <= wide.east)


def _are_texts(rows: pl.DataFrame) -> NDArray[np.bool_]:
    found = np.zeros(rows.height, np.bool_)
    for word in (LAT, LON):
        texts = rows[f"{word}_text"]
        unique = [text for text in texts.unique().drop_nulls() if degrees_in(text) is not None]
        found |= texts.is_in(unique).fill_null(value=False).to_numpy()
    return found


def _are_far(
    rows: pl.DataFrame, lat: NDArray[np.float64], lon: NDArray[np.float64], around: Around
) -> NDArray[np.bool_]:
    if around.centres is None or around.centres.is_empty():
        return np.zeros(rows.height, np.bool_)
    found = rows.select("place").join(around.centres, on="place", how="left", maintain_order="left")
    middle_lat, middle_lon, reach_km = (found[word].to_numpy() for word in found.columns[1:])
    far: NDArray[np.bool_] = distance_km(lat, lon, middle_lat, middle_lon) > reach_km
    return far


def _are_coarse(rows: pl.DataFrame) -> NDArray[np.bool_]:
    decimals = (
        rows[f"{word}_text"].str.extract(r"\.(\d+)$").fill_null("").str.len_chars()
        for word in (LAT, LON)
    )
    first, second = decimals
    coarse: NDArray[np.bool_] = ((first < _LEAST_DECIMALS) & (second < _LEAST_DECIMALS)).to_numpy()
    return coarse


def _question(swapped: pl.DataFrame, columns: Mapping[str, str], around: Around) -> Question | None:
    if swapped.is_empty():
        return None
    swapped = swapped.sort("row")
    first = swapped.row(0, named=True)
    given, other = f"{first['lat']}, {first['lon']}", f"{first['lon']}, {first['lat']}"
    where = around.country or "the world"
    n_rows = counted(swapped.height, "row")
    return Question(
        kind=Kind.PLACE,
        code="ask.swapped-coordinates",
        about=f"coordinates swapped|{around.country}",
        text=(
            f"As latitude, longitude, {n_rows} do not lie where they should in {where} ({given}); "
            f"the other way round they do ({other}). Are the two swapped there?"
        ),
        options=(
            Option(SWAP, f"Swap them in these rows: {other}"),
            Option(AS_ENTERED, f"Leave them as they were entered: {given}"),
        ),
        rows=tuple(swapped["row"]),
        where=f"columns {columns.get(LAT, '')} and {columns.get(LON, '')}",
    )


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of wrong point; without a hint, one is made for each."""

    code: str
    expected: str
    hint: str = ""


_KINDS = {
    "text": _Kind(
        code="place.coordinates-as-text",
        expected="decimal degrees with a point, such as 36.20123",
    ),
    "half": _Kind(
        code="place.half-a-point",
        expected="both a latitude and a longitude, or neither",
        hint="One of the two cells is empty.",
    ),
    "zero": _Kind(
        code="place.zero-coordinates",
        expected="the point itself; blank where it is not known",
        hint="0, 0 is in the sea; devices without a signal send it.",
    ),
    "projected": _Kind(
        code="place.projected-coordinates",
        expected="degrees, WGS 84",
        hint="These look like metres of a grid such as UTM; which one is not said.",
    ),
    "swapped": _Kind(
        code="place.swapped-coordinates",
        expected="a latitude here, a longitude there",
        hint="Latitude and longitude seem to stand in each other's column.",
    ),
    "range": _Kind(
        code="place.coordinates-out-of-range",
        expected="a latitude up to 90, a longitude up to 180",
        hint="No such point is on the earth.",
    ),
    "same": _Kind(
        code="place.same-coordinates",
        expected="a latitude and a longitude that differ",
        hint="One of them was probably entered twice.",
    ),
    "outside": _Kind(
        code="place.outside-country",
        expected="a point in the country",
        hint="Is a sign or a digit missing?",
    ),
    "far": _Kind(
        code="place.far-from-place",
        expected="a point in or near the place that the row names",
    ),
    "coarse": _Kind(
        code="place.coarse-coordinates",
        expected="at least two decimals, better four",
        hint="So few decimals say no more than an area of 10 km.",
    ),
}


def _faults(rows: pl.DataFrame, columns: Mapping[str, str], around: Around) -> pl.DataFrame:
    wrong = rows.filter(pl.col("kind") != "").fill_nan(None)
    if wrong.is_empty():
        return FAULTS.to_frame()
    keys = ["kind", "lat", "lon", "place", f"{LAT}_text", f"{LON}_text"]
    each = wrong.group_by(keys, maintain_order=True).agg("row")
    letter = columns.get(LAT, columns.get(LON, ""))
    told = [_told(row, around) for row in each.iter_rows(named=True)]
    texts = pl.DataFrame(told, schema=["code", "found", "expected", "hint"], orient="row")
    faults = each.select("row").hstack(texts).explode("row")
    return faults.with_columns(column=pl.lit(letter)).select(list(FAULTS)).cast(FAULTS)


def _told(row: Mapping[str, str | float | None], around: Around) -> tuple[str, str, str, str]:
    kind = str(row["kind"])
    known = _KINDS[kind]
    expected = known.expected
    texts = [str(row[f"{word}_text"] or "") for word in (LAT, LON)]
    hint = known.hint or (_reading(texts) if kind == "text" else _distance(row, around))
    if kind == "outside" and around.country:
        expected = f"{expected}, {around.country}"
    return known.code, ", ".join(text or "blank" for text in texts), expected, hint


def _reading(texts: list[str]) -> str:
    read = [degrees_in(text) for text in texts]
    pairs = zip(texts, read, strict=True)
    return f"Is it {', '.join(text if value is None else f'{value:.5f}' for text, value in pairs)}?"


def _distance(row: Mapping[str, str | float | None], around: Around) -> str:
    code = str(row["place"])
    centres = around.centres if around.centres is not None else CENTRES.to_frame()
    _, lat, lon, reach = centres.row(by_predicate=pl.col("place") == code)
    own_lat, own_lon = (np.array([float(row[part] or 0)]) for part in ("lat", "lon"))
    apart = distance_km(own_lat, own_lon, np.array([lat]), np.array([lon]))[0]
    middle = f"the middle of {around.label(code)}"
    return f"It is {apart:,.0f} km from {middle}; up to {reach:,.0f} km is usual there."
