"""Errors put into good files: how many are flagged, and what happens to the good rows.

An error counts as flagged if a fault or a question of a code that is about such errors names its
row and its column, and says so only of the file with errors, not of the same file without them.
A row is lost if it is in the file and not in the frame that is read from it.
"""

import argparse
import random
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from benchmarks.planning.machine import machine_line
from benchmarks.workbooks.kinds_of_errors import KINDS, KindOfError, Setting
from benchmarks.workbooks.layouts import LAYOUTS, Layout, laid_out
from benchmarks.workbooks.made_up import (
    TODAY,
    Made,
    Row,
    World,
    good_rows,
    places,
)
from benchmarks.workbooks.made_up_known import made_up_gazetteer, made_up_organisations
from benchmarks.workbooks.understanding import Known, Understood, understood
from takatuf.activities.questions import Question
from takatuf.formats.writers.corrected.marks import columns_named

GOOD_ROWS_PER_ERROR = 1.5
WANTED_SHARE = 0.995
Place = tuple[int, str]  # row and column


@dataclass(frozen=True, slots=True)
class Error:
    """One error in one row of the sheet."""

    row: int
    kind: KindOfError
    text: str  # what stands there now
    twins: tuple[int, ...] = ()  # rows that are the same, of which any may be named


@dataclass(slots=True)
class Score:
    """What became of the errors and of the good rows of one file."""

    put: Counter[str] = field(default_factory=Counter)
    flagged: Counter[str] = field(default_factory=Counter)
    row_only: Counter[str] = field(default_factory=Counter)  # named without the column
    by: Counter[tuple[str, str]] = field(default_factory=Counter)  # kind and code that said it
    missed: list[str] = field(default_factory=list)
    n_good: int = 0
    n_lost: int = 0
    alarms: Counter[str] = field(default_factory=Counter)  # good rows with a fault, by code
    asked: Counter[str] = field(default_factory=Counter)  # good rows in a new question, by code
    clean: Counter[str] = field(default_factory=Counter)  # said of the file without errors

    def add(self, other: "Score") -> None:
        """Add up two files."""
        for name in ("put", "flagged", "row_only", "by", "alarms", "asked", "clean"):
            getattr(self, name).update(getattr(other, name))
        self.missed += other.missed
        self.n_good += other.n_good
        self.n_lost += other.n_lost


def main(options: Sequence[str]) -> None:
    """Print the share of errors flagged, by kind, and the good rows lost or flagged."""
    parser = argparse.ArgumentParser(prog="benchmarks.workbooks injected")
    parser.add_argument("--errors", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layout", default="")
    parser.add_argument("--show-missed", type=int, default=3)
    chosen = parser.parse_args(list(options))
    print(machine_line("polars"))
    layouts = [layout for layout in LAYOUTS if chosen.layout in layout.name]
    total = Score()
    for number, layout in enumerate(layouts):
        begun = time.perf_counter()
        share = _share(chosen.errors, len(layouts), number)
        score = score_of(layout, share, chosen.seed + number)
        total.add(score)
        flagged, put = score.flagged.total(), score.put.total()
        print(
            f"{layout.name:10} {flagged:6,} of {put:6,} flagged, {score.n_lost} of"
            f" {score.n_good:,} good rows lost, {score.alarms.total()} flagged,"
            f" {time.perf_counter() - begun:.1f} s"
        )
    _report(total, chosen.show_missed)
    raise SystemExit(0 if _is_enough(total) else 1)


def score_of(layout: Layout, n_errors: int, seed: int) -> Score:
    """Put errors into a file of one layout and say what was flagged."""
    rng = random.Random(seed)  # noqa: S311 - made-up data, not a secret
    rows = good_rows(int(n_errors * (1 + GOOD_ROWS_PER_ERROR)), World(layout.language), seed)
    known = _known()
    clean = laid_out(layout, rows)
    before = _said(_only_table(clean, known))
    broken, errors = with_errors(rows, layout, n_errors, rng)
    made = laid_out(layout, broken)
    errors = [_in_sheet(error, made.first_row) for error in errors]
    result = _only_table(made, known)
    return _scored(made, result, before, errors, len(rows))


def with_errors(
    rows: Sequence[Row], layout: Layout, n_errors: int, rng: random.Random
) -> tuple[list[Row], list[Error]]:
    """Return the rows with errors in some of them, at most one in each row, and where they are."""
    where = sorted(rng.sample(range(len(rows)), n_errors))
    kinds = [KINDS[n % len(KINDS)] for n in range(n_errors)]
    rng.shuffle(kinds)
    faulty = set(where)
    setting = Setting(layout, places(), [row for n, row in enumerate(rows) if n not in faulty])
    broken = list(rows)
    for n, kind in zip(where, kinds, strict=True):
        broken[n] = kind.put(rng, rows[n], setting)
    same = defaultdict(list)
    for n, row in enumerate(broken):
        same[tuple(row.values())].append(n)
    errors = [
        Error(
            n,
            kind,
            _difference(rows[n], broken[n]),
            tuple(twin for twin in same[tuple(broken[n].values())] if twin != n),
        )
        for n, kind in zip(where, kinds, strict=True)
    ]
    return broken, errors


def _difference(before: Row, after: Row) -> str:
    changed = [f"{word} {after[word]!r}" for word in before if before[word] != after[word]]
    return ", ".join(changed) if len(changed) < len(before) // 4 else "another row"


def _in_sheet(error: Error, first_row: int) -> Error:
    twins = tuple(twin + first_row for twin in error.twins)
    return replace(error, row=error.row + first_row, twins=twins)


def _share(total: int, parts: int, number: int) -> int:
    return total // parts + (number < total % parts)


def _known() -> Known:
    return Known(today=TODAY, gazetteer=made_up_gazetteer(), organisations=made_up_organisations())


def _only_table(made: Made, known: Known) -> Understood:
    book, tables = understood(made.content, made.name, known)
    if len(tables) != 1:
        message = f"{made.name}: {len(tables)} tables, {[str(p) for p in book.skipped]}"
        raise AssertionError(message)
    return tables[0]


Said = Mapping[tuple[int, str], set[str]]  # by row and code: the columns that it names


def _said(result: Understood) -> Said:
    said: dict[tuple[int, str], set[str]] = defaultdict(set)
    for row, column, code in result.faults.select("row", "column", "code").iter_rows():
        said[row, code].add(column or "")
    for question in result.questions:
        columns = _columns(question)
        for row in question.rows:
            said[row, question.code] |= columns
    return said


def _columns(question: Question) -> set[str]:
    return set(columns_named(question)) or {""}


def _scored(
    made: Made, result: Understood, before: Said, errors: Sequence[Error], n_rows: int
) -> Score:
    new: dict[int, list[tuple[str, set[str]]]] = defaultdict(list)
    for (row, code), columns in _said(result).items():
        fresh = columns - before.get((row, code), set())
        if fresh:
            new[row].append((code, fresh))
    score = Score(n_good=n_rows - len(errors))
    for error in errors:
        said = [each for row in (error.row, *error.twins) for each in new.get(row, [])]
        _score_error(score, error, said, made)
    faulty = {row for error in errors for row in (error.row, *error.twins)}
    codes = set(result.faults["code"].unique())
    for row, said in new.items():
        if row not in faulty:
            score.alarms.update(code for code, _ in said if code in codes)
            score.asked.update(code for code, _ in said if code not in codes)
    score.clean.update(code for _, code in before)
    read = set(result.frame["row"].to_list())
    there = set(range(made.first_row, made.first_row + n_rows))
    score.n_lost = len(there - read - faulty)
    return score


def _score_error(
    score: Score, error: Error, said: Sequence[tuple[str, set[str]]], made: Made
) -> None:
    name = error.kind.name
    wanted = {letter for word in error.kind.words for letter in made.letters.get(word, ())}
    own = [(code, columns) for code, columns in said if code.startswith(error.kind.codes)]
    named = [code for code, columns in own if not wanted or columns & wanted]
    score.put[name] += 1
    if named:
        score.flagged[name] += 1
        score.by[name, named[0]] += 1
    elif own:
        score.row_only[name] += 1
    if not named:
        heard = f"; said: {[(code, sorted(columns)) for code, columns in said]}" if said else ""
        score.missed.append(f"{name}: {made.name} row {error.row}, {error.text}{heard}")


def _report(score: Score, n_missed: int) -> None:
    print(f"\n{'kind of error':36} {'put in':>7} {'flagged':>8} {'share':>8}  said by")
    for kind in KINDS:
        put, flagged = score.put[kind.name], score.flagged[kind.name]
        said = ", ".join(
            f"{code} {n}" for (name, code), n in score.by.most_common() if name == kind.name
        )
        share = 100 * flagged / put if put else 0.0
        print(f"{kind.name:36} {put:7,} {flagged:8,} {share:7.2f} %  {said}")
        _show([text for text in score.missed if text.startswith(kind.name)][:n_missed])
    put, flagged = score.put.total(), score.flagged.total()
    print(f"{'all':36} {put:7,} {flagged:8,} {100 * flagged / max(put, 1):7.2f} %")
    print(f"named by row but not by column: {score.row_only.total():,} (not counted as flagged)")
    print(f"good rows: {score.n_good:,}; lost: {score.n_lost}")
    print(f"good rows with a fault only beside errors: {dict(score.alarms)}")
    print(f"good rows in a question only beside errors: {dict(score.asked)}")
    print(f"said of the same files without errors, by code and rows: {dict(score.clean)}")


def _show(lines: Sequence[str]) -> None:
    for line in lines:
        print(f"    missed: {line[:260]}")


def _is_enough(score: Score) -> bool:
    is_flagged = score.flagged.total() >= WANTED_SHARE * score.put.total()
    return is_flagged and score.n_lost == 0
