"""The two layouts of a table of reports, and what each row of them says.

*Statements* (long): a row is one claim, with columns ``thing``, ``property`` and ``value``.
*Things* (wide): a row is one thing, and each further column is a property, ``area [ha]`` with
its unit in brackets. In both, the source columns say who reports, and a blank cell says
nothing: it is neither zero nor unknown.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from takatuf.formats.readers.attempts import attempt, problems_of_all
from takatuf.formats.readers.cells import read_value, refused
from takatuf.formats.readers.source_columns import (
    SOURCE_COLUMNS,
    Context,
    read_circumstances,
    read_report,
    read_word,
)
from takatuf.formats.readers.tables import Row, Table
from takatuf.reports.checking import unknown_property
from takatuf.reports.report import Claim, Modality, Report
from takatuf.vocabulary.errors import InputError, Problem, cut
from takatuf.vocabulary.spelling import nearest
from takatuf.vocabulary.things import Property
from takatuf.vocabulary.things.schema import Weighing
from takatuf.vocabulary.value import Value

# A statement that was proposed from a text enters only where a person wrote yes.
KEEP_COLUMN, KEPT = "keep", "yes"
PROPOSAL_COLUMNS = (KEEP_COLUMN, "unsure", "sentence")  # the last two are for who reads them
STATEMENT_COLUMNS = ("thing", "property", "value", "unit", "modality", "wording", *SOURCE_COLUMNS)
_COLUMN = re.compile(r"(\w+)(?:\s*\[(.+)\])?")


class ReadClaims(NamedTuple):
    """The claims of a row that have a reading, and a problem for each cell that has none."""

    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...]


_ClaimReader = Callable[[Row, Context], ReadClaims]


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as a report, or the problems that keep it from being one.

    What could be read of a row with problems comes with it, so that the rest of its problems
    can be found in the same go.
    """

    where: str
    report: Report | None
    problems: tuple[Problem, ...]
    readable: tuple[Claim, ...] = ()


def read_rows(table: Table, name: str, context: Context) -> Iterator[ReadRow]:
    """Read every row of a table in the layout that its header shows.

    Raises:
        InputError: The header shows neither layout.
    """
    columns = set(table.columns)
    if {"thing", "property", "value"} <= columns:
        read_claims: _ClaimReader = _claims_of_statement
        known: tuple[str, ...] = (*STATEMENT_COLUMNS, *PROPOSAL_COLUMNS)
    elif "thing" in columns:
        read_claims = _claims_of_thing
        known = (*context.vocabulary.properties, "thing", KEEP_COLUMN, *SOURCE_COLUMNS)
    else:
        raise refused(
            "file.unknown-layout",
            f"{name}, row 1",
            ", ".join(table.columns),
            "the columns thing, property and value; or thing and a column for each property",
        )
    yield from _unknown_columns(table, name, known)
    for row in table.rows:
        yield _read(row, context, read_claims) if _is_kept(row) else _left_out(row)


def _is_kept(row: Row) -> bool:
    return row.cells.get(KEEP_COLUMN, KEPT).casefold() == KEPT


def _left_out(row: Row) -> ReadRow:
    problem = Problem(
        code="row.not-kept",
        where=f"{row.where}, {KEEP_COLUMN}",
        found=cut(row.cells[KEEP_COLUMN]) or "nothing",
        expected=f"{KEPT}, for a row that shall enter",
        hint="The row was proposed from a text and was left out.",
    )
    return ReadRow(row.where, None, (problem,))


def _unknown_columns(table: Table, name: str, known: tuple[str, ...]) -> Iterator[ReadRow]:
    for column in table.columns:
        if _property_and_unit(column)[0] not in known:
            problem = Problem(
                code="file.unknown-column",
                where=f"{name}, row 1",
                found=cut(column) or "a column without a name",
                expected="a column of the layout, or a property of the vocabulary",
                hint=f"{nearest(column, known)} The column was left out.".strip(),
            )
            yield ReadRow(problem.where, None, (problem,))


def _read(row: Row, context: Context, read_claims: _ClaimReader) -> ReadRow:
    claims, unread = read_claims(row, context)
    report = attempt(lambda: read_report(row, context, claims))
    problems = (*unread, *report.problems)
    if problems:
        return ReadRow(row.where, None, problems, claims)
    return ReadRow(row.where, report.value, ())


def _claims_of_statement(row: Row, context: Context) -> ReadClaims:
    thing = attempt(lambda: context.find_thing(row.cells["thing"], f"{row.where}, thing"))
    value = attempt(lambda: _statement_value(row, context))
    modality = attempt(lambda: read_word(row, "modality", Modality))
    circumstances = attempt(lambda: read_circumstances(row))
    problems = problems_of_all(thing, value, modality, circumstances)
    if thing.problems or value.problems or circumstances.problems:
        return ReadClaims((), problems)
    claim = Claim(
        thing=thing.value,
        property=row.cells["property"],
        value=value.value,
        modality=modality.found or Modality.ASSERTED,
        observed_at=circumstances.value.observed_at,
        certainty=circumstances.value.certainty,
        wording=row.cells.get("wording", ""),
        sensitivity=circumstances.value.sensitivity,
    )
    return ReadClaims((claim,), problems)


def _statement_value(row: Row, context: Context) -> Value:
    name, text = row.cells["property"], row.cells["value"]
    declared = context.vocabulary.properties.get(name)
    if declared is None:
        raise InputError([unknown_property(name, row.where, context.vocabulary)])
    where = f"{row.where}, value"
    if not text:
        hint = "A blank says nothing: leave the row out, or write 0 or what is known."
        raise refused("cell.blank-value", where, "nothing", "a value", hint)
    return read_value(text, row.cells.get("unit", ""), declared, where, context.find_thing)


def _claims_of_thing(row: Row, context: Context) -> ReadClaims:
    thing = attempt(lambda: context.find_thing(row.cells["thing"], f"{row.where}, thing"))
    circumstances = attempt(lambda: read_circumstances(row))
    cells = tuple(_property_cells(row, context))
    values = [attempt(partial(_cell_value, cell, row, context)) for cell in cells]
    problems = problems_of_all(thing, circumstances, *values)
    if thing.problems or circumstances.problems:
        return ReadClaims((), problems)
    claims = tuple(
        Claim(
            thing=thing.value,
            property=cell.declared.name,
            value=value.value,
            observed_at=circumstances.value.observed_at,
            certainty=circumstances.value.certainty,
            sensitivity=circumstances.value.sensitivity,
        )
        for cell, value in zip(cells, values, strict=True)
        if not value.problems
    )
    return ReadClaims(claims, problems)


@dataclass(frozen=True, slots=True)
class _Cell:
    declared: Property
    unit: str
    text: str
    column: str


def _property_cells(row: Row, context: Context) -> Iterator[_Cell]:
    for column, text in row.cells.items():
        name, unit = _property_and_unit(column)
        declared = context.vocabulary.properties.get(name)
        if declared is None or column in SOURCE_COLUMNS or not text:
            continue
        holds_several = declared.weighing is Weighing.ALL
        parts = [part.strip() for part in text.split(";")] if holds_several else [text]
        yield from (_Cell(declared, unit, part, column) for part in parts if part)


def _cell_value(cell: _Cell, row: Row, context: Context) -> Value:
    where = f"{row.where}, {cell.column}"
    return read_value(cell.text, cell.unit, cell.declared, where, context.find_thing)


def _property_and_unit(column: str) -> tuple[str, str]:
    found = _COLUMN.fullmatch(column)
    return (found[1], found[2] or "") if found else (column, "")
