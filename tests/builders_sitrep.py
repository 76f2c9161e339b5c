"""A small invented situation report, valid by default, and the frames it is built from."""

from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

import polars as pl

from takatuf.activities.counting.matrix import matrix_of
from takatuf.activities.counting.reached import reached_of
from takatuf.activities.due.calendar import Calendar, Every
from takatuf.activities.due.lateness import due_of
from takatuf.formats.writers.sitrep import (
    Access,
    Answer,
    Contested,
    Counted,
    Figure,
    Further,
    HazardCount,
    Head,
    Section,
    SitrepContent,
    SourceRows,
    sitrep_of,
)
from tests.builders_maps import a_city_map

ORGANISATIONS = ("Water Board", "River Relief", "هيئة الإغاثة", "Open Hands (OH)", "Bridge Aid")
PLACES = ("Old Bridge", "Hilltop", "السوق", "East Gardens", "North Camp", "Potters")
SECTORS = ("wash", "health", "food_security", "education")

_HEAD = Head(
    place="Rivertown",
    as_of="2026-10",
    known="2026-11-20",
    language="en",
    audience="public",
    made_by="Coordination cell of Rivertown",
    licence="CC BY 4.0",
)


def a_head(**changes: Any) -> Head:
    return replace(_HEAD, **changes)


def a_report_id(number: int) -> str:
    return sha256(str(number).encode()).hexdigest()


def an_activity_frame(n_rows: int = 40) -> pl.DataFrame:
    """Return rows of five organisations in six places and four sectors, some blank."""
    numbers = range(n_rows)
    return pl.DataFrame(
        {
            "row": pl.Series([n + 5 for n in numbers], dtype=pl.UInt32),
            "activity": [f"activity/{n // 2 if n < 4 else n}" for n in numbers],
            "report": [a_report_id(n) for n in numbers],
            "reporting_organisation": [ORGANISATIONS[(n * n) % 5] for n in numbers],
            "source_file": ["october.xlsx" if n % 3 else "تشرين.xlsx" for n in numbers],
            "sector_word": [None if n == 7 else SECTORS[n % 4] for n in numbers],
            "adm2_name": [None if n == 9 else PLACES[(n * 5) % 6] for n in numbers],
            "place_label": [None if n == 9 else PLACES[(n * 5) % 6] for n in numbers],
            "activity_type": [f"Kind {n % 3}" for n in numbers],
            "period": ["2026-10"] * n_rows,
            "reached": [None if n % 10 == 3 else float(100 + 17 * n) for n in numbers],
        },
        schema_overrides={
            "sector_word": pl.String,
            "place_label": pl.String,
            "reached": pl.Float64,
        },
    )


def the_calendar() -> Calendar:
    return Calendar(every=Every.MONTH, due_day=5, first="2026-09")


def due_for_october() -> pl.DataFrame:
    """Return a table in which two of seven are late, one of them for the first time."""
    received = pl.DataFrame(
        [
            (f"organisation/{n}", period, f"{period[:5]}{month:02d}-03T09:00:00Z")
            for period, month, names in (("2026-09", 10, range(6)), ("2026-10", 11, range(5)))
            for n in names
        ],
        orient="row",
        schema=["organisation", "period", "received_at"],
    )
    return due_of(the_calendar(), received, date(2026, 11, 20), ["organisation/far-shore"])


def counted_people(frame: pl.DataFrame) -> Counted:
    """Return what the counting makes of a frame, and who was due."""
    return Counted(
        reached=reached_of(frame),
        by_sector=reached_of(frame, ("sector_word",)),
        matrix=matrix_of(frame),
        due=due_for_october(),
    )


def further_facts(language: str = "en") -> Further:
    rows = (SourceRows(organisation="Water Board", rows=(12,), reports=(a_report_id(12),)),)
    return Further(
        earlier=an_activity_frame(30).filter(pl.col("reporting_organisation") != "Bridge Aid"),
        earlier_day="2026-10-20",
        contested=(
            Contested(
                about="Is the pumping station of Hilltop working?",
                answers=(
                    Answer(value="working", said_by=("Water Board",), rows=rows),
                    Answer(value="not working", said_by=("River Relief", "هيئة الإغاثة")),
                ),
            ),
        ),
        hazards=(
            HazardCount(state="confirmed", n_areas=1, places=("Potters",)),
            HazardCount(state="suspected", n_areas=2, places=("Old Bridge", "السوق")),
            HazardCount(state="released", n_areas=1),
        ),
        access=(
            Access(
                place="Old Bridge",
                state="closed to lorries above 3.5 t",
                since="2026-10-28",
                said_by="Bridge Aid",
            ),
        ),
        map=a_city_map(language),
        not_included=("Two organisations withhold the names of their partners.",),
    )


def a_sitrep(language: str = "en", n_rows: int = 40) -> SitrepContent:
    frame = an_activity_frame(n_rows)
    return sitrep_of(
        frame,
        counted_people(frame),
        a_head(language=language),
        further_facts(language),
    )


def a_bare_sitrep(**changes: Any) -> SitrepContent:
    """Return a report with one figure and nothing else."""
    figure = Figure(label="People reached", lowest=10.0, highest=10.0, rule="As told.")
    bare = SitrepContent(
        title="Rivertown",
        place="Rivertown",
        as_of="2026-10",
        known="2026-11-20",
        language="en",
        audience="public",
        made_by="Water Board",
        sections=(Section(title="At a glance", figures=(figure,)),),
    )
    return replace(bare, **changes)
