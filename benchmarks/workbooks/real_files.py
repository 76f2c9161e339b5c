"""Real files read and understood: what was found or skipped, and known facts found or not."""

import argparse
import io
import time
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl

from benchmarks.planning.machine import machine_line, peak_memory_mb
from benchmarks.workbooks.expected_facts import FACTS, Fact, Result
from benchmarks.workbooks.understanding import Known, Understood, understood
from takatuf.activities.questions import in_order
from takatuf.formats.writers.corrected import Findings, TableFindings, write_corrected
from takatuf.vocabulary.errors import InputError

_NO_DATA = {".md", ".txt", ".pdf"}
_WIDTH = 150


def main(options: Sequence[str]) -> None:
    """Print what was understood of every file of a folder."""
    parser = argparse.ArgumentParser(prog="benchmarks.workbooks files")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--name", default="", help="only files whose names have this in them")
    parser.add_argument("--today", type=date.fromisoformat, default=date(2024, 6, 30))
    parser.add_argument("--questions", type=int, default=40, help="shown of each table")
    parser.add_argument("--corrected", type=Path, help="write the corrected workbooks there")
    parser.add_argument("--language", default="en", help="of their sheet of explanations")
    chosen = parser.parse_args(list(options))
    if not chosen.folder.is_dir():
        print(f"no folder {chosen.folder}: name the folder of the files")
        raise SystemExit(2)
    print(machine_line("polars"))
    paths = sorted(path for path in chosen.folder.iterdir() if path.suffix not in _NO_DATA)
    n_found, n_facts = 0, 0
    for path in (path for path in paths if path.is_file() and chosen.name in path.name):
        result = _show_file(path, chosen.today, chosen.questions)
        for fact in (fact for fact in FACTS if path.name.startswith(fact.file)):
            n_facts += 1
            n_found += _show_fact(fact, result)
        if chosen.corrected and result:
            _write_corrected(path, result, chosen.corrected, chosen.language)
    print(f"\n{n_found} of {n_facts} known facts found")
    raise SystemExit(0 if n_found == n_facts else 1)


def _show_file(path: Path, today: date, n_questions: int) -> Result | None:
    print(f"\n=== {path.name}")
    begun = time.perf_counter()
    try:
        book, tables = understood(path.read_bytes(), path.name, Known(today=today))
    except InputError as refused:
        for problem in refused.problems:
            print(f"  refused: {problem}")
        return None
    seconds = time.perf_counter() - begun
    print(f"  {book.kind}, all steps in {seconds:.2f} s, {peak_memory_mb():.0f} MB at most so far")
    for problem in book.skipped:
        _line("skipped", str(problem))
    for problem in book.notes:
        _line("note", str(problem))
    for question in book.questions:
        _line("question", question.text)
    for table in tables:
        _show_table(table, n_questions)
    return Result(book, tables)


def _write_corrected(path: Path, result: Result, folder: Path, language: str) -> None:
    findings = Findings(
        tables=tuple(
            TableFindings(table=each.table, faults=each.faults, questions=each.questions)
            for each in result.tables
        ),
        problems=(*result.book.skipped, *result.book.notes),
    )
    content = path.read_bytes()
    begun = time.perf_counter()
    corrected = write_corrected(content, path.name, findings, language)
    seconds = time.perf_counter() - begun
    (folder / corrected.name).write_bytes(corrected.content)
    print(
        f"  corrected: {corrected.name}, {len(corrected.content) / 1e6:.1f} MB in {seconds:.2f} s,"
        f" {peak_memory_mb():.0f} MB at most so far; {corrected.n_marked:,} cells coloured,"
        f" {corrected.n_commented:,} with a comment; {_parts_kept(content, corrected.content)}"
    )
    for problem in corrected.lost:
        _line("  lost", str(problem))


def _parts_kept(before: bytes, after: bytes) -> str:
    if not zipfile.is_zipfile(io.BytesIO(before)):
        return "a new workbook"
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        names = old.namelist()
        there = [name for name in names if name in set(new.namelist())]
        same = sum(old.read(name) == new.read(name) for name in there)
    return f"of {len(names)} parts {len(there)} are there, {same} byte for byte the same"


def _show_table(result: Understood, n_questions: int) -> None:
    table = result.table
    place = f"sheet {table.sheet}, " if table.sheet else ""
    print(
        f"  table: {place}header row {table.header_row}, tag row {table.tag_row},"
        f" {len(table.rows):,} rows x {len(table.columns)} columns; rows in the frame:"
        f" {len(result.frame):,}"
    )
    by_how: dict[str, list[str]] = {}
    for column in result.matched.columns:
        how = str(column.how) if column.how else "not understood"
        name = column.name or column.column.header[:30]
        by_how.setdefault(how, []).append(f"{column.column.letter} {name}")
    for how, names in by_how.items():
        _line(f"  by {how}", f"{len(names)}: {', '.join(names)}", cut=False)
    counted = result.faults.group_by("code").agg(
        pl.len().alias("cells"), pl.col("row").n_unique().alias("rows"), pl.first("found")
    )
    for code, cells, rows, found in counted.sort("cells", descending=True).iter_rows():
        _line("  fault", f"{code}: {cells:,} cells in {rows:,} rows, such as {found!r}")
    for question in in_order(result.questions)[:n_questions]:
        _line("  question", f"{question.code}, {len(question.rows):,} rows: {question.text}")
    if len(result.questions) > n_questions:
        print(f"    and {len(result.questions) - n_questions} more questions")
    for note in result.notes:
        _line("  note", str(note))


def _show_fact(fact: Fact, result: Result | None) -> bool:
    measured = fact.measured(result) if result and result.tables else "nothing read"
    is_found = measured == fact.expected
    mark = "found " if is_found else "MISSED"
    print(f"  {mark} {fact.text}: {measured}" + ("" if is_found else f", not {fact.expected}"))
    return is_found


def _line(what: str, text: str, *, cut: bool = True) -> None:
    plain = " ".join(text.split())
    is_long = cut and len(plain) > _WIDTH
    print(f"  {what}: {plain[:_WIDTH]}{'…' if is_long else ''}" if cut else f"  {what}: {plain}")
