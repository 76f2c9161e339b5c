"""Read a table of text: any encoding, any sign between cells, rows of any length.

Rows are counted as a spreadsheet program counts them: a cell with line breaks is one row.
"""

import csv
import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from takatuf.formats.readers.workbooks.book import Limits
from takatuf.formats.readers.workbooks.encodings import Reading
from takatuf.formats.readers.workbooks.grids import MAX_COLUMN, Grid, letter_of, without_blanks
from takatuf.formats.readers.workbooks.refusals import too_many_cells

DELIMITERS = (",", ";", "\t", "|", "،", "؛", "^", "~")
_SAMPLE_LINES = 200
_WIDE = 4_096  # columns: more is one long text with many signs, or no table: read slowly
_MOST_BLANKS = 8  # between a sign and a mark
_MANY = 20  # more signs in a line say no more
_SEPARATOR_LINE = re.compile(r"^sep=(.)\r?\n")  # how some programs name the sign


@dataclass(frozen=True, slots=True)
class Delimited:
    """The grid of a text file, and how it was taken apart."""

    grid: Grid
    delimiter: str
    is_uneven: bool  # quotation marks do not match: read as they stand


def read_delimited(reading: Reading, name: str, limits: Limits) -> Delimited:
    """Return the cells of a text file.

    Raises:
        InputError: It has more cells than the limits allow.
    """
    text = reading.text.replace("\x00", "") if "\x00" in reading.text else reading.text
    first_row = 1
    if found := _SEPARATOR_LINE.match(text):
        delimiter, text, first_row = found[1], text[found.end() :], 2
    else:
        delimiter = delimiter_of(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    raw = text.encode("utf-8", "replace")
    n_rows = text.count("\n") + 1
    n_columns = _most_signs(_on_one_line(raw), delimiter.encode()) + 1
    is_even = _has_even_quotes(text, delimiter)
    cells = None
    if is_even and n_columns <= _WIDE and not _has_quoted_quotes(text, delimiter):
        _refuse_size(n_columns, n_rows, name, limits)
        cells = _fast(raw, delimiter, n_columns)
    if cells is None:
        cells = _slow(text, delimiter, name, limits)
    cells.columns = [letter_of(number + 1) for number in range(cells.width)]
    laid, rows = without_blanks(cells, first_row)
    return Delimited(Grid(sheet="", cells=laid, rows=rows), delimiter, not is_even)


def _on_one_line(raw: bytes) -> bytes:
    """Return a text with no line break inside quotation marks, for counting only."""
    if b'"' not in raw:
        return raw
    parts = raw.split(b'"')
    if not any(b"\n" in part for part in parts[1::2]):
        return raw
    parts[1::2] = [part.replace(b"\n", b" ") for part in parts[1::2]]
    return b'"'.join(parts)


def _most_signs(raw: bytes, sign: bytes) -> int:
    """Return how often a sign stands in one line at most."""
    if len(sign) > 1:
        return max(line.count(sign) for line in raw.split(b"\n"))
    held = np.frombuffer(raw, dtype=np.uint8)
    lines = np.flatnonzero(held == ord("\n"))
    before = np.searchsorted(np.flatnonzero(held == ord(sign)), lines)
    in_last = raw.count(sign, int(lines[-1]) if len(lines) else 0)
    return max(int(np.diff(before, prepend=0).max(initial=0)), in_last)


def delimiter_of(text: str) -> str:
    """Return the sign between cells: the one that most lines have equally often."""
    lines = [line for line in text[:1_000_000].splitlines()[:_SAMPLE_LINES] if line.strip()]
    scores = {
        sign: _evenness([_outside_quotes(line).count(sign) for line in lines])
        for sign in DELIMITERS
    }
    best = max(scores, key=lambda sign: scores[sign])
    return best if scores[best] > 0 else ","


def _outside_quotes(line: str) -> str:
    return re.sub(r'"[^"]*"', "", line) if '"' in line else line


def _evenness(counts: list[int]) -> float:
    """Return how well a sign parts lines: on how many it stands, how often, how equally often."""
    present = [count for count in counts if count]
    if not present:
        return 0
    usual = max(set(present), key=present.count)
    share_usual = present.count(usual) / len(counts)
    return share_usual * len(present) / len(counts) * math.sqrt(min(usual, _MANY))


def _has_even_quotes(text: str, delimiter: str) -> bool:
    if '"' not in text:
        return True
    return text.count('"') % 2 == 0 and not _has_stray_quote(text, delimiter)


def _has_stray_quote(text: str, delimiter: str) -> bool:
    """Say whether a mark stands inside a cell, or behind blanks at the beginning of one."""
    # Patterns that begin with the mark itself are found much faster than others (measured).
    sign = re.escape(delimiter)
    if re.search(rf'"(?<=[^{sign}\n"]")(?=[^{sign}\n"])', text):
        return True
    for found in re.finditer(r'"(?<=[ \t]")', text):
        before = text[max(found.start() - _MOST_BLANKS - 1, 0) : found.start()].rstrip(" \t")
        at_start = not before and found.start() <= _MOST_BLANKS
        if at_start or before.endswith(("\n", *delimiter)):
            return True
    return False


def _has_quoted_quotes(text: str, delimiter: str) -> bool:
    """Whether a mark stands twice for one: there the fast reader and the usual rules part."""
    sign = re.escape(delimiter)
    return '""' in text and bool(re.search(rf'[^{sign}\n]""|""[^{sign}\n]', text))


def _fast(raw: bytes, delimiter: str, n_columns: int) -> pl.DataFrame | None:
    if len(delimiter.encode()) > 1:
        return None
    widest = (delimiter * (n_columns - 1) + "\n").encode()  # a first line that has every column
    try:
        return pl.read_csv(
            io.BytesIO(widest + raw),
            has_header=False,
            infer_schema=False,
            separator=delimiter,
            truncate_ragged_lines=True,
            raise_if_empty=False,
        ).slice(1)
    except pl.exceptions.PolarsError:
        return None


def _slow(text: str, delimiter: str, name: str, limits: Limits) -> pl.DataFrame:
    rows: list[list[str]] = []
    width = 1
    for row in _rows(text, delimiter):
        rows.append(row)
        width = max(width, len(row))
        if width * len(rows) > limits.max_cells or width > MAX_COLUMN:
            _refuse_size(width, len(rows), name, limits)
    data = {
        str(n): [row[n] or None if n < len(row) else None for row in rows] for n in range(width)
    }
    return pl.DataFrame(data, schema=dict.fromkeys(data, pl.String))


def _refuse_size(n_columns: int, n_rows: int, name: str, limits: Limits) -> None:
    if n_columns * n_rows > limits.max_cells or n_columns > MAX_COLUMN:
        size = f"{n_rows:,} rows x {n_columns:,} columns"
        raise too_many_cells(name, size, limits.max_cells)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(len(text) + 1)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
