"""Understand a partner's table: every step from columns to double counting, nothing stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from takatuf.activities.columns.layout import Layout, fingerprint_of, layout_of
from takatuf.activities.columns.matched import Matched
from takatuf.activities.columns.matching import match_columns
from takatuf.activities.counting import count_doubles, match_activities, match_sectors
from takatuf.activities.counting.doubles import Doubles
from takatuf.activities.organisations import (
    NewOrganisation,
    Organisations,
    Sheet,
    match_organisations,
)
from takatuf.activities.places import Gazetteer, match_places
from takatuf.activities.questions import Answers, Question, in_order
from takatuf.activities.tables import SheetTable
from takatuf.activities.values.reading import Circumstances, ReadValues, read_values
from takatuf.vocabulary.errors import Problem

FAULT_COLUMNS = ("row", "column", "code", "found", "expected", "hint")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known before a table comes."""

    today: date | None = None  # None: nothing is looked at as lying in the future
    gazetteer: Gazetteer | None = None
    organisations: Organisations = field(default_factory=Organisations)
    answers: Answers = field(default_factory=dict)
    layouts: Mapping[str, Layout] = field(default_factory=dict)  # of the sender, by fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """One table after all steps."""

    table: SheetTable
    matched: Matched
    values: ReadValues
    frame: pl.DataFrame  # the activity frame, with what its cells were matched with
    faults: pl.DataFrame  # row, column (letter), code, found, expected, hint
    questions: tuple[Question, ...]  # not answered yet, by kind, most rows first
    notes: tuple[Problem, ...]  # of whole columns and of the table
    mapping: pl.DataFrame  # of p-codes: entered, repaired, level, n_rows, how
    doubles: Doubles
    new_organisations: tuple[NewOrganisation, ...]

    @property
    def layout(self) -> Layout:
        """What was settled about the columns, to be learnt."""
        return layout_of(self.matched, self.values.date_orders)


def understand(table: SheetTable, known: Known, file_name: str = "") -> Understood:
    """Return a table after all steps.

    Args:
        table: The table as it stands in the file.
        known: What is known before it comes; answers among it are taken where their question
            arises.
        file_name: What the sender calls the file; it may name the period.
    """
    answers = known.answers
    layout = _layout_of(table, known)
    matched = match_columns(table, layout, answers)
    about = Circumstances(layout=layout, file_name=file_name, today=known.today)
    values = read_values(table, matched, answers, about)
    sheet = Sheet(table.sheet, matched.letters)
    places = match_places(
        values.frame, values.entered, matched.letters, known.gazetteer, answers=answers
    )
    members = match_organisations(places.frame, known.organisations, answers=answers, sheet=sheet)
    sectors = match_sectors(members.frame, answers, sheet)
    activities = match_activities(sectors.frame, answers, sheet)
    doubles = count_doubles(activities.frame, answers, sheet, cells=table.cells)
    steps = (values, places, members, sectors, activities, doubles)
    asked = tuple(question for step in (matched, *steps) for question in step.questions)
    return Understood(
        table=table,
        matched=matched,
        values=values,
        frame=activities.frame,
        faults=pl.concat([step.faults.select(FAULT_COLUMNS) for step in steps]),
        questions=in_order(tuple({question.id: question for question in asked}.values())),
        notes=(*matched.problems, *places.notes, *_notes(doubles, table)),
        mapping=places.mapping,
        doubles=doubles,
        new_organisations=members.new,
    )


def _layout_of(table: SheetTable, known: Known) -> Layout | None:
    exact = known.layouts.get(fingerprint_of(table.columns))
    if exact is not None:
        return exact
    same_sheet = [layout for layout in known.layouts.values() if layout.sheet == table.sheet]
    return same_sheet[-1] if same_sheet and table.sheet else None


def _notes(doubles: Doubles, table: SheetTable) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            code=note.code,
            where=f"sheet {table.sheet}" if table.sheet else "the table",
            found=f"{note.n_rows:,} rows",
            expected="to be known by whoever reads the figures",
            hint=note.text,
        )
        for note in doubles.notes
    )
