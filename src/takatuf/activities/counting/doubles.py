"""What a table may count twice, and the questions that only people can answer.

Nothing is left out without an answer, in neither direction: until then the lowest figure
counts a doubtful row with its twin, and the highest counts both.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from takatuf.activities.counting.attestations import (
    BY_NAME,
    BY_TYPE,
    IMPLEMENTING,
    REPORTING,
    pairs_of,
    sides,
)
from takatuf.activities.counting.copies import (
    exact_copies,
    near_copies,
    share_by_organisation,
    shown_name,
)
from takatuf.activities.counting.double_questions import (
    BY_ORGANISATION,
    KEEP_ONE,
    ONE_ACTIVITY,
    ONE_SECTOR,
    RUNNING_TOTAL,
    DoubleRows,
    copies_question,
    organisation_question,
    pairs_question,
    running_question,
    sectors_question,
)
from takatuf.activities.counting.running import (
    people_in_two_sectors,
    running_totals,
    sectors_twice,
)
from takatuf.activities.counting.works import ACTIVITY, ORGANISATION, PERIOD, with_works
from takatuf.activities.organisations.sheet import FAULT_SCHEMA, UNKNOWN_SHEET, Sheet
from takatuf.activities.questions import Answers, Question, in_order

NO_ANSWERS: Answers = {}
LEFT_OUT_SCHEMA = pl.Schema({"row": pl.UInt32(), "same_as": pl.UInt32(), "because": pl.String()})


@dataclass(frozen=True, slots=True)
class CountingNote:
    """What a reader of the figures must know, and nobody needs to answer."""

    code: str  # documented like the code of a fault
    text: str
    n_rows: int

    @property
    def word(self) -> str:
        """The code without its family: "activity_blank"."""
        return self.code.partition(".")[2].replace("-", "_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubles:
    """Rows that may count twice; each frame names the row and the row that it repeats."""

    exact: pl.DataFrame  # row, same_as, n_same: the rows behind the first
    near: pl.DataFrame  # the same
    pairs: pl.DataFrame  # row, twin, by, is_certain, says_activity
    sectors_twice: pl.DataFrame  # row, twin, sector_word, code, twin_code
    same_people: pl.DataFrame  # row, same_as, reached
    running: pl.DataFrame  # organisations with figures that look like running totals
    left_out: pl.DataFrame  # row, same_as, because: by the answers
    running_organisations: tuple[str, ...]  # by the answers, keys of `with_works`
    faults: pl.DataFrame
    questions: tuple[Question, ...]
    notes: tuple[CountingNote, ...]


def count_doubles(
    frame: pl.DataFrame,
    answers: Answers = NO_ANSWERS,
    sheet: Sheet = UNKNOWN_SHEET,
    cells: pl.DataFrame | None = None,
) -> Doubles:
    """Find what a table may count twice.

    Args:
        frame: Rows in our words, matched; also rows of several partners' files together.
        answers: To the questions of an earlier run on the same rows.
        sheet: Where the rows stand.
        cells: The cells of the table as they stand, in the order of the rows. With them a row
            is an exact copy only if it is one in every cell, also in columns nobody
            understood; without them the columns of the frame decide.
    """
    works = with_works(frame)
    twice = sectors_twice(works)
    exact = exact_copies(works, cells, sheet)
    near = near_copies(works, pl.concat([exact.select("row"), twice.select("row")]))
    pairs = pairs_of(works)
    running = running_totals(works)
    told = _Told(works, answers, sheet)
    told.join_reports()
    told.ask_copies("exact", exact)
    told.ask_copies("near", near, _both_sides(works, near))
    told.ask_pairs(pairs)
    told.ask_sectors(twice)
    told.ask_running(running)
    same_people = people_in_two_sectors(works)
    return Doubles(
        exact=exact,
        near=near,
        pairs=pairs,
        sectors_twice=twice,
        same_people=same_people,
        running=running,
        left_out=pl.concat([pl.DataFrame(schema=LEFT_OUT_SCHEMA), *told.left_out])
        .unique("row", keep="first", maintain_order=True)
        .sort("row"),
        running_organisations=tuple(told.running),
        faults=_faults(exact, near, twice, same_people, sheet),
        questions=in_order(tuple(told.questions)),
        notes=tuple(_notes(works, pairs)),
    )


class _Told:
    """The questions without an answer so far, and what follows from the answers."""

    def __init__(self, works: pl.DataFrame, answers: Answers, sheet: Sheet) -> None:
        self.works, self.answers, self.sheet = works, answers, sheet
        known = [
            c for c in works.columns if not c.startswith("_") and not c.endswith(("_id", "_pcode"))
        ]
        self.layout = " ".join(sorted(known))
        self.questions: list[Question] = []
        self.left_out: list[pl.DataFrame] = []
        self.running: list[str] = []

    def join_reports(self) -> None:
        """Count the reports of one activity of the register once: that needs no answer."""
        if "activity" in self.works.columns:
            first = self.works.select(
                "row", "activity", same_as=pl.col("row").min().over("activity")
            )
            several = first.drop_nulls("activity").filter(pl.col("row") != pl.col("same_as"))
            self._leave_out(several, "reports of one activity")

    def ask_copies(self, word: str, copies: pl.DataFrame, remark: str = "") -> None:
        if copies.is_empty():
            return
        shares = share_by_organisation(self.works, copies)
        rows = DoubleRows(
            word=word, copies=copies, shares=shares, n_rows=self.works.height, remark=remark
        )
        answer = self._ask(copies_question(rows, self.layout, self.sheet))
        if answer == KEEP_ONE:
            self._leave_out(copies, f"{word} copy")
        elif answer == BY_ORGANISATION:
            self._ask_each(rows)

    def ask_pairs(self, pairs: pl.DataFrame) -> None:
        n_leading = sides(self.works).filter(side=REPORTING).height
        for by in (BY_TYPE, BY_NAME):
            some = pairs.filter(by=by)
            if some.is_empty():
                continue
            n_rows = n_leading if by == BY_TYPE else self.works.height
            if self._ask(pairs_question(some, n_rows, self.layout, self.sheet)) == ONE_ACTIVITY:
                self._leave_out(some.rename({"twin": "same_as"}), "two sides of one activity")

    def ask_sectors(self, twice: pl.DataFrame) -> None:
        for some in twice.partition_by("sector_word", maintain_order=True):
            if self._ask(sectors_question(some, self.sheet)) == ONE_SECTOR:
                self._leave_out(some.rename({"twin": "same_as"}), "sector under two codes")

    def ask_running(self, running: pl.DataFrame) -> None:
        shown = self.works.group_by(ORGANISATION).agg(shown_name(self.works).min())
        known = running.join(shown, on=ORGANISATION, nulls_equal=True).sort(ORGANISATION)
        for key, n_series, n_running, rows, name in known.iter_rows():
            counts = (n_running, n_series)
            question = running_question(key or "", name or "", counts, rows, self.sheet)
            if self._ask(question) == RUNNING_TOTAL:
                self.running.append(key or "")

    def _ask_each(self, rows: DoubleRows) -> None:
        owners = self.works.select("row", ORGANISATION)
        owned = rows.copies.join(owners, on="row")
        parts = owned.partition_by(ORGANISATION, as_dict=True)
        for key, shown, _, n_rows in rows.shares.iter_rows():
            own = DoubleRows(
                word=rows.word, copies=parts[key,].sort("row"), shares=rows.shares, n_rows=n_rows
            )
            organisation = (key or "", shown or "no name")
            if (
                self._ask(organisation_question(own, organisation, self.layout, self.sheet))
                == KEEP_ONE
            ):
                self._leave_out(own.copies, f"{rows.word} copy")

    def _ask(self, question: Question) -> str:
        answer = self.answers.get(question.id)
        if answer is None:
            self.questions.append(question)
        return answer or ""

    def _leave_out(self, rows: pl.DataFrame, because: str) -> None:
        self.left_out.append(rows.select("row", "same_as", because=pl.lit(because)))


def _both_sides(works: pl.DataFrame, near: pl.DataFrame) -> str:
    side = sides(works)
    if side.is_empty() or near.is_empty():
        return ""
    told = near.join(side, on="row").join(side, left_on="same_as", right_on="row")
    n_two = told.filter(pl.col("side") != pl.col("side_right")).height
    return f"; {n_two:,} of them tell of it once as {REPORTING} and once as {IMPLEMENTING}"


def _notes(works: pl.DataFrame, pairs: pl.DataFrame) -> Iterator[CountingNote]:
    blank = works[ACTIVITY].null_count()
    if "activity_type" in works.columns and blank:
        text = f"{blank:,} rows name no activity."
        yield CountingNote(code="count.activity-blank", text=text, n_rows=blank)
    unsure = pairs.height - int(pairs["is_certain"].sum())
    if unsure:
        text = f"{unsure:,} pairs could be made in another way: several rows stand on a side."
        yield CountingNote(code="count.pairs-unsure", text=text, n_rows=unsure)
    periods = works[PERIOD].drop_nulls().n_unique()
    people = {"reached", "reached_total"} & set(works.columns)
    if people and "reached_new" not in works.columns and periods > 1:
        stated = works.filter(pl.any_horizontal(pl.col(*sorted(people)).is_not_null())).height
        text = f"{periods} periods, and no word on who is new: a sum counts people again."
        yield CountingNote(code="count.total-over-periods", text=text, n_rows=stated)


def _faults(
    exact: pl.DataFrame,
    near: pl.DataFrame,
    twice: pl.DataFrame,
    people: pl.DataFrame,
    sheet: Sheet,
) -> pl.DataFrame:
    others = people.filter(pl.col("row") != pl.col("same_as"))
    sector, reached = sheet.column("sector_code"), sheet.column("reached")
    return pl.concat(
        [
            _fault(exact, "", code="count.exact-copy", expected="each row once"),
            _fault(near, "", code="count.near-copy", expected="one row for one work in a month"),
            _fault(
                twice.rename({"twin": "same_as"}),
                sector,
                code="count.sector-under-two-codes",
                expected="one code for one sector",
            ),
            _fault(
                others, reached, code="count.same-people", expected="other people in each sector"
            ),
        ]
    ).sort("row", "code")


def _fault(rows: pl.DataFrame, column: str, *, code: str, expected: str) -> pl.DataFrame:
    return rows.select(
        "row",
        column=pl.lit(column),
        code=pl.lit(code),
        found=pl.format("the same as row {}", "same_as"),
        expected=pl.lit(expected),
        hint=pl.lit(""),
    ).cast(FAULT_SCHEMA)
