"""Small made-up gazetteers and tables of places, with the faults that real ones have."""

from collections.abc import Mapping, Sequence

import polars as pl

from takatuf.activities.places import NAMES, PLACES, Gazetteer, PlaceMatch, match_places
from takatuf.activities.questions import Answers
from takatuf.activities.tables import Column, SheetTable

SCHEME = "COD-AB 2023"
# code, level, parent, latitude, longitude, names by language
LISTED: tuple[tuple[str, int, str, float | None, float | None, Mapping[str, str]], ...] = (
    ("SY71", 1, "", None, None, {"en": "Wadi Nur", "ar": "وادي نور"}),
    ("SY72", 1, "", None, None, {"en": "Al-Jabal", "ar": "الجبل"}),
    ("SY7102", 2, "SY71", None, None, {"en": "Al Bahr", "ar": "البحر"}),
    ("SY7103", 2, "SY71", None, None, {"en": "Safran", "ar": "سفران"}),
    ("SY7201", 2, "SY72", None, None, {"en": "Qamarli", "ar": "القمرلي"}),
    ("SY710200", 3, "SY7102", 36.37, 37.51, {"en": "Al Bahr", "ar": "مركز البحر"}),
    ("SY710201", 3, "SY7102", 36.29, 37.62, {"en": "Tadmin", "ar": "تدمين"}),
    ("SY710300", 3, "SY7103", 36.51, 36.86, {"en": "Safran", "ar": "سفران"}),
    ("SY710301", 3, "SY7103", 36.61, 36.69, {"en": "Bulbul", "ar": "بلبل"}),
    ("SY720100", 3, "SY7201", 37.05, 41.22, {"en": "Qamarli", "ar": "القمرلي"}),
    ("SY720101", 3, "SY7201", 36.95, 41.51, {"en": "Bulbul", "ar": "بلبل"}),
)


def gazetteer() -> Gazetteer:
    """Two governorates, three districts, six sub-districts; "Bulbul" is there twice."""
    places = [
        (code, level, parent, SCHEME, None, None, lat, lon)
        for code, level, parent, lat, lon, _ in LISTED
    ]
    names = [
        (code, SCHEME, language, name)
        for code, *_, spoken in LISTED
        for language, name in spoken.items()
    ]
    return Gazetteer(
        pl.DataFrame(places, schema=PLACES, orient="row"),
        pl.DataFrame(names, schema=NAMES, orient="row"),
    )


def letters(number: int) -> list[str]:
    """The first letters of columns: A, B, C."""
    return [chr(ord("A") + at) for at in range(number)]


def table(
    headers: Sequence[str],
    *rows: Sequence[str | None],
    tags: Sequence[str] = (),
    sheet: str = "admin",
) -> SheetTable:
    """A table with its header in row 1."""
    names = letters(len(headers))
    given = tags or [""] * len(headers)
    return SheetTable(
        sheet=sheet,
        columns=tuple(map(Column, names, headers, given)),
        cells=pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row"),
        rows=pl.Series(range(2, len(rows) + 2), dtype=pl.UInt32),
        header_row=1,
    )  # fmt: skip


def frame(**columns: Sequence[str | float | None]) -> pl.DataFrame:
    """An activity frame with its first row in row 2 of the sheet."""
    height = len(next(iter(columns.values())))
    rows = pl.Series("row", range(2, height + 2), dtype=pl.UInt32)
    amounts = {"latitude", "longitude"}
    types = {word: pl.Float64() if word in amounts else pl.String() for word in columns}
    return pl.DataFrame(columns, schema=types).insert_column(0, rows)


def matched(
    given: pl.DataFrame,
    known: Gazetteer | None = None,
    aliases: Mapping[tuple[int, str, str], str] | None = None,
    answers: Answers | None = None,
    entered: pl.DataFrame | None = None,
) -> PlaceMatch:
    """Match a frame whose columns stand in its own order, the first in A."""
    words = given.columns[1:]
    columns = dict(zip(words, letters(len(words)), strict=True))
    plain = given.with_columns(pl.col(words).cast(pl.String)) if entered is None else entered
    return match_places(given, plain, columns, known, aliases or {}, answers or {})
