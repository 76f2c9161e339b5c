"""Rows gathered into activities as IATI has them: one for each activity and sector.

One sector each, so that no percentages have to be invented. What the standard demands and the
rows do not say is never made up: such an activity is left out and named.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

import polars as pl

from takatuf.activities.columns.meanings import base_word
from takatuf.activities.counting.attestations import REPORTING, sides
from takatuf.activities.places.spelling.countries import country_of
from takatuf.formats.writers.products.content import Products
from takatuf.formats.writers.products.disclosure import is_withheld
from takatuf.formats.writers.products.iati.codes import cluster_code, roles
from takatuf.formats.writers.products.iati.days import days_of

_TITLE = ("project_title", "activity_type", "activity_description", "sector", "sector_word")
_DESCRIPTION = (
    "activity_description", "activity_type", "project_title", "sector", "sector_word",
)  # fmt: skip
_LEVELS = (4, 3, 2, 1)
_CODES = tuple(f"adm{level}_{kind}" for level in _LEVELS for kind in ("pcode", "code"))
_NAMES = ("place_label", "place_name", *(f"adm{level}_name" for level in _LEVELS))
_REFUSED_IN_AN_IDENTIFIER = re.compile(r"[/&|?\s]+")
NO_DATE = "no start and no period"
NO_ORGANISATION = "no organisation"
NO_SECTOR = "no sector"
NO_COUNTRY = "no country: name it, or give the country of the response"
_LETTERS_FIRST = re.compile(r"[A-Za-z]{2,3}(?=\d)")
Row = Mapping[str, object]
Rows = Sequence[Row]


@dataclass(frozen=True, slots=True)
class Day:
    """A day, and the month, quarter or year that was entered for it."""

    day: date
    entered: str = ""  # "" where a day was entered


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place by its code, its name or its point."""

    code: str
    name: str
    point: tuple[float, float] | None  # latitude, longitude


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """One activity."""

    identity: str  # after the reporting organisation's reference
    title: str
    description: str
    organisations: tuple[tuple[str, str], ...]  # role and name
    status: str | None  # as entered
    start: Day
    end: Day | None
    locations: tuple[Location, ...]
    cluster: str | None
    sector: str  # as entered, "" where not
    plans: tuple[str, ...]
    country: str  # ISO 3166-1 alpha-2


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An activity that cannot stand in an IATI file, and why."""

    identity: str
    reason: str


def left_out_of_iati(products: Products) -> tuple[LeftOut, ...]:
    """Return the activities that the standard has no place for, with the reason."""
    return tuple(found for found in gathered(products) if isinstance(found, LeftOut))


def gathered(products: Products) -> Iterator[Gathered | LeftOut]:
    """Return the activities of the rows, in order of their identity."""
    frame = _prepared(products.frame)
    several = frame.group_by("_activity").agg(pl.col("_sector").n_unique())
    n_sectors = dict(several.iter_rows())
    rows = frame.sort("_activity", "_sector", maintain_order=True).to_dicts()
    for (activity, _), group in groupby(rows, itemgetter("_activity", "_sector")):
        yield _one(products, list(group), has_others=n_sectors[activity] > 1)


def _prepared(frame: pl.DataFrame) -> pl.DataFrame:
    """A row for each activity and sector, without what is withheld.

    `_is_led` says that whoever reports may not be who does the work: by the type of operation,
    or because a value that could say who does it is withheld.
    """
    frame = frame.with_columns(
        pl.col(pl.Null).cast(pl.String), row=(pl.int_range(pl.len()) + 1).cast(pl.UInt32)
    )
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    hides = [is_withheld(name) for name in texts if base_word(name) == "implementing_partner"]
    hides += [pl.col("n_withheld") > 0] if "n_withheld" in frame.columns else []
    frame = frame.join(sides(frame), on="row", how="left", maintain_order="left")
    is_led = (pl.col("side") == REPORTING).fill_null(value=False)
    frame = frame.with_columns(pl.any_horizontal(is_led, *hides).alias("_is_led"))
    frame = frame.with_columns(pl.when(~is_withheld(name)).then(name) for name in texts)
    number = pl.concat_str(pl.lit("row/"), pl.col("row").cast(pl.String))
    there = ["activity"] if "activity" in frame.columns else []
    if "sector_word" in frame.columns:  # a row may name several
        frame = frame.with_columns(pl.col("sector_word").str.split(" ")).explode("sector_word")
    parts = [word for word in ("sector_word", "sector") if word in frame.columns]
    return frame.with_columns(
        pl.coalesce(*there, number).alias("_activity"),
        pl.coalesce(*parts, pl.lit("")).alias("_sector"),
    )


def _one(products: Products, rows: Rows, *, has_others: bool) -> Gathered | LeftOut:
    identity = _identity(rows[0], has_others=has_others)
    organisations, start = _organisations(rows), _first_day(rows)
    sector, country = _said(rows, ("sector", "sector_word")), _country(products, rows)
    missing = [
        reason
        for value, reason in ((organisations, NO_ORGANISATION), (sector, NO_SECTOR))
        if not value
    ]
    missing += [] if country else [NO_COUNTRY]
    if start is None or missing:
        return LeftOut(identity, "; ".join([*missing, *([] if start else [NO_DATE])]))
    title = _said(rows, _TITLE)
    return Gathered(
        identity=identity,
        title=title,
        description=_said(rows, _DESCRIPTION),
        organisations=organisations,
        status=_said(rows, ("status",)) or None,
        start=start,
        end=_last_day(rows),
        locations=_locations(rows),
        cluster=cluster_code(_said(rows, ("sector_word",))),
        sector=sector,
        plans=tuple(sorted(set(_texts(rows, "plan_code")))),
        country=country,
    )


def _identity(row: Row, *, has_others: bool) -> str:
    parts = [str(row["_activity"]).removeprefix("activity/")]
    parts += [str(row["_sector"]) or "no-sector"] if has_others else []
    return _REFUSED_IN_AN_IDENTIFIER.sub("-", "-".join(parts))


def _country(products: Products, rows: Rows) -> str:
    """The country of the response, else of the rows, else by the letters of a p-code."""
    if products.response.country:
        return products.response.country
    entered = _said(rows, ("adm0_code", "adm0_name"))
    letters = _LETTERS_FIRST.match(_said(rows, _CODES))
    known = country_of(entered or (letters[0] if letters else ""))
    return known.alpha_2 if known else ""


def _texts(rows: Rows, word: str) -> Iterator[str]:
    return (text for row in rows if isinstance(text := row.get(word), str) and text.strip())


def _said(rows: Rows, words: Iterable[str]) -> str:
    return next((text for word in words for text in _texts(rows, word)), "")


def _organisations(rows: Rows) -> tuple[tuple[str, str], ...]:
    by_role = roles()
    found = {
        (by_role[base_word(word)], name)
        for word in rows[0]
        if base_word(word) in by_role
        for name in _texts(rows, word)
    }
    own, works = by_role["reporting_organisation"], by_role["implementing_partner"]
    named = {name for role, name in found if role != own}
    is_led = any(row["_is_led"] for row in rows)
    if not is_led and not any(role == works for role, _ in found):
        found |= {(works, name) for role, name in found if role == own}
        found -= {(own, name) for _, name in tuple(found)}
    found -= {(own, name) for name in named}
    return tuple(sorted(found))


def _first_day(rows: Rows) -> Day | None:
    return _earliest(rows, "start") or _earliest(rows, "period")


def _earliest(rows: Rows, word: str) -> Day | None:
    days = [(both[0], text) for text in _texts(rows, word) if (both := days_of(text))]
    return _day(*min(days)) if days else None


def _last_day(rows: Rows) -> Day | None:
    days = [(both[1], text) for text in _texts(rows, "end") if (both := days_of(text))]
    return _day(*max(days)) if days else None


def _day(day: date, entered: str) -> Day:
    return Day(day, "" if entered == day.isoformat() else entered)


def _locations(rows: Rows) -> tuple[Location, ...]:
    found = {location for row in rows if (location := _location(row))}
    return tuple(sorted(found, key=lambda place: (place.code, place.name, place.point or (0, 0))))


def _location(row: Row) -> Location | None:
    code, name = _said([row], _CODES), _said([row], _NAMES)
    lat, lon = row.get("lat"), row.get("lon")
    point = (lat, lon) if isinstance(lat, float) and isinstance(lon, float) else None
    return Location(code, name, point) if code or name or point else None
