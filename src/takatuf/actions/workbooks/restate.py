"""Report that nothing changed: a body's rows of its last period once more, for a new one."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from takatuf.actions.read_picture import read_picture
from takatuf.actions.reception import receive
from takatuf.actions.workbooks.activity_frame import OURS, activity_frame
from takatuf.actions.workbooks.fates import Fate
from takatuf.actions.workbooks.import_workbook import Desk, here_of
from takatuf.actions.workbooks.judging_rows import compared
from takatuf.actions.workbooks.known_bodies import known_organisations
from takatuf.actions.workbooks.row_reports import properties_of, row_ids, row_reports
from takatuf.actions.workbooks.understanding import Known
from takatuf.activities.due import nothing_changed
from takatuf.reports.register import Arrival
from takatuf.reports.submission import SubmissionId
from takatuf.safeguards.permissions import Action, Object, require
from takatuf.vocabulary.errors import InputError, NotFoundError, Problem
from takatuf.vocabulary.identity import ThingId


@dataclass(frozen=True, slots=True, kw_only=True)
class RestatedReceipt:
    """What was restated."""

    organisation: ThingId
    from_period: str
    period: str
    counts: Mapping[Fate, int]
    left_out: tuple[str, ...]  # activities that ended, and why
    submission: SubmissionId | None


def restate(organisation: ThingId, period: str, desk: Desk) -> RestatedReceipt:
    """Store the rows of a body's last period before this one, as they stand in it.

    Figures of a period are not carried over (`takatuf.activities.due.nothing_changed`).

    Raises:
        InputError: The period is none.
        NotAllowedError: The actor may not submit for this body.
        NotFoundError: It reported nothing before.
        UnavailableError: The register cannot be written.
    """
    require(desk.intake.actor, Action.SUBMIT, Object(organisation=organisation))
    reception = receive(desk.intake)
    intake = reception.intake
    reading = read_picture(intake.register, intake.vocabulary, intake.actor, claims=intake.claims)
    known = Known(gazetteer=desk.gazetteer, organisations=known_organisations(reading))
    last, from_period = _last(activity_frame(reading, known), organisation, period)
    try:
        again = nothing_changed(last, period)
    except ValueError:
        raise InputError([_no_period(period)]) from None
    frame = again.frame.drop(OURS)
    here = here_of(intake, reading, organisation, known.organisations)
    ids = row_ids(frame, organisation, here.periods)
    made = row_reports(frame, _as_text(frame), ids, here.sources, intake.vocabulary)
    fates = [compared(row, here, properties_of(frame.columns)) for row in made]
    rows = [f.report.report for f in fates if f.report and f.fate.is_stored]
    handed = reception.hand_in([Arrival(report, reception.heard_at) for report in rows])
    activity = dict(last.select("row", "activity").iter_rows())
    return RestatedReceipt(
        organisation=organisation,
        from_period=from_period,
        period=period,
        counts={fate: sum(f.fate is fate for f in fates) for fate in Fate},
        left_out=tuple(f"{activity[row]}: {why}" for row, why in again.left_out.iter_rows()),
        submission=handed.submission,
    )


def _last(frame: pl.DataFrame, organisation: ThingId, period: str) -> tuple[pl.DataFrame, str]:
    own = frame.filter(organisation=organisation)
    if "period" in own.columns:
        own = own.filter(pl.col("period") < period)
    if not own.height:
        raise NotFoundError(f"{organisation} reported nothing before {period}.")
    latest = str(own["period"].max()) if "period" in own.columns else ""
    return (own.filter(period=latest) if latest else own), latest


def _as_text(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.exclude("row").cast(pl.String))


def _no_period(period: str) -> Problem:
    return Problem(
        code="row.no-period",
        where="--period",
        found=period or "nothing",
        expected="a period such as 2024-04, 2024-Q2 or 2024",
    )
