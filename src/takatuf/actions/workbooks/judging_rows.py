"""Judge each row of an understood table: new, changed, the same, waiting, a copy, or refused.

Compared are three: what the sender has now, what is here in force, and, for a row that came out
of an export of ours, what stood in that export. A row that both sides changed since is a
conflict, and neither side is overwritten.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from takatuf.actions.workbooks.fates import Fate, RowFate
from takatuf.actions.workbooks.row_reports import (
    RowReport,
    RowSources,
    properties_of,
    row_ids,
    row_reports,
)
from takatuf.actions.workbooks.understanding import Understood
from takatuf.picture.columns.whole import SeenReport
from takatuf.reports.report import Claim, Report, report_from_json
from takatuf.safeguards.actor import Actor
from takatuf.safeguards.permissions import Action, Object, may
from takatuf.vocabulary.identity import ReportId, ThingId
from takatuf.vocabulary.things import Vocabulary
from takatuf.vocabulary.time import PartialDate
from takatuf.vocabulary.value import Value

PERIOD = "row_period"


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """What the register holds, and the rules by which rows are taken in."""

    rows: Mapping[ThingId, Sequence[SeenReport]]  # in force, by activity
    vocabulary: Vocabulary
    actor: Actor
    sources: RowSources

    @property
    def periods(self) -> Mapping[ThingId, str]:
        """The period of each activity that names one."""
        return {
            activity: claim["value"]["text"]
            for activity, reports in self.rows.items()
            for report in reports
            for claim in report.form["claims"]
            if claim["property"] == PERIOD
        }


def fates_of(table: Understood, here: Here, seen: Counter[str]) -> Iterator[RowFate]:
    """Give what becomes of every row of a table, in the order of the rows.

    Args:
        table: After all steps.
        here: What it is compared with.
        seen: Counts identities over all tables of the file.
    """
    ids = row_ids(table.frame, here.sources.sender, here.periods, seen)
    made = row_reports(table.frame, table.values.entered, ids, here.sources, here.vocabulary)
    reports = {one.row: one for one in made}
    copies = dict(table.doubles.left_out.select("row", "because").iter_rows())
    waits = _questions_by_row(table)
    sheet = table.table.sheet
    columns = properties_of(table.frame.columns)
    for row in table.frame["row"]:
        report = reports.get(row)
        if report is None:
            yield RowFate(
                sheet=sheet,
                row=row,
                fate=Fate.REFUSED,
                because="The row says nothing that was understood.",
            )
        elif row in waits:
            yield RowFate(sheet=sheet, row=row, fate=Fate.WAITS, report=report, because=waits[row])
        elif row in copies:
            yield RowFate(sheet=sheet, row=row, fate=Fate.COPY, report=report, because=copies[row])
        else:
            yield replace(compared(report, here, columns), sheet=sheet)


def _questions_by_row(table: Understood) -> Mapping[int, str]:
    asked: dict[int, list[str]] = {}
    for question in table.questions:
        for row in question.rows if question.holds_back else ():
            asked.setdefault(row, []).append(question.id)
    return {row: f"It waits for the answer to {', '.join(ids)}." for row, ids in asked.items()}


def compared(made: RowReport, here: Here, columns: frozenset[str]) -> RowFate:
    """Return what becomes of one row.

    Args:
        made: The row as a report.
        here: What it is compared with.
        columns: The properties that its table has columns for.
    """
    report = made.report
    verdict = may(here.actor, Action.SUBMIT, Object(organisation=report.source.organisation))
    fate = RowFate(sheet="", row=made.row, fate=Fate.NEW, report=made)
    if not verdict.is_allowed:
        return replace(
            fate, fate=Fate.REFUSED, because=f"{verdict.rule[0].upper()}{verdict.rule[1:]}."
        )
    own = [
        seen
        for seen in here.rows.get(made.id.activity, ())
        if seen.form["source"]["organisation"] == report.source.organisation
    ]
    if not own:
        return fate
    latest = max(own, key=lambda seen: (seen.received_at, seen.id))
    report = _with_what_the_file_has_no_column_for(report, latest, columns)
    fate = replace(fate, report=replace(made, report=report))
    if any(_says_the_same(report, seen) for seen in own):
        return replace(fate, fate=Fate.SAME)
    if made.id.bases and latest.id not in made.id.bases:
        why = "It was changed here and in the file since the export; it stays as it is here."
        return replace(fate, fate=Fate.CONFLICT, replaces=latest.id, because=why)
    return _changed(fate, latest.id)


def _changed(fate: RowFate, latest: ReportId) -> RowFate:
    assert fate.report is not None  # noqa: S101 - by construction
    report = replace(fate.report.report, supersedes=latest)
    return replace(
        fate, fate=Fate.CHANGED, replaces=latest, report=replace(fate.report, report=report)
    )


def _with_what_the_file_has_no_column_for(
    report: Report, latest: SeenReport, columns: frozenset[str]
) -> Report:
    """Return the report with what was said before in columns that this file does not have.

    A column that is not there takes nothing back; a cell that is blank does.
    """
    kept = [
        claim
        for claim in report_from_json(latest.form).claims
        if claim.property not in columns and claim.property != "name"
    ]
    return replace(report, claims=(*report.claims, *kept)) if kept else report


def _says_the_same(report: Report, seen: SeenReport) -> bool:
    return _said(report.claims) == _said(report_from_json(seen.form).claims)


def _said(claims: tuple[Claim, ...]) -> list[tuple[str, Value, PartialDate | None]]:
    # Neither how a figure was written nor a name made of the row is another saying.
    said = [(c.property, c.value, c.observed_at) for c in claims if c.property != "name"]
    return sorted(said, key=lambda one: (one[0], str(one[1])))
