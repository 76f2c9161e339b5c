"""What is known to be in some published files, counted by hand: each must be found by the import.

The files are not ours and are not kept here; a fact is skipped if its file is not in the folder.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import polars as pl

from benchmarks.workbooks.understanding import Understood
from takatuf.activities.questions import Question
from takatuf.formats.readers.workbooks import Book


@dataclass(frozen=True, slots=True)
class Result:
    """A file after all steps."""

    book: Book
    tables: tuple[Understood, ...]

    @property
    def first(self) -> Understood:
        """The first table."""
        return self.tables[0]

    def faults(self, *codes: str, column: str = "", found: str = "") -> int:
        """Return how many cells have a fault of one of these codes."""
        faults = pl.concat([table.faults for table in self.tables])
        kept = faults.filter(pl.col("code").is_in(codes))
        if column:
            kept = kept.filter(pl.col("column") == column)
        if found:
            kept = kept.filter(pl.col("found").str.contains(found, literal=True))
        return kept.select("row", "column").n_unique()

    def questions(self, code: str, *texts: str) -> list[Question]:
        """Return the questions of a code whose text has all these words."""
        asked = [question for table in self.tables for question in table.questions]
        return [q for q in asked if q.code == code and all(text in q.text for text in texts)]

    def asked_rows(self, code: str, *texts: str) -> int:
        """Return how many rows the largest such question is about."""
        return max((len(question.rows) for question in self.questions(code, *texts)), default=0)

    def says(self, *texts: str) -> bool:
        """Return whether a note, a question or a reason for skipping has all these words."""
        notes: Iterable[object] = (
            *self.book.skipped,
            *self.book.notes,
            *(note for table in self.tables for note in table.notes),
            *(question.text for table in self.tables for question in table.questions),
        )
        return any(all(text in str(note) for text in texts) for note in notes)

    def means(self, letter: str) -> str:
        """Return what a column of the first table was taken for."""
        return next(c.name for c in self.first.matched.columns if c.column.letter == letter)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is in a file."""

    file: str  # what its name starts with
    text: str
    expected: object
    measured: Callable[[Result], object]


def _n_empty(result: Result) -> int:
    return sum(column.is_empty for column in result.first.matched.columns)


def _n_understood(result: Result) -> int:
    return sum(bool(column.name) for column in result.first.matched.columns)


def _shape(result: Result) -> tuple[int, int]:
    return len(result.first.table.rows), len(result.first.table.columns)


def _head(result: Result) -> tuple[int, int | None]:
    return result.first.table.header_row, result.first.table.tag_row


def _kept(result: Result) -> int:
    return len(result.first.frame)


YES: Final[object] = True
AFGHANISTAN, MALI, NIGERIA, UKRAINE, SYRIA = "01-afg", "02-mli", "03-nga", "11-ukr", "syr-wos"

FACTS = (
    Fact(AFGHANISTAN, "rows and columns", (10_902, 11), _shape),
    Fact(AFGHANISTAN, "header row, tag row", (1, 2), _head),
    Fact(AFGHANISTAN, "rows that go on", 10_902, _kept),
    Fact(AFGHANISTAN, "untagged last column left as it is", "", lambda r: r.means("K")),
    Fact(
        AFGHANISTAN,
        "one block of rows under two sector codes",
        619,
        lambda r: r.asked_rows("ask.sector-under-two-codes", "EiE_OP", "EDUCATION_OP"),
    ),
    Fact(
        AFGHANISTAN,
        "prefix of the sector misspelt",
        930,
        lambda r: r.faults("sector.prefix-misspelt"),
    ),
    Fact(
        AFGHANISTAN,
        "untrimmed names of organisations",
        328,
        lambda r: r.faults("cell.untrimmed", column="G"),
    ),
    Fact(
        AFGHANISTAN,
        "WCC and WC-C asked about",
        YES,
        lambda r: bool(r.questions("ask.one-acronym-two-names", "WC-C", "WCC")),
    ),
    Fact(
        AFGHANISTAN,
        "two organisations 97 % alike: asked, never merged",
        YES,
        lambda r: bool(
            r.questions("ask.organisations-alike", "Rural Rehabilitation and Development")
        ),
    ),
    Fact(
        AFGHANISTAN,
        "district codes, district names",
        YES,
        lambda r: r.says("401 codes", "390 names"),
    ),
    Fact(AFGHANISTAN, "no exact copies", 0, lambda r: r.asked_rows("ask.exact-copies")),
    Fact(MALI, "rows and columns of the main sheet", (24_088, 40), _shape),
    Fact(MALI, "rows that go on", 24_088, _kept),
    Fact(MALI, "tables read (of 8 sheets)", 1, lambda r: len(r.tables)),
    Fact(MALI, "pivot sheet skipped with a reason", YES, lambda r: r.says("TCD", "pivot")),
    Fact(
        MALI,
        "hidden second version skipped with a reason",
        YES,
        lambda r: r.says("ML_5W (2)", "hidden"),
    ),
    Fact(
        MALI,
        "hidden sheets named",
        6,
        lambda r: len({p.where for p in r.book.skipped if p.code == "workbook.hidden-sheet"}),
    ),
    Fact(MALI, "columns without a value", 30, _n_empty),
    Fact(MALI, "column tagged #actor is the donor", "donor", lambda r: r.means("E")),
    Fact(
        MALI,
        "exact copies, in one question (13,559 if an error cell and a blank one differ)",
        (1, 13_560),
        lambda r: (len(r.questions("ask.exact-copies")), r.asked_rows("ask.exact-copies")),
    ),
    Fact(MALI, "error cells #N/A", 6_848, lambda r: r.faults("cell.error-value", column="J")),
    Fact(
        MALI,
        "of these and of the 3 blank ones, rows that name the commune (4,427 + 3)",
        YES,
        lambda r: r.says("4,427") and r.faults("place.code-missing", column="J") == 3,  # noqa: PLR2004
    ),
    Fact(
        MALI,
        "codes of level 3 outside level 2",
        707,
        lambda r: r.faults("place.outside-parent", column="J"),
    ),
    Fact(
        MALI,
        "codes of level 2 outside level 1",
        17,
        lambda r: r.faults("place.outside-parent", column="H"),
    ),
    Fact(
        MALI,
        "codes of level 3 with several names",
        YES,
        lambda r: r.says("64 codes with several names"),
    ),
    Fact(
        MALI,
        "names of communes in several spellings asked (102; 142 with accents)",
        YES,
        lambda r: bool(r.questions("ask.place-spellings", "names of admin 3")),
    ),
    Fact(
        MALI,
        "WVI with two names",
        357,
        lambda r: r.asked_rows("ask.one-acronym-two-names", "WVI"),
    ),
    Fact(
        MALI,
        "Unicef and UNICEF",
        1_516,
        lambda r: r.asked_rows("ask.one-name-two-acronyms", "UNICEF", "Unicef"),
    ),
    Fact(NIGERIA, "rows and columns", (9_366, 15), _shape),
    Fact(NIGERIA, "rows that go on, none refused for its code", 9_366, _kept),
    Fact(
        NIGERIA,
        "two p-code schemes recognised in every row",
        9_366,
        lambda r: r.asked_rows("ask.two-code-schemes"),
    ),
    Fact(NIGERIA, "mapping of codes shown", 3, lambda r: len(r.first.mapping)),
    Fact(
        NIGERIA,
        "rows by who reports with a twin by who implements",
        YES,
        lambda r: bool(r.questions("ask.two-sides", "4,210 of 5,191")),
    ),
    Fact(
        NIGERIA,
        "near copies, in one question",
        (1, 2_630),
        lambda r: (len(r.questions("ask.near-copies")), r.asked_rows("ask.near-copies")),
    ),
    Fact(NIGERIA, "activities blank", 1_049, lambda r: r.faults("cell.missing", column="F")),
    Fact(
        NIGERIA,
        "non-breaking spaces in names",
        YES,
        lambda r: r.faults("cell.odd-space", column="A") > 0,
    ),
    Fact(
        NIGERIA,
        "'Closed ' and 'October ' untrimmed",
        YES,
        lambda r: (
            r.faults("cell.untrimmed", column="G") > 0
            and r.faults("cell.untrimmed", column="N") > 0
        ),
    ),
    Fact(
        NIGERIA,
        "period from month and year in two columns",
        ["2023-10", "2023-11", "2023-12"],
        lambda r: sorted(r.first.frame["period"].drop_nulls().unique()),
    ),
    Fact(
        NIGERIA,
        "rows without a sector of ours",
        0,
        lambda r: int(r.first.frame["sector_word"].null_count()),
    ),
    Fact(UKRAINE, "rows and columns", (25, 5), _shape),
    Fact(
        UKRAINE,
        "'Mine Action' twice in every row",
        25,
        lambda r: r.faults("sector.repeated-in-cell", "cell.repeated-in-list"),
    ),
    Fact(UKRAINE, "lists in a cell", 25, lambda r: r.faults("sector.several-in-cell")),
    Fact(UKRAINE, "people reached", "reached", lambda r: r.means("D")),
    Fact(SYRIA, "header row, tag row", (2, 1), _head),
    Fact(SYRIA, "columns understood", 37, _n_understood),
    Fact(SYRIA, "sample row read", YES, lambda r: 3 in r.first.table.rows),  # noqa: PLR2004
    Fact(
        SYRIA,
        "hidden sheets named",
        5,
        lambda r: len({p.where for p in r.book.skipped if p.code == "workbook.hidden-sheet"}),
    ),
)
