"""The sectors of a frame in our words, with the local code kept as it was entered.

What a cell does not say certainly is asked once for all its rows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl
from rapidfuzz import fuzz, process

from takatuf.activities.counting.sectors import (
    SectorReading,
    sector_key,
    sector_reading,
    sectors,
)
from takatuf.activities.organisations.sheet import (
    UNKNOWN_SHEET,
    Finding,
    Sheet,
    fault_frame,
    unanswered,
)
from takatuf.activities.organisations.spelling import tidy
from takatuf.activities.questions import AS_ENTERED, Answers, Kind, Option, Question
from takatuf.vocabulary.errors import cut

COLUMNS = ("subsector", "sector", "sector_code")  # the narrowest first
MOST_OFFERED = 4
LIKE_PERCENT = 60
MOST_QUESTIONS = 100  # a column with more unknown texts is hardly one of sectors
NO_ANSWERS: Answers = {}

Cells = tuple[str | None, str | None, str | None]  # of `COLUMNS`


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorMatch:
    """A frame with our words for the sectors, and what is asked."""

    frame: pl.DataFrame  # with `sector_word`: our word, several by " ", null where not known
    faults: pl.DataFrame
    questions: tuple[Question, ...]  # not answered yet
    codes: pl.DataFrame  # sectors under several codes or names: sector_word, entered, n_rows


def match_sectors(
    frame: pl.DataFrame, answers: Answers = NO_ANSWERS, sheet: Sheet = UNKNOWN_SHEET
) -> SectorMatch:
    """Add `sector_word` to a frame with a sector, its code or a sub-sector.

    The sub-sector counts where it is a part of the sector beside it, then the name, then the
    code. A frame without any of these columns gets a column of nulls.

    Args:
        frame: Rows in our words, with `row`.
        answers: To the questions of an earlier run.
        sheet: Where the rows stand.
    """
    columns = [column for column in COLUMNS if column in frame.columns]
    if not columns:
        nothing = pl.lit(None, pl.String)
        return _match(frame.with_columns(sector_word=nothing), [], ())
    cells = frame.group_by(columns).agg(pl.col("row").sort()).sort(columns)
    rows_by_text = _rows_by_text(cells, columns)
    asked: dict[str, tuple[str, str]] = {}  # unknown texts with their column, by key
    words: list[str | None] = []
    findings: list[Finding] = []
    for *texts, numbers in cells.iter_rows():
        said = dict(zip(columns, texts, strict=True))
        readings = {column: _read(said[column], answers) for column in columns if said[column]}
        words.append(_word(readings))
        findings += _findings(said, readings, numbers, sheet)
        if not any(sector_reading(text).words for text in texts if text):
            asked = _unknown(said) | asked
    found = cells.select(columns).with_columns(sector_word=pl.Series(words, dtype=pl.String))
    joined = frame.join(found, on=columns, how="left", nulls_equal=True, maintain_order="left")
    rows = {key: tuple(sorted(set(rows_by_text[key]))) for key in asked}
    unknown = sorted(asked, key=lambda key: (-len(rows[key]), key))
    questions = [
        _question(asked[key][0], rows[key], sheet, asked[key][1])
        for key in unknown[:MOST_QUESTIONS]
    ]
    findings += [
        _finding(asked[key][0], rows[key], sheet.column(asked[key][1]))
        for key in unknown[MOST_QUESTIONS:]
    ]
    return _match(joined, findings, unanswered(questions, answers))


def _match(
    frame: pl.DataFrame, findings: Iterable[Finding], questions: tuple[Question, ...]
) -> SectorMatch:
    return SectorMatch(
        frame=frame,
        faults=fault_frame(findings),
        questions=questions,
        codes=_codes(frame),
    )


def _read(text: str | None, answers: Answers) -> SectorReading:
    reading = sector_reading(text or "")
    if reading.words or not answers:
        return reading
    word = answers.get(_question(text or "", (), UNKNOWN_SHEET, options=()).id, "")
    return SectorReading((word,)) if word in sectors() else reading


def _word(readings: Mapping[str, SectorReading]) -> str | None:
    """Return our words; the sub-sector only where the sector beside it is not another one."""
    known = [reading.words for reading in readings.values() if reading.words]
    if not known:
        return None
    inner = known[0]
    if len(known) > 1 and "subsector" in readings and readings["subsector"].words:
        outer = known[1]
        if not all(sectors()[word].parent in outer or word in outer for word in inner):
            return " ".join(outer)
    return " ".join(inner)


def _findings(
    said: Mapping[str, str | None],
    readings: Mapping[str, SectorReading],
    rows: list[int],
    sheet: Sheet,
) -> Iterable[Finding]:
    for column, reading in readings.items():
        text, letter = cut(tidy(said[column] or "")), sheet.column(column)
        if reading.wrong_prefix:
            yield Finding(
                rows=rows,
                column=letter,
                code="sector.prefix-misspelt",
                found=reading.wrong_prefix,
                expected=reading.right_prefix,
            )
        if len(reading.words) > 1:
            yield Finding(
                rows=rows,
                column=letter,
                code="sector.several-in-cell",
                found=text,
                expected="one sector in each row",
                hint=f"The cell names {len(reading.words)} sectors.",
            )
        if reading.repeated:
            yield Finding(
                rows=rows,
                column=letter,
                code="sector.repeated-in-cell",
                found=text,
                expected="each sector once",
                hint=f"Several names stand for {', '.join(map(_label, reading.repeated))}.",
            )
    name, code = readings.get("sector"), readings.get("sector_code")
    if name and code and name.words and code.words and not _agree(name.words, code.words):
        yield Finding(
            rows=rows,
            column=sheet.column("sector_code"),
            code="sector.code-and-name-differ",
            found=f"{tidy(said['sector_code'] or '')} beside {tidy(said['sector'] or '')}",
            expected=f"a code of {_label(name.words[0])}",
            hint="The name was taken.",
        )


def _label(word: str) -> str:
    return sectors()[word].labels["en"]


def _agree(ones: Iterable[str], others: Iterable[str]) -> bool:
    wide = {sectors()[word].parent or word for word in ones}
    return bool(wide & {sectors()[word].parent or word for word in others})


def _rows_by_text(cells: pl.DataFrame, columns: list[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for *texts, rows in cells.iter_rows():
        for text in {text for text, _ in zip(texts, columns, strict=True) if text}:
            found.setdefault(sector_key(text), []).extend(rows)
    return found


def _unknown(said: Mapping[str, str | None]) -> dict[str, tuple[str, str]]:
    """Return the text that is asked about, with its column, by key: the name before the code."""
    for column in ("sector", "sector_code", "subsector"):
        text = said.get(column)
        if text and sector_key(text):
            return {sector_key(text): (text, column)}
    return {}


def _finding(text: str, rows: Iterable[int], column: str) -> Finding:
    return Finding(
        rows=rows,
        column=column,
        code="sector.unknown",
        found=cut(tidy(text)),
        expected="a sector by a name or code that is known",
    )


def _question(
    text: str,
    rows: tuple[int, ...],
    sheet: Sheet,
    column: str = "sector",
    options: tuple[Option, ...] | None = None,
) -> Question:
    offered = _offered(text) if options is None else options
    return Question(
        kind=Kind.SECTOR,
        code="ask.sector",
        about=sector_key(text),
        text=f"Which sector is “{cut(tidy(text))}” ({len(rows):,} rows)?",
        options=(*offered, Option(AS_ENTERED, "none of ours: keep it as entered")),
        rows=rows,
        where=sheet.where(column),
        takes_text=True,
    )


def _offered(text: str) -> tuple[Option, ...]:
    names = {name: sector.word for sector in sectors().values() for name in sector.names}
    keys = {name: sector_key(name) for name in names}
    near = process.extract(
        cut(sector_key(text)), keys, scorer=fuzz.WRatio, score_cutoff=LIKE_PERCENT, limit=20
    )
    found: dict[str, Option] = {}
    for _, percent, name in near:
        word = names[name]
        because = f"{percent:.0f} % alike: {name}"
        found.setdefault(word, Option(word, sectors()[word].labels["en"], because))
    return tuple(found.values())[:MOST_OFFERED]


def _codes(frame: pl.DataFrame) -> pl.DataFrame:
    column = next((c for c in ("sector_code", "sector") if c in frame.columns), None)
    if column is None:
        schema = {"sector_word": pl.String, "entered": pl.String, "n_rows": pl.UInt32}
        return pl.DataFrame(schema=schema)
    counted = (
        frame.filter(pl.col("sector_word").is_not_null(), pl.col(column).is_not_null())
        .group_by("sector_word", entered=pl.col(column))
        .agg(n_rows=pl.len())
    )
    return counted.filter(pl.len().over("sector_word") > 1).sort("sector_word", "entered")
