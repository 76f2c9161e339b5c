"""Read JSON that holds a table: a list of objects, or of lists (as HXL writes it).

Numbers are texts without needless digits. An object or a list inside a cell is not taken apart:
it is kept as JSON, except that the parts of an object become columns of their own.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from takatuf.formats.readers.workbooks.book import Limits
from takatuf.formats.readers.workbooks.grids import MAX_COLUMN, Grid, letter_of, without_blanks
from takatuf.formats.readers.workbooks.refusals import refused, too_many_cells
from takatuf.formats.readers.workbooks.xlsx.styles import number_text

_EXPECTED = "a list of objects or of lists, or an object that holds one"
_SHOWN_JOIN = " / "
_MAX_LEVELS = 5  # of objects in objects that become columns; deeper ones are kept as JSON

Json = Any  # what a JSON text may hold


def parsed_json(text: str, name: str, limits: Limits) -> Json:
    """Return what a JSON text holds, numbers as texts.

    Raises:
        InputError: It is broken or too large.
        RecursionError: It is nested without end: the caller refuses it.
    """
    if len(text) > limits.max_json_characters:
        found, most = f"{len(text):,} characters", f"up to {limits.max_json_characters:,} as JSON"
        raise refused("workbook.too-large", name, found, most, "Send it as a table of text.")
    try:
        return json.loads(text, parse_int=str, parse_float=number_text, parse_constant=str)
    except ValueError as error:
        hint = "Is the file whole?"
        raise refused("workbook.broken-json", name, str(error), "whole JSON", hint) from None


def read_json(held: Json, name: str, limits: Limits) -> list[Grid]:
    """Return each table of a JSON text as a grid.

    Raises:
        InputError: It holds no table.
    """
    grids = [grid_of(rows, sheet, name, limits) for sheet, rows in _tables(held)]
    if not grids:
        found = f"JSON that begins with {'an object' if isinstance(held, dict) else 'a value'}"
        raise refused("workbook.not-a-table", name, found, _EXPECTED)
    return grids


def grid_of(rows: Sequence[Json], sheet: str, name: str, limits: Limits) -> Grid:
    """Return a list of objects or of lists as a grid; the keys of objects are its first row.

    Raises:
        InputError: It has more cells than the limits allow.
    """
    if any(isinstance(row, dict) for row in rows):
        flat = [_flat(row) if isinstance(row, dict) else {"": row} for row in rows]
        keys = list(dict.fromkeys(key for row in flat for key in row))
        lines: Iterator[Sequence[Json]] = ([row.get(key) for key in keys] for row in flat)
        lists = [keys, *lines]
    else:
        lists = [row if isinstance(row, list) else [row] for row in rows]
    width = max(map(len, lists), default=0)
    if width > MAX_COLUMN or width * len(lists) > limits.max_cells:
        found = f"{len(lists):,} rows x {width:,} columns"
        raise too_many_cells(name, found, limits.max_cells)
    columns = {
        letter_of(n + 1): [_text(row[n]) if n < len(row) else None for row in lists]
        for n in range(width)
    }
    cells = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    laid, numbers = without_blanks(cells)
    return Grid(sheet=sheet, cells=laid, rows=numbers)


def _tables(held: Json) -> Iterator[tuple[str, list[Json]]]:
    if isinstance(held, list):
        if held and all(isinstance(row, (dict, list)) for row in held):
            yield "", held
        return
    if isinstance(held, dict):
        named = [(key, rows) for key, rows in held.items() if _is_table(rows)]
        for key, rows in named:
            yield (key if len(named) > 1 else ""), rows
        if not named:
            for key, inner in held.items():
                if isinstance(inner, dict):
                    yield from ((sheet or key, rows) for sheet, rows in _tables(inner))


def _is_table(rows: Json) -> bool:
    return (
        isinstance(rows, list) and bool(rows) and all(isinstance(row, (dict, list)) for row in rows)
    )


def _flat(row: Mapping[str, Json], above: str = "", level: int = 1) -> dict[str, Json]:
    cells: dict[str, Json] = {}
    for key, value in row.items():
        name = f"{above}{_SHOWN_JOIN}{key}" if above else key
        if isinstance(value, dict) and value and level < _MAX_LEVELS:
            cells |= _flat(value, name, level + 1)
        else:
            cells[name] = value
    return cells


def _text(value: Json) -> str | None:
    if value is None or isinstance(value, str):
        return None if value is None else _whole(str(value))
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (list, dict)) and not value:
        return None
    if isinstance(value, list) and all(isinstance(part, str) for part in value):  # numbers too
        return _whole("; ".join(value))
    return _whole(json.dumps(value, ensure_ascii=False))


def _whole(text: str) -> str:
    """Return a text without half letters (lone surrogates), which no file can hold."""
    return text.encode("utf-8", "replace").decode() if not text.isascii() else text
