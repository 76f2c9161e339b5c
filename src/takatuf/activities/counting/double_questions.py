"""The questions about rows that may be the same work: one for all rows, not one for each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from takatuf.activities.counting.attestations import BY_TYPE
from takatuf.activities.organisations.sheet import Sheet
from takatuf.activities.questions import Kind, Option, Question

KEEP_ONE = "keep_one"
KEEP_ALL = "keep_all"
BY_ORGANISATION = "by_organisation"
ONE_ACTIVITY = "one_activity"
TWO_ACTIVITIES = "two_activities"
ONE_SECTOR = "one_sector"
TWO_SECTORS = "two_sectors"
RUNNING_TOTAL = "running_total"
EACH_PERIOD = "each_period"
_SHOWN_ORGANISATIONS = 5
_SHOWN_EXAMPLES = 3
_OF_EACH = (
    Option(KEEP_ONE, "double entry: count one of each"),
    Option(KEEP_ALL, "real work: count every row"),
)
_WHAT = {
    "exact": "repeat another row in every column",
    "near": "repeat the organisation, sector, activity, area and month of another row",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleRows:
    """Rows that repeat others, for one question."""

    word: str  # "exact" or "near"
    copies: pl.DataFrame  # row, same_as, n_same
    shares: pl.DataFrame  # of `share_by_organisation`
    n_rows: int  # of the whole table
    remark: str = ""  # what else speaks for one or the other


def copies_question(rows: DoubleRows, layout: str, sheet: Sheet) -> Question:
    """Ask once for all rows that repeat others; `layout` is what the answer is remembered by."""
    code = _exact if rows.word == "exact" else _near
    n_copies = rows.copies.height
    text = (
        f"{n_copies:,} of {rows.n_rows:,} rows {_WHAT[rows.word]}{rows.remark}. "
        f"{_by_organisation(rows.shares)} {_examples(rows.copies)} "
        "Double entry, or real work?"
    )
    each = Option(BY_ORGANISATION, f"ask for each of the {rows.shares.height:,} organisations")
    return code(layout, text, (*_OF_EACH, each), rows.copies, sheet)


def organisation_question(
    rows: DoubleRows, organisation: tuple[str, str], layout: str, sheet: Sheet
) -> Question:
    """Ask the same for the rows of one organisation: its key and how it is shown."""
    key, shown = organisation
    code = _exact if rows.word == "exact" else _near
    text = (
        f"{shown}: {rows.copies.height:,} of {rows.n_rows:,} rows {_WHAT[rows.word]}. "
        f"{_examples(rows.copies)} Double entry, or real work?"
    )
    return code(f"{layout}|{key}", text, _OF_EACH, rows.copies, sheet)


def pairs_question(pairs: pl.DataFrame, n_leading: int, layout: str, sheet: Sheet) -> Question:
    """Ask whether the two sides' rows tell of one activity."""
    by = pairs["by"][0]
    n_blank = pairs.height - int(pairs["says_activity"].sum())
    column = "operation_type" if by == BY_TYPE else "implementing_partner"
    how = "by who reports" if by == BY_TYPE else "that name a partner"
    blank = f" ({n_blank:,} of them with a blank activity on both sides)" if n_blank else ""
    return Question(
        kind=Kind.COPIES,
        code="ask.two-sides",
        about=f"{by}|{layout}",
        text=f"{pairs.height:,} of {n_leading:,} rows {how} have a row by who implements, with the "
        f"same sector, activity, area and month{blank}. Do both tell of one activity?",
        options=(
            Option(ONE_ACTIVITY, "one activity with two witnesses: count it once"),
            Option(TWO_ACTIVITIES, "two activities: count both"),
        ),
        rows=tuple(pairs["row"]),
        where=sheet.where(column),
    )


def sectors_question(twice: pl.DataFrame, sheet: Sheet) -> Question:
    """Ask whether rows under two codes of one sector are the same rows."""
    word = twice["sector_word"][0]
    codes = sorted({*twice["code"], *twice["twin_code"]})
    return Question(
        kind=Kind.COPIES,
        code="ask.sector-under-two-codes",
        about=f"{word}|{'|'.join(codes)}",
        text=f"The same {twice.height:,} rows stand under {' and '.join(codes)}, which are one "
        f"sector ({word}). Is it one set of rows?",
        options=(
            Option(ONE_SECTOR, "the same rows twice: count them once"),
            Option(TWO_SECTORS, "two sets of rows: count both"),
        ),
        rows=tuple(twice["row"]),
        where=sheet.where("sector_code"),
    )


def running_question(
    key: str, shown: str, counts: tuple[int, int], rows: Iterable[int], sheet: Sheet
) -> Question:
    """Ask whether an organisation's figures are totals since the start: running of all series."""
    n_running, n_series = counts
    return Question(
        kind=Kind.NUMBER,
        code="ask.running-total",
        about=key,
        text=f"{shown}: in {n_running:,} of {n_series:,} activities the people reached never fall "
        "from period to period. Are they totals since the start, or people of each period?",
        options=(
            Option(RUNNING_TOTAL, "totals since the start: take the last one"),
            Option(EACH_PERIOD, "people of each period: add them up"),
        ),
        rows=tuple(rows),
        where=sheet.where("reached"),
    )


def _exact(
    about: str, text: str, options: Sequence[Option], copies: pl.DataFrame, sheet: Sheet
) -> Question:
    return Question(
        kind=Kind.COPIES,
        code="ask.exact-copies",
        about=about,
        text=text,
        options=tuple(options),
        rows=tuple(copies["row"]),
        where=_where(copies, sheet),
    )


def _near(
    about: str, text: str, options: Sequence[Option], copies: pl.DataFrame, sheet: Sheet
) -> Question:
    return Question(
        kind=Kind.COPIES,
        code="ask.near-copies",
        about=about,
        text=text,
        options=tuple(options),
        rows=tuple(copies["row"]),
        where=_where(copies, sheet),
    )


def _where(copies: pl.DataFrame, sheet: Sheet) -> str:
    return f"{f'sheet {sheet.name}, ' if sheet.name else ''}row {copies['row'][0]}"


def _by_organisation(shares: pl.DataFrame) -> str:
    shown = [
        f"{name or 'no name'} {n_copies:,} of {n_rows:,} ({100 * n_copies / n_rows:.0f} %)"
        for name, n_copies, n_rows in shares.head(_SHOWN_ORGANISATIONS)
        .select("shown", "n_copies", "n_rows")
        .iter_rows()
    ]
    return f"Most of them: {'; '.join(shown)}."


def _examples(copies: pl.DataFrame) -> str:
    first = copies.sort("n_same", "row", descending=[True, False]).head(_SHOWN_EXAMPLES)
    shown = [
        f"row {row} as row {same_as}" for row, same_as in first.select("row", "same_as").iter_rows()
    ]
    return f"For example {', '.join(shown)}."
